//! Call queues and who belongs to them.
//!
//! Read only.

use serde::Deserialize;

use super::{
    ExtensionStatus, OWN, area,
    operations::{LIST_CALL_QUEUE_MEMBERS, LIST_CALL_QUEUES},
};
use crate::{
    client::{Query, Request},
    error::Error,
    id::ExtensionId,
    page::{Page, plain_records},
    rate_limit::Priority,
};

area! {
    /// Call queues. From [`crate::Client::call_queues`].
    CallQueues
}

impl CallQueues<'_> {
    /// Reads all queues (`listCallQueues`; scope `ReadAccounts`).
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn list_all(&self, priority: Priority) -> Result<Page<CallQueue>, Error> {
        self.client
            .all_pages(|page| {
                Request::new(&LIST_CALL_QUEUES, &[OWN], priority)
                    .query(Query::default().set("page", Some(page)))
            })
            .await
    }

    /// Reads all members of a queue (`listCallQueueMembers`; scope `ReadAccounts`).
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn members(
        &self,
        queue: &ExtensionId,
        priority: Priority,
    ) -> Result<Page<CallQueueMember>, Error> {
        self.client
            .all_pages(|page| {
                Request::new(&LIST_CALL_QUEUE_MEMBERS, &[OWN, queue.as_str()], priority)
                    .query(Query::default().set("page", Some(page)))
            })
            .await
    }
}

/// A call queue. Its id is an extension's.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CallQueue {
    /// The queue.
    pub id: ExtensionId,
    /// Its short number.
    pub extension_number: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Whether it is in use.
    pub status: Option<ExtensionStatus>,
}
plain_records!(CallQueue);

/// Someone who takes a queue's calls.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CallQueueMember {
    /// The extension.
    pub id: ExtensionId,
    /// Its short number.
    pub extension_number: Option<String>,
}
plain_records!(CallQueueMember);
