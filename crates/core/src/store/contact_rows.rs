//! Reading whole contacts back, many in a few statements.

use super::contact_facts::{ContactFacts, HeldContact, NumberFacts, SourceLink};
use super::rows::read_instant;
use super::words::Word;
use super::{Result, StoreError};
use domain::contact::{ContactKind, ContactSource, NumberLabel};
use domain::ids::ContactId;
use domain::phone_number::E164;
use serde_json::json;
use sqlx::SqliteConnection;
use std::collections::HashMap;

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

/// Contacts with everything that belongs to them, in the order of their ids. Missing ones are left out.
pub(super) async fn held(connection: &mut SqliteConnection, ids: &[ContactId]) -> Result<Vec<HeldContact>> {
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
