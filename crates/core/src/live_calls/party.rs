//! One party of a call of the company: what it does, and since when.
//!
//! What a [`Leg`] gathers is enough for whoever is called; a colleague who looks on wants to know since when somebody
//! talks or waits as well. That too comes out the same whatever the order in which it became known. It knows nothing of
//! the other parties.

use crate::calls::leg::Leg;
use crate::calls::{ChangeOrder, PartyChange, PartyStatus};
use domain::live_calls::CompanyCallState;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Changes that are kept of one party; what came before them was long ago.
const REMEMBERED: usize = 16;

#[derive(Debug, Clone)]
pub(super) struct PartyInCall {
    pub(super) leg: Leg,
    /// Each change of its status, in the order of the session.
    history: BTreeMap<ChangeOrder, (PartyStatus, Timestamp)>,
}

impl PartyInCall {
    pub(super) fn new(change: &PartyChange) -> Self {
        let mut party = Self {
            leg: Leg::new(change),
            history: BTreeMap::new(),
        };
        party.remember(change);
        party
    }

    pub(super) fn take_in(&mut self, change: &PartyChange) {
        self.leg.take_in(change);
        self.remember(change);
    }

    /// What it does now; `None` when it has left, or is a fax.
    pub(super) fn state(&self) -> Option<CompanyCallState> {
        state_of(self.history.last_key_value()?.1.0)
    }

    /// Since when [`Self::state`] holds. A second notification of the same state, such as that of a muted party, does not
    /// begin it anew.
    pub(super) fn since(&self) -> Timestamp {
        let state = self.state();
        self.history
            .values()
            .rev()
            .take_while(|(status, _)| state_of(*status) == state)
            .map(|(_, at)| *at)
            .min()
            .unwrap_or(self.leg.first_at)
    }

    fn remember(&mut self, change: &PartyChange) {
        let heard = (change.status, change.happened_at);
        let known = self.history.entry(change.order).or_insert(heard);
        // Of two with one order the more final one wins, as it does in the leg.
        if change.status > known.0 {
            *known = heard;
        } else if change.status == known.0 {
            known.1 = known.1.min(change.happened_at);
        }
        while self.history.len() > REMEMBERED {
            self.forget_oldest();
        }
    }

    fn forget_oldest(&mut self) {
        let Some((_, (status, at))) = self.history.pop_first() else {
            return;
        };
        if let Some(mut next) = self.history.first_entry()
            && state_of(next.get().0) == state_of(status)
        {
            let began = next.get().1.min(at);
            next.get_mut().1 = began;
        }
    }
}

fn state_of(status: PartyStatus) -> Option<CompanyCallState> {
    match status {
        PartyStatus::Setup | PartyStatus::Proceeding => Some(CompanyCallState::Ringing),
        PartyStatus::Answered => Some(CompanyCallState::Talking),
        PartyStatus::Hold => Some(CompanyCallState::OnHold),
        PartyStatus::Parked => Some(CompanyCallState::Parked),
        PartyStatus::Voicemail => Some(CompanyCallState::Voicemail),
        PartyStatus::FaxReceive | PartyStatus::Gone | PartyStatus::Disconnected => None,
    }
}
