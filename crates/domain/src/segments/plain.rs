//! The plain replacement: the same text in the GSM 7-bit alphabet, as far as it can be said in it.
//!
//! Typography, spaces, invisible marks and accents give way. Emoji and letters of other scripts stay: no plain
//! character says the same. What already fits is never touched.

use super::cluster::{clusters, is_enclosing, is_invisible, is_mark};
use super::gsm7;

/// Each replacement with all the characters it stands for.
const TYPOGRAPHY: &[(&str, &str)] = &[
    ("'", "‘’‚‛′‵ʹʻʼʽˈ`´‹›"),
    ("\"", "“”„‟″‶«»〝〞"),
    ("-", "‐‑‒–—―⁃−﹘﹣•‣◦▪▫●○■□∙·⋅"),
    ("...", "…"),
    ("..", "‥"),
    (
        " ",
        "\t\u{a0}\u{1680}\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\u{2005}\u{2006}\u{2007}\u{2008}\u{2009}\u{200a}\u{202f}\u{205f}\u{3000}",
    ),
    ("\n", "\u{b}\u{85}\u{2028}\u{2029}"),
    ("/", "⁄∕÷"),
    ("x", "×"),
    ("+/-", "±"),
    ("<=", "≤"),
    (">=", "≥"),
    ("->", "→"),
    ("<-", "←"),
    ("=>", "⇒"),
    ("1/2", "½"),
    ("1/3", "⅓"),
    ("2/3", "⅔"),
    ("1/4", "¼"),
    ("3/4", "¾"),
    ("1/8", "⅛"),
    ("3/8", "⅜"),
    ("5/8", "⅝"),
    ("7/8", "⅞"),
    ("^1", "¹"),
    ("^2", "²"),
    ("^3", "³"),
    ("(c)", "©"),
    ("(R)", "®"),
    ("TM", "™"),
    ("No.", "№"),
    (" deg", "°"),
    ("c", "¢"),
    ("|", "¦"),
    // The same sign under another number.
    ("Ω", "\u{2126}"),
    ("Δ", "\u{2206}"),
    ("Σ", "\u{2211}"),
    ("Π", "\u{220f}"),
    ("Å", "\u{212b}"),
    ("K", "\u{212a}"),
    ("u", "µ"),
];

/// Base letters with the accented ones that the alphabet lacks. À has no capital in it, ç no small letter.
const LETTERS: &[(&str, &str)] = &[
    ("A", "ÀÁÂÃĀĂĄǍẠẢẤẦẨẪẬẮẰẲẴẶ"),
    ("a", "áâãāăąǎạảấầẩẫậắằẳẵặª"),
    ("C", "ĆĈĊČ"),
    ("c", "çćĉċč"),
    ("D", "ÐĎĐ"),
    ("d", "ðďđ"),
    ("E", "ÈÊËĒĔĖĘĚẸẺẼẾỀỂỄỆ"),
    ("e", "êëēĕėęěẹẻẽếềểễệ"),
    ("G", "ĜĞĠĢǦ"),
    ("g", "ĝğġģǧ"),
    ("H", "ĤĦ"),
    ("h", "ĥħ"),
    ("I", "ÌÍÎÏĨĪĬĮİǏỈỊ"),
    ("i", "íîïĩīĭįıǐỉị"),
    ("J", "Ĵ"),
    ("j", "ĵ"),
    ("K", "ĶǨ"),
    ("k", "ķĸǩ"),
    ("L", "ĹĻĽĿŁ"),
    ("l", "ĺļľŀł"),
    ("N", "ŃŅŇŊ"),
    ("n", "ńņňŉŋ"),
    ("O", "ÒÓÔÕŌŎŐƠǑỌỎỐỒỔỖỘỚỜỞỠỢ"),
    ("o", "óôõōŏőơǒọỏốồổỗộớờởỡợº"),
    ("R", "ŔŖŘ"),
    ("r", "ŕŗř"),
    ("S", "ŚŜŞŠȘ"),
    ("s", "śŝşšșſ"),
    ("T", "ŢŤŦȚ"),
    ("t", "ţťŧț"),
    ("U", "ÙÚÛŨŪŬŮŰŲƯǓỤỦỨỪỬỮỰ"),
    ("u", "úûũūŭůűųưǔụủứừửữự"),
    ("W", "ŴẀẂẄ"),
    ("w", "ŵẁẃẅ"),
    ("Y", "ÝŶŸỲỴỶỸ"),
    ("y", "ýÿŷỳỵỷỹ"),
    ("Z", "ŹŻŽ"),
    ("z", "źżž"),
    ("AE", "Ǽ"),
    ("ae", "ǽ"),
    ("OE", "Œ"),
    ("oe", "œ"),
    ("Th", "Þ"),
    ("th", "þ"),
    ("ß", "ẞ"),
    ("IJ", "Ĳ"),
    ("ij", "ĳ"),
    ("ff", "ﬀ"),
    ("fi", "ﬁ"),
    ("fl", "ﬂ"),
    ("ffi", "ﬃ"),
    ("ffl", "ﬄ"),
];

/// A letter and a combining mark that the alphabet has as one: what an accent typed on its own becomes.
const COMPOSED: &[(char, char, &str)] = &[
    ('A', '\u{308}', "Ä"),
    ('A', '\u{30a}', "Å"),
    ('C', '\u{327}', "Ç"),
    ('E', '\u{301}', "É"),
    ('N', '\u{303}', "Ñ"),
    ('O', '\u{308}', "Ö"),
    ('U', '\u{308}', "Ü"),
    ('a', '\u{300}', "à"),
    ('a', '\u{308}', "ä"),
    ('a', '\u{30a}', "å"),
    ('e', '\u{300}', "è"),
    ('e', '\u{301}', "é"),
    ('i', '\u{300}', "ì"),
    ('n', '\u{303}', "ñ"),
    ('o', '\u{300}', "ò"),
    ('o', '\u{308}', "ö"),
    ('u', '\u{300}', "ù"),
    ('u', '\u{308}', "ü"),
];

/// The text with everything replaced that can be.
pub fn plain(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    for cluster in clusters(text) {
        match replacement(cluster) {
            Some(instead) => {
                // `1½` must not become eleven halves.
                let begins_with_digit =
                    instead.starts_with(|c: char| c.is_ascii_digit()) && instead.contains('/');
                if begins_with_digit && said.ends_with(|c: char| c.is_ascii_digit()) {
                    said.push(' ');
                }
                said.push_str(&instead);
            }
            None => said.push_str(cluster),
        }
    }
    said
}

/// The characters that [`plain`] leaves although they force UCS-2, each once, in order.
pub fn unreplaceable(text: &str) -> Vec<String> {
    let mut left: Vec<String> = Vec::new();
    for cluster in clusters(text) {
        let is_forcing = cluster.chars().any(|c| gsm7::septets(c).is_none());
        if is_forcing && replacement(cluster).is_none() && !left.iter().any(|known| known == cluster) {
            left.push(cluster.to_owned());
        }
    }
    left
}

/// What stands for one cluster; `None` when it fits as it is or nothing can stand for it.
pub(super) fn replacement(cluster: &str) -> Option<String> {
    let mut chars = cluster.chars();
    let base = chars.next()?;
    let attached = chars.as_str();
    if is_invisible(base) {
        return Some(String::new());
    }
    let instead = instead_of(base);
    if attached.is_empty() {
        return instead;
    }
    // A keycap is an emoji, whatever it is drawn around.
    if stays(base) || attached.contains(is_enclosing) {
        return None;
    }
    let mut marks = attached.chars().filter(|c| is_mark(*c));
    let composed = match (marks.next(), marks.next()) {
        (Some(mark), None) => COMPOSED
            .iter()
            .find(|(letter, accent, _)| *letter == base && *accent == mark)
            .map(|(_, _, whole)| (*whole).to_owned()),
        _ => None,
    };
    composed.or(instead).or_else(|| Some(base.to_string()))
}

/// Neither in the alphabet nor replaceable: an emoji, a letter of another script.
pub(super) fn stays(c: char) -> bool {
    gsm7::septets(c).is_none() && !is_invisible(c) && instead_of(c).is_none()
}

fn instead_of(c: char) -> Option<String> {
    if gsm7::septets(c).is_some() {
        return None;
    }
    if let Some(narrow) = narrow(c) {
        return Some(if narrow == '`' {
            "'".to_owned()
        } else {
            narrow.to_string()
        });
    }
    [TYPOGRAPHY, LETTERS]
        .into_iter()
        .flatten()
        .find(|(_, stands_for)| stands_for.contains(c))
        .map(|(instead, _)| (*instead).to_owned())
}

/// The ASCII character of a full-width one, which Asian keyboards type.
fn narrow(c: char) -> Option<char> {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_replacement_is_in_the_alphabet_and_no_character_is_replaced_twice() {
        let mut seen = std::collections::HashSet::new();
        for (instead, stands_for) in TYPOGRAPHY.iter().chain(LETTERS) {
            assert!(instead.chars().all(|c| gsm7::septets(c).is_some()), "{instead}");
            for c in stands_for.chars() {
                assert!(gsm7::septets(c).is_none(), "{c} needs no replacement");
                assert!(seen.insert(c), "{c} stands twice");
            }
        }
        for (letter, _, whole) in COMPOSED {
            assert_eq!(
                whole.chars().filter_map(gsm7::septets).sum::<u32>(),
                1,
                "{letter}"
            );
        }
    }
}
