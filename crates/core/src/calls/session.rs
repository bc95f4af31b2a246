//! A telephony session, seen from the signed-in person's extension.
//!
//! It gathers the parties and says where the call stands for this person. It keeps no time of its own and forgets
//! nothing; what is forgotten, and when, is the board's business.

use super::change::{ChangeOrder, Endpoint, Heard, PartyChange, PartyStatus};
use super::leg::{Leg, LegState};
use domain::call::LiveCallState;
use domain::communication::Direction;
use domain::ids::CallSessionId;
use jiff::Timestamp;
use ringcentral::id::{ExtensionId, PartyId};
use std::collections::BTreeMap;

/// One call, from first ring to last party leaving.
#[derive(Debug, Clone)]
pub(super) struct Session {
    id: CallSessionId,
    own: ExtensionId,
    legs: BTreeMap<PartyId, Leg>,
    /// The greatest sequence heard.
    last_sequence: i64,
    /// When the latest of what we were notified of happened.
    last_happened_at: Option<Timestamp>,
}

/// Where a call stands for the signed-in person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallView {
    pub session_id: CallSessionId,
    pub state: LiveCallState,
    /// Seen from the person: inbound is a call to them.
    pub direction: Direction,
    /// The other side.
    pub other: Endpoint,
    /// What the other side dialled, for inbound calls; what we present, for outbound ones.
    pub line: Endpoint,
    pub queue_name: Option<String>,
    pub is_queue_call: bool,
    pub started_at: Timestamp,
    pub answered_at: Option<Timestamp>,
    /// The notifications leave open how it ended; only the server can tell.
    pub is_undecided: bool,
}

impl Session {
    pub(super) fn new(id: CallSessionId, own: ExtensionId) -> Self {
        Self {
            id,
            own,
            legs: BTreeMap::new(),
            last_sequence: 0,
            last_happened_at: None,
        }
    }

    pub(super) fn take_in(&mut self, change: &PartyChange) {
        self.last_sequence = self.last_sequence.max(change.order.sequence);
        if change.order.heard == Heard::Notified {
            self.last_happened_at = self.last_happened_at.max(Some(change.happened_at));
        }
        match self.legs.get_mut(&change.party_id) {
            Some(leg) => leg.take_in(change),
            None => {
                self.legs.insert(change.party_id.clone(), Leg::new(change));
            }
        }
    }

    /// The order an answer gets that was asked for now.
    pub(super) fn order_of_answer(&self, now: Timestamp) -> ChangeOrder {
        ChangeOrder {
            sequence: self.last_sequence,
            heard: Heard::Asked { at: now },
        }
    }

    /// The place of a notification that came without one: after all others, unless it tells of an earlier instant.
    pub(super) fn sequence_at(&self, happened_at: Timestamp) -> i64 {
        if self.last_happened_at.is_some_and(|latest| happened_at < latest) {
            0
        } else {
            self.last_sequence.saturating_add(1)
        }
    }

    /// The server no longer knows this session: every party has left, and nobody can say how.
    pub(super) fn close(&mut self, now: Timestamp) {
        let order = self.order_of_answer(now);
        let gone: Vec<PartyChange> = self
            .legs
            .values()
            .filter(|leg| !leg.state().is_over() || leg.state() == LegState::Voicemail)
            .map(|leg| PartyChange {
                session_id: self.id.clone(),
                party_id: leg.id.clone(),
                order,
                happened_at: leg.first_at,
                extension_id: None,
                direction: leg.direction,
                from: Endpoint::default(),
                to: Endpoint::default(),
                status: PartyStatus::Gone,
                reason: None,
                is_missed: false,
                is_queue_call: false,
                queue_name: None,
            })
            .collect();
        for change in &gone {
            self.take_in(change);
        }
    }

    /// Whether a party of the person is, or was, in it.
    pub(super) fn concerns_us(&self) -> bool {
        self.own_leg().is_some()
    }

    /// The call has reached the person's extension, but nothing rings yet.
    pub(super) fn is_arriving(&self) -> bool {
        self.own_leg()
            .is_some_and(|leg| leg.state() == LegState::Arriving)
    }

    /// Where the call stands; `None` while it does not concern the person or rings nowhere yet.
    pub(super) fn view(&self) -> Option<CallView> {
        let leg = self.own_leg()?;
        let mut state = leg.state();
        if !state.is_over() && self.caller_hung_up_after(leg.order()) {
            // The event that told of our own party's end was lost; nobody is left to talk to.
            state = leg.verdict();
        }
        if matches!(state, LegState::Undecided | LegState::Missed) && self.somebody_else_took_it(leg) {
            state = LegState::TakenElsewhere;
        } else if state == LegState::Undecided && self.a_mailbox_took_it(leg) {
            state = LegState::Voicemail;
        }
        let is_inbound = leg.direction == Direction::Inbound;
        Some(CallView {
            session_id: self.id.clone(),
            state: live_state(state)?,
            direction: leg.direction,
            other: if is_inbound { leg.from() } else { leg.to() },
            line: if is_inbound { leg.to() } else { leg.from() },
            queue_name: leg.queue_name.get().cloned(),
            is_queue_call: leg.is_queue_call,
            started_at: leg.first_at,
            answered_at: leg.answered_at,
            is_undecided: state == LegState::Undecided,
        })
    }

    /// Where a call stands that was the person's and is no longer: its party has gone over to somebody else, or has
    /// turned out to listen in.
    pub(super) fn state_without_us(&self) -> LiveCallState {
        let is_taken = self
            .legs
            .values()
            .any(|leg| leg.has_been_at(&self.own) && !leg.is_supervising() && leg.answered_at.is_some());
        if is_taken {
            LiveCallState::AnsweredElsewhere
        } else {
            LiveCallState::Ended
        }
    }

    /// The party through which the person takes part. A queue, a transfer, a flip or a park that comes back may ring the
    /// same extension twice in one session: what goes on furthest counts, else what happened last.
    fn own_leg(&self) -> Option<&Leg> {
        self.legs
            .values()
            .filter(|leg| leg.extension_id.get() == Some(&self.own) && !leg.is_supervising())
            // Our own phone rings first when we place a call by RingOut: that party calls nobody.
            .filter(|leg| {
                leg.direction == Direction::Outbound || leg.from().extension_id.as_ref() != Some(&self.own)
            })
            .max_by_key(|leg| (nearness(leg.state()), leg.order()))
    }

    fn caller_hung_up_after(&self, order: ChangeOrder) -> bool {
        self.others()
            .any(|leg| leg.direction == Direction::Outbound && leg.has_hung_up() && leg.order() > order)
    }

    fn somebody_else_took_it(&self, own: &Leg) -> bool {
        self.others().any(|leg| {
            leg.direction == Direction::Inbound
                && leg.extension_id.get().is_some()
                && leg.tells_of_a_taker_since(own)
        })
    }

    fn a_mailbox_took_it(&self, own: &Leg) -> bool {
        self.others().any(|leg| {
            leg.direction == Direction::Inbound
                && leg.extension_id.get().is_some()
                && leg.took_a_message_since(own)
        })
    }

    fn others(&self) -> impl Iterator<Item = &Leg> {
        self.legs
            .values()
            .filter(|leg| leg.extension_id.get() != Some(&self.own))
    }
}

/// Of several parties of one person: who talks on one of them is not disturbed by another that rings, but a call that
/// comes back from its park rings.
fn nearness(state: LegState) -> u8 {
    match state {
        LegState::Talking | LegState::OnHold => 4,
        LegState::Ringing => 3,
        LegState::Parked => 2,
        LegState::Arriving => 1,
        LegState::Voicemail
        | LegState::Ended
        | LegState::Missed
        | LegState::TakenElsewhere
        | LegState::Undecided => 0,
    }
}

fn live_state(state: LegState) -> Option<LiveCallState> {
    Some(match state {
        LegState::Arriving => return None,
        LegState::Ringing => LiveCallState::Ringing,
        LegState::Talking => LiveCallState::Talking,
        LegState::OnHold => LiveCallState::OnHold,
        LegState::Parked => LiveCallState::Parked,
        LegState::Voicemail => LiveCallState::Voicemail,
        LegState::Missed => LiveCallState::Missed,
        LegState::TakenElsewhere => LiveCallState::AnsweredElsewhere,
        LegState::Ended | LegState::Undecided => LiveCallState::Ended,
    })
}
