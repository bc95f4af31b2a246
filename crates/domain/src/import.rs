//! Bringing contacts in from a file: first a preview, then the import.

use crate::contact::{ContactDraft, ContactRef};
use crate::ids::UndoToken;
use serde::{Deserialize, Serialize};

/// File formats that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImportFormat {
    Csv,
    VCard,
}

/// What a column of a CSV file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ColumnTarget {
    Ignore,
    FullName,
    FirstName,
    LastName,
    Company,
    JobTitle,
    Email,
    Mobile,
    Work,
    Home,
    Main,
    Fax,
    OtherNumber,
    Tags,
    Notes,
}

/// A column as found in the file, with the guess or choice what it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportColumn {
    pub header: String,
    /// The first few values, to recognise it by.
    pub samples: Vec<String>,
    pub target: ColumnTarget,
}

/// What will happen to a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImportAction {
    Add,
    /// Same person: new numbers and addresses are added, nothing is overwritten.
    Merge {
        into: ContactRef,
    },
    /// `reason` is plain language.
    Skip {
        reason: String,
    },
}

/// A row of the preview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRow {
    /// Line or card number in the file, from 1.
    pub position: u64,
    pub draft: ContactDraft,
    pub action: ImportAction,
    /// What looks odd but does not stop the import, such as a number that cannot be parsed.
    pub warnings: Vec<String>,
}

/// What an import would do; nothing is stored yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPreview {
    /// Empty for vCard.
    pub columns: Vec<ImportColumn>,
    /// The first rows; the totals count the whole file.
    pub rows: Vec<ImportRow>,
    pub adds: u64,
    pub merges: u64,
    pub skips: u64,
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportReport {
    pub added: u64,
    pub merged: u64,
    pub skipped: u64,
    /// Communications that now have a contact because of it.
    pub linked: u64,
    pub undo: UndoToken,
}
