//! The machinery below the verbs: opening sessions, adding and moving parties, counting, announcing.

use jiff::{SignedDuration, Timestamp};

use super::super::World;
use super::super::calls::Direction;
use super::super::events::{Change, TelephonyChange};
use super::super::ids::{self, ExtensionId, PartyId, TelephonySessionId};
use super::super::number::Endpoint;
use super::super::sessions::{Party, PartyReason, PartyStatus, RingOutRole, Session, SessionOrigin};

/// What a party changes into.
struct Move {
    status: PartyStatus,
    reason: Option<PartyReason>,
}

impl World {
    pub(in crate::world) fn open_session(
        &mut self,
        direction: Direction,
        caller: Endpoint,
        dialled: Endpoint,
        queue: Option<ExtensionId>,
    ) -> TelephonySessionId {
        self.forget_old_sessions();
        let telephony_session_id = ids::telephony_session_id(&mut self.rng);
        let id = self.mint.session();
        let server = 200 + id.0 / 1000 % 50;
        let session = Session {
            id,
            telephony_session_id,
            server_id: format!("10.13.22.{server}.TAM"),
            origin: SessionOrigin::Call,
            began_at: self.now(),
            sequence: 1,
            parties: Vec::new(),
            direction,
            caller,
            dialled,
            queue,
            is_ended_by_caller: false,
            consultation: None,
            voicemail: None,
            record_delay: SignedDuration::ZERO,
            ring_out_phone: None,
            ended_at: None,
        };
        self.sessions.insert(telephony_session_id, session);
        telephony_session_id
    }

    fn forget_old_sessions(&mut self) {
        const KEPT: SignedDuration = SignedDuration::from_mins(10);
        let now = self.now();
        self.sessions.retain(|_, session| {
            session
                .ended_at
                .is_none_or(|ended| now.duration_since(ended) < KEPT)
        });
    }

    /// Adds a party in `Setup` (or, for the far end of an outgoing call, already ringing) and announces it.
    pub(in crate::world) fn add_party(
        &mut self,
        id: TelephonySessionId,
        extension_id: Option<ExtensionId>,
        direction: Direction,
        from: Endpoint,
        to: Endpoint,
    ) -> u16 {
        let number = self.push_party(id, extension_id, direction, from, to);
        let status = first_status(extension_id);
        self.change(id, number, status, None);
        number
    }

    /// Adds a party that is not announced yet; zero when there is no such session.
    pub(in crate::world) fn push_party(
        &mut self,
        id: TelephonySessionId,
        extension_id: Option<ExtensionId>,
        direction: Direction,
        from: Endpoint,
        to: Endpoint,
    ) -> u16 {
        let now = self.now();
        let record_id = extension_id.map(|_| self.call_log.reserve());
        let Some(session) = self.sessions.get_mut(&id) else {
            return 0;
        };
        let number = u16::try_from(session.parties.len() + 1).unwrap_or(u16::MAX);
        let ring_out_role = (session.origin == SessionOrigin::RingOut).then_some(if number == 1 {
            RingOutRole::Initiator
        } else {
            RingOutRole::Target
        });
        session.parties.push(Party {
            id: PartyId { session: id, number },
            extension_id,
            direction,
            from,
            to,
            status: first_status(extension_id),
            reason: None,
            is_queue_call: session.queue.is_some(),
            is_missed_call: false,
            is_muted: false,
            went_to_voicemail: false,
            ring_out_role,
            supervises: None,
            park_location: None,
            peer: None,
            recording: None,
            record_id,
            began_at: now,
            status_since: now,
            answered_at: None,
            ended_at: None,
        });
        number
    }

    pub(in crate::world) fn party_mut(&mut self, id: TelephonySessionId, number: u16) -> Option<&mut Party> {
        self.sessions
            .get_mut(&id)?
            .parties
            .iter_mut()
            .find(|party| party.id.number == number)
    }

    /// Moves one party, counts the sequence up and announces party and presence.
    pub(in crate::world) fn change(
        &mut self,
        id: TelephonySessionId,
        number: u16,
        status: PartyStatus,
        reason: Option<PartyReason>,
    ) {
        let now = self.now();
        let Some(party) = self.party_mut(id, number) else {
            return;
        };
        let next = Move { status, reason };
        apply(party, &next, now);
        let party = party.clone();
        let Some(session) = self.sessions.get_mut(&id) else {
            return;
        };
        session.sequence += 1;
        let change = TelephonyChange {
            sequence: session.sequence,
            session_id: session.id,
            telephony_session_id: id,
            server_id: session.server_id.clone(),
            event_at: now,
            origin: session.origin,
            party: party.clone(),
        };
        self.announce(Change::Telephony(change));
        if status != PartyStatus::Setup
            && let Some(extension) = party.extension_id
        {
            self.announce_presence_of_party(extension, &party);
        }
        if party.extension_id.is_some() && !party.is_live() {
            self.look_after_queues();
        }
    }

    pub(super) fn close_session(&mut self, id: TelephonySessionId) {
        let now = self.now();
        if let Some(session) = self.sessions.get_mut(&id) {
            session.ended_at = Some(now);
        }
        self.leave_records(id);
    }
}

fn first_status(extension_id: Option<ExtensionId>) -> PartyStatus {
    if extension_id.is_some() {
        PartyStatus::Setup
    } else {
        PartyStatus::Proceeding
    }
}

fn apply(party: &mut Party, next: &Move, now: Timestamp) {
    if party.status != next.status {
        party.status_since = now;
    }
    party.status = next.status;
    party.reason = next.reason;
    if next.status == PartyStatus::Answered && party.answered_at.is_none() {
        party.answered_at = Some(now);
    }
    if !party.is_live() && party.ended_at.is_none() {
        party.ended_at = Some(now);
    }
}
