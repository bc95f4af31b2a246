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

impl<'q> Choice<&'q str> {
    /// Reads words that the simulated account need not know all of: a legal one that nothing here has matches nothing.
    pub(crate) fn words(query: &'q Query, key: &str, legal: &[&str]) -> Result<Self, ApiError> {
        let mut values = Vec::new();
        let mut is_joined = false;
        for text in query.all(key) {
            match text {
                _ if legal.contains(&text) => values.push(text),
                _ if text.contains(',') => is_joined = true,
                _ => return Err(ApiError::parameter(key)),
            }
        }
        Ok(match (values.is_empty(), is_joined) {
            (false, _) => Self::Of(values),
            (true, true) => Self::Nothing,
            (true, false) => Self::Any,
        })
    }

    pub(crate) fn allows(&self, word: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Of(words) => words.contains(&word),
            Self::Nothing => false,
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

    #[test]
    fn a_legal_word_nothing_has_matches_nothing_and_others_are_refused() {
        let query = Query::parse("type=Room&size=Big,Small&status=Odd");
        let rooms = Choice::words(&query, "type", &["User", "Room"]).unwrap();
        assert!(rooms.allows("Room") && !rooms.allows("User"));
        let joined = Choice::words(&query, "size", &["Big", "Small"]).unwrap();
        assert_eq!(joined, Choice::Nothing);
        assert!(Choice::words(&query, "absent", &[]).unwrap().allows("anything"));
        let refused = Choice::words(&query, "status", &["Enabled"]).unwrap_err();
        assert_eq!(refused.attributes, [("parameterName", "status".to_owned())]);
    }
}
