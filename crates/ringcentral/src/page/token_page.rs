//! Lists whose pages are named by tokens instead of numbers, as those of `/restapi/v2` are.
//!
//! A token is opaque; the last page has none.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{MalformedRecord, Record, missing, read_records};
use crate::error::Error;

/// One page of a list that goes by tokens.
#[derive(Debug, Clone)]
pub struct TokenPage<T> {
    /// The records that could be read, in the server's order.
    pub records: Vec<T>,
    /// The records that could not.
    pub malformed: Vec<MalformedRecord>,
    /// What to ask for next; `None` on the last page.
    pub next_page_token: Option<String>,
}

#[derive(Deserialize)]
struct WireTokenList<'a> {
    #[serde(borrow, default)]
    records: Option<Vec<&'a RawValue>>,
    #[serde(default)]
    paging: Option<TokenPaging>,
}

#[derive(Deserialize)]
struct TokenPaging {
    #[serde(rename = "nextPageToken")]
    next_page_token: Option<String>,
}

/// Reads a page of a list that goes by tokens.
pub(crate) fn read_token_page<T: Record>(operation: &'static str, body: &str) -> Result<TokenPage<T>, Error> {
    let mut input = serde_json::Deserializer::from_str(body);
    let list: WireTokenList<'_> =
        serde_path_to_error::deserialize(&mut input).map_err(|error| Error::decode(operation, error))?;
    let (records, malformed) = read_records(&list.records.ok_or_else(|| missing(operation, "records"))?);
    let next_page_token = list
        .paging
        .and_then(|paging| paging.next_page_token)
        .filter(|token| !token.is_empty());
    Ok(TokenPage {
        records,
        malformed,
        next_page_token,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::plain_records;

    #[derive(Debug, Deserialize)]
    struct Sample {
        id: crate::id::MessageId,
    }
    plain_records!(Sample);

    #[test]
    fn the_last_page_names_no_next_one_and_a_malformed_record_is_set_aside() {
        let first = r#"{"records":[{"id":1},{"id":{}}],"paging":{"perPage":2,"nextPageToken":"n"}}"#;
        let page = read_token_page::<Sample>("x", first).unwrap();
        assert_eq!(page.records[0].id.as_str(), "1");
        assert_eq!((page.records.len(), page.malformed.len()), (1, 1));
        assert_eq!(page.next_page_token.as_deref(), Some("n"));
        let last = r#"{"records":[],"paging":{"perPage":2}}"#;
        assert_eq!(
            read_token_page::<Sample>("x", last).unwrap().next_page_token,
            None
        );
        assert!(read_token_page::<Sample>("x", "{}").is_err());
    }
}
