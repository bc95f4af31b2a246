//! How many SMS segments a text becomes, and which character makes them short.
//!
//! A text that fits the GSM 7-bit alphabet travels as 160 septets, or in segments of 153 when it is longer; a single
//! character outside of it turns the whole text into UCS-2 with 70 and 67 units (3GPP TS 23.038 and 23.040). The
//! window counts while somebody types, the core before a campaign: both with this.
//!
//! Nothing is sent or changed here. Where a carrier transcodes differently, the carrier's bill is right.

mod cluster;
mod gsm7;
mod plain;

pub use plain::{plain, unreplaceable};

use serde::{Deserialize, Serialize};

/// The longest text RingCentral takes, in UTF-16 units (reference of `createSMSMessage`).
pub const LONGEST_TEXT_UTF16_UNITS: u32 = 1000;

/// How a text travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Encoding {
    /// Seven bits per character; eleven characters cost two septets.
    Gsm7,
    /// Sixteen bits per unit; an emoji costs two or more units.
    Ucs2,
}

/// The first character that does not fit the GSM 7-bit alphabet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForcingCharacter {
    /// As a person sees it: a letter with its accents, an emoji with its skin tone.
    pub character: String,
    /// What [`plain`] would put in its place; empty when it is invisible, `None` when nothing can stand for it.
    pub replacement: Option<String>,
    /// Where it begins, in UTF-16 units, as a text field's selection counts.
    pub position: u32,
}

/// What a text costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segments {
    pub encoding: Encoding,
    /// Septets or UTF-16 units of the text itself.
    pub units: u32,
    /// 0 for an empty text.
    pub segments: u32,
    /// What still fits before another segment begins.
    pub units_left_in_segment: u32,
    /// Present exactly when the encoding is UCS-2.
    pub forces_ucs2: Option<ForcingCharacter>,
    /// Whatever the encoding: what RingCentral's limit counts.
    pub utf16_units: u32,
    /// Longer than RingCentral takes.
    pub over_limit: bool,
}

impl Encoding {
    /// The encoding a text needs.
    pub fn of(text: &str) -> Self {
        if text.chars().all(|c| gsm7::septets(c).is_some()) {
            Self::Gsm7
        } else {
            Self::Ucs2
        }
    }

    /// What fits into a text of one segment.
    pub fn units_alone(self) -> u32 {
        match self {
            Self::Gsm7 => 160,
            Self::Ucs2 => 70,
        }
    }

    /// What fits into each of several segments: a header of six octets joins them.
    pub fn units_joined(self) -> u32 {
        match self {
            Self::Gsm7 => 153,
            Self::Ucs2 => 67,
        }
    }

    /// What one character costs. A surrogate pair and an escape pair are one character each: never split.
    fn units(self, c: char) -> u32 {
        match self {
            Self::Gsm7 => gsm7::septets(c).unwrap_or(1),
            Self::Ucs2 => utf16(c),
        }
    }
}

/// Counts.
pub fn count(text: &str) -> Segments {
    let encoding = Encoding::of(text);
    let cut = cut(text, encoding);
    let utf16_units = text.chars().map(utf16).sum();
    Segments {
        encoding,
        units: text.chars().map(|c| encoding.units(c)).sum(),
        segments: u32::try_from(cut.parts.len()).unwrap_or(u32::MAX),
        units_left_in_segment: cut.units_left,
        forces_ucs2: (encoding == Encoding::Ucs2)
            .then(|| first_forcing(text))
            .flatten(),
        utf16_units,
        over_limit: utf16_units > LONGEST_TEXT_UTF16_UNITS,
    }
}

/// The text of each segment, in order. Joined they are the text again.
pub fn split(text: &str) -> Vec<&str> {
    cut(text, Encoding::of(text)).parts
}

struct Cut<'a> {
    parts: Vec<&'a str>,
    units_left: u32,
}

fn cut(text: &str, encoding: Encoding) -> Cut<'_> {
    let units: u32 = text.chars().map(|c| encoding.units(c)).sum();
    if units <= encoding.units_alone() {
        return Cut {
            parts: if text.is_empty() { Vec::new() } else { vec![text] },
            units_left: encoding.units_alone() - units,
        };
    }
    let limit = encoding.units_joined();
    let mut parts = Vec::new();
    let mut rest = text;
    let mut used = 0;
    let mut length = 0;
    for c in text.chars() {
        let cost = encoding.units(c);
        // A pair that does not fit any more begins the next segment, and this one ends one short.
        if used + cost > limit
            && let Some((part, behind)) = rest.split_at_checked(length)
        {
            parts.push(part);
            rest = behind;
            used = 0;
            length = 0;
        }
        used += cost;
        length += c.len_utf8();
    }
    parts.push(rest);
    Cut {
        parts,
        units_left: limit - used,
    }
}

fn first_forcing(text: &str) -> Option<ForcingCharacter> {
    let mut position = 0;
    for cluster in cluster::clusters(text) {
        if cluster.chars().any(|c| gsm7::septets(c).is_none()) {
            let (before, character) = culprit(cluster);
            return Some(ForcingCharacter {
                replacement: plain::replacement(character),
                character: character.to_owned(),
                position: position + before,
            });
        }
        position += cluster.chars().map(utf16).sum::<u32>();
    }
    None
}

/// The part of a cluster to name, and what comes before it: an invisible mark behind a good letter is the mark's fault.
fn culprit(cluster: &str) -> (u32, &str) {
    let mut chars = cluster.chars();
    match chars.next() {
        Some(base) if gsm7::septets(base).is_some() && chars.clone().all(cluster::is_invisible) => {
            (utf16(base), chars.as_str())
        }
        _ => (0, cluster),
    }
}

fn utf16(c: char) -> u32 {
    if c.len_utf16() == 2 { 2 } else { 1 }
}

#[cfg(test)]
mod tests;
