//! The shell: windows, tray, notifications, links and requests, wired to the core.
//!
//! Only this package knows Tauri. It holds no logic of the product: what is shown and when, the core and the pages decide.

mod card;
mod commands;
mod core;
mod demo;
mod events;
mod links;
mod notifications;
mod preferences;
mod shortcut;
mod tray;
mod windows;

use std::{io, path::PathBuf};

use switchboard_core::{
    Switchboard,
    switchboard::{Config, OpenBrowser},
};
use tauri::{App, AppHandle, Builder, Manager as _, RunEvent, Runtime, Wry};
use tauri_plugin_window_state::StateFlags;

pub use core::Core;
pub use demo::Demo;
pub use links::Links;
pub use preferences::{HIDDEN, Preferences};
pub use switchboard_core::fax::was_reader;

/// How the app was started.
#[derive(Debug, Default)]
pub struct Options {
    /// Where the stores are, instead of the usual place.
    pub data_folder: Option<PathBuf>,
    /// Straight to the tray, without a window.
    pub is_hidden: bool,
}

/// Why the app did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("tauri.conf.json describes no main window")]
    NoMainWindow,
    #[error("the desktop refused: {0}")]
    Desktop(#[from] tauri::Error),
}

/// Runs the app until it quits.
///
/// # Errors
/// When no window can be opened.
pub fn run(options: Options) -> Result<(), StartError> {
    let builder = requests(Builder::<Wry>::new())
        // First, so that a second start hands over before it touches anything.
        .plugin(tauri_plugin_single_instance::init(|app, _arguments, _folder| {
            windows::show_main(app)
        }))
        .plugin(tauri_plugin_deep_link::init())
        .plugin(tauri_plugin_notification::init())
        .plugin(shortcut::plugin())
        // Used from here only: no page may open a chooser.
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_autostart::Builder::new().args([HIDDEN]).build())
        .plugin(
            tauri_plugin_window_state::Builder::default()
                .with_denylist(&[card::CARD])
                // Whether the window was in the tray is not part of its place.
                .with_state_flags(StateFlags::all() & !StateFlags::VISIBLE & !StateFlags::DECORATIONS)
                .build(),
        )
        .setup(move |app| Ok(set_up(app, &options)?));
    let app = builder.build(context())?;
    app.run(|app, event| match event {
        RunEvent::Exit => tauri::async_runtime::block_on(shut_down(app)),
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { .. } => windows::show_main(app),
        _ => {}
    });
    Ok(())
}

/// Adds the answers to every request of the windows. Apart from `run`, for the tests that need no window.
pub fn requests<R: Runtime>(builder: Builder<R>) -> Builder<R> {
    builder.invoke_handler(tauri::generate_handler![
        commands::session::get_app_state,
        commands::session::sign_in_with_browser,
        commands::session::cancel_sign_in,
        commands::session::sign_in_with_jwt,
        commands::session::sign_out,
        commands::session::take_starting_link,
        commands::session::sync_now,
        commands::session::pause_backfill,
        commands::session::resume_backfill,
        commands::inbox::list_inbox,
        commands::inbox::open_item,
        commands::inbox::list_timeline,
        commands::inbox::set_read,
        commands::inbox::set_done,
        commands::inbox::undo,
        commands::inbox::search,
        commands::inbox::read_attachment,
        commands::inbox::list_fax_pages,
        commands::inbox::read_fax_page,
        commands::inbox::save_attachment,
        commands::fax::open_fax,
        commands::fax::get_fax_transfer,
        commands::fax::read_fax_part,
        commands::fax::turn_fax_page,
        commands::fax::save_fax,
        commands::fax::read_fax_words,
        commands::fax::cancel_fax_words,
        commands::fax::list_fax_words,
        commands::fax::get_fax_options,
        commands::fax::new_fax,
        commands::fax::get_fax_draft,
        commands::fax::list_fax_drafts,
        commands::fax::add_dropped_files,
        commands::fax::choose_fax_files,
        commands::fax::remove_fax_file,
        commands::fax::set_fax_recipients,
        commands::fax::set_fax_pages,
        commands::fax::set_fax_cover,
        commands::fax::set_fax_sending,
        commands::fax::suggest_fax_recipients,
        commands::fax::check_fax,
        commands::fax::read_fax_draft_page,
        commands::fax::read_fax_cover,
        commands::fax::send_fax,
        commands::fax::discard_fax_draft,
        commands::fax::take_back_fax,
        commands::fax::cancel_fax_upload,
        commands::fax::call_back_fax,
        commands::fax::retry_fax,
        commands::fax::edit_fax,
        commands::fax::discard_fax,
        commands::fax::restore_fax,
        commands::fax::resend_fax,
        commands::contacts::list_contacts,
        commands::contacts::get_contact,
        commands::contacts::add_contact,
        commands::contacts::update_contact,
        commands::contacts::merge_contacts,
        commands::contacts::delete_contacts,
        commands::contacts::attach_number,
        commands::contacts::explain_match,
        commands::contacts::choose_match,
        commands::contacts::preview_import,
        commands::contacts::import_contacts,
        commands::contacts::refresh_directory,
        commands::texting::compose_to,
        commands::texting::compose_reply,
        commands::texting::get_composer,
        commands::texting::list_senders,
        commands::texting::save_draft,
        commands::texting::attach_picture,
        commands::texting::detach_picture,
        commands::texting::send_text,
        commands::texting::take_back_text,
        commands::texting::retry_text,
        commands::texting::resend_text,
        commands::texting::edit_text,
        commands::texting::discard_text,
        commands::texting::restore_text,
        commands::texting::note_consent,
        commands::texting::get_outbox,
        commands::texting::retry_outbox,
        commands::templates::list_templates,
        commands::templates::save_template,
        commands::templates::duplicate_template,
        commands::templates::delete_template,
        commands::templates::preview_template,
        commands::templates::import_vendor_templates,
        commands::templates::export_templates,
        commands::templates::import_templates,
        commands::campaigns::read_campaign_file,
        commands::campaigns::list_tags,
        commands::campaigns::check_campaign,
        commands::campaigns::start_campaign,
        commands::campaigns::list_campaigns,
        commands::campaigns::get_campaign,
        commands::campaigns::list_campaign_results,
        commands::campaigns::pause_campaign,
        commands::campaigns::retry_campaign,
        commands::campaigns::resume_campaign,
        commands::campaigns::cancel_campaign,
        commands::campaigns::export_campaign,
        commands::voicemail::get_voicemail,
        commands::voicemail::remember_position,
        commands::voicemail::next_unheard,
        commands::voicemail::save_voicemail,
        commands::voicemail::delete_voicemail,
        commands::transcription::get_transcript,
        commands::transcription::transcribe,
        commands::transcription::transcribe_all,
        commands::transcription::cancel_transcription,
        commands::transcription::cancel_all_transcriptions,
        commands::transcription::correct_transcript,
        commands::transcription::get_transcription,
        commands::transcription::set_transcriber_key,
        commands::transcription::test_transcriber,
        commands::transcription::download_model,
        commands::transcription::cancel_model_download,
        commands::transcription::delete_model,
        commands::transcription::choose_model_file,
        commands::ring_out::list_own_phones,
        commands::ring_out::place_call,
        commands::ring_out::get_ring_out,
        commands::ring_out::cancel_ring_out,
        commands::calls::list_caller_cards,
        commands::calls::ignore_call,
        commands::calls::show_caller,
        commands::calls::add_caller,
        commands::calls::text_caller,
        commands::calls::fit_card,
        commands::presence::list_presence,
        commands::presence::get_own_presence,
        commands::presence::set_own_status,
        commands::presence::set_own_message,
        commands::presence::set_own_queue,
        commands::presence::list_team,
        commands::presence::set_favourite,
        commands::live_calls::get_live_calls,
        commands::live_calls::get_supervision,
        commands::live_calls::supervise,
        commands::live_calls::list_supervisions,
        commands::live_calls::export_supervisions,
        commands::overview::get_overview,
        commands::demo::start_demo,
        commands::demo::trigger_demo,
        commands::settings::save_settings,
        commands::settings::send_test_notification,
    ])
}

/// Configuration, pages and capabilities, compiled in.
pub fn context<R: Runtime>() -> tauri::Context<R> {
    tauri::generate_context!()
}

fn set_up<R: Runtime>(app: &App<R>, options: &Options) -> Result<(), StartError> {
    let handle = app.handle();
    let config = config(handle, options)?;
    let core = Core::new(tauri::async_runtime::block_on(Switchboard::open(config)));
    if let Ok(core) = core.get() {
        events::forward(handle.clone(), core.events());
        notifications::follow(handle.clone(), core.notices());
    }
    app.manage(core);
    app.manage(commands::fax::Dropped::default());
    app.manage(Demo::default());
    app.manage(Links::default());
    app.manage(Preferences::default());
    app.manage(shortcut::Shortcut::default());
    let has_tray = tray::show(handle)
        .inspect_err(|reason| tracing::info!(%reason, "there is no tray here"))
        .is_ok();
    windows::open_main(handle, !(options.is_hidden && has_tray))?;
    if let Err(error) = card::open(handle) {
        tracing::warn!(%error, "the window of the caller's card could not be made; notifications still appear");
    }
    links::follow(handle);
    let handle = handle.clone();
    tauri::async_runtime::spawn(async move { preferences::apply(&handle).await });
    Ok(())
}

fn config<R: Runtime>(app: &AppHandle<R>, options: &Options) -> tauri::Result<Config> {
    let data_folder = match &options.data_folder {
        Some(folder) => folder.clone(),
        None => app.path().data_dir()?.join("switchboard"),
    };
    // A desktop without a download folder still has a home.
    let downloads_folder = app.path().download_dir().or_else(|_| app.path().home_dir())?;
    let open_browser = OpenBrowser::new(|url| open::that_detached(url.as_str()).map_err(io::Error::other));
    Ok(Config::new(data_folder, downloads_folder, open_browser))
}

async fn shut_down<R: Runtime>(app: &AppHandle<R>) {
    if let Ok(core) = app.state::<Core>().get() {
        core.shut_down().await;
    }
}
