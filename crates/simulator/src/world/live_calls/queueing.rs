//! Whom a call queue rings, and callers who wait until somebody is free.
//!
//! How long a caller has patience is the scenario's.

use jiff::SignedDuration;

use super::super::World;
use super::super::calls::Direction;
use super::super::ids::{ExtensionId, TelephonySessionId};
use super::super::number::Endpoint;
use super::super::sessions::{Party, PartyStatus, Session};
use super::super::timeline::Step;

/// How long a queue takes to ring somebody who has become free.
const WRAP_UP: SignedDuration = SignedDuration::from_secs(2);

impl World {
    /// From now on queues ring only members who are not on the phone, and let their callers wait for those. Without it
    /// they ring everybody who is present, as a second call.
    pub fn set_queues_wait(&mut self, wait: bool) {
        self.do_queues_wait = wait;
    }

    /// Whether an extension has a call of any state, and if it only rings.
    pub fn is_on_the_phone(&self, extension: ExtensionId) -> bool {
        self.sessions()
            .filter(|session| session.ended_at.is_none())
            .any(|session| session.live_party_of(extension).is_some())
    }

    pub(super) fn is_rung_by(&self, queue: ExtensionId, member: ExtensionId) -> bool {
        self.takes_queue_calls(member)
            && self.is_present_in_queue(queue, member)
            && !(self.do_queues_wait && self.is_on_the_phone(member))
    }

    pub(super) fn ring_agent(&mut self, id: TelephonySessionId, member: ExtensionId) {
        let Some(session) = self.session(id) else {
            return;
        };
        let (caller, number) = (session.caller.clone(), session.dialled.number.clone());
        let agent = Endpoint {
            number,
            ..self.extension_endpoint(member)
        };
        let party = self.add_party(id, Some(member), Direction::Inbound, caller, agent);
        self.change(id, party, PartyStatus::Proceeding, None);
    }

    /// Somebody may have become free.
    pub(super) fn look_after_queues(&mut self) {
        if self.do_queues_wait && !self.is_offer_planned {
            self.is_offer_planned = true;
            self.schedule_in(WRAP_UP, Step::OfferWaiting);
        }
    }

    /// Rings those who are free for the callers who wait, the longest first.
    pub(in crate::world) fn offer_waiting_calls(&mut self) {
        self.is_offer_planned = false;
        let mut waiting: Vec<_> = self
            .sessions()
            .filter(|session| waits_for_nobody(session))
            .filter_map(|session| Some((session.began_at, session.telephony_session_id, session.queue?)))
            .collect();
        waiting.sort_unstable();
        for (_, id, queue) in waiting {
            let members = self
                .extension(queue)
                .map(|queue| queue.queue_members.clone())
                .unwrap_or_default();
            for member in members {
                if self.is_rung_by(queue, member) {
                    self.ring_agent(id, member);
                }
            }
        }
    }
}

/// A caller in a queue whom no phone rings for.
fn waits_for_nobody(session: &Session) -> bool {
    let is_queue = |party: &Party| party.extension_id == session.queue;
    let mut live = session.parties.iter().filter(|party| party.is_live());
    session.queue.is_some()
        && session
            .parties
            .iter()
            .any(|party| is_queue(party) && party.is_ringing())
        && live.all(is_queue)
}
