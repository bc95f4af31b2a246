//! Special states, chosen in the address: `?state=empty`, `no-contacts`, `loading`, `error`, `no-files`, `offline`, `failed`, `limited`,
//! `sign-in`, `signed-out`, `refused`, `waiting`, `starting`, `memory`, `history`, `polling`,
//! `no-results`, `no-senders`, `no-phones`, `all-clear`; and `?theme=dark`. Calls: see
//! [`super::caller_cards`].

use super::history;
use crate::browser;
use domain::inbox::InboxCounts;
use domain::ipc::session::AppState;
use domain::ipc::{ErrorCode, IpcError};
use domain::session::{KeychainState, SessionState, SignedIn};
use domain::settings::{Settings, Theme};
use domain::sync::{BackfillProgress, EventSourceState, SyncPhase, SyncStatus};
use jiff::SignedDuration;
use serde_json::Value;

/// Long enough to see what stands there meanwhile.
const NEVER_MS: u32 = 600_000;

pub(super) fn is(state: &str) -> bool {
    browser::parameter("state").as_deref() == Some(state)
}

/// Requests that fail, or never come back, in the chosen state.
pub(super) fn refusal(name: &str) -> Result<(), IpcError> {
    let refuse = |message: &str| {
        Err(IpcError {
            code: ErrorCode::Store,
            message: message.to_owned(),
            retry_after_seconds: None,
        })
    };
    match name {
        "list_inbox" | "open_item" | "list_contacts" | "list_campaigns" | "get_campaign"
        | "list_templates" | "list_senders" | "list_tags" | "check_campaign"
            if is("error") =>
        {
            refuse("The local database could not be read: the disk is full. Free some space and try again.")
        }
        "list_campaign_results" if is("no-results") => {
            refuse("The local database could not be read: the disk is full. Free some space and try again.")
        }
        "start_campaign" if is("offline") => {
            refuse("The campaign could not be stored: the disk is full. Free some space and try again.")
        }
        "read_attachment" | "read_fax_page" | "open_fax" if is("no-files") => refuse(
            "RingCentral cannot be reached. Check the network; what is on this computer stays readable.",
        ),
        _ => Ok(()),
    }
}

/// Whether this request shall stay without an answer.
pub(super) fn hangs(name: &str, request: &Value) -> bool {
    name == "read_attachment" && browser::parameter("voicemail").as_deref() == Some("fetching")
        || super::fax_reading::hangs(name, request)
        || is("loading") && name != "get_app_state"
        || is("starting") && matches!(name, "start_demo" | "sign_in_with_jwt")
}

pub(super) async fn hang() {
    gloo_timers::future::TimeoutFuture::new(NEVER_MS).await;
}

pub(super) fn settings() -> Settings {
    let theme = match browser::parameter("theme").as_deref() {
        Some("dark") => Theme::Dark,
        Some("light") => Theme::Light,
        _ => Theme::System,
    };
    let shows_contact_panel = browser::parameter("panel").as_deref() != Some("hidden");
    let mut settings = Settings {
        theme,
        shows_contact_panel,
        ..Settings::default()
    };
    if browser::parameter("models").as_deref() == Some("here") {
        settings.transcription.model = "base.en".to_owned();
    }
    settings
}

pub(super) fn app_state(counts: InboxCounts, settings: Settings) -> AppState {
    let person = SignedIn {
        name: "Dana Kim".to_owned(),
        extension: "101".to_owned(),
        company: "Bay City Rebar".to_owned(),
        direct_number: Some("(510) 555-0100".to_owned()),
        is_demo: true,
        server: "http://127.0.0.1:41234".to_owned(),
    };
    let session = if is("signed-out") || is("refused") || is("starting") {
        SessionState::SignedOut
    } else if is("waiting") {
        SessionState::WaitingForBrowser
    } else if is("sign-in") {
        SessionState::SignInAgain {
            was: person,
            reason: "RingCentral ended the sign-in after 60 days without use.".to_owned(),
        }
    } else {
        SessionState::SignedIn(person)
    };
    let keychain = if is("memory") {
        KeychainState::MemoryOnly {
            reason: "This desktop has no keychain, so the sign-in is kept in memory only.".to_owned(),
        }
    } else {
        KeychainState::Available
    };
    let events = if is("polling") {
        let reason = "the live connection is blocked by this network".to_owned();
        EventSourceState::Polling {
            every_seconds: 30,
            reason,
        }
    } else if is("offline") {
        EventSourceState::Down {
            reason: "the network is away".to_owned(),
        }
    } else {
        EventSourceState::Live
    };
    AppState {
        session,
        keychain,
        sync: sync(),
        events,
        counts,
        settings,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        data_folder: "/home/dana/.local/share/switchboard".to_owned(),
    }
}

fn sync() -> SyncStatus {
    let now = history::now();
    let phase = if is("offline") {
        SyncPhase::Offline
    } else if is("failed") {
        SyncPhase::Failed {
            message: "RingCentral has a fault of its own at the moment. It is tried again by itself"
                .to_owned(),
        }
    } else if is("sign-in") {
        SyncPhase::SignInRequired
    } else if is("limited") {
        SyncPhase::RateLimited {
            retry_at: now + SignedDuration::from_secs(60),
        }
    } else {
        SyncPhase::UpToDate
    };
    let backfill = is("history").then(|| BackfillProgress {
        records: 18_240,
        complete_since: Some(now - SignedDuration::from_hours(24 * 200)),
        target: now - SignedDuration::from_hours(24 * 730),
        is_paused: false,
        is_finished: false,
    });
    let minutes = if is("offline") { 95 } else { 1 };
    SyncStatus {
        phase,
        last_synced_at: Some(now - SignedDuration::from_mins(minutes)),
        backfill,
        set_aside: u64::from(is("history")) * 3,
    }
}
