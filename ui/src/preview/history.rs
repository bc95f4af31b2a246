//! What happened between the people: a hand-written week, and a long tail behind it.

use super::people;
use super::samples;
use domain::communication::{Body, CallOutcome, Communication, DeliveryState, Direction, Party, Transcript};
use domain::contact::{Contact, ContactRef};
use domain::ids::{CommunicationId, ConversationId};
use jiff::{SignedDuration, Timestamp};

/// How many older items follow the written ones.
const TAIL: i64 = 4_000;

/// The moment all of this is seen from.
pub(super) fn now() -> Timestamp {
    Timestamp::from_second(1_794_928_800).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// All items, newest first.
pub(super) fn items(contacts: &[Contact]) -> Vec<Communication> {
    let mut items = written(contacts);
    items.extend((0..TAIL).map(|index| older(contacts, index)));
    items.sort_by_key(|item| std::cmp::Reverse(item.occurred_at));
    for (index, item) in items.iter_mut().enumerate() {
        item.id = CommunicationId(1_000_000 - i64::try_from(index).unwrap_or(0));
        samples::attach(item);
    }
    items
}

/// The other side, when it is in the contacts.
pub(super) fn party(contact: &Contact) -> Party {
    Party {
        label: contact.name.clone(),
        number: contact.numbers.first().map(|number| number.number.clone()),
        caller_id_name: None,
        contact: Some(reference(contact)),
    }
}

/// Just enough of a contact.
pub(super) fn reference(contact: &Contact) -> ContactRef {
    ContactRef {
        id: contact.id,
        name: contact.name.clone(),
        company: contact.company.clone(),
        kind: contact.kind,
        extension: contact.extension.clone(),
    }
}

/// A number nobody is known for.
pub(super) fn unknown(area: &str, last: &str, caller_id_name: Option<&str>) -> Party {
    let number = people::number(area, last);
    Party {
        label: number.formatted.clone(),
        number: Some(number),
        caller_id_name: caller_id_name.map(str::to_owned),
        contact: None,
    }
}

pub(super) fn withheld() -> Party {
    Party {
        label: "Withheld number".to_owned(),
        number: None,
        caller_id_name: None,
        contact: None,
    }
}

/// An item that has been dealt with, some minutes ago.
pub(super) fn item(minutes_ago: i64, direction: Direction, party: Party, body: Body) -> Communication {
    Communication {
        id: CommunicationId(0),
        direction,
        occurred_at: now() - SignedDuration::from_mins(minutes_ago),
        party,
        line: None,
        is_read: true,
        is_done: false,
        is_owed: false,
        body,
        attachments: Vec::new(),
    }
}

pub(super) fn call(outcome: CallOutcome, duration_seconds: u32, missed_attempts: u32) -> Body {
    Body::Call {
        outcome,
        duration_seconds,
        session_id: None,
        missed_attempts,
    }
}

pub(super) fn text(party: &Party, words: &str, state: DeliveryState) -> Body {
    let key = party
        .contact
        .as_ref()
        .map_or_else(|| party.label.clone(), |contact| contact.id.to_string());
    Body::Text {
        conversation_id: ConversationId(key),
        text: words.to_owned(),
        state,
        participants: vec![party.clone()],
    }
}

pub(super) fn voicemail(seconds: u32, words: Option<&str>) -> Body {
    let transcript = words.map_or(Transcript::InProgress, |text| Transcript::Ready {
        text: text.to_owned(),
        is_partial: false,
        by: domain::transcription::TranscriberKind::RingCentral,
    });
    Body::Voicemail {
        duration_seconds: seconds,
        transcript,
    }
}

fn unread(mut item: Communication) -> Communication {
    item.is_read = false;
    item
}

fn owed(mut item: Communication) -> Communication {
    item.is_owed = true;
    unread(item)
}

fn on(mut item: Communication, line: &str) -> Communication {
    item.line = Some(line.to_owned());
    item
}

fn written(contacts: &[Contact]) -> Vec<Communication> {
    use Direction::{Inbound, Outbound};
    let who = |index: usize| contacts.get(index).map_or_else(withheld, party);
    let (maria, ed, priya, halvorsen, luis, grace, tomas) =
        (who(0), who(1), who(2), who(3), who(4), who(5), who(6));
    let sam = who(12);
    let stranger = unknown("415", "0132", Some("SF TOOL RENTAL"));
    let words = |party: &Party, words: &str| text(party, words, DeliveryState::Received);
    let said = |party: &Party, words: &str| text(party, words, DeliveryState::Delivered);
    let day = 24 * 60;
    let mut group = words(
        &priya,
        "Crane is booked for 6:30, can your truck be first in line?",
    );
    if let Body::Text {
        participants,
        conversation_id,
        ..
    } = &mut group
    {
        *participants = vec![priya.clone(), luis.clone(), grace.clone()];
        *conversation_id = ConversationId::from("group");
    }
    vec![
        unread(item(
            6,
            Inbound,
            maria.clone(),
            voicemail(
                32,
                Some(
                    "Hi, it’s Maria from Ironline. We need 40 bundles of #5 by Thursday, not Friday, the pour moved up. Call me back at 510 555 0147. Thanks.",
                ),
            ),
        )),
        owed(on(
            item(7, Inbound, maria.clone(), call(CallOutcome::Missed, 24, 1)),
            "Sales queue",
        )),
        unread(item(19, Inbound, priya.clone(), group)),
        owed(on(
            item(28, Inbound, sam, call(CallOutcome::Missed, 0, 1)),
            "Your direct line",
        )),
        owed(on(
            item(49, Inbound, stranger, call(CallOutcome::Missed, 0, 2)),
            "Main line",
        )),
        unread(item(
            93,
            Inbound,
            halvorsen,
            Body::Fax {
                page_count: 40,
                state: DeliveryState::Received,
            },
        )),
        item(
            120,
            Outbound,
            priya.clone(),
            said(&priya, "Truck 7 leaves at 2, see you there"),
        ),
        item(
            124,
            Inbound,
            priya.clone(),
            words(&priya, "When can we expect the dowels?"),
        ),
        on(
            item(202, Inbound, ed.clone(), call(CallOutcome::Answered, 252, 0)),
            "Sales queue",
        ),
        item(
            230,
            Outbound,
            tomas.clone(),
            text(
                &tomas,
                "Quote 2231 is on its way to your fax.",
                DeliveryState::Failed {
                    reason: "this number cannot receive texts".into(),
                },
            ),
        ),
        item(
            315,
            Outbound,
            maria.clone(),
            said(&maria, "Checking with dispatch, will call you before 3."),
        ),
        item(
            318,
            Inbound,
            maria.clone(),
            words(
                &maria,
                "Morning! Any chance the #5 order can move up to Thursday?",
            ),
        ),
        item(
            317,
            Inbound,
            maria.clone(),
            words(&maria, "This is the corner we talked about"),
        ),
        item(390, Inbound, withheld(), call(CallOutcome::Missed, 0, 1)),
        item(
            day,
            Outbound,
            ed.clone(),
            Body::Fax {
                page_count: 3,
                state: DeliveryState::Sent,
            },
        ),
        item(
            day + 60,
            Outbound,
            luis.clone(),
            call(CallOutcome::Answered, 63, 0),
        ),
        item(day + 75, Inbound, luis.clone(), voicemail(18, None)),
        item(
            day + 140,
            Outbound,
            grace.clone(),
            Body::Fax {
                page_count: 1,
                state: DeliveryState::Failed {
                    reason: "the line was busy three times".into(),
                },
            },
        ),
        item(
            day + 370,
            Outbound,
            maria.clone(),
            call(CallOutcome::Answered, 160, 0),
        ),
        item(
            3 * day,
            Outbound,
            maria.clone(),
            Body::Fax {
                page_count: 2,
                state: DeliveryState::Sent,
            },
        ),
        item(
            3 * day + 30,
            Inbound,
            grace,
            call(CallOutcome::AnsweredElsewhere, 95, 0),
        ),
        item(4 * day, Outbound, tomas, call(CallOutcome::Busy, 0, 0)),
    ]
}

/// One of the many older items; the same index always gives the same.
fn older(contacts: &[Contact], index: i64) -> Communication {
    const LINES: [&str; 5] = [
        "Can you send the mill certs for heat 4471?",
        "Thanks, received.",
        "Two bundles of #4 were short on the last drop, please check the ticket.",
        "Running 20 minutes late.",
        "Is the yard open on Saturday?",
    ];
    let pick = (index * 7_919 + 13) % 1_000;
    let minutes = 6 * 24 * 60 + index * 251 + pick % 90;
    let position = usize::try_from(pick).unwrap_or(0);
    let who = if pick % 6 == 0 {
        unknown("510", &format!("01{:02}", pick % 100), None)
    } else {
        contacts
            .get(position % contacts.len().max(1))
            .map_or_else(withheld, party)
    };
    let direction = if pick % 3 == 0 {
        Direction::Outbound
    } else {
        Direction::Inbound
    };
    let line = LINES.get(position % LINES.len()).copied().unwrap_or_default();
    let seconds = u32::try_from(pick).unwrap_or(0);
    let body = match index % 7 {
        0 | 3 => text(
            &who,
            line,
            if direction == Direction::Inbound {
                DeliveryState::Received
            } else {
                DeliveryState::Delivered
            },
        ),
        1 if direction == Direction::Inbound => voicemail(seconds % 70 + 4, Some(line)),
        5 => Body::Fax {
            page_count: seconds % 14 + 1,
            state: DeliveryState::Sent,
        },
        6 => call(CallOutcome::Missed, 0, u32::from(direction == Direction::Inbound)),
        _ => call(CallOutcome::Answered, seconds, 0),
    };
    item(minutes, direction, who, body)
}
