//! Scenes: what goes on by itself for a while.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::json;

use super::{Body, Done, done, ends};
use crate::demo;
use crate::scenario::{self, BusyMorning, Load};
use crate::simulator::Control;
use crate::wire::instant;

/// A scene to begin.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum NewScene {
    /// Many calls of every kind in a short time.
    BusyMorning {
        calls: Option<u32>,
        over_seconds: Option<f64>,
        speed: Option<f64>,
        seed: Option<u64>,
    },
    /// So many calls at once and so many notifications a second.
    Load {
        concurrent: Option<usize>,
        events_per_second: Option<f64>,
        seconds: Option<f64>,
        seed: Option<u64>,
    },
    /// An ordinary day in the demo company.
    OfficeLife,
}

pub(super) async fn begin(State(control): State<Control>, body: Body<NewScene>) -> Done {
    let Json(new) = body?;
    match new {
        NewScene::BusyMorning {
            calls,
            over_seconds,
            speed,
            seed,
        } => {
            let usual = BusyMorning::default();
            let morning = BusyMorning {
                calls: calls.unwrap_or(usual.calls),
                over: over_seconds.map_or(Ok(usual.over), ends::seconds)?,
                speed: speed.unwrap_or(usual.speed),
                seed: seed.unwrap_or(usual.seed),
            };
            let ends_at = control.world(|world| scenario::busy_morning(world, &morning));
            Ok(Json(json!({"ends_at": instant(ends_at)})))
        }
        NewScene::Load {
            concurrent,
            events_per_second,
            seconds,
            seed,
        } => {
            let usual = Load::default();
            let wanted = Load {
                concurrent: concurrent.unwrap_or(usual.concurrent),
                events_per_second: events_per_second.unwrap_or(usual.events_per_second),
                lasts: seconds.map(ends::seconds).transpose()?,
                seed: seed.unwrap_or(usual.seed),
            };
            control.world(|world| scenario::load(world, &wanted));
            done()
        }
        NewScene::OfficeLife => {
            control.world(demo::come_alive);
            done()
        }
    }
}

/// No scene goes on; calls that are on end as they were planned.
pub(super) async fn end(State(control): State<Control>) -> Done {
    control.world(|world| world.end_scenes());
    done()
}
