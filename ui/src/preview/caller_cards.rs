//! Two calls at once: a customer on the sales queue, and behind it a number nobody knows.

use super::contact_answers::explain;
use super::history;
use super::world::World;
use domain::call::{CallerCard, DialledLine, LiveCall, LiveCallState};
use domain::communication::{CallOutcome, Communication, Direction, Party};
use domain::ids::CallSessionId;
use domain::inbox::Subject;
use jiff::SignedDuration;

pub(super) fn cards(world: &World) -> Vec<CallerCard> {
    let known = world.contacts.first().map(history::party);
    let unknown = history::unknown("415", "0132", Some("BAY PLUMBING"));
    let lines = [("Sales queue", true, 7), ("Your direct line", false, 2)];
    known
        .into_iter()
        .chain([unknown])
        .zip(lines)
        .map(|(party, (line, is_queue, seconds))| card(world, party, line, is_queue, seconds))
        .collect()
}

fn card(world: &World, party: Party, line: &str, is_queue: bool, rang_seconds: i64) -> CallerCard {
    let item: Communication = history::item(
        0,
        Direction::Inbound,
        party.clone(),
        history::call(CallOutcome::InProgress, 0, 0),
    );
    let contact = party.contact.as_ref();
    let full = contact.and_then(|known| world.contacts.iter().find(|other| other.id == known.id));
    let recent = contact.map(|known| world.timeline(&Subject::Contact(known.id), None, 5).items);
    CallerCard {
        explanation: explain(world, &item),
        job_title: full.and_then(|contact| contact.job_title.clone()),
        notes: full.map(|contact| contact.notes.clone()),
        recent: recent.unwrap_or_default().into_iter().rev().collect(),
        call: LiveCall {
            session_id: CallSessionId(format!("s-{line}")),
            state: LiveCallState::Ringing,
            direction: Direction::Inbound,
            party,
            line: DialledLine {
                name: line.to_owned(),
                number: None,
                is_queue,
            },
            started_at: history::now() - SignedDuration::from_secs(rang_seconds),
            answered_at: None,
        },
    }
}
