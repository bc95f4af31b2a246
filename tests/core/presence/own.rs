//! What the person says of themselves: taken over at once, or not at all and with the reason.

use super::reception::Reception;
use crate::calls::desk::{ADA, Desk, QUEUE};
use domain::presence::{Availability, StatusChoice};
use simulator::world::presence::{DndStatus, PresenceUpdate, UserStatus};
use simulator::{Effect, Fault};
use switchboard_core::CoreError;

fn settings(reception: &Reception) -> (UserStatus, DndStatus, Option<String>) {
    reception.world(|world| {
        let settings = world.presence(ADA).unwrap().settings;
        (settings.user_status, settings.dnd_status, settings.message)
    })
}

/// Everybody was heard of once; no event comes.
async fn reception() -> Reception {
    let reception = Reception::open(Desk::signed_in().await).await;
    reception.desk.presence.step().await;
    reception
}

fn refusal(status: u16, code: &str) -> Effect {
    Effect::Reply {
        status,
        headers: vec![("Content-Type".to_owned(), "application/json".to_owned())],
        body: format!(
            r#"{{"errorCode":"{code}","message":"no","errors":[{{"errorCode":"{code}","message":"no"}}]}}"#
        ),
    }
}

#[tokio::test]
async fn every_choice_is_taken_over_there_and_shown_here_at_once() {
    let reception = reception().await;
    for (choice, user, dnd, dot) in [
        (
            StatusChoice::Busy,
            UserStatus::Busy,
            DndStatus::TakeAllCalls,
            Availability::Busy,
        ),
        (
            StatusChoice::DoNotDisturb,
            UserStatus::Busy,
            DndStatus::DoNotAcceptAnyCalls,
            Availability::DoNotDisturb,
        ),
        (
            StatusChoice::NoQueueCalls,
            UserStatus::Available,
            DndStatus::DoNotAcceptDepartmentCalls,
            Availability::Available,
        ),
        (
            StatusChoice::Invisible,
            UserStatus::Offline,
            DndStatus::DoNotAcceptDepartmentCalls,
            Availability::Offline,
        ),
        (
            StatusChoice::Available,
            UserStatus::Available,
            DndStatus::TakeAllCalls,
            Availability::Available,
        ),
    ] {
        reception.pass(60);
        let own = reception.desk.presences.set_status(choice).await.unwrap();
        assert_eq!(own.choice, Some(choice));
        let shown = own.presence.unwrap();
        assert_eq!(shown.availability, dot);
        assert_eq!(reception.of(ADA).await, shown, "the same everywhere");
        assert_eq!(settings(&reception), (user, dnd, None));
    }
    assert_eq!(
        reception.of(ADA).await.since,
        Some(reception.desk.clock.now()),
        "it began when it was chosen"
    );
    reception.close();
}

#[tokio::test]
async fn the_message_is_counted_before_it_is_sent() {
    let reception = reception().await;
    let longest = "é".repeat(75);
    let own = reception
        .desk
        .presences
        .set_message(Some(&longest))
        .await
        .unwrap();
    assert_eq!(own.presence.unwrap().message, Some(longest.clone()));
    reception.desk.control.clear_requests();
    let refused = reception
        .desk
        .presences
        .set_message(Some(&format!("{longest}!")))
        .await;
    let Err(CoreError::Invalid(words)) = refused else {
        panic!("too long: {refused:?}")
    };
    assert!(words.contains("76") && words.contains("75"), "{words}");
    assert_eq!(reception.asked("updateUserPresenceStatus"), 0);
    assert_eq!(settings(&reception).2, Some(longest));

    let own = reception
        .desk
        .presences
        .set_message(Some("  Back\nat 3  "))
        .await
        .unwrap();
    assert_eq!(own.presence.unwrap().message.as_deref(), Some("Back at 3"));
    // The choice does not touch the message.
    let own = reception
        .desk
        .presences
        .set_status(StatusChoice::Busy)
        .await
        .unwrap();
    assert_eq!(own.presence.unwrap().message.as_deref(), Some("Back at 3"));
    let own = reception.desk.presences.set_message(None).await.unwrap();
    assert_eq!(own.presence.unwrap().message, None);
    assert_eq!(settings(&reception).2, None);
    reception.close();
}

#[tokio::test]
async fn a_refusal_leaves_everything_as_it_was_and_says_why() {
    let reception = reception().await;
    let before = (settings(&reception), reception.of(ADA).await);
    for (effect, said) in [
        (refusal(403, "CMN-408"), "does not let you"),
        (refusal(400, "CMN-101"), "400, CMN-101"),
        (
            // Longer than anybody waits: shorter waits are waited for.
            Effect::RateLimited {
                retry_after_seconds: Some(50),
            },
            "Try again in",
        ),
    ] {
        reception
            .desk
            .control
            .add_fault(Fault::once("updateUserPresenceStatus", effect));
        let refused = reception.desk.presences.set_status(StatusChoice::Busy).await;
        let words = refused.unwrap_err().to_string();
        assert!(words.contains(said), "{words}");
        assert_eq!((settings(&reception), reception.of(ADA).await), before);
        let own = reception.desk.presences.own_presence().await.unwrap();
        assert_eq!(own.choice, Some(StatusChoice::Available));
        reception.pass(120);
    }
    reception.close();
}

#[tokio::test]
async fn a_lost_reply_is_looked_after_and_never_asked_for_again() {
    let reception = reception().await;
    reception.desk.control.clear_requests();
    reception
        .desk
        .control
        .add_fault(Fault::once("updateUserPresenceStatus", Effect::LoseReply));
    let own = reception
        .desk
        .presences
        .set_status(StatusChoice::Busy)
        .await
        .unwrap();
    assert_eq!(own.choice, Some(StatusChoice::Busy));
    assert_eq!(reception.asked("updateUserPresenceStatus"), 1);
    assert_eq!(reception.asked("readUserPresenceStatus"), 1);

    // Lost, and not done.
    let broken = Effect::ServerError {
        status: 500,
        error_code: "CMN-203".to_owned(),
    };
    reception
        .desk
        .control
        .add_fault(Fault::once("updateUserPresenceStatus", broken));
    let lost = reception.desk.presences.set_status(StatusChoice::Available).await;
    assert!(lost.unwrap_err().to_string().contains("did not take"));
    assert_eq!(reception.asked("updateUserPresenceStatus"), 2);
    assert_eq!(reception.of(ADA).await.availability, Availability::Busy);
    reception.close();
}

#[tokio::test]
async fn without_a_network_nothing_changes_and_it_is_not_known_whether_it_did() {
    let reception = reception().await;
    let before = reception.of(ADA).await;
    reception
        .desk
        .control
        .add_fault(Fault::once("/**", Effect::LoseReply).times(1_000));
    let refused = reception.desk.presences.set_status(StatusChoice::Busy).await;
    let words = refused.unwrap_err().to_string();
    assert!(words.contains("not known"), "{words}");
    assert_eq!(reception.of(ADA).await, before);
    reception.desk.control.clear_faults();
    reception.close();
}

#[tokio::test]
async fn what_was_changed_on_another_device_appears_the_message_included() {
    let mut reception = Reception::live().await;
    reception.listen(60).await;
    let elsewhere = PresenceUpdate {
        user_status: Some(UserStatus::Busy),
        ..PresenceUpdate::default()
    };
    reception.world(|world| world.update_presence(ADA, elsewhere).unwrap());
    reception.until_dot(ADA, Availability::Busy).await;
    let own = reception.desk.presences.own_presence().await.unwrap();
    assert_eq!(own.choice, Some(StatusChoice::Busy));

    reception.listen(120).await;
    let message = PresenceUpdate {
        message: Some(Some("At the dentist".to_owned())),
        ..PresenceUpdate::default()
    };
    reception.world(|world| world.update_presence(ADA, message).unwrap());
    reception.until_all_has_arrived().await;
    reception.keep().await;
    let message = reception.of(ADA).await.message;
    assert_eq!(message.as_deref(), Some("At the dentist"));
    reception.close();
}

#[tokio::test]
async fn our_own_change_and_its_event_are_one() {
    let mut reception = Reception::live().await;
    reception.listen(60).await;
    reception
        .desk
        .presences
        .set_status(StatusChoice::Busy)
        .await
        .unwrap();
    reception.until_all_has_arrived().await;
    let own = reception.of(ADA).await;
    assert_eq!(own.availability, Availability::Busy);
    assert_eq!(own.since, Some(reception.desk.clock.now()));
    reception.close();
}

#[tokio::test]
async fn calls_of_a_queue_are_switched_here_and_seen_when_they_are_elsewhere() {
    let reception = reception().await;
    let presences = &reception.desk.presences;
    let queue = QUEUE.to_string();
    let own = presences.own_presence().await.unwrap();
    assert_eq!(own.queues.len(), 1);
    assert!(own.queues[0].takes_calls && own.queues[0].can_change);
    let own = presences.set_queue(&queue, false).await.unwrap();
    assert!(!own.queues[0].takes_calls);
    assert!(!reception.world(|world| world.is_present_in_queue(QUEUE, ADA)));

    reception.world(|world| world.set_present_in_queue(QUEUE, ADA, true).unwrap());
    reception.pass(90);
    let mut changes = reception.desk.store.changes().listen();
    presences.own_presence().await.unwrap();
    reception.desk.presence.step().await;
    assert!(presences.own_presence().await.unwrap().queues[0].takes_calls);
    assert_eq!(super::reception::announced(&mut changes).len(), 1);

    reception.desk.control.add_fault(Fault::once(
        "updateExtensionCallQueuePresence",
        refusal(403, "CMN-408"),
    ));
    let refused = presences.set_queue(&queue, false).await;
    assert!(matches!(refused, Err(CoreError::NotPermitted { .. })));
    assert!(presences.own_presence().await.unwrap().queues[0].takes_calls);
    let unknown = presences.set_queue("4711", false).await;
    assert!(matches!(unknown, Err(CoreError::NotFound { .. })));
    reception.close();
}
