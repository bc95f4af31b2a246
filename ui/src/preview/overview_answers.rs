//! What the overview of the sample company says. `?overview=` shows a state: `calm`, `new` for a first day.

use super::answers::reply;
use super::world::{self, World};
use super::{failure, live_calls};
use crate::browser;
use crate::clock;
use domain::communication::{Body, Communication, Kind};
use domain::ipc::overview::GetOverview;
use domain::ipc::{Command, IpcError};
use domain::live_calls::{CallsSeen, CompanyCallState};
use domain::overview::{
    DayFigure, DayFigureKind, Heartbeat, LiveInShort, LostSoon, Overview, Owed, OwedKind,
};
use jiff::SignedDuration;
use serde_json::Value;

fn wants(state: &str) -> bool {
    browser::parameter("overview").as_deref() == Some(state)
}

/// The reply to the request `name`.
pub(super) fn answer(name: &str, request: Value) -> Result<Value, IpcError> {
    match name {
        GetOverview::NAME => reply(request, |_: GetOverview| Ok(world::with(|world| overview(world)))),
        _ => Err(failure(name)),
    }
}

fn overview(world: &World) -> Overview {
    let is_calm = wants("calm") || wants("new");
    Overview {
        owed: if is_calm { Vec::new() } else { owed(world) },
        heartbeat: Heartbeat::default(),
        live: live(world),
        day: day(),
        lost_soon: if is_calm { Vec::new() } else { lost_soon() },
    }
}

fn owed(world: &World) -> Vec<Owed> {
    let of = |kind, keep: fn(&Communication) -> bool| {
        let mut items: Vec<Communication> = world
            .items
            .iter()
            .filter(|item| !item.is_done && keep(item))
            .cloned()
            .collect();
        items.reverse();
        let count = u32::try_from(items.len()).unwrap_or(u32::MAX);
        items.truncate(3);
        Owed {
            kind,
            count,
            oldest_at: items.first().map(|item| item.occurred_at),
            first: items,
        }
    };
    let mut owed = vec![
        of(OwedKind::MissedCalls, |item| item.is_owed),
        of(OwedKind::Voicemail, |item| {
            !item.is_read && matches!(item.body, Body::Voicemail { .. })
        }),
        of(OwedKind::Texts, |item| {
            !item.is_read && matches!(item.body, Body::Text { .. })
        }),
        of(OwedKind::Faxes, |item| {
            !item.is_read && matches!(item.body, Body::Fax { .. })
        }),
        Owed {
            kind: OwedKind::FailedSends,
            count: 1,
            oldest_at: Some(clock::now().at - SignedDuration::from_mins(230)),
            first: Vec::new(),
        },
    ];
    owed.retain(|owed| owed.count > 0);
    owed
}

fn live(world: &World) -> LiveInShort {
    let calls = live_calls::live_calls(world);
    let count = |state| {
        let with = calls.calls.iter().filter(|call| call.state == state).count();
        u32::try_from(with).unwrap_or(0)
    };
    LiveInShort {
        talking: count(CompanyCallState::Talking),
        ringing: count(CompanyCallState::Ringing),
        waiting: count(CompanyCallState::Waiting),
        longest_wait_since: None,
        seen: CallsSeen::Company,
    }
}

fn day() -> Vec<DayFigure> {
    let figure = |kind, today, usual: f64| DayFigure {
        kind,
        today: if wants("new") { 0 } else { today },
        usual: (!wants("new")).then_some(usual),
        days: if wants("new") { 0 } else { 8 },
    };
    vec![
        figure(DayFigureKind::CallsIn, 63, 58.2),
        figure(DayFigureKind::CallsOut, 21, 34.0),
        figure(DayFigureKind::Missed, 9, 4.1),
        figure(DayFigureKind::Texts, 41, 38.0),
        figure(DayFigureKind::Voicemail, 3, 3.4),
        figure(DayFigureKind::Faxes, 6, 2.5),
    ]
}

fn lost_soon() -> Vec<LostSoon> {
    let lost = |kind, count, hours| LostSoon {
        kind,
        count,
        first_at: clock::now().at + SignedDuration::from_hours(hours),
    };
    vec![lost(Kind::Voicemail, 3, 41), lost(Kind::Fax, 1, 90)]
}
