//! The statements behind contacts. Whole batches go into one statement as JSON: a statement per row would make an
//! import of fifty thousand contacts take minutes.

use super::super::contact_facts::{ContactFacts, HeldContact, NumberFacts, SourceLink};
use super::super::rows::read_instant;
use super::super::words::Word;
use super::super::{Result, StoreError};
use crate::matching;
use domain::contact::{ContactKind, ContactSource, NumberLabel};
use domain::ids::ContactId;
use domain::phone_number::E164;
use jiff::Timestamp;
use serde_json::{Value, json};
use sqlx::SqliteConnection;
use std::collections::{BTreeSet, HashMap};

/// Contacts written by one statement; more would only make the JSON longer.
const BATCH: usize = 1000;

#[derive(Debug, sqlx::FromRow)]
struct ContactRow {
    id: i64,
    kind: String,
    first_name: String,
    last_name: String,
    company: String,
    job_title: String,
    notes: String,
    extension: Option<String>,
    revision: i64,
    updated_at: i64,
}

#[derive(Debug, sqlx::FromRow)]
struct NumberRow {
    contact_id: i64,
    label: String,
    raw: String,
    e164: Option<String>,
    extension: Option<String>,
}

/// The id that the next contact gets. Ids are never used twice.
pub(super) async fn next_id(connection: &mut SqliteConnection) -> Result<i64> {
    let last: Option<i64> = sqlx::query_scalar("SELECT seq FROM sqlite_sequence WHERE name = 'contacts'")
        .fetch_optional(connection)
        .await?;
    Ok(last.unwrap_or(0) + 1)
}

/// Contacts with everything that belongs to them, in the order of their ids. Missing ones are left out.
pub(in super::super) async fn held(
    connection: &mut SqliteConnection,
    ids: &[ContactId],
) -> Result<Vec<HeldContact>> {
    let ids = json!(ids).to_string();
    let rows: Vec<ContactRow> = sqlx::query_as(
        "SELECT id, kind, first_name, last_name, company, job_title, notes, extension, revision, updated_at \
         FROM contacts WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
    )
    .bind(&ids)
    .fetch_all(&mut *connection)
    .await?;
    let mut numbers = numbers_of(connection, &ids).await?;
    let mut emails = lines_of(
        connection,
        "SELECT contact_id, email FROM contact_emails WHERE contact_id IN (SELECT value FROM json_each(?)) \
         ORDER BY contact_id, position",
        &ids,
    )
    .await?;
    let mut tags = lines_of(
        connection,
        "SELECT contact_id, tag FROM contact_tags WHERE contact_id IN (SELECT value FROM json_each(?)) \
         ORDER BY contact_id, position",
        &ids,
    )
    .await?;
    let mut sources = sources_of(connection, &ids).await?;
    rows.into_iter()
        .map(|row| {
            Ok(HeldContact {
                id: ContactId(row.id),
                revision: row.revision,
                updated_at: read_instant(row.updated_at)?,
                facts: ContactFacts {
                    kind: ContactKind::of_word(&row.kind)?,
                    first_name: row.first_name,
                    last_name: row.last_name,
                    company: row.company,
                    job_title: row.job_title,
                    notes: row.notes,
                    extension: row.extension,
                    numbers: numbers.remove(&row.id).unwrap_or_default(),
                    emails: emails.remove(&row.id).unwrap_or_default(),
                    tags: tags.remove(&row.id).unwrap_or_default(),
                    sources: sources.remove(&row.id).unwrap_or_default(),
                },
            })
        })
        .collect()
}

async fn numbers_of(connection: &mut SqliteConnection, ids: &str) -> Result<HashMap<i64, Vec<NumberFacts>>> {
    let rows: Vec<NumberRow> = sqlx::query_as(
        "SELECT contact_id, label, raw, e164, extension FROM contact_numbers \
         WHERE contact_id IN (SELECT value FROM json_each(?)) ORDER BY contact_id, position",
    )
    .bind(ids)
    .fetch_all(connection)
    .await?;
    let mut numbers: HashMap<i64, Vec<NumberFacts>> = HashMap::new();
    for row in rows {
        numbers.entry(row.contact_id).or_default().push(NumberFacts {
            label: NumberLabel::of_word(&row.label)?,
            raw: row.raw,
            e164: row.e164.and_then(|e164| E164::new(e164).ok()),
            extension: row.extension,
        });
    }
    Ok(numbers)
}

async fn lines_of(
    connection: &mut SqliteConnection,
    statement: &'static str,
    ids: &str,
) -> Result<HashMap<i64, Vec<String>>> {
    let rows: Vec<(i64, String)> = sqlx::query_as(statement).bind(ids).fetch_all(connection).await?;
    let mut lines: HashMap<i64, Vec<String>> = HashMap::new();
    for (contact, line) in rows {
        lines.entry(contact).or_default().push(line);
    }
    Ok(lines)
}

async fn sources_of(connection: &mut SqliteConnection, ids: &str) -> Result<HashMap<i64, Vec<SourceLink>>> {
    let rows: Vec<(i64, String, Option<String>, Option<String>)> = sqlx::query_as(
        "SELECT contact_id, source, remote_id, snapshot FROM contact_sources \
         WHERE contact_id IN (SELECT value FROM json_each(?)) ORDER BY contact_id, source, id",
    )
    .bind(ids)
    .fetch_all(connection)
    .await?;
    let mut sources: HashMap<i64, Vec<SourceLink>> = HashMap::new();
    for (contact, source, remote_id, snapshot) in rows {
        let snapshot = snapshot
            .map(|text| serde_json::from_str(&text))
            .transpose()
            .map_err(|source| StoreError::Unreadable {
                field: "contact_sources.snapshot",
                source: Some(source),
            })?;
        let link = SourceLink {
            source: ContactSource::of_word(&source)?,
            remote_id,
            snapshot,
        };
        sources.entry(contact).or_default().push(link);
    }
    Ok(sources)
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
