//! What the composer of a thread shows.

use super::Texting;
use super::threads;
use crate::error::CoreError;
use crate::store::{Job, ShownJob, text_lane};
use domain::ids::{CommunicationId, PictureId};
use domain::outgoing::{Composer, HeldUp, OutgoingText, Picture, Sender, Thread};
use domain::phone_number::E164;

impl Texting {
    /// The composer of the thread with these numbers, however they are written.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] when one of them cannot be texted, [`CoreError::Store`].
    pub async fn compose_to(
        &self,
        numbers: &[String],
        held_up: Option<HeldUp>,
    ) -> Result<Composer, CoreError> {
        let thread = threads::of_numbers(&self.store, numbers)?;
        self.composer(&thread, held_up).await
    }

    /// The composer of the thread in which an item is answered.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] when it was deleted meanwhile, [`CoreError::Invalid`] when nobody can be answered.
    pub async fn compose_reply(
        &self,
        item: CommunicationId,
        held_up: Option<HeldUp>,
    ) -> Result<Composer, CoreError> {
        let item = self.store.communication(item).await?;
        let thread = threads::of_item(&item)
            .ok_or_else(|| CoreError::Invalid("There is no number here that can be texted.".to_owned()))?;
        self.composer(&thread, held_up).await
    }

    /// The composer of a thread.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] when nothing is left of the conversation, [`CoreError::Store`].
    pub async fn composer(&self, thread: &Thread, held_up: Option<HeldUp>) -> Result<Composer, CoreError> {
        let resolved = threads::resolve(&self.store, thread).await?;
        let senders = self.store.senders().await?;
        let draft = self.store.draft(&threads::key(&resolved.thread)).await?;
        let from = chosen_sender(&senders, draft.from.as_ref(), resolved.line.as_ref()).cloned();
        let outgoing = self.outgoing(&resolved.numbers).await?;
        let (blocked, consent) = match &resolved.blocked {
            Some(reason) => (Some(reason.clone()), None),
            None if senders.is_empty() => (Some(NO_SENDER.to_owned()), None),
            None => self.consent(&resolved.numbers, from.as_ref()).await?,
        };
        Ok(Composer {
            thread: resolved.thread,
            to: resolved.to,
            senders,
            from,
            draft,
            outgoing,
            blocked,
            consent,
            held_up,
        })
    }

    /// Keeps what was begun.
    ///
    /// # Errors
    /// [`CoreError::Store`].
    pub async fn save_draft(
        &self,
        thread: &Thread,
        text: &str,
        from: Option<&E164>,
    ) -> Result<(), CoreError> {
        Ok(self.store.save_draft(&threads::key(thread), text, from).await?)
    }

    /// Puts a file beside the draft of a thread.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] in plain words when it cannot be sent with a text, [`CoreError::Store`].
    pub async fn attach(
        &self,
        thread: &Thread,
        file_name: &str,
        content: &[u8],
    ) -> Result<Picture, CoreError> {
        let key = threads::key(thread);
        let held = self.store.draft(&key).await?.pictures;
        let content_type = super::media_limits::content_type_of(file_name);
        let new = super::media_limits::OutgoingFile {
            name: file_name.to_owned(),
            content_type: content_type.unwrap_or("application/octet-stream").to_owned(),
            size_bytes: u64::try_from(content.len()).unwrap_or(u64::MAX),
        };
        let files: Vec<_> = held
            .into_iter()
            .map(|picture| super::media_limits::OutgoingFile {
                name: picture.file_name,
                content_type: picture.content_type,
                size_bytes: picture.size_bytes,
            })
            .chain([new.clone()])
            .collect();
        super::media_limits::check(&files).map_err(|problems| {
            let words: Vec<String> = problems.iter().map(ToString::to_string).collect();
            CoreError::Invalid(words.join(" "))
        })?;
        self.pictures
            .add(&key, file_name, &new.content_type, content)
            .await
    }

    /// Takes a file away from the draft of a thread.
    ///
    /// # Errors
    /// [`CoreError::Store`].
    pub async fn detach(&self, thread: &Thread, id: PictureId) -> Result<(), CoreError> {
        self.pictures.remove(&threads::key(thread), id).await
    }

    /// What is on its way to these people.
    async fn outgoing(&self, numbers: &[E164]) -> Result<Vec<OutgoingText>, CoreError> {
        let rows = self.store.open_jobs(&text_lane(numbers)).await?;
        self.shown(rows).await
    }

    /// Rows of the outbox as the window shows them.
    pub(super) async fn shown(&self, rows: Vec<ShownJob>) -> Result<Vec<OutgoingText>, CoreError> {
        let mut shown = Vec::with_capacity(rows.len());
        for row in rows {
            let Job::Text(text) = row.job else { continue };
            let to = self.store.parties(&text.to).await?;
            shown.push(OutgoingText {
                id: row.id,
                from: self.store.numbering().show(&text.from, None),
                to,
                text: text.text,
                pictures: text
                    .files
                    .into_iter()
                    .map(|file| Picture {
                        id: PictureId(0),
                        file_name: file.file_name,
                        content_type: file.content_type,
                        size_bytes: file.size_bytes,
                    })
                    .collect(),
                state: row.state,
                created_at: row.created_at,
                attempts: row.attempts,
            });
        }
        Ok(shown)
    }
}

pub(super) const NO_SENDER: &str =
    "No phone number of yours may send texts. An administrator of RingCentral can give you one with texting.";

/// The number that was chosen, else the one that the conversation runs on, else the first.
pub(super) fn chosen_sender<'a>(
    senders: &'a [Sender],
    chosen: Option<&E164>,
    line: Option<&E164>,
) -> Option<&'a E164> {
    let find = |wanted: Option<&E164>| {
        senders
            .iter()
            .filter_map(|sender| sender.number.e164.as_ref())
            .find(|number| Some(*number) == wanted)
    };
    find(chosen)
        .or_else(|| find(line))
        .or_else(|| senders.first()?.number.e164.as_ref())
}
