//! Commands about presence and the team.

use super::Switchboard;
use crate::error::CoreError;
use domain::ipc::presence::{
    GetOwnPresence, ListPresence, ListTeam, SetFavourite, SetOwnMessage, SetOwnQueue, SetOwnStatus,
};
use domain::presence::{MemberPresence, OwnPresence, Team};

impl Switchboard {
    /// # Errors
    /// Not built yet.
    pub async fn list_presence(&self, _request: ListPresence) -> Result<Vec<MemberPresence>, CoreError> {
        self.account()?;
        Err(CoreError::Invalid("This is not built yet.".to_owned()))
    }

    /// # Errors
    /// Not built yet.
    pub async fn get_own_presence(&self, _request: GetOwnPresence) -> Result<OwnPresence, CoreError> {
        self.account()?;
        Err(CoreError::Invalid("This is not built yet.".to_owned()))
    }

    /// # Errors
    /// Not built yet.
    pub async fn set_own_status(&self, _request: SetOwnStatus) -> Result<OwnPresence, CoreError> {
        self.account()?;
        Err(CoreError::Invalid("This is not built yet.".to_owned()))
    }

    /// # Errors
    /// Not built yet.
    pub async fn set_own_message(&self, _request: SetOwnMessage) -> Result<OwnPresence, CoreError> {
        self.account()?;
        Err(CoreError::Invalid("This is not built yet.".to_owned()))
    }

    /// # Errors
    /// Not built yet.
    pub async fn set_own_queue(&self, _request: SetOwnQueue) -> Result<OwnPresence, CoreError> {
        self.account()?;
        Err(CoreError::Invalid("This is not built yet.".to_owned()))
    }

    /// # Errors
    /// Not built yet.
    pub async fn list_team(&self, _request: ListTeam) -> Result<Team, CoreError> {
        self.account()?;
        Err(CoreError::Invalid("This is not built yet.".to_owned()))
    }

    /// # Errors
    /// Not built yet.
    pub async fn set_favourite(&self, _request: SetFavourite) -> Result<(), CoreError> {
        self.account()?;
        Err(CoreError::Invalid("This is not built yet.".to_owned()))
    }
}
