//! `/` and a few letters stand for a template. Pure; places count UTF-16 units, as a text field's selection does.

/// A `/` with what follows it up to the caret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Slash {
    /// Where the `/` stands.
    pub(super) at: usize,
    /// What follows it.
    pub(super) query: String,
}

/// More letters than any name has before it is found.
const LONGEST_QUERY: usize = 30;

/// The `/` that is being typed at the caret: at the beginning or after a blank, on the same line.
pub(super) fn find(text: &str, caret: usize) -> Option<Slash> {
    let before = text.get(..byte_at(text, caret))?;
    let line = before.rsplit('\n').next().unwrap_or(before);
    let slash = line.rfind('/')?;
    let (head, tail) = line.split_at_checked(slash)?;
    let query = tail.strip_prefix('/')?;
    let is_begun = head.is_empty() || head.ends_with(char::is_whitespace);
    (is_begun && query.chars().count() <= LONGEST_QUERY).then(|| Slash {
        at: units(before) - units(tail),
        query: query.to_owned(),
    })
}

/// The text with `words` in place of what stands from the `/` to the caret, and the caret behind them.
pub(super) fn replace(text: &str, slash: &Slash, words: &str) -> (String, usize) {
    let end = slash.at + 1 + units(&slash.query);
    let head = text.get(..byte_at(text, slash.at)).unwrap_or_default();
    let tail = text.get(byte_at(text, end)..).unwrap_or_default();
    (format!("{head}{words}{tail}"), slash.at + units(words))
}

/// Which names go with the query, those that begin with it first, as places in `names`.
pub(super) fn matching<'a>(names: impl Iterator<Item = &'a str>, query: &str) -> Vec<usize> {
    let wanted = query.trim().to_lowercase();
    let mut found: Vec<(bool, usize)> = names
        .map(str::to_lowercase)
        .enumerate()
        .filter(|(_, name)| name.contains(&wanted))
        .map(|(index, name)| (!name.starts_with(&wanted), index))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, index)| index).collect()
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

fn byte_at(text: &str, unit: usize) -> usize {
    let mut passed = 0;
    for (byte, letter) in text.char_indices() {
        if passed >= unit {
            return byte;
        }
        passed += letter.len_utf16();
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> Option<String> {
        find(text, units(text)).map(|slash| slash.query)
    }

    #[test]
    fn a_slash_counts_at_the_beginning_and_after_a_blank() {
        assert_eq!(query("/").as_deref(), Some(""));
        assert_eq!(query("/on my").as_deref(), Some("on my"));
        assert_eq!(query("Hello /way").as_deref(), Some("way"));
        assert_eq!(query("Hello\n/way").as_deref(), Some("way"));
        assert_eq!(query("and/or"), None);
        assert_eq!(query("/way\nthen"), None);
        assert_eq!(query("no slash"), None);
    }

    #[test]
    fn only_what_stands_before_the_caret_counts() {
        assert_eq!(
            find("/way home", 4).map(|slash| slash.query).as_deref(),
            Some("way")
        );
        assert_eq!(find("/way", 0), None);
    }

    #[test]
    fn the_words_stand_in_place_of_the_slash_also_behind_an_emoji() {
        let text = "🙂 /way now";
        let slash = find(text, 7).unwrap();
        assert_eq!(
            replace(text, &slash, "On our way."),
            ("🙂 On our way. now".to_owned(), 14)
        );
    }

    #[test]
    fn names_that_begin_with_it_come_first() {
        let names = ["Running late", "Late delivery", "On our way"];
        assert_eq!(matching(names.into_iter(), "late"), [1, 0]);
        assert_eq!(matching(names.into_iter(), ""), [0, 1, 2]);
        assert_eq!(matching(names.into_iter(), "xyz"), [0; 0]);
    }
}
