//! What the window lists: the tabs with their counts, one item, and somebody's history.
//!
//! Every statement walks one index from a keyset backwards and stops at its limit; the tests hold the query plans.

use super::rows::{CommunicationRow, read_instant, select_communications};
use super::{Result, Store, StoreError};
use domain::communication::Communication;
use domain::ids::{CallSessionId, CommunicationId};
use domain::inbox::{Cursor, InboxCounts, InboxPage, InboxRow, InboxTab, Subject, Timeline};

/// A page of one tab: everything before a keyset, newest first.
macro_rules! page_of {
    ($tab:literal) => {
        page_of!($tab, "")
    };
    ($tab:literal, $indexed_by:literal) => {
        select_communications!(
            $indexed_by,
            concat!(
                "WHERE ",
                $tab,
                " AND (c.occurred_at, c.id) < (?, ?) ORDER BY c.occurred_at DESC, c.id DESC LIMIT ?"
            )
        )
    };
}

/// More than this is never asked for at once.
const PAGE_AT_MOST: u32 = 200;

/// The statement that lists a tab.
pub(super) fn statement(tab: InboxTab) -> &'static str {
    match tab {
        InboxTab::All => page_of!("c.is_listed = 1 AND c.is_done = 0"),
        // Left to itself, SQLite looks for the few unread ones in the whole inbox.
        InboxTab::Unread => page_of!(
            "c.is_listed = 1 AND c.is_done = 0 AND c.unread_count > 0",
            "INDEXED BY communications_unread"
        ),
        InboxTab::Calls => page_of!("c.kind = 'call' AND c.is_shadowed = 0 AND c.is_done = 0"),
        InboxTab::Texts => page_of!("c.kind = 'text' AND c.is_listed = 1 AND c.is_done = 0"),
        InboxTab::Voicemail => page_of!("c.kind = 'voicemail' AND c.is_listed = 1 AND c.is_done = 0"),
        InboxTab::Fax => page_of!("c.kind = 'fax' AND c.is_listed = 1 AND c.is_done = 0"),
        InboxTab::Missed => page_of!("c.is_owed = 1"),
        InboxTab::Done => page_of!("c.is_listed = 1 AND c.is_done = 1"),
    }
}

/// The newest part of a person's history: what is theirs alone, and the group texts that they take part in, each once
/// even when a person is in a group with two numbers. Calls that their voicemail or fax tells are left out. Both halves
/// walk an index of their own and are merged; the rows come in no order.
macro_rules! person_timeline {
    ($participant:literal) => {
        select_communications!(concat!(
            "JOIN (SELECT o.id, o.occurred_at FROM communications o WHERE o.party_key = ?1 AND o.is_shadowed = 0 AND o.is_hidden = 0 \
             AND (o.occurred_at, o.id) < (?3, ?4) UNION ALL \
             SELECT p.communication_id, p.occurred_at FROM participants p WHERE p.",
            $participant,
            " = ?2 AND (p.occurred_at, p.communication_id) < (?3, ?4) AND NOT EXISTS (SELECT 1 FROM participants q \
             WHERE q.communication_id = p.communication_id AND q.position < p.position AND q.",
            $participant,
            " = p.",
            $participant,
            ") ORDER BY 2 DESC, 1 DESC LIMIT ?5) t ON t.id = c.id"
        ))
    };
}

pub(super) const CONTACT_TIMELINE: &str = person_timeline!("contact_id");
pub(super) const NUMBER_TIMELINE: &str = person_timeline!("e164");

/// The newest part of a conversation.
pub(super) const CONVERSATION_TIMELINE: &str = page_of!("c.conversation_id = ?");

/// What the unread counts are made of. Left to itself, SQLite prefers the index that is in the order of the groups and
/// reads the whole inbox.
pub(super) const UNREAD_COUNTS: &str = "SELECT kind, count(*) FROM communications INDEXED BY communications_unread \
    WHERE is_listed = 1 AND is_done = 0 AND unread_count > 0 GROUP BY kind";

/// How many owe an answer.
pub(super) const OWED_COUNT: &str = "SELECT count(*) FROM communications WHERE is_owed = 1";

impl Store {
    /// A page of the inbox, newest first.
    pub async fn list_inbox(&self, tab: InboxTab, after: Option<&Cursor>, limit: u32) -> Result<InboxPage> {
        let limit = limit.clamp(1, PAGE_AT_MOST);
        let (occurred_at, id) = keyset(after);
        let mut connection = self.readers().acquire().await?;
        let mut rows: Vec<CommunicationRow> = sqlx::query_as(statement(tab))
            .bind(occurred_at)
            .bind(id)
            .bind(limit + 1)
            .fetch_all(&mut *connection)
            .await?;
        let next = cut(&mut rows, limit)?;
        let unread: Vec<u32> = rows
            .iter()
            .map(|row| u32::try_from(row.unread_count).unwrap_or_default())
            .collect();
        let items = self.communications(&mut connection, rows).await?;
        let rows = items
            .into_iter()
            .zip(unread)
            .map(|(item, unread_count)| InboxRow { item, unread_count })
            .collect();
        Ok(InboxPage { rows, next })
    }

    /// What the tabs and the navigation show as numbers. Reads only unread and owed rows, however long the history.
    pub async fn inbox_counts(&self) -> Result<InboxCounts> {
        let mut connection = self.readers().acquire().await?;
        let unread: Vec<(String, i64)> = sqlx::query_as(UNREAD_COUNTS).fetch_all(&mut *connection).await?;
        let owed: i64 = sqlx::query_scalar(OWED_COUNT).fetch_one(&mut *connection).await?;
        let of = |kind: &str| {
            unread
                .iter()
                .filter(|(word, _)| word == kind)
                .map(|(_, count)| unsigned(*count))
                .sum()
        };
        Ok(InboxCounts {
            unread: unread.iter().map(|(_, count)| unsigned(*count)).sum(),
            unread_texts: of("text"),
            unread_voicemail: of("voicemail"),
            unread_faxes: of("fax"),
            owed: unsigned(owed),
        })
    }

    /// One communication.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it was deleted meanwhile.
    pub async fn communication(&self, id: CommunicationId) -> Result<Communication> {
        self.communications_by_ids(&[id])
            .await?
            .pop()
            .ok_or(StoreError::NotFound { what: "This item" })
    }

    /// The communications that are still here, in the order of their ids.
    pub async fn communications_by_ids(&self, ids: &[CommunicationId]) -> Result<Vec<Communication>> {
        let mut connection = self.readers().acquire().await?;
        let rows = sqlx::query_as(select_communications!(
            "WHERE c.id IN (SELECT value FROM json_each(?)) AND c.is_hidden = 0 ORDER BY c.id"
        ))
        .bind(serde_json::json!(ids).to_string())
        .fetch_all(&mut *connection)
        .await?;
        self.communications(&mut connection, rows).await
    }

    /// The record of a call that was seen live; `None` until the call log has it.
    pub async fn communication_of_session(&self, session: &CallSessionId) -> Result<Option<CommunicationId>> {
        let id: Option<i64> = sqlx::query_scalar(
            "SELECT id FROM communications WHERE session_id = ? ORDER BY occurred_at, id LIMIT 1",
        )
        .bind(session.as_str())
        .fetch_optional(self.readers())
        .await?;
        Ok(id.map(CommunicationId))
    }

    /// A part of somebody's history before a keyset, oldest first.
    pub async fn timeline(&self, subject: &Subject, before: Option<&Cursor>, limit: u32) -> Result<Timeline> {
        let limit = limit.clamp(1, PAGE_AT_MOST);
        let (occurred_at, id) = keyset(before);
        let mut connection = self.readers().acquire().await?;
        let asked = match subject {
            Subject::Contact(contact) => sqlx::query_as(CONTACT_TIMELINE)
                .bind(format!("contact:{contact}"))
                .bind(contact.0),
            Subject::Number(e164) => sqlx::query_as(NUMBER_TIMELINE)
                .bind(format!("number:{e164}"))
                .bind(e164.as_str()),
            Subject::Conversation(conversation) => {
                sqlx::query_as(CONVERSATION_TIMELINE).bind(conversation.to_string())
            }
            Subject::Item(id) => {
                drop(connection);
                let items = self.communications_by_ids(&[*id]).await?;
                return Ok(Timeline { items, earlier: None });
            }
        };
        let mut rows: Vec<CommunicationRow> = asked
            .bind(occurred_at)
            .bind(id)
            .bind(limit + 1)
            .fetch_all(&mut *connection)
            .await?;
        rows.sort_by_key(|row| std::cmp::Reverse((row.occurred_at, row.id)));
        let earlier = cut(&mut rows, limit)?;
        let mut items = self.communications(&mut connection, rows).await?;
        items.reverse();
        Ok(Timeline { items, earlier })
    }
}

/// Where a page starts; the first one starts after the end of time.
fn keyset(after: Option<&Cursor>) -> (i64, i64) {
    after.map_or((i64::MAX, i64::MAX), |cursor| {
        (cursor.occurred_at.as_millisecond(), cursor.id.0)
    })
}

/// One row more than asked for was read, to know whether there is another page.
fn cut(rows: &mut Vec<CommunicationRow>, limit: u32) -> Result<Option<Cursor>> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    if rows.len() <= limit {
        return Ok(None);
    }
    rows.truncate(limit);
    let Some(last) = rows.last() else { return Ok(None) };
    Ok(Some(Cursor {
        occurred_at: read_instant(last.occurred_at)?,
        id: CommunicationId(last.id),
    }))
}

fn unsigned(count: i64) -> u64 {
    u64::try_from(count).unwrap_or_default()
}
