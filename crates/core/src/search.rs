//! From what somebody types to what the full-text indexes are asked, and from what they find to what is shown.
//!
//! Nothing a person can type reaches the index as syntax: words are quoted one by one. Stored text is searched here, not
//! on the server.

use crate::store::{FoundCommunication, Result, Store};
use domain::contact::Contact;
use domain::search::{CommunicationHit, ContactHit, SearchResults, Snippet, SnippetPart};

/// Marks the beginning of a hit in a snippet; no keyboard writes it.
pub(crate) const HIT_BEGINS: char = '\u{2}';
/// Marks the end of a hit in a snippet.
pub(crate) const HIT_ENDS: char = '\u{3}';

/// Fragments of at least this many digits have an index.
const INDEXED_DIGITS: usize = 3;

/// More words than this are ignored; nobody types them, a pasted text would.
const WORDS_AT_MOST: usize = 12;

/// Results of one kind at most.
const RESULTS_AT_MOST: u32 = 200;

/// What somebody is looking for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// FTS5 expression for names: every word must begin one of theirs.
    name_words: Option<String>,
    /// FTS5 expression for texts. With a single letter nearly every text begins a word, so it has to be a whole one.
    text_words: Option<String>,
    /// FTS5 expression for a part of a number.
    fragment: Option<String>,
    /// `LIKE` pattern for a part of a number that is too short for the index.
    short_fragment: Option<String>,
    extension: Option<String>,
    digits: String,
}

impl Query {
    /// Reads what somebody typed. Everything is allowed; what cannot be searched for is left out.
    pub fn read(text: &str) -> Self {
        let words: Vec<&str> = text
            .split_whitespace()
            .filter(|word| word.chars().any(char::is_alphanumeric))
            .take(WORDS_AT_MOST)
            .collect();
        let expression = |quoted: fn(&str) -> String| {
            (!words.is_empty()).then(|| {
                words
                    .iter()
                    .map(|word| quoted(word))
                    .collect::<Vec<_>>()
                    .join(" ")
            })
        };
        let digits = number_digits(text);
        let is_indexed = digits.len() >= INDEXED_DIGITS;
        Self {
            name_words: expression(|word| format!("{}*", quoted(word))),
            text_words: expression(|word| {
                let is_letter = word.chars().filter(|c| c.is_alphanumeric()).count() == 1;
                format!("{}{}", quoted(word), if is_letter { "" } else { "*" })
            }),
            fragment: is_indexed.then(|| format!("\"{digits}\"")),
            short_fragment: (!is_indexed && !digits.is_empty()).then(|| format!("%{digits}%")),
            extension: (!digits.is_empty()).then(|| digits.clone()),
            digits,
        }
    }

    /// Nothing that could be searched for.
    pub fn is_empty(&self) -> bool {
        self.name_words.is_none() && self.digits.is_empty()
    }

    pub(crate) fn name_words(&self) -> Option<&str> {
        self.name_words.as_deref()
    }

    pub(crate) fn text_words(&self) -> Option<&str> {
        self.text_words.as_deref()
    }

    pub(crate) fn fragment(&self) -> Option<&str> {
        self.fragment.as_deref()
    }

    pub(crate) fn short_fragment(&self) -> Option<&str> {
        self.short_fragment.as_deref()
    }

    pub(crate) fn extension(&self) -> Option<&str> {
        self.extension.as_deref()
    }
}

/// Finds people, numbers by any part of them, and words in texts and transcripts.
///
/// # Errors
/// Any [`crate::store::StoreError`].
pub async fn search(store: &Store, text: &str, limit: u32) -> Result<SearchResults> {
    let query = Query::read(text);
    if query.is_empty() {
        return Ok(SearchResults::default());
    }
    let limit = limit.clamp(1, RESULTS_AT_MOST);
    let shown = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut contact_ids = store.find_contacts(&query, limit).await?;
    let mut communications = store.find_communications(&query, limit).await?;
    let is_cut = contact_ids.len() > shown || communications.len() > shown;
    contact_ids.truncate(shown);
    communications.truncate(shown);

    let mut contacts = store.contacts(&contact_ids).await?;
    contacts.sort_by_key(|held| contact_ids.iter().position(|id| *id == held.id));
    let plan = store.numbering();
    Ok(SearchResults {
        contacts: contacts
            .into_iter()
            .map(|held| contact_hit(held.into_contact(plan), &query.digits))
            .collect(),
        communications: communications
            .into_iter()
            .map(|found| communication_hit(found, &query.digits))
            .collect(),
        is_cut,
    })
}

/// A word as FTS5 takes it, every sign in it being text.
fn quoted(word: &str) -> String {
    format!("\"{}\"", word.replace(['"', '\0'], " ").trim())
}

/// The digits of what looks like a part of a number; a leading trunk zero is not part of the international form.
fn number_digits(text: &str) -> String {
    let is_number = text
        .chars()
        .all(|c| c.is_ascii_digit() || " +-()./\u{a0}".contains(c));
    if !is_number {
        return String::new();
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits
        .strip_prefix("00")
        .or_else(|| digits.strip_prefix('0'))
        .unwrap_or(&digits)
        .to_owned()
}

fn contact_hit(contact: Contact, digits: &str) -> ContactHit {
    let hit = contact.numbers.iter().find(|number| {
        let e164 = number.number.e164.as_ref().map_or("", |e164| e164.as_str());
        !digits.is_empty() && e164.contains(digits)
    });
    ContactHit {
        number_label: hit.map(|number| number.label),
        contact,
    }
}

fn communication_hit(found: FoundCommunication, digits: &str) -> CommunicationHit {
    let snippet = match found.marked {
        Some(marked) => split_marked(&marked),
        None => {
            let number = found.item.party.number.as_ref();
            number.map_or_else(
                || Snippet { parts: Vec::new() },
                |number| mark_digits(&number.formatted, digits),
            )
        }
    };
    CommunicationHit {
        item: found.item,
        snippet,
    }
}

/// Takes a marked text apart.
fn split_marked(marked: &str) -> Snippet {
    let mut parts = Vec::new();
    let mut is_hit = false;
    for part in marked.split_inclusive([HIT_BEGINS, HIT_ENDS]) {
        let text = part.trim_end_matches([HIT_BEGINS, HIT_ENDS]);
        if !text.is_empty() {
            parts.push(SnippetPart {
                text: text.to_owned(),
                is_hit,
            });
        }
        is_hit = part.ends_with(HIT_BEGINS);
    }
    Snippet { parts }
}

/// Marks digits in a formatted number, whatever stands between them.
fn mark_digits(formatted: &str, digits: &str) -> Snippet {
    let places: Vec<(usize, char)> = formatted
        .char_indices()
        .filter(|(_, c)| c.is_ascii_digit())
        .collect();
    let written: String = places.iter().map(|(_, digit)| digit).collect();
    // The formatted number may lack the country code that was typed.
    let found = written.find(digits).filter(|_| !digits.is_empty());
    let hit = found.and_then(|at| {
        let (begin, _) = places.get(at)?;
        let (end, _) = places.get(at + digits.len() - 1)?;
        Some((
            formatted.get(..*begin)?,
            formatted.get(*begin..=*end)?,
            formatted.get(end + 1..)?,
        ))
    });
    let Some((before, hit, after)) = hit else {
        return Snippet {
            parts: vec![SnippetPart {
                text: formatted.to_owned(),
                is_hit: false,
            }],
        };
    };
    let parts = [(before, false), (hit, true), (after, false)]
        .into_iter()
        .filter(|(text, _)| !text.is_empty())
        .map(|(text, is_hit)| SnippetPart {
            text: text.to_owned(),
            is_hit,
        })
        .collect();
    Snippet { parts }
}

#[cfg(test)]
mod tests;
