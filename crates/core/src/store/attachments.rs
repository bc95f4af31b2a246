//! What is known of attachments; their bytes are files beside the database, kept by someone else.

use super::words::Word;
use super::{Result, Store, StoreError};
use domain::attachment::AttachmentKind;
use domain::ids::{AttachmentId, CommunicationId};
use serde_json::json;

/// Where an attachment is, there and here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAttachment {
    pub id: AttachmentId,
    pub communication: CommunicationId,
    pub kind: AttachmentKind,
    pub content_type: String,
    pub file_name: String,
    pub size_bytes: Option<u64>,
    /// Where the vendor keeps it.
    pub uri: String,
    /// The file on this computer, relative to the folder of cached files.
    pub cached_file: Option<String>,
}

#[derive(Debug, sqlx::FromRow)]
struct Row {
    id: i64,
    communication_id: i64,
    kind: String,
    content_type: String,
    file_name: String,
    size_bytes: Option<i64>,
    uri: String,
    cached_file: Option<String>,
}

impl Store {
    /// One attachment.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it was deleted meanwhile.
    pub async fn attachment(&self, id: AttachmentId) -> Result<StoredAttachment> {
        let row: Option<Row> = sqlx::query_as("SELECT * FROM attachments WHERE id = ?")
            .bind(id.0)
            .fetch_optional(self.readers())
            .await?;
        row.ok_or(StoreError::NotFound {
            what: "This attachment",
        })?
        .try_into()
    }

    /// Remembers where an attachment was put, or that its file is gone. The size is taken from the file.
    pub async fn set_cached_file(&self, id: AttachmentId, cached: Option<(&str, u64)>) -> Result<()> {
        let mut transaction = self.write().await?;
        let (file, size) = cached.unzip();
        let changed: Option<i64> = sqlx::query_scalar(
            "UPDATE attachments SET cached_file = ?, size_bytes = coalesce(?, size_bytes) WHERE id = ? \
             RETURNING communication_id",
        )
        .bind(file)
        .bind(size.and_then(|size| i64::try_from(size).ok()))
        .bind(id.0)
        .fetch_optional(&mut *transaction)
        .await?;
        if let Some(file) = file {
            // It may have made room before, and come again under its old name.
            sqlx::query("DELETE FROM orphaned_files WHERE cached_file = ?")
                .bind(file)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        let changed = changed.ok_or(StoreError::NotFound {
            what: "This attachment",
        })?;
        self.changes().communications_changed(&[CommunicationId(changed)]);
        Ok(())
    }

    /// Files whose attachment is gone; to be deleted, then [`Store::forget_orphaned_files`].
    pub async fn orphaned_files(&self) -> Result<Vec<String>> {
        Ok(sqlx::query_scalar("SELECT cached_file FROM orphaned_files")
            .fetch_all(self.readers())
            .await?)
    }

    /// These files are deleted.
    pub async fn forget_orphaned_files(&self, files: &[String]) -> Result<()> {
        let mut transaction = self.write().await?;
        sqlx::query("DELETE FROM orphaned_files WHERE cached_file IN (SELECT value FROM json_each(?))")
            .bind(json!(files).to_string())
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }
}

impl TryFrom<Row> for StoredAttachment {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: AttachmentId(row.id),
            communication: CommunicationId(row.communication_id),
            kind: AttachmentKind::of_word(&row.kind)?,
            content_type: row.content_type,
            file_name: row.file_name,
            size_bytes: row.size_bytes.and_then(|size| u64::try_from(size).ok()),
            uri: row.uri,
            cached_file: row.cached_file,
        })
    }
}
