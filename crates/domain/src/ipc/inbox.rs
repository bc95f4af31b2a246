//! The list, the conversation, and what can be done with an item.

use super::Undoable;
use crate::attachment::FaxPage;
use crate::ids::{AttachmentId, CommunicationId, UndoToken};
use crate::inbox::{Cursor, InboxPage, InboxTab, ItemDetail, Subject, Timeline};
use crate::search::SearchResults;
use serde::{Deserialize, Serialize};

/// Where a file was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedFile {
    pub path: String,
}

super::commands! {
    /// A page of the list, newest first; `limit` is at most 200.
    ListInbox { tab: InboxTab, after: Option<Cursor>, limit: u32 } -> InboxPage as "list_inbox";
    /// What the reading pane and the contact panel show for an item.
    OpenItem { id: CommunicationId } -> ItemDetail as "open_item";
    /// An earlier part of somebody's history.
    ListTimeline { subject: Subject, before: Option<Cursor>, limit: u32 } -> Timeline as "list_timeline";
    /// Marks items (a text stands for its whole conversation) as read or unread, here and at RingCentral.
    SetRead { ids: Vec<CommunicationId>, is_read: bool } -> () as "set_read";
    /// Moves items (a text stands for its whole conversation) out of the inbox, or back in.
    SetDone { ids: Vec<CommunicationId>, is_done: bool } -> Undoable as "set_done";
    /// Takes a change back.
    Undo { token: UndoToken } -> () as "undo";
    /// Finds people, numbers by any part of them, and words in texts and transcripts.
    Search { query: String, limit: u32 } -> SearchResults as "search";
    /// The bytes of an attachment, fetched first when they are not on this computer. Replies with raw bytes.
    ReadAttachment { id: AttachmentId } -> () as "read_attachment";
    /// The pages of a fax, in order; the document is fetched first when it is not on this computer.
    ListFaxPages { id: AttachmentId } -> Vec<FaxPage> as "list_fax_pages";
    /// A page of a fax as PNG, so many pixels wide at most. The first page has the index 0. Replies with raw bytes.
    ReadFaxPage { id: AttachmentId, index: u32, width_px: u32 } -> () as "read_fax_page";
    /// Saves an attachment into the person's download folder.
    SaveAttachment { id: AttachmentId } -> SavedFile as "save_attachment";
}
