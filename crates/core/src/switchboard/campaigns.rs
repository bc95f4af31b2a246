//! Commands about text campaigns.

use super::Switchboard;
use crate::attachments::file_name;
use crate::campaigns;
use crate::error::CoreError;
use domain::attachment::AttachmentKind;
use domain::campaign::{Campaign, CampaignCheck, CampaignResult, CsvColumns};
use domain::ids::CampaignId;
use domain::ipc::campaigns::{
    CancelCampaign, CheckCampaign, ExportCampaign, GetCampaign, ListCampaignResults, ListCampaigns, ListTags,
    PauseCampaign, ReadCampaignFile, ResumeCampaign, RetryCampaign, StartCampaign,
};
use domain::ipc::inbox::SavedFile;

impl Switchboard {
    /// The columns of a list.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] when it cannot be read; [`CoreError::SignInRequired`] when no account is open,
    /// [`CoreError::Store`]; the last two for everything here.
    pub async fn read_campaign_file(&self, request: ReadCampaignFile) -> Result<CsvColumns, CoreError> {
        campaigns::columns(&request.content, self.account()?.store.numbering())
    }

    /// The tags that contacts have.
    ///
    /// # Errors
    /// As above.
    pub async fn list_tags(&self, _: ListTags) -> Result<Vec<(String, u32)>, CoreError> {
        Ok(self.account()?.store.contact_tags().await?)
    }

    /// What would happen if the campaign began now.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] when the list cannot be read.
    pub async fn check_campaign(&self, request: CheckCampaign) -> Result<CampaignCheck, CoreError> {
        let account = self.account()?;
        let per_minute = account.texts_per_minute();
        campaigns::check_draft(&account.store, &account.author(), &request.draft, per_minute).await
    }

    /// Freezes the texts and begins.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] in plain words when nothing can be sent.
    pub async fn start_campaign(&self, request: StartCampaign) -> Result<CampaignId, CoreError> {
        let account = self.account()?;
        let per_minute = account.texts_per_minute();
        let id = campaigns::start(&account.store, &account.author(), &request.draft, per_minute).await?;
        account.stir_outbox();
        Ok(id)
    }

    /// All campaigns, the newest first.
    ///
    /// # Errors
    /// As above.
    pub async fn list_campaigns(&self, _: ListCampaigns) -> Result<Vec<Campaign>, CoreError> {
        let account = self.account()?;
        campaigns::list(&account.store, account.texts_per_minute()).await
    }

    /// One campaign.
    ///
    /// # Errors
    /// [`CoreError::NotFound`]; so for all that name one.
    pub async fn get_campaign(&self, request: GetCampaign) -> Result<Campaign, CoreError> {
        let account = self.account()?;
        campaigns::get(&account.store, request.id, account.texts_per_minute()).await
    }

    /// What became of its recipients.
    ///
    /// # Errors
    /// As above.
    pub async fn list_campaign_results(
        &self,
        request: ListCampaignResults,
    ) -> Result<Vec<CampaignResult>, CoreError> {
        let account = self.account()?;
        campaigns::results(
            &account.store,
            request.id,
            request.only,
            request.offset,
            request.limit,
        )
        .await
    }

    /// Holds back what has not left.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] when there is no such campaign, or it was cancelled.
    pub async fn pause_campaign(&self, request: PauseCampaign) -> Result<(), CoreError> {
        Ok(self.account()?.store.pause_campaign(request.id, true).await?)
    }

    /// Lets it go on.
    ///
    /// # Errors
    /// As [`Self::pause_campaign`].
    pub async fn resume_campaign(&self, request: ResumeCampaign) -> Result<(), CoreError> {
        let account = self.account()?;
        account.store.pause_campaign(request.id, false).await?;
        account.stir_outbox();
        Ok(())
    }

    /// Queues those again for whom another try can help.
    ///
    /// # Errors
    /// As [`Self::pause_campaign`].
    pub async fn retry_campaign(&self, request: RetryCampaign) -> Result<u32, CoreError> {
        let account = self.account()?;
        let queued = account.store.retry_campaign(request.id).await?;
        account.stir_outbox();
        Ok(u32::try_from(queued).unwrap_or(u32::MAX))
    }

    /// Takes back what has not left, for good.
    ///
    /// # Errors
    /// As [`Self::get_campaign`].
    pub async fn cancel_campaign(&self, request: CancelCampaign) -> Result<(), CoreError> {
        Ok(self.account()?.store.cancel_campaign(request.id).await?)
    }

    /// Saves the result per recipient into the person's download folder.
    ///
    /// # Errors
    /// As [`Self::get_campaign`], and [`CoreError::Store`] when the folder cannot be written.
    pub async fn export_campaign(&self, request: ExportCampaign) -> Result<SavedFile, CoreError> {
        let account = self.account()?;
        let (name, content) = campaigns::to_csv(&account.store, request.id).await?;
        let now = account.store.clock().now();
        let name = file_name::safe(Some(&name), AttachmentKind::Media, "text/csv", now);
        self.save_download(&name, &content).await
    }
}
