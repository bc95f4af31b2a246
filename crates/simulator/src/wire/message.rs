//! Messages, as the message store and as notifications show them.

use serde_json::{Map, Value, json};

use super::{Links, instant};
use crate::media;
use crate::world::World;
use crate::world::events::MessageStoreChange;
use crate::world::ids::{ConversationId, ExtensionId};
use crate::world::messages::{Attachment, Availability, Direction, Message, MessageType, Recipient};
use crate::world::number::Endpoint;

/// A message as lists and single reads show it.
pub(crate) fn message(world: &World, links: &Links, message: &Message) -> Value {
    let mut body = common(message);
    if let Some(owner) = message.shared_by.and_then(|queue| owner(world, queue)) {
        body.insert("owner".into(), owner);
    }
    body.insert("id".into(), json!(message.id.0));
    body.insert("uri".into(), json!(uri(links, message)));
    let attachments: Vec<Value> = message
        .attachments
        .iter()
        .map(|one| attachment(links, message, one))
        .collect();
    // Purging takes the attachments away and leaves the rest for a while.
    let attachments = if message.availability == Availability::Purged {
        Vec::new()
    } else {
        attachments
    };
    body.insert("attachments".into(), json!(attachments));
    if let Some(id) = message.conversation_id {
        body.insert("conversationId".into(), json!(rounded(id)));
        body.insert(
            "conversation".into(),
            json!({"id": id.to_string(), "uri": links.root(&format!("conversation/{id}"))}),
        );
    }
    Value::Object(body)
}

/// A message alone (`GET …/message-store/{messageId}`), where the API reference requires one field more.
pub(crate) fn single_message(world: &World, links: &Links, one: &Message) -> Value {
    let mut body = message(world, links, one);
    if let Value::Object(fields) = &mut body {
        let recipients: Vec<Value> = one.to.iter().map(recipient).collect();
        fields.insert("vmSideRecipients".into(), json!(recipients));
    }
    body
}

/// What incremental synchronisation says about a message that is gone.
pub(crate) fn tombstone(links: &Links, message: &Message) -> Value {
    json!({
        "id": message.id.0,
        "uri": uri(links, message),
        "availability": message.availability.as_str(),
    })
}

/// The body of the notifications that carry a message whole (`instant`, `voicemail`, `fax`): identifiers are strings.
pub(crate) fn whole_in_event(world: &World, links: &Links, message: &Message) -> Value {
    let mut body = common(message);
    body.insert("id".into(), json!(message.id.to_string()));
    let is_text = message.kind == MessageType::Sms;
    let attachments: Vec<Value> = message
        .attachments
        .iter()
        .map(|one| {
            let mut fields = attachment_fields(one);
            fields.insert("id".into(), json!(one.id.to_string()));
            // Recorded instant texts leave the attachment's address out.
            if !is_text {
                fields.insert(
                    "uri".into(),
                    json!(links.attachment(message.owner, message.id, one.id)),
                );
            }
            Value::Object(fields)
        })
        .collect();
    body.insert("attachments".into(), json!(attachments));
    if let Some(id) = message.conversation_id {
        body.insert("conversation".into(), json!({"id": id.to_string()}));
    }
    if is_text {
        body.insert("eventType".into(), json!("Create"));
    }
    // Samples show it with every instant text; the API reference promises it for shared messages only.
    let told = if is_text {
        Some(message.owner)
    } else {
        message.shared_by
    };
    if let Some(owner) = told.and_then(|id| owner(world, id)) {
        body.insert("owner".into(), owner);
    }
    Value::Object(body)
}

/// Whose mailbox a message was left in.
fn owner(world: &World, id: ExtensionId) -> Option<Value> {
    let owner = world.extension(id)?;
    Some(json!({
        "extensionId": owner.id.to_string(),
        "extensionType": owner.kind.as_str(),
        "name": owner.name,
    }))
}

/// The body of a `message-store` notification: counts only, for the types and directions asked for. `None` when
/// nothing is left of it.
pub(crate) fn store_change(
    links: &Links,
    change: &MessageStoreChange,
    kinds: &[MessageType],
    directions: &[Direction],
) -> Option<Value> {
    let changes: Vec<Value> = change
        .tallies
        .iter()
        .filter(|tally| {
            (kinds.is_empty() || kinds.contains(&tally.kind))
                && (directions.is_empty() || directions.contains(&tally.direction))
        })
        .map(|tally| {
            let mut fields = json!({
                "type": tally.kind.as_str(),
                "newCount": tally.new_ids.len(),
                "updatedCount": tally.updated_count,
            });
            if let (false, Some(fields)) = (tally.new_ids.is_empty(), fields.as_object_mut()) {
                let ids: Vec<u64> = tally.new_ids.iter().map(|id| id.0).collect();
                fields.insert("newMessageIds".into(), json!(ids));
            }
            fields
        })
        .collect();
    (!changes.is_empty()).then(|| {
        json!({
            "accountId": links.account_id().0,
            "extensionId": change.owner.0,
            "lastUpdated": instant(change.last_updated_at),
            "changes": changes,
        })
    })
}

/// `conversationId` as the vendor sends it: squeezed through a double, so its last digits are lost above 2^53. The exact
/// value is in `conversation.id`.
pub(crate) fn rounded(id: ConversationId) -> u64 {
    format!("{}", id.0 as f64).parse().unwrap_or(id.0)
}

fn uri(links: &Links, message: &Message) -> String {
    links.extension(message.owner, &format!("/message-store/{}", message.id))
}

fn common(message: &Message) -> Map<String, Value> {
    let mut body = Map::new();
    body.insert(
        "to".into(),
        json!(message.to.iter().map(recipient).collect::<Vec<_>>()),
    );
    body.insert("from".into(), Value::Object(end(&message.from)));
    body.insert("type".into(), json!(message.kind.as_str()));
    body.insert("creationTime".into(), json!(instant(message.created_at)));
    body.insert(
        "lastModifiedTime".into(),
        json!(instant(message.last_modified_at)),
    );
    body.insert("readStatus".into(), json!(message.read_status.as_str()));
    body.insert("priority".into(), json!(message.priority.as_str()));
    body.insert("direction".into(), json!(message.direction.as_str()));
    body.insert("availability".into(), json!(message.availability.as_str()));
    body.insert("messageStatus".into(), json!(message.status.as_str()));
    if let Some(subject) = &message.subject {
        body.insert("subject".into(), json!(&**subject));
    }
    if let Some(fax) = &message.fax {
        body.insert("faxResolution".into(), json!(fax.resolution.as_str()));
        body.insert("faxPageCount".into(), json!(fax.page_count));
        if let Some(cover) = fax.cover_index {
            body.insert("coverIndex".into(), json!(cover));
        }
        if let Some(text) = &fax.cover_page_text {
            body.insert("coverPageText".into(), json!(text));
        }
    }
    if let Some(sms) = &message.sms {
        body.insert("smsSendingAttemptsCount".into(), json!(sms.sending_attempts));
        if let Some(count) = sms.segment_count {
            body.insert("segmentCount".into(), json!(count));
        }
        if let Some(at) = sms.delivered_at {
            body.insert("smsDeliveryTime".into(), json!(instant(at)));
        }
        if let Some(code) = sms.delivery_error_code {
            body.insert("deliveryErrorCode".into(), json!(code));
        }
    }
    if let Some(status) = message.transcription {
        body.insert("vmTranscriptionStatus".into(), json!(status.as_str()));
    }
    if message.kind == MessageType::Pager {
        body.insert("pgToDepartment".into(), json!(message.is_to_department));
    }
    body
}

fn attachment(links: &Links, message: &Message, one: &Attachment) -> Value {
    let mut fields = attachment_fields(one);
    fields.insert("id".into(), json!(one.id.0));
    fields.insert(
        "uri".into(),
        json!(links.attachment(message.owner, message.id, one.id)),
    );
    Value::Object(fields)
}

fn attachment_fields(one: &Attachment) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert("type".into(), json!(one.kind.as_str()));
    fields.insert("contentType".into(), json!(one.content_type));
    if let Some(seconds) = one.vm_duration_s {
        fields.insert("vmDuration".into(), json!(seconds));
    }
    if let Some(name) = &one.file_name {
        fields.insert("fileName".into(), json!(&**name));
    }
    if let Some(size) = media::told_size(one) {
        fields.insert("size".into(), json!(size));
    }
    if let Some((width, height)) = one.dimensions {
        fields.insert("width".into(), json!(width));
        fields.insert("height".into(), json!(height));
    }
    fields
}

fn recipient(recipient: &Recipient) -> Value {
    let mut fields = end(&recipient.endpoint);
    if let Some(status) = recipient.status {
        fields.insert("messageStatus".into(), json!(status.as_str()));
    }
    if let Some(code) = recipient.fax_error_code {
        fields.insert("faxErrorCode".into(), json!(code));
    }
    // The guide to text errors shows this field; the API reference does not list it.
    if let Some(code) = recipient.sms_error_code {
        fields.insert("errorCode".into(), json!(code));
    }
    if let Some(id) = recipient.recipient_id {
        fields.insert("recipientId".into(), json!(id.to_string()));
    }
    if recipient.is_target {
        fields.insert("target".into(), json!(true));
    }
    Value::Object(fields)
}

fn end(endpoint: &Endpoint) -> Map<String, Value> {
    let mut fields = Map::new();
    if let Some(number) = endpoint.phone_number() {
        fields.insert("phoneNumber".into(), json!(number));
    }
    if let Some(number) = endpoint.extension_number() {
        fields.insert("extensionNumber".into(), json!(number));
    }
    if let Some(id) = endpoint.extension_id {
        fields.insert("extensionId".into(), json!(id.to_string()));
    }
    if let Some(name) = &endpoint.name {
        fields.insert("name".into(), json!(&**name));
    }
    if let Some(location) = endpoint.location() {
        fields.insert("location".into(), json!(location));
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conversation_id_loses_its_last_digits_on_the_wire() {
        assert_eq!(
            rounded(ConversationId(6_015_823_250_778_200_202)),
            6_015_823_250_778_200_000
        );
        assert_eq!(rounded(ConversationId(6_951_365_551_500)), 6_951_365_551_500);
    }
}
