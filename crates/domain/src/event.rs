//! What the core announces. Events name what changed; whoever cares asks again.

use crate::ids::{CallSessionId, CommunicationId, ContactId, FaxDraftId};
use serde::{Deserialize, Serialize};

/// Name of the one event that carries every [`CoreEvent`] to the window.
pub const CORE_EVENT: &str = "core-event";

/// Something changed in the core.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum CoreEvent {
    /// Communications were added, changed or removed. An empty list means: too many to name.
    CommunicationsChanged {
        ids: Vec<CommunicationId>,
    },
    /// Contacts were added, changed or removed. An empty list means: too many to name.
    ContactsChanged {
        ids: Vec<ContactId>,
    },
    /// A call began, changed its state or ended.
    CallChanged {
        session_id: CallSessionId,
    },
    /// The presence of colleagues changed. An empty list means: too many to name. The own presence may be among them.
    PresenceChanged {
        contacts: Vec<ContactId>,
    },
    /// Calls of the company began, moved on or ended, or a queue did.
    LiveCallsChanged,
    /// Something on its way out moved on, or waits for another reason.
    OutboxChanged,
    /// A transcription or the download of a model moved on. New words are a changed communication as well.
    TranscriptionChanged,
    /// A fax that is being made ready changed: files, recipients or what was found in its pages.
    FaxDraftChanged {
        id: FaxDraftId,
    },
    /// Files from elsewhere are being dragged over the window, or have left it without being dropped.
    FilesOverWindow {
        is_over: bool,
    },
    /// Files were dropped on the window; whoever begins a fax now takes them.
    FilesDropped,
    /// Templates were added, changed or removed.
    TemplatesChanged,
    SyncChanged,
    EventSourceChanged,
    SessionChanged,
    SettingsChanged,
    /// Somebody asked to see this item (a click on a notification, for instance).
    OpenCommunication {
        id: CommunicationId,
    },
    /// Somebody asked to add a contact for the caller of this call.
    AddContactFor {
        session_id: CallSessionId,
    },
    /// Somebody followed a `tel:` or `callto:` link: look this number up, and offer to call it.
    CallNumber {
        number: String,
    },
    /// Somebody followed an `sms:` link, or wants to text a caller: begin a text to this number.
    TextNumber {
        number: String,
    },
    /// Somebody wants to know more of a caller: look this number up.
    FindNumber {
        number: String,
    },
    /// The queue of events ran over and some were lost: reload everything.
    Overflowed,
}
