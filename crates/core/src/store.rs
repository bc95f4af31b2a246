//! The local copy: one SQLite file per account, and the only SQL there is.
//!
//! One connection writes, a few read; every write happens in one transaction and is announced to the change feed after
//! it is committed. What the user interface reads is paged by keyset and covered by an index. The store decides nothing
//! about people or words: ranking, merging, reading files and explaining stand in the modules beside it. It knows no
//! wire type of the vendor and never asks the network.

mod error;
mod open;
mod record;

pub use error::StoreError;
pub use record::{
    Applied, AttachmentRecord, Backfill, CallRecord, Change, Coverage, LineRecord, MessageBody,
    MessageRecord, Page, PartyRecord, Source, SyncScope, SyncState, SyncToken, TranscriptState,
};

use crate::change_feed::ChangeFeed;
use crate::clock::Clock;
use sqlx::sqlite::SqlitePool;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What every function of the store answers.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// The open store of one account. Clones share it.
#[derive(Debug, Clone)]
pub struct Store(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    file: PathBuf,
    clock: Clock,
    changes: ChangeFeed,
    /// One connection, so that writers queue up here instead of failing at SQLite's lock.
    writer: SqlitePool,
    readers: SqlitePool,
}

impl Store {
    /// Opens the file, creates it when there is none, and brings an older one up to date, after a copy of it was put
    /// beside it.
    ///
    /// # Errors
    /// [`StoreError::NewerThanApp`], [`StoreError::Damaged`], [`StoreError::DiskFull`], [`StoreError::Folder`],
    /// [`StoreError::Migration`]; the file is then as it was.
    pub async fn open(file: impl AsRef<Path>, clock: Clock, changes: ChangeFeed) -> Result<Self> {
        let file = file.as_ref().to_path_buf();
        let (writer, readers) = open::open(&file, &open::MIGRATIONS, clock.now()).await?;
        Ok(Self(Arc::new(Shared {
            file,
            clock,
            changes,
            writer,
            readers,
        })))
    }

    /// Puts a damaged file and what belongs to it out of the way, so that a new one can be made. Nothing is deleted.
    ///
    /// # Errors
    /// [`StoreError::Folder`] when it cannot be renamed.
    pub async fn move_aside(file: impl AsRef<Path>, clock: &Clock) -> Result<PathBuf> {
        open::move_aside(file.as_ref(), clock.now()).await
    }

    /// Where the file is.
    pub fn file(&self) -> &Path {
        &self.0.file
    }

    /// Where this store announces its changes.
    pub fn changes(&self) -> &ChangeFeed {
        &self.0.changes
    }

    /// The clock this store goes by.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Waits for what is being written and closes the file.
    pub async fn close(&self) {
        self.0.readers.close().await;
        self.0.writer.close().await;
    }
}
