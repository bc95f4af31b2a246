//! Signing in and out, and the state the window starts from.

use crate::event::CoreEvent;
use crate::inbox::InboxCounts;
use crate::session::{KeychainState, Server, SessionState};
use crate::settings::Settings;
use crate::sync::{EventSourceState, SyncStatus};
use serde::{Deserialize, Serialize};

/// Everything the frame of the window shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AppState {
    pub session: SessionState,
    pub keychain: KeychainState,
    pub sync: SyncStatus,
    pub events: EventSourceState,
    pub counts: InboxCounts,
    pub settings: Settings,
    /// Version of the app.
    pub version: String,
    /// Where the store is, for the settings page.
    pub data_folder: String,
}

super::commands! {
    /// Asks for [`AppState`].
    GetAppState {} -> AppState as "get_app_state";
    /// Opens the system browser at RingCentral's sign-in page and waits for the person to come back.
    SignInWithBrowser { server: Server } -> () as "sign_in_with_browser";
    /// Stops waiting for the browser.
    CancelSignIn {} -> () as "cancel_sign_in";
    /// Signs in with a JWT credential made in the vendor's developer console.
    SignInWithJwt { server: Server, jwt: String } -> () as "sign_in_with_jwt";
    /// Starts the demo company on this computer and signs in to it.
    StartDemo {} -> () as "start_demo";
    /// Signs out; `erases_data` also removes the local copy.
    SignOut { erases_data: bool } -> () as "sign_out";
    /// What the `tel:`, `callto:` or `sms:` link asks for that the app was started with. Told once.
    TakeStartingLink {} -> Option<CoreEvent> as "take_starting_link";
    /// Fetches what is new, now.
    SyncNow {} -> () as "sync_now";
    /// Stops fetching older history; what has arrived stays.
    PauseBackfill {} -> () as "pause_backfill";
    /// Goes on fetching older history.
    ResumeBackfill {} -> () as "resume_backfill";
}
