//! The message ledger: what really left for the outside world, whatever became of the response to whoever asked for it.
//!
//! It is no part of what RingCentral offers; tests hold it against what they meant to send. Delivery is not its business:
//! a text that a carrier loses has been sent all the same.

use bytes::Bytes;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::World;
use super::ids::{ExtensionId, MessageId};
use super::messages::FaxResolution;
use super::messaging::OutgoingFile;
use super::number::E164;
use super::vendor_enum::vendor_enum;

vendor_enum!(
    /// What was sent.
    LedgerKind {
        Text = "Text",
        /// The answer a recipient gets to a word such as STOP; it stands in no message store.
        AutomaticReply = "AutomaticReply",
        Fax = "Fax",
    }
);

/// One message on its way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerEntry {
    /// Counts up from 1.
    pub number: u64,
    /// What it is.
    pub kind: LedgerKind,
    /// When it left.
    pub at: Timestamp,
    /// The message in its sender's store; automatic replies have none.
    pub message: Option<MessageId>,
    /// Who sent it.
    pub owner: ExtensionId,
    /// From which number, where one stands on it.
    pub from: Option<E164>,
    /// To whom.
    pub recipients: Vec<LedgerRecipient>,
    /// The text; empty for faxes.
    pub text: String,
    /// What went along, in the order it was uploaded.
    pub files: Vec<LedgerFile>,
    /// What else was asked for, of a fax.
    pub fax: Option<LedgerFax>,
}

/// How a fax was to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerFax {
    /// The cover page, 0 for none; the sender's own when the request named none.
    pub cover_index: u32,
    /// The note on it.
    pub note: Option<String>,
    /// How fine.
    pub resolution: FaxResolution,
    /// When it was to be sent, as the request said.
    pub send_at: Option<Timestamp>,
    /// The fax whose pages it has, when nothing was uploaded.
    pub original: Option<MessageId>,
    /// When it was accepted.
    pub accepted_at: Timestamp,
}

/// One recipient of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LedgerRecipient {
    /// The number.
    pub number: E164,
    /// Why RingCentral itself held it back, such as `SMS-RC-413`: then nothing left for this recipient.
    pub held_back: Option<&'static str>,
}

/// A file that went along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerFile {
    /// Its name, where it had one.
    pub name: Option<String>,
    /// MIME type as it came.
    pub content_type: String,
    /// How long it is.
    pub byte_count: usize,
    /// SHA-256 of its bytes in hexadecimal digits.
    pub sha256: String,
}

impl LedgerEntry {
    /// The numbers it really left for.
    pub fn reached(&self) -> impl Iterator<Item = E164> {
        self.recipients
            .iter()
            .filter(|recipient| recipient.held_back.is_none())
            .map(|recipient| recipient.number)
    }
}

impl From<&OutgoingFile> for LedgerFile {
    fn from(file: &OutgoingFile) -> Self {
        LedgerFile {
            name: file.file_name.clone(),
            content_type: file.content_type.clone(),
            byte_count: file.bytes.len(),
            sha256: hexadecimal(&file.bytes),
        }
    }
}

fn hexadecimal(bytes: &Bytes) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// What left, and the faxes that may still be called back.
#[derive(Debug, Default)]
pub(super) struct Outbound {
    entries: Vec<LedgerEntry>,
    last_number: u64,
    /// Faxes that are queued: they leave when they are sent, unless somebody deletes them first.
    waiting: Vec<LedgerEntry>,
}

impl World {
    /// Everything that left, in order.
    pub fn message_ledger(&self) -> &[LedgerEntry] {
        &self.outbound.entries
    }

    /// Forgets what left so far; the numbering goes on.
    pub fn clear_message_ledger(&mut self) {
        self.outbound.entries.clear();
    }

    pub(super) fn note_outbound(&mut self, mut entry: LedgerEntry) {
        self.outbound.last_number += 1;
        entry.number = self.outbound.last_number;
        entry.at = self.now();
        self.outbound.entries.push(entry);
    }

    pub(super) fn note_waiting(&mut self, entry: LedgerEntry) {
        self.outbound.waiting.push(entry);
    }

    /// A waiting fax waits no longer; whether it leaves is the caller's business.
    pub(super) fn take_waiting(&mut self, message: MessageId) -> Option<LedgerEntry> {
        let place = self
            .outbound
            .waiting
            .iter()
            .position(|entry| entry.message == Some(message))?;
        Some(self.outbound.waiting.remove(place))
    }
}
