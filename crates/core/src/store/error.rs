//! What can go wrong with the store, told apart by what a person can do about it.

use sqlx::error::DatabaseError;
use std::path::PathBuf;

/// A failure of the local store. Nothing was changed by the call that failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file was written by a newer version of the app.
    #[error("This data was written by a newer version of Switchboard. Install that version to open it.")]
    NewerThanApp {
        /// The schema version of the file.
        found: i64,
        /// The newest one this app knows.
        known: i64,
    },
    /// The file is no database, or is damaged. [`super::Store::move_aside`] puts it out of the way.
    #[error("The local data is damaged and cannot be read. It can be moved aside and fetched again.")]
    Damaged {
        #[source]
        source: Option<sqlx::Error>,
    },
    #[error("The disk is full. Nothing was lost; free some space and try again.")]
    DiskFull {
        #[source]
        source: sqlx::Error,
    },
    /// The folder or file cannot be written or read.
    #[error("The folder of the local data cannot be used: {path}")]
    Folder {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    /// The schema could not be brought up to date; the copy from before stays beside the file.
    #[error("The local data could not be brought up to date. A copy from before was kept.")]
    Migration {
        #[source]
        source: sqlx::migrate::MigrateError,
    },
    /// `what` reads as the subject of a sentence: `This contact`.
    #[error("{what} is no longer here. It may have been deleted.")]
    NotFound { what: &'static str },
    #[error("It is too late to take that back: it was changed since.")]
    TooLate,
    /// Somebody else changed the contact between reading and writing it.
    #[error("This contact was changed meanwhile. Look at it again and repeat the change.")]
    ChangedMeanwhile,
    /// A value in the file that no version of this app writes.
    #[error("The local data holds something unreadable in {field}.")]
    Unreadable {
        field: &'static str,
        #[source]
        source: Option<serde_json::Error>,
    },
    #[error("The local data could not be used.")]
    Sql(#[source] sqlx::Error),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error.as_database_error().and_then(primary_code) {
            Some(code) if code == SQLITE_FULL => Self::DiskFull { source: error },
            Some(code) if code == SQLITE_CORRUPT || code == SQLITE_NOTADB => {
                Self::Damaged { source: Some(error) }
            }
            _ => Self::Sql(error),
        }
    }
}

const SQLITE_CORRUPT: i32 = 11;
const SQLITE_FULL: i32 = 13;
const SQLITE_NOTADB: i32 = 26;

/// SQLite's primary result code: the low byte of the extended one (sqlite.org/rescode.html).
fn primary_code(error: &dyn DatabaseError) -> Option<i32> {
    let extended: i32 = error.code()?.parse().ok()?;
    Some(extended & 0xff)
}
