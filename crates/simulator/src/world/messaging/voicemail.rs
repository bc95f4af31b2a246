//! Voicemail: left at once, transcribed a little later.

use jiff::SignedDuration;

use super::super::World;
use super::super::ids::{AttachmentId, ExtensionId, MessageId};
use super::super::messages::{Availability, Direction, MessageType, Recipient, TranscriptionStatus};
use super::super::number::Endpoint;
use super::attachments::{complete_transcript, voicemail_attachment};

impl World {
    /// A voicemail is left for an extension (or, for a queue, for the person who gets its messages).
    pub fn take_voicemail(
        &mut self,
        mailbox: ExtensionId,
        from: Endpoint,
        clip: usize,
        transcription: TranscriptionStatus,
        transcription_delay_s: u32,
    ) -> MessageId {
        let holder = self
            .extension(mailbox)
            .and_then(|queue| queue.message_recipient)
            .unwrap_or(mailbox);
        let to = self.extension_endpoint(mailbox);
        let mut message = self.blank_message(holder, MessageType::VoiceMail, Direction::Inbound, from);
        message.to = vec![Recipient::plain(to)];
        message.attachments = vec![voicemail_attachment(message.id, clip)];
        message.transcription = Some(TranscriptionStatus::InProgress);
        let id = message.id;
        if transcription_delay_s == 0 {
            complete_transcript(&mut message, transcription, AttachmentId(self.mint.other()));
        } else {
            let delay = SignedDuration::from_secs(i64::from(transcription_delay_s));
            self.transcribe_later(id, delay, transcription);
        }
        self.arrive(message)
    }

    pub(in crate::world) fn finish_transcription(
        &mut self,
        id: MessageId,
        status: TranscriptionStatus,
        transcript: AttachmentId,
    ) {
        let Some(owner) = self.message_store.get(id).map(|message| message.owner) else {
            return;
        };
        // A message purged in the meantime gets no transcript, and nobody is told.
        drop(self.edit_message(owner, id, |message| {
            if message.availability != Availability::Purged {
                complete_transcript(message, status, transcript);
            }
        }));
    }
}
