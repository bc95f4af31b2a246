//! The calls and queues of the sample company. `?live=` shows a state: `none`, `own`, `stale`, `many` for a hundred and twenty calls,
//! `busy` for as many about which twenty events a second come.

use super::presence_answers::pick;
use super::world::World;
use super::{history, presence_answers};
use crate::{browser, clock};
use domain::call::DialledLine;
use domain::communication::{Direction, Party};
use domain::event::CoreEvent;
use domain::ids::{CallSessionId, ContactId};
use domain::live_calls::{
    CallMember, CallsSeen, CompanyCall, CompanyCallState, LiveCalls, QueueNow, QueueToday,
};
use domain::presence::TeamMember;
use gloo_timers::callback::Interval;
use jiff::SignedDuration;
use std::cell::Cell;

const MANY: usize = 120;
const EVENT_MS: u32 = 50;

fn wants(state: &str) -> bool {
    browser::parameter("live").as_deref() == Some(state)
}

/// Lets the events of a busy morning come, as many as a company of three hundred has.
pub(super) fn be_busy() {
    thread_local! {
        static IS_BUSY: Cell<bool> = const { Cell::new(false) };
    }
    if !wants("busy") || IS_BUSY.replace(true) {
        return;
    }
    let turn = Cell::new(0_i64);
    let events = Interval::new(EVENT_MS, move || {
        turn.set(turn.get() + 1);
        crate::ipc::announce(&if turn.get() % 2 == 0 {
            CoreEvent::LiveCallsChanged
        } else {
            let contacts = (13..25).map(ContactId).collect();
            CoreEvent::PresenceChanged { contacts }
        });
    });
    events.forget();
}

/// Everything of the page.
pub(super) fn live_calls(world: &World) -> LiveCalls {
    let team = presence_answers::team(world);
    let calls = if wants("none") {
        Vec::new()
    } else if wants("many") || wants("busy") {
        (0..MANY).map(|index| one_of_many(world, &team, index)).collect()
    } else if wants("own") {
        written(world, &team).into_iter().skip(2).take(1).collect()
    } else {
        written(world, &team)
    };
    let seen = if wants("own") {
        CallsSeen::Own {
            reason: "You see your own calls. RingCentral shows the company’s calls to administrators and to those who may monitor calls.".to_owned(),
        }
    } else {
        CallsSeen::Company
    };
    LiveCalls {
        queues: if wants("own") { Vec::new() } else { queues() },
        calls,
        seen,
        stale: wants("stale")
            .then(|| "Nothing has been heard from RingCentral for 3 minutes; calls may have ended or begun meanwhile.".to_owned()),
    }
}

fn ago(seconds: i64) -> jiff::Timestamp {
    clock::now().at - SignedDuration::from_secs(seconds)
}

fn member(team: &[TeamMember], index: usize, state: CompanyCallState) -> Option<CallMember> {
    let member = team.get(index % team.len().max(1))?;
    Some(CallMember {
        extension_id: member.contact.id.to_string(),
        name: member.contact.name.clone(),
        contact: Some(member.contact.clone()),
        state,
    })
}

/// State, party, colleagues, queue, and since when.
type Sample = (
    CompanyCallState,
    Party,
    Vec<usize>,
    Option<&'static str>,
    i64,
    i64,
);

fn call((state, party, members, queue, state_seconds, seconds): Sample, team: &[TeamMember]) -> CompanyCall {
    let line = queue.unwrap_or("Main line");
    CompanyCall {
        session_id: CallSessionId(format!("live-{}-{seconds}", party.label)),
        direction: if members.first().is_some_and(|first| first % 3 == 1) {
            Direction::Outbound
        } else {
            Direction::Inbound
        },
        is_internal: false,
        party,
        members: members
            .into_iter()
            .filter_map(|index| member(team, index, state))
            .collect(),
        queue: queue.map(str::to_owned),
        line: Some(DialledLine {
            name: if seconds % 2 == 0 {
                line.to_owned()
            } else {
                "Main line".to_owned()
            },
            number: None,
            is_queue: queue.is_some(),
        }),
        state,
        started_at: ago(seconds),
        state_since: ago(state_seconds),
        answered_at: (state == CompanyCallState::Talking).then(|| ago(state_seconds)),
        is_supervised: false,
    }
}

fn written(world: &World, team: &[TeamMember]) -> Vec<CompanyCall> {
    use CompanyCallState::{OnHold, Parked, Ringing, Talking, Voicemail, Waiting};
    let who = |index: usize| {
        world
            .contacts
            .get(index)
            .map_or_else(history::withheld, history::party)
    };
    let samples: Vec<Sample> = vec![
        (Waiting, who(1), vec![], Some("Sales"), 72, 72),
        (
            Waiting,
            history::unknown("925", "0110", None),
            vec![],
            Some("Service"),
            41,
            41,
        ),
        (Ringing, who(4), vec![0], None, 7, 8),
        (Ringing, who(5), vec![2, 5, 6], Some("Sales"), 11, 19),
        (Talking, who(0), vec![0], Some("Sales"), 252, 270),
        (
            Talking,
            history::unknown("415", "0132", Some("SF TOOL RENTAL")),
            vec![1],
            None,
            63,
            75,
        ),
        (Talking, who(6), vec![9], Some("Service"), 1_310, 1_332),
        (OnHold, who(2), vec![10], None, 44, 700),
        (Parked, who(7), vec![3], None, 130, 400),
        (Voicemail, history::withheld(), vec![8], None, 22, 51),
        (Talking, who(14), vec![13], None, 610, 615),
    ];
    let mut calls: Vec<CompanyCall> = samples.into_iter().map(|sample| call(sample, team)).collect();
    if let Some(internal) = calls.last_mut() {
        (internal.is_internal, internal.line) = (true, None);
    }
    if let Some(supervised) = calls.get_mut(6) {
        supervised.is_supervised = true;
    }
    calls
}

fn one_of_many(world: &World, team: &[TeamMember], index: usize) -> CompanyCall {
    use CompanyCallState::{OnHold, Ringing, Talking, Waiting};
    let party = world
        .contacts
        .get(index % 12)
        .map_or_else(history::withheld, history::party);
    let state = pick(&[Talking, Talking, Talking, OnHold, Talking, Ringing], index);
    let seconds = i64::try_from(index).unwrap_or(0);
    let queue = pick(&[Some("Sales"), None, Some("Service")], index);
    let sample = if index < 8 {
        (
            Waiting,
            party,
            vec![],
            Some("Sales"),
            90 - seconds * 9,
            90 - seconds * 9,
        )
    } else {
        (state, party, vec![index], queue, seconds * 11, seconds * 11 + 9)
    };
    let mut call = call(sample, team);
    call.session_id = CallSessionId(format!("many-{index}"));
    if wants("busy") && (clock::now().at.as_second() + seconds) % 9 == 0 {
        call.state = OnHold;
    }
    call
}

fn queues() -> Vec<QueueNow> {
    let queue =
        |id: &str, name: &str, waiting: u32, longest: i64, talking, free, today: (u32, u32, u32)| QueueNow {
            id: id.to_owned(),
            name: name.to_owned(),
            waiting,
            longest_since: (waiting > 0).then(|| ago(longest)),
            talking,
            free_members: free,
            members: free.map(|_| 6),
            today: QueueToday {
                offered: today.0,
                answered: today.1,
                missed: today.2,
            },
        };
    vec![
        queue("q-1", "Sales", 1, 72, 1, Some(2), (41, 37, 4)),
        queue("q-2", "Service", 1, 41, 1, Some(1), (22, 22, 0)),
        queue("q-3", "After hours", 0, 0, 0, Some(0), (0, 0, 0)),
        queue(
            "q-4",
            "Estimating and pre-construction services",
            0,
            0,
            0,
            None,
            (5, 4, 1),
        ),
    ]
}
