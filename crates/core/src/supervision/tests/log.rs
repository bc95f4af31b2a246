//! The log: who may see it, and that it cannot be changed unseen.

use super::desk::*;
use crate::error::CoreError;
use domain::supervision::SupervisionMode as Mode;
use serde_json::json;

#[tokio::test]
async fn only_administrators_see_and_export_the_log() {
    let desk = Desk::open().await;
    desk.supervise(Mode::Listen).await.unwrap();
    desk.server(|server| server.permissions.clear());
    let log = desk.supervisions.log(Some(&desk.client), None, 10).await;
    assert!(
        matches!(log, Err(CoreError::NotPermitted { .. })),
        "a supervisor is no administrator"
    );
    let export = desk.supervisions.export(Some(&desk.client)).await;
    assert!(matches!(export, Err(CoreError::NotPermitted { .. })));
    assert!(matches!(
        desk.supervisions.log(None, None, 10).await,
        Err(CoreError::SignInRequired)
    ));
    desk.server(|server| server.permissions.push("AccountAdministration"));
    assert!(desk.supervisions.log(Some(&desk.client), None, 10).await.is_ok());
}

#[tokio::test]
async fn no_statement_changes_replaces_or_removes_a_line() {
    let desk = Desk::open().await;
    desk.supervise(Mode::Listen).await.unwrap();
    for statement in [
        "UPDATE supervisions SET agent = 'Nobody' WHERE number = 1",
        "UPDATE OR REPLACE supervisions SET number = 7 WHERE number = 1",
        "DELETE FROM supervisions",
        "INSERT OR REPLACE INTO supervisions SELECT * FROM supervisions WHERE number = 1",
        "REPLACE INTO supervisions SELECT * FROM supervisions WHERE number = 2",
    ] {
        let refused = desk.test.execute(statement).await.unwrap_err();
        assert!(refused.contains("only added to"), "{statement}: {refused}");
    }
    assert_eq!(desk.lines().await, ["asked", "running"]);
}

#[tokio::test]
async fn a_line_that_was_changed_or_removed_all_the_same_shows() {
    for (statement, broken_at) in [
        ("DELETE FROM supervisions WHERE number = 2", 2),
        ("DELETE FROM supervisions WHERE number = 4", 4),
        ("UPDATE supervisions SET agent = 'Nobody' WHERE number = 3", 3),
        ("DELETE FROM supervisions", 1),
    ] {
        let desk = Desk::open().await;
        desk.supervise(Mode::Listen).await.unwrap();
        desk.supervise(Mode::Whisper).await.unwrap();
        desk.supervise(Mode::Barge).await.unwrap();
        assert_eq!(desk.lines().await.len(), 4);
        // Somebody with the file in their hands.
        for trigger in ["supervisions_are_not_changed", "supervisions_are_not_removed"] {
            desk.test
                .execute(&format!("DROP TRIGGER {trigger}"))
                .await
                .unwrap();
        }
        desk.test.execute(statement).await.unwrap();
        let log = desk.supervisions.log(Some(&desk.client), None, 10).await.unwrap();
        assert_eq!(log.broken_at, Some(broken_at), "{statement}");
        // What is added later does not heal it.
        desk.supervise(Mode::TakeOver).await.unwrap();
        assert_eq!(
            desk.supervisions.broken_at().await.unwrap(),
            Some(broken_at),
            "{statement}"
        );
    }
}

#[tokio::test]
async fn the_export_holds_every_line_with_its_hash_and_no_formula() {
    let desk = Desk::open().await;
    let mut party = talking();
    party["to"]["name"] = json!("=HYPERLINK(\"http://x\")");
    desk.hear(3, party);
    desk.supervise(Mode::Listen).await.unwrap();
    let csv = desk.supervisions.export(Some(&desk.client)).await.unwrap();
    let text = String::from_utf8(csv).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
    assert_eq!(rows.len(), 2);
    let colleague = |row: &csv::StringRecord| row[7].to_owned();
    assert_eq!(colleague(&rows[0]), "'=HYPERLINK(\"http://x\")");
    assert!(
        rows.iter()
            .all(|row| row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])))
    );
    assert_ne!(rows[0][13], rows[1][13]);
    assert_eq!(rows[0][13].len(), 64);
}

#[tokio::test]
async fn what_still_ran_when_the_program_ended_is_told_as_asked_for() {
    let desk = Desk::open().await;
    desk.supervise(Mode::Listen).await.unwrap();
    let page = crate::live_calls::LivePage::new(desk.test.store.clone(), desk.calls.clone());
    let after = super::super::Supervisions::new(
        desk.test.store.clone(),
        desk.calls.clone(),
        page,
        "Ada Alvarez".to_owned(),
    );
    let log = after.log(Some(&desk.client), None, 10).await.unwrap();
    assert_eq!(
        log.entries[0].result,
        domain::supervision::SupervisionResult::Asked
    );
}
