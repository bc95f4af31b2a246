//! Commands about the calls of the company.

use super::Switchboard;
use crate::error::CoreError;
use domain::ipc::live_calls::{
    ExportSupervisions, GetLiveCalls, GetSupervision, ListSupervisions, Supervise,
};
use domain::live_calls::LiveCalls;
use domain::supervision::{Supervision, SupervisionLog};

impl Switchboard {
    /// The calls that go on now: the company's for those who may see them, else one's own.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open, [`CoreError::Store`].
    pub async fn get_live_calls(&self, _request: GetLiveCalls) -> Result<LiveCalls, CoreError> {
        let account = self.account()?;
        let mut live = account.live_page.get().await?;
        account.presences.tell_queues(&mut live.queues).await?;
        Ok(live)
    }

    /// What the signed-in person can do about a call.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] when the call is over, [`CoreError::SignInRequired`], and errors of the server.
    pub async fn get_supervision(&self, request: GetSupervision) -> Result<Supervision, CoreError> {
        let account = self.account()?;
        let client = account.client().ok_or(CoreError::SignInRequired)?;
        account.supervisions.possible(client, &request.session_id).await
    }

    /// Begins to listen in, or notes that the keys were shown.
    ///
    /// # Errors
    /// [`CoreError::NotPermitted`] when RingCentral does not let this person, [`CoreError::Invalid`] when it is not possible
    /// now, [`CoreError::NotFound`], and errors of the server.
    pub async fn supervise(&self, request: Supervise) -> Result<Supervision, CoreError> {
        let account = self.account()?;
        account.supervisions.supervise(account.client(), &request).await
    }

    /// The log of supervisions.
    ///
    /// # Errors
    /// [`CoreError::NotPermitted`] for everybody but administrators, and errors of the server.
    pub async fn list_supervisions(&self, request: ListSupervisions) -> Result<SupervisionLog, CoreError> {
        let account = self.account()?;
        account
            .supervisions
            .log(account.client(), request.before, request.limit)
            .await
    }

    /// Writes the log into the person's download folder, and says where.
    ///
    /// # Errors
    /// As [`Self::list_supervisions`], and [`CoreError::Store`] when the folder cannot be written.
    pub async fn export_supervisions(&self, _request: ExportSupervisions) -> Result<String, CoreError> {
        let account = self.account()?;
        let content = account.supervisions.export(account.client()).await?;
        let today = account
            .store
            .clock()
            .now()
            .to_zoned(jiff::tz::TimeZone::system())
            .date();
        let name = format!("Supervision log {today}.csv");
        Ok(self.save_download(&name, &content).await?.path)
    }
}
