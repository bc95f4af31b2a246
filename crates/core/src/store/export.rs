//! The whole history in order, for writing it out.
//!
//! Ids first, then rows in portions: what is written out is what was there when it began, however much arrives meanwhile.

use super::words::Word;
use super::{Result, Store};
use domain::communication::Kind;
use domain::ids::CommunicationId;
use jiff::Timestamp;
use serde_json::json;

/// What is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExportFilter {
    /// All kinds when empty.
    pub kinds: Vec<Kind>,
    /// Nothing older than this.
    pub since: Option<Timestamp>,
}

impl Store {
    /// The ids of everything that goes with the filter, newest first.
    ///
    /// # Errors
    /// [`super::StoreError`] when the file cannot be read.
    pub async fn ids_to_export(&self, filter: &ExportFilter) -> Result<Vec<CommunicationId>> {
        let kinds = if filter.kinds.is_empty() {
            &[Kind::Call, Kind::Text, Kind::Voicemail, Kind::Fax]
        } else {
            filter.kinds.as_slice()
        };
        let kinds = json!(kinds.iter().map(|kind| kind.word()).collect::<Vec<_>>()).to_string();
        let since = filter.since.map_or(i64::MIN, Timestamp::as_millisecond);
        let ids: Vec<i64> = sqlx::query_scalar(
            "SELECT id FROM communications WHERE kind IN (SELECT value FROM json_each(?)) AND occurred_at >= ? AND is_hidden = 0 \
             ORDER BY occurred_at DESC, id DESC",
        )
        .bind(kinds)
        .bind(since)
        .fetch_all(self.readers())
        .await?;
        Ok(ids.into_iter().map(CommunicationId).collect())
    }
}
