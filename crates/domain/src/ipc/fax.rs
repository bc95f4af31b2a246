//! Reading faxes, and sending them.

use super::inbox::SavedFile;
use super::texting::Written;
use crate::fax::{
    Cover, FaxCheck, FaxDraft, FaxFormat, FaxOptions, FaxRecipient, FaxResolution, FaxView, FaxWord,
    PageChoice, Transfer,
};
use crate::ids::{AttachmentId, CommunicationId, FaxDraftId, FaxFileId, OutgoingId};
use jiff::Timestamp;

super::commands! {
    /// What is known of a fax. With `fetch` its pages as well, for the viewer: documents that are not on this computer are
    /// fetched first. Without it no document is touched, for a history of many.
    OpenFax { item: CommunicationId, fetch: bool } -> FaxView as "open_fax";
    /// How far the documents are that are being fetched; none when none is.
    GetFaxTransfer { item: CommunicationId } -> Option<Transfer> as "get_fax_transfer";
    /// A part of a page as PNG: the page is drawn `page_width_px` wide, and the part of it from `left` and `top` on is
    /// answered, at most `width` by `height` pixels. For zooms at which a whole page would be too large a picture. Replies
    /// with raw bytes.
    ReadFaxPart { id: AttachmentId, index: u32, page_width_px: u32, left: u32, top: u32, width: u32, height: u32 } -> () as "read_fax_part";
    /// Remembers how a page is turned.
    TurnFaxPage { id: AttachmentId, index: u32, quarter_turns: u8 } -> () as "turn_fax_page";
    /// Saves a fax into the person's download folder under the other side's name and the day; pictures into a folder there.
    SaveFax { item: CommunicationId, format: FaxFormat } -> SavedFile as "save_fax";
    /// Has the words of a fax read, by tesseract on this computer. What is asked for already is not asked for twice.
    ReadFaxWords { item: CommunicationId } -> () as "read_fax_words";
    /// Stops that.
    CancelFaxWords { item: CommunicationId } -> () as "cancel_fax_words";
    /// The words on a page; none while they were not read.
    ListFaxWords { id: AttachmentId, index: u32 } -> Vec<FaxWord> as "list_fax_words";

    /// What can be chosen when sending.
    GetFaxOptions {} -> FaxOptions as "get_fax_options";
    /// Begins a fax: to these numbers, however they are written, or to the other side of `reply_to`, or with the pages of
    /// `forward`, which are not uploaded again when they stay as they are.
    NewFax { to: Vec<String>, reply_to: Option<CommunicationId>, forward: Option<CommunicationId> } -> FaxDraft as "new_fax";
    /// One that was begun.
    GetFaxDraft { draft: FaxDraftId } -> FaxDraft as "get_fax_draft";
    /// Those that were begun and neither sent nor thrown away, the newest first.
    ListFaxDrafts {} -> Vec<FaxDraft> as "list_fax_drafts";
    /// Adds the files that were dropped on the window last.
    AddDroppedFiles { draft: FaxDraftId } -> FaxDraft as "add_dropped_files";
    /// Asks the person for files and adds them; `None` when they chose none.
    ChooseFaxFiles { draft: FaxDraftId } -> Option<FaxDraft> as "choose_fax_files";
    /// Takes a file away with its pages.
    RemoveFaxFile { draft: FaxDraftId, file: FaxFileId } -> FaxDraft as "remove_fax_file";
    /// Whom it goes to, however the numbers are written; what is there twice goes once.
    SetFaxRecipients { draft: FaxDraftId, to: Vec<String> } -> FaxDraft as "set_fax_recipients";
    /// Which pages go, in which order.
    SetFaxPages { draft: FaxDraftId, pages: Vec<PageChoice> } -> FaxDraft as "set_fax_pages";
    SetFaxCover { draft: FaxDraftId, cover: Cover } -> FaxDraft as "set_fax_cover";
    SetFaxSending { draft: FaxDraftId, resolution: FaxResolution, send_at: Option<Timestamp> } -> FaxDraft as "set_fax_sending";
    /// People with numbers for whom the words fit; fax numbers first. At most 8.
    SuggestFaxRecipients { query: String } -> Vec<FaxRecipient> as "suggest_fax_recipients";
    /// Looks at everything that could be wrong with it, its pages included.
    CheckFax { draft: FaxDraftId } -> FaxCheck as "check_fax";
    /// A page of a file of a draft as PNG, not turned. Replies with raw bytes.
    ReadFaxDraftPage { draft: FaxDraftId, file: FaxFileId, index: u32, width_px: u32 } -> () as "read_fax_draft_page";
    /// The cover sheet as PNG: ours as it is sent, RingCentral's as it will look more or less. Replies with raw bytes.
    ReadFaxCover { draft: FaxDraftId, width_px: u32 } -> () as "read_fax_cover";
    /// Sends it. It is no draft any more.
    SendFax { draft: FaxDraftId } -> Written as "send_fax";
    /// Throws it away.
    DiscardFaxDraft { draft: FaxDraftId } -> () as "discard_fax_draft";

    /// Takes a fax back that has not begun to leave; it is a draft again.
    TakeBackFax { id: OutgoingId } -> FaxDraft as "take_back_fax";
    /// Stops an upload. It has failed then, and can be tried again.
    CancelFaxUpload { id: OutgoingId } -> () as "cancel_fax_upload";
    /// Calls a fax back that RingCentral would send later.
    CallBackFax { item: CommunicationId } -> () as "call_back_fax";
    /// Sends a failed fax again as it is.
    RetryFax { id: OutgoingId } -> Written as "retry_fax";
    /// Makes a failed fax a draft again.
    EditFax { id: OutgoingId } -> FaxDraft as "edit_fax";
    /// Puts a failed or unknown fax away. An unknown one is not sent again then.
    DiscardFax { id: OutgoingId } -> () as "discard_fax";
    /// Takes [`DiscardFax`] back.
    RestoreFax { id: OutgoingId } -> () as "restore_fax";
    /// Has RingCentral send a fax again that it has already, to those whom it did not reach, without uploading it.
    ResendFax { item: CommunicationId } -> Written as "resend_fax";
}
