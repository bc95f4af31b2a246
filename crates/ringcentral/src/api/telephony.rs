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
    wire_time,
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
    #[serde(rename = "creationTime", default, with = "wire_time::optional")]
    pub created_at: Option<Timestamp>,
    /// How it came about.
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
    pub sequence: i64,
    /// The session, as the call log names it.
    pub session_id: Option<SessionId>,
    /// The session.
    pub telephony_session_id: TelephonySessionId,
    /// When it happened.
    #[serde(rename = "eventTime", default, with = "wire_time::optional")]
    pub occurred_at: Option<Timestamp>,
    /// How the session came about.
    pub origin: Option<Origin>,
    /// The parties that changed.
    #[serde(default)]
    pub parties: Vec<Party>,
}

/// How a session came about.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Origin {
    /// `Call`, `RingOut`, `Conference` and so on.
    #[serde(rename = "type")]
    pub kind: String,
}

/// One leg of a session.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Party {
    /// The party.
    pub id: PartyId,
    /// The account.
    pub account_id: Option<AccountId>,
    /// The extension. Absent for the outside end of a call.
    pub extension_id: Option<ExtensionId>,
    /// In the technical sense: inbound is from RingCentral to the phone.
    pub direction: Option<Direction>,
    /// The calling end.
    pub from: Option<PartyEnd>,
    /// The called end.
    pub to: Option<PartyEnd>,
    /// What it is doing.
    pub status: PartyStatus,
    /// Whether the call was missed here.
    #[serde(rename = "missedCall", default)]
    pub is_missed_call: bool,
    /// Whether it came through a queue.
    #[serde(rename = "queueCall", default)]
    pub is_queue_call: bool,
    /// Muted.
    #[serde(rename = "muted", default)]
    pub is_muted: bool,
    /// On its own, as after a transfer has begun.
    #[serde(rename = "standAlone", default)]
    pub is_stand_alone: bool,
    /// Where it is parked.
    pub park: Option<Park>,
    /// Recordings of it.
    #[serde(default)]
    pub recordings: Vec<PartyRecording>,
    /// The extension behind it, in answers.
    pub owner: Option<PartyOwner>,
    /// More about it, in answers.
    pub attributes: Option<PartyAttributes>,
    /// What phones show of the call, in events.
    pub ui_call_info: Option<UiCallInfo>,
}

/// More about a party.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PartyAttributes {
    /// Whether it is the agent of a queue.
    #[serde(rename = "queueCall", default)]
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
    pub phone_number: Option<String>,
    /// The name that the network or the directory gave.
    pub name: Option<String>,
    /// The extension.
    pub extension_id: Option<ExtensionId>,
    /// The device.
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
    pub description: Option<String>,
    /// Where the call went, when the party is `Gone`.
    pub peer_id: Option<Peer>,
    /// Whether it belongs to a conference.
    #[serde(rename = "rcc", default)]
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
    pub account_id: Option<AccountId>,
    /// The extension.
    pub extension_id: Option<ExtensionId>,
}
