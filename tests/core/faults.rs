//! What goes wrong on the way is said in words, loses nothing and doubles nothing, and mends itself.

use crate::office::{Office, maria, stranger};
use domain::communication::Body;
use domain::inbox::InboxTab;
use domain::session::SessionState;
use domain::sync::SyncPhase;
use jiff::SignedDuration;
use simulator::{Effect, Fault};
use switchboard_core::sync::{Lane, Stepped};

const SYNCS: [&str; 2] = ["syncMessages", "syncUserCallLog"];
const LISTS: [&str; 2] = ["listMessages", "readUserCallLog"];

fn garbage() -> Vec<Effect> {
    vec![
        Effect::ServerError {
            status: 503,
            error_code: "CMN-201".into(),
        },
        Effect::ServerError {
            status: 500,
            error_code: "CMN-203".into(),
        },
        Effect::CutBody { after_bytes: 0 },
        Effect::CutBody { after_bytes: 700 },
        Effect::LoseReply,
        Effect::GarbageBody,
        Effect::RateLimited {
            retry_after_seconds: Some(60),
        },
        Effect::RateLimited {
            retry_after_seconds: None,
        },
        Effect::Reply {
            status: 200,
            headers: Vec::new(),
            body: String::new(),
        },
        Effect::Reply {
            status: 200,
            headers: Vec::new(),
            body: "{}".into(),
        },
        Effect::Reply {
            status: 502,
            headers: Vec::new(),
            body: "<html>Bad Gateway</html>".into(),
        },
    ]
}

#[tokio::test]
async fn whatever_an_answer_of_a_synchronisation_is_replaced_by_it_arrives_in_the_end() {
    for effect in garbage() {
        for operation in SYNCS {
            let office = Office::open().await;
            office.an_hour_passes();
            office.control.add_fault(Fault::once(operation, effect.clone()));
            office.synchronise().await;
            office.synchronise_patiently().await;
            office.assert_converged().await;
            office.assert_faults_met();
            assert_eq!(
                office.status().await.phase,
                SyncPhase::UpToDate,
                "after {effect:?} on {operation}"
            );
        }
    }
}

#[tokio::test]
async fn whatever_a_page_of_the_history_is_replaced_by_it_arrives_in_the_end() {
    let office = Office::open().await;
    office.weeks_of_texts(300);
    office.weeks_of_calls(300);
    let files = office.config().data_folder;
    for effect in garbage() {
        // A fresh start for each, as nothing may be left over from the one before.
        office
            .board
            .sign_out(domain::ipc::session::SignOut { erases_data: true })
            .await
            .unwrap();
        assert!(
            !std::fs::read_dir(&files)
                .unwrap()
                .any(|entry| entry.unwrap().path().is_dir())
        );
        office.sign_in().await;
        for operation in LISTS {
            office.control.add_fault(Fault::once(operation, effect.clone()));
        }
        office.synchronise_patiently().await;
        office.assert_converged().await;
        office.assert_faults_met();
        assert!(
            office.status().await.backfill.unwrap().is_finished,
            "after {effect:?}"
        );
    }
}

#[tokio::test]
async fn an_expired_sync_token_falls_back_to_a_full_synchronisation() {
    let office = Office::open().await;
    office.an_hour_passes();
    office.synchronise().await;
    for operation in SYNCS {
        office
            .control
            .add_fault(Fault::once(operation, Effect::ExpiredSyncToken));
    }
    // While the token could not be used, something was deleted and something came.
    office.world(|world| {
        let alive = simulator::world::message_store::MessageQuery::alive(crate::office::ADA);
        let id = world.messages(&alive).records[1].id;
        world.delete_message(crate::office::ADA, id, true).unwrap();
        world.forget_message(id);
    });
    office.receive_text(stranger(9), "New");
    office.pass(SignedDuration::from_mins(1));
    office.synchronise().await;
    office.assert_converged().await;
    office.assert_faults_met();
}

#[tokio::test]
async fn after_a_month_away_the_gap_between_then_and_the_full_synchronisation_is_closed() {
    let office = Office::open().await;
    office.weeks_of_calls(40);
    office.synchronise().await;
    office.weeks_of_calls(300);
    office.weeks_of_texts(300);
    office.control.expire_sync_tokens();
    office.synchronise().await;
    office.assert_converged().await;
    assert!(office.status().await.backfill.unwrap().is_finished);
}

#[tokio::test]
async fn more_changes_than_one_answer_may_hold_are_no_loss() {
    let office = Office::open().await;
    office.an_hour_passes();
    office.synchronise().await;
    // The call log refuses to name more than 250 changes.
    office.weeks_of_calls(270);
    office.synchronise().await;
    office.assert_converged().await;
}

#[tokio::test]
async fn an_access_token_that_expires_between_two_pages_is_renewed_unseen() {
    let office = Office::open().await;
    office.weeks_of_texts(300);
    office
        .control
        .add_fault(Fault::once("listMessages", Effect::ExpireToken));
    office.control.add_fault(Fault::once(
        "syncUserCallLog",
        Effect::Unauthorized {
            error_code: "OAU-128".into(),
        },
    ));
    office.synchronise().await;
    office.assert_converged().await;
    office.assert_faults_met();
    assert!(matches!(office.state().await.session, SessionState::SignedIn(_)));
}

#[tokio::test]
async fn a_rate_limit_is_shown_with_its_end_and_obeyed() {
    let office = Office::open().await;
    office.an_hour_passes();
    office.control.add_fault(Fault::once(
        "syncUserCallLog",
        Effect::RateLimited {
            retry_after_seconds: Some(60),
        },
    ));
    let asked_at = office.clock.now();
    office.synchronise().await;
    let SyncPhase::RateLimited { retry_at } = office.status().await.phase else {
        panic!("{:?}", office.status().await.phase)
    };
    assert!(retry_at.duration_since(asked_at) >= SignedDuration::from_secs(59));
    // Impatience does not help, and texts are not held up.
    office.control.clear_requests();
    office.synchronise().await;
    assert_eq!(office.asked("syncUserCallLog"), 0);
    assert!(!office.items(InboxTab::Texts).await.is_empty());
}

#[tokio::test]
async fn without_network_it_says_so_and_goes_on_by_itself() {
    let office = Office::open().await;
    office.an_hour_passes();
    office
        .control
        .add_fault(Fault::once("syncMessages", Effect::LoseReply).times(3));
    assert_eq!(office.sync().step(Lane::Messages).await, Stepped::Failed);
    assert_eq!(office.status().await.phase, SyncPhase::Offline);
    assert_eq!(
        office.sync().step(Lane::Messages).await,
        Stepped::NotDue,
        "it waits before it tries again"
    );
    for seconds in [2, 4] {
        office.pass(SignedDuration::from_secs(seconds));
        assert_eq!(office.sync().step(Lane::Messages).await, Stepped::Failed);
    }
    office.pass(SignedDuration::from_secs(8));
    assert_eq!(office.sync().step(Lane::Messages).await, Stepped::Worked);
    office.sync().run_until_idle().await;
    office.assert_converged().await;
    office.assert_faults_met();
}

#[tokio::test]
async fn words_that_nobody_knows_are_kept_and_stop_nothing() {
    let office = Office::open().await;
    office.an_hour_passes();
    for field in [
        "result",
        "messageStatus",
        "action",
        "vmTranscriptionStatus",
        "transport",
    ] {
        let value = "Teleported".to_owned();
        for operation in SYNCS {
            office.control.add_fault(Fault::once(
                operation,
                Effect::UnknownEnum {
                    field: field.into(),
                    value: value.clone(),
                },
            ));
        }
        office.world(|world| world.advance(SignedDuration::from_secs(1)));
        office.synchronise().await;
        office.control.clear_faults();
        office
            .board
            .sign_out(domain::ipc::session::SignOut { erases_data: true })
            .await
            .unwrap();
        office.sign_in().await;
    }
    office.synchronise().await;
    office.assert_converged().await;
    assert_eq!(office.status().await.set_aside, 0);
}

#[tokio::test]
async fn records_that_make_no_sense_are_set_aside_and_counted_once() {
    let office = Office::open().await;
    office.an_hour_passes();
    // Neither inbound nor outbound: every record of this answer.
    let sideways = Effect::UnknownEnum {
        field: "direction".into(),
        value: "Sideways".into(),
    };
    for operation in ["syncMessages", "listMessages"] {
        office.control.add_fault(Fault::once(operation, sideways.clone()));
    }
    office.synchronise().await;
    office.assert_faults_met();
    let set_aside = office.status().await.set_aside;
    assert_eq!(set_aside, 4, "the two texts, the voicemail and the fax");
    assert_eq!(office.status().await.phase, SyncPhase::UpToDate);
    assert!(!office.items(InboxTab::Calls).await.is_empty());

    office.control.expire_sync_tokens();
    // The first request only learns that the token has expired.
    office
        .control
        .add_fault(Fault::once("syncMessages", sideways.clone()).after(1));
    office.control.add_fault(Fault::once("listMessages", sideways));
    office.synchronise().await;
    assert_eq!(office.status().await.set_aside, set_aside);

    // When they come as they should, they are records like any other.
    office.control.expire_sync_tokens();
    office.synchronise().await;
    office.assert_converged().await;
    assert_eq!(office.status().await.set_aside, 0);
}

#[tokio::test]
async fn a_revoked_session_asks_to_sign_in_and_everything_stays_readable() {
    let office = Office::open().await;
    office.an_hour_passes();
    office.synchronise().await;
    let before = office.items(InboxTab::All).await;
    // A JWT would sign in again by itself; it is revoked as well.
    office.control.add_fault(
        Fault::once("getToken", Effect::Reply {
            status: 400,
            headers: vec![("Content-Type".into(), "application/json".into())],
            body: r#"{"error":"invalid_grant","error_description":"Token revoked","errors":[{"errorCode":"OAU-211","message":"Token revoked"}]}"#.into(),
        })
        .times(9),
    );
    office.control.revoke_sessions(None);
    office.synchronise().await;
    let SessionState::SignInAgain { was, reason } = office.state().await.session else {
        panic!("still signed in")
    };
    assert_eq!(was.name, "Ada Alvarez");
    assert!(reason.contains("Token revoked"), "{reason}");
    assert_eq!(office.status().await.phase, SyncPhase::SignInRequired);
    assert_eq!(office.items(InboxTab::All).await, before);

    office.control.clear_faults();
    office.receive_text(maria(), "While you were out");
    office.pass(SignedDuration::from_secs(30));
    office.sign_in().await;
    office.synchronise().await;
    office.assert_converged().await;
    assert!(matches!(office.state().await.session, SessionState::SignedIn(_)));
}

#[tokio::test]
async fn a_missing_permission_for_texts_leaves_calls_alone() {
    let office = Office::open().await;
    office.an_hour_passes();
    let permissions = ["ReadAccounts", "ReadCallLog", "ReadContacts"];
    let client_id = office.server().client_id;
    assert!(
        office
            .control
            .set_application_permissions(&client_id, &permissions)
    );
    office.sign_in().await;
    office.synchronise().await;
    let SyncPhase::Failed { message } = office.status().await.phase else {
        panic!("{:?}", office.status().await.phase)
    };
    assert!(message.contains("ReadMessages"), "{message}");
    assert!(
        office
            .items(InboxTab::Calls)
            .await
            .iter()
            .all(|item| matches!(item.body, Body::Call { .. }))
    );
    assert!(!office.items(InboxTab::Calls).await.is_empty());
}
