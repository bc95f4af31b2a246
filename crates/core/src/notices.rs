//! What deserves a native notification.
//!
//! A pure policy ([`NoticePolicy`]) decides; `words` puts it into words, or hides them in privacy mode;
//! [`NoticeWorker`] feeds the policy with what happens, and [`NoticeFeed`] hands the result to whoever shows it.
//! Nothing is shown here, and no desktop is known.

mod feed;
mod policy;
mod quiet;
#[cfg(test)]
mod tests;
mod words;
mod worker;

use domain::ids::{CallSessionId, CommunicationId};
use std::fmt;

pub use feed::NoticeFeed;
pub use policy::{CallNews, NoticePolicy, UnsentFax};
pub(crate) use quiet::in_force;
pub use worker::NoticeWorker;

/// One notice for one thing. A notice with a tag that is already on screen takes the other's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub tag: NoticeTag,
    pub kind: NoticeKind,
    pub title: String,
    pub body: String,
    /// In the order in which they are offered.
    pub actions: Vec<NoticeAction>,
    pub subject: NoticeSubject,
    pub urgency: NoticeUrgency,
}

/// What a notice is about, so that the same thing is never announced twice.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NoticeTag(String);

/// The kinds of notice; the first one is the card's native companion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoticeKind {
    IncomingCall,
    MissedCall,
    Text,
    Voicemail,
    Fax,
    /// Many items at once, only counted.
    Several,
    /// Somebody asked whether notices work here.
    Test,
}

/// What a person can do right in the notice, where the desktop has actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoticeAction {
    Open,
    AddContact,
}

/// What an action works on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoticeSubject {
    Call(CallSessionId),
    Communication(CommunicationId),
    Nothing,
}

/// How much it may disturb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoticeUrgency {
    Normal,
    /// Somebody is waiting on the line.
    Critical,
}

/// What the shell is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoticeChange {
    Show(Notice),
    /// It is settled: answered, read, gone.
    Close(NoticeTag),
}

impl NoticeChange {
    /// The kind of the notice that is shown.
    fn shown_kind(&self) -> Option<NoticeKind> {
        match self {
            Self::Show(notice) => Some(notice.kind),
            Self::Close(_) => None,
        }
    }
}

impl NoticeTag {
    pub(crate) fn call(session: &CallSessionId) -> Self {
        Self(format!("call:{session}"))
    }

    /// What it is about: `fax:7`.
    pub fn new(kind: &str, id: impl fmt::Display) -> Self {
        Self(format!("{kind}:{id}"))
    }

    /// The tag as text, for desktops that want one.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for NoticeTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
