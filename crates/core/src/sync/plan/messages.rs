//! Records of the message store: texts, voicemail, faxes.
//!
//! A message sent by us counts as read whatever the server says: it reports queued faxes as unread.

use super::{is_nobody, present, words};
use crate::attachments::file_name;
use crate::store::{
    AttachmentRecord, Change, LineRecord, MessageBody, MessageRecord, PartyRecord, Source, TranscriptState,
};
use domain::attachment::AttachmentKind;
use domain::communication::{DeliveryState, Direction};
use domain::ids::ConversationId;
use ringcentral::api;
use ringcentral::api::message::{
    Attachment, AttachmentType, Availability, Message, MessageChange, MessageParty, MessageStatus,
    MessageType, ReadStatus, TranscriptionStatus,
};
use serde_json::json;

/// What a synchronisation said about a message.
pub fn message_change(change: MessageChange) -> Change {
    match change {
        MessageChange::Message(record) => message(&record),
        MessageChange::Removed {
            id,
            availability: Availability::Purged,
        } => Change::Purge {
            remote_id: id.as_str().to_owned(),
        },
        MessageChange::Removed { id, .. } => Change::Delete {
            source: Source::MessageStore,
            remote_id: id.as_str().to_owned(),
        },
    }
}

/// A record of the message store.
pub fn message(message: &Message) -> Change {
    let direction = match &message.direction {
        api::Direction::Inbound => Direction::Inbound,
        api::Direction::Outbound => Direction::Outbound,
        api::Direction::Unknown(_) => return set_aside(message, "direction: neither Inbound nor Outbound"),
    };
    let body = match &message.kind {
        // A pager message is a text between colleagues.
        MessageType::Sms | MessageType::Text | MessageType::Pager => text(message, direction),
        MessageType::VoiceMail => voicemail(message),
        MessageType::Fax => MessageBody::Fax {
            page_count: message.fax_page_count.unwrap_or_default(),
            state: delivery_state(message, direction),
        },
        MessageType::Unknown(_) => return set_aside(message, "type: not known to this version"),
    };
    let (theirs, ours) = match direction {
        Direction::Inbound => (message.from.as_ref(), own_recipient(message)),
        Direction::Outbound => (message.to.first(), message.from.as_ref()),
    };
    let is_read = direction == Direction::Outbound || message.read_status == Some(ReadStatus::Read);
    Change::UpsertMessage(MessageRecord {
        remote_id: message.id.as_str().to_owned(),
        direction,
        occurred_at: message.created_at,
        modified_at: message.last_modified_at,
        party: party_or_subject(message, theirs),
        line: line(message, ours),
        is_read,
        body,
        attachments: message
            .attachments
            .iter()
            .filter_map(|one| attachment(message, one))
            .collect(),
        metadata: metadata(message),
    })
}

fn set_aside(message: &Message, reason: &str) -> Change {
    // The record as it came is gone by now; what identifies it is enough to ask for it again.
    let raw = json!({ "id": message.id.as_str(), "type": message.kind.as_str(), "direction": message.direction.as_str() });
    Change::SetAside {
        remote_id: message.id.as_str().to_owned(),
        reason: reason.to_owned(),
        raw: raw.to_string(),
    }
}

fn text(message: &Message, direction: Direction) -> MessageBody {
    MessageBody::Text {
        conversation_id: message
            .conversation_id()
            .map(|id| ConversationId::from(id.as_str())),
        text: message.subject.clone().unwrap_or_default(),
        state: delivery_state(message, direction),
        participants: participants(message, direction),
    }
}

fn voicemail(message: &Message) -> MessageBody {
    let sound = message.attachment(&AttachmentType::AudioRecording);
    MessageBody::Voicemail {
        duration_seconds: sound.and_then(|sound| sound.vm_duration_secs).unwrap_or_default(),
        transcript: match &message.vm_transcription_status {
            Some(TranscriptionStatus::Completed) => TranscriptState::Ready { is_partial: false },
            Some(TranscriptionStatus::CompletedPartially) => TranscriptState::Ready { is_partial: true },
            Some(TranscriptionStatus::InProgress) => TranscriptState::InProgress,
            Some(TranscriptionStatus::Failed | TranscriptionStatus::TimedOut) => TranscriptState::Failed,
            Some(TranscriptionStatus::NotAvailable | TranscriptionStatus::Unknown(_)) | None => {
                TranscriptState::NotAvailable
            }
        },
    }
}

/// Everyone but us, when there are several.
fn participants(message: &Message, direction: Direction) -> Vec<PartyRecord> {
    if message.to.len() < 2 {
        return Vec::new();
    }
    let others: Vec<PartyRecord> = match direction {
        Direction::Outbound => message.to.iter().map(party).collect(),
        Direction::Inbound => {
            let own = own_recipient(message);
            let rest = message
                .to
                .iter()
                .filter(|one| own.is_none_or(|own| !std::ptr::eq(*one, own)));
            message.from.iter().chain(rest).map(party).collect()
        }
    };
    others.into_iter().filter(|one| !is_nobody(one)).collect()
}

/// The recipient that is us: the one the vendor marks among several.
fn own_recipient(message: &Message) -> Option<&MessageParty> {
    message
        .to
        .iter()
        .find(|one| one.is_target == Some(true))
        .or(message.to.first())
}

fn party(party: &MessageParty) -> PartyRecord {
    PartyRecord {
        number: present(party.phone_number.as_ref()),
        extension: present(party.extension_number.as_ref()),
        name: present(party.name.as_ref()),
    }
}

/// An inbound fax may name its sender in the subject only.
fn party_or_subject(message: &Message, theirs: Option<&MessageParty>) -> PartyRecord {
    let mut record = theirs.map(party).unwrap_or_default();
    if message.kind == MessageType::Fax && is_nobody(&record) {
        record.name = present(message.subject.as_ref());
    }
    record
}

fn line(message: &Message, ours: Option<&MessageParty>) -> LineRecord {
    let ours = ours.map(party).unwrap_or_default();
    // The owner of a shared mailbox is a queue: it says more than our own name.
    let owner = message
        .owner
        .as_ref()
        .and_then(|owner| present(owner.name.as_ref()));
    LineRecord {
        number: ours.number,
        extension: ours.extension,
        name: owner.or(ours.name),
    }
}

fn delivery_state(message: &Message, direction: Direction) -> DeliveryState {
    if direction == Direction::Inbound {
        return DeliveryState::Received;
    }
    match &message.message_status {
        Some(MessageStatus::Queued) => DeliveryState::Queued,
        Some(MessageStatus::Sent) => DeliveryState::Sent,
        Some(MessageStatus::Delivered) => DeliveryState::Delivered,
        Some(MessageStatus::DeliveryFailed | MessageStatus::SendingFailed) => DeliveryState::Failed {
            reason: words::why_it_failed(message),
        },
        Some(MessageStatus::Received) => DeliveryState::Received,
        Some(MessageStatus::Unknown(_)) | None => DeliveryState::Unknown,
    }
}

fn attachment(message: &Message, attachment: &Attachment) -> Option<AttachmentRecord> {
    let kind = match attachment.kind.as_ref()? {
        AttachmentType::AudioRecording => AttachmentKind::Audio,
        AttachmentType::AudioTranscription => AttachmentKind::Transcript,
        AttachmentType::RenderedDocument => AttachmentKind::FaxDocument,
        AttachmentType::MmsAttachment => AttachmentKind::Media,
        // The words of a text stand in its subject; a fax is shown as it was transmitted.
        AttachmentType::Text | AttachmentType::SourceDocument | AttachmentType::Unknown(_) => return None,
    };
    let content_type =
        present(attachment.content_type.as_ref()).unwrap_or_else(|| "application/octet-stream".into());
    // The layout of a multimedia text, of no use to a person.
    if content_type.eq_ignore_ascii_case("application/smil") {
        return None;
    }
    Some(AttachmentRecord {
        remote_id: attachment.id.as_str().to_owned(),
        kind,
        file_name: file_name::safe(
            attachment.file_name.as_deref(),
            kind,
            &content_type,
            message.created_at,
        ),
        content_type,
        size_bytes: attachment.size_bytes,
        uri: attachment.uri.clone()?,
    })
}

fn metadata(message: &Message) -> serde_json::Value {
    let recipients: Vec<_> = message
        .to
        .iter()
        .filter(|one| one.message_status.is_some())
        .map(|one| {
            json!({
                "number": one.phone_number,
                "status": one.message_status.as_ref().map(|word| word.as_str()),
                "fax_error": one.fax_error_code.as_ref().map(|word| word.as_str()),
            })
        })
        .collect();
    let mut metadata = json!({
        "type": message.kind.as_str(),
        "status": message.message_status.as_ref().map(|word| word.as_str()),
        "priority": message.priority.as_ref().map(|word| word.as_str()),
        "delivery_error_code": message.delivery_error_code,
        "fax_resolution": message.fax_resolution.as_ref().map(|word| word.as_str()),
        "cover_page_text": message.cover_page_text,
        "owner_extension_id": message.owner.as_ref().and_then(|owner| owner.extension_id.as_ref()).map(|id| id.as_str()),
        "is_private": message.is_private.then_some(true),
        "location": message.from.as_ref().and_then(|from| from.location.as_deref()),
        "recipients": recipients,
    });
    if let Some(fields) = metadata.as_object_mut() {
        fields.retain(|_, value| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty()));
    }
    metadata
}
