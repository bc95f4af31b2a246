//! Where a call of the company stands, told from its parties. Pure.
//!
//! A party that supervises is not one of those who talk: nobody hears it, and the call goes on without it.

use super::party::PartyInCall;
use super::session::CompanySession;
use crate::calls::Endpoint;
use domain::communication::Direction;
use domain::ids::CallSessionId;
use domain::live_calls::CompanyCallState as State;
use jiff::Timestamp;
use ringcentral::id::ExtensionId;
use std::collections::BTreeMap;

/// The queues of the company by their extension.
pub(super) type Queues = BTreeMap<ExtensionId, QueueName>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct QueueName {
    pub(super) name: String,
}

/// A call that goes on, without anything that has to be looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionView {
    pub session_id: CallSessionId,
    pub direction: Direction,
    pub is_internal: bool,
    /// The other end; of a call between colleagues the one who was called.
    pub other: Endpoint,
    /// Our end of the line: what was dialled, or what we present.
    pub line: Endpoint,
    /// Every colleague who takes part or is rung.
    pub colleagues: Vec<Colleague>,
    /// The queue it came through, by its extension where that is known.
    pub queue_id: Option<ExtensionId>,
    pub queue_name: Option<String>,
    pub state: State,
    pub started_at: Timestamp,
    pub state_since: Timestamp,
    pub answered_at: Option<Timestamp>,
    /// Who listens in.
    pub supervisors: Vec<ExtensionId>,
    /// Something does not fit: an event may have been lost.
    pub(super) is_odd: bool,
}

/// A colleague in a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    pub extension_id: ExtensionId,
    /// As the vendor wrote it.
    pub name: Option<String>,
    pub state: State,
    /// The one who was called by another colleague: [`SessionView::other`].
    pub is_other: bool,
}

/// The parties of a session, sorted by what they are.
struct Parties<'a> {
    /// Whoever began it.
    first: &'a PartyInCall,
    callers: Vec<&'a PartyInCall>,
    callees: Vec<&'a PartyInCall>,
    queues: Vec<&'a PartyInCall>,
    outside: Vec<&'a PartyInCall>,
    supervisors: Vec<&'a PartyInCall>,
}

pub(super) fn of(session: &CompanySession, queues: &Queues) -> Option<SessionView> {
    let all: Vec<&PartyInCall> = session.parties.values().collect();
    let parties = sorted(session, &all, queues)?;
    let is_ours_first = parties.first.leg.extension_id.get().is_some();
    let direction = match (is_ours_first, parties.first.leg.direction) {
        (true, direction) => direction,
        // The outside end: what goes out from it comes to us.
        (false, Direction::Outbound) => Direction::Inbound,
        (false, Direction::Inbound) => Direction::Outbound,
    };
    let has_colleague = !(parties.callers.is_empty() && parties.callees.is_empty());
    if !has_colleague && parties.queues.is_empty() && !is_being_passed_on(session, &all) {
        return None;
    }
    let (state, state_since) = state(session, &all, &parties, direction)?;
    let is_internal = is_internal(&all, &parties, direction);
    let (other, line) = ends(&all, &parties, direction);
    let queue = all.iter().find_map(|party| {
        let id = party.leg.extension_id.get()?;
        queues.get(id).map(|queue| (id.clone(), queue.name.clone()))
    });
    let shown_name = all.iter().find_map(|party| party.leg.queue_name.get().cloned());
    let (queue_id, queue_name) = match queue {
        Some((id, name)) => (Some(id), Some(name)),
        None => (
            queues
                .iter()
                .find(|(_, queue)| Some(&queue.name) == shown_name.as_ref())
                .map(|(id, _)| id.clone()),
            shown_name,
        ),
    };
    let first_at = all.iter().map(|party| party.leg.first_at).min();
    let started_at = session.made_at.into_iter().chain(first_at).min()?;
    Some(SessionView {
        session_id: session.id.clone(),
        direction,
        is_internal,
        colleagues: colleagues(&parties, is_internal, &other),
        other,
        line,
        queue_id,
        queue_name,
        state,
        started_at,
        state_since,
        answered_at: answered_at(&all, &parties, direction, queues),
        supervisors: parties
            .supervisors
            .iter()
            .filter_map(|party| party.leg.extension_id.get().cloned())
            .collect(),
        is_odd: !has_colleague && parties.queues.is_empty()
            || has_lost_the_other_end(session, &all, &parties),
    })
}

fn sorted<'a>(session: &CompanySession, all: &[&'a PartyInCall], queues: &Queues) -> Option<Parties<'a>> {
    let first = all
        .iter()
        .filter(|party| !party.leg.is_supervising())
        .min_by_key(|party| {
            (
                party.leg.began(),
                party.leg.id.as_str().len(),
                party.leg.id.as_str(),
            )
        })?;
    let mut parties = Parties {
        first,
        callers: Vec::new(),
        callees: Vec::new(),
        queues: Vec::new(),
        outside: Vec::new(),
        supervisors: Vec::new(),
    };
    for party in all.iter().filter(|party| session.is_live(party)) {
        let place = match party.leg.extension_id.get() {
            _ if party.leg.is_supervising() => &mut parties.supervisors,
            None => &mut parties.outside,
            Some(id) if queues.contains_key(id) => &mut parties.queues,
            Some(_) if party.leg.direction == Direction::Outbound => &mut parties.callers,
            Some(_) => &mut parties.callees,
        };
        place.push(party);
    }
    Some(parties)
}

/// Nobody of ours is in it at this moment, but somebody has just passed it on.
fn is_being_passed_on(session: &CompanySession, all: &[&PartyInCall]) -> bool {
    let is_anyone_left = all
        .iter()
        .any(|party| session.is_live(party) && !party.leg.is_supervising());
    let last_to_leave = all
        .iter()
        .filter(|party| party.leg.extension_id.get().is_some() && !party.leg.is_supervising())
        .max_by_key(|party| party.leg.order());
    is_anyone_left && last_to_leave.is_none_or(|party| !party.leg.has_hung_up())
}

/// The other end has hung up and our party has not left: the event that told so was lost.
fn has_lost_the_other_end(session: &CompanySession, all: &[&PartyInCall], parties: &Parties<'_>) -> bool {
    let mut outside = all
        .iter()
        .filter(|party| party.leg.extension_id.get().is_none() && !party.leg.is_supervising())
        .peekable();
    let has_colleagues = parties.callers.len() + parties.callees.len() > 1;
    !has_colleagues
        && outside.peek().is_some()
        && outside.all(|party| !session.is_live(party) && party.leg.has_hung_up())
}

fn state(
    session: &CompanySession,
    all: &[&PartyInCall],
    parties: &Parties<'_>,
    direction: Direction,
) -> Option<(State, Timestamp)> {
    let since = |group: &[&PartyInCall], state: State| {
        group
            .iter()
            .filter(|party| party.state() == Some(state))
            .map(|party| party.since())
            .min()
    };
    let ours: Vec<&PartyInCall> = parties.callers.iter().chain(&parties.callees).copied().collect();
    let found = |state: State, since: Option<Timestamp>| since.map(|since| (state, since));
    let is_ours_calling = direction == Direction::Outbound && !parties.callers.is_empty();
    let talking = if is_ours_calling {
        // An exchange may answer our end of a call before anybody is rung: it takes two to talk.
        let others: Vec<&PartyInCall> = parties.callees.iter().chain(&parties.outside).copied().collect();
        let ours = since(&parties.callers, State::Talking);
        if others.is_empty() && parties.queues.is_empty() {
            ours
        } else {
            ours.zip(since(&others, State::Talking)).map(|(a, b)| a.max(b))
        }
    } else {
        since(&parties.callees, State::Talking)
    };
    // Whoever of ours holds, holds the call, whoever else is connected.
    let on_hold = since(&ours, State::OnHold);
    let everyone: Vec<&PartyInCall> = all
        .iter()
        .filter(|party| session.is_live(party) && !party.leg.is_supervising())
        .copied()
        .collect();
    let has_been_answered = all.iter().any(|party| is_taken_by_a_person(party, parties));
    let is_waiting = !parties.queues.is_empty()
        || (!has_been_answered
            && !parties.callees.is_empty()
            && parties.callees.iter().all(|p| p.leg.is_queue_call));
    let first_at = |group: &[&PartyInCall]| group.iter().map(|party| party.leg.first_at).min();
    found(State::OnHold, on_hold)
        .or_else(|| found(State::Talking, talking))
        .or_else(|| found(State::Parked, since(&everyone, State::Parked)))
        .or_else(|| found(State::Voicemail, since(&everyone, State::Voicemail)))
        .or_else(|| {
            let since = first_at(&parties.queues).or_else(|| first_at(&parties.callees));
            found(State::Waiting, since.filter(|_| is_waiting))
        })
        .or_else(|| {
            let ringing = since(&parties.callees, State::Ringing).or_else(|| since(&ours, State::Ringing));
            found(State::Ringing, ringing)
        })
        .or_else(|| found(State::Ringing, first_at(&everyone)))
}

/// A colleague talks or has talked on this party; a queue that plays music has answered as well and is no colleague.
fn is_taken_by_a_person(party: &PartyInCall, parties: &Parties<'_>) -> bool {
    let is_queue = parties.queues.iter().any(|queue| queue.leg.id == party.leg.id);
    party.leg.extension_id.get().is_some()
        && party.leg.direction == Direction::Inbound
        && !party.leg.is_supervising()
        && !is_queue
        && party.leg.answered_at.is_some()
}

fn is_internal(all: &[&PartyInCall], parties: &Parties<'_>, direction: Direction) -> bool {
    let has_outside = all
        .iter()
        .any(|party| party.leg.extension_id.get().is_none() && !party.leg.is_supervising());
    let is_ours = |end: &Endpoint| end.extension_id.is_some();
    !has_outside
        && match direction {
            Direction::Outbound => is_ours(&parties.first.leg.to()),
            Direction::Inbound => is_ours(&parties.first.leg.from()),
        }
}

/// The other end, and ours.
fn ends(all: &[&PartyInCall], parties: &Parties<'_>, direction: Direction) -> (Endpoint, Endpoint) {
    let first = &parties.first.leg;
    let (from, to) = (first.from(), first.to());
    match direction {
        // An internal call of which only the called end is known: that end is the one who was called.
        Direction::Inbound if from.extension_id.is_some() => (to, from),
        Direction::Inbound => {
            // What the caller dialled stands with whoever was rung first.
            let ours = all
                .iter()
                .filter(|party| party.leg.extension_id.get().is_some() && !party.leg.is_supervising())
                .min_by_key(|party| party.leg.began());
            (from, ours.map_or(to, |party| party.leg.to()))
        }
        Direction::Outbound => {
            let mut other = to;
            if other.name.is_none() {
                other.name = all
                    .iter()
                    .map(|party| party.leg.to())
                    .find(|end| end.number == other.number && end.name.is_some())
                    .and_then(|end| end.name);
            }
            (other, from)
        }
    }
}

fn answered_at(
    all: &[&PartyInCall],
    parties: &Parties<'_>,
    direction: Direction,
    queues: &Queues,
) -> Option<Timestamp> {
    let answers = all
        .iter()
        .filter(|party| !party.leg.is_supervising() && party.leg.direction == Direction::Inbound)
        .filter(|party| {
            let extension = party.leg.extension_id.get();
            extension.is_none_or(|id| !queues.contains_key(id))
        })
        .map(|party| party.leg.answered_at);
    let of_called = answers.flatten().min();
    let is_alone = direction == Direction::Outbound
        && all.iter().filter(|party| !party.leg.is_supervising()).count() == 1;
    // Where only our own end is known, that it was answered is all there is.
    of_called.or_else(|| parties.first.leg.answered_at.filter(|_| is_alone))
}

fn colleagues(parties: &Parties<'_>, is_internal: bool, other: &Endpoint) -> Vec<Colleague> {
    let mut colleagues: Vec<(Timestamp, Colleague)> = Vec::new();
    for party in parties.callers.iter().chain(&parties.callees) {
        let (Some(id), Some(state)) = (party.leg.extension_id.get(), party.state()) else {
            continue;
        };
        // Two phones of one person are one person.
        if let Some((_, known)) = colleagues.iter_mut().find(|(_, known)| known.extension_id == *id) {
            if place(state) < place(known.state) {
                known.state = state;
            }
            continue;
        }
        let name = match party.leg.direction {
            Direction::Inbound => party.leg.to().name,
            Direction::Outbound => party.leg.from().name,
        };
        let is_other = is_internal && other.extension_id.as_ref() == Some(id);
        let colleague = Colleague {
            extension_id: id.clone(),
            name,
            state,
            is_other,
        };
        colleagues.push((party.leg.first_at, colleague));
    }
    colleagues.sort_by_key(|(at, colleague)| (place(colleague.state), *at));
    colleagues.into_iter().map(|(_, colleague)| colleague).collect()
}

/// Whoever talks comes first, then those whose phones ring.
fn place(state: State) -> u8 {
    match state {
        State::Talking => 0,
        State::OnHold => 1,
        State::Parked => 2,
        State::Voicemail => 3,
        State::Ringing | State::Waiting => 4,
    }
}

impl SessionView {
    /// An extension takes part, is rung, or listens in.
    pub fn concerns(&self, extension: &ExtensionId) -> bool {
        self.supervisors.contains(extension)
            || self
                .colleagues
                .iter()
                .any(|colleague| colleague.extension_id == *extension)
    }
}
