//! Commands about the page one starts from.

use super::Switchboard;
use crate::error::CoreError;
use crate::overview;
use domain::ipc::overview::GetOverview;
use domain::overview::Overview;
use jiff::tz::TimeZone;

impl Switchboard {
    /// Everything on the page one starts from.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open, [`CoreError::Store`].
    pub async fn get_overview(&self, _request: GetOverview) -> Result<Overview, CoreError> {
        let account = self.account()?;
        overview::overview(
            &account.store,
            &account.presences,
            &account.live_page,
            &TimeZone::system(),
        )
        .await
    }
}
