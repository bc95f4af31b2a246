//! The page one starts from: what is owed, who is free, what today is like.

use crate::communication::{Communication, Kind};
use crate::live_calls::CallsSeen;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Something that somebody waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum OwedKind {
    MissedCalls,
    Voicemail,
    Texts,
    Faxes,
    /// Texts and faxes of ours that did not go out.
    FailedSends,
}

/// What is owed of one kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Owed {
    pub kind: OwedKind,
    pub count: u32,
    /// Since when the one waits who has waited longest.
    pub oldest_at: Option<Timestamp>,
    /// At most three, those that have waited longest first; none for what did not go out.
    pub first: Vec<Communication>,
}

/// How many colleagues are in which state. Queues and the like do not count.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heartbeat {
    pub available: u32,
    pub busy: u32,
    /// Ringing ones too.
    pub on_calls: u32,
    pub do_not_disturb: u32,
    pub offline: u32,
    /// Why it may be out of date, in words.
    pub stale: Option<String>,
}

/// The live calls in short.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LiveInShort {
    pub talking: u32,
    pub ringing: u32,
    pub waiting: u32,
    pub longest_wait_since: Option<Timestamp>,
    pub seen: CallsSeen,
}

/// What is counted of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DayFigureKind {
    CallsIn,
    CallsOut,
    Missed,
    Texts,
    Voicemail,
    Faxes,
}

/// A number of today beside what is usual by this time on this day of the week.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DayFigure {
    pub kind: DayFigureKind,
    pub today: u32,
    /// The mean of the same weekdays before, up to the same time of day; `None` without any.
    pub usual: Option<f64>,
    /// How many of them there were, at most eight.
    pub days: u32,
}

/// What RingCentral deletes within the next days and this computer does not keep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LostSoon {
    pub kind: Kind,
    pub count: u32,
    pub first_at: Timestamp,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// Kinds of which nothing is owed are left out.
    pub owed: Vec<Owed>,
    pub heartbeat: Heartbeat,
    pub live: LiveInShort,
    pub day: Vec<DayFigure>,
    pub lost_soon: Vec<LostSoon>,
}
