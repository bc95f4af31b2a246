//! Bringing contacts in from a file: a preview first, then the import, both by the same plan.
//!
//! Any encoding that office programs write is read, and every row that is left out says why. Nothing that is here is
//! overwritten, and the whole import can be taken back at once.

mod columns;
mod csv_file;
mod encoding;
mod plan;
mod vcard_file;

use super::{ContactError, Result, TRIES};
use crate::numbers::NumberingPlan;
use crate::store::{ContactFacts, ContactWriteOptions, NumberFacts, Store, StoreError};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::contact::{ContactDraft, ContactKind, ContactSource};
use domain::import::{
    ColumnTarget, ImportAction, ImportColumn, ImportFormat, ImportPreview, ImportReport, ImportRow,
};
use plan::Planned;

/// Rows that the preview shows; the totals count all.
const PREVIEWED: usize = 100;

/// Larger files are hardly contacts, and would have to be held in memory several times over.
const BYTES_AT_MOST: usize = 64 * 1024 * 1024;

/// What a file holds, before it is compared with what is here.
#[derive(Debug, Default)]
struct ReadFile {
    columns: Vec<ImportColumn>,
    rows: Vec<ReadRow>,
}

/// A row or card.
#[derive(Debug)]
struct ReadRow {
    /// Line or card number in the file, from 1.
    position: u64,
    draft: ContactDraft,
    /// Why it cannot be imported at all.
    fault: Option<String>,
}

/// Takes a file's bytes out of the text form in which they cross from the window.
///
/// # Errors
/// [`ContactError::Invalid`] when it is no base64.
pub fn decode_content(content_base64: &str) -> Result<Vec<u8>> {
    STANDARD
        .decode(content_base64.trim())
        .map_err(|_| ContactError::Invalid("The file did not arrive whole. Choose it again.".to_owned()))
}

/// Says what importing a file would do. `mapping` names the target of each column; without it, it is guessed.
///
/// # Errors
/// [`ContactError::Invalid`] when the file cannot be read or the mapping does not fit it.
pub async fn preview(
    store: &Store,
    format: ImportFormat,
    bytes: Vec<u8>,
    mapping: Option<Vec<ColumnTarget>>,
) -> Result<ImportPreview> {
    let file = read(format, bytes, mapping).await?;
    let columns = file.columns;
    let planned = plan(store, source_of(format), file.rows).await?;
    let count = |wanted: fn(&ImportAction) -> bool| {
        u64::try_from(planned.iter().filter(|row| wanted(&row.action)).count()).unwrap_or(u64::MAX)
    };
    Ok(ImportPreview {
        columns,
        adds: count(|action| matches!(action, ImportAction::Add)),
        merges: count(|action| matches!(action, ImportAction::Merge { .. })),
        skips: count(|action| matches!(action, ImportAction::Skip { .. })),
        rows: planned
            .into_iter()
            .take(PREVIEWED)
            .map(Planned::into_row)
            .collect(),
    })
}

/// Imports a file, all of it or nothing.
///
/// # Errors
/// As [`preview`].
pub async fn import(
    store: &Store,
    format: ImportFormat,
    bytes: Vec<u8>,
    mapping: Option<Vec<ColumnTarget>>,
) -> Result<ImportReport> {
    let rows = read(format, bytes, mapping).await?.rows;
    let mut tries = TRIES;
    loop {
        let planned = plan(store, source_of(format), rows.iter().map(ReadRow::copy).collect()).await?;
        let (writes, counted) = plan::writes(planned);
        tries -= 1;
        match store.write_contacts(writes, ContactWriteOptions::default()).await {
            Err(StoreError::ChangedMeanwhile) if tries > 0 => {}
            written => {
                let written = written?;
                return Ok(ImportReport {
                    added: counted.adds,
                    merged: counted.merges,
                    skipped: counted.skips,
                    linked: written.linked,
                    undo: written.undo,
                });
            }
        }
    }
}

/// Reading a large file takes a while and must not hold up anything else.
async fn read(format: ImportFormat, bytes: Vec<u8>, mapping: Option<Vec<ColumnTarget>>) -> Result<ReadFile> {
    if bytes.len() > BYTES_AT_MOST {
        return Err(ContactError::Invalid(
            "The file is larger than 64 MB. Split it and import the parts.".to_owned(),
        ));
    }
    let reading = tokio::task::spawn_blocking(move || {
        // No name has it, and the database's JSON functions would end the text there.
        let text = encoding::decode(&bytes).replace('\0', "");
        match format {
            ImportFormat::Csv => csv_file::read(&text, mapping.as_deref()),
            ImportFormat::VCard => vcard_file::read(&text),
        }
    });
    reading
        .await
        .map_err(|_| ContactError::Invalid("The file could not be read.".to_owned()))?
}

async fn plan(store: &Store, source: ContactSource, rows: Vec<ReadRow>) -> Result<Vec<Planned>> {
    let numbering = store.numbering();
    let reading = tokio::task::spawn_blocking(move || {
        let facts: Vec<ContactFacts> = rows.iter().map(|row| facts_of(row, source, numbering)).collect();
        (rows, facts)
    });
    let (rows, facts) = reading.await.map_err(|_| not_compared())?;
    let numbers: Vec<&str> = facts
        .iter()
        .flat_map(|facts| &facts.numbers)
        .filter_map(|n| Some(n.e164.as_ref()?.as_str()))
        .collect();
    let emails: Vec<&str> = facts
        .iter()
        .flat_map(|facts| &facts.emails)
        .map(String::as_str)
        .collect();
    let known = store.contacts_sharing(&numbers, &emails).await?;
    let made = tokio::task::spawn_blocking(move || plan::plan(rows, facts, known));
    made.await.map_err(|_| not_compared())
}

fn not_compared() -> ContactError {
    ContactError::Invalid("The file could not be compared.".to_owned())
}

fn facts_of(row: &ReadRow, source: ContactSource, numbering: NumberingPlan) -> ContactFacts {
    let mut facts = super::form::facts(&row.draft, ContactFacts::new(ContactKind::External), numbering);
    facts.add_source(source);
    facts
}

fn source_of(format: ImportFormat) -> ContactSource {
    match format {
        ImportFormat::Csv => ContactSource::Csv,
        ImportFormat::VCard => ContactSource::VCard,
    }
}

impl ReadRow {
    fn copy(&self) -> Self {
        Self {
            position: self.position,
            draft: self.draft.clone(),
            fault: self.fault.clone(),
        }
    }
}

impl Planned {
    fn into_row(self) -> ImportRow {
        ImportRow {
            position: self.position,
            draft: self.draft,
            action: self.action,
            warnings: self.warnings,
        }
    }
}

/// What looks odd about the numbers of a row. The numbers themselves stand beside it.
fn warnings(numbers: &[NumberFacts]) -> Vec<String> {
    numbers
        .iter()
        .filter(|number| number.e164.is_none())
        .map(|number| {
            let is_spoiled = number.raw.contains("E+") || number.raw.contains("e+");
            if is_spoiled {
                "A spreadsheet has rounded a number; it is lost in this file.".to_owned()
            } else {
                format!(
                    "“{}” is not a complete phone number and will match no call.",
                    number.raw
                )
            }
        })
        .collect()
}

#[cfg(test)]
mod tests;
