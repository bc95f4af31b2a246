//! The simulator itself: who can sign in, what time it is, what was asked, and how much is allowed.

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Body, Done, done, ends};
use crate::rate_limit::RateLimits;
use crate::simulator::{Control, Ready};
use crate::wire::instant;
use crate::world::account::ExtensionType;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ClockMove {
    /// Forward by seconds; what falls due on the way happens.
    AdvanceSeconds(f64),
    /// To an instant; what is then overdue happens at once.
    Set(Timestamp),
    /// Forward to an instant; what falls due on the way happens.
    StepTo(Timestamp),
    /// Off from true time by seconds, before it or behind.
    SkewSeconds(f64),
}

pub(super) async fn ready(State(control): State<Control>) -> Json<Ready> {
    Json(control.ready())
}

pub(super) async fn clock(State(control): State<Control>) -> Json<Value> {
    let clock = control.clock();
    let skew = control.world(|world| world.clock_skew());
    Json(json!({
        "now": instant(clock.now()),
        "manual": clock.is_manual(),
        "skew_seconds": skew.as_secs_f64(),
    }))
}

pub(super) async fn move_clock(State(control): State<Control>, body: Body<ClockMove>) -> Done {
    let Json(asked) = body?;
    match asked {
        ClockMove::AdvanceSeconds(value) => control.advance(ends::seconds(value)?),
        ClockMove::Set(to) => control.set_now(to),
        ClockMove::StepTo(at) => control.step_to(at),
        ClockMove::SkewSeconds(value) => control.set_clock_skew(ends::seconds(value)?),
    }
    Ok(clock(State(control)).await)
}

pub(super) async fn rate_limits(State(control): State<Control>) -> Json<RateLimits> {
    Json(control.rate_limits())
}

/// Groups that are not named get RingCentral's defaults.
pub(super) async fn set_rate_limits(State(control): State<Control>, body: Body<RateLimits>) -> Done {
    let Json(limits) = body?;
    control.set_rate_limits(limits);
    done()
}

pub(super) async fn requests(State(control): State<Control>) -> Json<Value> {
    Json(json!({"requests": control.requests()}))
}

pub(super) async fn clear_requests(State(control): State<Control>) -> Done {
    control.clear_requests();
    done()
}

pub(super) async fn unmatched(State(control): State<Control>) -> Json<Value> {
    Json(json!({"unmatched": control.unmatched()}))
}

/// How much there is, for measuring.
pub(super) async fn counts(State(control): State<Control>) -> Json<Value> {
    let counts = control.world(|world| {
        let people = world
            .extensions()
            .filter(|one| one.kind == ExtensionType::User)
            .count();
        json!({
            "people": people,
            "call_records": world.call_record_count(),
            "messages": world.message_count(),
        })
    });
    Json(counts)
}
