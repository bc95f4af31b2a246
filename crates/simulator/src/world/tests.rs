//! The world as a whole: repeatability, deletion, and the order of changes.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::call_log::{CallLogQuery, CallLogScope};
use super::ids::{ExtensionId, MessageId};
use super::message_store::MessageQuery;
use super::messages::{Availability, MessageStatus, MessageType, ReadStatus};
use super::number::{E164, Endpoint};
use super::presence::{DndStatus, PresenceUpdate};
use super::*;
use crate::demo;
use crate::scenario::{self, CallPlan, CallTarget, Ending};

const ROSA: ExtensionId = demo::SIGNED_IN;

fn start() -> Timestamp {
    "2026-06-10T18:00:00Z".parse().unwrap()
}

fn office() -> World {
    demo::company(7, Clock::manual(start()))
}

fn someone() -> Endpoint {
    Endpoint::outside(E164::nanp(925, 5_550_148), Some("WHITAKER DAN"))
}

fn text(world: &mut World, body: &str) -> MessageId {
    let to = world.primary_number(ROSA).unwrap();
    scenario::incoming_text(world, someone(), to, body, &[]).unwrap()
}

fn visible(world: &World) -> Vec<MessageId> {
    world
        .messages(&MessageQuery::alive(ROSA))
        .records
        .iter()
        .map(|message| message.id)
        .collect()
}

/// Everything a client could ever read, in one string.
fn everything(world: &World) -> String {
    let calls = world.call_log(&CallLogQuery::all(CallLogScope::Account)).records;
    let own = world
        .call_log(&CallLogQuery::all(CallLogScope::Extension(ROSA)))
        .records;
    let messages = world.messages(&MessageQuery::alive(ROSA)).records;
    let contacts: Vec<_> = world.address_book(ROSA).unwrap().alive().collect();
    format!(
        "{calls:?} {own:?} {messages:?} {contacts:?} {:?}",
        world.presence(ROSA)
    )
}

#[test]
fn the_same_seed_and_start_and_calls_give_the_same_world_byte_for_byte() {
    let live_through = |seed| {
        let mut world = demo::world(seed, Clock::manual(start()));
        text(&mut world, "hello");
        let plan = CallPlan::new(Ending::Voicemail {
            clip: 1,
            transcription: messages::TranscriptionStatus::Completed,
        });
        let target = CallTarget::Number(demo::MAIN_NUMBER);
        scenario::incoming_call(&mut world, someone(), target, &plan).unwrap();
        world.advance(SignedDuration::from_mins(3));
        everything(&world)
    };
    let first = live_through(3);
    assert!(first == live_through(3));
    assert!(first != live_through(4));
}

#[test]
fn a_message_is_deleted_restored_purged_and_forgotten() {
    let mut world = office();
    let id = text(&mut world, "hello");
    world.delete_message(ROSA, id, false).unwrap();
    assert!(visible(&world).is_empty());
    assert_eq!(
        world.message(ROSA, id).unwrap().availability,
        Availability::Deleted
    );
    world.restore_message(ROSA, id).unwrap();
    assert_eq!(visible(&world), [id]);
    world.delete_message(ROSA, id, false).unwrap();
    let purged = world.delete_message(ROSA, id, false).unwrap();
    assert_eq!(purged.availability, Availability::Purged);
    assert!(purged.attachments.is_empty());
    assert_eq!(
        world.restore_message(ROSA, id).unwrap_err(),
        StoreError::WrongState
    );
    world.forget_message(id);
    assert_eq!(
        world.set_read_status(ROSA, id, ReadStatus::Read).unwrap_err(),
        StoreError::NoSuchMessage(id)
    );
}

#[test]
fn deleting_without_a_choice_deletes_everything_as_the_vendor_does() {
    let mut world = office();
    for body in ["one", "two", "three"] {
        text(&mut world, body);
    }
    assert_eq!(world.delete_messages(&MessageQuery::alive(ROSA), false), 3);
    assert!(visible(&world).is_empty());
}

#[test]
fn changes_come_in_the_order_they_were_made_and_none_is_left_out() {
    let mut world = office();
    let first = text(&mut world, "one");
    world.advance(SignedDuration::from_secs(1));
    let second = text(&mut world, "two");
    world.advance(SignedDuration::from_secs(1));
    let token_at = world.now();
    world.set_read_status(ROSA, first, ReadStatus::Read).unwrap();
    world.advance(SignedDuration::from_secs(1));
    world.delete_message(ROSA, second, false).unwrap();
    world.advance(SignedDuration::from_secs(1));
    let third = text(&mut world, "three");
    let changed: Vec<_> = world
        .messages_changed_since(ROSA, token_at)
        .iter()
        .map(|one| (one.id, one.availability))
        .collect();
    assert_eq!(
        changed,
        [
            (first, Availability::Alive),
            (second, Availability::Deleted),
            (third, Availability::Alive)
        ]
    );
}

#[test]
fn a_deleted_call_record_is_hidden_but_still_told_to_incremental_sync() {
    let mut world = office();
    let target = CallTarget::Extension(ROSA);
    scenario::incoming_call(&mut world, someone(), target, &CallPlan::new(Ending::Missed)).unwrap();
    world.advance(SignedDuration::from_secs(30));
    let scope = CallLogScope::Extension(ROSA);
    let id = world.call_log(&CallLogQuery::all(scope)).records[0].id;
    let token_at = world.now();
    world.delete_call_record(id).unwrap();
    assert_eq!(world.call_log(&CallLogQuery::all(scope)).total, 0);
    let with_deleted = CallLogQuery {
        with_deleted: true,
        ..CallLogQuery::all(scope)
    };
    assert_eq!(world.call_log(&with_deleted).total, 1);
    let changed = world.call_records_changed_since(scope, token_at);
    assert!(changed.len() == 1 && changed[0].is_deleted);
}

#[test]
fn an_outgoing_text_is_queued_first_and_settles_as_the_number_allows() {
    let mut world = office();
    let from = world.primary_number(ROSA).unwrap();
    let (good, bad) = (E164::nanp(925, 5_550_148), E164::nanp(925, 5_550_149));
    world.set_undeliverable(bad, Some("SMS-UP-410"));
    for (to, expected) in [
        (good, MessageStatus::Delivered),
        (bad, MessageStatus::DeliveryFailed),
    ] {
        let text = OutgoingText {
            owner: ROSA,
            from,
            to: vec![to],
            text: "On the way".into(),
            files: Vec::new(),
        };
        let sent = world.send_text(text).unwrap();
        assert_eq!(sent.status, MessageStatus::Queued);
        world.advance(SignedDuration::from_secs(3));
        let settled = world.message(ROSA, sent.id).unwrap();
        assert_eq!(settled.status, expected);
        assert!(settled.conversation_id.unwrap().0 > 1 << 53);
    }
    let foreign = OutgoingText {
        owner: ROSA,
        from: bad,
        to: vec![good],
        text: String::new(),
        files: Vec::new(),
    };
    assert_eq!(
        world.send_text(foreign).unwrap_err(),
        StoreError::NotOwnNumber(bad)
    );
}

#[test]
fn both_directions_of_a_conversation_share_one_identifier() {
    let mut world = office();
    let from = world.primary_number(ROSA).unwrap();
    let id = text(&mut world, "hello");
    let reply = OutgoingText {
        owner: ROSA,
        from,
        to: vec![someone().e164().unwrap()],
        text: "hi".into(),
        files: Vec::new(),
    };
    let sent = world.send_text(reply).unwrap();
    assert_eq!(
        sent.conversation_id,
        world.message(ROSA, id).unwrap().conversation_id
    );
}

#[test]
fn somebody_who_takes_no_calls_is_not_rung_by_the_queue() {
    let mut world = office();
    let update = PresenceUpdate {
        dnd_status: Some(DndStatus::DoNotAcceptAnyCalls),
        ..PresenceUpdate::default()
    };
    world.update_presence(ROSA, update).unwrap();
    let session = world.ring_number(someone(), demo::MAIN_NUMBER).unwrap();
    assert!(world.session(session).unwrap().live_party_of(ROSA).is_none());
    assert_eq!(world.session(session).unwrap().parties.len(), 3);
}

#[test]
fn a_direct_call_to_somebody_who_takes_no_calls_goes_to_voicemail_without_ringing() {
    let mut world = office();
    let update = PresenceUpdate {
        dnd_status: Some(DndStatus::DoNotAcceptAnyCalls),
        ..PresenceUpdate::default()
    };
    world.update_presence(ROSA, update).unwrap();
    let mut heard = world.subscribe();
    let message =
        scenario::incoming_voicemail(&mut world, someone(), CallTarget::Extension(ROSA), 2).unwrap();
    assert!(message.is_some());
    while let Ok(event) = heard.try_recv() {
        if let events::Change::Telephony(change) = &event.change {
            assert_ne!(change.party.status, sessions::PartyStatus::Proceeding);
        }
    }
}

#[test]
fn a_call_to_a_number_of_nobody_is_refused() {
    let mut world = office();
    let stranger = E164::nanp(212, 5_550_100);
    assert!(matches!(
        world.ring_number(someone(), stranger),
        Err(CallControlError::NobodyThere(_))
    ));
}

#[test]
fn one_party_can_be_steered_by_its_identifier() {
    use live_calls::PartyVerb;
    let mut world = office();
    let session = world.ring_extension(someone(), ROSA).unwrap();
    let party = world.session(session).unwrap().live_party_of(ROSA).unwrap().id;
    assert_eq!(
        world.control_party(party, PartyVerb::Hold).unwrap_err(),
        CallControlError::WrongState
    );
    world.control_party(party, PartyVerb::Answer).unwrap();
    assert!(
        world
            .control_party(party, PartyVerb::Mute(true))
            .unwrap()
            .is_muted
    );
    let held = world.control_party(party, PartyVerb::Hold).unwrap();
    assert_eq!(held.status, sessions::PartyStatus::Hold);
    world.control_party(party, PartyVerb::HangUp).unwrap();
    assert!(world.session(session).unwrap().ended_at.is_some());
}

#[test]
fn contacts_change_in_order_and_deleted_ones_are_still_told() {
    use address_book::ContactFields;
    let mut world = office();
    let named = |name: &str| ContactFields {
        first_name: Some(name.into()),
        ..ContactFields::default()
    };
    let first = world.add_contact(ROSA, named("Ann"));
    world.advance(SignedDuration::from_secs(1));
    let second = world.add_contact(ROSA, named("Bo"));
    world.advance(SignedDuration::from_secs(1));
    let token_at = world.now();
    world.delete_contact(ROSA, first).unwrap();
    world.update_contact(ROSA, second, named("Bob")).unwrap();
    let book = world.address_book(ROSA).unwrap();
    let changed: Vec<_> = book
        .changed_since(token_at)
        .map(|contact| (contact.id, contact.availability))
        .collect();
    assert_eq!(
        changed,
        [(first, Availability::Deleted), (second, Availability::Alive)]
    );
    assert_eq!(book.alive().count(), 1);
    assert_eq!(
        world.update_contact(ROSA, first, named("A")),
        Err(StoreError::NoSuchContact(first))
    );
}

#[test]
fn pages_of_the_message_store_add_up_to_the_whole() {
    let mut world = office();
    for number in 0..25 {
        text(&mut world, &number.to_string());
        world.advance(SignedDuration::from_secs(1));
    }
    world
        .send_pager(ROSA, &[ExtensionId(809_109_004)], "note")
        .unwrap();
    let whole = visible(&world);
    let mut paged = Vec::new();
    for offset in (0..30).step_by(10) {
        let query = MessageQuery {
            offset,
            limit: 10,
            ..MessageQuery::alive(ROSA)
        };
        let page = world.messages(&query);
        assert_eq!(page.total, 26);
        paged.extend(page.records.iter().map(|message| message.id));
    }
    assert_eq!(paged, whole);
    let distinct = MessageQuery {
        is_distinct: true,
        kinds: vec![MessageType::Sms],
        ..MessageQuery::alive(ROSA)
    };
    assert_eq!(world.messages(&distinct).total, 1);
}

#[tokio::test]
async fn a_shared_world_plays_a_call_in_real_time() {
    let mut world = demo::company(7, Clock::running());
    let mut events = world.subscribe();
    let shared = SharedWorld::new(world);
    let driver = tokio::spawn({
        let shared = shared.clone();
        async move { shared.drive().await }
    });
    // Let the driver fall asleep with nothing planned, so that the call has to wake it.
    tokio::task::yield_now().await;
    let plan = CallPlan {
        ring: SignedDuration::from_millis(20),
        ..CallPlan::new(Ending::Missed)
    };
    let target = CallTarget::Extension(ROSA);
    shared
        .with(|world| scenario::incoming_call(world, someone(), target, &plan))
        .unwrap();
    let missed = async {
        while let Some(event) = events.recv().await {
            if matches!(event.change, events::Change::MissedCall(_)) {
                return true;
            }
        }
        false
    };
    assert!(
        tokio::time::timeout(Duration::from_secs(10), missed)
            .await
            .unwrap()
    );
    assert_eq!(
        shared.with(|world| world
            .call_log(&CallLogQuery::all(CallLogScope::Extension(ROSA)))
            .total),
        1
    );
    driver.abort();
}

#[test]
fn a_recording_leads_back_to_its_call_for_those_who_may_hear_it() {
    let mut world = office();
    let target = CallTarget::Extension(ROSA);
    let plan = CallPlan::new(Ending::Answered {
        by: None,
        talk: SignedDuration::from_secs(40),
    });
    scenario::incoming_call(&mut world, someone(), target, &plan).unwrap();
    world.advance(SignedDuration::from_mins(2));
    let scope = CallLogScope::Extension(ROSA);
    let id = world.call_log(&CallLogQuery::all(scope)).records[0].id;
    let recording = world
        .attach_recording(id, calls::RecordingType::OnDemand)
        .unwrap();
    assert_eq!(world.call_record_of_recording(scope, recording).unwrap().id, id);
    let colleague = CallLogScope::Extension(ExtensionId(809_109_004));
    assert!(world.call_record_of_recording(colleague, recording).is_none());
}
