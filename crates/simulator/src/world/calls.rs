//! Call log records: what a finished call leaves behind, once per extension that may see it.
//!
//! Views (Simple, Detailed) and JSON are the wire's business; which records exist and when they changed is ours.

use jiff::Timestamp;

use super::ids::{CallRecordId, ExtensionId, MessageId, PartyId, RecordingId, SessionId, TelephonySessionId};
use super::number::Endpoint;
use super::vendor_enum::vendor_enum;

vendor_enum!(
    /// Direction of a call or message, seen from the account.
    Direction { Inbound = "Inbound", Outbound = "Outbound" }
);

vendor_enum!(
    /// Voice or fax.
    CallType { Voice = "Voice", Fax = "Fax" }
);

vendor_enum!(
    /// Which network carried it.
    Transport { Pstn = "PSTN", Voip = "VoIP" }
);

vendor_enum!(
    /// The vendor's internal type of a call.
    InternalType {
        Local = "Local",
        LongDistance = "LongDistance",
        Sip = "Sip",
        RingOut = "RingOut",
        TollFreeNumber = "TollFreeNumber",
        LocalNumber = "LocalNumber",
    }
);

vendor_enum!(
    /// How the call was made.
    CallAction {
        PhoneCall = "Phone Call",
        VoipCall = "VoIP Call",
        RingOutWeb = "RingOut Web",
        IncomingFax = "Incoming Fax",
        OutgoingFax = "Outgoing Fax",
        Transfer = "Transfer",
        FindMe = "FindMe",
        RingDirectly = "Ring Directly",
        Monitoring = "Monitoring",
    }
);

vendor_enum!(
    /// How the call ended.
    CallResult {
        Accepted = "Accepted",
        CallConnected = "Call connected",
        Missed = "Missed",
        Voicemail = "Voicemail",
        Busy = "Busy",
        NoAnswer = "No Answer",
        Rejected = "Rejected",
        HangUp = "Hang Up",
        Abandoned = "Abandoned",
        Stopped = "Stopped",
        AnsweredElsewhere = "Answered Elsewhere",
        Blocked = "Blocked",
        CallFailed = "Call Failed",
        WrongNumber = "Wrong Number",
        IpPhoneOffline = "IP Phone Offline",
        InProgress = "In Progress",
        Received = "Received",
        Sent = "Sent",
        FaxNotSent = "Fax Not Sent",
        FaxPartiallySent = "Fax Partially Sent",
        FaxPoorLine = "Fax Poor Line",
        FaxReceiptError = "Fax Receipt Error",
    }
);

vendor_enum!(
    /// Why it ended that way.
    CallReason {
        Accepted = "Accepted",
        Connected = "Connected",
        LineBusy = "Line Busy",
        NotAnswered = "Not Answered",
        NoAnswer = "No Answer",
        HangUp = "Hang Up",
        Stopped = "Stopped",
        InternalError = "Internal Error",
        WrongNumber = "Wrong Number",
        NoDigitalLine = "No Digital Line",
        NumberBlocked = "Number Blocked",
        FaxNotSent = "Fax Not Sent",
        FaxPartiallySent = "Fax Partially Sent",
        FaxPoorLine = "Fax Poor Line",
        FaxPrepareError = "Fax Prepare Error",
        FaxSendError = "Fax Send Error",
    }
);

impl CallReason {
    /// `reasonDescription`: a sentence of our own wording for people.
    pub fn description(self) -> &'static str {
        match self {
            CallReason::Accepted => "The call reached this number and was taken.",
            CallReason::Connected => "The line was picked up but nobody took the call.",
            CallReason::LineBusy => "The number dialled was engaged.",
            CallReason::NotAnswered => "Nobody answered the number dialled.",
            CallReason::NoAnswer => "The call was not answered here.",
            CallReason::HangUp => "The caller gave up before an answer.",
            CallReason::Stopped => "This attempt ended because another phone answered.",
            CallReason::InternalError => "The call failed inside the network.",
            CallReason::WrongNumber => "The number dialled is not in service.",
            CallReason::NoDigitalLine => "The phone was not plugged in or had no network.",
            CallReason::NumberBlocked => "The number is on the blocked list.",
            CallReason::FaxNotSent => "The fax could not be handed to the other machine.",
            CallReason::FaxPartiallySent => "The connection broke before all pages were through.",
            CallReason::FaxPoorLine => "The line was too bad for a fax.",
            CallReason::FaxPrepareError => "No pages could be made of what was to be faxed.",
            CallReason::FaxSendError => "Something went wrong while the fax was sent.",
        }
    }
}

vendor_enum!(
    /// What kind of hop a leg is.
    LegType {
        Accept = "Accept",
        PstnToSip = "PstnToSip",
        SipToPstnUnmetered = "SipToPstnUnmetered",
        ExtensionToExtension = "ExtensionToExtension",
        FindMe = "FindMe",
        RingMe = "RingMe",
        Hunting = "Hunting",
        TransferCall = "TransferCall",
        RingOutWebToSubscriber = "RingOutWebToSubscriber",
        RingOutWebToCaller = "RingOutWebToCaller",
        FaxSent = "FaxSent",
        ServiceMinus2 = "ServiceMinus2",
    }
);

vendor_enum!(
    /// How a recording came about.
    RecordingType { Automatic = "Automatic", OnDemand = "OnDemand" }
);

/// A recording of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recording {
    /// Identifier.
    pub id: RecordingId,
    /// Automatic or on demand.
    pub kind: RecordingType,
}

/// A voicemail or fax that came out of the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkedMessage {
    /// The message.
    pub id: MessageId,
    /// `VoiceMail` or `Fax`.
    pub kind: super::messages::MessageType,
    /// In whose message store it is, when not in that of the call's own extension.
    pub holder: Option<ExtensionId>,
}

/// One hop of a call.
#[derive(Debug, Clone)]
pub struct CallLeg {
    /// When the hop began.
    pub started_at: Timestamp,
    /// How long it lasted.
    pub duration_ms: u64,
    /// Kind of hop.
    pub leg_type: LegType,
    /// Direction of the hop.
    pub direction: Direction,
    /// Network of the hop.
    pub transport: Transport,
    /// How the hop was made.
    pub action: CallAction,
    /// How the hop ended.
    pub result: CallResult,
    /// Why.
    pub reason: Option<CallReason>,
    /// From.
    pub from: Endpoint,
    /// To.
    pub to: Endpoint,
    /// The extension the hop rang or was made for.
    pub extension: Option<ExtensionId>,
    /// The leg that stands for the whole call.
    pub is_master: bool,
    /// The recording, on the leg that was recorded.
    pub recording: Option<Recording>,
    /// The voicemail or fax, on the leg that took it.
    pub message: Option<LinkedMessage>,
}

/// The hops of a record.
#[derive(Debug, Clone)]
pub enum Legs {
    /// The ordinary hops follow from the record itself.
    Usual,
    /// As they happened (queue hunting, transfers).
    AsHappened(Vec<CallLeg>),
}

/// One call log record.
#[derive(Debug, Clone)]
pub struct CallRecord {
    /// Identifier of the record.
    pub id: CallRecordId,
    /// Whose user call log it stands in.
    pub owner: ExtensionId,
    /// Whether the account's call log shows it. A queue call has one account record (the queue's) and one per agent.
    pub is_in_account_log: bool,
    /// `sessionId`.
    pub session_id: SessionId,
    /// `telephonySessionId`, joining to presence and telephony events.
    pub telephony_session_id: TelephonySessionId,
    /// The party this record is about, when one is known.
    pub party_id: Option<PartyId>,
    /// Voice or fax.
    pub kind: CallType,
    /// Direction.
    pub direction: Direction,
    /// Network.
    pub transport: Transport,
    /// Internal type.
    pub internal_type: InternalType,
    /// How it was made.
    pub action: CallAction,
    /// How it ended.
    pub result: CallResult,
    /// Why.
    pub reason: Option<CallReason>,
    /// When it began (first ring).
    pub started_at: Timestamp,
    /// From first ring to the end.
    pub duration_ms: u64,
    /// From.
    pub from: Endpoint,
    /// To.
    pub to: Endpoint,
    /// The queue it came through.
    pub queue: Option<ExtensionId>,
    /// The extension that took it, for inbound calls.
    pub answered_by: Option<ExtensionId>,
    /// The voicemail or fax it left.
    pub message: Option<LinkedMessage>,
    /// The recording it left.
    pub recording: Option<Recording>,
    /// Recorded, but too short for a recording to be kept.
    pub is_short_recording: bool,
    /// The hops.
    pub legs: Legs,
    /// When the record last changed on the server.
    pub last_modified_at: Timestamp,
    /// Deleted on the server; shown only on request.
    pub is_deleted: bool,
}

impl CallRecord {
    /// The hops in order; the ordinary ones are worked out when asked for.
    pub fn legs(&self) -> Vec<CallLeg> {
        match &self.legs {
            Legs::AsHappened(legs) => legs.clone(),
            Legs::Usual => super::legs::usual_legs(self),
        }
    }

    /// Whether the vendor counts it into the status group `Missed`.
    pub fn is_missed(&self) -> bool {
        self.direction == Direction::Inbound
            && matches!(
                self.result,
                CallResult::Missed
                    | CallResult::Voicemail
                    | CallResult::HangUp
                    | CallResult::Busy
                    | CallResult::Rejected
                    | CallResult::Abandoned
            )
    }

    /// Makes it the record of a fax call with its message.
    pub(crate) fn make_fax(&mut self, result: CallResult, message: Option<MessageId>) {
        let is_inbound = self.direction == Direction::Inbound;
        self.kind = CallType::Fax;
        self.action = if is_inbound {
            CallAction::IncomingFax
        } else {
            CallAction::OutgoingFax
        };
        self.result = result;
        self.message = message.map(|id| LinkedMessage {
            holder: None,
            id,
            kind: super::messages::MessageType::Fax,
        });
    }

    /// Duration in whole seconds, as the call log's `duration`.
    pub fn duration_s(&self) -> u64 {
        self.duration_ms / 1000
    }
}
