//! Contacts: looking at them, changing them, bringing them in.

use super::Undoable;
use crate::contact::{Contact, ContactDraft, NumberLabel};
use crate::ids::{CommunicationId, ContactId};
use crate::import::{ColumnTarget, ImportFormat, ImportPreview, ImportReport};
use crate::matching::MatchExplanation;
use serde::{Deserialize, Serialize};

/// A page of contacts, by name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContactPage {
    pub contacts: Vec<Contact>,
    /// How many there are in all with this filter.
    pub total: u64,
}

/// What adding or changing a contact did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SavedContact {
    pub contact: Contact,
    /// Communications that are linked to it now and were not before.
    pub linked: u64,
    pub undo: Undoable,
}

super::commands! {
    /// Contacts by name; `query` filters by name, company, number or tag; `limit` is at most 200.
    ListContacts { query: String, offset: u64, limit: u32 } -> ContactPage as "list_contacts";
    GetContact { id: ContactId } -> Contact as "get_contact";
    AddContact { draft: ContactDraft } -> SavedContact as "add_contact";
    /// Replaces what the form holds.
    UpdateContact { id: ContactId, draft: ContactDraft } -> SavedContact as "update_contact";
    /// Makes one contact of two; `keep` wins where they differ.
    MergeContacts { keep: ContactId, absorb: ContactId } -> SavedContact as "merge_contacts";
    DeleteContacts { ids: Vec<ContactId> } -> Undoable as "delete_contacts";
    /// Adds the number of an item or call to a contact that exists: "Attach to contact".
    AttachNumber { id: ContactId, number: String, label: NumberLabel } -> SavedContact as "attach_number";
    /// Why an item is linked to whom it is.
    ExplainMatch { id: CommunicationId } -> MatchExplanation as "explain_match";
    /// Of several candidates this one it is, now and from now on.
    ChooseMatch { number: String, contact: ContactId } -> () as "choose_match";
    /// Reads a file and says what importing it would do. `mapping` names the target of each column, in order.
    PreviewImport { format: ImportFormat, content_base64: String, mapping: Option<Vec<ColumnTarget>> } -> ImportPreview as "preview_import";
    /// Imports what the preview showed.
    ImportContacts { format: ImportFormat, content_base64: String, mapping: Option<Vec<ColumnTarget>> } -> ImportReport as "import_contacts";
    /// Fetches the RingCentral address book and the company directory again.
    RefreshDirectory {} -> () as "refresh_directory";
}
