//! Commands about sending faxes.

use super::Switchboard;
use crate::error::CoreError;
use crate::fax_desk::Beginning;
use crate::sync::Lane;
use domain::fax::{FaxCheck, FaxDraft, FaxOptions, FaxRecipient};
use domain::ids::FaxDraftId;
use domain::ipc::fax::{
    CallBackFax, CancelFaxUpload, CheckFax, DiscardFax, DiscardFaxDraft, EditFax, GetFaxDraft, GetFaxOptions,
    ListFaxDrafts, NewFax, ReadFaxCover, ReadFaxDraftPage, RemoveFaxFile, ResendFax, RestoreFax, RetryFax,
    SendFax, SetFaxCover, SetFaxPages, SetFaxRecipients, SetFaxSending, SuggestFaxRecipients, TakeBackFax,
};
use domain::ipc::texting::Written;
use std::path::PathBuf;

impl Switchboard {
    /// What can be chosen when sending.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open, [`CoreError::Store`]; so for everything here.
    pub async fn get_fax_options(&self, _: GetFaxOptions) -> Result<FaxOptions, CoreError> {
        let account = self.account()?;
        account.fax_desk.options(account.client()).await
    }

    /// Begins a fax: to these numbers, however they are written, or to the other side of `reply_to`, or with the pages of
    /// `forward`, which are not uploaded again when they stay as they are.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] in plain words, [`CoreError::NotFound`], and the errors of the server when pages have to be
    /// fetched.
    pub async fn new_fax(&self, request: NewFax) -> Result<FaxDraft, CoreError> {
        let account = self.account()?;
        let beginning = Beginning {
            to: request.to,
            reply_to: request.reply_to,
            forward: request.forward,
        };
        account.fax_desk.begin(account.client(), &beginning).await
    }

    /// One that was begun.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] when it was sent or thrown away; so for all that take a draft.
    pub async fn get_fax_draft(&self, request: GetFaxDraft) -> Result<FaxDraft, CoreError> {
        self.account()?.fax_desk.draft(request.draft).await
    }

    /// Those that were begun and neither sent nor thrown away, the newest first.
    ///
    /// # Errors
    /// As [`Self::get_fax_options`].
    pub async fn list_fax_drafts(&self, _: ListFaxDrafts) -> Result<Vec<FaxDraft>, CoreError> {
        self.account()?.fax_desk.drafts().await
    }

    /// Adds files of this computer to a draft. One that cannot be sent is added with the reason.
    ///
    /// # Errors
    /// As [`Self::get_fax_draft`]; [`CoreError::Store`] when they cannot be kept.
    pub async fn add_fax_files(&self, draft: FaxDraftId, files: Vec<PathBuf>) -> Result<FaxDraft, CoreError> {
        self.account()?.fax_desk.add_files(draft, files).await
    }

    /// Takes a file away with its pages.
    ///
    /// # Errors
    /// As [`Self::get_fax_draft`].
    pub async fn remove_fax_file(&self, request: RemoveFaxFile) -> Result<FaxDraft, CoreError> {
        self.account()?
            .fax_desk
            .remove_file(request.draft, request.file)
            .await
    }

    /// Whom it goes to, however the numbers are written; what is there twice goes once.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] naming the one that is no number.
    pub async fn set_fax_recipients(&self, request: SetFaxRecipients) -> Result<FaxDraft, CoreError> {
        self.account()?
            .fax_desk
            .set_recipients(request.draft, &request.to)
            .await
    }

    /// Which pages go, in which order.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] for pages that are not there.
    pub async fn set_fax_pages(&self, request: SetFaxPages) -> Result<FaxDraft, CoreError> {
        self.account()?
            .fax_desk
            .set_pages(request.draft, &request.pages)
            .await
    }

    /// The first page.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] when the note is too long.
    pub async fn set_fax_cover(&self, request: SetFaxCover) -> Result<FaxDraft, CoreError> {
        self.account()?
            .fax_desk
            .set_cover(request.draft, &request.cover)
            .await
    }

    /// How and when it is sent.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] for a time that has passed.
    pub async fn set_fax_sending(&self, request: SetFaxSending) -> Result<FaxDraft, CoreError> {
        self.account()?
            .fax_desk
            .set_sending(request.draft, request.resolution, request.send_at)
            .await
    }

    /// People with numbers for whom the words fit; fax numbers first. At most 8.
    ///
    /// # Errors
    /// As [`Self::get_fax_options`].
    pub async fn suggest_fax_recipients(
        &self,
        request: SuggestFaxRecipients,
    ) -> Result<Vec<FaxRecipient>, CoreError> {
        self.account()?.fax_desk.suggest(&request.query).await
    }

    /// Looks at everything that could be wrong with it, its pages included.
    ///
    /// # Errors
    /// As [`Self::get_fax_draft`].
    pub async fn check_fax(&self, request: CheckFax) -> Result<FaxCheck, CoreError> {
        let account = self.account()?;
        account.fax_desk.check(account.client(), request.draft).await
    }

    /// A page of a file of a draft as PNG, not turned. Replies with raw bytes.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] for one that only RingCentral can draw, [`CoreError::NotFound`].
    pub async fn read_fax_draft_page(&self, request: ReadFaxDraftPage) -> Result<Vec<u8>, CoreError> {
        self.account()?
            .fax_desk
            .draw_page(request.draft, request.file, request.index, request.width_px)
            .await
    }

    /// The cover sheet as PNG: ours as it is sent, RingCentral's as it will look more or less. Replies with raw bytes.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] when none is chosen.
    pub async fn read_fax_cover(&self, request: ReadFaxCover) -> Result<Vec<u8>, CoreError> {
        let account = self.account()?;
        account
            .fax_desk
            .draw_cover(account.client(), request.draft, request.width_px)
            .await
    }

    /// Sends it. It is no draft any more.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] in plain words when it cannot be sent as it is.
    pub async fn send_fax(&self, request: SendFax) -> Result<Written, CoreError> {
        let account = self.account()?;
        let written = account.fax_desk.send(account.client(), request.draft).await?;
        account.stir_outbox();
        Ok(written)
    }

    /// Throws it away.
    ///
    /// # Errors
    /// As [`Self::get_fax_draft`].
    pub async fn discard_fax_draft(&self, request: DiscardFaxDraft) -> Result<(), CoreError> {
        self.account()?.fax_desk.discard_draft(request.draft).await
    }

    /// Takes a fax back that has not begun to leave; it is a draft again.
    ///
    /// # Errors
    /// [`CoreError::TooLate`] when it has; so for all that change a fax on its way.
    pub async fn take_back_fax(&self, request: TakeBackFax) -> Result<FaxDraft, CoreError> {
        self.account()?.fax_desk.take_back(request.id).await
    }

    /// Stops an upload. It has failed then, and can be tried again; what has left already is looked for.
    ///
    /// # Errors
    /// As [`Self::take_back_fax`].
    pub async fn cancel_fax_upload(&self, request: CancelFaxUpload) -> Result<(), CoreError> {
        self.account()?.fax_desk.cancel_upload(request.id)
    }

    /// Calls a fax back that RingCentral would send later. It is a draft again when RingCentral has let go of it.
    ///
    /// # Errors
    /// [`CoreError::TooLate`] when it is not queued there any more.
    pub async fn call_back_fax(&self, request: CallBackFax) -> Result<(), CoreError> {
        let account = self.account()?;
        account.fax_desk.call_back(request.item).await?;
        account.request(Lane::Deletions);
        Ok(())
    }

    /// Sends a failed fax again as it is.
    ///
    /// # Errors
    /// As [`Self::take_back_fax`], and [`CoreError::Invalid`] when that cannot help.
    pub async fn retry_fax(&self, request: RetryFax) -> Result<Written, CoreError> {
        let account = self.account()?;
        let written = account.fax_desk.retry(request.id).await?;
        account.stir_outbox();
        Ok(written)
    }

    /// Makes a failed fax a draft again.
    ///
    /// # Errors
    /// As [`Self::take_back_fax`].
    pub async fn edit_fax(&self, request: EditFax) -> Result<FaxDraft, CoreError> {
        self.account()?.fax_desk.edit(request.id).await
    }

    /// Puts a failed or unknown fax away. An unknown one is not sent again then.
    ///
    /// # Errors
    /// As [`Self::take_back_fax`].
    pub async fn discard_fax(&self, request: DiscardFax) -> Result<(), CoreError> {
        self.account()?.fax_desk.discard(request.id).await
    }

    /// Takes [`Self::discard_fax`] back.
    ///
    /// # Errors
    /// As [`Self::take_back_fax`].
    pub async fn restore_fax(&self, request: RestoreFax) -> Result<(), CoreError> {
        self.account()?.fax_desk.restore(request.id).await
    }

    /// Has RingCentral send a fax again that it has already, to those whom it did not reach, without uploading it.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] with what to do instead when that cannot help, [`CoreError::NotFound`].
    pub async fn resend_fax(&self, request: ResendFax) -> Result<Written, CoreError> {
        let account = self.account()?;
        let written = account.fax_desk.resend(request.item).await?;
        account.stir_outbox();
        Ok(written)
    }
}
