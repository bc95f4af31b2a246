//! Texts on their way. `?texts=` in the address shows a special state: `queued`, `sending`, `accepted`, `unknown`, `failed`, `all`, `blocked`, `noted`,
//! `offline`, `limited`, `signed-out`, `trouble`, `one-sender`, `draft`, `long`, `refused`; several with commas between them.

use super::world::{self, World};
use super::{history, people};
use crate::browser;
use domain::communication::{Body, Communication, DeliveryState, Direction, Party};
use domain::consent::{ConsentChoice, ConsentState};
use domain::event::CoreEvent;
use domain::ids::{CommunicationId, ConversationId, OutgoingId, PictureId};
use domain::ipc::Undoable;
use domain::ipc::texting::NoteConsent;
use domain::outgoing::{
    Attempt, AttemptOutcome, Composer, Draft, HeldUp, OutgoingState, OutgoingText, Picture, Sender, Thread,
};
use domain::phone_number::E164;
use gloo_timers::callback::Timeout;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;

/// What is begun and on its way.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts {
    pub(super) drafts: HashMap<Thread, Draft>,
    pub(super) outgoing: Vec<OutgoingText>,
    /// Put away, and can be taken up again.
    pub(super) put_away: Vec<OutgoingText>,
    /// Who wants no texts, as somebody noted, and from which number.
    pub(super) opted_out: HashMap<E164, Option<E164>>,
}

/// Whether the address asks for it.
pub(super) fn wants(state: &str) -> bool {
    browser::parameter("texts").is_some_and(|wanted| wanted.split(',').any(|one| one == state))
}

/// What is on its way when the page is opened: all of it to the first contact.
pub(super) fn texts(maria: Option<Party>) -> Texts {
    let Some(maria) = maria else {
        return Texts::default();
    };
    let now = crate::clock::now().at;
    let ago = |seconds| now - SignedDuration::from_secs(seconds);
    let attempt = |number, seconds, outcome, words: &str| Attempt {
        number,
        began_at: ago(seconds),
        outcome: Some(outcome),
        words: Some(words.to_owned()),
    };
    let all: [(&str, &str, OutgoingState, Vec<Attempt>); 6] = [
        (
            "failed",
            "Load 2 leaves the yard at 6:40, gate 3 please.",
            OutgoingState::Failed {
                reason: "RingCentral does not accept this text, because the number (510) 555-0147 cannot receive texts. Call instead."
                    .to_owned(),
                can_retry: true,
            },
            vec![
                attempt(1, 300, AttemptOutcome::NotSent, "RingCentral had a fault of its own."),
                attempt(2, 280, AttemptOutcome::Refused, "The number cannot receive texts."),
            ],
        ),
        (
            "unknown",
            "Mill certs for heat 4471 are in your mail.",
            OutgoingState::Unknown { since: ago(40) },
            vec![attempt(1, 40, AttemptOutcome::Unknown, "The connection broke before RingCentral answered.")],
        ),
        ("accepted", "And the tie wire is on the truck.", OutgoingState::Accepted, Vec::new()),
        ("sending", "Truck 7 is loaded.", OutgoingState::Sending, Vec::new()),
        ("waiting", "Can you be there at 7?", OutgoingState::Queued { not_before: ago(20) }, Vec::new()),
        (
            "queued",
            "Thursday works. 40 bundles, first truck at 7.",
            OutgoingState::Queued { not_before: now + SignedDuration::from_secs(5) },
            Vec::new(),
        ),
    ];
    let outgoing = all
        .into_iter()
        .enumerate()
        .filter(|(_, (name, ..))| wants(name) || wants("all"))
        .map(|(index, (_, text, state, attempts))| OutgoingText {
            id: OutgoingId(index as i64 + 1),
            from: people::number("510", "0100"),
            to: vec![maria.clone()],
            text: text.to_owned(),
            pictures: if matches!(state, OutgoingState::Accepted) {
                vec![picture(7, "tie-wire.jpg")]
            } else {
                Vec::new()
            },
            created_at: ago(60),
            state,
            attempts,
        })
        .collect();
    Texts {
        drafts: HashMap::new(),
        outgoing,
        put_away: Vec::new(),
        opted_out: HashMap::new(),
    }
}

pub(super) fn picture(id: i64, name: &str) -> Picture {
    Picture {
        id: PictureId(id),
        file_name: name.to_owned(),
        content_type: "image/jpeg".to_owned(),
        size_bytes: 348_200,
    }
}

pub(super) fn held_up() -> Option<HeldUp> {
    let until = history::now() + SignedDuration::from_secs(60);
    if wants("offline") {
        Some(HeldUp::Offline)
    } else if wants("limited") {
        Some(HeldUp::RateLimited { until })
    } else if wants("signed-out") {
        Some(HeldUp::SignInRequired)
    } else if wants("trouble") {
        let reason = "RingCentral has a fault of its own at the moment".to_owned();
        Some(HeldUp::Trouble { reason, until })
    } else {
        None
    }
}

fn senders() -> Vec<Sender> {
    let sender = |last, name: &str, can_send_pictures| Sender {
        number: people::number("510", last),
        name: name.to_owned(),
        can_send_pictures,
    };
    let mut all = vec![
        sender("0100", "Your direct line", true),
        sender("0105", "Bay City Rebar, main line", true),
        sender("0108", "Yard toll-free", false),
    ];
    if wants("one-sender") {
        all.truncate(1);
    }
    all
}

/// The composer for these people.
pub(super) fn composer(world: &World, to: Vec<Party>) -> Composer {
    let thread = thread(world, &to);
    let draft = world
        .texts
        .drafts
        .get(&thread)
        .cloned()
        .unwrap_or_else(|| first_draft(&to));
    let numbers = numbers(&to);
    let from = draft.from.clone().or_else(|| people::number("510", "0100").e164);
    let (blocked, consent) = consent(world, &to, from.as_ref());
    Composer {
        outgoing: world
            .texts
            .outgoing
            .iter()
            .filter(|text| self::numbers(&text.to) == numbers)
            .cloned()
            .collect(),
        senders: senders(),
        from,
        blocked,
        consent,
        held_up: held_up(),
        thread,
        to,
        draft,
    }
}

fn consent(world: &World, to: &[Party], from: Option<&E164>) -> (Option<String>, Option<ConsentChoice>) {
    let [one] = to else {
        return (None, None);
    };
    if wants("blocked") {
        let words = "Maria Lopez does not want texts from this number and wrote “STOP”. RingCentral blocks them until they write START.";
        return (Some(words.to_owned()), Some(ConsentChoice::TheirsAlone));
    }
    let number = one.number.as_ref().and_then(|number| number.e164.as_ref());
    let noted = number.and_then(|number| world.texts.opted_out.get(number).cloned());
    let noted = noted.or_else(|| wants("noted").then_some(None));
    let Some(sender) = noted.filter(|sender| sender.is_none() || sender.as_ref() == from) else {
        return (None, Some(ConsentChoice::OptOut));
    };
    let whence = if sender.is_some() { "this number" } else { "us" };
    let words = format!(
        "{} does not want texts from {whence}, as somebody here noted. You can note it here when they want them again, or they write START.",
        one.label
    );
    (Some(words), Some(ConsentChoice::OptIn { sender }))
}

/// Notes what somebody said, and says what was done.
pub(super) fn note_consent(world: &mut World, asked: NoteConsent) -> Undoable {
    let name = party(world, &asked.number).label;
    let whence = if asked.from.is_some() { "this number" } else { "us" };
    let is_out = asked.state == ConsentState::OptedOut;
    let done = world.undoable(if is_out {
        format!("{name} gets no more texts from {whence}")
    } else {
        format!("{name} gets texts from {whence} again")
    });
    if is_out {
        world.texts.opted_out.insert(asked.number, asked.from);
    } else {
        world.texts.opted_out.remove(&asked.number);
    }
    world::announce(CoreEvent::OutboxChanged);
    done
}

fn first_draft(to: &[Party]) -> Draft {
    let is_maria = to.first().is_some_and(|party| party.label == "Maria Lopez");
    let text = if wants("draft") && is_maria {
        "Thursday works — 40 bundles, first truck at 7".to_owned()
    } else if wants("long") && is_maria {
        "The pour moved up, so the schedule is as follows. ".repeat(22)
    } else {
        String::new()
    };
    let pictures = if wants("draft") && is_maria {
        vec![picture(3, "corner-of-the-north-wall.jpg"), picture(4, "plan.png")]
    } else {
        Vec::new()
    };
    Draft {
        text,
        from: None,
        pictures,
    }
}

/// Whom a thread goes to.
pub(super) fn people_of(world: &World, thread: &Thread) -> Vec<Party> {
    match thread {
        Thread::Numbers(numbers) => numbers.iter().map(|number| party(world, number)).collect(),
        Thread::Conversation(id) => world
            .items
            .iter()
            .find_map(|item| match &item.body {
                Body::Text {
                    conversation_id,
                    participants,
                    ..
                } if conversation_id == id => Some(participants.clone()),
                _ => None,
            })
            .unwrap_or_default(),
    }
}

/// Who has a number, however it is written.
pub(super) fn party_of(world: &World, written: &str) -> Option<Party> {
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let number = match digits.len() {
        10 => E164::new(format!("+1{digits}")),
        _ => E164::new(format!("+{digits}")),
    };
    Some(party(world, &number.ok()?))
}

fn party(world: &World, number: &E164) -> Party {
    let known = world.contacts.iter().find_map(|contact| {
        let own = contact
            .numbers
            .iter()
            .find(|own| own.number.e164.as_ref() == Some(number))?;
        let mut party = history::party(contact);
        party.number = Some(own.number.clone());
        Some(party)
    });
    known.unwrap_or_else(|| {
        let digits = number.as_str();
        let area = digits.get(2..5).unwrap_or("510");
        let last = digits.get(8..).unwrap_or("0000");
        history::unknown(area, last, None)
    })
}

fn numbers(to: &[Party]) -> Vec<E164> {
    let mut numbers: Vec<E164> = to
        .iter()
        .filter_map(|party| party.number.as_ref()?.e164.clone())
        .collect();
    numbers.sort();
    numbers
}

fn thread(world: &World, to: &[Party]) -> Thread {
    let wanted = numbers(to);
    let conversation = world.items.iter().find_map(|item| match &item.body {
        Body::Text {
            conversation_id,
            participants,
            ..
        } if numbers(participants) == wanted => Some(conversation_id.clone()),
        _ => None,
    });
    conversation.map_or(Thread::Numbers(wanted), Thread::Conversation)
}

/// Writes a text down and lets it leave, as the core would.
pub(super) fn send(
    world: &mut World,
    to: Vec<Party>,
    text: &str,
    pictures: Vec<Picture>,
    delay_ms: u32,
) -> (OutgoingId, Timestamp) {
    let id = OutgoingId(world.next_id());
    let now = crate::clock::now().at;
    let leaves_at = now + SignedDuration::from_millis(i64::from(delay_ms));
    world.texts.outgoing.push(OutgoingText {
        id,
        from: people::number("510", "0100"),
        to,
        text: text.to_owned(),
        pictures,
        state: OutgoingState::Queued {
            not_before: leaves_at,
        },
        created_at: now,
        attempts: Vec::new(),
    });
    world::announce(CoreEvent::OutboxChanged);
    if held_up().is_none() {
        let step = |after: u32, step: fn(&mut World, OutgoingId)| {
            Timeout::new(delay_ms + after, move || world::with(|world| step(world, id))).forget();
        };
        step(0, |world, id| set(world, id, OutgoingState::Sending));
        step(1_200, arrive);
    }
    (id, leaves_at)
}

fn set(world: &mut World, id: OutgoingId, state: OutgoingState) {
    if let Some(text) = world.texts.outgoing.iter_mut().find(|text| text.id == id) {
        text.state = state;
        world::announce(CoreEvent::OutboxChanged);
    }
}

/// From here on it is one of RingCentral's messages.
fn arrive(world: &mut World, id: OutgoingId) {
    let Some(at) = world.texts.outgoing.iter().position(|text| text.id == id) else {
        return;
    };
    let sent = world.texts.outgoing.remove(at);
    let Some(first) = sent.to.first().cloned() else {
        return;
    };
    let conversation_id = match thread(world, &sent.to) {
        Thread::Conversation(id) => id,
        Thread::Numbers(_) => ConversationId(format!("new-{id}")),
    };
    let body = Body::Text {
        conversation_id,
        text: sent.text,
        state: DeliveryState::Sent,
        participants: sent.to,
    };
    let mut item: Communication = history::item(0, Direction::Outbound, first, body);
    item.id = CommunicationId(world.next_id());
    let id = item.id;
    world.items.insert(0, item);
    world::announce(CoreEvent::OutboxChanged);
    world::announce(CoreEvent::CommunicationsChanged { ids: vec![id] });
}
