//! Lists of records: pages, sync pages, and the records that had to be set aside.
//!
//! Records are decoded one by one, so one malformed record never costs the others. Paging goes by page number, in newer
//! lists by token; walking by date (keysets) is the caller's, because only the caller knows what it already holds.

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::value::RawValue;

use crate::{error::Error, open_enum::open_enum, wire_time};

mod token_page;

pub use token_page::TokenPage;
pub(crate) use token_page::read_token_page;

/// The JSON of something that could not be read. `Debug` shows its size only.
#[derive(Clone, PartialEq, Eq)]
pub struct Raw(String);

impl Raw {
    /// Takes text as it came from the wire.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text as it came. It may hold phone numbers and message bodies: never log it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Raw {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Raw({} bytes)", self.0.len())
    }
}

/// A record that was set aside because it could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MalformedRecord {
    /// Its place in the answer, from 0.
    pub index: usize,
    /// Its id, where that much could be read.
    pub id: Option<String>,
    /// The path of the field at fault, for example `legs[2].startTime`.
    pub field: String,
    /// What is wrong with it, without the offending value.
    pub reason: String,
    /// The whole record as it came.
    pub raw: Raw,
}

/// One page of a list.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The records that could be read, in the server's order.
    pub records: Vec<T>,
    /// The records that could not.
    pub malformed: Vec<MalformedRecord>,
    /// Where this page stands, if the server said so.
    pub paging: Paging,
    /// The number of the next page; `None` on the last one.
    pub next_page: Option<u32>,
}

/// Where a page stands in its list. The server may leave out the totals.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Paging {
    /// This page's number, from 1.
    pub page: Option<u32>,
    /// Records asked for per page.
    pub per_page: Option<u32>,
    /// Number of pages.
    pub total_pages: Option<u32>,
    /// Number of records on all pages.
    pub total_elements: Option<u64>,
}

/// What a sync operation returned.
#[derive(Debug, Clone)]
pub struct SyncPage<T> {
    /// New and changed records. RingCentral re-reads a few seconds, so a record may come twice: upsert by id.
    pub records: Vec<T>,
    /// The records that could not be read.
    pub malformed: Vec<MalformedRecord>,
    /// The token for the next incremental sync; to be stored in the same transaction as the records.
    pub sync_info: SyncInfo,
}

open_enum! {
    /// How a sync was done.
    pub enum SyncType {
        /// All records of a time frame.
        FSync = "FSync",
        /// What changed since the token was given.
        ISync = "ISync",
    }
}

/// An opaque token that stands for "everything up to here, with these filters".
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, Deserialize)]
#[serde(transparent)]
pub struct SyncToken(pub String);

/// The state of a sync after one step.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SyncInfo {
    /// Which kind of sync the server did.
    pub sync_type: Option<SyncType>,
    /// Send this with the next incremental sync.
    pub sync_token: SyncToken,
    /// The server's time of this step.
    #[serde(rename = "syncTime", default, with = "wire_time::optional")]
    pub synced_at: Option<jiff::Timestamp>,
    /// True when a full sync left out older records (message store only).
    #[serde(rename = "olderRecordsExist", default)]
    pub has_older_records: bool,
}

/// Something that can be read from one element of `records`.
pub trait Record: Sized {
    /// Reads one record; the error names the field.
    fn from_raw(raw: &RawValue) -> Result<Self, RecordError>;
}

/// Why one record could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{field}`: {reason}")]
pub struct RecordError {
    /// The path of the field at fault.
    pub field: String,
    /// What is wrong with it, without the offending value.
    pub reason: String,
}

/// Implements [`Record`] for types that plainly deserialise.
macro_rules! plain_records {
    ($($name:ty),* $(,)?) => {$(
        impl $crate::page::Record for $name {
            fn from_raw(raw: &serde_json::value::RawValue) -> Result<Self, $crate::page::RecordError> {
                $crate::page::read_json(raw.get())
            }
        }
    )*};
}
pub(crate) use plain_records;

/// Reads a value from JSON text; the error names the field and does not quote the value.
pub(crate) fn read_json<T: DeserializeOwned>(text: &str) -> Result<T, RecordError> {
    let mut input = serde_json::Deserializer::from_str(text);
    serde_path_to_error::deserialize(&mut input).map_err(|error| RecordError {
        field: error.path().to_string(),
        reason: describe_without_content(error.inner()),
    })
}

/// serde quotes the value it did not like (`invalid type: string "+1555…"`); that must not reach a log. Names of
/// fields, which stand between backticks as numbers do, are kept.
pub(crate) fn describe_without_content(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, quote, after)) = split_at_quote(rest) {
        out.push_str(before);
        let (content, tail) = match quote {
            '"' => split_at_closing_quote(after),
            _ => after.split_once(quote).unwrap_or((after, "")),
        };
        let is_name = quote == '`' && content.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        out.push(quote);
        out.push_str(if is_name { content } else { "…" });
        out.push(quote);
        rest = tail;
    }
    out.push_str(rest);
    out
}

fn split_at_quote(text: &str) -> Option<(&str, char, &str)> {
    let (before, _) = text.split_once(['"', '`'])?;
    let mut rest = text.strip_prefix(before)?.chars();
    Some((before, rest.next()?, rest.as_str()))
}

/// The quoted value is written with escapes, so a quote after a backslash does not end it.
fn split_at_closing_quote(text: &str) -> (&str, &str) {
    let mut is_escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return (text.get(..at).unwrap_or(text), text.get(at + 1..).unwrap_or("")),
            _ => {}
        }
    }
    (text, "")
}

/// The outer shape that all lists share.
#[derive(Deserialize)]
struct WireList<'a> {
    #[serde(borrow, default)]
    records: Option<Vec<&'a RawValue>>,
    #[serde(default)]
    paging: Option<Paging>,
    #[serde(default)]
    navigation: Option<Navigation>,
    #[serde(rename = "syncInfo", default)]
    sync_info: Option<SyncInfo>,
    #[serde(rename = "nextPageId", default)]
    next_page_id: Option<u64>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Navigation {
    next_page: Option<NavigationLink>,
}

#[derive(Deserialize)]
struct NavigationLink {
    uri: String,
}

impl Navigation {
    /// The page number of the next page's link. Only the number is taken: the link's host is not trusted.
    fn next_page_number(&self) -> Option<u32> {
        let uri = &self.next_page.as_ref()?.uri;
        let query = uri.split_once('?')?.1;
        url::form_urlencoded::parse(query.as_bytes())
            .find(|(key, _)| key == "page")?
            .1
            .parse()
            .ok()
    }
}

fn parse<'a>(operation: &'static str, body: &'a str) -> Result<WireList<'a>, Error> {
    let mut input = serde_json::Deserializer::from_str(body);
    serde_path_to_error::deserialize(&mut input).map_err(|error| Error::decode(operation, error))
}

fn read_records<T: Record>(raw: &[&RawValue]) -> (Vec<T>, Vec<MalformedRecord>) {
    let mut records = Vec::with_capacity(raw.len());
    let mut malformed = Vec::new();
    for (index, raw) in raw.iter().enumerate() {
        match T::from_raw(raw) {
            Ok(record) => records.push(record),
            Err(error) => malformed.push(MalformedRecord {
                index,
                id: id_of(raw),
                field: error.field,
                reason: error.reason,
                raw: Raw::new(raw.get()),
            }),
        }
    }
    (records, malformed)
}

fn id_of(raw: &RawValue) -> Option<String> {
    #[derive(Deserialize)]
    struct OnlyId<'a> {
        #[serde(borrow)]
        id: &'a RawValue,
    }
    let id = serde_json::from_str::<OnlyId<'_>>(raw.get()).ok()?.id.get();
    Some(id.trim_matches('"').to_owned())
}

/// Reads a page of a list.
pub(crate) fn read_page<T: Record>(operation: &'static str, body: &str) -> Result<Page<T>, Error> {
    let list = parse(operation, body)?;
    let (records, malformed) = read_records(&list.records.ok_or_else(|| missing(operation, "records"))?);
    let paging = list.paging.unwrap_or_default();
    let from_link = list.navigation.as_ref().and_then(Navigation::next_page_number);
    let from_totals = || match (list.navigation.is_none(), paging.page, paging.total_pages) {
        (true, Some(page), Some(total)) if page < total => page.checked_add(1),
        _ => None,
    };
    let next_page = from_link.or_else(from_totals);
    Ok(Page {
        records,
        malformed,
        paging,
        next_page,
    })
}

/// Reads what a sync operation returned.
pub(crate) fn read_sync_page<T: Record>(operation: &'static str, body: &str) -> Result<SyncPage<T>, Error> {
    let list = parse(operation, body)?;
    // Unlike a list, a sync without news may leave `records` out.
    let (records, malformed) = read_records(&list.records.unwrap_or_default());
    let sync_info = list.sync_info.ok_or_else(|| missing(operation, "syncInfo"))?;
    Ok(SyncPage {
        records,
        malformed,
        sync_info,
    })
}

/// Reads one page of the address book's sync, which is the only sync that comes in pages.
pub(crate) fn read_paged_sync<T: Record>(
    operation: &'static str,
    body: &str,
) -> Result<(SyncPage<T>, Option<u64>), Error> {
    let next_page_id = parse(operation, body)?.next_page_id;
    Ok((read_sync_page(operation, body)?, next_page_id))
}

fn missing(operation: &'static str, field: &str) -> Error {
    Error::Decode {
        operation,
        field: field.to_owned(),
        reason: "the field is missing".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Sample {
        id: crate::id::MessageId,
        count: u32,
    }
    plain_records!(Sample);

    #[test]
    fn one_malformed_record_is_set_aside_and_the_others_come_through() {
        let body = r#"{"records":[{"id":1,"count":1},{"id":2,"count":"+15551234567"},{"id":3,"count":3}]}"#;
        let page = read_page::<Sample>("listMessages", body).unwrap();
        assert_eq!(page.records.iter().map(|r| r.count).collect::<Vec<_>>(), [1, 3]);
        let [malformed] = &page.malformed[..] else {
            panic!("one is malformed")
        };
        assert_eq!(
            (malformed.index, malformed.id.as_deref(), malformed.field.as_str()),
            (1, Some("2"), "count")
        );
        assert!(!malformed.reason.contains("555"), "{}", malformed.reason);
        assert!(malformed.raw.as_str().contains("+15551234567"));
        assert!(!format!("{malformed:?}").contains("555"));
    }

    #[test]
    fn the_next_page_follows_the_navigation_link_and_else_the_totals() {
        let linked = r#"{"records":[],"paging":{"page":1},
            "navigation":{"nextPage":{"uri":"https://elsewhere.example/x?perPage=5&page=2"}}}"#;
        assert_eq!(read_page::<Sample>("x", linked).unwrap().next_page, Some(2));
        let counted = r#"{"records":[],"paging":{"page":2,"totalPages":3}}"#;
        assert_eq!(read_page::<Sample>("x", counted).unwrap().next_page, Some(3));
        let last = r#"{"records":[],"paging":{"page":3,"totalPages":3},"navigation":{}}"#;
        assert_eq!(read_page::<Sample>("x", last).unwrap().next_page, None);
    }

    #[test]
    fn a_sync_answer_without_its_token_names_the_missing_field() {
        let error = read_sync_page::<Sample>("syncMessages", r#"{"records":[]}"#).unwrap_err();
        assert!(matches!(error, Error::Decode { field, .. } if field == "syncInfo"));
        let error =
            read_sync_page::<Sample>("syncMessages", r#"{"syncInfo":{"syncType":"FSync"}}"#).unwrap_err();
        assert!(matches!(error, Error::Decode { field, reason, .. }
            if field == "syncInfo" && reason.contains("syncToken")));
    }

    #[test]
    fn a_reason_names_fields_and_never_quotes_values() {
        for (json, expected) in [
            (r#"{"id":1}"#, "missing field `count`"),
            (
                r#"{"id":1,"count":"say \"hi\" to +15551234567"}"#,
                "invalid type: string \"…\", expected u32",
            ),
            (
                r#"{"id":1,"count":-15551234567}"#,
                "invalid value: integer `…`, expected u32",
            ),
        ] {
            let reason = read_json::<Sample>(json).unwrap_err().reason;
            assert!(reason.starts_with(expected), "{reason}");
        }
    }

    #[test]
    fn a_cut_body_is_an_error_and_not_an_empty_page() {
        assert!(read_page::<Sample>("listMessages", r#"{"records":[{"id":1,"cou"#).is_err());
    }
}
