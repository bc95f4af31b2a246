//! What a person sees as one character: a letter with its accents, an emoji with all that belongs to it.
//!
//! A small part of Unicode's text segmentation (UAX #29), enough to name a character and to replace it as a whole.
//! Hangul and Indic syllables stay in their code points: neither is ever replaced.

use super::plain::stays;

/// The clusters of a text, in order. Joined they are the text again.
pub(super) fn clusters(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((cluster, behind)) = rest.split_at_checked(first_length(rest)) {
        if cluster.is_empty() {
            break;
        }
        found.push(cluster);
        rest = behind;
    }
    found
}

/// Combining marks for letters; they vanish with the accent they are.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Takes no room: joiners, direction marks, variation selectors, soft hyphens, tags.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{e0000}'..='\u{e01ef}')
}

/// Marks that draw something around the character before them, such as a keycap.
pub(super) fn is_enclosing(c: char) -> bool {
    matches!(c, '\u{20d0}'..='\u{20ff}')
}

fn first_length(text: &str) -> usize {
    let mut chars = text.chars().peekable();
    let Some(base) = chars.next() else {
        return 0;
    };
    let mut length = base.len_utf8();
    if is_flag_letter(base)
        && let Some(second) = chars.next_if(|c| is_flag_letter(*c))
    {
        length += second.len_utf8();
    }
    let mut joins = false;
    while let Some(next) = chars.next_if(|c| {
        is_mark(*c)
            || is_invisible(*c)
            || is_enclosing(*c)
            || (stays(base) && (is_skin_tone(*c) || (joins && stays(*c))))
    }) {
        joins = next == '\u{200d}';
        length += next.len_utf8();
    }
    length
}

fn is_flag_letter(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}')
}

fn is_skin_tone(c: char) -> bool {
    matches!(c, '\u{1f3fb}'..='\u{1f3ff}')
}
