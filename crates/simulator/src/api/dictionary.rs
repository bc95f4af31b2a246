//! Dictionaries: fax cover pages.

use serde_json::{Value, json};

use super::call::Call;
use super::error::ApiResult;
use super::paging::PageAsked;
use super::reply::Reply;

/// Cover pages for American English, by index; 0 means none.
const COVER_PAGES: [&str; 14] = [
    "None",
    "Ancient",
    "Birthday",
    "Blank",
    "Clasmod",
    "Classic",
    "Confidential",
    "Contempo",
    "Elegant",
    "Express",
    "Formal",
    "Jazzy",
    "Modern",
    "Urgent",
];

/// `GET …/dictionary/fax-cover-page`.
pub(crate) fn cover_pages(call: &Call<'_>) -> ApiResult {
    let asked = PageAsked::read(call, 1_000)?;
    let all: Vec<Value> = (0u32..)
        .zip(COVER_PAGES)
        .map(|(id, name)| json!({"id": id.to_string(), "name": name}))
        .collect();
    let total = all.len();
    Ok(Reply::json(&asked.envelope(call, asked.of(all), total)))
}
