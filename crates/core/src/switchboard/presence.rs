//! Commands about presence and the team.

use super::Switchboard;
use crate::error::CoreError;
use crate::live_calls;
use domain::ipc::presence::{
    GetOwnPresence, ListPresence, ListTeam, SetFavourite, SetOwnMessage, SetOwnQueue, SetOwnStatus,
};
use domain::presence::{MemberPresence, OwnPresence, Team};

impl Switchboard {
    /// The presence of these colleagues; of all of them for an empty list.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open, [`CoreError::Store`].
    pub async fn list_presence(&self, request: ListPresence) -> Result<Vec<MemberPresence>, CoreError> {
        self.account()?.presences.list(&request.contacts).await
    }

    /// The presence of the signed-in person and their queues, as far as it is known.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open, [`CoreError::Store`].
    pub async fn get_own_presence(&self, _request: GetOwnPresence) -> Result<OwnPresence, CoreError> {
        self.account()?.presences.own_presence().await
    }

    /// Says what the person is now.
    ///
    /// # Errors
    /// Why RingCentral did not take it over; everything is as before then.
    pub async fn set_own_status(&self, request: SetOwnStatus) -> Result<OwnPresence, CoreError> {
        self.account()?.presences.set_status(request.choice).await
    }

    /// Writes or clears the message to colleagues.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] when it is too long, and why RingCentral did not take it over.
    pub async fn set_own_message(&self, request: SetOwnMessage) -> Result<OwnPresence, CoreError> {
        let account = self.account()?;
        account.presences.set_message(request.message.as_deref()).await
    }

    /// Takes calls of a queue, or none.
    ///
    /// # Errors
    /// [`CoreError::NotFound`], [`CoreError::NotPermitted`], and why RingCentral did not take it over.
    pub async fn set_own_queue(&self, request: SetOwnQueue) -> Result<OwnPresence, CoreError> {
        let account = self.account()?;
        account
            .presences
            .set_queue(&request.queue, request.takes_calls)
            .await
    }

    /// The team.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open, [`CoreError::Store`].
    pub async fn list_team(&self, _request: ListTeam) -> Result<Team, CoreError> {
        let account = self.account()?;
        let mut team = account.presences.team().await?;
        live_calls::tell_team(&mut team, &account.live_page.get().await?);
        Ok(team)
    }

    /// Makes a colleague a favourite, or no longer.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] when the contact is no colleague.
    pub async fn set_favourite(&self, request: SetFavourite) -> Result<(), CoreError> {
        let account = self.account()?;
        account
            .presences
            .set_favourite(request.contact, request.is_favourite)
            .await
    }
}
