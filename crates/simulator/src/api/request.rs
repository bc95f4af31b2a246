//! A request before it meets an operation: taken from HTTP or from a WebSocket frame, with typed access to its query.

use axum::http::{HeaderMap, Method, header};
use bytes::Bytes;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use url::form_urlencoded;

use super::error::ApiError;

/// Where a request came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Via {
    Platform,
    /// The media host, the only place where `?access_token=` is accepted.
    Media,
    /// A WebSocket connection, by its number.
    Gateway(u64),
}

/// One request, transport forgotten.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) query: Query,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) via: Via,
}

/// Query parameters in the order they came. Repeated keys are several values; a comma joins nothing.
#[derive(Debug, Clone, Default)]
pub(crate) struct Query(Vec<(String, String)>);

impl Request {
    /// The bearer token or another credential as `(scheme, value)`.
    pub(crate) fn authorization(&self) -> Option<(String, String)> {
        let value = self.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
        let (scheme, rest) = value.split_once(' ').unwrap_or((value, ""));
        Some((scheme.to_ascii_lowercase(), rest.trim().to_owned()))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The JSON body. An empty body reads as `null`.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, ApiError> {
        let body: &[u8] = if self.body.is_empty() { b"null" } else { &self.body };
        serde_json::from_slice(body).map_err(|_| ApiError::unparsable_body())
    }

    /// The fields of an `application/x-www-form-urlencoded` body.
    pub(crate) fn form(&self) -> Query {
        Query::parse_bytes(&self.body)
    }
}

impl Query {
    pub(crate) fn parse(text: &str) -> Self {
        Self::parse_bytes(text.as_bytes())
    }

    fn parse_bytes(bytes: &[u8]) -> Self {
        Self(form_urlencoded::parse(bytes).into_owned().collect())
    }

    pub(crate) fn from_pairs(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    pub(crate) fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// The first value under this key; an empty one counts as absent.
    pub(crate) fn one(&self, key: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(k, v)| k == key && !v.is_empty())
            .map(|(_, v)| v.as_str())
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.one(key).is_some()
    }

    /// Every value under this key.
    pub(crate) fn all(&self, key: &str) -> Vec<&str> {
        self.0
            .iter()
            .filter(|(k, v)| k == key && !v.is_empty())
            .map(|(_, v)| v.as_str())
            .collect()
    }

    pub(crate) fn flag(&self, key: &str) -> Result<bool, ApiError> {
        match self.one(key) {
            None => Ok(false),
            Some("true" | "True" | "1") => Ok(true),
            Some("false" | "False" | "0") => Ok(false),
            Some(_) => Err(ApiError::parameter(key)),
        }
    }

    pub(crate) fn number(&self, key: &str) -> Result<Option<i64>, ApiError> {
        self.one(key)
            .map(|text| text.parse().map_err(|_| ApiError::parameter(key)))
            .transpose()
    }

    pub(crate) fn instant(&self, key: &str) -> Result<Option<Timestamp>, ApiError> {
        self.one(key)
            .map(|text| parse_instant(text).ok_or_else(|| ApiError::parameter(key)))
            .transpose()
    }

    /// One of `allowed`, or `None` when the key is absent.
    pub(crate) fn word<'a>(&'a self, key: &str, allowed: &[&str]) -> Result<Option<&'a str>, ApiError> {
        match self.one(key) {
            Some(value) if !allowed.contains(&value) => Err(ApiError::parameter(key)),
            value => Ok(value),
        }
    }

    pub(crate) fn to_encoded(&self) -> String {
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(self.0.iter().filter(|(key, _)| key != "access_token"))
            .finish()
    }

    /// The same parameters with `key` set to `value`.
    pub(crate) fn replacing(&self, key: &str, value: &str) -> Self {
        let mut pairs: Vec<_> = self.0.iter().filter(|(k, _)| k != key).cloned().collect();
        pairs.push((key.to_owned(), value.to_owned()));
        Self(pairs)
    }
}

/// Reads the instants clients send: RFC 3339, a `+` that arrived as a space, an offset without a colon, or a bare
/// date or date-time taken as UTC.
pub(crate) fn parse_instant(text: &str) -> Option<Timestamp> {
    let text = text.trim().replace(' ', "+");
    if let Ok(instant) = text.parse() {
        return Some(instant);
    }
    if let Ok(zoned) = jiff::fmt::strtime::parse("%Y-%m-%dT%H:%M:%S%.f%z", &text) {
        return zoned.to_timestamp().ok();
    }
    let civil: jiff::civil::DateTime = text.parse().ok()?;
    civil
        .to_zoned(jiff::tz::TimeZone::UTC)
        .ok()
        .map(|zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_read_in_every_form_seen_in_the_field() {
        let expected: Timestamp = "2026-03-10T18:07:52.534Z".parse().unwrap();
        for text in [
            "2026-03-10T18:07:52.534Z",
            "2026-03-10T18:07:52.534+00:00",
            "2026-03-10T18:07:52.534 00:00",
            "2026-03-10T18:07:52.534+0000",
            "2026-03-10T18:07:52.534",
        ] {
            assert_eq!(parse_instant(text), Some(expected), "{text}");
        }
        assert_eq!(parse_instant("2026-03-10"), "2026-03-10T00:00:00Z".parse().ok());
        assert_eq!(parse_instant("yesterday"), None);
    }

    #[test]
    fn a_comma_joins_no_values() {
        let query = Query::parse("messageType=SMS,Fax&messageType=Pager");
        assert_eq!(query.all("messageType"), ["SMS,Fax", "Pager"]);
    }
}
