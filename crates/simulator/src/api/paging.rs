//! Pages: `page` and `perPage`, and the `navigation` and `paging` objects of list responses.

use serde_json::{Map, Value, json};

use super::call::Call;
use super::error::ApiError;

/// The page asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PageAsked {
    pub(crate) page: usize,
    pub(crate) per_page: usize,
}

impl PageAsked {
    /// Reads `page` and `perPage`; `perPage=max` is the largest page.
    pub(crate) fn read(call: &Call<'_>, largest: usize) -> Result<Self, ApiError> {
        let query = &call.request.query;
        let page = match query.number("page")? {
            None => 1,
            Some(page) => usize::try_from(page)
                .ok()
                .filter(|&page| page > 0)
                .ok_or_else(|| ApiError::parameter("page"))?,
        };
        let per_page = match query.one("perPage") {
            None => 100.min(largest),
            Some("max") => largest,
            Some(text) => match text.parse::<usize>() {
                Ok(count) if count > 0 => count.min(largest),
                _ => return Err(ApiError::parameter("perPage")),
            },
        };
        Ok(Self { page, per_page })
    }

    pub(crate) fn offset(self) -> usize {
        (self.page - 1).saturating_mul(self.per_page)
    }

    /// Cuts this page out of a complete list.
    pub(crate) fn of<T>(self, all: impl IntoIterator<Item = T>) -> Vec<T> {
        all.into_iter().skip(self.offset()).take(self.per_page).collect()
    }

    /// A list response: `uri`, `records`, `navigation` and `paging`.
    pub(crate) fn envelope(self, call: &Call<'_>, records: Vec<Value>, total: usize) -> Value {
        json!({
            "uri": self.uri(call, self.page),
            "records": records,
            "navigation": self.navigation(call, total),
            "paging": self.paging(records.len(), total),
        })
    }

    /// The `paging` object for a page that came out with `count` records.
    pub(crate) fn paging(self, count: usize, total: usize) -> Value {
        let mut paging = json!({
            "page": self.page,
            "perPage": self.per_page,
            "totalPages": total.div_ceil(self.per_page),
            "totalElements": total,
        });
        if count > 0
            && let Value::Object(fields) = &mut paging
        {
            fields.insert("pageStart".into(), json!(self.offset()));
            fields.insert("pageEnd".into(), json!(self.offset() + count - 1));
        }
        paging
    }

    /// Links to the neighbouring pages. The parameters of the request stand in each of them.
    pub(crate) fn navigation(self, call: &Call<'_>, total: usize) -> Value {
        let last = total.div_ceil(self.per_page).max(1);
        let mut links = Map::new();
        let mut link = |name: &str, page: usize| {
            links.insert(name.to_owned(), json!({"uri": self.uri(call, page)}));
        };
        link("firstPage", 1);
        if self.page < last {
            link("nextPage", self.page + 1);
        }
        if self.page > 1 {
            link("previousPage", self.page - 1);
        }
        link("lastPage", last);
        Value::Object(links)
    }

    fn uri(self, call: &Call<'_>, page: usize) -> String {
        let query = call
            .request
            .query
            .replacing("page", &page.to_string())
            .replacing("perPage", &self.per_page.to_string());
        format!("{}?{}", call.links().canonical(call), query.to_encoded())
    }
}
