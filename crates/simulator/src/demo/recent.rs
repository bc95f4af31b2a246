//! The last two days, touched up so that the inbox looks alive at whatever hour and weekday it is opened: things unread,
//! missed, spoken, faxed, a group, a picture, and a stranger who called twice.

use jiff::{SignedDuration, Timestamp};

use super::history::{Event, Historian, Who};
use super::phrases::{OPEN_QUESTIONS, fill_about};
use super::staff::ROSA;
use crate::media::{Document, DocumentDesign, DocumentFormat, Speech};
use crate::world::complete_transcript;
use crate::world::faxing::FaxErrorCode;
use crate::world::ids::AttachmentId;
use crate::world::message_store::MessageQuery;
use crate::world::messages::{Direction, MessageType, ReadStatus, TranscriptionStatus};

/// Clip of Maria Delgado, who is person 0; clips and people of the voicemails share their first places.
const MARIA: usize = 0;
const DAN: usize = 1;
const PRIYA: usize = 2;
const TOM: usize = 3;
const RICK: usize = 6;
/// Somebody who went on for minutes: only the beginning has been transcribed.
const LONG: Speech = Speech::LongMp3 { seconds: 200 };

/// What people fax a rebar shop: forty sheets of plans, one large sheet, and a schedule from a machine of the nineties.
const PLAN_SET: Document = Document {
    design: DocumentDesign::PlanSet,
    pages: 40,
    seed: 40,
    format: DocumentFormat::Pdf,
};
const FRAMING_PLAN: Document = Document {
    design: DocumentDesign::FramingPlan,
    pages: 1,
    seed: 34,
    format: DocumentFormat::Pdf,
};
const SCHEDULE: Document = Document {
    design: DocumentDesign::BendingSchedule,
    pages: 3,
    seed: 6,
    format: DocumentFormat::TiffGroup3TwoDimensional,
};

/// How the voicemails of these two days stand, the newest first: one of each state.
const TRANSCRIPTIONS: [TranscriptionStatus; 6] = [
    TranscriptionStatus::InProgress,
    TranscriptionStatus::Completed,
    TranscriptionStatus::Failed,
    TranscriptionStatus::CompletedPartially,
    TranscriptionStatus::TimedOut,
    TranscriptionStatus::NotAvailable,
];

/// Writes the touches and marks what nobody has looked at yet.
pub(super) fn tell(historian: &mut Historian<'_>) {
    let topic = historian.dice.next();
    let text = |who, body: &str, picture| Event::Text {
        who,
        is_inbound: true,
        body: fill_about(topic, body),
        picture,
    };
    let reply = |who, body: &str| Event::Text {
        who,
        is_inbound: false,
        body: fill_about(topic, body),
        picture: None,
    };
    let question = |number: usize| OPEN_QUESTIONS.get(number).copied().unwrap_or_default();
    let person = Who::Mobile;
    let spoken = |clip| Some(Speech::Clip(clip));
    let mut events = vec![
        (2790, Event::QueueCall(person(12))),
        (
            2750,
            text(person(21), "Need mill certs for PO {po} before Friday", None),
        ),
        (2744, reply(person(21), "Faxing them to the trailer now")),
        (2610, Event::FaxOut(0, Some(FaxErrorCode::NoAnswer))),
        (2480, Event::Voicemail(person(PRIYA), spoken(PRIYA))),
        (2410, Event::Outgoing(person(2))),
        (1730, Event::FaxIn(person(1), Some(PLAN_SET))),
        (1690, Event::MissedCall(person(30))),
        (1655, Event::Outgoing(person(30))),
        (1600, Event::Voicemail(person(TOM), spoken(TOM))),
        (1532, text(person(17), "Laydown area, north fence", Some(4))),
        (1515, reply(person(17), "Got it, driver has the picture")),
        (
            1440,
            Event::GroupText {
                group: 0,
                turn: Some(0),
                body: fill_about(topic, "{job}: crane from {time} to noon {day}"),
            },
        ),
        (
            1434,
            Event::GroupText {
                group: 0,
                turn: None,
                body: fill_about(topic, "Copy. {tons} tons on two trucks"),
            },
        ),
        (1190, Event::Voicemail(Who::Stranger(5), Some(LONG))),
        (410, Event::QueueCall(person(45))),
        (395, Event::Internal),
        (352, Event::Voicemail(person(RICK), spoken(RICK))),
        (330, Event::FaxIn(person(0), Some(FRAMING_PLAN))),
        (305, Event::MissedCall(Who::Nobody)),
        (
            262,
            text(person(9), "Pour is pushed, rain. Hold everything for {job}", None),
        ),
        (
            255,
            reply(person(9), "Holding. Tell me when you know the new date"),
        ),
        (214, Event::Outgoing(person(DAN))),
        (188, text(person(5), "This is what showed up for {mark}", Some(9))),
        (
            160,
            Event::GroupText {
                group: 0,
                turn: Some(1),
                body: "Rain moved off, we are on".to_owned(),
            },
        ),
        (
            131,
            Event::Pager(fill_about(topic, "Walter wants the {job} numbers by {time}")),
        ),
        (118, Event::FaxIn(person(6), Some(SCHEDULE))),
        (
            96,
            text(Who::Stranger(3), "Hi do you sell rebar to homeowners?", None),
        ),
        (83, Event::QueueCall(person(3))),
        (71, text(person(7), question(2), None)),
        (58, Event::MissedCall(person(DAN))),
        (55, Event::Voicemail(person(DAN), spoken(DAN))),
        (43, Event::MissedCall(Who::Stranger(8))),
        (41, Event::MissedCall(Who::Stranger(8))),
        (34, text(person(DAN), question(4), None)),
        (27, Event::DirectCall(Who::Office(4))),
        (19, text(person(MARIA), question(3), None)),
        (
            12,
            Event::GroupText {
                group: 0,
                turn: Some(2),
                body: "Who has the gate key?".to_owned(),
            },
        ),
        (6, Event::Voicemail(person(MARIA), spoken(MARIA))),
    ];
    events.sort_by_key(|(minutes_ago, _)| std::cmp::Reverse(*minutes_ago));
    for (minutes_ago, event) in events {
        let at = before(historian.founded_at, minutes_ago);
        historian.write(at, event);
    }
    leave_unread(historian);
}

fn before(now: Timestamp, minutes: i64) -> Timestamp {
    now.saturating_sub(SignedDuration::from_mins(minutes))
        .unwrap_or(now)
}

/// What came in during the last hours has not been looked at, and a few things of yesterday were forgotten. No voicemail
/// has been heard; the newest is still being transcribed.
fn leave_unread(historian: &mut Historian<'_>) {
    let query = MessageQuery {
        directions: vec![Direction::Inbound],
        from: Some(before(historian.founded_at, 2 * 24 * 60)),
        ..MessageQuery::alive(ROSA)
    };
    let messages = historian.world.messages(&query).records;
    let voicemails: Vec<_> = messages
        .iter()
        .filter(|message| message.kind == MessageType::VoiceMail)
        .map(|found| found.id)
        .collect();
    let fresh_since = before(historian.founded_at, 130);
    let unread: Vec<_> = messages
        .iter()
        .enumerate()
        .filter(|(place, message)| {
            let is_forgotten_fax = message.kind == MessageType::Fax && place % 2 == 0;
            message.created_at >= fresh_since || is_forgotten_fax
        })
        .map(|(_, message)| message.id)
        .collect();
    for id in unread {
        historian.world.amend_past_message(id, |message| {
            message.read_status = ReadStatus::Unread;
        });
    }
    for (id, status) in voicemails.iter().zip(TRANSCRIPTIONS) {
        let transcript = AttachmentId(historian.world.mint.other());
        historian.world.amend_past_message(*id, |message| {
            message.read_status = ReadStatus::Unread;
            complete_transcript(message, status, transcript);
        });
    }
    if let Some(id) = voicemails.first().copied() {
        historian
            .world
            .transcribe_later(id, SignedDuration::from_secs(45), TranscriptionStatus::Completed);
    }
}
