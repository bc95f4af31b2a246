//! Commands about the calls of the company.

use super::Switchboard;
use crate::error::CoreError;
use domain::ipc::live_calls::{
    ExportSupervisions, GetLiveCalls, GetSupervision, ListSupervisions, Supervise,
};
use domain::live_calls::LiveCalls;
use domain::supervision::{Supervision, SupervisionLog};

impl Switchboard {
    /// # Errors
    /// Not built yet.
    pub async fn get_live_calls(&self, _request: GetLiveCalls) -> Result<LiveCalls, CoreError> {
        self.account()?;
        Err(CoreError::Invalid("This is not built yet.".to_owned()))
    }

    /// # Errors
    /// Not built yet.
    pub async fn get_supervision(&self, _request: GetSupervision) -> Result<Supervision, CoreError> {
        self.account()?;
        Err(CoreError::Invalid("This is not built yet.".to_owned()))
    }

    /// # Errors
    /// Not built yet.
    pub async fn supervise(&self, _request: Supervise) -> Result<Supervision, CoreError> {
        self.account()?;
        Err(CoreError::Invalid("This is not built yet.".to_owned()))
    }

    /// # Errors
    /// Not built yet.
    pub async fn list_supervisions(&self, _request: ListSupervisions) -> Result<SupervisionLog, CoreError> {
        self.account()?;
        Err(CoreError::Invalid("This is not built yet.".to_owned()))
    }

    /// # Errors
    /// Not built yet.
    pub async fn export_supervisions(&self, _request: ExportSupervisions) -> Result<String, CoreError> {
        self.account()?;
        Err(CoreError::Invalid("This is not built yet.".to_owned()))
    }
}
