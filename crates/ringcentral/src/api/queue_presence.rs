//! Whether somebody takes the calls of each of their queues.

use serde::{Deserialize, Serialize};

use super::{
    ExtensionRef, OWN, area,
    operations::{
        READ_CALL_QUEUE_PRESENCE, READ_EXTENSION_CALL_QUEUE_PRESENCE, UPDATE_EXTENSION_CALL_QUEUE_PRESENCE,
    },
};
use crate::{
    client::{Query, Request},
    error::Error,
    id::ExtensionId,
    rate_limit::Priority,
    tolerant,
};

area! {
    /// Presence in queues. From [`crate::Client::queue_presence`].
    QueuePresenceApi
}

impl QueuePresenceApi<'_> {
    /// Reads the queues of an extension (`readExtensionCallQueuePresence`; scope `ReadPresence`), all of them or only those
    /// where it may change its own state.
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn of_extension(
        &self,
        extension: &ExtensionRef,
        only_editable: bool,
        priority: Priority,
    ) -> Result<Vec<QueuePresence>, Error> {
        let query = Query::default().set("editableMemberStatus", only_editable.then_some("true"));
        let list: List<QueuePresence> = Request::new(
            &READ_EXTENSION_CALL_QUEUE_PRESENCE,
            &[OWN, extension.as_str()],
            priority,
        )
        .query(query)
        .read(self.client)
        .await?;
        Ok(list.records)
    }

    /// Takes calls of these queues, or none; those not named stay (`updateExtensionCallQueuePresence`; scope
    /// `EditPresence`).
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn update(
        &self,
        extension: &ExtensionRef,
        changes: &[(ExtensionId, bool)],
        priority: Priority,
    ) -> Result<Vec<QueuePresence>, Error> {
        let change = Change {
            records: changes
                .iter()
                .map(|(queue, accepts_calls)| QueueChange {
                    call_queue: Id { id: queue },
                    accept_calls: *accepts_calls,
                })
                .collect(),
        };
        let list: List<QueuePresence> = Request::new(
            &UPDATE_EXTENSION_CALL_QUEUE_PRESENCE,
            &[OWN, extension.as_str()],
            priority,
        )
        .json(&change)?
        .read(self.client)
        .await?;
        Ok(list.records)
    }

    /// Reads who takes the calls of a queue (`readCallQueuePresence`; scope `ReadPresence`).
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn of_queue(
        &self,
        queue: &ExtensionId,
        priority: Priority,
    ) -> Result<Vec<QueueMemberPresence>, Error> {
        let list: List<QueueMemberPresence> =
            Request::new(&READ_CALL_QUEUE_PRESENCE, &[OWN, queue.as_str()], priority)
                .read(self.client)
                .await?;
        Ok(list.records)
    }
}

/// A queue as one of its members sees it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QueuePresence {
    /// Which.
    pub call_queue: QueueLink,
    /// Whether its calls come.
    #[serde(rename = "acceptCalls", default, deserialize_with = "tolerant::or_default")]
    pub accepts_calls: bool,
}

/// Names a queue.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QueueLink {
    /// The queue's extension.
    pub id: ExtensionId,
    /// Its name.
    pub name: Option<String>,
    /// Whether the member may change its state in it.
    #[serde(default, deserialize_with = "tolerant::or_default")]
    pub editable_member_status: Option<bool>,
}

/// A member as the queue sees it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QueueMemberPresence {
    /// Who.
    pub member: MemberLink,
    /// Whether the member takes calls of queues at all.
    #[serde(
        rename = "acceptQueueCalls",
        default,
        deserialize_with = "tolerant::or_default"
    )]
    pub accepts_queue_calls: bool,
    /// Whether it takes those of this queue.
    #[serde(
        rename = "acceptCurrentQueueCalls",
        default,
        deserialize_with = "tolerant::or_default"
    )]
    pub accepts_current_queue_calls: bool,
}

/// Names a member.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct MemberLink {
    /// The extension.
    pub id: ExtensionId,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "T: Deserialize<'de>"))]
struct List<T> {
    #[serde(default)]
    records: Vec<T>,
}

#[derive(Serialize)]
struct Change<'a> {
    records: Vec<QueueChange<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct QueueChange<'a> {
    call_queue: Id<'a>,
    accept_calls: bool,
}

#[derive(Serialize)]
struct Id<'a> {
    id: &'a ExtensionId,
}
