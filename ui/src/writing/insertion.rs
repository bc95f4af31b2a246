//! Putting text where the caret stands. The browser counts in UTF-16 units, Rust in bytes.

/// The text with `inserted` in place of the selection, and where the caret stands then.
pub(super) fn insert(text: &str, start: u32, end: u32, inserted: &str) -> (String, u32) {
    let (start, end) = (start.min(end), start.max(end));
    let (from, to) = (byte_at(text, start), byte_at(text, end));
    let (before, behind) = (text.get(..from), text.get(to..));
    let before = before.unwrap_or(text);
    let caret = before.encode_utf16().count() + inserted.encode_utf16().count();
    let whole = format!("{before}{inserted}{}", behind.unwrap_or_default());
    (whole, u32::try_from(caret).unwrap_or(u32::MAX))
}

/// A place inside of a surrogate pair counts as the place before it.
fn byte_at(text: &str, unit: u32) -> usize {
    let mut units = 0;
    for (at, letter) in text.char_indices() {
        units += letter.len_utf16();
        if units > unit as usize {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_goes_where_the_caret_stands_and_the_caret_behind_it() {
        assert_eq!(
            insert("Hi , bye", 3, 3, "{name}"),
            ("Hi {name}, bye".to_owned(), 9)
        );
    }

    #[test]
    fn what_is_selected_is_replaced_whichever_way_it_was_selected() {
        assert_eq!(insert("Hi you!", 3, 6, "{name}").0, "Hi {name}!");
        assert_eq!(insert("Hi you!", 6, 3, "{name}").0, "Hi {name}!");
    }

    #[test]
    fn places_are_counted_in_utf_16_units_as_the_browser_does() {
        // The emoji is two units, the letter with its accent one.
        assert_eq!(insert("🏗é!", 3, 3, "-"), ("🏗é-!".to_owned(), 4));
        assert_eq!(insert("🏗!", 1, 1, "-").0, "-🏗!");
    }

    #[test]
    fn a_place_beyond_the_end_is_the_end() {
        assert_eq!(insert("Hi", 99, 99, "!"), ("Hi!".to_owned(), 3));
    }
}
