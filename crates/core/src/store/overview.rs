//! What the page one starts from needs of the store: what waits and since when, and what a span of time was like.
//!
//! Nothing here grows with the length of history: what waits has indexes of its own, and a span costs its own rows.

use super::{Result, Store};
use domain::communication::Kind;
use domain::ids::CommunicationId;
use jiff::Timestamp;

/// Missed calls that nobody has returned. The index holds nothing else.
pub(super) const WAITING_CALLS: &str = "SELECT id, occurred_at FROM communications INDEXED BY communications_owed \
     WHERE is_owed = 1 AND kind = 'call' ORDER BY occurred_at, id";

/// Unread items of a kind.
pub(super) const WAITING: &str = "SELECT id, occurred_at FROM communications INDEXED BY communications_unread \
     WHERE is_listed = 1 AND is_done = 0 AND unread_count > 0 AND kind = ? ORDER BY occurred_at, id";

/// Texts and faxes that did not go out and that nobody has put away.
pub(super) const UNSENT: &str = "SELECT count(*), min(created_at) FROM outbox INDEXED BY outbox_failed \
     WHERE state = 'failed' AND is_dismissed = 0 AND kind IN ('text', 'fax')";

/// A span of time, by the index of the sources.
pub(super) const SPAN: &str = "SELECT kind, direction, outcome, count(*) FROM communications \
     INDEXED BY communications_by_source WHERE source IN ('call_log', 'message_store') AND occurred_at >= ? \
     AND occurred_at < ? GROUP BY kind, direction, outcome";

/// When this copy begins.
pub(super) const BEGINNING: &str = "SELECT min(occurred_at) FROM communications INDEXED BY communications_by_source \
     WHERE source = ?";

/// Voicemail and faxes that came between two instants and whose sound or document is not here.
pub(super) const NOT_KEPT: &str = "SELECT c.kind, count(DISTINCT c.id), min(c.occurred_at) FROM communications c \
     INDEXED BY communications_mailbox JOIN attachments a ON a.communication_id = c.id \
     AND a.kind IN ('audio', 'fax_document') AND a.cached_file IS NULL \
     WHERE c.kind IN ('voicemail', 'fax') AND c.direction = 'inbound' AND c.gone_at IS NULL AND c.is_hidden = 0 \
     AND c.occurred_at >= ? AND c.occurred_at < ? GROUP BY c.kind ORDER BY c.kind";

/// What waits, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub count: u32,
    pub oldest_at: Option<Timestamp>,
    /// No more than were asked for.
    pub first: Vec<CommunicationId>,
}

/// What a span of time was like.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SpanCounts {
    pub calls_in: u32,
    pub calls_out: u32,
    /// Among the inbound ones.
    pub missed: u32,
    pub texts: u32,
    pub voicemail: u32,
    pub faxes: u32,
}

impl Store {
    /// Missed calls that nobody has returned.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn waiting_calls(&self, at_most: usize) -> Result<Waiting> {
        let rows: Vec<(i64, i64)> = sqlx::query_as(WAITING_CALLS).fetch_all(self.readers()).await?;
        Ok(waiting(&rows, at_most))
    }

    /// Unread items of a kind.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn waiting_items(&self, kind: Kind, at_most: usize) -> Result<Waiting> {
        let rows: Vec<(i64, i64)> = sqlx::query_as(WAITING)
            .bind(word(kind))
            .fetch_all(self.readers())
            .await?;
        Ok(waiting(&rows, at_most))
    }

    /// Texts and faxes that did not go out.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn unsent(&self) -> Result<Waiting> {
        let (count, oldest): (i64, Option<i64>) = sqlx::query_as(UNSENT).fetch_one(self.readers()).await?;
        Ok(Waiting {
            count: u32::try_from(count).unwrap_or(u32::MAX),
            oldest_at: oldest.and_then(instant),
            first: Vec::new(),
        })
    }

    /// What came and went between two instants.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn span_counts(&self, from: Timestamp, until: Timestamp) -> Result<SpanCounts> {
        let rows: Vec<(String, String, Option<String>, i64)> = sqlx::query_as(SPAN)
            .bind(from.as_millisecond())
            .bind(until.as_millisecond())
            .fetch_all(self.readers())
            .await?;
        let mut counts = SpanCounts::default();
        for (kind, direction, outcome, count) in rows {
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            let is_missed = matches!(outcome.as_deref(), Some("missed" | "voicemail" | "busy"));
            let counted: &mut [&mut u32] = match (kind.as_str(), direction.as_str()) {
                ("call", "inbound") if is_missed => &mut [&mut counts.calls_in, &mut counts.missed],
                ("call", "inbound") => &mut [&mut counts.calls_in],
                ("call", _) => &mut [&mut counts.calls_out],
                ("text", _) => &mut [&mut counts.texts],
                ("voicemail", "inbound") => &mut [&mut counts.voicemail],
                ("fax", _) => &mut [&mut counts.faxes],
                _ => &mut [],
            };
            for figure in counted {
                **figure = figure.saturating_add(count);
            }
        }
        Ok(counts)
    }

    /// When the copy of the history on this computer begins; `None` while it is empty.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn history_begins_at(&self) -> Result<Option<Timestamp>> {
        let mut begins: Option<i64> = None;
        for source in ["call_log", "message_store"] {
            let oldest: Option<i64> = sqlx::query_scalar(BEGINNING)
                .bind(source)
                .fetch_one(self.readers())
                .await?;
            begins = begins.into_iter().chain(oldest).min();
        }
        Ok(begins.and_then(instant))
    }

    /// Voicemail and faxes of a span whose sound or document is only at RingCentral: how many of each kind, and when the first
    /// of them came.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn not_kept(&self, from: Timestamp, until: Timestamp) -> Result<Vec<(Kind, u32, Timestamp)>> {
        let rows: Vec<(String, i64, i64)> = sqlx::query_as(NOT_KEPT)
            .bind(from.as_millisecond())
            .bind(until.as_millisecond())
            .fetch_all(self.readers())
            .await?;
        Ok(rows
            .into_iter()
            .filter_map(|(kind, count, first)| {
                let kind = if kind == "fax" { Kind::Fax } else { Kind::Voicemail };
                Some((kind, u32::try_from(count).unwrap_or(u32::MAX), instant(first)?))
            })
            .collect())
    }
}

fn waiting(rows: &[(i64, i64)], at_most: usize) -> Waiting {
    Waiting {
        count: u32::try_from(rows.len()).unwrap_or(u32::MAX),
        oldest_at: rows.first().and_then(|(_, at)| instant(*at)),
        first: rows
            .iter()
            .take(at_most)
            .map(|(id, _)| CommunicationId(*id))
            .collect(),
    }
}

fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Call => "call",
        Kind::Text => "text",
        Kind::Voicemail => "voicemail",
        Kind::Fax => "fax",
    }
}

fn instant(millisecond: i64) -> Option<Timestamp> {
    Timestamp::from_millisecond(millisecond).ok()
}
