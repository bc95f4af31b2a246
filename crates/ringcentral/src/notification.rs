//! Notifications: what an event says, typed where we use it and kept raw where we do not.
//!
//! The same envelope arrives over a WebSocket and in a webhook. Order, duplicates and what an event means for stored
//! data are the caller's: an event is only a sign that something changed.

use jiff::Timestamp;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::value::RawValue;

use crate::{
    api::{
        message::{Message, MessageType},
        presence::Presence,
        telephony::TelephonySessionEvent,
    },
    id::{ExtensionId, MessageId, SessionId, SubscriptionId, TelephonySessionId},
    page::{Raw, RecordError, read_json},
    tolerant, wire_time,
};

/// One notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// Identifies it; a repeated delivery carries the same.
    pub uuid: Option<String>,
    /// The event filter it answers, mostly with real ids in place of `~`.
    pub event: String,
    /// When it was sent.
    pub sent_at: Option<Timestamp>,
    /// The subscription it belongs to.
    pub subscription_id: Option<SubscriptionId>,
    /// The extension that subscribed.
    pub owner_id: Option<ExtensionId>,
    /// The extension named in the event's path.
    pub extension_id: Option<ExtensionId>,
    /// What happened.
    pub body: NotificationBody,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotificationBody {
    /// Messages are new or changed; it says how many, so the message store has to be synced.
    MessageStore(MessageStoreChange),
    /// A text has arrived.
    InstantSms(Box<Message>),
    /// A voicemail has arrived or changed.
    Voicemail(Box<Message>),
    /// A fax has arrived.
    Fax(Box<Message>),
    /// Someone's presence changed.
    Presence(Box<Presence>),
    /// A party of a call changed.
    TelephonySession(Box<TelephonySessionEvent>),
    /// A call was missed.
    MissedCall(Box<MissedCall>),
    /// An event without a type here.
    Other(Raw),
}

/// Counts of new and changed messages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MessageStoreChange {
    /// Whose mailbox.
    pub extension_id: Option<ExtensionId>,
    /// When the mailbox changed.
    #[serde(rename = "lastUpdated", default, with = "wire_time::optional")]
    pub last_updated_at: Option<Timestamp>,
    /// The counts of each kind.
    #[serde(default)]
    pub changes: Vec<MessageCount>,
}

/// Counts of one kind of message.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MessageCount {
    /// The kind.
    #[serde(rename = "type")]
    pub kind: MessageType,
    /// How many are new.
    #[serde(default)]
    pub new_count: u32,
    /// How many changed.
    #[serde(default)]
    pub updated_count: u32,
    /// Which are new, where the server says so.
    #[serde(default)]
    pub new_message_ids: Vec<MessageId>,
}

/// A missed call.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct MissedCall {
    /// Who missed it.
    pub extension_id: Option<ExtensionId>,
    /// The session, as the call log names it.
    pub session_id: Option<SessionId>,
    /// The session, as telephony events name it.
    pub telephony_session_id: Option<TelephonySessionId>,
    /// The caller's number.
    pub from: Option<String>,
    /// The caller's name.
    pub from_name: Option<String>,
    /// The number called.
    pub to: Option<String>,
    /// Its name.
    pub to_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Envelope<'a> {
    #[serde(default, deserialize_with = "tolerant::text")]
    uuid: Option<String>,
    event: Option<String>,
    #[serde(default, deserialize_with = "tolerant::instant")]
    timestamp: Option<Timestamp>,
    #[serde(default, deserialize_with = "tolerant::or_default")]
    subscription_id: Option<SubscriptionId>,
    #[serde(default, deserialize_with = "tolerant::or_default")]
    owner_id: Option<ExtensionId>,
    #[serde(borrow)]
    body: Option<&'a RawValue>,
    /// Mobile pushes, and two samples of the documents, carry the event one level down.
    #[serde(borrow, rename = "pn_apns")]
    push: Option<&'a RawValue>,
}

impl Notification {
    /// Reads a notification.
    ///
    /// # Errors
    /// [`RecordError`] naming the field, with paths such as `body.parties[0].status.code`.
    pub fn parse(text: &str) -> Result<Self, RecordError> {
        let envelope: Envelope<'_> = read_borrowed(text)?;
        let (event, body) = match (&envelope.event, envelope.push) {
            (None, Some(push)) => return Self::parse(push.get()),
            (None, None) => return Err(missing("event")),
            (Some(event), _) => (event.clone(), envelope.body.ok_or_else(|| missing("body"))?.get()),
        };
        let path = EventPath::read(&event);
        let body = match path.rest.as_slice() {
            ["message-store"] => NotificationBody::MessageStore(typed(body)?),
            ["message-store", "instant"] => NotificationBody::InstantSms(Box::new(typed(body)?)),
            ["voicemail"] => NotificationBody::Voicemail(Box::new(typed(body)?)),
            ["fax"] => NotificationBody::Fax(Box::new(typed(body)?)),
            ["presence"] => NotificationBody::Presence(Box::new(typed(body)?)),
            ["telephony", "sessions"] => NotificationBody::TelephonySession(Box::new(typed(body)?)),
            ["missed-calls"] => NotificationBody::MissedCall(Box::new(typed(body)?)),
            _ => NotificationBody::Other(Raw::new(body)),
        };
        let extension_id = path.extension.filter(|id| *id != "~").map(ExtensionId::from);
        Ok(Self {
            uuid: envelope.uuid,
            sent_at: envelope.timestamp,
            subscription_id: envelope.subscription_id,
            owner_id: envelope.owner_id,
            extension_id,
            body,
            event,
        })
    }
}

/// An event's path taken apart: whose it is, and what comes after that.
struct EventPath<'a> {
    extension: Option<&'a str>,
    rest: Vec<&'a str>,
}

impl<'a> EventPath<'a> {
    fn read(event: &'a str) -> Self {
        let path = event.split('?').next().unwrap_or_default();
        let segments: Vec<_> = path.split('/').filter(|segment| !segment.is_empty()).collect();
        match segments.as_slice() {
            ["restapi", _, "account", _, "extension", extension, rest @ ..] => Self {
                extension: Some(extension),
                rest: rest.to_vec(),
            },
            ["restapi", _, "account", _, rest @ ..] => Self {
                extension: None,
                rest: rest.to_vec(),
            },
            _ => Self {
                extension: None,
                rest: Vec::new(),
            },
        }
    }
}

fn typed<T: DeserializeOwned>(body: &str) -> Result<T, RecordError> {
    read_json(body).map_err(|error| RecordError {
        field: format!("body.{}", error.field),
        reason: error.reason,
    })
}

fn read_borrowed<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, RecordError> {
    let mut input = serde_json::Deserializer::from_str(text);
    serde_path_to_error::deserialize(&mut input).map_err(|error| RecordError {
        field: error.path().to_string(),
        reason: crate::page::describe_without_content(error.inner()),
    })
}

fn missing(field: &str) -> RecordError {
    RecordError {
        field: field.to_owned(),
        reason: "the field is missing".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::telephony::PartyStatusCode;

    fn notification(event: &str, body: serde_json::Value) -> Result<Notification, RecordError> {
        let text = serde_json::json!({
            "uuid": "u-1", "event": event, "timestamp": "2026-03-01T12:00:00.000Z",
            "subscriptionId": "s-1", "ownerId": 77, "body": body,
        });
        Notification::parse(&text.to_string())
    }

    #[test]
    fn a_telephony_event_is_typed_and_unknown_states_are_kept() {
        let party = serde_json::json!({"id": "p-1", "direction": "Inbound", "status": {"code": "Hovering"}});
        let body = serde_json::json!({"sequence": 3, "telephonySessionId": "s-a", "parties": [party]});
        let news = notification("/restapi/v1.0/account/1/extension/2/telephony/sessions", body).unwrap();
        assert_eq!(news.extension_id, Some("2".into()));
        let NotificationBody::TelephonySession(session) = news.body else {
            panic!("{:?}", news.body)
        };
        assert_eq!(
            session.parties[0].status.code,
            PartyStatusCode::Unknown("Hovering".into())
        );
    }

    #[test]
    fn what_is_only_good_to_have_does_not_cost_a_telephony_event() {
        let end = serde_json::json!({"phoneNumber": null, "name": 7, "extensionId": 101});
        let party = serde_json::json!({
            "id": "p-1", "extensionId": 101, "from": end, "to": {}, "missedCall": null, "muted": "no",
            "recordings": null, "park": "*801", "uiCallInfo": [], "status": {"code": "Proceeding", "rcc": null},
        });
        let body = serde_json::json!({
            "sequence": "4", "telephonySessionId": "s-a", "eventTime": "soon", "origin": {}, "parties": [party],
        });
        let news = notification("/restapi/v1.0/account/1/extension/101/telephony/sessions", body).unwrap();
        let NotificationBody::TelephonySession(session) = news.body else {
            panic!("{:?}", news.body)
        };
        assert_eq!((session.sequence, session.occurred_at), (Some(4), None));
        assert_eq!(session.parties[0].status.code, PartyStatusCode::Proceeding);
        assert_eq!(
            session.parties[0].from.as_ref().unwrap().name.as_deref(),
            Some("7")
        );
    }

    #[test]
    fn events_are_told_apart_by_their_whole_path() {
        let empty = || serde_json::json!({});
        let of = |event: &str| notification(event, empty()).unwrap().body;
        let base = "/restapi/v1.0/account/~";
        assert!(matches!(
            of(&format!("{base}/presence")),
            NotificationBody::Presence(_)
        ));
        assert!(matches!(
            of(&format!("{base}/extension/~/presence?x=1")),
            NotificationBody::Presence(_)
        ));
        assert!(matches!(
            of(&format!("{base}/extension/~/favorite/presence")),
            NotificationBody::Other(_)
        ));
        assert!(matches!(
            of(&format!("{base}/call-queues/5/presence")),
            NotificationBody::Other(_)
        ));
        assert!(matches!(
            of(&format!("{base}/extension/~/missed-calls")),
            NotificationBody::MissedCall(_)
        ));
        assert!(matches!(
            of("/team-messaging/v1/posts"),
            NotificationBody::Other(_)
        ));
    }

    #[test]
    fn a_malformed_body_names_the_field() {
        let body = serde_json::json!({"telephonySessionId": "s-a", "parties": "many"});
        let error = notification("/restapi/v1.0/account/1/telephony/sessions", body).unwrap_err();
        assert_eq!(error.field, "body.parties");
    }
}
