//! Calls that come in. `?call=` in the address chooses which: `known`, `unknown`, `withheld`, `short`, `several`, `long`, `talking`,
//! `elsewhere`, `missed`, `voicemail`, `none`; without it two at once, a customer and behind it a number nobody knows.

use super::contact_answers::explain;
use super::history;
use super::world::World;
use crate::browser;
use domain::call::{CallerCard, DialledLine, LiveCall, LiveCallState};
use domain::communication::{CallOutcome, Communication, Direction, Party};
use domain::ids::CallSessionId;
use domain::inbox::Subject;
use domain::phone_number::PhoneNumber;
use jiff::SignedDuration;

pub(super) fn cards(world: &World) -> Vec<CallerCard> {
    let who = |index: usize| {
        world
            .contacts
            .get(index)
            .map_or_else(history::withheld, history::party)
    };
    let ringing = |party| card(world, party, "Sales queue", LiveCallState::Ringing, 7);
    let with = |state| vec![card(world, who(0), "Sales queue", state, 95)];
    let unknown = history::unknown("415", "0132", Some("BAY PLUMBING"));
    match browser::parameter("call").as_deref() {
        Some("none") => Vec::new(),
        Some("known") => vec![ringing(who(0))],
        Some("unknown") => vec![ringing(unknown)],
        Some("withheld") => vec![ringing(history::withheld())],
        Some("short") => vec![ringing(short())],
        Some("several") => vec![ringing(who(1))],
        Some("long") => vec![card(
            world,
            who(6),
            "Estimating and pre-construction services queue",
            LiveCallState::Ringing,
            7,
        )],
        Some("talking") => with(LiveCallState::Talking),
        Some("elsewhere") => with(LiveCallState::AnsweredElsewhere),
        Some("missed") => with(LiveCallState::Missed),
        Some("voicemail") => with(LiveCallState::Voicemail),
        _ => vec![
            ringing(who(0)),
            card(world, unknown, "Your direct line", LiveCallState::Ringing, 2),
        ],
    }
}

fn short() -> Party {
    Party {
        label: "78787".to_owned(),
        number: Some(PhoneNumber {
            e164: None,
            formatted: "78787".to_owned(),
            extension: None,
            region: None,
        }),
        caller_id_name: None,
        contact: None,
    }
}

fn card(world: &World, party: Party, line: &str, state: LiveCallState, seconds: i64) -> CallerCard {
    let item: Communication = history::item(
        0,
        Direction::Inbound,
        party.clone(),
        history::call(CallOutcome::InProgress, 0, 0),
    );
    let contact = party.contact.as_ref();
    let full = contact.and_then(|known| world.contacts.iter().find(|other| other.id == known.id));
    let recent = contact.map(|known| world.timeline(&Subject::Contact(known.id), None, 5).items);
    let started_at = crate::clock::now().at - SignedDuration::from_secs(seconds);
    CallerCard {
        explanation: explain(world, &item),
        job_title: full.and_then(|contact| contact.job_title.clone()),
        notes: full.map(|contact| contact.notes.clone()),
        recent: recent.unwrap_or_default().into_iter().rev().collect(),
        call: LiveCall {
            session_id: CallSessionId(format!("s-{line}")),
            state,
            direction: Direction::Inbound,
            party,
            line: DialledLine {
                name: line.to_owned(),
                number: None,
                is_queue: line.ends_with("queue"),
            },
            started_at,
            answered_at: (state == LiveCallState::Talking).then_some(started_at),
        },
    }
}
