//! Reads vCards of every version in use, 2.1 to 4.0, into drafts.

use super::super::{ContactError, Result};
use super::csv_file::split_name;
use super::{ReadFile, ReadRow};
use calcard::vcard::{VCard, VCardEntry, VCardParameterName, VCardProperty, VCardValue};
use calcard::{Entry, Parser};
use domain::contact::{ContactDraft, NumberDraft, NumberLabel};

/// Reads all cards; a damaged one is named and the others go on.
pub(super) fn read(text: &str) -> Result<ReadFile> {
    let mut parser = Parser::new(text);
    let mut rows = Vec::new();
    loop {
        let (draft, fault) = match parser.entry() {
            Entry::Eof => break,
            Entry::VCard(card) => (draft_of(&card), None),
            Entry::ICalendar(_) => (
                ContactDraft::default(),
                Some("This is a calendar entry, not a contact.".to_owned()),
            ),
            // Lines between cards that belong to none.
            _ => continue,
        };
        let position = u64::try_from(rows.len()).unwrap_or(u64::MAX).saturating_add(1);
        rows.push(ReadRow {
            position,
            draft,
            fault,
        });
    }
    if is_cut_off(text)
        && let Some(last) = rows.last_mut()
    {
        last.fault = Some("The card is cut off: its end is missing.".to_owned());
    }
    if rows.is_empty() {
        return Err(ContactError::Invalid("The file holds no vCard.".to_owned()));
    }
    Ok(ReadFile {
        columns: Vec::new(),
        rows,
    })
}

/// The parser takes what there is of the last card. Half a number would be a wrong one, so it is not imported.
fn is_cut_off(text: &str) -> bool {
    let text = text.to_ascii_uppercase();
    text.rfind("BEGIN:VCARD") > text.rfind("END:VCARD")
}

fn draft_of(card: &VCard) -> ContactDraft {
    let mut draft = ContactDraft::default();
    let mut full_name = String::new();
    for entry in &card.entries {
        match entry.name {
            VCardProperty::N => {
                // Family name; given name; additional names; prefixes; suffixes.
                let parts = texts(entry);
                let part = |place: usize| parts.get(place).cloned().unwrap_or_default();
                draft.last_name = part(0);
                draft.first_name = [part(1), part(2)].join(" ").trim().to_owned();
            }
            VCardProperty::Fn if full_name.is_empty() => full_name = first_text(entry),
            VCardProperty::Org if draft.company.is_empty() => {
                let units: Vec<String> = texts(entry).into_iter().filter(|unit| !unit.is_empty()).collect();
                draft.company = units.join(", ");
            }
            VCardProperty::Title if draft.job_title.is_empty() => draft.job_title = first_text(entry),
            VCardProperty::Email => draft
                .emails
                .push(first_text(entry).trim_start_matches("mailto:").to_owned()),
            VCardProperty::Tel => {
                draft.numbers.push(NumberDraft {
                    label: label_of(entry),
                    number: first_text(entry),
                });
            }
            VCardProperty::Categories => draft.tags.extend(texts(entry)),
            VCardProperty::Note => draft.notes = first_text(entry),
            _ => {}
        }
    }
    let is_nameless = draft.first_name.is_empty() && draft.last_name.is_empty();
    // A company's card often has just its name as the full name.
    if is_nameless && full_name != draft.company {
        (draft.first_name, draft.last_name) = split_name(&full_name);
    }
    draft
}

/// The use of a number. Version 2.1 writes `TEL;CELL`, later ones `TEL;TYPE=cell`.
fn label_of(entry: &VCardEntry) -> NumberLabel {
    let words: Vec<String> = entry
        .params
        .iter()
        .filter_map(|parameter| match &parameter.name {
            VCardParameterName::Type => parameter.value.as_text().map(str::to_lowercase),
            VCardParameterName::Other(word) => Some(word.to_lowercase()),
            _ => None,
        })
        .collect();
    let is = |word: &str| words.iter().any(|known| known == word);
    if is("fax") {
        NumberLabel::Fax
    } else if is("cell") || is("mobile") || is("iphone") {
        NumberLabel::Mobile
    } else if is("main") || is("main-number") {
        NumberLabel::Main
    } else if is("work") {
        NumberLabel::Work
    } else if is("home") {
        NumberLabel::Home
    } else {
        NumberLabel::Other
    }
}

fn texts(entry: &VCardEntry) -> Vec<String> {
    entry
        .values
        .iter()
        .map(|value| match value {
            VCardValue::Component(parts) => parts.join(" "),
            value => value.as_text().unwrap_or_default().to_owned(),
        })
        .map(|text| text.trim().to_owned())
        .collect()
}

fn first_text(entry: &VCardEntry) -> String {
    texts(entry).into_iter().next().unwrap_or_default()
}
