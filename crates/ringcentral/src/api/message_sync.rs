//! The sync of the message store: everything once, then only what changed.
//!
//! There is no paging. A token remembers time and filters; the server re-reads about five seconds, so the same message
//! may come twice (developers.ringcentral.com/guide/messaging/message-store/message-sync).

use jiff::Timestamp;

use super::{
    Direction, ExtensionRef, OWN, area,
    message::{MessageChange, MessageType},
    operations::SYNC_MESSAGES,
};
use crate::{
    client::{Query, Request},
    error::Error,
    page::{SyncPage, SyncToken},
    rate_limit::Priority,
};

area! {
    /// The sync of the message store. From [`crate::Client::message_sync`].
    MessageSync
}

/// What a full sync returns.
#[derive(Debug, Clone)]
pub struct FullMessageSync {
    /// Whose mailbox.
    pub of: ExtensionRef,
    /// Made at or after this instant. Required, because the documents disagree about the default.
    pub created_from: Timestamp,
    /// Made before this instant.
    pub created_before: Option<Timestamp>,
    /// Only these kinds.
    pub kinds: Vec<MessageType>,
    /// Only this direction.
    pub direction: Option<Direction>,
    /// About how many of the newest records; the server may exceed it.
    pub record_count: Option<u32>,
}

impl MessageSync<'_> {
    /// Starts a sync (`syncMessages`, `FSync`; scope `ReadMessages`).
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn full(
        &self,
        which: &FullMessageSync,
        priority: Priority,
    ) -> Result<SyncPage<MessageChange>, Error> {
        let query = Query::default()
            .set("syncType", Some("FSync"))
            .instant("dateFrom", Some(which.created_from))
            .instant("dateTo", which.created_before)
            .each("messageType", &which.kinds)
            .each("direction", which.direction.as_slice())
            .set("recordCount", which.record_count);
        Request::new(&SYNC_MESSAGES, &[OWN, which.of.as_str()], priority)
            .query(query)
            .sync_page(self.client)
            .await
    }

    /// Continues a sync (`syncMessages`, `ISync`): what is new, changed or gone since the token was given.
    ///
    /// # Errors
    /// Any of [`Error`]; [`Error::is_sync_token_expired`] when a full sync has to follow.
    pub async fn incremental(
        &self,
        of: &ExtensionRef,
        token: &SyncToken,
        priority: Priority,
    ) -> Result<SyncPage<MessageChange>, Error> {
        let query = Query::default()
            .set("syncType", Some("ISync"))
            .set("syncToken", Some(&token.0));
        Request::new(&SYNC_MESSAGES, &[OWN, of.as_str()], priority)
            .query(query)
            .sync_page(self.client)
            .await
    }
}
