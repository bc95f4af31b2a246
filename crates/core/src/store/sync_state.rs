//! How far each synchronisation is: tokens, backfills, and the records that were set aside.

use super::{Backfill, Change, Page, Result, Store, SyncScope, SyncState, SyncToken};
use domain::sync::BackfillProgress;
use jiff::Timestamp;
use serde_json::json;
use sqlx::SqliteConnection;

#[derive(Debug, sqlx::FromRow)]
struct BackfillRow {
    target_at: i64,
    complete_since: Option<i64>,
    cursor: Option<String>,
    records: i64,
    is_paused: bool,
    is_finished: bool,
}

impl Store {
    /// The token to go on with, and when it was stored; nothing of both before the first page.
    pub async fn sync_state(&self, scope: &SyncScope) -> Result<SyncState> {
        let row: Option<(Option<String>, Option<i64>)> =
            sqlx::query_as("SELECT token, synced_at FROM sync_state WHERE scope = ?")
                .bind(scope.0.as_ref())
                .fetch_optional(self.readers())
                .await?;
        let (token, synced_at) = row.unwrap_or_default();
        Ok(SyncState {
            token: token.map(SyncToken),
            synced_at: synced_at.and_then(instant),
        })
    }

    /// Forgets a token that the server no longer takes; the next synchronisation is a full one.
    pub async fn clear_sync_token(&self, scope: &SyncScope) -> Result<()> {
        let mut transaction = self.write().await?;
        sqlx::query("UPDATE sync_state SET token = NULL WHERE scope = ?")
            .bind(scope.0.as_ref())
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }

    /// How far the older history of a scope has arrived; `None` when nobody asked for it yet.
    pub async fn backfill(&self, scope: &SyncScope) -> Result<Option<Backfill>> {
        let row: Option<BackfillRow> = sqlx::query_as("SELECT * FROM backfills WHERE scope = ?")
            .bind(scope.0.as_ref())
            .fetch_optional(self.readers())
            .await?;
        Ok(row.and_then(BackfillRow::into_backfill))
    }

    /// Stores how far a backfill is, without records: to begin, pause, resume or finish it.
    pub async fn set_backfill(&self, scope: &SyncScope, backfill: &Backfill) -> Result<()> {
        let mut transaction = self.write().await?;
        write_backfill(&mut transaction, scope, backfill).await?;
        Ok(transaction.commit().await?)
    }

    /// How many records could not be understood, over all scopes.
    pub async fn set_aside_count(&self) -> Result<u64> {
        let count: i64 = sqlx::query_scalar("SELECT count(*) FROM set_aside")
            .fetch_one(self.readers())
            .await?;
        Ok(u64::try_from(count).unwrap_or_default())
    }

    /// Writes what an answer of a source of contacts says besides them, in the transaction of the contacts: its token,
    /// and which of its entries cannot be read. `read` are those that can.
    pub(super) async fn write_source_answer(
        &self,
        connection: &mut SqliteConnection,
        page: &Page,
        read: &[String],
    ) -> Result<()> {
        sqlx::query(
            "DELETE FROM set_aside WHERE scope = ? AND remote_id IN (SELECT value FROM json_each(?))",
        )
        .bind(page.scope.0.as_ref())
        .bind(json!(read).to_string())
        .execute(&mut *connection)
        .await?;
        let now = self.clock().now().as_millisecond();
        for change in &page.changes {
            if let Change::SetAside {
                remote_id,
                reason,
                raw,
            } = change
            {
                write_set_aside(connection, &page.scope, remote_id, reason, raw, now).await?;
            }
        }
        self.write_progress(connection, page).await
    }

    /// Writes the token and the progress that belong to a page, in the page's own transaction.
    pub(super) async fn write_progress(&self, connection: &mut SqliteConnection, page: &Page) -> Result<()> {
        if let Some(SyncToken(token)) = &page.token {
            sqlx::query(
                "INSERT INTO sync_state (scope, token, synced_at) VALUES (?, ?, ?) \
                 ON CONFLICT DO UPDATE SET token = excluded.token, synced_at = excluded.synced_at",
            )
            .bind(page.scope.0.as_ref())
            .bind(token)
            .bind(self.clock().now().as_millisecond())
            .execute(&mut *connection)
            .await?;
        }
        match &page.backfill {
            Some(backfill) => write_backfill(connection, &page.scope, backfill).await,
            None => Ok(()),
        }
    }
}

impl BackfillRow {
    fn into_backfill(self) -> Option<Backfill> {
        Some(Backfill {
            progress: BackfillProgress {
                records: u64::try_from(self.records).unwrap_or_default(),
                complete_since: self.complete_since.and_then(instant),
                target: instant(self.target_at)?,
                is_paused: self.is_paused,
                is_finished: self.is_finished,
            },
            cursor: self.cursor,
        })
    }
}

async fn write_backfill(
    connection: &mut SqliteConnection,
    scope: &SyncScope,
    backfill: &Backfill,
) -> Result<()> {
    let progress = &backfill.progress;
    sqlx::query(
        "INSERT OR REPLACE INTO backfills (scope, target_at, complete_since, cursor, records, is_paused, is_finished) \
         VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(scope.0.as_ref())
    .bind(progress.target.as_millisecond())
    .bind(progress.complete_since.map(Timestamp::as_millisecond))
    .bind(&backfill.cursor)
    .bind(i64::try_from(progress.records).unwrap_or(i64::MAX))
    .bind(progress.is_paused)
    .bind(progress.is_finished)
    .execute(connection)
    .await?;
    Ok(())
}

/// Keeps a record that could not be understood, as it came.
pub(super) async fn write_set_aside(
    connection: &mut SqliteConnection,
    scope: &SyncScope,
    remote_id: &str,
    reason: &str,
    raw: &str,
    now: i64,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO set_aside (scope, remote_id, reason, raw, set_aside_at) VALUES (?, ?, ?, ?, ?) \
         ON CONFLICT DO UPDATE SET reason = excluded.reason, raw = excluded.raw",
    )
    .bind(scope.0.as_ref())
    .bind(remote_id)
    .bind(reason)
    .bind(raw)
    .bind(now)
    .execute(connection)
    .await?;
    Ok(())
}

/// An instant of the database; `None` for one that no calendar has.
pub(super) fn instant(milliseconds: i64) -> Option<Timestamp> {
    Timestamp::from_millisecond(milliseconds).ok()
}
