//! What the board keeps of one call: its parties, what was announced of it, and when to ask after it.
//!
//! Pure, as the board is. It knows nothing of other calls.

use super::session::{CallView, Session};
use domain::call::LiveCallState;
use domain::communication::Direction;
use domain::ids::CallSessionId;
use jiff::{SignedDuration, Timestamp};
use ringcentral::id::ExtensionId;

/// A missed call's card stays this long, so that the eye can catch who it was.
pub const MISSED_LINGER: SignedDuration = SignedDuration::from_secs(8);

/// A call that has not rung so long after it reached the extension has perhaps lost its notification.
pub(super) const ARRIVAL_QUESTION: SignedDuration = SignedDuration::from_secs(5);

/// Phones stop ringing before that; a call that still rings has perhaps lost its end.
const RINGING_QUESTION: SignedDuration = SignedDuration::from_secs(60);

/// A conversation may be long: it is asked after from time to time.
const TALKING_QUESTION: SignedDuration = SignedDuration::from_mins(5);

/// A call that rings and that nobody could vouch for in so long has lost its end.
const RINGING_AT_MOST: SignedDuration = SignedDuration::from_mins(5);

/// The same of any other live call.
const LIVE_AT_MOST: SignedDuration = SignedDuration::from_hours(12);

#[derive(Debug)]
pub(super) struct Tracked {
    pub(super) session: Session,
    pub(super) announced: Option<CallView>,
    pub(super) heard_at: Timestamp,
    pub(super) over_at: Option<Timestamp>,
    pub(super) is_ignored: bool,
    pub(super) has_card_left: bool,
    /// It has been announced while it went on: only then its end has a card.
    pub(super) has_lived: bool,
    /// Nothing is announced before the server has confirmed that it is still so.
    pub(super) needs_confirmation: bool,
    pub(super) question: Question,
}

/// When a session is to be asked after, and how often that was in vain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    None,
    At {
        at: Timestamp,
        failures: u32,
    },
    /// Under way.
    Asked {
        failures: u32,
    },
}

impl Tracked {
    pub(super) fn new(id: &CallSessionId, own: &ExtensionId, now: Timestamp) -> Self {
        Self {
            session: Session::new(id.clone(), own.clone()),
            announced: None,
            heard_at: now,
            over_at: None,
            is_ignored: false,
            has_card_left: false,
            has_lived: false,
            needs_confirmation: false,
            question: Question::None,
        }
    }

    /// It goes on and is the person's.
    pub(super) fn is_live(&self) -> bool {
        self.over_at.is_none() && self.session.concerns_us()
    }

    pub(super) fn view(&self) -> Option<CallView> {
        if self.session.concerns_us() {
            return self.session.view();
        }
        // It was announced, and is the person's no longer.
        self.announced.clone().map(|known| CallView {
            state: match known.answered_at {
                Some(_) => LiveCallState::Ended,
                None => self.session.state_without_us(),
            },
            is_undecided: false,
            ..known
        })
    }

    /// When it is taken for over unless something is heard of it.
    pub(super) fn expires_at(&self) -> Option<Timestamp> {
        let state = self.announced.as_ref()?.state;
        let at_most = match state {
            LiveCallState::Ringing => RINGING_AT_MOST,
            _ => LIVE_AT_MOST,
        };
        (self.is_live() && !state.is_over()).then(|| self.heard_at + at_most)
    }

    /// Has it asked after at `at`, unless that is due sooner or under way.
    pub(super) fn ask_at(&mut self, at: Timestamp) {
        let is_sooner = match self.question {
            Question::None => false,
            Question::At { at: planned, .. } => planned <= at,
            Question::Asked { .. } => true,
        };
        if !is_sooner {
            self.question = Question::At { at, failures: 0 };
        }
    }

    pub(super) fn shows_card(&self, now: Timestamp) -> bool {
        let Some(view) = &self.announced else { return false };
        if self.is_ignored || view.direction == Direction::Outbound {
            return false;
        }
        match self.over_at {
            None => true,
            Some(at) => self.has_lived && view.state == LiveCallState::Missed && now < at + MISSED_LINGER,
        }
    }

    pub(super) fn plan_question(&mut self, view: Option<&CallView>, now: Timestamp) {
        let wait = match view {
            Some(view) if view.state.is_over() => {
                (view.is_undecided && !self.needs_confirmation && self.announced.as_ref() != Some(view))
                    .then_some(SignedDuration::ZERO)
            }
            Some(_) if self.needs_confirmation => Some(SignedDuration::ZERO),
            Some(view) if view.state == LiveCallState::Ringing => Some(RINGING_QUESTION),
            Some(_) => Some(TALKING_QUESTION),
            None if self.session.is_arriving() => Some(ARRIVAL_QUESTION),
            None => None,
        };
        self.question = wait.map_or(Question::None, |wait| Question::At {
            at: now + wait,
            failures: 0,
        });
    }
}
