//! Finding in a text the words by which it was found. Pure.
//!
//! The search finds beginnings of words whatever their case; the same rule marks them here.

/// A run of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run<'a> {
    pub(super) text: &'a str,
    pub(super) is_hit: bool,
}

/// The text in runs, in order; together they are the text.
pub(super) fn runs<'a>(text: &'a str, words: &[String]) -> Vec<Run<'a>> {
    let mut runs = Vec::new();
    let (mut plain_from, mut at) = (0, 0);
    let mut is_in_word = false;
    while let Some(letter) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or_default();
        let hit = words
            .iter()
            .filter(|_| !is_in_word)
            .filter_map(|word| length_at(rest, word))
            .max();
        if let Some(length) = hit {
            push(&mut runs, text.get(plain_from..at), false);
            push(&mut runs, text.get(at..at + length), true);
            at += length;
            plain_from = at;
            is_in_word = true;
        } else {
            is_in_word = letter.is_alphanumeric();
            at += letter.len_utf8();
        }
    }
    push(&mut runs, text.get(plain_from..), false);
    runs
}

fn push<'a>(runs: &mut Vec<Run<'a>>, text: Option<&'a str>, is_hit: bool) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        runs.push(Run { text, is_hit });
    }
}

/// How many bytes `rest` begins with that read as `word`.
fn length_at(rest: &str, word: &str) -> Option<usize> {
    let mut letters = rest.char_indices();
    let mut length = 0;
    for wanted in word.trim().chars() {
        let (at, letter) = letters.next()?;
        if !letter.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
        length = at + letter.len_utf8();
    }
    Some(length).filter(|length| *length > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(text: &str, words: &[&str]) -> Vec<String> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let runs = runs(text, &words);
        assert_eq!(runs.iter().map(|run| run.text).collect::<String>(), text);
        let hits = runs.into_iter().filter(|run| run.is_hit);
        hits.map(|run| run.text.to_owned()).collect()
    }

    #[test]
    fn beginnings_of_words_are_found_whatever_their_case() {
        assert_eq!(
            hits("Bundles of #5, two bundles", &["bundle"]),
            ["Bundle", "bundle"]
        );
        assert_eq!(hits("ÉMILE called", &["émile"]), ["ÉMILE"]);
    }

    #[test]
    fn the_middle_of_a_word_is_no_hit() {
        assert_eq!(hits("Friday and midday", &["day", "riday"]), [""; 0]);
    }

    #[test]
    fn of_two_words_the_longer_one_is_marked() {
        assert_eq!(hits("Thursday", &["thu", "thursday"]), ["Thursday"]);
    }

    #[test]
    fn phrases_and_texts_without_hits_are_kept_whole() {
        assert_eq!(hits("call me back, please", &["me back"]), ["me back"]);
        assert_eq!(hits("nothing here", &["pour", " "]), [""; 0]);
        assert_eq!(hits("", &["pour"]), [""; 0]);
    }
}
