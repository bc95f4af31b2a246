//! `sync`.

use crate::args::{Account, Sync};
use crate::output::Output;
use crate::{Outcome, core, exit_code};
use domain::ipc::session::GetAppState;
use domain::sync::{SyncPhase, SyncStatus};
use jiff::Timestamp;
use std::time::Duration;

/// The core leaves a pause between two pages of older history.
const BETWEEN_PAGES: Duration = Duration::from_millis(250);

pub(crate) async fn run(account: &Account, options: &Sync, output: &Output) -> Outcome {
    let core = core::open_signed_in(account).await?;
    output.progress("Fetching what is new …");
    let sync = core.sync()?;
    let status = loop {
        sync.run_until_idle().await;
        let status = core.get_app_state(GetAppState {}).await?.sync;
        let is_fetching = matches!(status.phase, SyncPhase::UpToDate | SyncPhase::Syncing);
        let is_finished = status.backfill.as_ref().is_none_or(|history| history.is_finished);
        if !options.backfill || !is_fetching || is_finished {
            break status;
        }
        if let Some(history) = &status.backfill {
            output.progress(&format!("{} records of older history …", history.records));
        }
        tokio::time::sleep(BETWEEN_PAGES).await;
    };
    let has_failed_to_store = sync.has_failed_to_store();
    core.shut_down().await;
    output.result(&status, || text(&status));
    Ok(if has_failed_to_store {
        exit_code::FILE
    } else {
        code(&status)
    })
}

fn code(status: &SyncStatus) -> u8 {
    match status.phase {
        SyncPhase::UpToDate if status.set_aside > 0 => exit_code::PARTIAL,
        SyncPhase::UpToDate => 0,
        SyncPhase::Off | SyncPhase::SignInRequired => {
            exit_code::for_error(domain::ipc::ErrorCode::SignInRequired)
        }
        SyncPhase::Offline | SyncPhase::RateLimited { .. } | SyncPhase::Syncing => {
            exit_code::for_error(domain::ipc::ErrorCode::Offline)
        }
        SyncPhase::Failed { .. } => exit_code::for_error(domain::ipc::ErrorCode::Vendor),
    }
}

fn text(status: &SyncStatus) -> String {
    let mut lines = vec![match &status.phase {
        SyncPhase::UpToDate => "Everything new is here.".to_owned(),
        SyncPhase::Off | SyncPhase::SignInRequired => "Somebody has to sign in first.".to_owned(),
        SyncPhase::Offline => "The server cannot be reached.".to_owned(),
        SyncPhase::RateLimited { retry_at } => format!("The server asked to wait until {}.", at(*retry_at)),
        SyncPhase::Syncing => "Stopped before everything was here.".to_owned(),
        SyncPhase::Failed { message } => message.clone(),
    }];
    if let Some(history) = &status.backfill {
        let since = history.complete_since.map_or_else(|| "not yet".to_owned(), at);
        lines.push(format!(
            "History: {} records, complete since {since}.",
            history.records
        ));
    }
    if status.set_aside > 0 {
        lines.push(format!(
            "{} records could not be understood and were set aside.",
            status.set_aside
        ));
    }
    lines.join("\n")
}

fn at(instant: Timestamp) -> String {
    instant.strftime("%Y-%m-%d %H:%M UTC").to_string()
}
