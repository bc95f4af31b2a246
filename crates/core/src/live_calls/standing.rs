//! Whose calls may be seen, whether they are heard of as they happen, and when the list is to be looked at. Pure.
//!
//! Two must agree that the company's calls may be seen: the person's role (`FullCompanyCallLog`: whoever may read of every
//! call afterwards may see it go on), and the subscription, which serves the filter of all calls or does not
//! (`disabledFilters`). RingCentral documents no permission for that filter beyond the app's `CallControl`, so that the
//! filter alone says too little. There is no setting here that could say yes.

use domain::live_calls::CallsSeen;
use jiff::{SignedDuration, Timestamp};

/// Such a while without events is told.
const PATIENCE: SignedDuration = SignedDuration::from_secs(30);
/// The list is Heavy: with events it is only looked at to be sure, without them as a stand-in.
const LOOK_TO_BE_SURE: SignedDuration = SignedDuration::from_mins(10);
const LOOK_WITHOUT_EVENTS: SignedDuration = SignedDuration::from_mins(1);
/// What began just before is in the list by then; it is three to ten seconds late.
const SECOND_LOOK: SignedDuration = SignedDuration::from_secs(15);
/// However many gaps there are, it is not looked at more often.
const LOOK_AT_MOST_EVERY: SignedDuration = SignedDuration::from_secs(10);

/// How the company's calls are heard of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompanyEvents {
    /// As they happen.
    Live,
    /// The filter of all calls is not served; one's own calls are.
    OwnOnly,
    /// Not at present.
    Down,
}

#[derive(Debug, Default)]
pub(crate) struct Standing {
    role: Role,
    is_filter_refused: bool,
    down_since: Option<Timestamp>,
    looked_at: Option<Timestamp>,
    look_at: Option<Timestamp>,
    needs_second_look: bool,
}

/// What the person's role says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Role {
    #[default]
    Unknown,
    Allowed,
    Denied,
}

impl Standing {
    pub(super) fn sees_company(&self) -> bool {
        self.role == Role::Allowed && !self.is_filter_refused
    }

    pub(super) fn seen(&self) -> CallsSeen {
        let reason = match self.role {
            Role::Allowed if self.is_filter_refused => {
                "RingCentral does not tell this person of the company’s calls. An administrator can find out whether \
                 Switchboard lacks the permission “Call control” for this account."
            }
            Role::Allowed => return CallsSeen::Company,
            Role::Denied => {
                "Your role at RingCentral does not include the calls of the whole company (the permission “Full company \
                 call log”). An administrator can give it to you."
            }
            Role::Unknown => {
                "RingCentral has not said yet whether you may see the calls of the whole company."
            }
        };
        CallsSeen::Own {
            reason: reason.to_owned(),
        }
    }

    /// Why what is known may be out of date.
    pub(super) fn stale(&self, now: Timestamp) -> Option<String> {
        let is_down = self
            .down_since
            .is_some_and(|since| now.duration_since(since) >= PATIENCE);
        if is_down {
            let words = "The live connection to RingCentral is interrupted: calls may be missing here or be over. They are \
                         asked for once a minute until it is back.";
            return Some(words.to_owned());
        }
        self.looked_at
            .is_none()
            .then(|| "RingCentral is being asked which calls go on.".to_owned())
    }

    pub(super) fn events_are(&mut self, events: CompanyEvents, now: Timestamp) -> bool {
        let before = (self.is_filter_refused, self.down_since.is_some());
        match events {
            CompanyEvents::Live => {
                self.is_filter_refused = false;
                self.down_since = None;
            }
            CompanyEvents::OwnOnly => {
                self.is_filter_refused = true;
                self.down_since = None;
            }
            CompanyEvents::Down => {
                let since = *self.down_since.get_or_insert(now);
                self.plan_look(since + PATIENCE, now);
            }
        }
        before != (self.is_filter_refused, self.down_since.is_some())
    }

    /// The person's role has been asked for. True when that changes what is shown.
    pub(crate) fn role_is(&mut self, role: Role, now: Timestamp) -> bool {
        let has_changed = self.role != role;
        self.role = role;
        if has_changed {
            self.plan_look(now, now);
        }
        has_changed
    }

    pub(super) fn may_lack_calls(&mut self, now: Timestamp) {
        self.needs_second_look = true;
        self.plan_look(now, now);
    }

    /// Whether the list is to be looked at; it is not before it is known whose.
    pub(super) fn is_look_due(&self, now: Timestamp) -> bool {
        self.role != Role::Unknown && self.look_at.is_some_and(|at| at <= now)
    }

    /// When [`Self::is_look_due`] next.
    pub(super) fn look_due_at(&self) -> Option<Timestamp> {
        self.look_at.filter(|_| self.role != Role::Unknown)
    }

    /// The list was looked at. True when that was the first time.
    pub(super) fn looked(&mut self, now: Timestamp) -> bool {
        let was_first = self.looked_at.replace(now).is_none();
        let wait = if std::mem::take(&mut self.needs_second_look) {
            SECOND_LOOK
        } else if self.down_since.is_some() {
            LOOK_WITHOUT_EVENTS
        } else {
            LOOK_TO_BE_SURE
        };
        self.look_at = Some(now + wait);
        was_first
    }

    /// It could not be looked at.
    pub(super) fn look_failed(&mut self, now: Timestamp) {
        self.look_at = Some(now + LOOK_WITHOUT_EVENTS);
    }

    /// It may not be looked at; what is heard has to do.
    pub(super) fn look_refused(&mut self, now: Timestamp) {
        self.looked_at = Some(now);
        self.look_at = None;
    }

    fn plan_look(&mut self, at: Timestamp, now: Timestamp) {
        let soonest = self.looked_at.map_or(now, |last| last + LOOK_AT_MOST_EVERY);
        // A clock that was set back must not put it off for long.
        let at = at.max(soonest.min(now + LOOK_AT_MOST_EVERY));
        self.look_at = Some(self.look_at.map_or(at, |planned| planned.min(at)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_770_000_000 + second).unwrap()
    }

    #[test]
    fn the_company_is_seen_only_when_the_role_and_the_subscription_agree() {
        let mut standing = Standing::default();
        standing.events_are(CompanyEvents::Live, at(0));
        assert!(!standing.sees_company(), "nobody has said that it may be");
        standing.role_is(Role::Allowed, at(0));
        assert_eq!(standing.seen(), CallsSeen::Company);
        standing.events_are(CompanyEvents::OwnOnly, at(1));
        assert!(!standing.sees_company());
        standing.events_are(CompanyEvents::Live, at(2));
        standing.role_is(Role::Denied, at(2));
        let CallsSeen::Own { reason } = standing.seen() else {
            panic!("the role does not allow it")
        };
        assert!(reason.contains("administrator"), "{reason}");
    }

    #[test]
    fn an_interruption_is_told_after_half_a_minute_and_the_list_stands_in() {
        let mut standing = Standing::default();
        standing.role_is(Role::Allowed, at(0));
        assert!(standing.is_look_due(at(0)));
        assert!(standing.stale(at(0)).is_some(), "nothing is known yet");
        standing.looked(at(0));
        assert_eq!(standing.stale(at(0)), None);
        standing.events_are(CompanyEvents::Down, at(100));
        assert_eq!(standing.stale(at(129)), None);
        assert!(
            standing
                .stale(at(130))
                .is_some_and(|words| words.contains("interrupted"))
        );
        assert!(!standing.is_look_due(at(129)) && standing.is_look_due(at(130)));
        standing.looked(at(130));
        assert_eq!(standing.look_due_at(), Some(at(190)));
        standing.events_are(CompanyEvents::Live, at(150));
        assert_eq!(standing.stale(at(150)), None);
    }

    #[test]
    fn after_a_gap_the_list_is_looked_at_twice_because_it_is_late_and_seldom_however_many_gaps_there_are() {
        let mut standing = Standing::default();
        standing.role_is(Role::Allowed, at(0));
        standing.looked(at(0));
        standing.may_lack_calls(at(100));
        assert!(standing.is_look_due(at(100)));
        standing.looked(at(100));
        assert_eq!(standing.look_due_at(), Some(at(115)));
        standing.looked(at(115));
        assert_eq!(standing.look_due_at(), Some(at(715)));
        standing.may_lack_calls(at(116));
        assert_eq!(standing.look_due_at(), Some(at(125)));
    }
}
