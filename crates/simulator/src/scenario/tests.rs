//! Calls as they are played, seen from all sides at once: events, presence, active calls and call log.

mod scenes;
mod several_phones;

use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::mpsc::UnboundedReceiver;

use super::*;
use crate::demo;
use crate::world::call_log::{CallLogQuery, CallLogScope};
use crate::world::calls::{CallRecord, CallResult};
use crate::world::events::{Change, TelephonyChange, WorldEvent};
use crate::world::message_store::MessageQuery;
use crate::world::messages::MessageType;
use crate::world::presence::{PresenceStatus, TelephonyStatus};
use crate::world::sessions::{PartyReason, PartyStatus};
use crate::world::{CallVerb, Clock};

const ROSA: ExtensionId = demo::SIGNED_IN;
const ANDRE: ExtensionId = ExtensionId(809_109_004);

fn office() -> World {
    let now: Timestamp = "2026-06-10T18:00:00Z".parse().unwrap();
    demo::company(7, Clock::manual(now))
}

fn maria() -> Endpoint {
    caller(E164::nanp(415, 5_550_132), Some("DELGADO MARIA"))
}

fn rosas_line(world: &World) -> CallTarget {
    CallTarget::Number(world.primary_number(ROSA).unwrap())
}

fn seconds(count: i64) -> SignedDuration {
    SignedDuration::from_secs(count)
}

fn heard(events: &mut UnboundedReceiver<Arc<WorldEvent>>) -> Vec<Arc<WorldEvent>> {
    std::iter::from_fn(|| events.try_recv().ok()).collect()
}

fn telephony(events: &[Arc<WorldEvent>]) -> Vec<TelephonyChange> {
    let changes = events.iter().filter_map(|event| match &event.change {
        Change::Telephony(change) => Some(change.clone()),
        _ => None,
    });
    changes.collect()
}

fn steps(events: &[Arc<WorldEvent>]) -> Vec<(u32, u16, &'static str)> {
    let changes = telephony(events);
    changes
        .iter()
        .map(|one| (one.sequence, one.party.id.number, one.party.status.as_str()))
        .collect()
}

fn log(world: &World, owner: ExtensionId) -> Vec<CallRecord> {
    let page = world.call_log(&CallLogQuery::all(CallLogScope::Extension(owner)));
    page.records.into_iter().cloned().collect()
}

#[test]
fn an_outgoing_call_has_the_sequence_of_the_captured_one() {
    let mut world = office();
    let mut events = world.subscribe();
    let call = SteppedCall::dial(&mut world, ROSA, maria()).unwrap();
    call.answer(&mut world).unwrap();
    call.hold(&mut world).unwrap();
    call.unhold(&mut world).unwrap();
    call.hang_up(&mut world).unwrap();
    let heard = heard(&mut events);
    assert_eq!(
        steps(&heard),
        [
            (2, 1, "Setup"),
            (3, 2, "Proceeding"),
            (4, 1, "Proceeding"),
            (5, 2, "Answered"),
            (6, 1, "Answered"),
            (7, 1, "Hold"),
            (8, 1, "Answered"),
            (9, 1, "Disconnected"),
            (10, 2, "Disconnected"),
        ]
    );
    let far_end = &telephony(&heard)[1].party;
    assert_eq!(
        far_end.extension_id, None,
        "the outside party goes to the account's path"
    );
}

#[test]
fn an_internal_call_has_the_sequence_of_the_captured_one() {
    let mut world = office();
    let mut events = world.subscribe();
    let session = world.dial_extension(ANDRE, ROSA).unwrap();
    SteppedCall::of(session).answer(&mut world).unwrap();
    assert_eq!(
        steps(&heard(&mut events)),
        [
            (2, 1, "Setup"),
            (3, 2, "Setup"),
            (4, 1, "Answered"),
            (5, 2, "Proceeding"),
            (6, 2, "Answered")
        ]
    );
}

#[test]
fn presence_active_calls_and_call_log_agree_through_an_answered_call() {
    let mut world = office();
    let target = rosas_line(&world);
    let call = SteppedCall::ring(&mut world, maria(), target).unwrap();
    let presence = world.presence(ROSA).unwrap();
    assert_eq!(presence.telephony_status, TelephonyStatus::Ringing);
    assert_eq!(presence.presence_status, PresenceStatus::Available);
    assert!(
        world.active_calls(CallLogScope::Extension(ROSA)).is_empty(),
        "active calls lag"
    );

    world.advance(seconds(10));
    call.answer(&mut world).unwrap();
    let presence = world.presence(ROSA).unwrap();
    assert_eq!(presence.telephony_status, TelephonyStatus::CallConnected);
    assert_eq!(presence.presence_status, PresenceStatus::Busy);
    let active = world.active_calls(CallLogScope::Extension(ROSA));
    assert_eq!(active.len(), 1);
    assert_eq!(active[0].result, CallResult::InProgress);
    assert!(log(&world, ROSA).is_empty(), "a live call is not in the call log");

    world.advance(seconds(55));
    call.caller_hangs_up(&mut world).unwrap();
    assert_eq!(
        world.presence(ROSA).unwrap().telephony_status,
        TelephonyStatus::NoCall
    );
    let records = log(&world, ROSA);
    assert_eq!(records.len(), 1);
    assert_eq!(
        (records[0].result, records[0].duration_s()),
        (CallResult::Accepted, 65)
    );
    assert_eq!(
        records[0].id, active[0].id,
        "the record keeps the identifier the active call had"
    );
    assert_eq!(records[0].telephony_session_id, call.session());

    assert_eq!(
        world.active_calls(CallLogScope::Extension(ROSA)).len(),
        1,
        "ended calls linger"
    );
    world.advance(seconds(121));
    assert!(world.active_calls(CallLogScope::Extension(ROSA)).is_empty());
}

#[test]
fn the_last_presence_of_a_call_says_that_it_has_ended() {
    let mut world = office();
    let target = rosas_line(&world);
    let call = SteppedCall::ring(&mut world, maria(), target).unwrap();
    let mut events = world.subscribe();
    call.caller_hangs_up(&mut world).unwrap();
    let last = heard(&mut events)
        .into_iter()
        .rev()
        .find_map(|event| match &event.change {
            Change::Presence(snapshot) => Some(snapshot.clone()),
            _ => None,
        });
    let last = last.unwrap();
    assert_eq!(last.calls.len(), 1);
    assert!(last.calls[0].is_terminated);
    assert_eq!(last.total_active_calls, 0);
}

#[test]
fn presence_counts_its_notifications_per_extension() {
    let mut world = office();
    let mut events = world.subscribe();
    let target = rosas_line(&world);
    let plan = CallPlan::new(Ending::AnsweredWithHold {
        by: None,
        talk: seconds(20),
    });
    incoming_call(&mut world, maria(), target, &plan).unwrap();
    world.advance(seconds(60));
    let sequences: Vec<u64> = heard(&mut events)
        .iter()
        .filter_map(|event| match &event.change {
            Change::Presence(snapshot) => Some(snapshot.settings.sequence),
            _ => None,
        })
        .collect();
    assert_eq!(sequences.len(), 5, "ringing, talking, holding, talking, gone");
    assert!(
        sequences.windows(2).all(|pair| pair[1] == pair[0] + 1),
        "{sequences:?}"
    );
}

#[test]
fn a_missed_call_is_announced_once_and_logged_as_missed() {
    let mut world = office();
    let mut events = world.subscribe();
    let target = rosas_line(&world);
    incoming_call(&mut world, maria(), target, &CallPlan::new(Ending::Missed)).unwrap();
    world.advance(seconds(30));
    let heard = heard(&mut events);
    let missed = heard
        .iter()
        .filter(|event| matches!(event.change, Change::MissedCall(_)))
        .count();
    assert_eq!(missed, 1);
    assert!(telephony(&heard).last().unwrap().party.is_missed_call);
    let records = log(&world, ROSA);
    assert_eq!(records[0].result, CallResult::Missed);
    assert!(records[0].is_missed());
}

#[test]
fn a_voicemail_links_record_and_message_and_gets_its_transcript_later() {
    let mut world = office();
    let target = rosas_line(&world);
    let plan = CallPlan::new(Ending::Voicemail {
        clip: 0,
        transcription: crate::world::messages::TranscriptionStatus::Completed,
    });
    incoming_call(&mut world, maria(), target, &plan).unwrap();
    world.advance(seconds(34));
    let record = log(&world, ROSA).remove(0);
    assert_eq!(record.result, CallResult::Voicemail);
    let id = record.message.unwrap().id;
    let message = world.message(ROSA, id).unwrap();
    assert_eq!(message.kind, MessageType::VoiceMail);
    assert_eq!(message.attachments.len(), 1, "no transcript yet");
    assert_eq!(
        message.attachments[0].vm_duration_s,
        Some(crate::media::clip(0).duration_s)
    );
    let before = message.last_modified_at;

    world.advance(seconds(20));
    let message = world.message(ROSA, id).unwrap();
    assert!(message.last_modified_at > before);
    let transcript = crate::media::render(message, &message.attachments[1]);
    assert!(
        std::str::from_utf8(&transcript.bytes)
            .unwrap()
            .contains("Maria Delgado")
    );
}

#[test]
fn a_second_call_rings_while_the_first_is_talked_on() {
    let mut world = office();
    let target = rosas_line(&world);
    let (first, second) = second_call_during_first(&mut world, maria(), withheld(), target).unwrap();
    let presence = world.presence(ROSA).unwrap();
    assert_eq!(presence.telephony_status, TelephonyStatus::CallConnected);
    assert_eq!(presence.total_active_calls, 2);
    assert_ne!(first, second);
    world.advance(seconds(120));
    let results: Vec<CallResult> = log(&world, ROSA).iter().map(|record| record.result).collect();
    assert_eq!(
        results
            .iter()
            .filter(|result| **result == CallResult::Missed)
            .count(),
        1
    );
    assert_eq!(results.len(), 2);
}

#[test]
fn a_withheld_number_stands_nowhere_in_the_record() {
    let mut world = office();
    let target = rosas_line(&world);
    incoming_call(
        &mut world,
        withheld(),
        target,
        &CallPlan::new(Ending::Rejected { by: None }),
    )
    .unwrap();
    world.advance(seconds(10));
    let record = log(&world, ROSA).remove(0);
    assert_eq!(record.result, CallResult::Rejected);
    assert_eq!(record.from.phone_number(), None);
}

#[test]
fn a_late_record_appears_late_and_counts_as_changed_then() {
    let mut world = office();
    let target = rosas_line(&world);
    let plan = CallPlan {
        record_delay: seconds(90),
        ..CallPlan::new(Ending::Missed)
    };
    incoming_call(&mut world, maria(), target, &plan).unwrap();
    world.advance(seconds(20));
    assert!(log(&world, ROSA).is_empty());
    let token_at = world.now();
    world.advance(seconds(120));
    assert_eq!(log(&world, ROSA).len(), 1);
    let changed = world.call_records_changed_since(CallLogScope::Extension(ROSA), token_at);
    assert_eq!(
        changed.len(),
        1,
        "an incremental sync from before the record must see it"
    );
}

#[test]
fn steps_of_a_played_call_give_way_to_what_a_person_did() {
    let mut world = office();
    let target = rosas_line(&world);
    let plan = CallPlan::new(Ending::Answered {
        by: None,
        talk: seconds(30),
    });
    let session = incoming_call(&mut world, maria(), target, &plan).unwrap();
    world.call(session, CallVerb::Reject { by: None }).unwrap();
    world.advance(seconds(60));
    assert_eq!(log(&world, ROSA)[0].result, CallResult::Rejected);
    assert_eq!(
        world.call(session, CallVerb::Hold),
        Err(CallControlError::WrongState)
    );
}

#[test]
fn a_text_to_a_colleague_arrives_there_and_a_fax_leaves_a_call_record() {
    use crate::world::OutgoingText;
    let mut world = office();
    let (from, to) = (
        world.primary_number(ROSA).unwrap(),
        world.primary_number(ANDRE).unwrap(),
    );
    let text = OutgoingText {
        owner: ROSA,
        from,
        to: vec![to],
        text: "Truck 4 is loaded".into(),
        files: Vec::new(),
    };
    world.send_text(text).unwrap();
    world.advance(SignedDuration::from_secs(1));
    let received = world.messages(&MessageQuery::alive(ANDRE));
    assert_eq!(received.records[0].subject.as_deref(), Some("Truck 4 is loaded"));

    let fax = incoming_fax(
        &mut world,
        maria(),
        ROSA,
        DocumentDesign::PurchaseOrder,
        2,
        DocumentFormat::Tiff,
    );
    let record = log(&world, ROSA).remove(0);
    assert_eq!(record.message.unwrap().id, fax);
    assert_eq!(record.result, CallResult::Received);
}

#[test]
fn recorded_notifications_pass_through_untouched() {
    let mut world = office();
    let mut events = world.subscribe();
    let recorded = serde_json::json!({"uuid": "1", "event": "/restapi/v1.0/x", "body": {"sequence": 9, "odd": [1, null]}});
    replay(&mut world, vec![recorded.clone()]);
    let heard = heard(&mut events);
    assert!(matches!(&heard[0].change, Change::Replayed(value) if **value == recorded));
}
