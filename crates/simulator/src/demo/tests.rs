//! The demo company as a whole.

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::media::{Content, render};
use crate::world::call_log::{CallLogQuery, CallLogScope};
use crate::world::calls::CallType;
use crate::world::message_store::MessageQuery;
use crate::world::messages::{Direction, MessageType, ReadStatus, TranscriptionStatus};

/// A Sunday evening: the hardest time to look alive at.
const SUNDAY: &str = "2026-06-15T03:00:00Z";

fn demo_at(now: &str) -> World {
    world(1, Clock::manual(now.parse().unwrap()))
}

fn kind(kind: MessageType) -> MessageQuery {
    MessageQuery {
        kinds: vec![kind],
        ..MessageQuery::alive(SIGNED_IN)
    }
}

#[test]
fn rosa_sees_about_sixty_thousand_records() {
    let world = demo_at("2026-06-10T18:00:00Z");
    let own = CallLogQuery {
        limit: 0,
        ..CallLogQuery::all(CallLogScope::Extension(SIGNED_IN))
    };
    let account = CallLogQuery {
        limit: 0,
        ..CallLogQuery::all(CallLogScope::Account)
    };
    let calls = world.call_log(&own).total;
    let messages = world
        .messages(&MessageQuery {
            limit: 0,
            ..MessageQuery::alive(SIGNED_IN)
        })
        .total;
    assert!(
        (55_000..65_000).contains(&(calls + messages)),
        "{calls} calls, {messages} messages"
    );
    assert!((12_000..16_000).contains(&world.messages(&kind(MessageType::Sms)).total));
    assert!(
        (60..200).contains(&world.messages(&kind(MessageType::VoiceMail)).total),
        "within the mailbox's two hundred"
    );
    let sent = MessageQuery {
        directions: vec![Direction::Outbound],
        ..kind(MessageType::Fax)
    };
    let sent = world.messages(&sent).records;
    assert!((5..60).contains(&sent.len()), "{}", sent.len());
    let oldest = world.now() - SignedDuration::from_hours(30 * 24);
    assert!(
        sent.iter().all(|fax| fax.created_at > oldest),
        "sent faxes are kept for thirty days"
    );
    let inbox = MessageQuery {
        kinds: vec![MessageType::VoiceMail, MessageType::Fax],
        directions: vec![Direction::Inbound],
        ..MessageQuery::alive(SIGNED_IN)
    };
    let inbox = world.messages(&inbox).total;
    assert!(
        (130..=200).contains(&inbox),
        "as much as a mailbox holds: {inbox}"
    );
    assert!(world.call_log(&account).total > calls);
    assert!(world.address_book(SIGNED_IN).unwrap().alive().count() > 350);
}

#[test]
fn the_inbox_looks_alive_even_on_a_sunday() {
    let world = demo_at(SUNDAY);
    let since = world.now() - SignedDuration::from_hours(48);
    let unread = MessageQuery {
        read_status: vec![ReadStatus::Unread],
        ..MessageQuery::alive(SIGNED_IN)
    };
    let unread = world.messages(&unread).records;
    assert!((5..40).contains(&unread.len()), "{}", unread.len());
    assert!(unread.iter().all(|message| message.created_at >= since));
    for wanted in [MessageType::Sms, MessageType::VoiceMail, MessageType::Fax] {
        assert!(unread.iter().any(|message| message.kind == wanted), "{wanted}");
    }
    let recent = MessageQuery {
        from: Some(since),
        ..MessageQuery::alive(SIGNED_IN)
    };
    let recent = world.messages(&recent).records;
    assert!(recent.iter().any(|message| message.to.len() > 1), "a group");
    assert!(
        recent
            .iter()
            .any(|message| message.attachments.len() > 1 && message.kind == MessageType::Sms),
        "a picture"
    );
    let missed = CallLogQuery {
        from: Some(since),
        only_missed: true,
        ..CallLogQuery::all(CallLogScope::Extension(SIGNED_IN))
    };
    let strangers = unknown_numbers(1);
    let missed = world.call_log(&missed).records;
    let callers: Vec<E164> = missed.iter().filter_map(|record| record.from.e164()).collect();
    let called_twice = callers
        .iter()
        .any(|one| strangers.contains(one) && callers.iter().filter(|other| *other == one).count() == 2);
    assert!(called_twice, "a stranger who called twice");
    assert!(missed.iter().any(|record| record.from.is_anonymous()));
}

#[test]
fn nothing_of_the_past_lies_in_the_future_and_records_are_in_order() {
    let world = demo_at(SUNDAY);
    let now: Timestamp = world.now();
    let records = world
        .call_log(&CallLogQuery::all(CallLogScope::Extension(SIGNED_IN)))
        .records;
    let end = |millis: u64| SignedDuration::from_millis(i64::try_from(millis).unwrap());
    assert!(
        records.iter().all(
            |record| record.started_at + end(record.duration_ms) <= now && record.last_modified_at <= now
        )
    );
    assert!(
        records
            .windows(2)
            .all(|pair| pair[0].started_at >= pair[1].started_at)
    );
    assert!(
        world
            .messages(&MessageQuery::alive(SIGNED_IN))
            .records
            .iter()
            .all(|message| message.created_at < now)
    );
}

#[test]
fn every_linked_message_exists_and_every_fax_has_the_pages_it_claims() {
    let world = demo_at(SUNDAY);
    let records = world
        .call_log(&CallLogQuery::all(CallLogScope::Extension(SIGNED_IN)))
        .records;
    let linked: Vec<_> = records.iter().filter_map(|record| record.message).collect();
    assert!(linked.len() > 130, "{}", linked.len());
    assert!(linked.iter().all(|link| {
        world
            .message(SIGNED_IN, link.id)
            .is_some_and(|found| found.kind == link.kind)
    }));
    assert!(records.iter().any(|record| record.kind == CallType::Fax));

    let faxes = world.messages(&kind(MessageType::Fax)).records;
    assert!(
        faxes
            .iter()
            .any(|fax| fax.attachments[0].content_type == "image/tiff")
    );
    for fax in faxes {
        let Content::Document(document) = &fax.attachments[0].content else {
            panic!("a fax is a document")
        };
        assert_eq!(fax.fax.as_ref().unwrap().page_count, document.pages);
    }
}

#[test]
fn there_is_a_plan_set_of_forty_sheets_a_large_drawing_and_every_kind_of_fax_file() {
    use crate::media::{DocumentDesign, DocumentFormat};
    let world = demo_at(SUNDAY);
    let faxes = world.messages(&kind(MessageType::Fax)).records;
    let documents: Vec<_> = faxes
        .iter()
        .filter_map(|fax| match &fax.attachments[0].content {
            Content::Document(document) => Some(*document),
            _ => None,
        })
        .collect();
    let has = |design, pages| {
        documents
            .iter()
            .any(|one| one.design == design && one.pages == pages)
    };
    assert!(has(DocumentDesign::PlanSet, 40) && has(DocumentDesign::FramingPlan, 1));
    for format in [
        DocumentFormat::Pdf,
        DocumentFormat::ScannedPdf,
        DocumentFormat::Tiff,
        DocumentFormat::TiffGroup3,
        DocumentFormat::TiffGroup3TwoDimensional,
        DocumentFormat::TiffReversed,
        DocumentFormat::TiffCoarse,
    ] {
        assert!(documents.iter().any(|one| one.format == format), "{format:?}");
    }
}

#[test]
fn a_sent_fax_is_gone_thirty_days_later_also_when_the_company_is_opened_again() {
    let founded: Timestamp = SUNDAY.parse().unwrap();
    let sent = MessageQuery {
        directions: vec![Direction::Outbound],
        ..kind(MessageType::Fax)
    };
    let first = demo_at(SUNDAY);
    let old = first.messages(&sent).records.last().unwrap().id;
    let later = Clock::manual(founded + SignedDuration::from_hours(3 * 24));
    let again = world_since(1, founded, later);
    let gone = again.message(SIGNED_IN, old).unwrap();
    assert_eq!(gone.availability, crate::world::messages::Availability::Purged);
    assert!(
        gone.last_modified_at > founded,
        "so that whoever synchronises is told"
    );
}

#[test]
fn voicemails_speak_and_their_transcripts_vary() {
    let mut world = demo_at(SUNDAY);
    let statuses = |world: &World| -> Vec<TranscriptionStatus> {
        world
            .messages(&kind(MessageType::VoiceMail))
            .records
            .iter()
            .filter_map(|one| one.transcription)
            .collect()
    };
    let now = statuses(&world);
    assert_eq!(
        now[0],
        TranscriptionStatus::InProgress,
        "the newest is still being transcribed"
    );
    let since = world.now() - SignedDuration::from_hours(48);
    let fresh = MessageQuery {
        from: Some(since),
        read_status: vec![ReadStatus::Unread],
        ..kind(MessageType::VoiceMail)
    };
    let fresh: Vec<_> = world
        .messages(&fresh)
        .records
        .iter()
        .filter_map(|one| one.transcription)
        .collect();
    for wanted in [
        TranscriptionStatus::InProgress,
        TranscriptionStatus::Completed,
        TranscriptionStatus::CompletedPartially,
        TranscriptionStatus::Failed,
        TranscriptionStatus::TimedOut,
        TranscriptionStatus::NotAvailable,
    ] {
        assert!(fresh.contains(&wanted), "unheard, in the last two days: {wanted}");
    }
    for message in world.messages(&kind(MessageType::VoiceMail)).records {
        let audio = render(message, &message.attachments[0]);
        assert!(audio.bytes.len() > 8_000);
        let seconds = message.attachments[0].vm_duration_s.unwrap();
        let bytes_per_second = audio.bytes.len() / usize::try_from(seconds).unwrap();
        assert!((900..9_000).contains(&bytes_per_second), "{bytes_per_second}");
        let transcripts = message.attachments.len() - 1;
        let has_transcript = matches!(
            message.transcription,
            Some(TranscriptionStatus::Completed | TranscriptionStatus::CompletedPartially)
        );
        assert_eq!(transcripts, usize::from(has_transcript));
    }
    world.advance(SignedDuration::from_mins(2));
    assert_eq!(statuses(&world)[0], TranscriptionStatus::Completed);
}

#[test]
fn a_company_opened_again_later_is_the_same_with_more_behind_it() {
    let founded_at: Timestamp = "2026-06-10T18:00:00Z".parse().unwrap();
    let opened = |hours: i64| {
        world_since(
            1,
            founded_at,
            Clock::manual(founded_at + SignedDuration::from_hours(hours)),
        )
    };
    let mut openings =
        [0, 29, 24 * 9].map(|hours| (opened(hours), founded_at + SignedDuration::from_hours(hours)));
    let everything = CallLogQuery::all(CallLogScope::Extension(SIGNED_IN));
    for pair in openings.windows(2) {
        let [(earlier, present), (later, _)] = pair else {
            unreachable!()
        };
        let mut told = 0;
        for record in later.call_log(&everything).records {
            match earlier.call_record(record.id) {
                Some(known) => assert_eq!(format!("{known:?}"), format!("{record:?}")),
                None => {
                    told += 1;
                    assert!(record.last_modified_at >= *present, "{record:?}");
                }
            }
        }
        assert!(told > 20, "{told}");
        for message in later.messages(&MessageQuery::alive(SIGNED_IN)).records {
            match earlier.message(SIGNED_IN, message.id) {
                Some(known) if known.transcription == Some(TranscriptionStatus::InProgress) => {}
                Some(known) => assert_eq!(format!("{known:?}"), format!("{message:?}")),
                None => assert!(message.last_modified_at >= *present, "{message:?}"),
            }
        }
        assert_eq!(
            earlier.call_log(&everything).total + told,
            later.call_log(&everything).total,
            "nothing was taken back"
        );
    }

    // What happens live in one opening never shares an identifier with anything in another.
    let mut made = Vec::new();
    for (world, _) in &mut openings {
        let from = crate::scenario::caller(known_callers(1)[0].number, None);
        let target = crate::scenario::CallTarget::Extension(SIGNED_IN);
        let line = world.primary_number(SIGNED_IN).unwrap();
        let text = crate::scenario::incoming_text(world, from.clone(), line, "Hi", &[]).unwrap();
        crate::scenario::incoming_fax(
            world,
            from.clone(),
            SIGNED_IN,
            crate::media::DocumentDesign::Letter,
            1,
            crate::media::DocumentFormat::Pdf,
        );
        let session = crate::scenario::SteppedCall::ring(world, from, target)
            .unwrap()
            .session();
        let record = world.call_log(&everything).records[0].id;
        made.push((text, session, record));
    }
    for (place, (text, session, record)) in made.iter().enumerate() {
        for (other, (world, _)) in openings.iter().enumerate().filter(|(other, _)| *other != place) {
            assert!(world.message(SIGNED_IN, *text).is_none(), "{other}");
            let calls = CallLogQuery {
                telephony_session_id: Some(*session),
                ..everything.clone()
            };
            assert_eq!(world.call_log(&calls).total, 0, "{other}");
            assert!(world.call_record(*record).is_none(), "{other}");
        }
    }
}

#[test]
fn the_same_seed_and_instant_give_the_same_company() {
    let digest = |world: &World| {
        let calls = world.call_log(&CallLogQuery::all(CallLogScope::Account)).records;
        let messages = world.messages(&MessageQuery::alive(SIGNED_IN)).records;
        let contacts: Vec<_> = world.address_book(SIGNED_IN).unwrap().alive().collect();
        format!("{calls:?}{messages:?}{contacts:?}")
    };
    assert_eq!(digest(&demo_at(SUNDAY)), digest(&demo_at(SUNDAY)));
}

#[test]
fn known_callers_are_the_people_in_the_world() {
    let world = demo_at(SUNDAY);
    let first = known_callers(1).remove(0);
    assert_eq!(
        (first.name.as_str(), first.company.as_str()),
        ("Maria Delgado", "Delgado Concrete")
    );
    let query = MessageQuery {
        phone_number: Some(first.number.to_string()),
        ..MessageQuery::alive(SIGNED_IN)
    };
    assert!(world.messages(&query).total > 0);
}

#[test]
fn while_the_company_is_open_a_call_can_be_missed_and_the_next_one_leaves_a_voicemail() {
    use crate::scenario::{CallPlan, CallTarget, Ending, caller, incoming_call, incoming_voicemail};
    use crate::world::calls::CallResult;
    let mut world = demo_at(SUNDAY);
    let known = known_callers(1).remove(4);
    let from = caller(known.number, Some(&known.caller_name));
    let line = CallTarget::Extension(SIGNED_IN);
    incoming_call(&mut world, from.clone(), line, &CallPlan::new(Ending::Missed)).unwrap();
    world.advance(SignedDuration::from_mins(1));
    let at_once = incoming_voicemail(&mut world, from.clone(), line, 4)
        .unwrap()
        .unwrap();
    let played = CallPlan::new(Ending::Voicemail {
        clip: 5,
        transcription: TranscriptionStatus::Completed,
    });
    incoming_call(&mut world, from, line, &played).unwrap();
    world.advance(SignedDuration::from_mins(2));
    let newest = world.messages(&kind(MessageType::VoiceMail)).records;
    assert_eq!(newest[1].id, at_once);
    for message in &newest[..2] {
        assert_eq!(message.read_status, ReadStatus::Unread);
        assert_eq!(message.transcription, Some(TranscriptionStatus::Completed));
    }
    let calls = CallLogQuery {
        limit: 3,
        ..CallLogQuery::all(CallLogScope::Extension(SIGNED_IN))
    };
    let calls = world.call_log(&calls).records;
    let results: Vec<CallResult> = calls.iter().map(|call| call.result).collect();
    assert_eq!(
        results,
        [CallResult::Voicemail, CallResult::Voicemail, CallResult::Missed]
    );
    assert_eq!(calls[0].message.unwrap().id, newest[0].id);
}
