//! Commands about writing texts and what is on its way.

use super::Switchboard;
use crate::error::CoreError;
use crate::sync::Lane;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::ipc::Undoable;
use domain::ipc::texting::{
    AttachPicture, ComposeReply, ComposeTo, DetachPicture, DiscardText, EditText, GetComposer, GetOutbox,
    ListSenders, NoteConsent, OutboxState, ResendText, RestoreText, RetryOutbox, RetryText, SaveDraft,
    SendText, TakeBackText, Written,
};
use domain::outgoing::{Composer, Draft, Picture, Sender};

impl Switchboard {
    /// What the composer shows for these numbers.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] when one of them cannot be texted, [`CoreError::SignInRequired`] when no account is open,
    /// [`CoreError::Store`]; the last two for everything here.
    pub async fn compose_to(&self, request: ComposeTo) -> Result<Composer, CoreError> {
        let account = self.account()?;
        account
            .texting
            .compose_to(&request.numbers, account.held_up())
            .await
    }

    /// What the composer shows for the thread of an item.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] when it was deleted meanwhile, [`CoreError::Invalid`] when nobody can be answered.
    pub async fn compose_reply(&self, request: ComposeReply) -> Result<Composer, CoreError> {
        let account = self.account()?;
        account
            .texting
            .compose_reply(request.item, account.held_up())
            .await
    }

    /// The composer of a thread anew.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] when nothing is left of the conversation.
    pub async fn get_composer(&self, request: GetComposer) -> Result<Composer, CoreError> {
        let account = self.account()?;
        account.texting.composer(&request.thread, account.held_up()).await
    }

    /// The numbers that texts can be sent from.
    ///
    /// # Errors
    /// As [`Self::compose_to`].
    pub async fn list_senders(&self, _: ListSenders) -> Result<Vec<Sender>, CoreError> {
        Ok(self.account()?.store.senders().await?)
    }

    /// Keeps what was begun.
    ///
    /// # Errors
    /// As [`Self::compose_to`].
    pub async fn save_draft(&self, request: SaveDraft) -> Result<(), CoreError> {
        let account = self.account()?;
        account
            .texting
            .save_draft(&request.thread, &request.text, request.from.as_ref())
            .await
    }

    /// Puts a file beside a draft.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] in plain words when it cannot be sent with a text.
    pub async fn attach_picture(&self, request: AttachPicture) -> Result<Picture, CoreError> {
        let content = STANDARD
            .decode(request.content.as_bytes())
            .map_err(|_| CoreError::Invalid("The file could not be read.".to_owned()))?;
        let account = self.account()?;
        account
            .texting
            .attach(&request.thread, &request.file_name, &content)
            .await
    }

    /// Takes a file away from a draft.
    ///
    /// # Errors
    /// As [`Self::compose_to`].
    pub async fn detach_picture(&self, request: DetachPicture) -> Result<(), CoreError> {
        self.account()?.texting.detach(&request.thread, request.id).await
    }

    /// Writes a text down; it leaves in a moment.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] in plain words when it cannot be sent as it is.
    pub async fn send_text(&self, request: SendText) -> Result<Written, CoreError> {
        let account = self.account()?;
        let written = account
            .texting
            .send(&request.thread, &request.text, request.from.as_ref())
            .await?;
        account.stir_outbox();
        Ok(written)
    }

    /// Takes a text back that has not left.
    ///
    /// # Errors
    /// [`CoreError::TooLate`] when it has; so for all that change something on its way.
    pub async fn take_back_text(&self, request: TakeBackText) -> Result<Draft, CoreError> {
        self.account()?.texting.take_back(request.id).await
    }

    /// Sends a failed text again as it is.
    ///
    /// # Errors
    /// As [`Self::take_back_text`].
    pub async fn retry_text(&self, request: RetryText) -> Result<Written, CoreError> {
        let account = self.account()?;
        let written = account.texting.retry(request.id).await?;
        account.stir_outbox();
        Ok(written)
    }

    /// Sends a text again that could not be delivered.
    ///
    /// # Errors
    /// [`CoreError::NotFound`], [`CoreError::Invalid`].
    pub async fn resend_text(&self, request: ResendText) -> Result<Written, CoreError> {
        let account = self.account()?;
        let written = account.texting.resend(request.item).await?;
        account.stir_outbox();
        Ok(written)
    }

    /// Makes a failed text the thread's draft again.
    ///
    /// # Errors
    /// As [`Self::take_back_text`].
    pub async fn edit_text(&self, request: EditText) -> Result<Draft, CoreError> {
        self.account()?.texting.edit(request.id).await
    }

    /// Puts a failed or unknown text away.
    ///
    /// # Errors
    /// As [`Self::take_back_text`].
    pub async fn discard_text(&self, request: DiscardText) -> Result<(), CoreError> {
        self.account()?.texting.discard(request.id).await
    }

    /// Takes [`Self::discard_text`] back.
    ///
    /// # Errors
    /// As [`Self::take_back_text`].
    pub async fn restore_text(&self, request: RestoreText) -> Result<(), CoreError> {
        self.account()?.texting.restore(request.id).await
    }

    /// Notes whether somebody wants texts, here and at RingCentral.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] in plain words when only they can say that they want texts again.
    pub async fn note_consent(&self, request: NoteConsent) -> Result<Undoable, CoreError> {
        let account = self.account()?;
        let noted = account
            .texting
            .note_consent(&request.number, request.from.as_ref(), request.state)
            .await?;
        account.request(Lane::Consents);
        Ok(noted)
    }

    /// What is on its way, texts and faxes.
    ///
    /// # Errors
    /// As [`Self::compose_to`].
    pub async fn get_outbox(&self, _: GetOutbox) -> Result<OutboxState, CoreError> {
        let account = self.account()?;
        let faxes = account.fax_desk.outgoing().await?;
        let held_up = account.held_up().or_else(|| account.uploads_held_up());
        let texts = account.texting.outbox(held_up).await?;
        Ok(OutboxState { faxes, ..texts })
    }

    /// Tries at once what waits for the network, or after an upload that broke off.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when nobody is signed in, or that the database cannot be used.
    pub async fn retry_outbox(&self, _: RetryOutbox) -> Result<(), CoreError> {
        Ok(self.account()?.outbox()?.retry_now().await?)
    }
}
