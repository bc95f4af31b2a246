//! Commands about the session, the synchronisation, and the state the window starts from.

use super::Switchboard;
use super::sign_in::Door;
use crate::error::CoreError;
use domain::inbox::InboxCounts;
use domain::ipc::session::{
    AppState, CancelSignIn, GetAppState, PauseBackfill, ResumeBackfill, SignInWithBrowser, SignInWithJwt,
    SignOut, SyncNow,
};
use domain::session::Server;
use domain::sync::{EventSourceState, SyncPhase, SyncStatus};
use secrecy::SecretString;

impl Switchboard {
    /// Everything the frame of the window shows. Answers also when nobody is signed in or the data cannot be read.
    ///
    /// # Errors
    /// [`CoreError::Store`] when the data breaks while it is read.
    pub async fn get_app_state(&self, _request: GetAppState) -> Result<AppState, CoreError> {
        let shared = &self.shared;
        let session = shared.attempts.state().unwrap_or_else(|| self.session_state());
        let (sync, events, counts, settings) = match self.account() {
            Ok(account) => (
                account.sync_status().await?,
                account.events_state(),
                account.store.inbox_counts().await?,
                account.store.settings().await?,
            ),
            Err(_) => (
                no_sync(),
                EventSourceState::Off,
                InboxCounts::default(),
                self.settings_of_computer(),
            ),
        };
        Ok(AppState {
            session,
            keychain: self.keychain_state(),
            sync,
            events,
            counts,
            settings,
            version: shared.config.app_version.clone(),
            data_folder: shared.config.data_folder.to_string_lossy().into_owned(),
        })
    }

    /// Opens the system browser at RingCentral's sign-in page and waits for the person to come back.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] for a server or client id that cannot work, [`CoreError::NotPermitted`] when the person or
    /// RingCentral refuses, [`CoreError::Cancelled`], [`CoreError::Offline`].
    pub async fn sign_in_with_browser(&self, request: SignInWithBrowser) -> Result<(), CoreError> {
        self.sign_in(request.server, Door::Browser).await
    }

    /// Stops waiting for the browser.
    ///
    /// # Errors
    /// None: when nobody waits there is nothing to stop.
    pub async fn cancel_sign_in(&self, _request: CancelSignIn) -> Result<(), CoreError> {
        self.cancel_attempt();
        Ok(())
    }

    /// Signs in with a JWT credential.
    ///
    /// # Errors
    /// As [`Self::sign_in_with_browser`].
    pub async fn sign_in_with_jwt(&self, request: SignInWithJwt) -> Result<(), CoreError> {
        let jwt = secret("JWT", &request.jwt)?;
        self.sign_in(request.server, Door::Jwt(jwt)).await
    }

    /// Signs in to the demo company that the shell has started on this computer. Its data is born anew each time and
    /// lies apart from every real account's.
    ///
    /// # Errors
    /// As [`Self::sign_in_with_jwt`].
    pub async fn sign_in_demo(&self, server: Server, jwt: String) -> Result<(), CoreError> {
        let jwt = secret("JWT", &jwt)?;
        self.sign_in(server, Door::Demo(jwt)).await
    }

    /// Signs out, and removes the local copy if that is wanted.
    ///
    /// # Errors
    /// [`CoreError::Store`] when not all of the data could be removed; signed out it is all the same.
    pub async fn sign_out(&self, request: SignOut) -> Result<(), CoreError> {
        self.leave(request.erases_data).await
    }

    /// Fetches what is new, now. Returns at once; the state of the synchronisation tells how it goes.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when nobody is signed in.
    pub async fn sync_now(&self, _request: SyncNow) -> Result<(), CoreError> {
        self.account()?.sync()?.retry_all();
        Ok(())
    }

    /// Stops fetching older history; what has arrived stays.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when nobody is signed in.
    pub async fn pause_backfill(&self, _request: PauseBackfill) -> Result<(), CoreError> {
        Ok(self.account()?.sync()?.pause_history().await?)
    }

    /// Goes on fetching older history.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when nobody is signed in.
    pub async fn resume_backfill(&self, _request: ResumeBackfill) -> Result<(), CoreError> {
        Ok(self.account()?.sync()?.resume_history().await?)
    }
}

fn no_sync() -> SyncStatus {
    SyncStatus {
        phase: SyncPhase::Off,
        last_synced_at: None,
        backfill: None,
        set_aside: 0,
    }
}

/// Pasted text comes with line breaks and blanks around it.
fn secret(name: &str, text: &str) -> Result<SecretString, CoreError> {
    match text.trim() {
        "" => Err(CoreError::Invalid(format!("The {name} is empty."))),
        text => Ok(SecretString::from(text)),
    }
}
