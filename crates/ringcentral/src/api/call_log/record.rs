//! The shape of a call log record and its legs.
//!
//! What a result means to a person is decided elsewhere; here stand the vendor's words.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{CallAction, CallReason, CallResult, CallType, LegType, RecordingType, Transport};
use crate::{
    api::{Direction, ExtensionLink},
    id::{
        CallRecordId, DeviceId, ExtensionId, MessageId, PartyId, RecordingId, SessionId, TelephonySessionId,
    },
    page::{Record, RecordError, plain_records, read_json},
    wire_time,
};

/// A call (or fax transmission) of the call log.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CallLogRecord {
    /// The record.
    pub id: CallRecordId,
    /// The session, as presence names it.
    pub session_id: Option<SessionId>,
    /// The session, as telephony events name it.
    pub telephony_session_id: Option<TelephonySessionId>,
    /// The party of the telephony session.
    pub party_id: Option<PartyId>,
    /// When the call started.
    #[serde(rename = "startTime", with = "wire_time::required")]
    pub started_at: Timestamp,
    /// Duration in seconds.
    #[serde(rename = "duration")]
    pub duration_secs: Option<u64>,
    /// Duration in milliseconds.
    pub duration_ms: Option<u64>,
    /// Call or fax.
    #[serde(rename = "type")]
    pub kind: CallType,
    /// To us or from us.
    pub direction: Direction,
    /// What was done.
    pub action: Option<CallAction>,
    /// How it ended.
    pub result: Option<CallResult>,
    /// Why it ended so.
    pub reason: Option<CallReason>,
    /// The same in a sentence.
    pub reason_description: Option<String>,
    /// Over the phone network or the internet.
    pub transport: Option<Transport>,
    /// Who called. Absent parts were withheld.
    pub from: Option<CallParty>,
    /// Who was called.
    pub to: Option<CallParty>,
    /// The extension whose call it was.
    pub extension: Option<ExtensionLink>,
    /// Its recording.
    pub recording: Option<CallRecording>,
    /// The recording was too short to be kept.
    #[serde(rename = "shortRecording", default)]
    pub has_short_recording: bool,
    /// The voicemail or fax that came of it.
    pub message: Option<CallMessage>,
    /// On whose behalf it was made.
    pub delegate: Option<Delegate>,
    /// False while the call is under way; absent on older records.
    #[serde(rename = "finished")]
    pub is_finished: Option<bool>,
    /// The call's way through the company; detailed view only, in the order executed.
    #[serde(default)]
    pub legs: Vec<CallLeg>,
    /// When the record changed last; detailed view only.
    #[serde(rename = "lastModifiedTime", default, with = "wire_time::optional")]
    pub last_modified_at: Option<Timestamp>,
    /// What it cost; detailed view only.
    pub billing: Option<Billing>,
}
plain_records!(CallLogRecord);

/// One step of a call's way through the company.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CallLeg {
    /// When the leg started.
    #[serde(rename = "startTime", default, with = "wire_time::optional")]
    pub started_at: Option<Timestamp>,
    /// Duration in seconds.
    #[serde(rename = "duration")]
    pub duration_secs: Option<u64>,
    /// Duration in milliseconds.
    pub duration_ms: Option<u64>,
    /// Call or fax.
    #[serde(rename = "type")]
    pub kind: Option<CallType>,
    /// To us or from us.
    pub direction: Option<Direction>,
    /// What was done.
    pub action: Option<CallAction>,
    /// How it ended.
    pub result: Option<CallResult>,
    /// Why it ended so.
    pub reason: Option<CallReason>,
    /// The same in a sentence.
    pub reason_description: Option<String>,
    /// The kind of step.
    pub leg_type: Option<LegType>,
    /// Whether it is the leg that stands for the call.
    #[serde(rename = "master", default)]
    pub is_master: bool,
    /// Over the phone network or the internet.
    pub transport: Option<Transport>,
    /// Who called.
    pub from: Option<CallParty>,
    /// Who was called.
    pub to: Option<CallParty>,
    /// The extension this leg belongs to.
    pub extension: Option<ExtensionLink>,
    /// The telephony session.
    pub telephony_session_id: Option<TelephonySessionId>,
    /// The party of the telephony session.
    pub party_id: Option<PartyId>,
    /// Its recording.
    pub recording: Option<CallRecording>,
    /// The voicemail or fax that came of it.
    pub message: Option<CallMessage>,
}

/// One end of a call.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CallParty {
    /// The number, with or without `+`; may be masked (`+1855201XXXX`); absent when withheld.
    pub phone_number: Option<String>,
    /// The short number, for an extension.
    pub extension_number: Option<String>,
    /// The extension.
    pub extension_id: Option<ExtensionId>,
    /// The name that the network or the directory gave.
    pub name: Option<String>,
    /// Where the number is from.
    pub location: Option<String>,
    /// The device used.
    pub device: Option<DeviceLink>,
    /// The number that was dialled to get here.
    pub dialed_phone_number: Option<String>,
    /// The number that dialled.
    pub dialer_phone_number: Option<String>,
}

/// A link to a device.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeviceLink {
    /// The device.
    pub id: DeviceId,
}

/// A recording of a call. Kept for 90 days by the vendor.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CallRecording {
    /// The recording.
    pub id: RecordingId,
    /// Made by itself or on demand.
    #[serde(rename = "type")]
    pub kind: Option<RecordingType>,
    /// Where the sound is; follow it, do not build it.
    pub content_uri: Option<String>,
}

/// The voicemail or fax that came of a call.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CallMessage {
    /// The message in the message store.
    pub id: MessageId,
    /// `VoiceMail` or `Fax`.
    #[serde(rename = "type")]
    pub kind: Option<crate::api::message::MessageType>,
    /// Where it is.
    pub uri: Option<String>,
}

/// The person on whose behalf a call was made.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Delegate {
    /// The extension.
    pub id: ExtensionId,
    /// Its name.
    pub name: Option<String>,
}

/// What a call cost.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Billing {
    /// Covered by the plan.
    pub cost_included: Option<f64>,
    /// Paid for.
    pub cost_purchased: Option<f64>,
}

/// What a sync says about one record.
#[derive(Debug, Clone, PartialEq)]
pub enum CallLogChange {
    /// New or changed.
    Record(Box<CallLogRecord>),
    /// Deleted on the server.
    Deleted {
        /// The record that is gone.
        id: CallRecordId,
    },
}

impl Record for CallLogChange {
    fn from_raw(raw: &RawValue) -> Result<Self, RecordError> {
        #[derive(Deserialize)]
        struct Fate {
            id: CallRecordId,
            #[serde(default)]
            deleted: bool,
        }
        // A deleted record comes with little more than its id, so this is asked first.
        let fate: Fate = read_json(raw.get())?;
        if fate.deleted {
            return Ok(Self::Deleted { id: fate.id });
        }
        read_json(raw.get()).map(|record| Self::Record(Box::new(record)))
    }
}
