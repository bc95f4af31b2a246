//! The local copy: one SQLite file per account, and the only SQL there is.
//!
//! One connection writes, a few read; every write happens in one transaction and is announced to the change feed after
//! it is committed. What the user interface reads is paged by keyset and covered by an index. The store decides nothing
//! about people or words: ranking, merging, reading files and explaining stand in the modules beside it. It knows no
//! wire type of the vendor and never asks the network.

mod apply;
mod attachments;
mod call_sessions;
mod campaigns;
mod consents;
mod contact_facts;
mod contact_reads;
mod contact_rows;
mod contact_writes;
mod drafts;
mod error;
mod export;
mod facts;
mod fax_drafts;
mod fax_pages;
mod fax_words;
mod faxes;
mod found;
mod links;
mod listing;
mod live_calls;
mod open;
mod outbox;
mod overview;
mod own_lines;
mod parties;
mod plan;
mod presence;
mod presence_team;
mod read_state;
mod record;
mod removal;
mod rows;
mod settings;
mod supervisions;
mod sync_state;
mod templates;
mod threads;
mod touched;
mod transcripts;
mod undo;
mod voicemails;
mod words;

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

pub use attachments::StoredAttachment;
pub use campaigns::{CampaignRecord, NewCampaign};
pub use consents::ListedConsent;
pub(crate) use contact_facts::folded;
pub use contact_facts::{ContactFacts, HeldContact, NumberFacts, SourceLink};
pub use contact_writes::{ContactWrite, ContactWriteOptions, ContactsWritten, SourceAnswer};
pub use drafts::SenderRecord;
pub use error::StoreError;
pub use export::ExportFilter;
pub use fax_drafts::{FaxDraftRecord, FaxFileRecord, NewFaxFile};
pub use fax_pages::{FaxDocument, StoredFax, WantedDocument};
pub use fax_words::{DueReading, PageWords, StoredReading};
pub use faxes::{FaxRecipientRecord, PendingCallBack, SentFax};
pub use found::FoundCommunication;
pub use outbox::{
    CLOCK_TOLERANCE, CUT_OFF, DueJob, DueTranscription, FaxJob, FaxJobRecipient, Job, JobFile, NewJob,
    NotSent, OutboxCounts, Refusal, RingOutJob, ShownJob, TextJob, TranscriptionJob, TranscriptionProgress,
    Unresolved, UnsentFaxRecord, Urgency, text_lane,
};
pub use overview::{SpanCounts, Waiting};
pub use own_lines::OwnLine;
pub use parties::KnownParty;
pub use presence::{PresenceRecord, PresenceWords};
pub use presence_team::{QueueRecord, TeamRecord};
pub use read_state::PendingReadState;
pub use record::{
    Applied, AttachmentRecord, Backfill, CallRecord, Change, Coverage, LineRecord, MessageBody,
    MessageRecord, Page, PartyRecord, Source, SyncScope, SyncState, SyncToken, TranscriptState,
};
pub use removal::MAILBOX_MESSAGES;
pub use supervisions::{StoredSupervision, SupervisionLine};
pub use threads::ConversationFacts;
pub use transcripts::{AwaitedTranscript, StoredTranscript, TranscriptRecord};
pub use voicemails::{CachedSound, LookedAt, PendingDeletion, StoredSound, StoredVoicemail, WantedSound};

use crate::change_feed::ChangeFeed;
use crate::clock::Clock;
use crate::numbers::NumberingPlan;
use domain::ids::CommunicationId;
use own_lines::OwnLines;
use sqlx::Transaction;
use sqlx::sqlite::{Sqlite, SqlitePool};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use touched::Touched;

const BEGIN: &str = "BEGIN IMMEDIATE";

const MILLISECONDS_PER_DAY: i64 = 24 * 60 * 60 * 1000;

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
    /// When this copy was made, in milliseconds: what was missed before is history and not unread.
    news_since: i64,
    numbering: RwLock<NumberingPlan>,
    own_lines: RwLock<Arc<OwnLines>>,
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
        let (created_at, country): (i64, String) =
            sqlx::query_as("SELECT created_at, coalesce(home_country, account_country) FROM profile")
                .fetch_one(&readers)
                .await?;
        let store = Self(Arc::new(Shared {
            file,
            clock,
            changes,
            writer,
            readers,
            news_since: created_at,
            numbering: RwLock::new(NumberingPlan::of_country(&country).unwrap_or_default()),
            own_lines: RwLock::default(),
        }));
        store.load_own_lines().await?;
        Ok(store)
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

    /// What is wrong with the file, as SQLite says it; nothing when it is sound. Reads all of it.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read at all.
    pub async fn problems(&self) -> Result<Vec<String>> {
        let found: Vec<String> = sqlx::query_scalar("PRAGMA quick_check(20)")
            .fetch_all(self.readers())
            .await?;
        Ok(found.into_iter().filter(|line| line != "ok").collect())
    }

    /// Waits for what is being written and closes the file.
    pub async fn close(&self) {
        self.0.readers.close().await;
        self.0.writer.close().await;
    }

    /// How numbers are read and shown here.
    pub fn numbering(&self) -> NumberingPlan {
        *self.0.numbering.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn readers(&self) -> &SqlitePool {
        &self.0.readers
    }

    fn news_since(&self) -> i64 {
        self.0.news_since
    }

    /// From where on a missed call is owed, in milliseconds.
    fn owed_since(&self) -> i64 {
        self.0.news_since - touched::OWED_DAYS * MILLISECONDS_PER_DAY
    }

    /// Takes the write lock at once: a transaction that reads first and writes later could find that it may not.
    async fn write(&self) -> Result<Transaction<'static, Sqlite>> {
        match self.0.writer.begin_with(BEGIN).await {
            Err(sqlx::Error::InvalidSavePointStatement) => {
                // On a full disk SQLite rolls back by itself (sqlite.org/lang_transaction.html). The connection does not
                // notice and takes itself to be inside a transaction for ever, so it is replaced.
                self.0.writer.acquire().await?.close().await?;
                Ok(self.0.writer.begin_with(BEGIN).await?)
            }
            begun => Ok(begun?),
        }
    }

    fn announce_communications(&self, touched: &Touched) {
        let ids: Vec<_> = touched.changed.iter().copied().map(CommunicationId).collect();
        self.changes().communications_changed(&ids);
    }
}
