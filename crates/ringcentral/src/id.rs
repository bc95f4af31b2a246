//! Identifiers as the vendor gives them.
//!
//! The same id arrives as a number in one answer and as text in the next, and conversation ids exceed 2^53, so every
//! id is kept as exact text under a type of its own. Nothing here interprets an id.

/// Declares an id type: text on the inside, read from JSON text or from an integer.
macro_rules! id_type {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
            /// Takes the id as the vendor wrote it.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The id as text, exact at any length.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
                output.serialize_str(&self.0)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                input.deserialize_any(IdVisitor).map(Self)
            }
        }
    )*};
}

id_type! {
    /// A customer's account.
    AccountId,
    /// A user, queue or other extension of an account.
    ExtensionId,
    /// A group within which calls are monitored.
    MonitoringGroupId,
    /// A message of the message store: text, voicemail or fax.
    MessageId,
    /// One attachment of a message.
    AttachmentId,
    /// A conversation. Exceeds 2^53; the number form of older answers is rounded, so prefer `conversation.id`.
    ConversationId,
    /// A record of the call log.
    CallRecordId,
    /// The session id of call log and presence.
    SessionId,
    /// The session id of telephony events, which also joins them to call log and presence.
    TelephonySessionId,
    /// One party of a telephony session.
    PartyId,
    /// A call recording.
    RecordingId,
    /// A contact of a personal address book.
    ContactId,
    /// An entry of the company directory.
    DirectoryEntryId,
    /// A phone, soft phone or line.
    DeviceId,
    /// A phone number owned by the account (the record, not the number).
    PhoneNumberId,
    /// A phone that calls are forwarded to (the record, not the number).
    ForwardingNumberId,
    /// A prepared text of the message store.
    MessageTemplateId,
    /// A call that rings a phone of ours first.
    RingOutId,
    /// A subscription for events.
    SubscriptionId,
}

struct IdVisitor;

impl serde::de::Visitor<'_> for IdVisitor {
    type Value = String;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an id, as text or as an integer of at most 64 bits")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<String, E> {
        if text.is_empty() {
            Err(E::custom("the id is empty"))
        } else {
            Ok(text.to_owned())
        }
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<String, E> {
        Ok(number.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_above_two_to_the_53_are_exact_in_both_forms() {
        let from_number: ConversationId = serde_json::from_str("6015823250778200202").unwrap();
        let from_text: ConversationId = serde_json::from_str("\"6015823250778200202\"").unwrap();
        assert_eq!(from_number, from_text);
        assert_eq!(from_number.as_str(), "6015823250778200202");
    }

    #[test]
    fn an_id_that_cannot_be_exact_is_refused() {
        assert!(serde_json::from_str::<MessageId>("60158232507782002020000").is_err());
        assert!(serde_json::from_str::<MessageId>("1.5").is_err());
        assert!(serde_json::from_str::<MessageId>("\"\"").is_err());
    }
}
