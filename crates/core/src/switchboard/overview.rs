//! Commands about the page one starts from.

use super::Switchboard;
use crate::error::CoreError;
use domain::ipc::overview::GetOverview;
use domain::overview::Overview;

impl Switchboard {
    /// # Errors
    /// Not built yet.
    pub async fn get_overview(&self, _request: GetOverview) -> Result<Overview, CoreError> {
        self.account()?;
        Err(CoreError::Invalid("This is not built yet.".to_owned()))
    }
}
