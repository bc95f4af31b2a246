//! Writing texts, and what is on its way.

use super::Undoable;
use crate::consent::ConsentState;
use crate::fax::OutgoingFax;
use crate::ids::{CommunicationId, OutgoingId, PictureId};
use crate::outgoing::{Composer, Draft, HeldUp, OutgoingText, Picture, Sender, Thread};
use crate::phone_number::E164;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A text was written down and leaves at `leaves_at` unless it is taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    pub id: OutgoingId,
    pub leaves_at: Timestamp,
}

/// What is on its way, and what of it needs a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OutboxState {
    pub waiting: u32,
    pub unknown: u32,
    /// What waits, the oldest first, at most 50.
    pub waiting_texts: Vec<OutgoingText>,
    /// Could not be sent and was not put away by anybody; the oldest first, at most 50.
    pub failed: Vec<OutgoingText>,
    /// Faxes that have not arrived and were not put away: waiting, being uploaded, planned, unknown or failed; the oldest
    /// first, at most 50. They count in [`Self::waiting`] and [`Self::unknown`] too.
    pub faxes: Vec<OutgoingFax>,
    pub held_up: Option<HeldUp>,
}

super::commands! {
    /// The numbers that texts can be sent from, the one used last first; none when this person may not text.
    ListSenders {} -> Vec<Sender> as "list_senders";
    /// What the composer shows for the conversation with these numbers, however they are written.
    ComposeTo { numbers: Vec<String> } -> Composer as "compose_to";
    /// What the composer shows for the thread that an item belongs to: a text's conversation, or whoever called or faxed.
    ComposeReply { item: CommunicationId } -> Composer as "compose_reply";
    /// The composer of a thread anew, after something changed.
    GetComposer { thread: Thread } -> Composer as "get_composer";
    /// Keeps what was begun. The pictures are kept by the core already.
    SaveDraft { thread: Thread, text: String, from: Option<E164> } -> () as "save_draft";
    /// Puts a file beside the draft of a thread. `content` is base64.
    AttachPicture { thread: Thread, file_name: String, content: String } -> Picture as "attach_picture";
    /// Takes a file away from the draft of a thread.
    DetachPicture { thread: Thread, id: PictureId } -> () as "detach_picture";
    /// Sends the text with the pictures of the thread's draft, and clears the draft.
    SendText { thread: Thread, text: String, from: Option<E164> } -> Written as "send_text";
    /// Takes a text back that has not left; it is the thread's draft again.
    TakeBackText { id: OutgoingId } -> Draft as "take_back_text";
    /// Sends a failed text again as it is.
    RetryText { id: OutgoingId } -> Written as "retry_text";
    /// Sends a text again that RingCentral could not deliver.
    ResendText { item: CommunicationId } -> Written as "resend_text";
    /// Makes a failed text the thread's draft again, to be changed.
    EditText { id: OutgoingId } -> Draft as "edit_text";
    /// Puts a failed or unknown text away. An unknown one is not sent again then.
    DiscardText { id: OutgoingId } -> () as "discard_text";
    /// Takes [`DiscardText`] back: the text stands in its conversation as it did.
    RestoreText { id: OutgoingId } -> () as "restore_text";
    /// Notes that somebody wants no texts, or wants them again: from one of our numbers or, without one, from all. What they
    /// wrote themselves, and what RingCentral's list says, cannot be overruled.
    NoteConsent { number: E164, from: Option<E164>, state: ConsentState } -> Undoable as "note_consent";
    /// What is on its way.
    GetOutbox {} -> OutboxState as "get_outbox";
    /// Tries at once what waits for the network.
    RetryOutbox {} -> () as "retry_outbox";
}
