//! A telephony session, seen by the company: who is in it, and where it stands.
//!
//! It gathers the parties whatever the order in which it hears of them. What is forgotten, hidden or asked after, and
//! when, is the board's business.

use super::party::PartyInCall;
use super::view::{self, SessionView};
use crate::calls::{ChangeOrder, Endpoint, Heard, PartyChange, PartyStatus};
use domain::ids::CallSessionId;
use jiff::Timestamp;
use ringcentral::id::PartyId;
use std::collections::BTreeMap;

/// More parties than this are in no call; what is sent beyond them is left out.
const MOST_PARTIES: usize = 64;

#[derive(Debug, Clone)]
pub(super) struct CompanySession {
    pub(super) id: CallSessionId,
    pub(super) parties: BTreeMap<PartyId, PartyInCall>,
    /// When the server says that it was made, on our clock.
    pub(super) made_at: Option<Timestamp>,
    /// The server has said that it is over: only what is newer counts.
    closed: Option<ChangeOrder>,
    last_sequence: i64,
    last_happened_at: Option<Timestamp>,
}

impl CompanySession {
    pub(super) fn new(id: CallSessionId) -> Self {
        Self {
            id,
            parties: BTreeMap::new(),
            made_at: None,
            closed: None,
            last_sequence: 0,
            last_happened_at: None,
        }
    }

    pub(super) fn take_in(&mut self, change: &PartyChange) {
        self.last_sequence = self.last_sequence.max(change.order.sequence);
        if change.order.heard == Heard::Notified {
            self.last_happened_at = self.last_happened_at.max(Some(change.happened_at));
        }
        if let Some(party) = self.parties.get_mut(&change.party_id) {
            party.take_in(change);
        } else if self.parties.len() < MOST_PARTIES {
            self.parties
                .insert(change.party_id.clone(), PartyInCall::new(change));
        }
    }

    /// Takes in who is in it now: whoever is not named has left.
    pub(super) fn take_answer(&mut self, parties: &[PartyChange], asked: ChangeOrder, now: Timestamp) {
        for change in parties {
            self.take_in(change);
        }
        let is_named = |id: &PartyId| parties.iter().any(|change| change.party_id == *id);
        let gone: Vec<PartyChange> = self
            .parties
            .iter()
            .filter(|(id, party)| !is_named(id) && party.leg.order() < asked && party.state().is_some())
            .map(|(id, party)| self.departure(id, party, asked, now))
            .collect();
        for change in &gone {
            self.take_in(change);
        }
    }

    /// The server does not know it any more.
    pub(super) fn close(&mut self, order: ChangeOrder) {
        self.closed = self.closed.max(Some(order));
    }

    pub(super) fn is_closed(&self) -> bool {
        self.closed.is_some()
    }

    /// Whether a party is still there, and counts.
    pub(super) fn is_live(&self, party: &PartyInCall) -> bool {
        party.state().is_some() && self.closed.is_none_or(|closed| party.leg.order() > closed)
    }

    /// The greatest sequence heard.
    pub(super) fn last_sequence(&self) -> i64 {
        self.last_sequence
    }

    /// The order of an answer that is asked for now.
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

    /// Where it stands; `None` when it is over.
    pub(super) fn view(&self, queues: &view::Queues) -> Option<SessionView> {
        view::of(self, queues)
    }

    fn departure(
        &self,
        id: &PartyId,
        party: &PartyInCall,
        order: ChangeOrder,
        now: Timestamp,
    ) -> PartyChange {
        PartyChange {
            session_id: self.id.clone(),
            party_id: id.clone(),
            order,
            happened_at: now,
            extension_id: None,
            direction: party.leg.direction,
            from: Endpoint::default(),
            to: Endpoint::default(),
            status: PartyStatus::Gone,
            reason: None,
            is_missed: false,
            is_queue_call: false,
            queue_name: None,
        }
    }
}
