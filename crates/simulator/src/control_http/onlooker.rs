//! The true list of live calls and presences, in the simulator's own words, for comparing with what a client shows.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::simulator::Control;
use crate::wire::instant;
use crate::world::World;
use crate::world::ids::ExtensionId;
use crate::world::number::Endpoint;
use crate::world::onlooker::{CallStanding, CallWay, Doing, LiveCall};

/// Calls that are on, by when they began.
pub(super) async fn live_calls(State(control): State<Control>) -> Json<Value> {
    let calls: Vec<Value> = control.world(|world| {
        let calls = world.live_calls();
        calls.iter().map(|call| tell(world, call)).collect()
    });
    Json(json!({"now": instant(control.clock().now()), "calls": calls}))
}

/// Everybody, by identifier.
pub(super) async fn presences(State(control): State<Control>) -> Json<Value> {
    let people: Vec<Value> = control.world(|world| {
        let known = world.presences();
        let shown = known.iter().map(|(snapshot, doing)| {
            let settings = &snapshot.settings;
            json!({
                "extension": short_number(world, snapshot.extension_id),
                "extension_id": snapshot.extension_id.to_string(),
                "name": world.extension(snapshot.extension_id).map(|one| one.name.as_str()),
                "doing": doing_word(*doing),
                "user_status": settings.user_status.as_str(),
                "presence_status": snapshot.presence_status.as_str(),
                "dnd_status": settings.dnd_status.as_str(),
                "telephony_status": snapshot.telephony_status.as_str(),
                "meeting_status": settings.meeting_status.as_str(),
                "message": settings.message,
                "calls": snapshot.total_active_calls,
                "sequence": settings.sequence,
                "stays_out_of": world
                    .queues_of(snapshot.extension_id)
                    .filter(|queue| !world.is_present_in_queue(queue.id, snapshot.extension_id))
                    .map(|queue| queue.number.to_string())
                    .collect::<Vec<_>>(),
            })
        });
        shown.collect()
    });
    Json(json!({"now": instant(control.clock().now()), "people": people}))
}

fn tell(world: &World, call: &LiveCall) -> Value {
    let numbers =
        |ids: &[ExtensionId]| -> Vec<String> { ids.iter().map(|id| short_number(world, *id)).collect() };
    let listeners: Vec<Value> = call
        .listeners
        .iter()
        .map(|(who, whom)| json!({"who": short_number(world, *who), "whom": short_number(world, *whom)}))
        .collect();
    json!({
        "telephonySessionId": call.session.to_string(),
        "sessionId": call.session_id.to_string(),
        "way": way_word(call.way),
        "standing": standing_word(call.standing),
        "standing_since": instant(call.standing_since),
        "outside_number": call.outside.as_ref().and_then(Endpoint::telephony_number),
        "outside_name": call.outside.as_ref().and_then(|end| end.name.as_deref()),
        "queue": call.queue.map(|id| short_number(world, id)),
        "waiting": call.is_waiting,
        "members": numbers(&call.members),
        "ringing": numbers(&call.ringing),
        "listeners": listeners,
        "began_at": instant(call.began_at),
        "answered_at": call.answered_at.map(instant),
    })
}

fn short_number(world: &World, id: ExtensionId) -> String {
    world
        .extension(id)
        .map_or_else(|| id.to_string(), |one| one.number.to_string())
}

fn way_word(way: CallWay) -> &'static str {
    match way {
        CallWay::Inbound => "inbound",
        CallWay::Outbound => "outbound",
        CallWay::Internal => "internal",
    }
}

fn standing_word(standing: CallStanding) -> &'static str {
    match standing {
        CallStanding::Ringing => "ringing",
        CallStanding::Talking => "talking",
        CallStanding::OnHold => "on_hold",
        CallStanding::Parked => "parked",
        CallStanding::InVoicemail => "in_voicemail",
    }
}

fn doing_word(doing: Doing) -> &'static str {
    match doing {
        Doing::DoNotDisturb => "do_not_disturb",
        Doing::OnCall => "on_call",
        Doing::Ringing => "ringing",
        Doing::Available => "available",
        Doing::Busy => "busy",
        Doing::Offline => "offline",
    }
}
