//! What is written on the pages of faxes, and which faxes are still to be read.
//!
//! The row that says that somebody wants a fax read is the job; pages that are done are kept one by one, so that a job that
//! was cut off goes on where it was. The words that are known so far are `communications.body`, where the full-text search finds
//! them.

use super::fax_pages::NOT_HERE;
use super::rows::read_instant;
use super::{Result, Store, StoreError};
use domain::fax::FaxWord;
use domain::ids::{AttachmentId, CommunicationId};
use jiff::Timestamp;
use sqlx::query::Query;
use sqlx::sqlite::SqliteArguments;
use sqlx::{Sqlite, SqliteConnection};
use std::collections::HashSet;

/// As much of a fax can be searched: some two hundred closely written pages.
const MOST_TEXT_CHARS: usize = 1_000_000;

/// A fax that is to be read now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueReading {
    pub item: CommunicationId,
    /// How often it was begun since a page was last done.
    pub attempts: u32,
}

/// How far the reading of a fax is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoredReading {
    Waiting { done: u32, of: u32 },
    Read,
    Failed { reason: String },
}

/// What stands on one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageWords {
    pub attachment: AttachmentId,
    pub page: u32,
    pub text: String,
    pub words: Vec<FaxWord>,
}

/// The next fax to read.
pub(super) const DUE: &str = "SELECT communication_id, attempts FROM fax_readings INDEXED BY fax_readings_waiting \
    WHERE state = 'waiting' AND not_before <= ? ORDER BY not_before, asked_at LIMIT 1";

/// What is to be searched of a fax.
const ALL_TEXT: &str = "SELECT w.text FROM attachments a JOIN fax_words w ON w.attachment_id = a.id \
    WHERE a.communication_id = ? ORDER BY a.id, w.page";

impl Store {
    /// Remembers that somebody wants a fax read; what is asked for or done already is not asked for twice.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is no fax, or was deleted meanwhile.
    pub async fn want_reading(&self, item: CommunicationId) -> Result<()> {
        let now = self.clock().now().as_millisecond();
        let mut transaction = self.write().await?;
        let is_fax: Option<i64> = sqlx::query_scalar(
            "SELECT id FROM communications WHERE id = ? AND kind = 'fax' AND is_hidden = 0",
        )
        .bind(item.0)
        .fetch_optional(&mut *transaction)
        .await?;
        is_fax.ok_or(NOT_HERE)?;
        sqlx::query(
            "INSERT INTO fax_readings (communication_id, asked_at, state) VALUES (?, ?, 'waiting') \
             ON CONFLICT DO UPDATE SET asked_at = excluded.asked_at, state = 'waiting', reason = NULL, attempts = 0, \
             not_before = 0 WHERE state = 'failed'",
        )
        .bind(item.0)
        .bind(now)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        self.changes().communications_changed(&[item]);
        Ok(())
    }

    /// Nobody wants it read any more; false when it was read, or nobody did.
    pub async fn cancel_reading(&self, item: CommunicationId) -> Result<bool> {
        let statement = "DELETE FROM fax_readings WHERE communication_id = ? AND state <> 'read'";
        let cancelled = self.change_reading(sqlx::query(statement).bind(item.0)).await?;
        if cancelled {
            self.changes().communications_changed(&[item]);
        }
        Ok(cancelled)
    }

    /// The fax that is to be read next, if one is due.
    pub async fn next_reading(&self, now: Timestamp) -> Result<Option<DueReading>> {
        let row: Option<(i64, i64)> = sqlx::query_as(DUE)
            .bind(now.as_millisecond())
            .fetch_optional(self.readers())
            .await?;
        Ok(row.map(|(item, attempts)| DueReading {
            item: CommunicationId(item),
            attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
        }))
    }

    /// When the next one will be due, if one waits.
    pub async fn next_reading_at(&self) -> Result<Option<Timestamp>> {
        let next: Option<i64> = sqlx::query_scalar(
            "SELECT not_before FROM fax_readings INDEXED BY fax_readings_waiting WHERE state = 'waiting' \
             ORDER BY not_before LIMIT 1",
        )
        .fetch_optional(self.readers())
        .await?;
        next.map(read_instant).transpose()
    }

    /// It is begun, once more. False when nobody wants it any more.
    pub async fn begin_reading(&self, item: CommunicationId) -> Result<bool> {
        let statement = "UPDATE fax_readings SET attempts = attempts + 1 WHERE communication_id = ? AND state = 'waiting'";
        self.change_reading(sqlx::query(statement).bind(item.0)).await
    }

    /// How many pages there are to read.
    pub async fn set_reading_pages(&self, item: CommunicationId, pages: u32) -> Result<()> {
        let statement = "UPDATE fax_readings SET pages = ? WHERE communication_id = ?";
        self.change_reading(sqlx::query(statement).bind(pages).bind(item.0))
            .await?;
        self.changes().communications_changed(&[item]);
        Ok(())
    }

    /// It is tried again, not before then.
    pub async fn postpone_reading(&self, item: CommunicationId, not_before: Timestamp) -> Result<()> {
        let statement =
            "UPDATE fax_readings SET not_before = ? WHERE communication_id = ? AND state = 'waiting'";
        let statement = sqlx::query(statement)
            .bind(not_before.as_millisecond())
            .bind(item.0);
        self.change_reading(statement).await?;
        Ok(())
    }

    /// It will not work by itself.
    pub async fn fail_reading(&self, item: CommunicationId, reason: &str) -> Result<()> {
        let statement = "UPDATE fax_readings SET state = 'failed', reason = ? WHERE communication_id = ? AND state = 'waiting'";
        self.change_reading(sqlx::query(statement).bind(reason).bind(item.0))
            .await?;
        self.changes().communications_changed(&[item]);
        Ok(())
    }

    /// Pages of a fax that were read.
    pub async fn read_pages(&self, item: CommunicationId) -> Result<HashSet<(AttachmentId, u32)>> {
        let rows: Vec<(i64, i64)> = sqlx::query_as(
            "SELECT w.attachment_id, w.page FROM attachments a JOIN fax_words w ON w.attachment_id = a.id \
             WHERE a.communication_id = ?",
        )
        .bind(item.0)
        .fetch_all(self.readers())
        .await?;
        Ok(rows
            .into_iter()
            .filter_map(|(attachment, page)| Some((AttachmentId(attachment), u32::try_from(page).ok()?)))
            .collect())
    }

    /// Keeps what stands on a page; the search finds it from now on. False when nobody wants the fax read any more.
    pub async fn keep_page_words(&self, item: CommunicationId, page: &PageWords) -> Result<bool> {
        let words = serde_json::to_string(&page.words).map_err(unreadable)?;
        let mut transaction = self.write().await?;
        let is_wanted = sqlx::query(
            "UPDATE fax_readings SET attempts = 0 WHERE communication_id = ? AND state = 'waiting'",
        )
        .bind(item.0)
        .execute(&mut *transaction)
        .await?
        .rows_affected()
            > 0;
        if !is_wanted {
            return Ok(false);
        }
        sqlx::query(
            "INSERT INTO fax_words (attachment_id, page, text, words) SELECT id, ?2, ?3, ?4 FROM attachments \
             WHERE id = ?1 ON CONFLICT DO UPDATE SET text = excluded.text, words = excluded.words",
        )
        .bind(page.attachment.0)
        .bind(page.page)
        // SQLite's functions end a text at this character, and nobody writes it.
        .bind(page.text.replace('\0', ""))
        .bind(words)
        .execute(&mut *transaction)
        .await?;
        put_text(&mut transaction, item).await?;
        transaction.commit().await?;
        self.changes().communications_changed(&[item]);
        Ok(true)
    }

    /// All pages were read.
    pub async fn finish_reading(&self, item: CommunicationId) -> Result<()> {
        let mut transaction = self.write().await?;
        let done = sqlx::query(
            "UPDATE fax_readings SET state = 'read' WHERE communication_id = ? AND state = 'waiting'",
        )
        .bind(item.0)
        .execute(&mut *transaction)
        .await?;
        if done.rows_affected() == 0 {
            return Ok(());
        }
        put_text(&mut transaction, item).await?;
        transaction.commit().await?;
        self.changes().communications_changed(&[item]);
        Ok(())
    }

    /// How far the reading of a fax is; `None` when nobody asked.
    pub async fn reading(&self, item: CommunicationId) -> Result<Option<StoredReading>> {
        let row: Option<(String, Option<i64>, Option<String>, i64)> = sqlx::query_as(
            "SELECT r.state, r.pages, r.reason, (SELECT count(*) FROM attachments a \
             JOIN fax_words w ON w.attachment_id = a.id WHERE a.communication_id = r.communication_id) \
             FROM fax_readings r WHERE r.communication_id = ?",
        )
        .bind(item.0)
        .fetch_optional(self.readers())
        .await?;
        let Some((state, pages, reason, done)) = row else {
            return Ok(None);
        };
        let number = |value: i64| u32::try_from(value).unwrap_or_default();
        Ok(Some(match (state.as_str(), reason) {
            ("failed", Some(reason)) => StoredReading::Failed { reason },
            ("read", _) => StoredReading::Read,
            _ => StoredReading::Waiting {
                done: number(done),
                of: number(pages.unwrap_or_default()),
            },
        }))
    }

    /// One change by itself; true when there was something to change.
    async fn change_reading(&self, statement: Query<'_, Sqlite, SqliteArguments>) -> Result<bool> {
        let mut transaction = self.write().await?;
        let changed = statement.execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(changed.rows_affected() > 0)
    }

    /// What stands on a page; nothing while it was not read.
    pub async fn page_words(&self, attachment: AttachmentId, page: u32) -> Result<Vec<FaxWord>> {
        let words: Option<String> =
            sqlx::query_scalar("SELECT words FROM fax_words WHERE attachment_id = ? AND page = ?")
                .bind(attachment.0)
                .bind(page)
                .fetch_optional(self.readers())
                .await?;
        words.map_or(Ok(Vec::new()), |words| {
            serde_json::from_str(&words).map_err(unreadable)
        })
    }
}

/// Has the search find what stands on the pages that were read.
async fn put_text(transaction: &mut SqliteConnection, item: CommunicationId) -> Result<()> {
    let pages: Vec<String> = sqlx::query_scalar(ALL_TEXT)
        .bind(item.0)
        .fetch_all(&mut *transaction)
        .await?;
    let text: String = pages.join("\n\n").chars().take(MOST_TEXT_CHARS).collect();
    let text = Some(text).filter(|text| !text.trim().is_empty());
    sqlx::query("UPDATE communications SET body = ? WHERE id = ? AND kind = 'fax'")
        .bind(text)
        .bind(item.0)
        .execute(&mut *transaction)
        .await?;
    Ok(())
}

fn unreadable(source: serde_json::Error) -> StoreError {
    StoreError::Unreadable {
        field: "fax_words.words",
        source: Some(source),
    }
}
