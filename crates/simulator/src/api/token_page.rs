//! Pages that are named by tokens instead of numbers.
//!
//! Here a token is the place of the page's first record, which a record that comes in between moves; whether the vendor's
//! does is not documented.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::error::ApiError;

/// The largest page (`NonEnumeratedPagingModel`).
pub(super) const LARGEST: usize = 1_000;

/// A page by its token.
pub(super) struct TokenPage {
    start: usize,
    per_page: usize,
}

impl TokenPage {
    pub(super) fn read(token: Option<&str>, per_page: Option<i64>, usual: usize) -> Result<Self, ApiError> {
        let per_page = match per_page {
            None => usual,
            Some(count) => usize::try_from(count)
                .ok()
                .filter(|count| *count > 0)
                .ok_or_else(|| ApiError::parameter("perPage"))?
                .min(LARGEST),
        };
        let start = match token {
            None => 0,
            Some(token) => place(token).ok_or_else(|| ApiError::parameter("pageToken"))?,
        };
        Ok(Self { start, per_page })
    }

    /// The records of this page, and `paging` for them.
    pub(super) fn cut<T>(&self, all: Vec<T>) -> (Vec<T>, Value) {
        let total = all.len();
        let records: Vec<T> = all.into_iter().skip(self.start).take(self.per_page).collect();
        let mut paging = json!({"perPage": self.per_page});
        if let (false, Some(fields)) = (records.is_empty(), paging.as_object_mut()) {
            fields.insert("pageToken".into(), json!(token(self.start)));
            fields.insert("firstPageToken".into(), json!(token(0)));
            if self.start > 0 {
                let previous = self.start.saturating_sub(self.per_page);
                fields.insert("previousPageToken".into(), json!(token(previous)));
            }
            if self.start + records.len() < total {
                fields.insert("nextPageToken".into(), json!(token(self.start + records.len())));
            }
        }
        (records, paging)
    }
}

fn token(place: usize) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(format!("F:{place}"))
}

fn place(token: &str) -> Option<usize> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(token).ok()?;
    std::str::from_utf8(&bytes).ok()?.strip_prefix("F:")?.parse().ok()
}
