//! Presence: who can be reached, who is on a call, who wants to be left alone.
//!
//! The vendor has no value "on a call" or "do not disturb"; composing them from these fields is the caller's.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Direction, ExtensionLink, ExtensionRef, OWN, area,
    operations::{READ_ACCOUNT_PRESENCE, READ_USER_PRESENCE_STATUS, UPDATE_USER_PRESENCE_STATUS},
};
use crate::{
    client::{Query, Request},
    error::Error,
    id::{ExtensionId, PartyId, SessionId, TelephonySessionId},
    open_enum::open_enum,
    page::{Page, plain_records},
    rate_limit::Priority,
    tolerant,
};

area! {
    /// Presence. From [`crate::Client::presence`].
    PresenceApi
}

impl PresenceApi<'_> {
    /// Reads one extension's presence with its calls (`readUserPresenceStatus`; scope `ReadPresence`).
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn get(&self, extension: &ExtensionRef, priority: Priority) -> Result<Presence, Error> {
        Request::new(&READ_USER_PRESENCE_STATUS, &[OWN, extension.as_str()], priority)
            .query(Query::default().flag("detailedTelephonyState", true))
            .read(self.client)
            .await
    }

    /// Reads everyone's presence (`readAccountPresence`, group Heavy; scope `ReadPresence`).
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn of_account(&self, priority: Priority) -> Result<Page<Presence>, Error> {
        self.client
            .all_pages(|page| {
                let query = Query::default()
                    .flag("detailedTelephonyState", true)
                    .set("page", Some(page))
                    .set("perPage", Some(1000));
                Request::new(&READ_ACCOUNT_PRESENCE, &[OWN], priority).query(query)
            })
            .await
    }

    /// Changes one extension's presence (`updateUserPresenceStatus`; scope `EditPresence`).
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn update(
        &self,
        extension: &ExtensionRef,
        change: &PresenceUpdate,
        priority: Priority,
    ) -> Result<Presence, Error> {
        Request::new(&UPDATE_USER_PRESENCE_STATUS, &[OWN, extension.as_str()], priority)
            .json(change)?
            .read(self.client)
            .await
    }
}

open_enum! {
    /// Reachable or not, as the person says (`userStatus`) or as the vendor sums up (`presenceStatus`).
    pub enum PresenceStatus {
        Offline = "Offline",
        Busy = "Busy",
        Available = "Available",
    }
}

open_enum! {
    /// What the phone is doing.
    pub enum TelephonyStatus {
        NoCall = "NoCall",
        CallConnected = "CallConnected",
        Ringing = "Ringing",
        OnHold = "OnHold",
        ParkedCall = "ParkedCall",
    }
}

open_enum! {
    /// Which calls the person takes.
    pub enum DndStatus {
        TakeAllCalls = "TakeAllCalls",
        DoNotAcceptDepartmentCalls = "DoNotAcceptDepartmentCalls",
        TakeDepartmentCallsOnly = "TakeDepartmentCallsOnly",
        DoNotAcceptAnyCalls = "DoNotAcceptAnyCalls",
    }
}

open_enum! {
    /// Whether the person is in a video meeting.
    pub enum MeetingStatus {
        Connected = "Connected",
        Disconnected = "Disconnected",
    }
}

/// One extension's presence, from an answer or an event. Extensions that are no people have few of these fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Presence {
    /// The extension, in answers. Use [`Presence::extension_id`].
    pub extension: Option<ExtensionLink>,
    /// The extension, in events. Use [`Presence::extension_id`].
    #[serde(rename = "extensionId")]
    pub event_extension_id: Option<ExtensionId>,
    /// Events of one extension count up; a lower number is older news.
    pub sequence: Option<u64>,
    /// The vendor's sum.
    pub presence_status: Option<PresenceStatus>,
    /// What the person says.
    pub user_status: Option<PresenceStatus>,
    /// What the phone is doing.
    pub telephony_status: Option<TelephonyStatus>,
    /// Which calls the person takes.
    pub dnd_status: Option<DndStatus>,
    /// The same on accounts with the new call handling.
    pub dnd_status_personal: Option<DndStatus>,
    /// Whether calls of queues come, on accounts with the new call handling.
    #[serde(rename = "acceptCallQueueCalls")]
    pub accepts_queue_calls: Option<bool>,
    /// Whether in a video meeting.
    pub meeting_status: Option<MeetingStatus>,
    /// A short message to colleagues, at most 75 characters.
    pub message: Option<String>,
    /// Calls under way, at most seven. `None` when details were not asked for.
    pub active_calls: Option<Vec<ActiveCall>>,
    /// How many calls there are in all.
    pub total_active_calls: Option<u32>,
}
plain_records!(Presence);

impl Presence {
    /// The extension this is about.
    pub fn extension_id(&self) -> Option<&ExtensionId> {
        self.event_extension_id
            .as_ref()
            .or(self.extension.as_ref().map(|extension| &extension.id))
    }

    /// Whether there are no calls beyond those in [`Presence::active_calls`], which are at most seven.
    pub fn shows_all_calls(&self) -> bool {
        let shown = self.active_calls.as_ref().map_or(0, Vec::len);
        self.total_active_calls
            .is_none_or(|total| usize::try_from(total).is_ok_and(|total| total <= shown))
    }
}

/// A call as presence shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ActiveCall {
    /// The call.
    pub id: Option<String>,
    /// To us or from us.
    pub direction: Option<Direction>,
    /// Whether it came through a queue.
    #[serde(rename = "queueCall", deserialize_with = "tolerant::or_default")]
    pub is_queue_call: bool,
    /// The caller's number, with or without `+`.
    pub from: Option<String>,
    /// The caller's name.
    pub from_name: Option<String>,
    /// The number called.
    pub to: Option<String>,
    /// Its name.
    pub to_name: Option<String>,
    /// When it started.
    #[serde(rename = "startTime", deserialize_with = "tolerant::instant")]
    pub started_at: Option<Timestamp>,
    /// What it is doing.
    pub telephony_status: Option<TelephonyStatus>,
    /// The session, as the call log names it.
    pub session_id: Option<SessionId>,
    /// The session, as telephony events name it.
    pub telephony_session_id: Option<TelephonySessionId>,
    /// The party of the telephony session.
    pub party_id: Option<PartyId>,
    /// `final` when the call has ended.
    pub termination_type: Option<String>,
}

/// A change of presence; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PresenceUpdate {
    /// What the person says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_status: Option<PresenceStatus>,
    /// Which calls the person takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dnd_status: Option<DndStatus>,
    /// The same on accounts with the new call handling, where `dndStatus` does not apply.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dnd_status_personal: Option<DndStatus>,
    /// Whether calls of queues come, on the same accounts.
    #[serde(rename = "acceptCallQueueCalls", skip_serializing_if = "Option::is_none")]
    pub accepts_queue_calls: Option<bool>,
    /// A short message to colleagues; an empty one clears it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}
