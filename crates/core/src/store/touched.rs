//! What a transaction touched, and the derived columns that follow from it.
//!
//! The rules:
//! * A call is *shadowed* when its voicemail or fax is here: it is told by that, one item and not two.
//! * What a person deleted here is *hidden*: it shows nowhere, is no attempt, and tells no call.
//! * An *attempt* is an inbound call that was missed, or a voicemail. An *answer* is a call or text to that party, or an
//!   answered call from it. Attempts with no answer between them form a *run*.
//! * Of a run only the newest attempt shows in the list; older calls of it are counted in `missed_attempts`. A
//!   voicemail always shows, because it has something to hear.
//! * The newest attempt of a run that nobody answered is *owed*, unless it was marked done or is history from long
//!   before this copy was made.
//! * Of a conversation only the newest text shows in the list and carries the number of unread ones.
//!
//! Only the parties and conversations that were touched are derived again, and only rows that differ are written. The
//! `+` before a column keeps SQLite from indexing the few derived rows and reading the whole history against them.

use super::Result;
use serde_json::json;
use sqlx::SqliteConnection;
use std::collections::{BTreeMap, BTreeSet};

/// Missed calls that were older than this when the copy was made are history, not debts. It is the span that the
/// call log can be synchronised for (developers.ringcentral.com/guide/voice/call-log/sync).
pub(super) const OWED_DAYS: i64 = 30;

/// How long after its call began a voicemail can have been left, where the call log does not say which one it is: ringing, the
/// greeting, and the message itself.
pub(super) const LEFT_WITHIN_MS: i64 = 10 * 60 * 1000;

/// Calls that are told by a message now, or no longer. Not every record of the call log names its message; then the voicemail of
/// the same party that follows the call tells it.
pub(super) const SHADOWS: &str = "UPDATE communications SET is_shadowed = NOT is_shadowed
    WHERE id IN (SELECT value FROM json_each(?1)
            UNION SELECT n.id FROM communications n WHERE n.message_remote_id IN (SELECT value FROM json_each(?2))
            UNION SELECT n.id FROM json_each(?3) p CROSS JOIN communications n ON n.party_key = p.value ->> 0
                AND n.occurred_at >= p.value ->> 1 AND n.occurred_at <= p.value ->> 2
                WHERE n.outcome = 'voicemail' AND n.message_remote_id IS NULL)
        AND kind = 'call' AND is_shadowed <> (EXISTS (SELECT 1 FROM communications m
            WHERE m.source = 'message_store' AND m.remote_id = communications.message_remote_id AND m.is_hidden = 0)
        OR (outcome = 'voicemail' AND message_remote_id IS NULL AND EXISTS (SELECT 1 FROM communications m
            WHERE m.party_key = communications.party_key AND m.kind = 'voicemail' AND m.is_hidden = 0
            AND m.occurred_at BETWEEN communications.occurred_at AND communications.occurred_at + ?4)))
    RETURNING id";

/// Calls, voicemail and faxes of some parties, from the last answer before a span of time to the first after it: what
/// follows from a run reaches no further. Those without a party key stand for themselves.
pub(super) const PARTIES: &str = "WITH spans AS MATERIALIZED (
        SELECT value ->> 0 AS party,
            (SELECT a.id FROM communications a WHERE a.party_key = value ->> 0 AND a.is_answer
                AND a.occurred_at < value ->> 1 ORDER BY a.occurred_at DESC, a.id DESC LIMIT 1) AS answer_before,
            (SELECT a.id FROM communications a WHERE a.party_key = value ->> 0 AND a.is_answer
                AND a.occurred_at > value ->> 2 ORDER BY a.occurred_at, a.id LIMIT 1) AS answer_after
        FROM json_each(?1)
    ), touched AS MATERIALIZED (
        SELECT c.id, c.kind, c.occurred_at, c.is_read, c.is_done, c.is_shadowed, c.is_hidden,
            c.is_attempt AND c.is_hidden = 0 AS is_attempt, c.is_answer, s.party
        FROM spans s LEFT JOIN communications b ON b.id = s.answer_before
            LEFT JOIN communications a ON a.id = s.answer_after
            CROSS JOIN communications c ON c.party_key = s.party
                AND c.occurred_at >= coalesce(b.occurred_at, ?4) AND c.occurred_at <= coalesce(a.occurred_at, ?5)
        WHERE (b.id IS NULL OR (c.occurred_at, c.id) >= (b.occurred_at, b.id))
            AND (a.id IS NULL OR (c.occurred_at, c.id) <= (a.occurred_at, a.id))
        UNION ALL
        SELECT id, kind, occurred_at, is_read, is_done, is_shadowed, is_hidden, is_attempt AND is_hidden = 0, is_answer,
            'item:' || id
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
            t.is_hidden = 0 AND (t.kind <> 'call' OR (t.is_shadowed = 0 AND coalesce(a.is_latest, 1))) AS is_listed,
            coalesce(a.is_latest AND a.is_open AND t.is_done = 0 AND t.occurred_at >= ?3, 0) AS is_owed,
            coalesce(a.nth, 0) AS missed_attempts,
            1 - t.is_read AS unread_count
        FROM touched t LEFT JOIN attempts a ON a.id = t.id WHERE t.kind <> 'text'
    )
    UPDATE communications SET is_listed = d.is_listed, is_owed = d.is_owed,
        missed_attempts = d.missed_attempts, unread_count = d.unread_count
    FROM derived d WHERE communications.id = +d.id AND (communications.is_listed <> d.is_listed
        OR communications.is_owed <> d.is_owed OR communications.missed_attempts <> d.missed_attempts
        OR communications.unread_count <> d.unread_count)
    RETURNING id";

/// The line of some conversations: their newest text, and no other.
pub(super) const CONVERSATIONS: &str = "WITH touched AS MATERIALIZED (
        SELECT value AS conversation,
            (SELECT c.id FROM communications c WHERE c.conversation_id = value
                ORDER BY c.occurred_at DESC, c.id DESC LIMIT 1) AS newest,
            (SELECT count(*) FROM communications c INDEXED BY communications_conversation_unread
                WHERE c.conversation_id = value AND c.kind = 'text' AND c.is_read = 0) AS unread
        FROM json_each(?)
    ), derived AS (
        SELECT newest AS id, 1 AS is_listed, unread AS unread_count FROM touched WHERE newest IS NOT NULL
        UNION ALL
        SELECT c.id, 0, 0 FROM touched t CROSS JOIN communications c INDEXED BY communications_conversation_line
            ON c.conversation_id = t.conversation AND c.kind = 'text' AND c.is_listed = 1 WHERE c.id <> t.newest
    )
    UPDATE communications SET is_listed = d.is_listed, unread_count = d.unread_count
    FROM derived d WHERE communications.id = +d.id
        AND (communications.is_listed <> d.is_listed OR communications.unread_count <> d.unread_count)
    RETURNING id";

/// A part of somebody's history, in milliseconds; both ends belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    from: i64,
    until: i64,
}

/// Collected while a transaction writes; [`Touched::derive`] comes last.
#[derive(Debug, Default)]
pub(super) struct Touched {
    /// Communications whose own party and conversation have to be looked at.
    pub(super) ids: BTreeSet<i64>,
    /// Parties, and where in their history something came, went or changed.
    parties: BTreeMap<String, Span>,
    /// Conversations that something moved away from.
    pub(super) conversations: BTreeSet<String>,
    /// Messages that came or went, for the calls that they tell.
    pub(super) messages: BTreeSet<String>,
    /// What has to be announced.
    pub(super) changed: BTreeSet<i64>,
}

impl Touched {
    /// Something of a party came, went or changed at this moment.
    pub(super) fn party_at(&mut self, party: String, at: i64) {
        self.widen(party, Span { from: at, until: at });
    }

    fn widen(&mut self, party: String, span: Span) {
        let known = self.parties.entry(party).or_insert(span);
        *known = Span {
            from: known.from.min(span.from),
            until: known.until.max(span.until),
        };
    }

    /// Brings every derived column up to date. Calls before `owed_since`, in milliseconds, are not owed.
    pub(super) async fn derive(&mut self, connection: &mut SqliteConnection, owed_since: i64) -> Result<()> {
        self.add_keys_of_ids(connection).await?;
        if self.derive_shadows(connection).await? {
            self.add_keys_of_ids(connection).await?;
        }
        self.derive_parties(connection, owed_since).await?;
        self.derive_conversations(connection).await
    }

    /// True when calls came out of the shadow or went into it.
    async fn derive_shadows(&mut self, connection: &mut SqliteConnection) -> Result<bool> {
        let near: Vec<_> = self
            .parties
            .iter()
            .map(|(party, span)| (party, span.from.saturating_sub(LEFT_WITHIN_MS), span.until))
            .collect();
        let changed: Vec<i64> = sqlx::query_scalar(SHADOWS)
            .bind(json!(self.ids).to_string())
            .bind(json!(self.messages).to_string())
            .bind(json!(near).to_string())
            .bind(LEFT_WITHIN_MS)
            .fetch_all(connection)
            .await?;
        let has_changed = !changed.is_empty();
        self.ids.extend(&changed);
        self.changed.extend(changed);
        Ok(has_changed)
    }

    async fn add_keys_of_ids(&mut self, connection: &mut SqliteConnection) -> Result<()> {
        let keys: Vec<(Option<String>, Option<String>, i64, i64)> = sqlx::query_as(
            "SELECT party_key, conversation_id, min(occurred_at), max(occurred_at) FROM communications \
             WHERE id IN (SELECT value FROM json_each(?)) GROUP BY party_key, conversation_id",
        )
        .bind(json!(self.ids).to_string())
        .fetch_all(connection)
        .await?;
        for (party, conversation, from, until) in keys {
            if let Some(party) = party {
                self.widen(party, Span { from, until });
            }
            self.conversations.extend(conversation);
        }
        Ok(())
    }

    async fn derive_parties(&mut self, connection: &mut SqliteConnection, owed_since: i64) -> Result<()> {
        let spans: Vec<_> = self
            .parties
            .iter()
            .map(|(party, span)| (party, span.from, span.until))
            .collect();
        let changed: Vec<i64> = sqlx::query_scalar(PARTIES)
            .bind(json!(spans).to_string())
            .bind(json!(self.ids).to_string())
            .bind(owed_since)
            .bind(i64::MIN)
            .bind(i64::MAX)
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
