//! The door to the core: one method per command of the window, and the events that say what changed.
//!
//! A [`Switchboard`] lives as long as the program; accounts come and go behind it. It adds nothing to what the modules
//! do: no transaction is opened and no decision is made here.

mod account;
mod calls;
mod campaigns;
mod config;
mod contacts;
mod export;
mod fax_reading;
mod fax_sending;
mod inbox;
mod live_calls;
mod opening;
mod overview;
mod presence;
mod ring_out;
mod session;
mod settings;
mod sign_in;
mod templates;
mod texting;
mod transcription;
mod voicemail;

pub use config::{Config, DEFAULT_REDIRECT_PORT, OpenBrowser};

use crate::change_feed::{ChangeFeed, ChangeListener};
use crate::error::CoreError;
use crate::faxes::{Readings, Tesseract};
use crate::notices::{NoticeChange, NoticeFeed};
use crate::outbox::{Outbox, RingCentral};
use crate::presence::PresenceFollower;
use crate::session::Profiles;
use crate::sync::Sync;
use crate::transcription::models::Models;
use crate::transcription::{Means, OwnKeys, Transcriptions};
use account::Account;
use domain::event::CoreEvent;
use opening::Opened;
use sign_in::Attempts;
use std::sync::{Arc, PoisonError, RwLock};
use tokio::sync::mpsc::UnboundedReceiver;

/// Everything the product does, behind one handle that is cheap to clone.
#[derive(Debug, Clone)]
pub struct Switchboard {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    config: Config,
    profiles: Profiles,
    changes: ChangeFeed,
    notices: NoticeFeed,
    attempts: Attempts,
    /// What transcription needs, whoever is signed in.
    means: Means,
    /// Reads what stands on faxes, whoever is signed in.
    tesseract: Tesseract,
    opened: RwLock<Opened>,
    /// Held while one account takes another's place.
    turn: tokio::sync::Mutex<()>,
}

impl Switchboard {
    /// Opens the core, and the data of the account that was used last, if there is one. Needs neither network nor
    /// keychain: the sign-in is taken up behind it.
    ///
    /// Data that cannot be opened is no error here: every request then says why, and signing in again moves a damaged
    /// file aside.
    ///
    /// # Errors
    /// [`CoreError::Store`] when the data folder cannot be made.
    pub async fn open(config: Config) -> Result<Self, CoreError> {
        std::fs::create_dir_all(&config.data_folder)
            .map_err(|error| CoreError::store("The folder for the data cannot be made.", error))?;
        let changes = ChangeFeed::new();
        let means = Means::new(
            Models::new(config.data_folder.join("models"), changes.clone()),
            OwnKeys::new(Arc::clone(&config.secrets)),
        )?;
        let switchboard = Self {
            shared: Arc::new(Shared {
                profiles: Profiles::new(&config.data_folder),
                tesseract: Tesseract::new(config.tesseract.clone()),
                config,
                changes,
                notices: NoticeFeed::default(),
                attempts: Attempts::default(),
                means,
                opened: RwLock::default(),
                turn: tokio::sync::Mutex::default(),
            }),
        };
        switchboard.open_last().await;
        Ok(switchboard)
    }

    /// Hears everything that changes from now on.
    pub fn events(&self) -> ChangeListener {
        self.shared.changes.listen()
    }

    /// Everything that is to be shown as a native notification from now on, and taken back again.
    pub fn notices(&self) -> UnboundedReceiver<NoticeChange> {
        self.shared.notices.listen()
    }

    /// Tells the windows something that did not come out of the core, such as a link that somebody followed.
    pub fn announce(&self, event: CoreEvent) {
        self.shared.changes.announce(event);
    }

    /// The synchronisation of the open account, to be stepped where nothing runs in the background.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when nobody is signed in.
    pub fn sync(&self) -> Result<Sync, CoreError> {
        Ok(self.account()?.sync()?.clone())
    }

    /// The outbox of the open account, to be stepped where nothing runs in the background.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when nobody is signed in.
    pub fn outbox(&self) -> Result<Outbox<RingCentral>, CoreError> {
        Ok(self.account()?.outbox()?.clone())
    }

    /// Who follows the presence of the company, to be stepped where nothing runs in the background.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when nobody is signed in.
    pub fn presence_follower(&self) -> Result<PresenceFollower, CoreError> {
        Ok(self.account()?.presence_follower()?.clone())
    }

    /// The transcriptions of the open account, to be stepped where nothing runs in the background.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub fn transcriptions(&self) -> Result<Transcriptions, CoreError> {
        Ok(self.account()?.transcriptions.clone())
    }

    /// The faxes of the open account that are to be read, to be stepped where nothing runs in the background.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub fn readings(&self) -> Result<Readings, CoreError> {
        Ok(self.account()?.readings.clone())
    }

    /// Deletes cached files that are no longer needed. Done by itself after each start.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open, [`CoreError::Store`].
    pub async fn tidy_up(&self) -> Result<(), CoreError> {
        let account = self.account()?;
        account.texting.sweep().await?;
        account.fax_desk.sweep().await?;
        account.attachments.sweep().await
    }

    /// Ends everything that runs in the background, in good order, and closes the data.
    pub async fn shut_down(&self) {
        self.shared.attempts.cancel();
        self.shared.means.models.cancel_all();
        let _turn = self.shared.turn.lock().await;
        if let Opened::Account(account) = self.replace_opened(Opened::None) {
            account.stop().await;
            account.store.close().await;
        }
    }

    fn account(&self) -> Result<Arc<Account>, CoreError> {
        match &*self.shared.opened.read().unwrap_or_else(PoisonError::into_inner) {
            Opened::Account(account) => Ok(Arc::clone(account)),
            Opened::Unusable { reason, .. } => Err(CoreError::Store {
                message: reason.clone(),
                source: None,
            }),
            Opened::None => Err(CoreError::SignInRequired),
        }
    }

    fn replace_opened(&self, opened: Opened) -> Opened {
        std::mem::replace(
            &mut *self.shared.opened.write().unwrap_or_else(PoisonError::into_inner),
            opened,
        )
    }
}
