//! What is known of faxes beyond the message store: their documents, how pages are turned, and how long they are safe.
//!
//! What has to happen to the files is decided elsewhere; what became of a fax that was sent is told elsewhere.

use super::removal::MAILBOX_MESSAGES;
use super::voicemails::{MAILBOX_PLACE, NEWER_THERE};
use super::words::Word;
use super::{Result, Store, StoreError};
use domain::communication::Direction;
use domain::ids::{AttachmentId, CommunicationId};
use jiff::Timestamp;
use std::collections::HashMap;

/// Everything that is known of one fax, without its line in the inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFax {
    pub id: CommunicationId,
    pub direction: Direction,
    pub occurred_at: Timestamp,
    /// RingCentral has deleted it.
    pub is_gone: bool,
    /// Newer faxes and voicemails at RingCentral; not counted beyond what fits into a mailbox. Of one that was sent none.
    pub newer_there: u32,
    /// In order.
    pub documents: Vec<FaxDocument>,
}

/// One file of a fax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaxDocument {
    pub attachment: AttachmentId,
    pub size_bytes: Option<u64>,
    pub is_cached: bool,
}

/// A fax document that should be on this computer before anybody asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WantedDocument {
    pub communication: CommunicationId,
    pub attachment: AttachmentId,
}

/// Received faxes that nobody has read or that are near their loss, the newest first.
pub(super) const WANTED_RECEIVED: &str = "SELECT c.id, a.id FROM communications c \
    INDEXED BY communications_mailbox JOIN attachments a ON a.communication_id = c.id AND a.kind = 'fax_document' \
    WHERE c.kind IN ('voicemail', 'fax') AND c.direction = 'inbound' AND c.gone_at IS NULL AND c.kind = 'fax' \
    AND c.is_hidden = 0 AND a.cached_file IS NULL AND (c.is_read = 0 OR c.occurred_at <= ?1) \
    ORDER BY c.occurred_at DESC, c.id DESC LIMIT ?2";

/// Sent faxes that are near their loss, the newest first.
pub(super) const WANTED_SENT: &str = "SELECT c.id, a.id FROM communications c INDEXED BY communications_sent_faxes \
    JOIN attachments a ON a.communication_id = c.id AND a.kind = 'fax_document' \
    WHERE c.kind = 'fax' AND c.direction = 'outbound' AND c.gone_at IS NULL AND c.is_hidden = 0 \
    AND a.cached_file IS NULL AND c.occurred_at <= ?1 ORDER BY c.occurred_at DESC, c.id DESC LIMIT ?2";

/// How the pages of one fax are turned.
pub(super) const TURNED: &str = "SELECT t.attachment_id, t.page, t.quarter_turns FROM attachments a \
    JOIN turned_pages t ON t.attachment_id = a.id WHERE a.communication_id = ?";

impl Store {
    /// One fax.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it was deleted meanwhile.
    pub async fn fax(&self, id: CommunicationId) -> Result<StoredFax> {
        let mut connection = self.readers().acquire().await?;
        let row: Option<(String, i64, bool)> = sqlx::query_as(
            "SELECT direction, occurred_at, gone_at IS NOT NULL FROM communications \
             WHERE id = ? AND kind = 'fax' AND is_hidden = 0",
        )
        .bind(id.0)
        .fetch_optional(&mut *connection)
        .await?;
        let (direction, occurred_at, is_gone) = row.ok_or(NOT_HERE)?;
        let direction = Direction::of_word(&direction)?;
        let newer: i64 = match direction {
            Direction::Inbound => {
                sqlx::query_scalar(NEWER_THERE)
                    .bind(occurred_at)
                    .bind(id.0)
                    .bind(MAILBOX_MESSAGES)
                    .fetch_one(&mut *connection)
                    .await?
            }
            Direction::Outbound => 0,
        };
        let documents: Vec<(i64, Option<i64>, bool)> = sqlx::query_as(
            "SELECT id, size_bytes, cached_file IS NOT NULL FROM attachments \
             WHERE communication_id = ? AND kind = 'fax_document' ORDER BY id",
        )
        .bind(id.0)
        .fetch_all(&mut *connection)
        .await?;
        Ok(StoredFax {
            id,
            direction,
            occurred_at: super::rows::read_instant(occurred_at)?,
            is_gone,
            newer_there: u32::try_from(newer).unwrap_or(MAILBOX_MESSAGES),
            documents: documents
                .into_iter()
                .map(|(attachment, size, is_cached)| FaxDocument {
                    attachment: AttachmentId(attachment),
                    size_bytes: size.and_then(|size| u64::try_from(size).ok()),
                    is_cached,
                })
                .collect(),
        })
    }

    /// How the pages of a fax are turned, those that are.
    pub async fn turned_pages(&self, id: CommunicationId) -> Result<HashMap<(AttachmentId, u32), u8>> {
        let rows: Vec<(i64, i64, i64)> = sqlx::query_as(TURNED)
            .bind(id.0)
            .fetch_all(self.readers())
            .await?;
        Ok(rows
            .into_iter()
            .filter_map(|(attachment, page, turns)| {
                let page = u32::try_from(page).ok()?;
                Some(((AttachmentId(attachment), page), u8::try_from(turns).ok()?))
            })
            .collect())
    }

    /// Remembers how a page is turned.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when its document was deleted meanwhile.
    pub async fn turn_page(&self, attachment: AttachmentId, page: u32, quarter_turns: u8) -> Result<()> {
        let mut transaction = self.write().await?;
        let owner: Option<i64> = sqlx::query_scalar(
            "SELECT communication_id FROM attachments WHERE id = ? AND kind = 'fax_document'",
        )
        .bind(attachment.0)
        .fetch_optional(&mut *transaction)
        .await?;
        let owner = owner.ok_or(NOT_HERE)?;
        match quarter_turns % 4 {
            0 => sqlx::query("DELETE FROM turned_pages WHERE attachment_id = ? AND page = ?")
                .bind(attachment.0)
                .bind(page),
            turns => sqlx::query(
                "INSERT INTO turned_pages (attachment_id, page, quarter_turns) VALUES (?, ?, ?) \
                 ON CONFLICT DO UPDATE SET quarter_turns = excluded.quarter_turns",
            )
            .bind(attachment.0)
            .bind(page)
            .bind(turns),
        }
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        self.changes().communications_changed(&[CommunicationId(owner)]);
        Ok(())
    }

    /// Documents to fetch, the newest first: of faxes that nobody has read, and of those that RingCentral may lose soon, which
    /// are those with `safe_places` newer ones, and those that are older than `safe_until`.
    pub async fn wanted_documents(
        &self,
        safe_places: u32,
        safe_until: Timestamp,
        limit: u32,
    ) -> Result<Vec<WantedDocument>> {
        let mut connection = self.readers().acquire().await?;
        let by_place: Option<i64> = sqlx::query_scalar(MAILBOX_PLACE)
            .bind(safe_places)
            .fetch_optional(&mut *connection)
            .await?;
        let by_age = safe_until.as_millisecond();
        let near_loss = by_age.max(by_place.unwrap_or(i64::MIN));
        let mut wanted: Vec<(i64, i64)> = Vec::new();
        for (statement, near_loss) in [(WANTED_RECEIVED, near_loss), (WANTED_SENT, by_age)] {
            let rows: Vec<(i64, i64)> = sqlx::query_as(statement)
                .bind(near_loss)
                .bind(limit)
                .fetch_all(&mut *connection)
                .await?;
            wanted.extend(rows);
        }
        Ok(wanted
            .into_iter()
            .map(|(communication, attachment)| WantedDocument {
                communication: CommunicationId(communication),
                attachment: AttachmentId(attachment),
            })
            .collect())
    }
}

pub(super) const NOT_HERE: StoreError = StoreError::NotFound { what: "This fax" };
