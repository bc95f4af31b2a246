//! The statements that change single rows while a page is brought in. They decide nothing. New rows go in together:
//! [`super::arrivals`].

use super::super::facts::{Facts, PartyFacts};
use super::super::links::Owners;
use super::super::words::Word;
use super::super::{AttachmentRecord, Coverage, Result, Source, SyncScope};
use domain::ids::ContactId;
use serde_json::json;
use sqlx::SqliteConnection;
use sqlx::query::Query;
use sqlx::sqlite::{Sqlite, SqliteArguments};
use std::collections::BTreeSet;

pub(super) async fn update(
    connection: &mut SqliteConnection,
    id: i64,
    facts: &Facts,
    contact: Option<ContactId>,
    is_read: bool,
    requested_at: i64,
) -> Result<()> {
    let statement = sqlx::query(
        "UPDATE communications SET modified_at = ?, requested_at = ?, occurred_at = ?, direction = ?, number_kind = ?, \
         number = ?, e164 = ?, extension = ?, caller_id_name = ?, contact_id = ?, line_e164 = ?, line_extension = ?, \
         line_name = ?, session_id = ?, outcome = ?, message_remote_id = ?, duration_seconds = ?, conversation_id = ?, \
         is_group = ?, body = ?, transcript_state = ?, delivery_state = ?, delivery_reason = ?, page_count = ?, \
         metadata = ?, is_read = ? WHERE id = ?",
    );
    bind_facts(statement, facts, contact, is_read, requested_at)
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

fn bind_facts<'q>(
    statement: Query<'q, Sqlite, SqliteArguments>,
    facts: &'q Facts,
    contact: Option<ContactId>,
    is_read: bool,
    requested_at: i64,
) -> Query<'q, Sqlite, SqliteArguments> {
    statement
        .bind(facts.modified_at)
        .bind(requested_at)
        .bind(facts.occurred_at)
        .bind(facts.direction.word())
        .bind(facts.party.kind.word())
        .bind(&facts.party.number)
        .bind(&facts.party.e164)
        .bind(&facts.party.extension)
        .bind(&facts.party.name)
        .bind(contact.map(|contact| contact.0))
        .bind(&facts.line_e164)
        .bind(&facts.line_extension)
        .bind(&facts.line_name)
        .bind(&facts.session_id)
        .bind(facts.outcome.map(Word::word))
        .bind(&facts.message_remote_id)
        .bind(facts.duration_seconds)
        .bind(&facts.conversation_id)
        .bind(facts.is_group)
        .bind(&facts.body)
        .bind(facts.transcript.map(Word::word))
        .bind(facts.delivery.map(Word::word))
        .bind(&facts.delivery_reason)
        .bind(facts.page_count)
        .bind(&facts.metadata)
        .bind(is_read)
}

pub(super) async fn restamp(
    connection: &mut SqliteConnection,
    id: i64,
    modified_at: Option<i64>,
    requested_at: i64,
) -> Result<()> {
    sqlx::query("UPDATE communications SET modified_at = ?, requested_at = ? WHERE id = ?")
        .bind(modified_at)
        .bind(requested_at)
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn delete(connection: &mut SqliteConnection, id: i64) -> Result<()> {
    // Attachments first, so that the trigger that remembers their files sees them.
    sqlx::query("DELETE FROM attachments WHERE communication_id = ?")
        .bind(id)
        .execute(&mut *connection)
        .await?;
    sqlx::query("DELETE FROM communications WHERE id = ?")
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn party_key(connection: &mut SqliteConnection, id: i64) -> Result<Option<String>> {
    Ok(
        sqlx::query_scalar("SELECT party_key FROM communications WHERE id = ?")
            .bind(id)
            .fetch_one(connection)
            .await?,
    )
}

pub(super) async fn attachments(
    connection: &mut SqliteConnection,
    communication: i64,
    attachments: &[AttachmentRecord],
) -> Result<()> {
    let kept: Vec<_> = attachments
        .iter()
        .map(|attachment| &attachment.remote_id)
        .collect();
    sqlx::query(
        "DELETE FROM attachments WHERE communication_id = ? AND remote_id NOT IN (SELECT value FROM json_each(?))",
    )
    .bind(communication)
    .bind(json!(kept).to_string())
    .execute(&mut *connection)
    .await?;
    for attachment in attachments {
        // The id and the cached file of an attachment outlive a change of its address.
        sqlx::query(
            "INSERT INTO attachments (communication_id, remote_id, kind, content_type, file_name, size_bytes, uri) \
             VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (communication_id, remote_id) DO UPDATE SET \
             kind = excluded.kind, content_type = excluded.content_type, file_name = excluded.file_name, \
             size_bytes = coalesce(excluded.size_bytes, size_bytes), uri = excluded.uri",
        )
        .bind(communication)
        .bind(&attachment.remote_id)
        .bind(attachment.kind.word())
        .bind(&attachment.content_type)
        .bind(&attachment.file_name)
        .bind(attachment.size_bytes.and_then(|size| i64::try_from(size).ok()))
        .bind(&attachment.uri)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

pub(super) async fn participants(
    connection: &mut SqliteConnection,
    communication: i64,
    occurred_at: i64,
    participants: &[PartyFacts],
    owners: &Owners,
) -> Result<()> {
    sqlx::query("DELETE FROM participants WHERE communication_id = ?")
        .bind(communication)
        .execute(&mut *connection)
        .await?;
    for (position, participant) in participants.iter().enumerate() {
        sqlx::query(
            "INSERT INTO participants (communication_id, position, number_kind, number, e164, extension, \
             caller_id_name, contact_id, occurred_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(communication)
        .bind(i64::try_from(position).unwrap_or(i64::MAX))
        .bind(participant.kind.word())
        .bind(&participant.number)
        .bind(&participant.e164)
        .bind(&participant.extension)
        .bind(&participant.name)
        .bind(owners.of(participant).map(|contact| contact.0))
        .bind(occurred_at)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// What stands in a span, was not answered, and was last written before the question was asked.
pub(super) async fn uncovered(
    connection: &mut SqliteConnection,
    coverage: &Coverage,
    answered: &BTreeSet<&str>,
    requested_at: i64,
) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar(
        "SELECT remote_id FROM communications WHERE source = ? AND occurred_at BETWEEN ? AND ? AND requested_at < ? \
         AND remote_id NOT IN (SELECT value FROM json_each(?))",
    )
    .bind(coverage.source.word())
    .bind(coverage.from.as_millisecond())
    .bind(coverage.until.as_millisecond())
    .bind(requested_at)
    .bind(json!(answered).to_string())
    .fetch_all(connection)
    .await?)
}

pub(super) async fn remember_deletion(
    connection: &mut SqliteConnection,
    source: Source,
    remote_id: &str,
    requested_at: i64,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO deleted_communications (source, remote_id, requested_at) VALUES (?, ?, ?) \
         ON CONFLICT DO UPDATE SET requested_at = max(requested_at, excluded.requested_at)",
    )
    .bind(source.word())
    .bind(remote_id)
    .bind(requested_at)
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn forget_deletion(
    connection: &mut SqliteConnection,
    source: Source,
    remote_id: &str,
) -> Result<()> {
    sqlx::query("DELETE FROM deleted_communications WHERE source = ? AND remote_id = ?")
        .bind(source.word())
        .bind(remote_id)
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn forget_set_aside(
    connection: &mut SqliteConnection,
    scope: &SyncScope,
    remote_id: &str,
) -> Result<()> {
    sqlx::query("DELETE FROM set_aside WHERE scope = ? AND remote_id = ?")
        .bind(scope.0.as_ref())
        .bind(remote_id)
        .execute(connection)
        .await?;
    Ok(())
}
