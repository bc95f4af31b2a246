//! The message store: list, read state, deletion and content of texts, voicemail and faxes.
//!
//! Sending is not here. Deleting without naming a message would delete everything, so there is no way to say that.

use jiff::Timestamp;
use serde_json::json;

use super::{
    Direction, ExtensionRef, OWN, area,
    message::{Availability, Message, MessageType, ReadStatus},
    operations::{
        DELETE_MESSAGE, LIST_MESSAGES, PATCH_MESSAGE, READ_MESSAGE, READ_MESSAGE_CONTENT, UPDATE_MESSAGE,
    },
};
use crate::{
    client::{Query, Request},
    error::Error,
    id::{ConversationId, MessageId},
    media::{Download, Downloaded, Target, download},
    page::Page,
    rate_limit::Priority,
};

area! {
    /// The message store. From [`crate::Client::message_store`].
    MessageStore
}

/// Most ids that one deletion may name (developers.ringcentral.com/guide/basics/batch-requests).
pub const MAX_IDS_PER_DELETION: usize = 1000;

/// Which messages to list. The default is the last 24 hours of the signed-in user's alive messages.
#[derive(Debug, Clone, Default)]
pub struct ListMessages {
    /// Whose mailbox.
    pub of: ExtensionRef,
    /// Only these kinds.
    pub kinds: Vec<MessageType>,
    /// Made at or after this instant.
    pub created_from: Option<Timestamp>,
    /// Made before this instant.
    pub created_before: Option<Timestamp>,
    /// Only this direction.
    pub direction: Option<Direction>,
    /// Only these states of being there; the server's default is alive ones.
    pub availability: Vec<Availability>,
    /// Only this read state.
    pub read_status: Option<ReadStatus>,
    /// Only this conversation.
    pub conversation_id: Option<ConversationId>,
    /// Only messages with this number.
    pub phone_number: Option<String>,
    /// The page, from 1.
    pub page: Option<u32>,
    /// Records per page; the server's default is 100, 1000 is taken.
    pub per_page: Option<u32>,
}

impl MessageStore<'_> {
    /// Reads one page of messages (`listMessages`; scope `ReadMessages`).
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn list(&self, which: &ListMessages, priority: Priority) -> Result<Page<Message>, Error> {
        let query = Query::default()
            .each("messageType", &which.kinds)
            .instant("dateFrom", which.created_from)
            .instant("dateTo", which.created_before)
            .each("direction", which.direction.as_slice())
            .each("availability", &which.availability)
            .each("readStatus", which.read_status.as_slice())
            .set("conversationId", which.conversation_id.as_ref())
            .set("phoneNumber", which.phone_number.as_ref())
            .set("page", which.page)
            .set("perPage", which.per_page);
        Request::new(&LIST_MESSAGES, &[OWN, which.of.as_str()], priority)
            .query(query)
            .page(self.client)
            .await
    }

    /// Reads one message (`readMessage`; scope `ReadMessages`).
    ///
    /// # Errors
    /// Any of [`Error`]; [`Error::is_not_found`] when it does not exist.
    pub async fn get(&self, of: &ExtensionRef, id: &MessageId, priority: Priority) -> Result<Message, Error> {
        Request::new(&READ_MESSAGE, &[OWN, of.as_str(), id.as_str()], priority)
            .read(self.client)
            .await
    }

    /// Marks one message read or unread (`updateMessage`; scope `EditMessages`). The same call twice is harmless.
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn set_read_status(
        &self,
        of: &ExtensionRef,
        id: &MessageId,
        status: ReadStatus,
        priority: Priority,
    ) -> Result<Message, Error> {
        Request::new(&UPDATE_MESSAGE, &[OWN, of.as_str(), id.as_str()], priority)
            .json(&json!({ "readStatus": status }))?
            .read(self.client)
            .await
    }

    /// Restores a deleted message (`patchMessage`; scope `EditMessages`).
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn restore(
        &self,
        of: &ExtensionRef,
        id: &MessageId,
        priority: Priority,
    ) -> Result<Message, Error> {
        Request::new(&PATCH_MESSAGE, &[OWN, of.as_str(), id.as_str()], priority)
            .json(&json!({ "availability": Availability::Alive }))?
            .read(self.client)
            .await
    }

    /// Deletes messages (`deleteMessage`; scope `EditMessages`): restorable once, for good when deleted again or
    /// with `is_purging`. At most [`MAX_IDS_PER_DELETION`]; no ids, no request.
    ///
    /// # Errors
    /// [`Error::Configuration`] for too many ids; otherwise any of [`Error`].
    pub async fn delete(
        &self,
        of: &ExtensionRef,
        ids: &[MessageId],
        is_purging: bool,
        priority: Priority,
    ) -> Result<(), Error> {
        if ids.len() > MAX_IDS_PER_DELETION {
            let text = format!("at most {MAX_IDS_PER_DELETION} messages can be deleted at once");
            return Err(Error::Configuration(text));
        }
        let request = match ids {
            [] => return Ok(()),
            [id] => Request::new(&DELETE_MESSAGE, &[OWN, of.as_str(), id.as_str()], priority),
            // Several ids go into the body, with `*` in the path.
            _ => Request::new(&DELETE_MESSAGE, &[OWN, of.as_str(), "*"], priority).json(&ids)?,
        };
        request
            .query(Query::default().flag("purge", is_purging))
            .send(self.client)
            .await
            .map(|_| ())
    }

    /// Downloads an attachment (`readMessageContent`, group Medium) from the link in its record into `target`.
    ///
    /// # Errors
    /// [`Error::UntrustedHost`] when the link leads elsewhere, [`Error::BodyTooLarge`], [`Error::Write`]; otherwise
    /// any of [`Error`].
    pub async fn content<T>(&self, uri: &str, options: &Download, target: &mut T) -> Result<Downloaded, Error>
    where
        T: Target + ?Sized,
    {
        download(self.client, &READ_MESSAGE_CONTENT, uri, options, target).await
    }
}
