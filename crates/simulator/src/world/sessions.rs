//! Live telephony sessions and their parties.
//!
//! Plain data with the numbering of notifications; what happens to a call is in [`super::live_calls`].

use jiff::{SignedDuration, Timestamp};

use super::calls::Direction;
use super::ids::{CallRecordId, ExtensionId, PartyId, RecordingId, SessionId, TelephonySessionId};
use super::number::Endpoint;
use super::vendor_enum::vendor_enum;

vendor_enum!(
    /// State of a party.
    PartyStatus {
        Setup = "Setup",
        Proceeding = "Proceeding",
        Answered = "Answered",
        Hold = "Hold",
        Disconnected = "Disconnected",
        Gone = "Gone",
        Parked = "Parked",
        VoiceMail = "VoiceMail",
        FaxReceive = "FaxReceive",
    }
);

vendor_enum!(
    /// Why a party is in its state.
    PartyReason {
        Pickup = "Pickup",
        Supervising = "Supervising",
        BlindTransfer = "BlindTransfer",
        AttendedTransfer = "AttendedTransfer",
        AgentAnswered = "AgentAnswered",
        AgentDropped = "AgentDropped",
        Rejected = "Rejected",
        Cancelled = "Cancelled",
        NoAnswer = "NoAnswer",
        TargetBusy = "TargetBusy",
        CallRedirected = "CallRedirected",
        CallFinished = "CallFinished",
        CallDropped = "CallDropped",
        CallSwitch = "CallSwitch",
        Voicemail = "Voicemail",
    }
);

vendor_enum!(
    /// How a session began.
    SessionOrigin { Call = "Call", RingOut = "RingOut" }
);

vendor_enum!(
    /// Which leg of a RingOut call a party is.
    RingOutRole { Initiator = "Initiator", Target = "Target" }
);

/// What a supervisor's party listens in to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Supervision {
    /// Whose conversation.
    pub agent: ExtensionId,
    /// The one party that is heard, where one was asked for; else everybody.
    pub channel: Option<u16>,
}

/// Where a party that is `Gone` goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer {
    /// `sessionId` there.
    pub session_id: SessionId,
    /// The party there.
    pub party: PartyId,
}

/// A recording that somebody started during the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LiveRecording {
    /// Identifier, which the finished recording keeps.
    pub id: RecordingId,
    /// Not paused.
    pub is_active: bool,
}

/// One party of a session.
#[derive(Debug, Clone)]
pub struct Party {
    /// Identifier.
    pub id: PartyId,
    /// The account's extension, if it is one.
    pub extension_id: Option<ExtensionId>,
    /// Technical direction: `Inbound` is towards the endpoint.
    pub direction: Direction,
    /// From.
    pub from: Endpoint,
    /// To.
    pub to: Endpoint,
    /// State.
    pub status: PartyStatus,
    /// Why.
    pub reason: Option<PartyReason>,
    /// Came through a queue.
    pub is_queue_call: bool,
    /// It rang and was not answered.
    pub is_missed_call: bool,
    /// Muted.
    pub is_muted: bool,
    /// It went to voicemail.
    pub went_to_voicemail: bool,
    /// Its leg, in a RingOut call.
    pub ring_out_role: Option<RingOutRole>,
    /// What it listens in to, when it is a supervisor's.
    pub supervises: Option<Supervision>,
    /// The place it is parked at, such as 801.
    pub park_location: Option<u16>,
    /// Where it goes on once it is `Gone`.
    pub peer: Option<Peer>,
    /// It is being recorded.
    pub recording: Option<LiveRecording>,
    /// The call log record it will leave, for the account's extensions.
    pub record_id: Option<CallRecordId>,
    /// When the party was added.
    pub began_at: Timestamp,
    /// When it came into its state.
    pub status_since: Timestamp,
    /// When it first answered.
    pub answered_at: Option<Timestamp>,
    /// When it left.
    pub ended_at: Option<Timestamp>,
}

impl Party {
    /// Whether the party is still in the call.
    pub fn is_live(&self) -> bool {
        !matches!(self.status, PartyStatus::Disconnected | PartyStatus::Gone)
    }

    /// Whether it is ringing.
    pub fn is_ringing(&self) -> bool {
        matches!(self.status, PartyStatus::Setup | PartyStatus::Proceeding)
    }

    /// Whether it talks or holds.
    pub fn is_connected(&self) -> bool {
        matches!(self.status, PartyStatus::Answered | PartyStatus::Hold)
    }

    /// Whether it is one of the account's own ends: an extension that takes part, and not a supervisor who listens.
    pub fn is_own_end(&self) -> bool {
        self.extension_id.is_some() && self.supervises.is_none()
    }
}

/// A session: one call with all its parties.
#[derive(Debug, Clone)]
pub struct Session {
    /// `sessionId`.
    pub id: SessionId,
    /// `telephonySessionId`.
    pub telephony_session_id: TelephonySessionId,
    /// The media server's name, as notifications carry it.
    pub server_id: String,
    /// How it began.
    pub origin: SessionOrigin,
    /// When it began.
    pub began_at: Timestamp,
    /// Sequence of the last notification; the first one is 2.
    pub sequence: u32,
    /// Parties in order of arrival.
    pub parties: Vec<Party>,
    /// Direction seen from the account.
    pub direction: Direction,
    /// The outside end, or the calling extension's own end for internal calls.
    pub caller: Endpoint,
    /// The number or extension that was dialled.
    pub dialled: Endpoint,
    /// The queue it came through.
    pub queue: Option<ExtensionId>,
    /// The far end gave up first.
    pub is_ended_by_caller: bool,
    /// The call by which its next owner was asked, before an attended transfer.
    pub consultation: Option<TelephonySessionId>,
    /// The voicemail it left.
    pub voicemail: Option<super::calls::LinkedMessage>,
    /// How long after its end the call log shows it.
    pub record_delay: SignedDuration,
    /// In a RingOut call, the phone that rang first.
    pub ring_out_phone: Option<Endpoint>,
    /// When the last party left.
    pub ended_at: Option<Timestamp>,
}

impl Session {
    /// Moves everything it remembers by so much, because the clock was put off.
    pub(super) fn shift(&mut self, by: SignedDuration) {
        let shift = |at: &mut Timestamp| *at = at.saturating_add(by).unwrap_or(*at);
        shift(&mut self.began_at);
        self.ended_at.iter_mut().for_each(shift);
        for party in &mut self.parties {
            shift(&mut party.began_at);
            shift(&mut party.status_since);
            party.answered_at.iter_mut().for_each(shift);
            party.ended_at.iter_mut().for_each(shift);
        }
    }

    /// A party by identifier.
    pub fn party(&self, id: PartyId) -> Option<&Party> {
        self.parties.iter().find(|party| party.id == id)
    }

    /// The live party of an extension.
    pub fn live_party_of(&self, extension: ExtensionId) -> Option<&Party> {
        self.parties
            .iter()
            .find(|party| party.extension_id == Some(extension) && party.is_live())
    }
}
