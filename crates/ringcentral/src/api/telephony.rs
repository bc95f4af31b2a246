//! Call sessions: the parties of a call and what each is doing, from an answer or an event.
//!
//! Reading only; answering, holding and the rest of call control are not here.

use jiff::Timestamp;
use serde::Deserialize;

use super::{Direction, OWN, area, operations::READ_CALL_SESSION_STATUS};
use crate::{
    client::Request,
    error::Error,
    id::{AccountId, DeviceId, ExtensionId, PartyId, RecordingId, SessionId, TelephonySessionId},
    open_enum::open_enum,
    rate_limit::Priority,
    tolerant,
};

area! {
    /// Call sessions. From [`crate::Client::telephony`].
    Telephony
}

impl Telephony<'_> {
    /// Reads a session that is under way (`readCallSessionStatus`; scope `CallControl`).
    ///
    /// # Errors
    /// Any of [`Error`]; [`Error::is_not_found`] when it has ended.
    pub async fn session(&self, id: &TelephonySessionId, priority: Priority) -> Result<CallSession, Error> {
        Request::new(&READ_CALL_SESSION_STATUS, &[OWN, id.as_str()], priority)
            .read(self.client)
            .await
    }
}

/// A session as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CallSession {
    /// The session.
    pub id: TelephonySessionId,
    /// When it was made.
    #[serde(rename = "creationTime", default, deserialize_with = "tolerant::instant")]
    pub created_at: Option<Timestamp>,
    /// How it came about.
    #[serde(default, deserialize_with = "tolerant::or_default")]
    pub origin: Option<Origin>,
    /// Everyone in it.
    #[serde(default)]
    pub parties: Vec<Party>,
}

/// News of a session. In practice each carries the one party that changed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TelephonySessionEvent {
    /// Counts up within the session; events may arrive out of this order.
    #[serde(default, deserialize_with = "tolerant::whole_number")]
    pub sequence: Option<i64>,
    /// The session, as the call log names it.
    #[serde(default, deserialize_with = "tolerant::or_default")]
    pub session_id: Option<SessionId>,
    /// The session.
    pub telephony_session_id: TelephonySessionId,
    /// When it happened.
    #[serde(rename = "eventTime", default, deserialize_with = "tolerant::instant")]
    pub occurred_at: Option<Timestamp>,
    /// How the session came about.
    #[serde(default, deserialize_with = "tolerant::or_default")]
    pub origin: Option<Origin>,
    /// The parties that changed.
    #[serde(default)]
    pub parties: Vec<Party>,
}

/// How a session came about.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Origin {
    /// What kind of session it is.
    #[serde(rename = "type")]
    pub kind: OriginKind,
}

open_enum! {
    /// How a session came about.
    pub enum OriginKind {
        Call = "Call",
        RingOut = "RingOut",
        RingMe = "RingMe",
        Conference = "Conference",
        /// The service rings a phone to have a greeting spoken.
        GreetingsRecording = "GreetingsRecording",
        /// The service rings a phone to see whether it is its owner's.
        VerificationCall = "VerificationCall",
        Zoom = "Zoom",
        CallOut = "CallOut",
    }
}

open_enum! {
    /// What a party is in a call that the service connects by ringing one side first (RingOut, Ring Me).
    pub enum RingRole {
        /// Whoever wanted the call; the phone rings first here.
        Initiator = "Initiator",
        Target = "Target",
    }
}

/// One leg of a session.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Party {
    /// The party.
    pub id: PartyId,
    /// The account.
    #[serde(default, deserialize_with = "tolerant::or_default")]
    pub account_id: Option<AccountId>,
    /// The extension. Absent for the outside end of a call.
    #[serde(default, deserialize_with = "tolerant::or_default")]
    pub extension_id: Option<ExtensionId>,
    /// In the technical sense: inbound is from RingCentral to the phone.
    pub direction: Option<Direction>,
    /// The calling end.
    #[serde(default, deserialize_with = "tolerant::or_default")]
    pub from: Option<PartyEnd>,
    /// The called end.
    #[serde(default, deserialize_with = "tolerant::or_default")]
    pub to: Option<PartyEnd>,
    /// What it is doing.
    pub status: PartyStatus,
    /// Whether the call was missed here.
    #[serde(rename = "missedCall", default, deserialize_with = "tolerant::or_default")]
    pub is_missed_call: bool,
    /// Whether it came through a queue.
    #[serde(rename = "queueCall", default, deserialize_with = "tolerant::or_default")]
    pub is_queue_call: bool,
    /// Muted.
    #[serde(rename = "muted", default, deserialize_with = "tolerant::or_default")]
    pub is_muted: bool,
    /// On its own, as after a transfer has begun.
    #[serde(rename = "standAlone", default, deserialize_with = "tolerant::or_default")]
    pub is_stand_alone: bool,
    /// Where it is parked.
    #[serde(default, deserialize_with = "tolerant::or_default")]
    pub park: Option<Park>,
    /// Recordings of it.
    #[serde(default, deserialize_with = "tolerant::or_default")]
    pub recordings: Vec<PartyRecording>,
    /// Its part in a RingOut, in answers.
    pub ring_out_role: Option<RingRole>,
    /// Its part in a Ring Me, in answers.
    pub ring_me_role: Option<RingRole>,
    /// The extension behind it, in answers.
    #[serde(default, deserialize_with = "tolerant::or_default")]
    pub owner: Option<PartyOwner>,
    /// More about it, in answers.
    #[serde(default, deserialize_with = "tolerant::or_default")]
    pub attributes: Option<PartyAttributes>,
    /// What phones show of the call, in events.
    #[serde(default, deserialize_with = "tolerant::or_default")]
    pub ui_call_info: Option<UiCallInfo>,
}

/// More about a party.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PartyAttributes {
    /// Whether it is the agent of a queue.
    #[serde(rename = "queueCall", default, deserialize_with = "tolerant::or_default")]
    pub is_queue_call: bool,
}

/// What phones show of a call.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct UiCallInfo {
    /// The first line.
    pub primary: Option<UiCallInfoRecord>,
    /// The second line.
    pub additional: Option<UiCallInfoRecord>,
}

/// One line of what phones show of a call.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct UiCallInfoRecord {
    /// `QueueName` or `CallerIdName`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// The text.
    pub value: Option<String>,
}

/// One end of a leg.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PartyEnd {
    /// The number, with or without `+`, or a short number, or a word such as `conference`; absent when withheld.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub phone_number: Option<String>,
    /// The name that the network or the directory gave.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub name: Option<String>,
    /// The extension.
    #[serde(default, deserialize_with = "tolerant::or_default")]
    pub extension_id: Option<ExtensionId>,
    /// The device.
    #[serde(default, deserialize_with = "tolerant::or_default")]
    pub device_id: Option<DeviceId>,
}

/// What a party is doing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PartyStatus {
    /// The state.
    pub code: PartyStatusCode,
    /// Why, when it ended or was moved.
    pub reason: Option<PartyStatusReason>,
    /// The same in a sentence.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub description: Option<String>,
    /// Where the call went, when the party is `Gone`.
    #[serde(default, deserialize_with = "tolerant::or_default")]
    pub peer_id: Option<Peer>,
    /// Whether it belongs to a conference.
    #[serde(rename = "rcc", default, deserialize_with = "tolerant::or_default")]
    pub is_conference: bool,
}

open_enum! {
    /// The state of a party. Letter case differs between the documents, and so does the voicemail's spelling.
    pub enum PartyStatusCode {
        Setup = "Setup",
        /// Ringing.
        Proceeding = "Proceeding",
        /// Connected, also again after hold.
        Answered = "Answered",
        /// Ended here; with a reason such as `BlindTransfer` the session goes on.
        Disconnected = "Disconnected",
        /// Went on in another session.
        Gone = "Gone",
        Parked = "Parked",
        Hold = "Hold",
        VoiceMail = "VoiceMail",
        FaxReceive = "FaxReceive",
        VoiceMailScreening = "VoiceMailScreening" | "VMScreening",
        Tds = "Tds",
    }
}

open_enum! {
    /// Why a party ended or was moved.
    pub enum PartyStatusReason {
        Pickup = "Pickup",
        Supervising = "Supervising",
        TakeOver = "TakeOver",
        Timeout = "Timeout",
        BlindTransfer = "BlindTransfer",
        RccTransfer = "RccTransfer",
        AttendedTransfer = "AttendedTransfer",
        CallerInputRedirect = "CallerInputRedirect",
        CallFlip = "CallFlip",
        ParkLocation = "ParkLocation",
        DtmfTransfer = "DtmfTransfer",
        AgentAnswered = "AgentAnswered",
        AgentDropped = "AgentDropped",
        Rejected = "Rejected",
        Cancelled = "Cancelled",
        InternalError = "InternalError",
        NoAnswer = "NoAnswer",
        TargetBusy = "TargetBusy",
        InvalidNumber = "InvalidNumber",
        InternationalDisabled = "InternationalDisabled",
        DestinationBlocked = "DestinationBlocked",
        NotEnoughFunds = "NotEnoughFunds",
        NoSuchUser = "NoSuchUser",
        CallPark = "CallPark",
        CallRedirected = "CallRedirected",
        CallReplied = "CallReplied",
        CallSwitch = "CallSwitch",
        CallFinished = "CallFinished",
        CallDropped = "CallDropped",
        Voicemail = "Voicemail",
    }
}

/// Where a call went.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Peer {
    /// The session, as the call log names it.
    #[serde(default, deserialize_with = "tolerant::or_default")]
    pub session_id: Option<SessionId>,
    /// The session.
    pub telephony_session_id: Option<TelephonySessionId>,
    /// The party.
    pub party_id: Option<PartyId>,
}

/// Where a call is parked.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Park {
    /// The place, for example `*801`.
    pub id: Option<String>,
}

/// A recording under way.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PartyRecording {
    /// The recording.
    pub id: RecordingId,
    /// Whether it is recording or paused.
    #[serde(rename = "active", default)]
    pub is_active: bool,
}

/// The extension behind a party.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PartyOwner {
    /// The account.
    #[serde(default, deserialize_with = "tolerant::or_default")]
    pub account_id: Option<AccountId>,
    /// The extension.
    #[serde(default, deserialize_with = "tolerant::or_default")]
    pub extension_id: Option<ExtensionId>,
}
