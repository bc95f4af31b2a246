//! Text campaigns: one text to many people, each of whom gets a message of their own.
//!
//! One request per recipient: several recipients in one request would make a group text.

use crate::contact::ContactRef;
use crate::ids::{CampaignId, CommunicationId, ContactId, OutgoingId};
use crate::outgoing::OutgoingState;
use crate::phone_number::{E164, PhoneNumber};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What [`CampaignDraft::adds_opt_out_line`] puts below the text, on a line of its own: the words by which RingCentral
/// itself takes consent away.
pub const OPT_OUT_LINE: &str = "Reply STOP to opt out.";

/// Who is to get it, from any of these at once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audience {
    pub contacts: Vec<ContactId>,
    /// Everyone who has one of these tags.
    pub tags: Vec<String>,
    /// Numbers as somebody pasted them, in lines or separated by commas.
    pub pasted: String,
    pub csv: Option<CsvAudience>,
}

/// A list from a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CsvAudience {
    pub file_name: String,
    pub content: String,
    /// The index of the column with the numbers.
    pub number_column: usize,
    /// Which column fills which placeholder of the text: index and the placeholder's name.
    pub values: Vec<(usize, String)>,
}

/// The columns of a file, to be mapped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CsvColumns {
    pub headers: Vec<String>,
    /// The first few rows.
    pub samples: Vec<Vec<String>>,
    /// How many rows there are below the headers.
    pub rows: u32,
    /// The guess which column holds the numbers.
    pub number_column: Option<usize>,
    /// The guess which column fills which placeholder.
    pub values: Vec<(usize, String)>,
}

/// What is to be sent to whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignDraft {
    pub name: String,
    pub from: E164,
    pub audience: Audience,
    /// With placeholders.
    pub body: String,
    /// Adds [`OPT_OUT_LINE`].
    pub adds_opt_out_line: bool,
    /// People in whose place it is night get it in their morning; otherwise they are left out.
    pub waits_for_morning: bool,
}

/// Why somebody gets nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Exclusion {
    /// Not a number that can be texted; what was written stands in the recipient's label.
    NotANumber,
    /// The contact has no number.
    NoNumber,
    /// It cannot receive texts: a landline or a fax.
    Landline,
    /// They asked not to be texted; the message that says so, if it is here.
    OptedOut { proof: Option<CommunicationId> },
    /// Somebody in the list has the same number.
    Duplicate { of: String },
    /// These placeholders have no value and no default.
    MissingValues(Vec<String>),
    /// It is night there, and the campaign does not wait.
    QuietHours,
}

/// Somebody who gets nothing, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excluded {
    /// The name, or the number as it was written.
    pub label: String,
    pub number: Option<PhoneNumber>,
    pub contact: Option<ContactId>,
    pub why: Exclusion,
}

/// What somebody will get.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merge {
    pub label: String,
    pub number: PhoneNumber,
    pub text: String,
    pub segments: u32,
}

/// What would happen if the campaign began now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignCheck {
    /// What is wrong with the text itself, in plain language; nothing can be sent then.
    pub problems: Vec<String>,
    pub recipients: u32,
    /// Up to three real ones, among them the longest.
    pub samples: Vec<Merge>,
    pub excluded: Vec<Excluded>,
    /// Segments of all messages together: what is charged for.
    pub segments: u32,
    pub estimated_seconds: u64,
    /// How many get it only in their morning.
    pub waiting_for_morning: u32,
}

/// Where a campaign is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CampaignState {
    Running,
    Paused,
    Cancelled,
    /// Nothing is left to be sent.
    Done,
}

/// How many messages of a campaign are where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignCounts {
    pub total: u32,
    /// Not sent yet.
    pub waiting: u32,
    /// RingCentral has them, no report yet.
    pub accepted: u32,
    pub delivered: u32,
    pub failed: u32,
    /// Of those failed: RingCentral never took them over, and another try can help.
    pub retryable: u32,
    /// Being looked for.
    pub unknown: u32,
    pub cancelled: u32,
}

/// What became of a recipient, as [`CampaignCounts`] counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ResultKind {
    Waiting,
    Accepted,
    Delivered,
    Failed,
    Unknown,
    Cancelled,
}

impl ResultKind {
    /// In the order in which a message goes through them.
    pub const ALL: [Self; 6] = [
        Self::Waiting,
        Self::Accepted,
        Self::Delivered,
        Self::Failed,
        Self::Unknown,
        Self::Cancelled,
    ];

    /// What is counted as what. A message that is being handed over has not been taken yet.
    pub fn of(state: &OutgoingState) -> Self {
        match state {
            OutgoingState::Queued { .. } | OutgoingState::Sending => Self::Waiting,
            OutgoingState::Accepted => Self::Accepted,
            OutgoingState::Delivered => Self::Delivered,
            OutgoingState::Failed { .. } => Self::Failed,
            OutgoingState::Unknown { .. } => Self::Unknown,
            OutgoingState::Cancelled => Self::Cancelled,
        }
    }
}

impl CampaignCounts {
    /// How many there are of one kind.
    pub fn of(&self, kind: ResultKind) -> u32 {
        match kind {
            ResultKind::Waiting => self.waiting,
            ResultKind::Accepted => self.accepted,
            ResultKind::Delivered => self.delivered,
            ResultKind::Failed => self.failed,
            ResultKind::Unknown => self.unknown,
            ResultKind::Cancelled => self.cancelled,
        }
    }
}

/// A campaign as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Campaign {
    pub id: CampaignId,
    pub name: String,
    pub from: PhoneNumber,
    /// With placeholders.
    pub body: String,
    pub state: CampaignState,
    pub counts: CampaignCounts,
    pub created_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    /// While it runs.
    pub seconds_left: Option<u64>,
}

/// What became of one recipient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignResult {
    pub id: OutgoingId,
    pub label: String,
    pub number: PhoneNumber,
    pub contact: Option<ContactRef>,
    pub text: String,
    pub state: OutgoingState,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_that_is_being_handed_over_still_counts_as_waiting() {
        let not_before = Timestamp::UNIX_EPOCH;
        let waiting = [OutgoingState::Queued { not_before }, OutgoingState::Sending];
        assert!(
            waiting
                .iter()
                .all(|state| ResultKind::of(state) == ResultKind::Waiting)
        );
        assert_eq!(ResultKind::of(&OutgoingState::Accepted), ResultKind::Accepted);
    }

    #[test]
    fn the_kinds_together_are_everyone() {
        let counts = CampaignCounts {
            total: 21,
            waiting: 1,
            accepted: 2,
            delivered: 3,
            failed: 4,
            retryable: 3,
            unknown: 5,
            cancelled: 6,
        };
        let sum: u32 = ResultKind::ALL.into_iter().map(|kind| counts.of(kind)).sum();
        assert_eq!(sum, counts.total);
    }
}
