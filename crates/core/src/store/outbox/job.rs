//! What a row of the outbox is to do, complete in itself.

use super::super::{Result, StoreError};
use domain::fax::FaxResolution;
use domain::ids::{CommunicationId, ConversationId};
use domain::phone_number::E164;
use domain::transcription::TranscriberKind;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Who waits for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Urgency {
    /// A person.
    Person,
    /// A person, and it takes minutes: nothing that is quick waits behind it.
    Upload,
    /// Nobody in particular: it is part of a campaign.
    Campaign,
}

/// Something that is to happen outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Job {
    Text(TextJob),
    Fax(FaxJob),
    RingOut(RingOutJob),
    Transcription(TranscriptionJob),
}

/// One request to send a text: several recipients make it a group text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextJob {
    pub from: E164,
    pub to: Vec<E164>,
    pub text: String,
    /// The conversation that it was written in; none when it begins one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation: Option<ConversationId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<JobFile>,
}

/// One request to send a fax: to everybody named, each of whom gets it by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaxJob {
    pub to: Vec<FaxJobRecipient>,
    /// What it is called here.
    pub title: String,
    pub resolution: FaxResolution,
    /// RingCentral's cover sheet; 0 is none.
    #[serde(default)]
    pub cover_index: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover_note: Option<String>,
    /// RingCentral sends it then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub send_at: Option<Timestamp>,
    /// In the order of their pages; none when RingCentral has them already.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<JobFile>,
    /// The message at RingCentral whose pages are sent again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<String>,
    /// The cover sheet included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_count: Option<u32>,
}

/// Somebody a fax goes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaxJobRecipient {
    pub number: E164,
    /// Printed on RingCentral's cover sheet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A call in which one of our phones rings first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RingOutJob {
    /// The phone of ours that rings first.
    pub phone: E164,
    /// What the phone is called.
    pub phone_name: String,
    pub to: E164,
}

/// A voicemail that is to be written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TranscriptionJob {
    pub item: CommunicationId,
    /// Whom a person asked for; otherwise the first that can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<TranscriberKind>,
}

/// A file that goes along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobFile {
    /// The file on this computer, relative to the folder of files that wait to be sent.
    pub file: String,
    pub file_name: String,
    pub content_type: String,
    pub size_bytes: u64,
}

/// A job that is to be put into the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    pub job: Job,
    pub urgency: Urgency,
    /// It can be taken back until then.
    pub not_before: Timestamp,
    /// It is not begun after this.
    pub expires_at: Option<Timestamp>,
    /// What has to be carried out before.
    pub depends_on: Option<domain::ids::OutgoingId>,
    pub is_held: bool,
}

impl Urgency {
    pub(super) fn word(self) -> i64 {
        match self {
            Self::Person | Self::Upload => 0,
            Self::Campaign => 1,
        }
    }

    pub(super) fn is_upload(self) -> bool {
        matches!(self, Self::Upload)
    }
}

impl Job {
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Fax(_) => "fax",
            Self::RingOut(_) => "ring_out",
            Self::Transcription(_) => "transcription",
        }
    }

    /// What it must not overtake: earlier texts to the same people.
    pub fn lane(&self) -> String {
        match self {
            Self::Text(text) => text.lane(),
            Self::Fax(fax) => fax.lane(),
            // One call at a time.
            Self::RingOut(_) => "ring_out".to_owned(),
            // One voicemail is never written down twice at once.
            Self::Transcription(job) => transcription_lane(job.item),
        }
    }

    /// What it shares a limit a minute with: texts from the same number.
    pub fn pace(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text.from.as_str()),
            Self::Fax(_) | Self::RingOut(_) | Self::Transcription(_) => None,
        }
    }
}

impl TextJob {
    /// Names the recipients, whatever their order.
    pub fn lane(&self) -> String {
        text_lane(&self.to)
    }
}

impl FaxJob {
    /// Names the recipients, whatever their order.
    pub fn lane(&self) -> String {
        format!("fax:{}", sorted(self.to.iter().map(|one| &one.number)))
    }

    /// Documents leave this computer for it.
    pub fn is_upload(&self) -> bool {
        self.original.is_none()
    }
}

/// The lane of texts to these people.
pub fn text_lane(to: &[E164]) -> String {
    format!("text:{}", sorted(to.iter()))
}

fn sorted<'a>(to: impl Iterator<Item = &'a E164>) -> String {
    let mut to: Vec<&str> = to.map(E164::as_str).collect();
    to.sort_unstable();
    to.dedup();
    to.join(",")
}

/// The lane of transcriptions of a voicemail.
pub(super) fn transcription_lane(item: CommunicationId) -> String {
    format!("transcription:{item}")
}

impl NewJob {
    /// A job that somebody waits for, from `not_before` on.
    pub fn for_person(job: Job, not_before: Timestamp) -> Self {
        Self {
            urgency: match job {
                Job::Fax(_) => Urgency::Upload,
                _ => Urgency::Person,
            },
            job,
            not_before,
            expires_at: None,
            depends_on: None,
            is_held: false,
        }
    }
}

pub(in crate::store) fn read(text: &str) -> Result<Job> {
    serde_json::from_str(text).map_err(unreadable)
}

pub(super) fn write(job: &Job) -> Result<String> {
    serde_json::to_string(job).map_err(unreadable)
}

fn unreadable(source: serde_json::Error) -> StoreError {
    StoreError::Unreadable {
        field: "outbox.job",
        source: Some(source),
    }
}
