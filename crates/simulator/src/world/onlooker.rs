//! The account's live calls and presences as somebody would tell them who sees everything, for tests to compare with.
//!
//! The simulator's own words, and not the API's: what a client has to work out of parties and fields stands here plainly.

use jiff::Timestamp;

use super::World;
use super::account::ExtensionStatus;
use super::calls::Direction;
use super::ids::{ExtensionId, SessionId, TelephonySessionId};
use super::number::Endpoint;
use super::presence::{DndStatus, PresenceSnapshot, PresenceStatus, TelephonyStatus};
use super::sessions::{Party, PartyStatus, Session};

/// Between whom a call is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CallWay {
    /// From outside.
    Inbound,
    /// To outside.
    Outbound,
    /// Between two extensions.
    Internal,
}

/// How a call stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CallStanding {
    /// Nobody has taken it yet, or nobody has again since it was handed on.
    Ringing,
    /// People talk.
    Talking,
    /// The account's end holds.
    OnHold,
    /// It waits at a park location.
    Parked,
    /// The caller speaks to the voicemail.
    InVoicemail,
}

/// A call that is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveCall {
    /// Telephony session.
    pub session: TelephonySessionId,
    /// Session.
    pub session_id: SessionId,
    /// Between whom.
    pub way: CallWay,
    /// How it stands.
    pub standing: CallStanding,
    /// Since when.
    pub standing_since: Timestamp,
    /// The end outside of the account.
    pub outside: Option<Endpoint>,
    /// The queue it came through.
    pub queue: Option<ExtensionId>,
    /// Whether the caller waits in a queue that nobody has answered for.
    pub is_waiting: bool,
    /// The account's people on it: those who talk, hold or parked it.
    pub members: Vec<ExtensionId>,
    /// People whose phones ring for it.
    pub ringing: Vec<ExtensionId>,
    /// Supervisors who listen, and to whom.
    pub listeners: Vec<(ExtensionId, ExtensionId)>,
    /// When it began.
    pub began_at: Timestamp,
    /// When somebody first answered.
    pub answered_at: Option<Timestamp>,
}

/// What a person is up to, do-not-disturb before calls before the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doing {
    /// Wants no calls at all.
    DoNotDisturb,
    /// Talks, holds, or has a call parked.
    OnCall,
    /// Is being rung.
    Ringing,
    /// Can be reached.
    Available,
    /// Says so, or is in a meeting.
    Busy,
    /// Appears offline.
    Offline,
}

impl World {
    /// Every call that is on, by when it began.
    pub fn live_calls(&self) -> Vec<LiveCall> {
        let mut calls: Vec<LiveCall> = self
            .sessions()
            .filter(|session| session.ended_at.is_none())
            .map(|session| self.tell(session))
            .collect();
        calls.sort_by_key(|call| (call.began_at, call.session));
        calls
    }

    /// Everybody who has a presence, with what they are up to, by identifier.
    pub fn presences(&self) -> Vec<(PresenceSnapshot, Doing)> {
        self.extensions()
            .filter(|one| one.status == ExtensionStatus::Enabled && self.has_presence(one.id))
            .filter_map(|one| self.presence(one.id))
            .map(|snapshot| {
                let doing = doing(&snapshot);
                (snapshot, doing)
            })
            .collect()
    }

    fn tell(&self, session: &Session) -> LiveCall {
        let people = |is_it: fn(&Party) -> bool| -> Vec<ExtensionId> {
            let live = session.parties.iter().filter(|party| party.is_live());
            let theirs = live.filter(|party| party.is_own_end() && is_it(party));
            theirs
                .filter_map(|party| party.extension_id)
                .filter(|id| self.has_presence(*id))
                .collect()
        };
        let (standing, standing_since) = standing(session);
        let way = way(session);
        let listeners = session.parties.iter().filter(|party| party.is_live());
        let is_waiting = session.parties.iter().any(|party| {
            session.queue.is_some() && party.extension_id == session.queue && party.is_ringing()
        });
        LiveCall {
            session: session.telephony_session_id,
            session_id: session.id,
            way,
            standing,
            standing_since,
            outside: match way {
                CallWay::Inbound => Some(session.caller.clone()),
                CallWay::Outbound => Some(session.dialled.clone()),
                CallWay::Internal => None,
            },
            queue: session.queue,
            is_waiting,
            members: people(|party| party.is_connected() || party.status == PartyStatus::Parked),
            ringing: people(|party| party.is_ringing() && party.direction == Direction::Inbound),
            listeners: listeners
                .filter_map(|party| Some((party.extension_id?, party.supervises?.agent)))
                .collect(),
            began_at: session.began_at,
            answered_at: inbound_ends(session).filter_map(|party| party.answered_at).min(),
        }
    }
}

fn way(session: &Session) -> CallWay {
    let is_outside = |end: &Endpoint| end.extension_id.is_none();
    match session.direction {
        Direction::Inbound => CallWay::Inbound,
        Direction::Outbound if is_outside(&session.dialled) => CallWay::Outbound,
        Direction::Outbound => CallWay::Internal,
    }
}

/// The ends that are called: whether they have answered decides whether a call still rings.
fn inbound_ends(session: &Session) -> impl Iterator<Item = &Party> {
    let ends = session.parties.iter();
    ends.filter(|party| party.direction == Direction::Inbound && party.supervises.is_none())
}

fn standing(session: &Session) -> (CallStanding, Timestamp) {
    let own = || {
        session
            .parties
            .iter()
            .filter(|party| party.is_own_end() && party.is_live())
    };
    let since = |found: Option<&Party>| found.map(|party| party.status_since);
    let held = since(own().find(|party| party.status == PartyStatus::Hold));
    let talked = inbound_ends(session).find(|party| party.status == PartyStatus::Answered);
    let parked = since(own().find(|party| party.status == PartyStatus::Parked));
    let spoken = since(own().find(|party| party.status == PartyStatus::VoiceMail));
    // Back from hold, it is the end that held which says since when.
    let talking = talked.map(|end| {
        let all = own().filter(|party| party.status == PartyStatus::Answered);
        all.map(|party| party.status_since)
            .max()
            .map_or(end.status_since, |latest| latest.max(end.status_since))
    });
    let first = [
        (CallStanding::OnHold, held),
        (CallStanding::Talking, talking),
        (CallStanding::Parked, parked),
        (CallStanding::InVoicemail, spoken),
    ];
    let first = first.into_iter().find_map(|(standing, at)| Some((standing, at?)));
    first.unwrap_or_else(|| {
        let rings = inbound_ends(session).filter(|party| party.is_ringing());
        let since = rings.map(|party| party.began_at).min();
        (CallStanding::Ringing, since.unwrap_or(session.began_at))
    })
}

fn doing(snapshot: &PresenceSnapshot) -> Doing {
    match (snapshot.settings.dnd_status, snapshot.telephony_status) {
        (DndStatus::DoNotAcceptAnyCalls, _) => Doing::DoNotDisturb,
        (_, TelephonyStatus::CallConnected | TelephonyStatus::OnHold | TelephonyStatus::ParkedCall) => {
            Doing::OnCall
        }
        (_, TelephonyStatus::Ringing) => Doing::Ringing,
        (_, TelephonyStatus::NoCall) => match snapshot.presence_status {
            PresenceStatus::Available => Doing::Available,
            PresenceStatus::Busy => Doing::Busy,
            PresenceStatus::Offline => Doing::Offline,
        },
    }
}
