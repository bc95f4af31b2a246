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
    /// It is being recorded.
    pub recording: Option<LiveRecording>,
    /// The call log record it will leave, for the account's extensions.
    pub record_id: Option<CallRecordId>,
    /// When the party was added.
    pub began_at: Timestamp,
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
