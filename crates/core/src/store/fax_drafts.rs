//! Faxes that are being made ready: rows of drafts and of the files beside them.
//!
//! A draft stays when it is sent, so that it can be a draft again. What its pages are, and whether they may be sent, is decided
//! elsewhere ([`crate::fax_desk`]).

mod files;

pub use files::{FaxFileRecord, NewFaxFile};

use super::rows::read_instant;
use super::words::Word;
use super::{NewJob, Result, Store, StoreError, outbox};
use domain::event::CoreEvent;
use domain::fax::{Cover, FaxResolution, PageChoice};
use domain::ids::{FaxDraftId, OutgoingId};
use domain::phone_number::E164;
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

pub(super) const NOT_HERE: StoreError = StoreError::NotFound { what: "This fax" };

/// A fax that is being made ready, as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct FaxDraftRecord {
    pub id: FaxDraftId,
    pub to: Vec<E164>,
    pub files: Vec<FaxFileRecord>,
    pub pages: Vec<PageChoice>,
    pub cover: Cover,
    pub resolution: FaxResolution,
    pub send_at: Option<Timestamp>,
    /// RingCentral's message whose pages it began with.
    pub original: Option<String>,
    /// The row that sends it.
    pub sent_as: Option<OutgoingId>,
}

#[derive(Debug, sqlx::FromRow)]
struct Row {
    id: i64,
    recipients: String,
    pages: String,
    cover: String,
    resolution: String,
    send_at: Option<i64>,
    original: Option<String>,
    outbox_id: Option<i64>,
}

/// What a column of a draft can hold.
enum Value {
    Text(String),
    Number(Option<i64>),
}

const COLUMNS: &str =
    "SELECT id, recipients, pages, cover, resolution, send_at, original, outbox_id FROM fax_drafts";

impl Store {
    /// Begins a fax.
    pub async fn begin_fax(&self, to: &[E164], original: Option<&str>) -> Result<FaxDraftId> {
        let now = self.clock().now().as_millisecond();
        let mut transaction = self.write().await?;
        let id: i64 = sqlx::query_scalar(
            "INSERT INTO fax_drafts (recipients, cover, resolution, original, created_at, updated_at) \
             VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
        )
        .bind(write_json(&to)?)
        .bind(write_json(&Cover::default())?)
        .bind(FaxResolution::default().word())
        .bind(original)
        .bind(now)
        .bind(now)
        .fetch_one(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(FaxDraftId(id))
    }

    /// One that was begun, whether it was sent meanwhile or not.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn fax_draft(&self, id: FaxDraftId) -> Result<FaxDraftRecord> {
        let statement = sqlx::AssertSqlSafe(format!("{COLUMNS} WHERE id = ?"));
        let row: Option<Row> = sqlx::query_as(statement)
            .bind(id.0)
            .fetch_optional(self.readers())
            .await?;
        self.read_draft(row.ok_or(NOT_HERE)?).await
    }

    /// The one that a row of the outbox sends.
    pub async fn fax_draft_of(&self, row: OutgoingId) -> Result<Option<FaxDraftId>> {
        let id: Option<i64> = sqlx::query_scalar("SELECT id FROM fax_drafts WHERE outbox_id = ?")
            .bind(row.0)
            .fetch_optional(self.readers())
            .await?;
        Ok(id.map(FaxDraftId))
    }

    /// Those that were begun and not sent, the one that was changed last first.
    pub async fn open_fax_drafts(&self, limit: u32) -> Result<Vec<FaxDraftRecord>> {
        let statement = sqlx::AssertSqlSafe(format!(
            "{COLUMNS} WHERE outbox_id IS NULL ORDER BY updated_at DESC, id DESC LIMIT ?"
        ));
        let rows: Vec<Row> = sqlx::query_as(statement)
            .bind(limit)
            .fetch_all(self.readers())
            .await?;
        let mut drafts = Vec::with_capacity(rows.len());
        for row in rows {
            drafts.push(self.read_draft(row).await?);
        }
        Ok(drafts)
    }

    /// Whom it goes to.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is no draft any more; so for everything that changes one.
    pub async fn set_fax_recipients(&self, id: FaxDraftId, to: &[E164]) -> Result<()> {
        self.change_draft(id, [("recipients", Value::Text(write_json(&to)?))])
            .await
    }

    /// Which pages go, in which order.
    ///
    /// # Errors
    /// As [`Self::set_fax_recipients`].
    pub async fn set_fax_pages(&self, id: FaxDraftId, pages: &[PageChoice]) -> Result<()> {
        self.change_draft(id, [("pages", Value::Text(write_json(&pages)?))])
            .await
    }

    /// The first page.
    ///
    /// # Errors
    /// As [`Self::set_fax_recipients`].
    pub async fn set_fax_cover(&self, id: FaxDraftId, cover: &Cover) -> Result<()> {
        self.change_draft(id, [("cover", Value::Text(write_json(cover)?))])
            .await
    }

    /// How and when it is sent.
    ///
    /// # Errors
    /// As [`Self::set_fax_recipients`].
    pub async fn set_fax_sending(
        &self,
        id: FaxDraftId,
        resolution: FaxResolution,
        send_at: Option<Timestamp>,
    ) -> Result<()> {
        let columns = [
            ("resolution", Value::Text(resolution.word().to_owned())),
            ("send_at", Value::Number(send_at.map(Timestamp::as_millisecond))),
        ];
        self.change_draft(id, columns).await
    }

    /// Throws a draft away; its files are swept.
    ///
    /// # Errors
    /// As [`Self::set_fax_recipients`].
    pub async fn discard_fax_draft(&self, id: FaxDraftId) -> Result<()> {
        let mut transaction = self.write().await?;
        let discarded = sqlx::query("DELETE FROM fax_drafts WHERE id = ? AND outbox_id IS NULL")
            .bind(id.0)
            .execute(&mut *transaction)
            .await?;
        if discarded.rows_affected() == 0 {
            return Err(NOT_HERE);
        }
        transaction.commit().await?;
        self.draft_changed(id);
        Ok(())
    }

    /// Puts a fax into the outbox; it is no draft any more. All in one transaction, so that it is sent once however often
    /// somebody presses the button.
    ///
    /// # Errors
    /// As [`Self::set_fax_recipients`].
    pub async fn send_fax_draft(&self, id: FaxDraftId, job: &NewJob) -> Result<OutgoingId> {
        let now = self.clock().now();
        let mut transaction = self.write().await?;
        let rows = outbox::enqueue(&mut transaction, std::slice::from_ref(job), now).await?;
        let row = rows.into_iter().next().ok_or(NOT_HERE)?;
        let sent = sqlx::query(
            "UPDATE fax_drafts SET outbox_id = ?, updated_at = ? WHERE id = ? AND outbox_id IS NULL",
        )
        .bind(row.0)
        .bind(now.as_millisecond())
        .bind(id.0)
        .execute(&mut *transaction)
        .await?;
        if sent.rows_affected() == 0 {
            return Err(NOT_HERE);
        }
        transaction.commit().await?;
        self.outbox_changed();
        self.draft_changed(id);
        Ok(row)
    }

    /// What a row was to send is a draft again.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when nothing is left of it.
    pub async fn fax_is_draft_again(&self, row: OutgoingId) -> Result<FaxDraftId> {
        let mut transaction = self.write().await?;
        let id = draft_again(&mut transaction, row, self.clock().now()).await?;
        let id = id.ok_or(NOT_HERE)?;
        transaction.commit().await?;
        self.draft_changed(id);
        Ok(id)
    }

    /// Another row sends what this one did not bring about.
    pub async fn hand_fax_draft_on(&self, from: OutgoingId, to: OutgoingId) -> Result<()> {
        let mut transaction = self.write().await?;
        sqlx::query("UPDATE fax_drafts SET outbox_id = ? WHERE outbox_id = ?")
            .bind(to.0)
            .bind(from.0)
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }

    async fn change_draft(
        &self,
        id: FaxDraftId,
        columns: impl IntoIterator<Item = (&'static str, Value)>,
    ) -> Result<()> {
        let mut statement = QueryBuilder::<Sqlite>::new("UPDATE fax_drafts SET updated_at = ");
        statement.push_bind(self.clock().now().as_millisecond());
        for (column, value) in columns {
            statement.push(format!(", {column} = "));
            match value {
                Value::Text(text) => statement.push_bind(text),
                Value::Number(number) => statement.push_bind(number),
            };
        }
        statement
            .push(" WHERE outbox_id IS NULL AND id = ")
            .push_bind(id.0);
        let mut transaction = self.write().await?;
        let changed = statement.build().execute(&mut *transaction).await?;
        if changed.rows_affected() == 0 {
            return Err(NOT_HERE);
        }
        transaction.commit().await?;
        self.draft_changed(id);
        Ok(())
    }

    async fn read_draft(&self, row: Row) -> Result<FaxDraftRecord> {
        let id = FaxDraftId(row.id);
        Ok(FaxDraftRecord {
            id,
            to: read_json(&row.recipients)?,
            files: self.fax_files(id).await?,
            pages: read_json(&row.pages)?,
            cover: read_json(&row.cover)?,
            resolution: FaxResolution::of_word(&row.resolution)?,
            send_at: row.send_at.map(read_instant).transpose()?,
            original: row.original,
            sent_as: row.outbox_id.map(OutgoingId),
        })
    }

    pub(super) fn draft_changed(&self, id: FaxDraftId) {
        self.changes().announce(CoreEvent::FaxDraftChanged { id });
    }
}

pub(super) async fn draft_again(
    connection: &mut SqliteConnection,
    row: OutgoingId,
    now: Timestamp,
) -> Result<Option<FaxDraftId>> {
    let id: Option<i64> = sqlx::query_scalar(
        "UPDATE fax_drafts SET outbox_id = NULL, updated_at = ? WHERE outbox_id = ? RETURNING id",
    )
    .bind(now.as_millisecond())
    .bind(row.0)
    .fetch_optional(connection)
    .await?;
    Ok(id.map(FaxDraftId))
}

pub(super) fn write_json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(unreadable)
}

pub(super) fn read_json<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(unreadable)
}

fn unreadable(source: serde_json::Error) -> StoreError {
    StoreError::Unreadable {
        field: "fax_drafts",
        source: Some(source),
    }
}
