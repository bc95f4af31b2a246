//! Commands about settings.

use super::Switchboard;
use crate::error::CoreError;
use domain::ipc::settings::*;

impl Switchboard {
    /// Stores all settings and applies them at once.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn save_settings(&self, _request: SaveSettings) -> Result<(), CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }

    /// Hands out a notice as an inbound text would be.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn send_test_notification(&self, _request: SendTestNotification) -> Result<(), CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }
}
