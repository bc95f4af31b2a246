//! The derived columns again, by a plain computation over all rows.

use super::super::super::*;
use super::steps::NUMBERS;

/// A row without what nothing is derived from.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub(super) struct Plain {
    pub(super) id: i64,
    pub(super) source: String,
    pub(super) remote_id: String,
    pub(super) kind: String,
    pub(super) direction: String,
    pub(super) occurred_at: i64,
    pub(super) e164: Option<String>,
    pub(super) contact_id: Option<i64>,
    pub(super) outcome: Option<String>,
    pub(super) message_remote_id: Option<String>,
    pub(super) conversation_id: Option<String>,
    pub(super) delivery_state: Option<String>,
    pub(super) is_read: bool,
    pub(super) is_done: bool,
    pub(super) is_shadowed: bool,
    pub(super) is_listed: bool,
    pub(super) is_owed: bool,
    pub(super) missed_attempts: i64,
    pub(super) unread_count: i64,
}

/// The derived values of every row, computed from nothing but the rows, as simply as can be.
pub(super) fn recomputed(rows: &[Plain], owed_since: i64, best: &[(String, i64)]) -> Vec<Plain> {
    let mut all = rows.to_vec();
    for row in &mut all {
        let owner = best.iter().find(|(e164, _)| Some(e164) == row.e164.as_ref());
        row.contact_id = owner.map(|(_, contact)| *contact);
        let is_named = row.message_remote_id.is_some()
            && rows
                .iter()
                .any(|m| m.source == "message_store" && Some(&m.remote_id) == row.message_remote_id.as_ref());
        row.is_shadowed = is_named;
    }
    let linked = all.clone();
    for row in &mut all {
        let goes_unnamed = row.outcome.as_deref() == Some("voicemail") && row.message_remote_id.is_none();
        row.is_shadowed |= goes_unnamed
            && linked.iter().any(|m| {
                let is_same_party = match (row.contact_id, m.contact_id) {
                    (Some(one), Some(two)) => one == two,
                    (None, None) => row.e164.is_some() && row.e164 == m.e164,
                    _ => false,
                };
                let after = m.occurred_at - row.occurred_at;
                m.kind == "voicemail" && is_same_party && (0..=10 * 60 * 1000).contains(&after)
            });
    }
    let facts = all.clone();
    let is_attempt = |row: &Plain| {
        let outcome = row.outcome.as_deref();
        row.direction == "inbound"
            && (row.kind == "voicemail"
                || (row.kind == "call"
                    && !row.is_shadowed
                    && matches!(outcome, Some("missed" | "voicemail" | "busy"))))
    };
    let is_answer = |row: &Plain| match (row.kind.as_str(), row.direction.as_str()) {
        ("call", "inbound") => matches!(row.outcome.as_deref(), Some("answered" | "answered_elsewhere")),
        ("call", _) => row.outcome.as_deref() != Some("failed"),
        ("text", "outbound") => row.delivery_state.as_deref() != Some("failed"),
        _ => false,
    };
    let when = |row: &Plain| (row.occurred_at, row.id);
    for row in &mut all {
        let same_party = |other: &&Plain| {
            other.id == row.id
                || match (row.contact_id, other.contact_id) {
                    (Some(one), Some(two)) => one == two,
                    (None, None) => row.e164.is_some() && row.e164 == other.e164,
                    _ => false,
                }
        };
        let party: Vec<&Plain> = facts.iter().filter(same_party).collect();
        let spoken_before = party
            .iter()
            .filter(|o| is_answer(o) && when(o) < when(row))
            .map(|o| when(o))
            .max();
        let spoken_after = party
            .iter()
            .filter(|o| is_answer(o) && when(o) > when(row))
            .map(|o| when(o))
            .min();
        let run: Vec<&&Plain> = party
            .iter()
            .filter(|o| is_attempt(o) && spoken_before.is_none_or(|at| when(o) > at))
            .filter(|o| spoken_after.is_none_or(|at| when(o) < at))
            .collect();
        let is_latest = run.iter().all(|o| when(o) <= when(row));
        (row.missed_attempts, row.is_owed) = (0, false);
        row.is_listed = !row.is_shadowed;
        row.unread_count = i64::from(!row.is_read);
        if is_attempt(row) {
            row.missed_attempts = run.iter().filter(|o| when(o) <= when(row)).count() as i64;
            row.is_owed =
                is_latest && spoken_after.is_none() && !row.is_done && row.occurred_at >= owed_since;
            row.is_listed = row.kind == "voicemail" || is_latest;
        }
        if row.kind == "text" {
            let thread: Vec<&Plain> = facts
                .iter()
                .filter(|o| o.conversation_id == row.conversation_id)
                .collect();
            row.is_listed = thread.iter().all(|o| when(o) <= when(row));
            row.unread_count = if row.is_listed {
                thread.iter().filter(|o| !o.is_read).count() as i64
            } else {
                0
            };
        }
    }
    all
}

/// Every row, as it stands.
pub(super) async fn rows(store: &Store) -> Vec<Plain> {
    sqlx::query_as("SELECT * FROM communications ORDER BY id")
        .fetch_all(store.readers())
        .await
        .unwrap()
}

/// Whom each number belongs to, by reading contacts and choices one by one.
pub(super) async fn owners(store: &Store) -> Vec<(String, i64)> {
    let mut owners = Vec::new();
    for number in NUMBERS {
        let candidates = store.match_candidates(Some(number), None).await.unwrap();
        owners.extend(
            candidates
                .first()
                .map(|best| (number.to_owned(), best.contact.id.0)),
        );
    }
    owners
}
