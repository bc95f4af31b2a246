//! What a page says is no longer at the server, told or untold: it goes here too, but for voicemail and faxes that RingCentral
//! lost by itself. Which that is, [`super::super::removal`] decides.

use super::super::removal::{Fate, MAILBOX_MESSAGES, Missing, fate};
use super::super::words::Word;
use super::super::{Change, Coverage, Result, Source};
use super::{Run, write};
use serde_json::json;
use sqlx::SqliteConnection;
use std::collections::BTreeSet;

/// What is known of some voicemails and faxes that the server no longer has. Those that go together do not count as older or
/// newer ones that are still there. A fax is here when all its documents are.
pub(in super::super) const MISSING: &str = "SELECT c.remote_id, c.occurred_at,
        CASE WHEN c.kind = 'fax'
            THEN (SELECT coalesce(min(a.cached_file IS NOT NULL), 0) FROM attachments a
                WHERE a.communication_id = c.id AND a.kind = 'fax_document')
            ELSE c.body IS NOT NULL OR EXISTS (SELECT 1 FROM attachments a WHERE a.communication_id = c.id
                AND a.kind = 'audio' AND a.cached_file IS NOT NULL) END AS is_here,
        c.direction = 'outbound' AS was_sent,
        c.gone_at IS NOT NULL AS is_gone,
        EXISTS (SELECT 1 FROM communications o INDEXED BY communications_mailbox
            WHERE o.kind IN ('voicemail', 'fax') AND o.direction = 'inbound' AND o.gone_at IS NULL
            AND o.kind = c.kind AND (o.occurred_at, o.id) < (c.occurred_at, c.id)
            AND NOT (o.source = 'message_store' AND o.remote_id IN (SELECT value FROM json_each(?1)))) AS has_older,
        (SELECT count(*) FROM (SELECT 1 FROM communications o INDEXED BY communications_mailbox
            WHERE o.kind IN ('voicemail', 'fax') AND o.direction = 'inbound' AND o.gone_at IS NULL
            AND (o.occurred_at, o.id) > (c.occurred_at, c.id) LIMIT ?2)) AS newer
    FROM json_each(?1) w JOIN communications c ON c.source = 'message_store' AND c.remote_id = w.value
    WHERE c.kind = 'fax' OR c.kind = 'voicemail' AND c.direction = 'inbound'";

/// It is known whether the server has it.
pub(in super::super) const NO_DOUBT: [&str; 2] = [
    "UPDATE voicemails SET is_doubtful = 0 WHERE communication_id = ?",
    "DELETE FROM doubtful_faxes WHERE communication_id = ?",
];

#[derive(Debug, sqlx::FromRow)]
struct MissingRow {
    remote_id: String,
    occurred_at: i64,
    is_here: bool,
    was_sent: bool,
    is_gone: bool,
    has_older: bool,
    newer: i64,
}

impl Run {
    /// What the server names is there, whatever was thought before.
    pub(super) async fn note_there(
        &mut self,
        connection: &mut SqliteConnection,
        name: &(Source, String),
    ) -> Result<()> {
        let Some((id, _)) = self.held.row(name) else {
            return Ok(());
        };
        let was_gone = self
            .held
            .gone_at(id)
            .is_some_and(|gone_at| gone_at <= self.requested_at);
        if was_gone && unmark(connection, id).await? {
            self.held.hold_there(id);
            self.touched.changed.insert(id);
        }
        Ok(())
    }

    /// What stands in a span that the server answered completely, and was not in its answer, is gone there.
    pub(super) async fn delete_uncovered(
        &mut self,
        connection: &mut SqliteConnection,
        coverage: &Coverage,
        changes: &[Change],
        now: i64,
    ) -> Result<()> {
        let answered: BTreeSet<&str> = changes
            .iter()
            .filter_map(|change| match change {
                // A record that could not be understood is there all the same.
                Change::SetAside { remote_id, .. } => Some(remote_id.as_str()),
                change => change
                    .names()
                    .filter(|(source, _)| *source == coverage.source)
                    .map(|(_, id)| id),
            })
            .collect();
        let gone = write::uncovered(connection, coverage, &answered, self.requested_at).await?;
        self.held.load_more(connection, coverage.source, &gone).await?;
        self.lose(connection, &gone, coverage.source, now, true).await?;
        if coverage.source == Source::MessageStore && coverage.names_all_since < coverage.from {
            let lost = unnamed(connection, coverage, &answered, self.requested_at, now).await?;
            self.touched.changed.extend(lost);
        }
        Ok(())
    }

    /// What the server does not have any more goes here too, but for voicemail and faxes that it lost by itself. In doubt it is
    /// asked about later.
    pub(super) async fn lose(
        &mut self,
        connection: &mut SqliteConnection,
        remote_ids: &[String],
        source: Source,
        now: i64,
        is_doubtful: bool,
    ) -> Result<()> {
        let kept = match source {
            Source::MessageStore => kept(connection, remote_ids, now).await?,
            Source::CallLog => BTreeSet::new(),
        };
        for remote_id in remote_ids {
            let name = (source, remote_id.clone());
            match self.held.row(&name).filter(|_| kept.contains(remote_id)) {
                Some((_, held)) if held.requested_at > self.requested_at => {}
                Some((id, _)) => {
                    if mark(connection, id, now, is_doubtful).await? {
                        self.touched.changed.insert(id);
                    }
                }
                None => self.delete(connection, source, remote_id).await?,
            }
        }
        Ok(())
    }
}

/// Those of the missing messages that stay here.
async fn kept(
    connection: &mut SqliteConnection,
    remote_ids: &[String],
    now: i64,
) -> Result<BTreeSet<String>> {
    if remote_ids.is_empty() {
        return Ok(BTreeSet::new());
    }
    let rows: Vec<MissingRow> = sqlx::query_as(MISSING)
        .bind(json!(remote_ids).to_string())
        .bind(MAILBOX_MESSAGES)
        .fetch_all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .filter(|row| {
            let missing = Missing {
                is_here: row.is_here,
                was_sent: row.was_sent,
                has_older_there: row.has_older,
                newer_there: u32::try_from(row.newer).unwrap_or(MAILBOX_MESSAGES),
                age_ms: now.saturating_sub(row.occurred_at),
            };
            // What is known to be lost stays lost, however often that is said.
            row.is_gone || fate(missing) == Fate::Keep
        })
        .map(|row| row.remote_id)
        .collect())
}

/// Notes that the server has lost it; false when that was known.
async fn mark(connection: &mut SqliteConnection, id: i64, now: i64, is_doubtful: bool) -> Result<bool> {
    let marked = sqlx::query("UPDATE communications SET gone_at = ? WHERE id = ? AND gone_at IS NULL")
        .bind(now)
        .bind(id)
        .execute(&mut *connection)
        .await?
        .rows_affected()
        > 0;
    if marked && is_doubtful {
        doubt(connection, &[id]).await?;
    }
    Ok(marked)
}

/// It is there, whatever was thought before.
async fn unmark(connection: &mut SqliteConnection, id: i64) -> Result<bool> {
    let unmarked =
        sqlx::query("UPDATE communications SET gone_at = NULL WHERE id = ? AND gone_at IS NOT NULL")
            .bind(id)
            .execute(&mut *connection)
            .await?
            .rows_affected()
            > 0;
    if unmarked {
        for statement in NO_DOUBT {
            sqlx::query(statement).bind(id).execute(&mut *connection).await?;
        }
    }
    Ok(unmarked)
}

/// Notes that what a complete list does not name, and what is too old to be taken as deleted, is gone there.
async fn unnamed(
    connection: &mut SqliteConnection,
    coverage: &Coverage,
    answered: &BTreeSet<&str>,
    requested_at: i64,
    now: i64,
) -> Result<Vec<i64>> {
    let lost: Vec<i64> = sqlx::query_scalar(
        "UPDATE communications SET gone_at = ?1 WHERE source = ?2 AND occurred_at >= ?3 AND occurred_at < ?4 \
         AND requested_at < ?5 AND kind IN ('voicemail', 'fax') AND direction = 'inbound' AND gone_at IS NULL \
         AND remote_id NOT IN (SELECT value FROM json_each(?6)) RETURNING id",
    )
    .bind(now)
    .bind(coverage.source.word())
    .bind(coverage.names_all_since.as_millisecond())
    .bind(coverage.from.as_millisecond())
    .bind(requested_at)
    .bind(json!(answered).to_string())
    .fetch_all(&mut *connection)
    .await?;
    doubt(connection, &lost).await?;
    Ok(lost)
}

async fn doubt(connection: &mut SqliteConnection, ids: &[i64]) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO voicemails (communication_id, is_doubtful) SELECT id, 1 FROM communications \
         WHERE id IN (SELECT value FROM json_each(?)) AND kind = 'voicemail' \
         ON CONFLICT DO UPDATE SET is_doubtful = 1",
    )
    .bind(json!(ids).to_string())
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "INSERT OR IGNORE INTO doubtful_faxes (communication_id) SELECT id FROM communications \
         WHERE id IN (SELECT value FROM json_each(?)) AND kind = 'fax'",
    )
    .bind(json!(ids).to_string())
    .execute(connection)
    .await?;
    Ok(())
}
