//! Read and done: what a person decides about items, and the read states that still have to reach the server.
//!
//! A text stands for its whole conversation, a missed call for the older attempts that it supersedes in the list.
//! Done is ours alone; read is RingCentral's for messages and ours for calls, which have no read state there.

use super::touched::Touched;
use super::undo::{self, UndoChange};
use super::{Result, Store};
use domain::ids::CommunicationId;
use domain::ipc::Undoable;
use jiff::Timestamp;
use serde_json::json;
use sqlx::SqliteConnection;

/// The items that are meant when some are named: whole conversations, and the attempts that a listed call stands for.
const MEANT: &str = "WITH named AS (
        SELECT id, conversation_id, party_key, occurred_at, is_listed, is_attempt FROM communications
        WHERE id IN (SELECT value FROM json_each(?))
    )
    SELECT id FROM named
    UNION SELECT c.id FROM named n JOIN communications c ON c.conversation_id = n.conversation_id
    UNION SELECT c.id FROM named n JOIN communications c ON c.party_key = n.party_key
        AND (c.occurred_at, c.id) < (n.occurred_at, n.id)
        WHERE n.is_listed AND n.is_attempt AND c.kind = 'call' AND c.is_attempt AND NOT c.is_listed
        AND NOT EXISTS (SELECT 1 FROM communications a WHERE a.party_key = n.party_key AND a.is_answer
            AND (a.occurred_at, a.id) > (c.occurred_at, c.id) AND (a.occurred_at, a.id) < (n.occurred_at, n.id))";

/// A read state that was set here and has not reached the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingReadState {
    pub id: CommunicationId,
    /// The message's id in the message store.
    pub remote_id: String,
    pub is_read: bool,
    pub changed_at: Timestamp,
}

impl Store {
    /// Marks items as read or unread, and remembers to tell the server. Unread makes only the newest text of a
    /// conversation unread, and nothing that we sent.
    pub async fn set_read(&self, ids: &[CommunicationId], is_read: bool) -> Result<()> {
        let mut transaction = self.write().await?;
        let meant = if is_read {
            meant(&mut transaction, ids).await?
        } else {
            newest_inbound(&mut transaction, ids).await?
        };
        let changed: Vec<i64> = sqlx::query_scalar(
            "UPDATE communications SET is_read = ?1 WHERE id IN (SELECT value FROM json_each(?2)) \
             AND is_read <> ?1 AND direction = 'inbound' RETURNING id",
        )
        .bind(is_read)
        .bind(json!(meant).to_string())
        .fetch_all(&mut *transaction)
        .await?;
        sqlx::query(
            "INSERT INTO pending_changes (communication_id, is_read, changed_at) \
             SELECT id, ?1, ?2 FROM communications WHERE id IN (SELECT value FROM json_each(?3)) \
             AND source = 'message_store' \
             ON CONFLICT DO UPDATE SET is_read = excluded.is_read, changed_at = excluded.changed_at",
        )
        .bind(is_read)
        .bind(self.clock().now().as_millisecond())
        .bind(json!(changed).to_string())
        .execute(&mut *transaction)
        .await?;
        let touched = self.derive_changed(&mut transaction, &changed).await?;
        transaction.commit().await?;
        self.announce_communications(&touched);
        Ok(())
    }

    /// Moves items out of the inbox, or back in.
    pub async fn set_done(&self, ids: &[CommunicationId], is_done: bool) -> Result<Undoable> {
        let mut transaction = self.write().await?;
        let meant = meant(&mut transaction, ids).await?;
        let changed = write_done(&mut transaction, &meant, is_done).await?;
        let touched = self.derive_changed(&mut transaction, &changed).await?;
        let change = UndoChange::Done {
            ids: changed,
            was_done: !is_done,
        };
        let token = undo::remember(&mut transaction, &change, self.clock().now()).await?;
        transaction.commit().await?;
        self.announce_communications(&touched);
        let count = ids.len();
        let words = if is_done {
            format!("{count} marked as done")
        } else {
            format!("{count} moved back to the inbox")
        };
        Ok(Undoable { token, words })
    }

    /// Read states that the server has not heard of, the oldest first.
    pub async fn pending_read_states(&self, limit: u32) -> Result<Vec<PendingReadState>> {
        let rows: Vec<(i64, String, bool, i64)> = sqlx::query_as(
            "SELECT c.id, c.remote_id, p.is_read, p.changed_at FROM pending_changes p \
             JOIN communications c ON c.id = p.communication_id ORDER BY p.changed_at, c.id LIMIT ?",
        )
        .bind(limit)
        .fetch_all(self.readers())
        .await?;
        rows.into_iter()
            .map(|(id, remote_id, is_read, changed_at)| {
                let changed_at = super::rows::read_instant(changed_at)?;
                Ok(PendingReadState {
                    id: CommunicationId(id),
                    remote_id,
                    is_read,
                    changed_at,
                })
            })
            .collect()
    }

    /// The server has taken over these states, or will never. A state that was changed again meanwhile stays pending.
    pub async fn settle_read_states(&self, settled: &[PendingReadState]) -> Result<()> {
        let mut transaction = self.write().await?;
        let now = self.clock().now().as_millisecond();
        for state in settled {
            let is_settled =
                sqlx::query("DELETE FROM pending_changes WHERE communication_id = ? AND is_read = ?")
                    .bind(state.id.0)
                    .bind(state.is_read)
                    .execute(&mut *transaction)
                    .await?
                    .rows_affected()
                    > 0;
            if is_settled {
                sqlx::query("UPDATE communications SET read_confirmed_at = ? WHERE id = ?")
                    .bind(now)
                    .bind(state.id.0)
                    .execute(&mut *transaction)
                    .await?;
            }
        }
        Ok(transaction.commit().await?)
    }

    /// Derives what follows from changed rows; answers everything that is to be announced.
    pub(super) async fn derive_changed(
        &self,
        connection: &mut SqliteConnection,
        changed: &[i64],
    ) -> Result<Touched> {
        let mut touched = Touched::default();
        touched.ids.extend(changed);
        touched.changed.extend(changed);
        touched.derive(connection, self.owed_since()).await?;
        Ok(touched)
    }
}

/// Sets done on rows that differ; answers those.
pub(super) async fn write_done(
    connection: &mut SqliteConnection,
    ids: &[i64],
    is_done: bool,
) -> Result<Vec<i64>> {
    Ok(sqlx::query_scalar(
        "UPDATE communications SET is_done = ?1 WHERE id IN (SELECT value FROM json_each(?2)) AND is_done <> ?1 \
         RETURNING id",
    )
    .bind(is_done)
    .bind(json!(ids).to_string())
    .fetch_all(connection)
    .await?)
}

async fn meant(connection: &mut SqliteConnection, ids: &[CommunicationId]) -> Result<Vec<i64>> {
    Ok(sqlx::query_scalar(MEANT)
        .bind(json!(ids).to_string())
        .fetch_all(connection)
        .await?)
}

async fn newest_inbound(connection: &mut SqliteConnection, ids: &[CommunicationId]) -> Result<Vec<i64>> {
    let newest: Vec<Option<i64>> = sqlx::query_scalar(
        "WITH named AS (
            SELECT id, kind, conversation_id FROM communications WHERE id IN (SELECT value FROM json_each(?))
        )
        SELECT id FROM named WHERE kind <> 'text'
        UNION SELECT (SELECT c.id FROM communications c WHERE c.conversation_id = n.conversation_id
            AND c.direction = 'inbound' ORDER BY c.occurred_at DESC, c.id DESC LIMIT 1)
        FROM named n WHERE n.kind = 'text'",
    )
    .bind(json!(ids).to_string())
    .fetch_all(connection)
    .await?;
    Ok(newest.into_iter().flatten().collect())
}
