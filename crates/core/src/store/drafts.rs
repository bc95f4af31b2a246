//! What people are writing: the drafts of threads, the files beside them, and the numbers that can be written from.

use super::{JobFile, NewJob, Result, Store, StoreError, outbox};
use domain::ids::{OutgoingId, PictureId};
use domain::outgoing::{Draft, Picture, Sender};
use domain::phone_number::E164;
use sqlx::SqliteConnection;

/// A number of ours that may send texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SenderRecord {
    pub number: String,
    pub can_send_pictures: bool,
}

#[derive(Debug, sqlx::FromRow)]
struct PictureRow {
    id: i64,
    file: String,
    file_name: String,
    content_type: String,
    size_bytes: i64,
}

impl Store {
    /// Replaces the numbers that texts can be sent from.
    pub async fn replace_senders(&self, senders: &[SenderRecord]) -> Result<()> {
        let plan = self.numbering();
        let mut transaction = self.write().await?;
        sqlx::query("DELETE FROM senders")
            .execute(&mut *transaction)
            .await?;
        for sender in senders {
            let Some(e164) = super::facts::comparable(Some(&sender.number), plan) else {
                continue;
            };
            sqlx::query("INSERT OR IGNORE INTO senders (e164, can_send_pictures) VALUES (?, ?)")
                .bind(e164)
                .bind(sender.can_send_pictures)
                .execute(&mut *transaction)
                .await?;
        }
        Ok(transaction.commit().await?)
    }

    /// The numbers that texts can be sent from.
    pub async fn senders(&self) -> Result<Vec<Sender>> {
        let rows: Vec<(String, bool)> =
            sqlx::query_as("SELECT e164, can_send_pictures FROM senders ORDER BY position")
                .fetch_all(self.readers())
                .await?;
        let plan = self.numbering();
        Ok(rows
            .into_iter()
            .filter_map(|(e164, can_send_pictures)| {
                let number = plan.show(&E164::new(e164.clone()).ok()?, None);
                let name = self
                    .own_line(Some(&e164), None)
                    .map_or_else(|| number.formatted.clone(), |line| line.name);
                Some(Sender {
                    number,
                    name,
                    can_send_pictures,
                })
            })
            .collect())
    }

    /// What was begun in a thread; empty when nothing was.
    pub async fn draft(&self, thread: &str) -> Result<Draft> {
        let row: Option<(String, Option<String>)> =
            sqlx::query_as("SELECT body, from_e164 FROM drafts WHERE thread = ?")
                .bind(thread)
                .fetch_optional(self.readers())
                .await?;
        let (text, from) = row.unwrap_or_default();
        let mut connection = self.readers().acquire().await?;
        let pictures = pictures(&mut connection, thread).await?;
        Ok(Draft {
            text,
            from: from.and_then(|from| E164::new(from).ok()),
            pictures: pictures.into_iter().map(PictureRow::into_picture).collect(),
        })
    }

    /// Keeps what was begun; an empty text is no draft.
    pub async fn save_draft(&self, thread: &str, text: &str, from: Option<&E164>) -> Result<()> {
        let mut transaction = self.write().await?;
        self.write_draft(&mut transaction, thread, text, from).await?;
        Ok(transaction.commit().await?)
    }

    /// Puts a file, which stands in the folder already, beside the draft of a thread.
    pub async fn add_picture(&self, thread: &str, file: &JobFile) -> Result<Picture> {
        let mut transaction = self.write().await?;
        let id = insert_picture(&mut transaction, Some(thread), file).await?;
        transaction.commit().await?;
        Ok(Picture {
            id: PictureId(id),
            file_name: file.file_name.clone(),
            content_type: file.content_type.clone(),
            size_bytes: file.size_bytes,
        })
    }

    /// Takes a file away from the draft of a thread; answers where it is, to be deleted.
    pub async fn remove_picture(&self, thread: &str, id: PictureId) -> Result<Option<String>> {
        let mut transaction = self.write().await?;
        let file = sqlx::query_scalar("DELETE FROM pictures WHERE id = ? AND thread = ? RETURNING file")
            .bind(id.0)
            .bind(thread)
            .fetch_optional(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(file)
    }

    /// The files of a thread's draft, as a job takes them.
    pub async fn draft_files(&self, thread: &str) -> Result<Vec<JobFile>> {
        let mut connection = self.readers().acquire().await?;
        let rows = pictures(&mut connection, thread).await?;
        Ok(rows.into_iter().map(PictureRow::into_file).collect())
    }

    /// Puts a text into the outbox and clears the draft that it was, in one transaction.
    pub async fn send_draft(&self, thread: &str, job: &NewJob) -> Result<OutgoingId> {
        let mut transaction = self.write().await?;
        let ids = outbox::enqueue(&mut transaction, std::slice::from_ref(job), self.clock().now()).await?;
        sqlx::query("DELETE FROM drafts WHERE thread = ?")
            .bind(thread)
            .execute(&mut *transaction)
            .await?;
        sqlx::query("UPDATE pictures SET thread = NULL WHERE thread = ?")
            .bind(thread)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        self.outbox_changed();
        ids.into_iter().next().ok_or(StoreError::TooLate)
    }

    /// What was to be sent is written on: before what was begun since.
    pub async fn draft_again(&self, thread: &str, text: &str, from: &E164, files: &[JobFile]) -> Result<()> {
        let begun = self.draft(thread).await?.text;
        let text = if begun.trim().is_empty() {
            text.to_owned()
        } else {
            format!("{text}\n{begun}")
        };
        let mut transaction = self.write().await?;
        self.write_draft(&mut transaction, thread, &text, Some(from))
            .await?;
        for file in files {
            let changed = sqlx::query("UPDATE pictures SET thread = ? WHERE file = ?")
                .bind(thread)
                .bind(&file.file)
                .execute(&mut *transaction)
                .await?;
            if changed.rows_affected() == 0 {
                insert_picture(&mut transaction, Some(thread), file).await?;
            }
        }
        Ok(transaction.commit().await?)
    }

    /// Forgets files that nothing will send any more; answers where they are, to be deleted.
    pub async fn take_settled_files(&self) -> Result<Vec<String>> {
        let mut transaction = self.write().await?;
        let files = sqlx::query_scalar(
            "DELETE FROM pictures WHERE thread IS NULL AND NOT EXISTS (SELECT 1 FROM outbox o, json_each(o.job, '$.text.files') f \
             WHERE o.kind = 'text' AND f.value ->> 'file' = pictures.file \
             AND (o.state IN ('queued', 'sending', 'unknown') OR (o.state = 'failed' AND o.is_dismissed = 0))) RETURNING file",
        )
        .fetch_all(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(files)
    }

    async fn write_draft(
        &self,
        connection: &mut SqliteConnection,
        thread: &str,
        text: &str,
        from: Option<&E164>,
    ) -> Result<()> {
        if text.is_empty() && from.is_none() {
            sqlx::query("DELETE FROM drafts WHERE thread = ?")
                .bind(thread)
                .execute(connection)
                .await?;
            return Ok(());
        }
        sqlx::query(
            "INSERT INTO drafts (thread, body, from_e164, updated_at) VALUES (?, ?, ?, ?) \
             ON CONFLICT DO UPDATE SET body = excluded.body, from_e164 = excluded.from_e164, \
             updated_at = excluded.updated_at",
        )
        .bind(thread)
        .bind(text)
        .bind(from.map(E164::as_str))
        .bind(self.clock().now().as_millisecond())
        .execute(connection)
        .await?;
        Ok(())
    }
}

async fn pictures(connection: &mut SqliteConnection, thread: &str) -> Result<Vec<PictureRow>> {
    Ok(sqlx::query_as(
        "SELECT id, file, file_name, content_type, size_bytes FROM pictures WHERE thread = ? ORDER BY id",
    )
    .bind(thread)
    .fetch_all(connection)
    .await?)
}

async fn insert_picture(
    connection: &mut SqliteConnection,
    thread: Option<&str>,
    file: &JobFile,
) -> Result<i64> {
    Ok(sqlx::query_scalar(
        "INSERT INTO pictures (thread, file, file_name, content_type, size_bytes) VALUES (?, ?, ?, ?, ?) RETURNING id",
    )
    .bind(thread)
    .bind(&file.file)
    .bind(&file.file_name)
    .bind(&file.content_type)
    .bind(i64::try_from(file.size_bytes).unwrap_or(i64::MAX))
    .fetch_one(connection)
    .await?)
}

impl PictureRow {
    fn into_picture(self) -> Picture {
        Picture {
            id: PictureId(self.id),
            size_bytes: u64::try_from(self.size_bytes).unwrap_or_default(),
            file_name: self.file_name,
            content_type: self.content_type,
        }
    }

    fn into_file(self) -> JobFile {
        JobFile {
            size_bytes: u64::try_from(self.size_bytes).unwrap_or_default(),
            file: self.file,
            file_name: self.file_name,
            content_type: self.content_type,
        }
    }
}
