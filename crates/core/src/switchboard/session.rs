//! Commands about the session, the synchronisation, and the state the window starts from.

use super::Switchboard;
use crate::error::CoreError;
use domain::ipc::session::*;
use domain::session::Server;

impl Switchboard {
    /// Everything the frame of the window shows.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn get_app_state(&self, _request: GetAppState) -> Result<AppState, CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }

    /// Opens the system browser and waits for the person to come back.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn sign_in_with_browser(&self, _request: SignInWithBrowser) -> Result<(), CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }

    /// Stops waiting for the browser.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn cancel_sign_in(&self, _request: CancelSignIn) -> Result<(), CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }

    /// Signs in with a JWT credential.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn sign_in_with_jwt(&self, _request: SignInWithJwt) -> Result<(), CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }

    /// Signs out.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn sign_out(&self, _request: SignOut) -> Result<(), CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }

    /// Fetches what is new, now.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn sync_now(&self, _request: SyncNow) -> Result<(), CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }

    /// Stops fetching older history; what has arrived stays.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn pause_backfill(&self, _request: PauseBackfill) -> Result<(), CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }

    /// Goes on fetching older history.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn resume_backfill(&self, _request: ResumeBackfill) -> Result<(), CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }

    /// Signs in to the demo company that the shell has started on this computer.
    ///
    /// # Errors
    /// As [`Self::sign_in_with_jwt`].
    pub async fn sign_in_demo(&self, _server: Server, _jwt: String) -> Result<(), CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }
}
