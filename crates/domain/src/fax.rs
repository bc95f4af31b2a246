//! Faxes: what the viewer shows, and what is being made ready to be sent.

use crate::attachment::FaxPage;
use crate::communication::{DeliveryState, Party};
use crate::contact::ContactRef;
use crate::ids::{AttachmentId, CommunicationId, FaxDraftId, FaxFileId, OutgoingId};
use crate::kept::Kept;
use crate::outgoing::{Attempt, OutgoingState};
use crate::phone_number::PhoneNumber;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// RingCentral sends no more pages at once, the cover sheet included
/// (developers.ringcentral.com/guide/messaging/fax/sending-faxes).
pub const MOST_PAGES: u32 = 200;
/// RingCentral takes no more bytes at once, all files together (same source).
pub const MOST_BYTES: u64 = 50 * 1024 * 1024;
/// Characters of a note on the cover sheet (API reference, `coverPageText`).
pub const MOST_NOTE_CHARS: usize = 1_024;

/// What the viewer shows of a fax.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FaxView {
    pub item: CommunicationId,
    /// All pages of all its documents, in order.
    pub pages: Vec<ViewedPage>,
    /// Documents that cannot be shown: why, in plain language.
    pub faults: Vec<String>,
    pub kept: Kept,
    /// For one that we sent: whom it went to, and what became of it there.
    pub recipients: Vec<FaxOutcome>,
    pub text: FaxTextState,
}

/// One page as it is to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewedPage {
    pub attachment: AttachmentId,
    /// Within its document; the first page has the index 0.
    pub index: u32,
    /// As it came, before it is turned.
    pub size: FaxPage,
    /// How often a person turned it by 90° clockwise, 0 to 3.
    pub quarter_turns: u8,
}

/// What became of a fax at one recipient.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FaxOutcome {
    pub party: Party,
    pub state: DeliveryState,
    /// What a person can do about it, in plain language; empty when nothing is wrong.
    pub advice: String,
    /// Sending it again as it is can help.
    pub can_resend: bool,
}

/// Whether the words on the pages are known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FaxTextState {
    /// The program that reads pages (tesseract) is not installed.
    NotPossible,
    /// Nobody has asked for it.
    NotRead,
    /// So many pages are done.
    Reading {
        done: u32,
        of: u32,
    },
    Read,
    /// `reason` is plain language.
    Failed {
        reason: String,
    },
}

/// A word on a page, with its place in points of the page as it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaxWord {
    pub text: String,
    pub left: u32,
    pub top: u32,
    pub width: u32,
    pub height: u32,
}

/// How much of something has been transferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    pub done_bytes: u64,
    /// `None` while it is not known.
    pub total_bytes: Option<u64>,
}

/// In which form a fax is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FaxFormat {
    /// As RingCentral handed it over.
    AsReceived,
    /// With the pages turned as they are shown.
    Pdf,
    /// As fax machines write it: black and white, several pages in one file.
    Tiff,
    /// One picture per page.
    Png,
}

/// A fax that is being made ready. It is kept, and survives the end of the program.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FaxDraft {
    pub id: FaxDraftId,
    pub to: Vec<FaxRecipient>,
    pub files: Vec<FaxFile>,
    /// Those that are sent, in this order, without the cover sheet.
    pub pages: Vec<DraftPage>,
    pub cover: Cover,
    pub resolution: FaxResolution,
    /// RingCentral sends it then; `None` sends it at once.
    pub send_at: Option<Timestamp>,
}

/// Somebody a fax goes to. No two of a draft share a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaxRecipient {
    pub number: PhoneNumber,
    /// The contact's name, else the formatted number.
    pub label: String,
    pub contact: Option<ContactRef>,
    /// The contact names this number as a fax number.
    pub is_fax_number: bool,
}

/// A file that was added to a fax.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaxFile {
    pub id: FaxFileId,
    pub file_name: String,
    pub content_type: String,
    pub size_bytes: u64,
    pub kind: FaxFileKind,
    /// `None` when only RingCentral can tell, or it cannot be read.
    pub page_count: Option<u32>,
    /// Why it cannot be sent, in plain language.
    pub fault: Option<String>,
}

/// How a file becomes pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FaxFileKind {
    Pdf,
    Tiff,
    Picture,
    Text,
    /// An office document: RingCentral converts it, and nobody can look at its pages before.
    ConvertedByRingCentral,
}

/// One page that is to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftPage {
    pub file: FaxFileId,
    /// Within its file; a file that RingCentral converts stands as one page with the index 0.
    pub index: u32,
    /// As it came, before it is turned.
    pub size: FaxPage,
    /// By 90° clockwise, 0 to 3.
    pub quarter_turns: u8,
}

/// Where a page of a fax is to stand, and how it is turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageChoice {
    pub file: FaxFileId,
    pub index: u32,
    pub quarter_turns: u8,
}

/// The first page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    pub sheet: CoverSheet,
    /// At most [`MOST_NOTE_CHARS`] characters.
    pub note: String,
    /// On our own sheet only.
    pub subject: String,
}

/// Which cover sheet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum CoverSheet {
    #[default]
    None,
    /// One of RingCentral's, by its number.
    RingCentral { index: u32 },
    /// Ours, drawn here and sent as the first page.
    Own,
}

/// How fine a fax is sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum FaxResolution {
    /// 200 dots per inch.
    #[default]
    High,
    /// 100 dots per inch: quicker, for large print only.
    Low,
}

/// What can be chosen for a fax.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaxOptions {
    /// RingCentral's, in its order; empty when they are not known yet.
    pub cover_sheets: Vec<CoverSheetChoice>,
    /// Why this person cannot send faxes, in plain language.
    pub blocked: Option<String>,
}

/// One of RingCentral's cover sheets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverSheetChoice {
    pub index: u32,
    pub name: String,
}

/// What was found when a fax was checked before sending.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaxCheck {
    /// It is not finished yet: nobody it goes to, nothing to send; in plain language.
    pub missing: Vec<String>,
    /// It cannot be sent because of these, in plain language.
    pub problems: Vec<String>,
    /// It may arrive hard to read, in plain language.
    pub hints: Vec<FaxHint>,
    /// The cover sheet included; `None` when RingCentral converts a file.
    pub page_count: Option<u32>,
    pub size_bytes: u64,
    /// How long the line will be busy, from and to; `None` when the pages are not known.
    pub minutes: Option<(u32, u32)>,
}

/// Something about legibility.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaxHint {
    /// Index into [`FaxDraft::pages`]; `None` when it concerns the fax as a whole.
    pub page: Option<u32>,
    pub words: String,
}

/// A fax on its way out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OutgoingFax {
    pub id: OutgoingId,
    pub to: Vec<Party>,
    /// What it is called: the names of its files.
    pub title: String,
    pub page_count: Option<u32>,
    pub state: OutgoingState,
    /// How far the upload is.
    pub upload: Option<Transfer>,
    /// RingCentral sends it then; it can be called back until then.
    pub send_at: Option<Timestamp>,
    /// Its message, when RingCentral has it.
    pub item: Option<CommunicationId>,
    pub created_at: Timestamp,
    /// The newest last.
    pub attempts: Vec<Attempt>,
}
