//! Event filters: reading what a client asks for, and which permission it needs
//! (developers.ringcentral.com/guide/notifications/event-filters).

use crate::api::error::ApiError;
use crate::api::request::Query;
use crate::wire::presence::Detail;
use crate::world::calls::Direction;
use crate::world::ids::{AccountId, ExtensionId};
use crate::world::messages::MessageType;
use axum::http::StatusCode;

/// A filter with real identifiers in place of `~`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EventFilter {
    /// As the response lists it and as notifications name it.
    pub(crate) text: String,
    /// The extension it watches; `None` for the whole account.
    pub(crate) extension: Option<ExtensionId>,
    pub(crate) topic: Topic,
    /// The query as it was given, with its question mark; empty without.
    pub(crate) suffix: String,
}

/// What a filter is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Topic {
    Presence(Detail),
    DndStatus,
    /// Who takes the calls of this queue.
    QueuePresence(ExtensionId),
    MessageStore {
        kinds: Vec<MessageType>,
        directions: Vec<Direction>,
    },
    InstantMessage,
    Voicemail,
    Fax {
        directions: Vec<Direction>,
    },
    Telephony(TelephonyFilter),
    MissedCalls,
    /// Data of one extension, or of all of them for an account-level filter.
    Extension,
    Directory,
    /// Who opted out of texts or in again.
    Consents,
    /// The same in the older form.
    OptOuts,
    /// Legal, but nothing in the simulated account ever changes there.
    Silent,
    /// Not an event: asks to be reminded of renewal.
    Reminder,
}

/// The query of a `telephony/sessions` filter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct TelephonyFilter {
    pub(crate) direction: Option<String>,
    pub(crate) missed_call: Option<bool>,
    pub(crate) phone_number: Option<String>,
    pub(crate) status_codes: Vec<String>,
    pub(crate) with_sip_data: bool,
}

impl EventFilter {
    /// Reads a filter on behalf of a person.
    pub(crate) fn read(text: &str, account: AccountId, owner: ExtensionId) -> Result<Self, ApiError> {
        let bad = || {
            ApiError::new(
                StatusCode::BAD_REQUEST,
                "SUB-508",
                "InvalidParameter",
                format!("Event filter [{text}] is not defined"),
            )
            .with("parameterName", "eventFilters")
        };
        let relative = text
            .find("/restapi/")
            .and_then(|start| text.get(start..))
            .ok_or_else(bad)?;
        let (path, suffix) = match relative.split_once('?') {
            Some((path, query)) => (path, format!("?{query}")),
            None => (relative, String::new()),
        };
        let query = Query::parse(suffix.trim_start_matches('?'));
        let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
        if let ["restapi", "v1.0", "subscription", _] = segments.as_slice() {
            let text = relative.to_owned();
            return Ok(Self {
                text,
                extension: None,
                topic: Topic::Reminder,
                suffix,
            });
        }
        let (place, given_account, rest) = match segments.as_slice() {
            ["restapi", "v1.0", "account", id, rest @ ..] => ("v1.0/account", id, rest),
            ["restapi", "v2", "accounts", id, rest @ ..] => ("v2/accounts", id, rest),
            _ => return Err(bad()),
        };
        if *given_account != "~" && given_account.parse() != Ok(account) {
            return Err(ApiError::new(
                StatusCode::FORBIDDEN,
                "SUB-406",
                "SUB-406",
                "Not allowed subscribe for events to extensions of other account",
            ));
        }
        let (extension, topic_path) = match rest {
            ["extension", id, topic @ ..] if place == "v1.0/account" => {
                let id = if *id == "~" {
                    owner
                } else {
                    id.parse().map_err(|_| bad())?
                };
                (Some(id), topic)
            }
            topic => (None, topic),
        };
        let topic = match (place, topic_path) {
            ("v2/accounts", ["sms", "consents"]) => Some(Topic::Consents),
            ("v2/accounts", _) => None,
            (_, path) => Topic::read(extension.is_some(), path, &query),
        };
        let topic = topic.ok_or_else(bad)?;
        let tail: String = topic_path.iter().map(|segment| format!("/{segment}")).collect();
        let whose = extension.map(|id| format!("/extension/{id}")).unwrap_or_default();
        let text = format!("/restapi/{place}/{account}{whose}{tail}{suffix}");
        Ok(Self {
            text,
            extension,
            topic,
            suffix,
        })
    }

    /// The application permission the filter needs.
    pub(crate) fn application_permission(&self) -> Option<&'static str> {
        match &self.topic {
            Topic::Presence(_) | Topic::DndStatus | Topic::QueuePresence(_) => Some("ReadPresence"),
            Topic::MessageStore { .. } | Topic::InstantMessage | Topic::Voicemail | Topic::Fax { .. } => {
                Some("ReadMessages")
            }
            Topic::Telephony(_) => Some("CallControl"),
            Topic::MissedCalls => Some("ReadCallLog"),
            Topic::Extension | Topic::Directory => Some("ReadAccounts"),
            Topic::Consents => Some("SMS"),
            Topic::OptOuts => Some("A2PSMS"),
            Topic::Silent | Topic::Reminder => None,
        }
    }

    /// Whether only the extension's owner may listen.
    pub(crate) fn is_private(&self) -> bool {
        matches!(
            self.topic,
            Topic::MessageStore { .. }
                | Topic::InstantMessage
                | Topic::Voicemail
                | Topic::Fax { .. }
                | Topic::MissedCalls
        )
    }

    /// Whether `other` tells everything this one does and more: both presence filters of one extension yield only the
    /// detailed notification.
    pub(crate) fn is_outdone_by(&self, other: &Self) -> bool {
        match (&self.topic, &other.topic) {
            (Topic::Presence(less), Topic::Presence(more)) => {
                self.extension == other.extension && !less.with_calls && more.with_calls
            }
            _ => false,
        }
    }
}

impl Topic {
    fn read(is_extension_level: bool, path: &[&str], query: &Query) -> Option<Self> {
        Some(match (is_extension_level, path) {
            (true, ["presence"]) => Self::Presence(Detail {
                with_calls: query.flag("detailedTelephonyState").ok()?,
                with_sip_data: query.flag("sipData").ok()?,
            }),
            (false, ["presence"]) => Self::Presence(Detail::default()),
            (true, ["presence", "dnd"]) => Self::DndStatus,
            (false, ["call-queues", queue, "presence"]) => Self::QueuePresence(queue.parse().ok()?),
            (true, ["message-store"]) => Self::MessageStore {
                kinds: parsed(query, "type")?,
                directions: parsed(query, "direction")?,
            },
            (true, ["message-store", "instant"]) if query.one("type") == Some("SMS") => Self::InstantMessage,
            (true, ["voicemail"]) => Self::Voicemail,
            (true, ["fax"]) => Self::Fax {
                directions: parsed(query, "direction")?,
            },
            (_, ["telephony", "sessions"]) => Self::Telephony(TelephonyFilter {
                direction: query.one("direction").map(str::to_owned),
                missed_call: query
                    .has("missedCall")
                    .then(|| query.flag("missedCall").unwrap_or_default()),
                phone_number: query.one("phoneNumber").map(str::to_owned),
                status_codes: query.all("statusCode").into_iter().map(str::to_owned).collect(),
                with_sip_data: query.flag("sipData").ok()?,
            }),
            (true, ["missed-calls"]) => Self::MissedCalls,
            (true, []) | (false, ["extension"]) => Self::Extension,
            (false, ["directory", "entries" | "contacts"]) => Self::Directory,
            (false, ["a2p-sms", "opt-outs"]) => Self::OptOuts,
            (true, ["favorite" | "grant" | "start-ring" | "stop-ring" | "incoming-call-pickup"])
            | (true, ["presence", "line"])
            | (true, ["presence", "line", "presence"])
            | (true, ["favorite", "presence"])
            | (false, ["phone-number" | "call-queues" | "device"])
            | (false, ["a2p-sms", "messages" | "batches"])
            | (false, ["message-threads", ..]) => Self::Silent,
            (true, ["telephony"]) if query.has("action") => Self::Silent,
            _ => return None,
        })
    }
}

fn parsed<T: std::str::FromStr>(query: &Query, key: &str) -> Option<Vec<T>> {
    query.all(key).into_iter().map(|text| text.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<EventFilter, ApiError> {
        EventFilter::read(text, AccountId(7), ExtensionId(11))
    }

    #[test]
    fn tildes_become_real_identifiers_and_the_query_stays() {
        let filter =
            read("/restapi/v1.0/account/~/extension/~/presence?detailedTelephonyState=true&sipData=true")
                .unwrap();
        assert_eq!(
            filter.text,
            "/restapi/v1.0/account/7/extension/11/presence?detailedTelephonyState=true&sipData=true"
        );
        assert_eq!(
            filter.topic,
            Topic::Presence(Detail {
                with_calls: true,
                with_sip_data: true
            })
        );
    }

    #[test]
    fn unknown_filters_and_other_accounts_are_refused() {
        assert_eq!(
            read("/restapi/v1.0/account/~/extension/~/weather")
                .unwrap_err()
                .code,
            "SUB-508"
        );
        assert_eq!(
            read("/restapi/v1.0/account/~/extension/~/message-store/instant")
                .unwrap_err()
                .code,
            "SUB-508"
        );
        assert_eq!(
            read("/restapi/v1.0/account/99/extension/~/presence")
                .unwrap_err()
                .code,
            "SUB-406"
        );
    }

    #[test]
    fn filters_of_areas_that_are_not_simulated_are_taken_and_stay_silent() {
        for text in [
            "/restapi/v1.0/account/~/extension/~/presence/line",
            "/restapi/v1.0/account/~/extension/~/favorite",
            "/restapi/v1.0/account/~/message-threads/entries/sync",
            "/restapi/v1.0/account/~/a2p-sms/batches",
        ] {
            assert_eq!(read(text).unwrap().topic, Topic::Silent, "{text}");
        }
        assert_eq!(
            read("/restapi/v2/accounts/~/sms/consents").unwrap().text,
            "/restapi/v2/accounts/7/sms/consents"
        );
        assert!(read("/restapi/v2/accounts/~/extension/~/presence").is_err());
    }

    #[test]
    fn a_detailed_presence_filter_outdoes_the_simple_one() {
        let simple = read("/restapi/v1.0/account/~/extension/~/presence").unwrap();
        let detailed =
            read("/restapi/v1.0/account/~/extension/~/presence?detailedTelephonyState=true").unwrap();
        assert!(simple.is_outdone_by(&detailed));
        assert!(!detailed.is_outdone_by(&simple));
    }
}
