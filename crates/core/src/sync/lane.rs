//! The strands of the synchronisation. They run side by side and fail on their own: while the call log waits for its
//! rate budget, texts go on.

use super::pacing::Pacing;
use crate::store::SyncScope;
use jiff::{SignedDuration, Timestamp};

/// One strand. The order is the one in which they are stepped when somebody steps them all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lane {
    /// Read states that were set here, on their way to the server.
    ReadStates,
    /// What is new and changed in the message store.
    Messages,
    /// What is new and changed in the call log.
    Calls,
    /// Our own numbers and queues.
    Lines,
    /// Who wants no texts any more: what was entered here on its way to RingCentral's list, and the list.
    Consents,
    /// The company directory.
    Directory,
    /// The signed-in person's address book.
    AddressBook,
    /// Voicemails that were deleted here, on their way to the server; and those of which it is unclear who deleted them there.
    Deletions,
    /// Transcripts of voicemail that RingCentral has made.
    Transcripts,
    /// The sound of voicemail and the documents of faxes that nobody has heard or read, or that are about to be lost.
    Sounds,
    /// Older messages, the newest first.
    MessageHistory,
    /// Older calls, the newest first.
    CallHistory,
}

/// What a step leaves to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// There is more, at once.
    Again,
    After(SignedDuration),
    /// Nothing until somebody asks.
    WhenAsked,
}

/// How often the lanes run when nobody asks. Events ask; this is for events that never came.
const CURRENT_INTERVAL: SignedDuration = SignedDuration::from_mins(15);
/// Read from Heavy endpoints, of which few requests are allowed, and seldom changed.
const PEOPLE_INTERVAL: SignedDuration = SignedDuration::from_hours(24);

const SOUNDS_INTERVAL: SignedDuration = SignedDuration::from_hours(6);

/// Events ask here too, where the account has them. RingCentral blocks what goes against a consent whether we know of it
/// or not; we only say so before.
const CONSENTS_INTERVAL: SignedDuration = SignedDuration::from_hours(6);

impl Lane {
    pub const ALL: [Self; 12] = [
        Self::ReadStates,
        Self::Messages,
        Self::Calls,
        Self::Lines,
        Self::Consents,
        Self::Directory,
        Self::AddressBook,
        Self::Deletions,
        Self::Transcripts,
        Self::Sounds,
        Self::MessageHistory,
        Self::CallHistory,
    ];

    /// The lane that brings a scope up to date.
    pub fn of_scope(scope: &SyncScope) -> Option<Self> {
        [
            Self::Messages,
            Self::Calls,
            Self::Consents,
            Self::Directory,
            Self::AddressBook,
        ]
        .into_iter()
        .find(|lane| lane.scope().as_ref() == Some(scope))
    }

    /// The scope that the lane brings up to date, or back into the past.
    pub fn scope(self) -> Option<SyncScope> {
        match self {
            Self::Messages | Self::MessageHistory => Some(SyncScope::MESSAGE_STORE),
            Self::Calls | Self::CallHistory => Some(SyncScope::CALL_LOG),
            Self::Directory => Some(SyncScope::DIRECTORY),
            Self::AddressBook => Some(SyncScope::ADDRESS_BOOK),
            Self::Consents => Some(SyncScope::CONSENTS),
            Self::ReadStates | Self::Lines | Self::Deletions | Self::Transcripts | Self::Sounds => None,
        }
    }

    /// The inbox is not current without it.
    pub fn is_essential(self) -> bool {
        matches!(self, Self::Messages | Self::Calls)
    }

    /// When it runs again after a step that left nothing to be done.
    pub fn rest(self) -> Next {
        match self {
            Self::Messages | Self::Calls => Next::After(CURRENT_INTERVAL),
            Self::Consents => Next::After(CONSENTS_INTERVAL),
            Self::Lines | Self::Directory | Self::AddressBook => Next::After(PEOPLE_INTERVAL),
            // What is safe today may be about to be lost tomorrow.
            Self::Sounds => Next::After(SOUNDS_INTERVAL),
            Self::ReadStates
            | Self::Deletions
            | Self::Transcripts
            | Self::MessageHistory
            | Self::CallHistory => Next::WhenAsked,
        }
    }
}

/// All lanes with their state.
#[derive(Debug)]
pub(super) struct Lanes([LaneState; Lane::ALL.len()]);

#[derive(Debug)]
pub(super) struct LaneState {
    pub(super) lane: Lane,
    pub(super) pacing: Pacing,
    pub(super) is_running: bool,
}

impl Lanes {
    /// All due at once.
    pub(super) fn due(now: Timestamp) -> Self {
        Self(Lane::ALL.map(|lane| LaneState {
            lane,
            pacing: Pacing::due(now),
            is_running: false,
        }))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &LaneState> {
        self.0.iter()
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut LaneState> {
        self.0.iter_mut()
    }

    /// Does something with one lane; every lane is there.
    pub(super) fn with<T>(&mut self, lane: Lane, act: impl FnOnce(&mut LaneState) -> T) -> Option<T> {
        self.0.iter_mut().find(|state| state.lane == lane).map(act)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scope_that_events_ask_for_has_a_lane() {
        for scope in [
            SyncScope::MESSAGE_STORE,
            SyncScope::CALL_LOG,
            SyncScope::DIRECTORY,
            SyncScope::ADDRESS_BOOK,
            SyncScope::CONSENTS,
        ] {
            let lane = Lane::of_scope(&scope).unwrap();
            assert_eq!(lane.scope(), Some(scope));
            assert!(matches!(lane.rest(), Next::After(_)));
        }
    }
}
