//! What is known of one party of a call, whatever the order in which it became known.
//!
//! Taking in a change is commutative and idempotent: the newest status wins by its order, everything else is a
//! least, a greatest or an "ever". So a late, stale or doubled notification can be taken in at any time and needs no
//! waiting for a gap to fill. It does not know who is signed in.

use super::change::{ChangeOrder, DisconnectReason, Endpoint, Heard, PartyChange, PartyStatus};
use domain::communication::Direction;
use jiff::Timestamp;
use ringcentral::id::{ExtensionId, PartyId};
use std::collections::{BTreeMap, BTreeSet};

/// One party of a telephony session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Leg {
    pub(crate) id: PartyId,
    pub(crate) extension_id: Newest<ExtensionId>,
    /// Every extension that it has ever been at.
    extensions: BTreeSet<ExtensionId>,
    pub(crate) direction: Direction,
    pub(crate) first_at: Timestamp,
    /// The order of its first change.
    began: ChangeOrder,
    pub(crate) answered_at: Option<Timestamp>,
    pub(crate) is_queue_call: bool,
    pub(crate) queue_name: Newest<String>,
    status: (ChangeOrder, PartyStatus),
    left_because: Newest<DisconnectReason>,
    has_rung: bool,
    has_reached_voicemail: bool,
    has_received_fax: bool,
    has_supervised: bool,
    is_missed: bool,
    from: NewestEndpoint,
    to: NewestEndpoint,
}

/// What a leg's status means to whoever it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LegState {
    /// On its way: nothing rings yet.
    Arriving,
    Ringing,
    Talking,
    OnHold,
    Parked,
    Voicemail,
    /// Left after a conversation, or passed on, or a fax.
    Ended,
    Missed,
    TakenElsewhere,
    /// Left without a conversation, and nothing says whether somebody else took it.
    Undecided,
}

/// The newest value heard, by the order of its change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Newest<T>(Option<(ChangeOrder, T)>);

/// One end of the line. A transfer puts somebody else there: name and extension count only with the number they came
/// with, or with none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct NewestEndpoint {
    number: Newest<String>,
    by_number: BTreeMap<Option<String>, Who>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Who {
    name: Newest<String>,
    extension_id: Newest<ExtensionId>,
}

impl Leg {
    pub(crate) fn new(change: &PartyChange) -> Self {
        let mut leg = Self {
            id: change.party_id.clone(),
            extension_id: Newest::default(),
            extensions: BTreeSet::new(),
            direction: change.direction,
            first_at: change.happened_at,
            began: change.order,
            answered_at: None,
            is_queue_call: false,
            queue_name: Newest::default(),
            status: (change.order, change.status),
            left_because: Newest::default(),
            has_rung: false,
            has_reached_voicemail: false,
            has_received_fax: false,
            has_supervised: false,
            is_missed: false,
            from: NewestEndpoint::default(),
            to: NewestEndpoint::default(),
        };
        leg.take_in(change);
        leg
    }

    pub(crate) fn take_in(&mut self, change: &PartyChange) {
        let order = change.order;
        self.status = self.status.max((order, change.status));
        if change.direction == Direction::Outbound {
            // That the person wanted the call is not said every time.
            self.direction = Direction::Outbound;
        }
        self.first_at = self.first_at.min(change.happened_at);
        self.began = self.began.min(order);
        self.extension_id.offer(order, change.extension_id.as_ref());
        self.extensions.extend(change.extension_id.clone());
        self.queue_name.offer(order, change.queue_name.as_ref());
        self.from.offer(order, &change.from);
        self.to.offer(order, &change.to);
        self.is_queue_call |= change.is_queue_call;
        self.is_missed |= change.is_missed;
        self.has_supervised |= change.reason == Some(DisconnectReason::Supervising);
        match change.status {
            PartyStatus::Proceeding => self.has_rung = true,
            PartyStatus::Answered | PartyStatus::Hold | PartyStatus::Parked => {
                let at = change.happened_at;
                self.answered_at = Some(self.answered_at.map_or(at, |known| known.min(at)));
            }
            PartyStatus::Voicemail => self.has_reached_voicemail = true,
            PartyStatus::FaxReceive => self.has_received_fax = true,
            PartyStatus::Disconnected | PartyStatus::Gone => {
                self.left_because.offer(order, change.reason.as_ref());
            }
            PartyStatus::Setup => {}
        }
    }

    /// The order of the first change of it that is known.
    pub(crate) fn began(&self) -> ChangeOrder {
        self.began
    }

    pub(crate) fn order(&self) -> ChangeOrder {
        self.status.0
    }

    pub(super) fn state(&self) -> LegState {
        match self.status.1 {
            PartyStatus::Setup if self.direction == Direction::Outbound => LegState::Ringing,
            PartyStatus::Setup => LegState::Arriving,
            PartyStatus::Proceeding => LegState::Ringing,
            PartyStatus::Answered => LegState::Talking,
            PartyStatus::Hold => LegState::OnHold,
            PartyStatus::Parked => LegState::Parked,
            PartyStatus::Voicemail => LegState::Voicemail,
            PartyStatus::FaxReceive => LegState::Ended,
            PartyStatus::Gone | PartyStatus::Disconnected => self.verdict(),
        }
    }

    /// The party hung up itself: not transferred, not parked, not taken over.
    pub(crate) fn has_hung_up(&self) -> bool {
        self.status.1 == PartyStatus::Disconnected
            && matches!(self.left_because.get(), None | Some(DisconnectReason::Other))
    }

    /// A person took the call on this leg after `other` had begun, or the queue it belongs to found somebody who did.
    /// Whoever talked before was the one who passed the call on; and a queue that plays music has "answered" as well,
    /// but neither rings nor is an agent.
    pub(super) fn tells_of_a_taker_since(&self, other: &Leg) -> bool {
        let is_person = self.has_rung || self.is_queue_call;
        let has_taken = is_person && self.answered_at.is_some_and(|at| at >= other.first_at);
        let has_found = self.left_because.get() == Some(&DisconnectReason::TakenElsewhere);
        has_taken || (has_found && self.order() > other.began)
    }

    /// It is, or once was, at this extension.
    pub(super) fn has_been_at(&self, extension: &ExtensionId) -> bool {
        self.extensions.contains(extension)
    }

    /// The caller was led to a mailbox through this party after `other` had begun.
    pub(super) fn took_a_message_since(&self, other: &Leg) -> bool {
        self.has_reached_voicemail && self.order() > other.began
    }

    /// Somebody listened in through this party; it is no call of theirs.
    pub(crate) fn is_supervising(&self) -> bool {
        self.has_supervised
    }

    pub(crate) fn from(&self) -> Endpoint {
        self.from.to_endpoint()
    }

    pub(crate) fn to(&self) -> Endpoint {
        self.to.to_endpoint()
    }

    /// What to say of a leg that has left.
    pub(super) fn verdict(&self) -> LegState {
        if self.answered_at.is_some() || self.has_received_fax || self.direction == Direction::Outbound {
            return LegState::Ended;
        }
        if self.has_reached_voicemail {
            return LegState::Voicemail;
        }
        match self.left_because.get() {
            Some(DisconnectReason::TakenElsewhere) => LegState::TakenElsewhere,
            Some(DisconnectReason::SentToVoicemail) => LegState::Voicemail,
            _ if self.is_missed => LegState::Missed,
            Some(DisconnectReason::PassedOn | DisconnectReason::Supervising) => LegState::Ended,
            // An answer says that the party has left, not whether it was missed.
            _ if self.status.0.heard != Heard::Notified => LegState::Undecided,
            // A queue that stops ringing here may go on ringing at others, and a call that never rang was led
            // elsewhere by the answering rules; only a plain call that rang in vain is missed for certain.
            _ if self.is_queue_call || !self.has_rung => LegState::Undecided,
            _ => LegState::Missed,
        }
    }
}

impl LegState {
    pub(super) fn is_over(self) -> bool {
        match self {
            Self::Arriving | Self::Ringing | Self::Talking | Self::OnHold | Self::Parked => false,
            Self::Voicemail | Self::Ended | Self::Missed | Self::TakenElsewhere | Self::Undecided => true,
        }
    }
}

impl<T> Default for Newest<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Clone> Newest<T> {
    pub(crate) fn get(&self) -> Option<&T> {
        self.0.as_ref().map(|(_, value)| value)
    }

    fn offer(&mut self, order: ChangeOrder, value: Option<&T>) {
        if let Some(value) = value
            && self.0.as_ref().is_none_or(|(known, _)| *known < order)
        {
            self.0 = Some((order, value.clone()));
        }
    }
}

impl NewestEndpoint {
    fn offer(&mut self, order: ChangeOrder, endpoint: &Endpoint) {
        self.number.offer(order, endpoint.number.as_ref());
        let who = self
            .by_number
            .entry(comparable(endpoint.number.as_ref()))
            .or_default();
        who.name.offer(order, endpoint.name.as_ref());
        who.extension_id.offer(order, endpoint.extension_id.as_ref());
    }

    fn to_endpoint(&self) -> Endpoint {
        let with_number = self.by_number.get(&comparable(self.number.get()));
        let with_none = self.by_number.get(&None);
        let of_either = || with_number.into_iter().chain(with_none);
        Endpoint {
            number: self.number.get().cloned(),
            name: of_either().find_map(|who| who.name.get()).cloned(),
            extension_id: of_either().find_map(|who| who.extension_id.get()).cloned(),
        }
    }
}

/// Numbers come with and without `+`.
fn comparable(number: Option<&String>) -> Option<String> {
    number.map(|number| number.trim_start_matches('+').to_owned())
}
