//! What can be done with a voicemail: answering it, handing it on, keeping its caller, saving, deleting.

use super::delete::delete;
use crate::calling::CallButton;
use crate::components::{Button, Glyph, Icon, MenuItem, Popover, use_toasts};
use crate::ipc;
use crate::routes::Route;
use crate::texting::{TextButton, use_texting};
use domain::communication::Communication;
use domain::ipc::voicemail::SaveVoicemail;
use domain::voicemail::SoundFormat;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, component, html};
use yew_router::hooks::use_navigator;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub item: Communication,
    pub is_open: bool,
    pub has_sound: bool,
    /// What a text to somebody else would say.
    pub forwarded: String,
    /// The caller's number, to be kept as a contact.
    pub onadd: Callback<String>,
}

/// The foot of the card.
#[component]
pub(super) fn Actions(props: &Props) -> Html {
    let toasts = use_toasts();
    let texting = use_texting();
    let navigator = use_navigator();
    let item = &props.item;
    let save = |format: SoundFormat| {
        let (item, toasts) = (item.id, toasts.clone());
        Callback::from(move |()| {
            let toasts = toasts.clone();
            spawn_local(async move {
                match ipc::call(SaveVoicemail { item, format }).await {
                    Ok(saved) => toasts.say(format!("Saved as {}", saved.path)),
                    Err(error) => toasts.fail(error.message),
                }
            });
        })
    };
    let remove = {
        let (id, is_open, toasts) = (item.id, props.is_open, toasts.clone());
        let then = Callback::from(move |()| {
            // What is gone is not left open.
            if let Some(navigator) = navigator.as_ref().filter(|_| is_open) {
                navigator.replace(&Route::Inbox);
            }
        });
        Callback::from(move |()| delete(id, toasts.clone(), then.clone()))
    };
    let forward = {
        let words = props.forwarded.clone();
        Callback::from(move |()| texting.forward.emit(words.clone()))
    };
    let number = item
        .party
        .number
        .as_ref()
        .filter(|number| !number.formatted.is_empty());
    let comparable = number.and_then(|number| number.e164.as_ref());
    let is_unknown = item.party.contact.is_none() && comparable.is_some();
    let add = number.map(|number| {
        let (onadd, formatted) = (props.onadd.clone(), number.formatted.clone());
        Callback::from(move |()| onadd.emit(formatted.clone()))
    });
    html! {
        <footer class="voicemail-actions">
            if let Some(number) = number { <CallButton number={number.formatted.clone()} label="Call back" /> }
            if let Some(to_text) = comparable { <TextButton number={to_text.to_string()} label="Text back" /> }
            if let Some(onpress) = add.filter(|_| is_unknown) {
                <Button label="Add contact" icon={Icon::PersonAdd} small={true} {onpress} />
            }
            <Popover label="More" is_menu={true} finds_room={true} at_end={true} class="button button-quiet button-small button-icon" hint="More"
                trigger={html! { <Glyph icon={Icon::More} /> }}>
                <MenuItem label="Forward as text" icon={Icon::Forward} onpress={forward} />
                <MenuItem label="Save as received" icon={Icon::Download} disabled={!props.has_sound} hint="Into the download folder, mostly MP3"
                    onpress={save(SoundFormat::AsReceived)} />
                <MenuItem label="Save as WAV" icon={Icon::Download} disabled={!props.has_sound} hint="Into the download folder, for programs that play nothing else"
                    onpress={save(SoundFormat::Wav)} />
                <MenuItem label="Delete" icon={Icon::Trash} hint="Here and at RingCentral" onpress={remove} />
            </Popover>
        </footer>
    }
}
