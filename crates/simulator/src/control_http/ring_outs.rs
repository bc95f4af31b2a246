//! RingOut calls: how numbers behave when they are rung, which calls are on, and legs moved by hand.

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Body, Done, Refused, done, ends};
use crate::simulator::Control;
use crate::world::ids::TelephonySessionId;
use crate::world::ring_out::{LegBehaviour, LegOutcome, RingOutStatus};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewBehaviour {
    /// The caller's own phone, or a number that is called.
    number: String,
    behaviour: Behaviour,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
enum Behaviour {
    Answers {
        after_seconds: Option<f64>,
        talk_seconds: Option<f64>,
    },
    Busy,
    NoAnswer,
    Rejects,
    Unreachable,
    ByHand,
}

/// How a leg that rings goes on.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    Answered,
    Busy,
    NoAnswer,
    Rejected,
    Unreachable,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LegMove {
    outcome: Outcome,
}

pub(super) async fn set_behaviour(State(control): State<Control>, body: Body<NewBehaviour>) -> Done {
    let Json(new) = body?;
    let number = ends::number(&new.number)?;
    let behaviour = match new.behaviour {
        Behaviour::Answers {
            after_seconds,
            talk_seconds,
        } => LegBehaviour::Answers {
            after: ends::seconds(after_seconds.unwrap_or(5.0))?,
            talk: ends::seconds(talk_seconds.unwrap_or(45.0))?,
        },
        Behaviour::Busy => LegBehaviour::Busy,
        Behaviour::NoAnswer => LegBehaviour::NoAnswer,
        Behaviour::Rejects => LegBehaviour::Rejects,
        Behaviour::Unreachable => LegBehaviour::Unreachable,
        Behaviour::ByHand => LegBehaviour::ByHand,
    };
    control.world(|world| world.set_leg_behaviour(number, behaviour));
    done()
}

/// Calls whose state can still be read.
pub(super) async fn list(State(control): State<Control>) -> Json<Value> {
    let all: Vec<Value> = control.world(|world| {
        let shown = world.ring_outs().map(|(one, state)| {
            json!({
                "id": one.id,
                "extension_id": one.owner.to_string(),
                "telephonySessionId": one.session.to_string(),
                "call": state.call.as_str(),
                "caller": state.caller.as_str(),
                "callee": state.callee.as_str(),
            })
        });
        shown.collect()
    });
    Json(json!({"ring_outs": all}))
}

/// Moves the leg that rings.
pub(super) async fn settle(
    State(control): State<Control>,
    Path(session): Path<String>,
    body: Body<LegMove>,
) -> Done {
    let Json(asked) = body?;
    let id: TelephonySessionId = session
        .parse()
        .map_err(|_| Refused::because(format!("{session} is not a telephony session")))?;
    let outcome = match asked.outcome {
        Outcome::Answered => LegOutcome::Answered,
        Outcome::Busy => LegOutcome::Failed(RingOutStatus::Busy),
        Outcome::NoAnswer => LegOutcome::Failed(RingOutStatus::NoAnswer),
        Outcome::Rejected => LegOutcome::Failed(RingOutStatus::Rejected),
        Outcome::Unreachable => LegOutcome::Failed(RingOutStatus::GenericError),
    };
    control
        .world(|world| world.settle_ring_out_leg(id, outcome))
        .map_err(Refused::because)?;
    done()
}
