//! Who may listen in to whose calls, and listening in.
//!
//! `Listen` is the only mode there is here; whisper, barge and take over are codes that the supervisor dials
//! (developers.ringcentral.com/guide/voice/supervision).

use serde::{Deserialize, Serialize};

use super::{
    OWN, area,
    operations::{LIST_CALL_MONITORING_GROUP_MEMBERS, LIST_CALL_MONITORING_GROUPS, SUPERVISE_CALL_SESSION},
    telephony::PartyStatus,
};
use crate::{
    client::{Query, Request},
    error::Error,
    id::{DeviceId, ExtensionId, MonitoringGroupId, PartyId, TelephonySessionId},
    open_enum::open_enum,
    page::{Page, plain_records},
    rate_limit::Priority,
};

area! {
    /// Monitoring groups and supervision. From [`crate::Client::call_monitoring`].
    CallMonitoring
}

impl CallMonitoring<'_> {
    /// Reads the monitoring groups, or only those that an extension belongs to (`listCallMonitoringGroups`; scope
    /// `ReadAccounts`).
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn groups(
        &self,
        member: Option<&ExtensionId>,
        priority: Priority,
    ) -> Result<Page<MonitoringGroup>, Error> {
        self.client
            .all_pages(|page| {
                let query = Query::default()
                    .set("memberExtensionId", member.map(ExtensionId::as_str))
                    .set("page", Some(page));
                Request::new(&LIST_CALL_MONITORING_GROUPS, &[OWN], priority).query(query)
            })
            .await
    }

    /// Reads all members of a group (`listCallMonitoringGroupMembers`; scope `ReadAccounts`).
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn members(
        &self,
        group: &MonitoringGroupId,
        priority: Priority,
    ) -> Result<Page<MonitoringMember>, Error> {
        self.client
            .all_pages(|page| {
                Request::new(
                    &LIST_CALL_MONITORING_GROUP_MEMBERS,
                    &[OWN, group.as_str()],
                    priority,
                )
                .query(Query::default().set("page", Some(page)))
            })
            .await
    }

    /// Rings the supervisor's device, which then hears the call (`superviseCallSession`; scope `CallControl`). Not to be
    /// repeated: each request rings.
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn supervise(
        &self,
        session: &TelephonySessionId,
        request: &SuperviseRequest,
        priority: Priority,
    ) -> Result<SupervisingParty, Error> {
        Request::new(&SUPERVISE_CALL_SESSION, &[OWN, session.as_str()], priority)
            .json(request)?
            .once()
            .read(self.client)
            .await
    }
}

open_enum! {
    /// What a member of a monitoring group may do or bear.
    pub enum MonitoringPermission {
        /// Listens in to others.
        Monitoring = "Monitoring",
        /// Is listened in to.
        Monitored = "Monitored",
    }
}

/// A group within which calls are monitored.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct MonitoringGroup {
    /// The group.
    pub id: MonitoringGroupId,
    /// Its name.
    pub name: Option<String>,
}
plain_records!(MonitoringGroup);

/// A member of a monitoring group.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MonitoringMember {
    /// The extension.
    pub id: ExtensionId,
    /// Its short number.
    pub extension_number: Option<String>,
    /// Both are possible at once.
    #[serde(default)]
    pub permissions: Vec<MonitoringPermission>,
}
plain_records!(MonitoringMember);

/// Listening in to one colleague's end of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SuperviseRequest {
    mode: &'static str,
    supervisor_device_id: DeviceId,
    agent_extension_id: ExtensionId,
    auto_answer: bool,
    #[serde(rename = "mediaSDP")]
    media: &'static str,
}

impl SuperviseRequest {
    /// Rings `device`, an online desk phone or soft phone of the supervisor (mobiles and web phones are refused).
    pub fn listen(device: DeviceId, agent: ExtensionId) -> Self {
        Self {
            mode: "Listen",
            supervisor_device_id: device,
            agent_extension_id: agent,
            auto_answer: true,
            media: "sendRecv",
        }
    }
}

/// The party that listens.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SupervisingParty {
    /// The party.
    pub id: PartyId,
    /// `Answered` for the reason `Supervising` once the device has answered.
    pub status: Option<PartyStatus>,
}
