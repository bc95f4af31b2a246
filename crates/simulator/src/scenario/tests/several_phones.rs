//! Calls that ring more than one phone: queues, transfers, pick-ups.

use super::*;

#[test]
fn a_queue_rings_every_agent_and_stops_for_the_others_when_one_answers() {
    let mut world = office();
    let mut events = world.subscribe();
    let call = SteppedCall::ring(&mut world, maria(), CallTarget::Number(demo::MAIN_NUMBER)).unwrap();
    let ringing = telephony(&heard(&mut events));
    let agents: Vec<ExtensionId> = ringing
        .iter()
        .filter(|one| one.party.status == PartyStatus::Proceeding && one.party.id.number > 1)
        .filter_map(|one| one.party.extension_id)
        .collect();
    assert_eq!(agents.len(), 3);
    assert!(ringing.iter().all(|one| one.party.is_queue_call));

    call.answer_by(&mut world, ROSA).unwrap();
    let after = telephony(&heard(&mut events));
    let stopped: Vec<_> = after
        .iter()
        .filter(|one| one.party.status == PartyStatus::Disconnected)
        .collect();
    assert_eq!(stopped.len(), 3, "the queue itself and two agents");
    assert!(
        stopped
            .iter()
            .all(|one| one.party.reason == Some(PartyReason::AgentAnswered))
    );
    assert!(stopped.iter().all(|one| !one.party.is_missed_call));

    call.caller_hangs_up(&mut world).unwrap();
    let account = world.call_log(&CallLogQuery::all(CallLogScope::Account)).total;
    assert_eq!(account, 1, "one record for the account, the queue's");
    assert_eq!(log(&world, ROSA)[0].result, CallResult::Accepted);
    let other = agents.into_iter().find(|agent| *agent != ROSA).unwrap();
    assert_eq!(log(&world, other)[0].result, CallResult::AnsweredElsewhere);
}

#[test]
fn a_queue_call_nobody_takes_is_missed_by_every_agent_and_its_voicemail_has_one_home() {
    let mut world = office();
    let message = incoming_voicemail(&mut world, maria(), CallTarget::Number(demo::MAIN_NUMBER), 0)
        .unwrap()
        .unwrap();
    assert!(
        world.message(ROSA, message).is_some(),
        "Rosa gets the front desk's messages"
    );
    let record = log(&world, ROSA).remove(0);
    assert_eq!(record.result, CallResult::Missed);
    let account = world.call_log(&CallLogQuery::all(CallLogScope::Account));
    assert_eq!(account.records[0].result, CallResult::Voicemail);
    assert_eq!(account.records[0].message.unwrap().id, message);
    assert_eq!(account.records[0].legs().len(), 4);
}

#[test]
fn a_transferred_call_goes_on_at_the_other_extension() {
    let mut world = office();
    let target = rosas_line(&world);
    let mut events = world.subscribe();
    let plan = CallPlan::new(Ending::Transferred {
        by: None,
        to: ANDRE,
        talk: seconds(15),
    });
    incoming_call(&mut world, maria(), target, &plan).unwrap();
    world.advance(seconds(90));
    let left = telephony(&heard(&mut events));
    let handed_on = left
        .iter()
        .find(|one| one.party.reason == Some(PartyReason::BlindTransfer))
        .unwrap();
    assert_eq!(handed_on.party.extension_id, Some(ROSA));
    assert_eq!(log(&world, ROSA)[0].result, CallResult::Accepted);
    assert_eq!(log(&world, ANDRE)[0].result, CallResult::Accepted);
    assert_eq!(world.call_log(&CallLogQuery::all(CallLogScope::Account)).total, 1);
}

#[test]
fn a_call_taken_elsewhere_leaves_no_missed_call_behind() {
    let mut world = office();
    let target = rosas_line(&world);
    let mut events = world.subscribe();
    let call = SteppedCall::ring(&mut world, maria(), target).unwrap();
    call.answered_elsewhere(&mut world, ANDRE).unwrap();
    call.hang_up(&mut world).unwrap();
    assert!(
        !heard(&mut events)
            .iter()
            .any(|event| matches!(event.change, Change::MissedCall(_)))
    );
    assert_eq!(log(&world, ROSA)[0].result, CallResult::AnsweredElsewhere);
    assert_eq!(log(&world, ANDRE)[0].result, CallResult::Accepted);
}
