//! The core as the shell holds it.
//!
//! When it cannot be opened (the disk is full, the data is newer than the app) the window opens all the same, and every
//! request answers with the reason, which the window then shows.

use domain::ipc::{
    IpcError,
    presence::GetOwnPresence,
    session::{AppState, GetAppState},
};
use domain::presence::OwnPresence;
use switchboard_core::{CoreError, Switchboard};

/// Managed by Tauri; one for the whole program.
#[derive(Debug)]
pub struct Core(Result<Switchboard, CoreError>);

impl Core {
    /// Wraps what opening gave.
    pub fn new(opened: Result<Switchboard, CoreError>) -> Self {
        if let Err(error) = &opened {
            tracing::error!(%error, "the core could not be opened");
        }
        Self(opened)
    }

    /// The core.
    ///
    /// # Errors
    /// Why it could not be opened.
    pub fn get(&self) -> Result<&Switchboard, IpcError> {
        self.0.as_ref().map_err(IpcError::from)
    }

    pub(crate) async fn own_presence(&self) -> Result<OwnPresence, IpcError> {
        Ok(self.get()?.get_own_presence(GetOwnPresence {}).await?)
    }

    pub(crate) async fn app_state(&self) -> Result<AppState, IpcError> {
        Ok(self.get()?.get_app_state(GetAppState {}).await?)
    }
}
