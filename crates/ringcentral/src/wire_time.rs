//! The vendor's spellings of an instant, read into [`jiff::Timestamp`] and written as RFC 3339 in UTC.
//!
//! Three occur side by side: `…T12:00:00.000Z`, `…T12:00:00.000+0000` (no colon) and fractions of up to nine
//! digits. Dates without a time are not instants and are refused.

use std::fmt;

use jiff::Timestamp;
use serde::de::{self, Deserializer, Visitor};

/// Formats an instant as the API's query parameters want it: UTC, milliseconds, `Z`.
pub(crate) fn to_query(at: Timestamp) -> String {
    format!("{at:.3}")
}

/// For `#[serde(with = "wire_time::required")]`.
pub(crate) mod required {
    use super::*;

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Timestamp, D::Error> {
        input.deserialize_str(InstantVisitor)
    }
}

/// For `#[serde(default, with = "wire_time::optional")]`; `null` and the empty string read as absent.
pub(crate) mod optional {
    use super::*;

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Timestamp>, D::Error> {
        input.deserialize_option(OptionalVisitor)
    }
}

struct InstantVisitor;

impl Visitor<'_> for InstantVisitor {
    type Value = Timestamp;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an instant such as 2026-03-01T12:00:00.000Z")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Timestamp, E> {
        text.trim()
            .parse()
            .map_err(|_| E::invalid_value(de::Unexpected::Other("unreadable instant"), &self))
    }
}

struct OptionalVisitor;

impl<'de> Visitor<'de> for OptionalVisitor {
    type Value = Option<Timestamp>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        InstantVisitor.expecting(f)
    }

    fn visit_none<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, input: D) -> Result<Self::Value, D::Error> {
        input.deserialize_str(self)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        if text.trim().is_empty() {
            Ok(None)
        } else {
            InstantVisitor.visit_str(text).map(Some)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    struct Sample {
        #[serde(with = "required")]
        at: Timestamp,
        #[serde(default, with = "optional")]
        maybe: Option<Timestamp>,
    }

    fn read(text: &str) -> Timestamp {
        serde_json::from_value::<Sample>(serde_json::json!({ "at": text }))
            .unwrap()
            .at
    }

    #[test]
    fn all_spellings_of_an_instant_are_the_same_instant() {
        let expected: Timestamp = "2026-03-01T12:00:00.5Z".parse().unwrap();
        for text in [
            "2026-03-01T12:00:00.500Z",
            "2026-03-01T12:00:00.500+0000",
            "2026-03-01T12:00:00.500000000Z",
            "2026-03-01T14:00:00.500+02:00",
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn an_empty_or_null_instant_is_absent() {
        for value in [serde_json::json!(""), serde_json::Value::Null] {
            let text = serde_json::json!({ "at": "2026-03-01T12:00:00Z", "maybe": value });
            assert_eq!(serde_json::from_value::<Sample>(text).unwrap().maybe, None);
        }
    }

    #[test]
    fn nonsense_is_refused_without_being_quoted() {
        let refused = serde_json::from_value::<Sample>(serde_json::json!({ "at": "+15551234567" }));
        assert!(!refused.err().unwrap().to_string().contains("555"));
    }

    #[test]
    fn query_instants_have_milliseconds_and_a_z() {
        assert_eq!(
            to_query("2026-03-01T12:00:00Z".parse().unwrap()),
            "2026-03-01T12:00:00.000Z"
        );
    }
}
