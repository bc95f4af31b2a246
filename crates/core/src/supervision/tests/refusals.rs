//! What happens when it is not allowed, or not possible now: nothing is sent, and the attempt is in the log.

use super::desk::*;
use crate::error::CoreError;
use axum::http::StatusCode;
use domain::ipc::ErrorCode;
use domain::ipc::live_calls::Supervise;
use domain::supervision::{SupervisionMode as Mode, SupervisionWay};
use serde_json::json;

const ALL: [Mode; 4] = [Mode::Listen, Mode::Whisper, Mode::Barge, Mode::TakeOver];

#[tokio::test]
async fn whoever_the_monitoring_groups_do_not_allow_is_refused_before_anything_is_sent() {
    let groups = [
        json!([]),
        json!([member(BEN, &["Monitored"])]),
        json!([member(OWN, &["Monitored"]), member(BEN, &["Monitored"])]),
        json!([member(OWN, &["Monitoring"]), member(BEN, &["Monitoring"])]),
        json!([member(OWN, &["Monitoring"]), member("103", &["Monitored"])]),
    ];
    for members in groups {
        let desk = Desk::open().await;
        desk.server(|server| server.members = members.clone());
        for mode in ALL {
            let error = desk.supervise(mode).await.unwrap_err();
            assert_eq!(error.code(), ErrorCode::NotPermitted, "{mode:?} with {members}");
        }
        assert_eq!(desk.rang(), 0, "{members}");
        assert_eq!(desk.lines().await, ["asked", "refused"].repeat(4));
    }
}

#[tokio::test]
async fn whoever_may_not_even_read_the_groups_supervises_nobody() {
    let desk = Desk::open().await;
    desk.server(|server| server.may_read_groups = false);
    let shown = desk
        .supervisions
        .possible(&desk.client, &SESSION.into())
        .await
        .unwrap();
    for offer in &shown.agents[0].modes {
        let SupervisionWay::Unavailable { reason, remedy } = &offer.way else {
            panic!("{:?} is offered", offer.mode)
        };
        assert!(reason.contains("Ben Brandt"), "{reason}");
        assert!(
            remedy
                .as_ref()
                .is_some_and(|words| words.contains("administrator"))
        );
    }
    assert_eq!(
        desk.supervise(Mode::Listen).await.unwrap_err().code(),
        ErrorCode::NotPermitted
    );
    assert_eq!(desk.rang(), 0);
}

#[tokio::test]
async fn an_administrator_without_a_monitoring_group_is_no_supervisor_either() {
    let desk = Desk::open().await;
    desk.server(|server| server.members = json!([]));
    assert_eq!(
        desk.supervise(Mode::Barge).await.unwrap_err().code(),
        ErrorCode::NotPermitted
    );
    assert!(desk.supervisions.log(Some(&desk.client), None, 10).await.is_ok());
}

#[tokio::test]
async fn without_a_sign_in_a_call_or_the_colleague_in_it_nothing_is_sent_and_the_attempt_is_logged() {
    let desk = Desk::open().await;
    let offline = desk.supervisions.supervise(None, &wanted(Mode::Listen)).await;
    assert!(matches!(offline, Err(CoreError::SignInRequired)));
    let unknown = Supervise {
        session_id: "s-unknown".into(),
        ..wanted(Mode::Listen)
    };
    let unknown = desk.supervisions.supervise(Some(&desk.client), &unknown).await;
    assert!(matches!(unknown, Err(CoreError::NotFound { .. })));
    let absent = Supervise {
        extension_id: "103".to_owned(),
        ..wanted(Mode::Listen)
    };
    assert!(
        desk.supervisions
            .supervise(Some(&desk.client), &absent)
            .await
            .is_err()
    );
    assert_eq!(desk.rang(), 0);
    assert_eq!(desk.lines().await, ["asked", "refused"].repeat(3));
}

#[tokio::test]
async fn only_ones_own_online_desk_phones_and_soft_phones_are_rung() {
    let desk = Desk::open().await;
    desk.server(|server| {
        server.devices = json!([
            device("d-1", "WebPhone", "Online"),
            device("d-2", "HardPhone", "Offline"),
            device("d-3", "Paging", "Online"),
        ]);
    });
    let shown = desk
        .supervisions
        .possible(&desk.client, &SESSION.into())
        .await
        .unwrap();
    assert!(shown.devices.is_empty());
    let error = desk.supervise(Mode::Listen).await.unwrap_err();
    assert!(error.to_string().contains("online"), "{error}");
    assert!(
        desk.supervise(Mode::Whisper).await.is_ok(),
        "keys can be dialled on a web phone"
    );

    desk.server(|server| server.devices = json!([device("d-5", "SoftPhone", "Online")]));
    let foreign = Supervise {
        device: Some("d-of-somebody-else".to_owned()),
        ..wanted(Mode::Listen)
    };
    assert!(
        desk.supervisions
            .supervise(Some(&desk.client), &foreign)
            .await
            .is_err()
    );
    assert_eq!(desk.rang(), 0);

    desk.server(|server| server.devices = json!([]));
    let error = desk.supervise(Mode::Whisper).await.unwrap_err();
    assert_eq!(error.code(), ErrorCode::Invalid);
}

#[tokio::test]
async fn a_colleague_who_does_not_talk_yet_and_a_call_with_another_supervisor_wait() {
    let desk = Desk::open().await;
    let mut ringing = talking();
    ringing["status"]["code"] = json!("Proceeding");
    desk.hear(3, ringing);
    assert!(
        desk.supervise(Mode::Listen)
            .await
            .unwrap_err()
            .to_string()
            .contains("not talking yet")
    );
    desk.hear(4, talking());
    let mut other = supervising();
    other["extensionId"] = json!("999");
    desk.hear(5, other);
    let error = desk.supervise(Mode::Listen).await.unwrap_err();
    assert!(error.to_string().contains("Somebody else"), "{error}");
    assert_eq!(desk.rang(), 0);
}

#[tokio::test]
async fn what_ringcentral_refuses_is_said_in_words_and_logged() {
    for (status, code, words) in [
        (StatusCode::FORBIDDEN, ErrorCode::NotPermitted, "does not let you"),
        (StatusCode::NOT_FOUND, ErrorCode::Vendor, "The call is over"),
        (
            StatusCode::CONFLICT,
            ErrorCode::Vendor,
            "somebody else is listening",
        ),
        (StatusCode::BAD_REQUEST, ErrorCode::Vendor, "Choose another"),
    ] {
        let desk = Desk::open().await;
        desk.server(|server| {
            server.supervise = (
                status,
                json!({ "errorCode": "TAS-102", "message": "Incorrect State" }),
            )
        });
        let error = desk.supervise(Mode::Listen).await.unwrap_err();
        assert_eq!(error.code(), code, "{status}");
        assert!(error.to_string().contains(words), "{error}");
        assert_eq!(desk.rang(), 1, "{status}: refused, and not tried again");
        assert_eq!(desk.lines().await, ["asked", "refused"]);
        let shown = desk
            .supervisions
            .possible(&desk.client, &SESSION.into())
            .await
            .unwrap();
        assert_eq!(shown.running, None);
    }
}
