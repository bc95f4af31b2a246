//! The inbox list and the conversation beside it.

use crate::communication::Communication;
use crate::contact::Contact;
use crate::ids::{CommunicationId, ContactId, ConversationId};
use crate::matching::MatchExplanation;
use crate::phone_number::E164;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The tabs above the list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum InboxTab {
    /// Everything that is not done.
    #[default]
    All,
    Unread,
    Calls,
    Texts,
    Voicemail,
    Fax,
    /// Missed calls nobody has returned.
    Missed,
    Done,
}

/// Where a page ended: the next one starts after this. Opaque to the user interface.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    pub occurred_at: Timestamp,
    pub id: CommunicationId,
}

/// One line of the list: a call, a voicemail, a fax, or the newest text of a conversation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InboxRow {
    pub item: Communication,
    /// Unread texts of the conversation; 0 or 1 for the other kinds.
    pub unread_count: u32,
}

/// A page of the list, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InboxPage {
    pub rows: Vec<InboxRow>,
    /// `None` on the last page.
    pub next: Option<Cursor>,
}

/// What the tabs and the navigation show as numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxCounts {
    pub unread: u64,
    pub unread_texts: u64,
    pub unread_voicemail: u64,
    pub unread_faxes: u64,
    /// Missed calls nobody has returned.
    pub owed: u64,
}

/// Whose history is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    Contact(ContactId),
    /// A number nobody is known for.
    Number(E164),
    /// A group text.
    Conversation(ConversationId),
    /// A single item with nothing to group by, such as a call from a withheld number.
    Item(CommunicationId),
}

/// Part of somebody's history, oldest first, as a conversation reads.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Timeline {
    pub items: Vec<Communication>,
    /// Where to go on into the past; `None` when this is the beginning.
    pub earlier: Option<Cursor>,
}

/// Everything the reading pane and the contact panel need for a selected row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ItemDetail {
    pub item: Communication,
    pub subject: Subject,
    pub contact: Option<Contact>,
    pub explanation: MatchExplanation,
    /// The newest part of the subject's history, the item included.
    pub timeline: Timeline,
}
