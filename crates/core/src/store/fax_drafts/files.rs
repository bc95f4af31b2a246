//! The files of drafts, and which files nothing needs any more.

use super::super::outbox::FaxJob;
use super::super::words::Word;
use super::super::{Job, Result, Store};
use super::{NOT_HERE, read_json, write_json};
use crate::store::StoreError;
use domain::attachment::FaxPage;
use domain::fax::{FaxFileKind, PageChoice};
use domain::ids::{FaxDraftId, FaxFileId};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;

/// How long the documents of a fax stay here that RingCentral has taken over and says nothing of.
const KEPT_IN_DOUBT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A file of a draft that lies in the folder already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFaxFile {
    /// Relative to the folder of faxes that wait to be sent.
    pub file: String,
    pub file_name: String,
    pub content_type: String,
    pub size_bytes: u64,
    pub kind: FaxFileKind,
    /// `None` when only RingCentral can tell, or it cannot be read.
    pub pages: Option<Vec<FaxPage>>,
    pub fault: Option<String>,
    /// It is a document of the draft's original, untouched.
    pub is_original: bool,
}

/// A file of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaxFileRecord {
    pub id: FaxFileId,
    pub facts: NewFaxFile,
}

#[derive(Debug, sqlx::FromRow)]
struct Row {
    id: i64,
    file: String,
    file_name: String,
    content_type: String,
    size_bytes: i64,
    kind: String,
    pages: Option<String>,
    fault: Option<String>,
    is_original: bool,
}

impl Store {
    /// The files of a draft in the order in which they were added.
    pub async fn fax_files(&self, draft: FaxDraftId) -> Result<Vec<FaxFileRecord>> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, file, file_name, content_type, size_bytes, kind, pages, fault, is_original FROM fax_files \
             WHERE draft_id = ? ORDER BY id",
        )
        .bind(draft.0)
        .fetch_all(self.readers())
        .await?;
        rows.into_iter().map(TryInto::try_into).collect()
    }

    /// Adds a file with all its pages behind those that are there.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is no draft any more.
    pub async fn add_fax_file(&self, draft: FaxDraftId, file: &NewFaxFile) -> Result<FaxFileId> {
        let pages = file.pages.as_ref().map(write_json).transpose()?;
        let mut transaction = self.write().await?;
        let held: Option<String> =
            sqlx::query_scalar("SELECT pages FROM fax_drafts WHERE id = ? AND outbox_id IS NULL")
                .bind(draft.0)
                .fetch_optional(&mut *transaction)
                .await?;
        let mut chosen: Vec<PageChoice> = read_json(&held.ok_or(NOT_HERE)?)?;
        let id: i64 = sqlx::query_scalar(
            "INSERT INTO fax_files (draft_id, file, file_name, content_type, size_bytes, kind, pages, fault, is_original) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        )
        .bind(draft.0)
        .bind(&file.file)
        .bind(&file.file_name)
        .bind(&file.content_type)
        .bind(i64::try_from(file.size_bytes).unwrap_or(i64::MAX))
        .bind(file.kind.word())
        .bind(pages)
        .bind(&file.fault)
        .bind(file.is_original)
        .fetch_one(&mut *transaction)
        .await?;
        let id = FaxFileId(id);
        chosen.extend((0..file.shown_pages()).map(|index| PageChoice {
            file: id,
            index,
            quarter_turns: 0,
        }));
        sqlx::query("UPDATE fax_drafts SET pages = ?, updated_at = ? WHERE id = ?")
            .bind(write_json(&chosen)?)
            .bind(self.clock().now().as_millisecond())
            .bind(draft.0)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        self.draft_changed(draft);
        Ok(id)
    }

    /// Takes a file away with its pages. What is not there is as good as taken away.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is no draft any more.
    pub async fn remove_fax_file(&self, draft: FaxDraftId, file: FaxFileId) -> Result<()> {
        let mut transaction = self.write().await?;
        let held: Option<String> =
            sqlx::query_scalar("SELECT pages FROM fax_drafts WHERE id = ? AND outbox_id IS NULL")
                .bind(draft.0)
                .fetch_optional(&mut *transaction)
                .await?;
        let mut chosen: Vec<PageChoice> = read_json(&held.ok_or(NOT_HERE)?)?;
        chosen.retain(|page| page.file != file);
        sqlx::query("DELETE FROM fax_files WHERE id = ? AND draft_id = ?")
            .bind(file.0)
            .bind(draft.0)
            .execute(&mut *transaction)
            .await?;
        sqlx::query("UPDATE fax_drafts SET pages = ?, updated_at = ? WHERE id = ?")
            .bind(write_json(&chosen)?)
            .bind(self.clock().now().as_millisecond())
            .bind(draft.0)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        self.draft_changed(draft);
        Ok(())
    }

    /// Forgets drafts whose fax has arrived, was taken back for good or put away. Answers every file that is needed still.
    pub async fn needed_fax_files(&self) -> Result<BTreeSet<String>> {
        let in_doubt_until = self
            .clock()
            .now()
            .saturating_sub(KEPT_IN_DOUBT)
            .unwrap_or(Timestamp::MIN);
        let mut transaction = self.write().await?;
        sqlx::query(
            "DELETE FROM fax_drafts WHERE outbox_id IN (SELECT o.id FROM outbox o WHERE o.kind = 'fax' \
             AND (o.state IN ('delivered', 'cancelled') OR (o.state = 'failed' AND o.is_dismissed = 1) \
             OR (o.state = 'accepted' AND o.settled_at < ?)))",
        )
        .bind(in_doubt_until.as_millisecond())
        .execute(&mut *transaction)
        .await?;
        let mut needed: BTreeSet<String> = sqlx::query_scalar("SELECT file FROM fax_files")
            .fetch_all(&mut *transaction)
            .await?
            .into_iter()
            .collect();
        let jobs: Vec<String> = sqlx::query_scalar(
            "SELECT job FROM outbox WHERE kind = 'fax' AND (state IN ('queued', 'sending', 'unknown') \
             OR (state = 'failed' AND is_dismissed = 0))",
        )
        .fetch_all(&mut *transaction)
        .await?;
        transaction.commit().await?;
        for job in jobs {
            if let Job::Fax(FaxJob { files, .. }) = super::super::outbox::read_job(&job)? {
                needed.extend(files.into_iter().map(|file| file.file));
            }
        }
        Ok(needed)
    }
}

impl NewFaxFile {
    /// How many pages stand for it: one when RingCentral converts it, none when it cannot be sent.
    pub fn shown_pages(&self) -> u32 {
        if self.fault.is_some() {
            return 0;
        }
        match (&self.pages, self.kind) {
            (Some(pages), _) => u32::try_from(pages.len()).unwrap_or(u32::MAX),
            (None, FaxFileKind::ConvertedByRingCentral) => 1,
            (None, _) => 0,
        }
    }
}

impl TryFrom<Row> for FaxFileRecord {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: FaxFileId(row.id),
            facts: NewFaxFile {
                file: row.file,
                file_name: row.file_name,
                content_type: row.content_type,
                size_bytes: u64::try_from(row.size_bytes).unwrap_or_default(),
                kind: FaxFileKind::of_word(&row.kind)?,
                pages: row.pages.as_deref().map(read_json).transpose()?,
                fault: row.fault,
                is_original: row.is_original,
            },
        })
    }
}
