//! Reading the fields of an event that are good to have and must not cost the event.
//!
//! A phone that rings cannot wait for a well-formed timestamp. What identifies a party and says where it stands is not
//! read here: without that an event is worth nothing, and that it could not be read has to be known.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::Value;

/// The value, or the default of its type for `null` and for anything else that is not one.
pub(crate) fn or_default<'de, T: DeserializeOwned + Default, D: Deserializer<'de>>(
    input: D,
) -> Result<T, D::Error> {
    let value = Value::deserialize(input)?;
    Ok(serde_json::from_value(value).unwrap_or_default())
}

/// An instant in any spelling that can be told apart: text with a zone, or seconds or milliseconds since 1970.
pub(crate) fn instant<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Timestamp>, D::Error> {
    Ok(match Value::deserialize(input)? {
        Value::String(text) => read_instant(text.trim()),
        Value::Number(number) => number.as_i64().and_then(since_1970),
        _ => None,
    })
}

/// A whole number, as a number or as text; `None` when it is missing or neither.
pub(crate) fn whole_number<'de, D: Deserializer<'de>>(input: D) -> Result<Option<i64>, D::Error> {
    Ok(match Value::deserialize(input)? {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    })
}

/// Text; a number is taken as it is written.
pub(crate) fn text<'de, D: Deserializer<'de>>(input: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(input)? {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

fn read_instant(text: &str) -> Option<Timestamp> {
    text.parse()
        .ok()
        .or_else(|| text.parse().ok().and_then(since_1970))
}

fn since_1970(number: i64) -> Option<Timestamp> {
    /// Seconds reach this only after thirty thousand years.
    const CERTAINLY_MILLISECONDS: i64 = 1_000_000_000_000;
    if number.abs() >= CERTAINLY_MILLISECONDS {
        Timestamp::from_millisecond(number).ok()
    } else {
        Timestamp::from_second(number).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[derive(Deserialize, Debug, PartialEq)]
    struct Sample {
        #[serde(default, deserialize_with = "instant")]
        at: Option<Timestamp>,
        #[serde(default, deserialize_with = "whole_number")]
        number: Option<i64>,
        #[serde(default, deserialize_with = "or_default")]
        is_so: bool,
    }

    fn read(value: Value) -> Sample {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn an_instant_is_read_in_every_spelling_and_nonsense_is_no_instant() {
        let expected: Timestamp = "2020-06-23T01:17:14.33Z".parse().unwrap();
        for at in [
            json!("2020-06-23T01:17:14.330Z"),
            json!("2020-06-23T01:17:14.330+0000"),
            json!("2020-06-23T01:17:14.330000000Z"),
            json!(" 2020-06-23T03:17:14.33+02:00 "),
            json!("2020-06-23 01:17:14.330Z"),
            json!(1_592_875_034_330_i64),
            json!("1592875034330"),
        ] {
            assert_eq!(read(json!({ "at": at })).at, Some(expected), "{at}");
        }
        for at in [
            json!(null),
            json!(""),
            json!("yesterday"),
            json!("2020-06-23T01:17:14.330"),
            json!({ "seconds": 1 }),
            json!(f64::MAX),
        ] {
            assert_eq!(read(json!({ "at": at })).at, None, "{at}");
        }
        assert_eq!(read(json!({})).at, None);
    }

    #[test]
    fn numbers_come_as_text_and_truths_as_nothing() {
        assert_eq!(read(json!({ "number": "17" })).number, Some(17));
        assert_eq!(read(json!({ "number": "many" })).number, None);
        assert!(!read(json!({ "is_so": null })).is_so);
        assert!(!read(json!({ "is_so": "perhaps" })).is_so);
        assert!(read(json!({ "is_so": true })).is_so);
    }
}
