//! What a transaction touched, and the derived columns that follow from it.
//!
//! The rules:
//! * A call is *shadowed* when its voicemail or fax is here: it is told by that, one item and not two.
//! * An *attempt* is an inbound call that was missed, or a voicemail. An *answer* is a call or text to that party, or an
//!   answered call from it. Attempts with no answer between them form a *run*.
//! * Of a run only the newest attempt shows in the list; older calls of it are counted in `missed_attempts`. A
//!   voicemail always shows, because it has something to hear.
//! * The newest attempt of a run that nobody answered is *owed*, unless it was marked done or is history from long
//!   before this copy was made.
//! * Of a conversation only the newest text shows in the list and carries the number of unread ones.
//!
//! Only the parties and conversations that were touched are derived again, and only rows that differ are written.

use super::Result;
use serde_json::json;
use sqlx::SqliteConnection;
use std::collections::BTreeSet;

/// Missed calls that were older than this when the copy was made are history, not debts. It is the span that the
/// call log can be synchronised for (developers.ringcentral.com/guide/voice/call-log/sync).
pub(super) const NEWS_DAYS: i64 = 30;

/// Calls that are told by a message now, or no longer.
pub(super) const SHADOWS: &str = "UPDATE communications SET is_shadowed = NOT is_shadowed
    WHERE (id IN (SELECT value FROM json_each(?1)) OR message_remote_id IN (SELECT value FROM json_each(?2)))
        AND kind = 'call' AND is_shadowed <> EXISTS (SELECT 1 FROM communications m
            WHERE m.source = 'message_store' AND m.remote_id = communications.message_remote_id)
    RETURNING id";

/// Calls, voicemail and faxes of some parties. Those without a party key stand for themselves.
pub(super) const PARTIES: &str = "WITH touched AS MATERIALIZED (
        SELECT id, kind, occurred_at, is_read, is_done, is_shadowed, is_attempt, is_answer, party_key AS party
        FROM communications WHERE party_key IN (SELECT value FROM json_each(?1))
        UNION ALL
        SELECT id, kind, occurred_at, is_read, is_done, is_shadowed, is_attempt, is_answer, 'item:' || id
        FROM communications WHERE id IN (SELECT value FROM json_each(?2)) AND party_key IS NULL
    ), steps AS (
        SELECT id, party, occurred_at, is_attempt,
            sum(is_answer) OVER (PARTITION BY party ORDER BY occurred_at, id) AS run,
            sum(is_answer) OVER (PARTITION BY party) AS runs
        FROM touched WHERE is_attempt OR is_answer
    ), attempts AS (
        SELECT id, run = runs AS is_open,
            row_number() OVER (PARTITION BY party, run ORDER BY occurred_at, id) AS nth,
            lead(id) OVER (PARTITION BY party, run ORDER BY occurred_at, id) IS NULL AS is_latest
        FROM steps WHERE is_attempt
    ), derived AS (
        SELECT t.id,
            t.kind <> 'call' OR (t.is_shadowed = 0 AND coalesce(a.is_latest, 1)) AS is_listed,
            coalesce(a.is_latest AND a.is_open AND t.is_done = 0 AND t.occurred_at >= ?3, 0) AS is_owed,
            coalesce(a.nth, 0) AS missed_attempts,
            1 - t.is_read AS unread_count
        FROM touched t LEFT JOIN attempts a ON a.id = t.id WHERE t.kind <> 'text'
    )
    UPDATE communications SET is_listed = d.is_listed, is_owed = d.is_owed,
        missed_attempts = d.missed_attempts, unread_count = d.unread_count
    FROM derived d WHERE d.id = communications.id AND (communications.is_listed <> d.is_listed
        OR communications.is_owed <> d.is_owed OR communications.missed_attempts <> d.missed_attempts
        OR communications.unread_count <> d.unread_count)
    RETURNING id";

/// Texts of some conversations.
pub(super) const CONVERSATIONS: &str = "WITH texts AS MATERIALIZED (
        SELECT id, row_number() OVER (PARTITION BY conversation_id ORDER BY occurred_at DESC, id DESC) = 1
                AS is_newest,
            sum(1 - is_read) OVER (PARTITION BY conversation_id) AS unread
        FROM communications WHERE conversation_id IN (SELECT value FROM json_each(?))
    ), derived AS (
        SELECT id, is_newest AS is_listed, is_newest * unread AS unread_count FROM texts
    )
    UPDATE communications SET is_listed = d.is_listed, unread_count = d.unread_count
    FROM derived d WHERE d.id = communications.id
        AND (communications.is_listed <> d.is_listed OR communications.unread_count <> d.unread_count)
    RETURNING id";

/// Collected while a transaction writes; [`Touched::derive`] comes last.
#[derive(Debug, Default)]
pub(super) struct Touched {
    /// Communications whose own party and conversation have to be looked at.
    pub(super) ids: BTreeSet<i64>,
    /// Parties that something moved away from.
    pub(super) parties: BTreeSet<String>,
    /// Conversations that something moved away from.
    pub(super) conversations: BTreeSet<String>,
    /// Messages that came or went, for the calls that they tell.
    pub(super) messages: BTreeSet<String>,
    /// What has to be announced.
    pub(super) changed: BTreeSet<i64>,
}

impl Touched {
    /// Brings every derived column up to date. `news_since` is where history ends, in milliseconds.
    pub(super) async fn derive(&mut self, connection: &mut SqliteConnection, news_since: i64) -> Result<()> {
        self.derive_shadows(connection).await?;
        self.add_keys_of_ids(connection).await?;
        self.derive_parties(connection, news_since).await?;
        self.derive_conversations(connection).await
    }

    async fn derive_shadows(&mut self, connection: &mut SqliteConnection) -> Result<()> {
        let changed: Vec<i64> = sqlx::query_scalar(SHADOWS)
            .bind(json!(self.ids).to_string())
            .bind(json!(self.messages).to_string())
            .fetch_all(connection)
            .await?;
        self.ids.extend(&changed);
        self.changed.extend(changed);
        Ok(())
    }

    async fn add_keys_of_ids(&mut self, connection: &mut SqliteConnection) -> Result<()> {
        let keys: Vec<(Option<String>, Option<String>)> = sqlx::query_as(
            "SELECT DISTINCT party_key, conversation_id FROM communications \
             WHERE id IN (SELECT value FROM json_each(?))",
        )
        .bind(json!(self.ids).to_string())
        .fetch_all(connection)
        .await?;
        for (party, conversation) in keys {
            self.parties.extend(party);
            self.conversations.extend(conversation);
        }
        Ok(())
    }

    async fn derive_parties(&mut self, connection: &mut SqliteConnection, news_since: i64) -> Result<()> {
        let changed: Vec<i64> = sqlx::query_scalar(PARTIES)
            .bind(json!(self.parties).to_string())
            .bind(json!(self.ids).to_string())
            .bind(news_since)
            .fetch_all(connection)
            .await?;
        self.changed.extend(changed);
        Ok(())
    }

    async fn derive_conversations(&mut self, connection: &mut SqliteConnection) -> Result<()> {
        let changed: Vec<i64> = sqlx::query_scalar(CONVERSATIONS)
            .bind(json!(self.conversations).to_string())
            .fetch_all(connection)
            .await?;
        self.changed.extend(changed);
        Ok(())
    }
}
