//! Filters with several values.

use std::str::FromStr;

use super::error::ApiError;
use super::request::Query;

/// The values asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Choice<T> {
    /// No restriction.
    Any,
    /// One of these.
    Of(Vec<T>),
    /// Nothing can match: several values were joined with a comma, which the vendor takes as one unknown value.
    Nothing,
}

impl<T: FromStr> Choice<T> {
    /// Reads every value under `key`; a word the vendor does not know is refused.
    pub(crate) fn read(query: &Query, key: &str) -> Result<Self, ApiError> {
        let texts = query.all(key);
        if texts.is_empty() {
            return Ok(Self::Any);
        }
        let mut values = Vec::new();
        let mut is_joined = false;
        for text in texts {
            match text.parse() {
                Ok(value) => values.push(value),
                Err(_) if text.contains(',') => is_joined = true,
                Err(_) => return Err(ApiError::parameter(key)),
            }
        }
        if values.is_empty() && is_joined {
            Ok(Self::Nothing)
        } else {
            Ok(Self::Of(values))
        }
    }
}

impl<T> Choice<T> {
    /// The restriction as a list, empty for none; `None` when nothing can match.
    pub(crate) fn into_list(self) -> Option<Vec<T>> {
        match self {
            Self::Any => Some(Vec::new()),
            Self::Of(values) => Some(values),
            Self::Nothing => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_joined_with_a_comma_match_nothing() {
        let read = |text: &str| Choice::<u8>::read(&Query::parse(text), "n");
        assert_eq!(read("").unwrap(), Choice::Any);
        assert_eq!(read("n=1&n=2").unwrap(), Choice::Of(vec![1, 2]));
        assert_eq!(read("n=1,2").unwrap(), Choice::Nothing);
        assert_eq!(read("n=x").unwrap_err().code, "CMN-101");
    }
}
