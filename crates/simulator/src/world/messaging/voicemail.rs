//! Voicemail: left at once, transcribed a little later.

use jiff::SignedDuration;

use super::super::World;
use super::super::ids::{AttachmentId, ExtensionId, MessageId};
use super::super::messages::{Availability, Direction, MessageType, Recipient, TranscriptionStatus};
use super::super::number::Endpoint;
use super::StoreError;
use super::attachments::{complete_transcript, voicemail_attachment};
use crate::media::Speech;

/// A voicemail to be left: what is said, and what becomes of its transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpokenMessage {
    /// What is said.
    pub speech: Speech,
    /// How its transcription ends. Until then it is `InProgress`, which it also can stay.
    pub transcription: TranscriptionStatus,
    /// Seconds until it has ended; with none it is final at once.
    pub transcription_delay_s: u32,
}

impl SpokenMessage {
    /// Transcribed in full after five seconds.
    pub fn new(speech: impl Into<Speech>) -> Self {
        Self {
            speech: speech.into(),
            transcription: TranscriptionStatus::Completed,
            transcription_delay_s: 5,
        }
    }

    /// Its transcription ends like this instead.
    pub fn ending(self, transcription: TranscriptionStatus) -> Self {
        Self {
            transcription,
            ..self
        }
    }

    /// Its transcription ends after so many seconds.
    pub fn transcribed_after(self, transcription_delay_s: u32) -> Self {
        Self {
            transcription_delay_s,
            ..self
        }
    }
}

impl World {
    /// A voicemail is left for an extension or for a queue, whose messages the person gets who receives them.
    pub fn take_voicemail(
        &mut self,
        mailbox: ExtensionId,
        from: Endpoint,
        spoken: SpokenMessage,
    ) -> MessageId {
        let holder = self.holder_of_messages(mailbox);
        let to = self.extension_endpoint(mailbox);
        let mut message = self.blank_message(holder, MessageType::VoiceMail, Direction::Inbound, from);
        message.to = vec![Recipient::plain(to)];
        message.shared_by = (holder != mailbox).then_some(mailbox);
        message.attachments = vec![voicemail_attachment(message.id, spoken.speech)];
        message.transcription = Some(TranscriptionStatus::InProgress);
        let id = message.id;
        if spoken.transcription_delay_s == 0 {
            let transcript = AttachmentId(self.mint.other());
            complete_transcript(&mut message, spoken.transcription, transcript);
        } else {
            let delay = SignedDuration::from_secs(i64::from(spoken.transcription_delay_s));
            self.transcribe_later(id, delay, spoken.transcription);
        }
        self.arrive(message)
    }

    /// In whose message store the messages of an extension are.
    pub(in crate::world) fn holder_of_messages(&self, mailbox: ExtensionId) -> ExtensionId {
        self.extension(mailbox)
            .and_then(|queue| queue.message_recipient)
            .unwrap_or(mailbox)
    }

    /// The transcription of a voicemail comes to this state now, whatever was planned.
    ///
    /// # Errors
    /// When there is no such message, or it is no voicemail that still has its recording.
    pub fn set_transcription(
        &mut self,
        owner: ExtensionId,
        id: MessageId,
        status: TranscriptionStatus,
    ) -> Result<(), StoreError> {
        let message = self.message(owner, id).ok_or(StoreError::NoSuchMessage(id))?;
        if message.kind != MessageType::VoiceMail || message.availability == Availability::Purged {
            return Err(StoreError::WrongState);
        }
        let transcript = AttachmentId(self.mint.other());
        self.edit_message(owner, id, |message| {
            complete_transcript(message, status, transcript)
        })
        .map(drop)
    }

    pub(in crate::world) fn finish_transcription(
        &mut self,
        id: MessageId,
        status: TranscriptionStatus,
        transcript: AttachmentId,
    ) {
        let Some(owner) = self
            .message_store
            .get(id)
            // A message purged in the meantime gets no transcript, and nobody is told; one that was moved on by hand keeps
            // what it has.
            .filter(|message| message.availability != Availability::Purged)
            .filter(|message| message.transcription == Some(TranscriptionStatus::InProgress))
            .map(|message| message.owner)
        else {
            return;
        };
        // The message was found a moment ago under this very owner.
        drop(self.edit_message(owner, id, |message| {
            complete_transcript(message, status, transcript)
        }));
    }
}
