//! Attachments as messages carry them.

use std::sync::Arc;

use super::super::ids::{AttachmentId, MessageId};
use super::super::messages::{Attachment, AttachmentType, Content, Message, TranscriptionStatus};
use super::OutgoingFile;
use crate::media::{self, Speech};

/// The vendor gives the first attachment the message's own number.
pub(crate) fn text_attachment(message: MessageId) -> Attachment {
    Attachment {
        id: AttachmentId(message.0),
        kind: AttachmentType::Text,
        content_type: "text/plain",
        file_name: None,
        vm_duration_s: None,
        dimensions: None,
        content: Content::Subject,
    }
}

pub(crate) fn picture_attachment(id: AttachmentId, picture: media::Picture) -> Attachment {
    Attachment {
        id,
        kind: AttachmentType::MmsAttachment,
        content_type: picture.content_type(),
        file_name: Some(Arc::from(picture.file_name())),
        vm_duration_s: None,
        dimensions: Some(picture.dimensions()),
        content: Content::Picture(picture),
    }
}

pub(crate) fn voicemail_attachment(message: MessageId, speech: Speech) -> Attachment {
    Attachment {
        id: AttachmentId(message.0),
        kind: AttachmentType::AudioRecording,
        content_type: speech.content_type(),
        file_name: None,
        vm_duration_s: Some(speech.duration_s()),
        dimensions: None,
        content: Content::Speech(speech),
    }
}

pub(crate) fn fax_attachment(message: MessageId, document: media::Document) -> Attachment {
    Attachment {
        id: AttachmentId(message.0),
        kind: AttachmentType::RenderedDocument,
        content_type: document.content_type(),
        file_name: None,
        vm_duration_s: None,
        dimensions: None,
        content: Content::Document(document),
    }
}

pub(super) fn file_attachment(id: AttachmentId, file: &OutgoingFile, kind: AttachmentType) -> Attachment {
    Attachment {
        id,
        kind,
        content_type: media::known_content_type(&file.content_type),
        file_name: file.file_name.as_deref().map(Arc::from),
        vm_duration_s: None,
        dimensions: None,
        content: Content::Bytes(file.bytes.clone()),
    }
}

/// Writes the transcript a voicemail ends up with: none when it failed, only the beginning when it is partial.
pub(crate) fn complete_transcript(message: &mut Message, status: TranscriptionStatus, id: AttachmentId) {
    message.transcription = Some(status);
    // A state that is corrected later leaves no second transcript behind.
    message
        .attachments
        .retain(|attachment| attachment.kind != AttachmentType::AudioTranscription);
    let speech = message
        .attachments
        .iter()
        .find_map(|attachment| match &attachment.content {
            Content::Speech(speech) => Some(speech.clone()),
            _ => None,
        });
    let is_partial = status == TranscriptionStatus::CompletedPartially;
    if let (Some(speech), true) = (speech, is_partial || status == TranscriptionStatus::Completed) {
        message.attachments.push(Attachment {
            id,
            kind: AttachmentType::AudioTranscription,
            content_type: "text/plain",
            file_name: Some(Arc::from("transcription.txt")),
            vm_duration_s: None,
            dimensions: None,
            content: Content::Transcript { speech, is_partial },
        });
    }
}
