//! The door to the core: one method per command of the window, and the events that say what changed.
//!
//! A [`Switchboard`] lives as long as the program; accounts come and go behind it. It adds nothing to what the modules
//! do: no transaction is opened and no decision is made here.

mod calls;
mod config;
mod contacts;
mod inbox;
mod session;
mod settings;

pub use config::{Config, OpenBrowser};

use crate::change_feed::{ChangeFeed, ChangeListener};
use crate::error::CoreError;
use std::sync::Arc;

/// Everything the product does, behind one handle that is cheap to clone.
#[derive(Debug, Clone)]
pub struct Switchboard {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    config: Config,
    changes: ChangeFeed,
}

/// What belongs to the account whose data is open.
#[derive(Debug)]
struct Account;

impl Switchboard {
    /// Opens the core, and the data of the account that was used last, if there is one. Needs neither network nor
    /// keychain.
    ///
    /// # Errors
    /// [`CoreError::Store`] when the data cannot be opened; the words say what can be done.
    pub async fn open(config: Config) -> Result<Self, CoreError> {
        Ok(Self { shared: Arc::new(Shared { config, changes: ChangeFeed::new() }) })
    }

    /// Hears everything that changes from now on.
    pub fn events(&self) -> ChangeListener {
        self.shared.changes.listen()
    }

    /// Ends everything that runs in the background, in good order.
    pub async fn shut_down(&self) {}

    fn account(&self) -> Result<Arc<Account>, CoreError> {
        Err(CoreError::SignInRequired)
    }
}
