//! Reads a CSV file into drafts, whatever stands between its fields.

use super::super::{ContactError, Result};
use super::{ReadFile, ReadRow, columns};
use csv::{ReaderBuilder, StringRecord};
use domain::contact::{ContactDraft, NumberDraft, NumberLabel};
use domain::import::{ColumnTarget, ImportColumn};

/// Values shown to recognise a column by.
const SAMPLES: usize = 3;

/// Rows that are looked at to tell the delimiter and what columns hold.
const LOOKED_AT: usize = 50;

/// Reads all rows with the given targets, or with guessed ones.
pub(super) fn read(text: &str, mapping: Option<&[ColumnTarget]>) -> Result<ReadFile> {
    let (text, named_delimiter) = without_delimiter_line(text);
    let delimiter = named_delimiter.unwrap_or_else(|| delimiter_of(text));
    let records: Vec<StringRecord> = records(text, delimiter).collect();
    let width = records.iter().map(StringRecord::len).max().unwrap_or_default();
    let Some(first) = records.first() else {
        return Err(ContactError::Invalid("The file is empty.".to_owned()));
    };
    let first: Vec<String> = first.iter().map(str::to_owned).collect();
    let has_headers = !columns::is_data(&first);
    let rows = records.get(usize::from(has_headers)..).unwrap_or_default();
    let columns = columns_of(if has_headers { &first } else { &[] }, rows, width, mapping)?;
    let targets: Vec<ColumnTarget> = columns.iter().map(|column| column.target).collect();
    let rows = rows
        .iter()
        .filter(|record| record.iter().any(|field| !field.trim().is_empty()))
        .map(|record| ReadRow {
            position: record.position().map_or(0, csv::Position::line),
            draft: draft_of(record, &targets),
            fault: None,
        })
        .collect();
    Ok(ReadFile { columns, rows })
}

/// Spreadsheets write `sep=;` as the first line to tell each other.
fn without_delimiter_line(text: &str) -> (&str, Option<u8>) {
    let text = text.trim_start_matches('\u{feff}');
    let named = text.split_once('\n').and_then(|(line, rest)| {
        let [delimiter] = *line.trim_end().strip_prefix("sep=")?.as_bytes() else {
            return None;
        };
        Some((rest, Some(delimiter)))
    });
    named.unwrap_or((text, None))
}

/// The delimiter that splits most rows into the same, largest number of fields.
fn delimiter_of(text: &str) -> u8 {
    let score = |delimiter: &u8| {
        let widths: Vec<usize> = records(text, *delimiter)
            .take(LOOKED_AT)
            .map(|record| record.len())
            .collect();
        let first = widths.first().copied().unwrap_or_default();
        let alike = widths.iter().filter(|width| **width == first).count();
        if first > 1 {
            alike * 1000 / widths.len().max(1) + first.min(100)
        } else {
            0
        }
    };
    // The last of equals wins, so the most usual one comes last.
    [b'|', b'\t', b';', b',']
        .into_iter()
        .max_by_key(score)
        .unwrap_or(b',')
}

fn records(text: &str, delimiter: u8) -> impl Iterator<Item = StringRecord> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes())
        .into_records()
        // The text is valid UTF-8 and rows may differ in width, so nothing is left that could fail.
        .filter_map(std::result::Result::ok)
}

fn columns_of(
    headers: &[String],
    rows: &[StringRecord],
    width: usize,
    mapping: Option<&[ColumnTarget]>,
) -> Result<Vec<ImportColumn>> {
    if mapping.is_some_and(|mapping| mapping.len() != width) {
        return Err(ContactError::Invalid(format!(
            "The file has {width} columns, but {} were assigned. Look at the preview again.",
            mapping.map_or(0, <[ColumnTarget]>::len)
        )));
    }
    let column = |place: usize| {
        let header = headers
            .get(place)
            .map(|header| header.trim())
            .filter(|header| !header.is_empty());
        let header = header.map_or_else(|| format!("Column {}", place + 1), str::to_owned);
        let mut values = rows
            .iter()
            .take(LOOKED_AT)
            .filter_map(|row| row.get(place))
            .map(str::trim);
        let samples: Vec<String> = values
            .by_ref()
            .filter(|value| !value.is_empty())
            .take(SAMPLES)
            .map(str::to_owned)
            .collect();
        let chosen = mapping.and_then(|mapping| mapping.get(place)).copied();
        let target = chosen.unwrap_or_else(|| columns::guess(&header, &samples));
        ImportColumn {
            header,
            samples,
            target,
        }
    };
    Ok((0..width).map(column).collect())
}

fn draft_of(record: &StringRecord, targets: &[ColumnTarget]) -> ContactDraft {
    let mut draft = ContactDraft::default();
    for (field, target) in record.iter().zip(targets) {
        let field = unquoted(field);
        if field.is_empty() {
            continue;
        }
        match target {
            ColumnTarget::Ignore => {}
            ColumnTarget::FullName => {
                if draft.first_name.is_empty() && draft.last_name.is_empty() {
                    (draft.first_name, draft.last_name) = split_name(field);
                }
            }
            ColumnTarget::FirstName => draft.first_name = field.to_owned(),
            ColumnTarget::LastName => draft.last_name = field.to_owned(),
            ColumnTarget::Company => append(&mut draft.company, field, ", "),
            ColumnTarget::JobTitle => append(&mut draft.job_title, field, ", "),
            ColumnTarget::Notes => append(&mut draft.notes, field, "\n"),
            ColumnTarget::Email => draft.emails.extend(several(field)),
            // Another address book's own groups begin with a star and mean nothing here.
            ColumnTarget::Tags => draft
                .tags
                .extend(several(field).filter(|tag| !tag.starts_with('*'))),
            ColumnTarget::Mobile => add_numbers(&mut draft, NumberLabel::Mobile, field),
            ColumnTarget::Work => add_numbers(&mut draft, NumberLabel::Work, field),
            ColumnTarget::Home => add_numbers(&mut draft, NumberLabel::Home, field),
            ColumnTarget::Main => add_numbers(&mut draft, NumberLabel::Main, field),
            ColumnTarget::Fax => add_numbers(&mut draft, NumberLabel::Fax, field),
            ColumnTarget::OtherNumber => add_numbers(&mut draft, NumberLabel::Other, field),
        }
    }
    draft
}

/// Spreadsheets keep numbers from being reckoned with by an apostrophe or by `="…"`.
fn unquoted(field: &str) -> &str {
    let field = field.trim();
    let formula = field.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    formula
        .unwrap_or_else(|| field.strip_prefix('\'').unwrap_or(field))
        .trim()
}

fn add_numbers(draft: &mut ContactDraft, label: NumberLabel, field: &str) {
    draft
        .numbers
        .extend(several(field).map(|number| NumberDraft { label, number }));
}

/// Several values in one field.
fn several(field: &str) -> impl Iterator<Item = String> {
    let field = field.replace(":::", ";");
    let values: Vec<String> = field
        .split([';', ',', '\n'])
        .map(|value| value.trim().to_owned())
        .collect();
    values.into_iter().filter(|value| !value.is_empty())
}

fn append(text: &mut String, more: &str, between: &str) {
    if !text.is_empty() {
        text.push_str(between);
    }
    text.push_str(more);
}

/// `Lopez, Maria` and `Maria del Carmen Lopez`: the last word is the last name.
pub(super) fn split_name(name: &str) -> (String, String) {
    if let Some((last, first)) = name.split_once(',') {
        return (first.trim().to_owned(), last.trim().to_owned());
    }
    match name.trim().rsplit_once(char::is_whitespace) {
        Some((first, last)) => (first.trim().to_owned(), last.to_owned()),
        None => (name.trim().to_owned(), String::new()),
    }
}
