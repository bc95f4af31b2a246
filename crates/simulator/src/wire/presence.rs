//! Presence, as the API and as notifications show it.

use serde_json::{Map, Value, json};

use super::{Links, instant, person, telephony};
use crate::world::World;
use crate::world::presence::{DndStatus, MeetingStatus, PresenceCall, PresenceSnapshot, UserStatus};

/// How much of the calls is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Detail {
    /// `detailedTelephonyState`
    pub(crate) with_calls: bool,
    /// `sipData`
    pub(crate) with_sip_data: bool,
}

/// A presence as `…/presence` answers it.
pub(crate) fn status(world: &World, links: &Links, snapshot: &PresenceSnapshot, detail: Detail) -> Value {
    let mut body = common(snapshot, detail);
    body.insert(
        "uri".into(),
        json!(links.extension(snapshot.extension_id, "/presence")),
    );
    if let Some(extension) = world.extension(snapshot.extension_id) {
        body.insert("extension".into(), person::extension_reference(links, extension));
    }
    if let Some(message) = &snapshot.settings.message {
        body.insert("message".into(), json!(message));
    }
    Value::Object(body)
}

/// What is shown of an extension that has no presence, such as a call queue.
pub(crate) fn absent(world: &World, links: &Links, id: crate::world::ids::ExtensionId) -> Value {
    let mut body = json!({
        "uri": links.extension(id, "/presence"),
        "presenceStatus": "Offline",
    });
    if let (Some(extension), Some(fields)) = (world.extension(id), body.as_object_mut()) {
        fields.insert("extension".into(), person::extension_reference(links, extension));
    }
    body
}

/// The body of a presence notification. Recorded ones carry the extension's identifier as a number.
pub(crate) fn notification(snapshot: &PresenceSnapshot, detail: Detail) -> Value {
    let mut body = common(snapshot, detail);
    body.insert("extensionId".into(), json!(snapshot.extension_id.0));
    body.insert("sequence".into(), json!(snapshot.settings.sequence));
    Value::Object(body)
}

/// `…/unified-presence`: one word for everything.
pub(crate) fn unified(snapshot: &PresenceSnapshot) -> Value {
    let settings = &snapshot.settings;
    let does_not_disturb = settings.dnd_status == DndStatus::DoNotAcceptAnyCalls;
    let visibility = if settings.allows_see_my_presence {
        "Visible"
    } else {
        "Invisible"
    };
    let availability = match settings.dnd_status {
        DndStatus::DoNotAcceptAnyCalls => "DoNotAcceptAnyCalls",
        DndStatus::DoNotAcceptDepartmentCalls => "DoNotAcceptQueueCalls",
        DndStatus::TakeAllCalls | DndStatus::TakeDepartmentCallsOnly => "TakeAllCalls",
    };
    let status = match (settings.user_status, does_not_disturb) {
        (UserStatus::Offline, _) => "Offline",
        (_, true) => "DND",
        _ => snapshot.presence_status.as_str(),
    };
    json!({
        "status": status,
        "glip": {
            "status": if settings.user_status == UserStatus::Offline { "Offline" } else { "Online" },
            "visibility": visibility,
            "availability": if does_not_disturb { "DND" } else { "Available" },
        },
        "telephony": {
            "status": snapshot.telephony_status.as_str(),
            "visibility": visibility,
            "availability": availability,
        },
        "meeting": {
            "status": if settings.meeting_status == MeetingStatus::Connected { "InMeeting" } else { "NoMeeting" },
        },
    })
}

fn common(snapshot: &PresenceSnapshot, detail: Detail) -> Map<String, Value> {
    let settings = &snapshot.settings;
    let mut body = Map::new();
    body.insert(
        "telephonyStatus".into(),
        json!(snapshot.telephony_status.as_str()),
    );
    if detail.with_calls {
        let calls: Vec<Value> = snapshot
            .calls
            .iter()
            .map(|one| active_call(one, detail.with_sip_data))
            .collect();
        body.insert("activeCalls".into(), json!(calls));
        body.insert("totalActiveCalls".into(), json!(snapshot.total_active_calls));
    }
    body.insert("presenceStatus".into(), json!(snapshot.presence_status.as_str()));
    body.insert("userStatus".into(), json!(settings.user_status.as_str()));
    if snapshot.has_new_call_handling {
        let personal = match settings.dnd_status.takes_own_calls() {
            true => DndStatus::TakeAllCalls,
            false => DndStatus::DoNotAcceptAnyCalls,
        };
        body.insert("dndStatus".into(), json!("Unknown"));
        body.insert("dndStatusPersonal".into(), json!(personal.as_str()));
        body.insert(
            "acceptCallQueueCalls".into(),
            json!(settings.dnd_status.takes_queue_calls()),
        );
    } else {
        body.insert("dndStatus".into(), json!(settings.dnd_status.as_str()));
    }
    body.insert("meetingStatus".into(), json!(settings.meeting_status.as_str()));
    body.insert(
        "allowSeeMyPresence".into(),
        json!(settings.allows_see_my_presence),
    );
    body.insert(
        "ringOnMonitoredCall".into(),
        json!(settings.rings_on_monitored_call),
    );
    body.insert("pickUpCallsOnHold".into(), json!(settings.picks_up_calls_on_hold));
    body
}

fn active_call(call: &PresenceCall, with_sip_data: bool) -> Value {
    let mut body = json!({
        "id": format!("{:x}{}", call.telephony_session_id.0 as u64, call.party_id.number),
        "direction": call.direction.as_str(),
        "queueCall": call.is_queue_call,
        "telephonyStatus": call.telephony_status.as_str(),
        "sessionId": call.session_id.to_string(),
        "startTime": instant(call.started_at),
        "partyId": call.party_id.to_string(),
        "telephonySessionId": call.telephony_session_id.to_string(),
    });
    let Value::Object(fields) = &mut body else {
        return body;
    };
    for (number_key, name_key, endpoint) in [("from", "fromName", &call.from), ("to", "toName", &call.to)] {
        if let Some(number) = endpoint.telephony_number() {
            fields.insert(number_key.into(), json!(number));
        }
        if let Some(name) = &endpoint.name {
            fields.insert(name_key.into(), json!(&**name));
        }
    }
    if call.is_terminated {
        fields.insert("terminationType".into(), json!("final"));
    }
    if with_sip_data {
        fields.insert("sipData".into(), telephony::sip_data(call.telephony_session_id));
    }
    body
}
