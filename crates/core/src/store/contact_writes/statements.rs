//! The statements behind contacts. Whole batches go into one statement as JSON: a statement per row would make an
//! import of fifty thousand contacts take minutes.

use super::super::Result;
use super::super::contact_facts::{ContactFacts, HeldContact};
use super::super::words::Word;
use crate::matching;
use domain::contact::ContactSource;
use domain::ids::ContactId;
use jiff::Timestamp;
use serde_json::{Value, json};
use sqlx::SqliteConnection;
use std::collections::{BTreeSet, HashMap};

/// Contacts written by one statement; more would only make the JSON longer.
const BATCH: usize = 1000;

/// The id that the next contact gets. Ids are never used twice.
pub(super) async fn next_id(connection: &mut SqliteConnection) -> Result<i64> {
    let last: Option<i64> = sqlx::query_scalar("SELECT seq FROM sqlite_sequence WHERE name = 'contacts'")
        .fetch_optional(connection)
        .await?;
    Ok(last.unwrap_or(0) + 1)
}

/// The revisions of the contacts that are there.
pub(super) async fn revisions(
    connection: &mut SqliteConnection,
    ids: &[ContactId],
) -> Result<HashMap<ContactId, i64>> {
    let rows: Vec<(i64, i64)> =
        sqlx::query_as("SELECT id, revision FROM contacts WHERE id IN (SELECT value FROM json_each(?))")
            .bind(json!(ids).to_string())
            .fetch_all(connection)
            .await?;
    Ok(rows
        .into_iter()
        .map(|(id, revision)| (ContactId(id), revision))
        .collect())
}

/// Writes contacts over what stands there under their ids.
pub(super) async fn write(connection: &mut SqliteConnection, contacts: &[HeldContact]) -> Result<()> {
    for batch in contacts.chunks(BATCH) {
        sqlx::query(
            "INSERT INTO contacts (id, kind, first_name, last_name, company, job_title, notes, extension, name, \
             sort_key, keywords, revision, updated_at) SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, \
             value ->> 4, value ->> 5, value ->> 6, value ->> 7, value ->> 8, value ->> 9, value ->> 10, \
             value ->> 11, value ->> 12 FROM json_each(?) WHERE true \
             ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, first_name = excluded.first_name, \
             last_name = excluded.last_name, company = excluded.company, job_title = excluded.job_title, \
             notes = excluded.notes, extension = excluded.extension, name = excluded.name, \
             sort_key = excluded.sort_key, keywords = excluded.keywords, revision = excluded.revision, \
             updated_at = excluded.updated_at",
        )
        .bind(contact_rows(batch))
        .execute(&mut *connection)
        .await?;
        let ids = json!(batch.iter().map(|held| held.id).collect::<Vec<_>>()).to_string();
        delete_parts(connection, &ids).await?;
        insert_parts(connection, batch).await?;
    }
    Ok(())
}

fn contact_rows(batch: &[HeldContact]) -> String {
    let rows: Vec<Value> = batch
        .iter()
        .map(
            |HeldContact {
                 id,
                 revision,
                 updated_at,
                 facts,
             }| {
                json!([
                    id,
                    facts.kind.word(),
                    facts.first_name,
                    facts.last_name,
                    facts.company,
                    facts.job_title,
                    facts.notes,
                    facts.extension,
                    facts.name(),
                    facts.sort_key(),
                    facts.keywords(),
                    revision,
                    updated_at.as_millisecond(),
                ])
            },
        )
        .collect();
    json!(rows).to_string()
}

async fn delete_parts(connection: &mut SqliteConnection, ids: &str) -> Result<()> {
    for statement in [
        "DELETE FROM contact_numbers WHERE contact_id IN (SELECT value FROM json_each(?))",
        "DELETE FROM contact_emails WHERE contact_id IN (SELECT value FROM json_each(?))",
        "DELETE FROM contact_tags WHERE contact_id IN (SELECT value FROM json_each(?))",
        "DELETE FROM contact_sources WHERE contact_id IN (SELECT value FROM json_each(?))",
    ] {
        sqlx::query(statement).bind(ids).execute(&mut *connection).await?;
    }
    Ok(())
}

async fn insert_parts(connection: &mut SqliteConnection, batch: &[HeldContact]) -> Result<()> {
    let numbers = parts(batch, |facts| {
        facts
            .numbers
            .iter()
            .map(|number| {
                let rank = matching::rank(facts.kind, number);
                vec![
                    json!(number.label.word()),
                    json!(number.raw),
                    json!(number.e164),
                    json!(number.extension),
                    json!(rank),
                ]
            })
            .collect()
    });
    let emails = parts(batch, |facts| {
        facts.emails.iter().map(|email| vec![json!(email)]).collect()
    });
    let tags = parts(batch, |facts| {
        facts.tags.iter().map(|tag| vec![json!(tag)]).collect()
    });
    let sources = parts(batch, |facts| {
        facts
            .sources
            .iter()
            .map(|link| {
                let snapshot = link.snapshot.as_ref().map(Value::to_string);
                vec![json!(link.source.word()), json!(link.remote_id), json!(snapshot)]
            })
            .collect()
    });
    for (statement, rows) in [
        (
            "INSERT INTO contact_numbers (contact_id, position, label, raw, e164, extension, match_rank) \
             SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6 \
             FROM json_each(?)",
            numbers,
        ),
        (
            "INSERT INTO contact_emails (contact_id, position, email) \
             SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?)",
            emails,
        ),
        (
            "INSERT INTO contact_tags (contact_id, position, tag) \
             SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?)",
            tags,
        ),
        (
            "INSERT INTO contact_sources (contact_id, source, remote_id, snapshot) \
             SELECT value ->> 0, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?)",
            sources,
        ),
    ] {
        sqlx::query(statement)
            .bind(rows)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// The rows of one part of many contacts: contact, position, and the part's own columns.
fn parts(batch: &[HeldContact], columns: impl Fn(&ContactFacts) -> Vec<Vec<Value>>) -> String {
    let mut rows = Vec::new();
    for held in batch {
        for (position, mut own) in columns(&held.facts).into_iter().enumerate() {
            let mut row = vec![json!(held.id), json!(position)];
            row.append(&mut own);
            rows.push(row);
        }
    }
    json!(rows).to_string()
}

/// Takes everything from contacts by which they could be matched.
pub(super) async fn disown(connection: &mut SqliteConnection, ids: &[ContactId]) -> Result<()> {
    let ids = json!(ids).to_string();
    sqlx::query("DELETE FROM contact_numbers WHERE contact_id IN (SELECT value FROM json_each(?))")
        .bind(&ids)
        .execute(&mut *connection)
        .await?;
    sqlx::query("UPDATE contacts SET extension = NULL WHERE id IN (SELECT value FROM json_each(?))")
        .bind(&ids)
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn remove(connection: &mut SqliteConnection, ids: &[ContactId]) -> Result<()> {
    sqlx::query("DELETE FROM contacts WHERE id IN (SELECT value FROM json_each(?))")
        .bind(json!(ids).to_string())
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn choose(
    connection: &mut SqliteConnection,
    e164: &str,
    contact: ContactId,
    now: Timestamp,
) -> Result<()> {
    restore_choices(connection, &[(e164.to_owned(), contact.0, now.as_millisecond())]).await
}

/// Number, contact and moment of what a person said about these contacts.
pub(super) async fn choices_of(
    connection: &mut SqliteConnection,
    ids: &[ContactId],
) -> Result<Vec<(String, i64, i64)>> {
    Ok(sqlx::query_as(
        "SELECT e164, contact_id, chosen_at FROM match_choices WHERE contact_id IN (SELECT value FROM json_each(?))",
    )
    .bind(json!(ids).to_string())
    .fetch_all(connection)
    .await?)
}

/// Number, contact and moment of what a person said about this number.
pub(super) async fn choice_of(
    connection: &mut SqliteConnection,
    e164: &str,
) -> Result<Option<(String, i64, i64)>> {
    Ok(
        sqlx::query_as("SELECT e164, contact_id, chosen_at FROM match_choices WHERE e164 = ?")
            .bind(e164)
            .fetch_optional(connection)
            .await?,
    )
}

pub(super) async fn forget_choices(connection: &mut SqliteConnection, e164: &[String]) -> Result<()> {
    sqlx::query("DELETE FROM match_choices WHERE e164 IN (SELECT value FROM json_each(?))")
        .bind(json!(e164).to_string())
        .execute(connection)
        .await?;
    Ok(())
}

/// Whether somebody else has this number too.
pub(super) async fn has_others(
    connection: &mut SqliteConnection,
    e164: &str,
    contact: ContactId,
) -> Result<bool> {
    Ok(
        sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM contact_numbers WHERE e164 = ? AND contact_id <> ?)",
        )
        .bind(e164)
        .bind(contact.0)
        .fetch_one(connection)
        .await?,
    )
}

pub(super) async fn restore_choices(
    connection: &mut SqliteConnection,
    choices: &[(String, i64, i64)],
) -> Result<()> {
    sqlx::query(
        "INSERT OR REPLACE INTO match_choices (e164, contact_id, chosen_at) \
         SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?)",
    )
    .bind(json!(choices).to_string())
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn move_choices(
    connection: &mut SqliteConnection,
    from: ContactId,
    to: ContactId,
) -> Result<()> {
    sqlx::query("UPDATE match_choices SET contact_id = ? WHERE contact_id = ?")
        .bind(to.0)
        .bind(from.0)
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn dismiss(
    connection: &mut SqliteConnection,
    sources: &[(ContactSource, String)],
) -> Result<()> {
    sqlx::query(
        "INSERT OR IGNORE INTO dismissed_sources (source, remote_id) \
         SELECT value ->> 0, value ->> 1 FROM json_each(?)",
    )
    .bind(source_words(sources))
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn undismiss(
    connection: &mut SqliteConnection,
    sources: &[(ContactSource, String)],
) -> Result<()> {
    sqlx::query(
        "DELETE FROM dismissed_sources WHERE (source, remote_id) IN \
         (SELECT value ->> 0, value ->> 1 FROM json_each(?))",
    )
    .bind(source_words(sources))
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn dismissed(
    connection: &mut SqliteConnection,
    source: ContactSource,
) -> Result<BTreeSet<String>> {
    let ids: Vec<String> = sqlx::query_scalar("SELECT remote_id FROM dismissed_sources WHERE source = ?")
        .bind(source.word())
        .fetch_all(connection)
        .await?;
    Ok(ids.into_iter().collect())
}

fn source_words(sources: &[(ContactSource, String)]) -> String {
    json!(
        sources
            .iter()
            .map(|(source, remote_id)| (source.word(), remote_id))
            .collect::<Vec<_>>()
    )
    .to_string()
}
