//! What tells one row of the list from another, also after new texts came in.

use domain::communication::{Body, Communication};
use domain::ids::{CommunicationId, ConversationId};
use yew::AttrValue;

/// A text stands for its whole conversation, whose newest text changes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum RowKey {
    Conversation(ConversationId),
    Item(CommunicationId),
}

impl RowKey {
    /// The row that shows this item.
    pub(crate) fn of(item: &Communication) -> Self {
        match &item.body {
            Body::Text { conversation_id, .. } => Self::Conversation(conversation_id.clone()),
            Body::Call { .. } | Body::Voicemail { .. } | Body::Fax { .. } => Self::Item(item.id),
        }
    }

    /// As `id` and key of the element.
    pub(crate) fn element_id(&self) -> AttrValue {
        match self {
            Self::Conversation(id) => format!("conversation-{id}").into(),
            Self::Item(id) => format!("item-{id}").into(),
        }
    }
}
