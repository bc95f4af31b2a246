//! What is known of voicemail beyond the message store: its sound, where somebody stopped, and how long it is safe.
//!
//! What has to happen to the files is decided elsewhere.

mod deletions;
mod sounds;

pub use deletions::PendingDeletion;
pub(super) use sounds::MAILBOX_PLACE;
#[cfg(test)]
pub(super) use sounds::WANTED;
pub use sounds::{CachedSound, WantedSound};

use super::removal::MAILBOX_MESSAGES;
use super::{Result, Store, StoreError};
use domain::ids::{AttachmentId, CommunicationId};
use jiff::Timestamp;

/// Everything that is known of one voicemail, without its line in the inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredVoicemail {
    pub id: CommunicationId,
    pub occurred_at: Timestamp,
    /// As RingCentral said.
    pub duration_seconds: u32,
    pub sound: Option<StoredSound>,
    pub position_ms: u32,
    pub looked_at: Option<LookedAt>,
    /// RingCentral has deleted it.
    pub is_gone: bool,
    /// Newer faxes and voicemails at RingCentral; not counted beyond what fits into a mailbox.
    pub newer_there: u32,
}

/// The sound of a voicemail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSound {
    pub attachment: AttachmentId,
    pub is_cached: bool,
}

/// What was found when the sound was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LookedAt {
    Playable { duration_ms: u32, peaks: Vec<u8> },
    Faulty { fault: String },
}

#[derive(Debug, sqlx::FromRow)]
struct Row {
    occurred_at: i64,
    duration_seconds: Option<i64>,
    is_gone: bool,
    attachment: Option<i64>,
    is_cached: bool,
    position_ms: Option<i64>,
    duration_ms: Option<i64>,
    peaks: Option<Vec<u8>>,
    fault: Option<String>,
}

const VOICEMAIL: &str = "SELECT c.occurred_at, c.duration_seconds, c.gone_at IS NOT NULL AS is_gone, \
    a.id AS attachment, a.cached_file IS NOT NULL AS is_cached, v.position_ms, v.duration_ms, v.peaks, v.fault \
    FROM communications c LEFT JOIN attachments a ON a.communication_id = c.id AND a.kind = 'audio' \
    LEFT JOIN voicemails v ON v.communication_id = c.id \
    WHERE c.id = ? AND c.kind = 'voicemail' AND c.is_hidden = 0 ORDER BY a.id LIMIT 1";

/// Counts no further than a mailbox reaches, however long the history is.
pub(super) const NEWER_THERE: &str = "SELECT count(*) FROM (SELECT 1 FROM communications \
    INDEXED BY communications_mailbox WHERE kind IN ('voicemail', 'fax') AND direction = 'inbound' \
    AND gone_at IS NULL AND (occurred_at, id) > (?, ?) ORDER BY occurred_at, id LIMIT ?)";

/// Reads unheard items only.
pub(super) const NEXT_UNHEARD: &str = "SELECT id FROM communications INDEXED BY communications_unread \
    WHERE is_listed = 1 AND is_done = 0 AND unread_count > 0 AND kind = 'voicemail' \
    AND (occurred_at, id) < (?, ?) ORDER BY occurred_at DESC, id DESC LIMIT 1";

impl Store {
    /// One voicemail.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it was deleted meanwhile.
    pub async fn voicemail(&self, id: CommunicationId) -> Result<StoredVoicemail> {
        let mut connection = self.readers().acquire().await?;
        let row: Option<Row> = sqlx::query_as(VOICEMAIL)
            .bind(id.0)
            .fetch_optional(&mut *connection)
            .await?;
        let row = row.ok_or(NOT_HERE)?;
        let newer: i64 = sqlx::query_scalar(NEWER_THERE)
            .bind(row.occurred_at)
            .bind(id.0)
            .bind(MAILBOX_MESSAGES)
            .fetch_one(&mut *connection)
            .await?;
        Ok(StoredVoicemail {
            id,
            occurred_at: super::rows::read_instant(row.occurred_at)?,
            duration_seconds: unsigned(row.duration_seconds),
            sound: row.attachment.map(|attachment| StoredSound {
                attachment: AttachmentId(attachment),
                is_cached: row.is_cached,
            }),
            position_ms: unsigned(row.position_ms),
            looked_at: match (row.peaks, row.fault) {
                (_, Some(fault)) => Some(LookedAt::Faulty { fault }),
                (Some(peaks), None) => Some(LookedAt::Playable {
                    duration_ms: unsigned(row.duration_ms),
                    peaks,
                }),
                (None, None) => None,
            },
            is_gone: row.is_gone,
            newer_there: unsigned(Some(newer)),
        })
    }

    /// Remembers where somebody stopped listening. It is not announced: only the player that says it shows it.
    pub async fn set_voicemail_position(&self, id: CommunicationId, position_ms: u32) -> Result<()> {
        let mut transaction = self.write().await?;
        sqlx::query(
            "INSERT INTO voicemails (communication_id, position_ms, used_at) SELECT id, ?2, ?3 FROM communications \
             WHERE id = ?1 AND kind = 'voicemail' \
             ON CONFLICT DO UPDATE SET position_ms = excluded.position_ms, used_at = excluded.used_at",
        )
        .bind(id.0)
        .bind(position_ms)
        .bind(self.clock().now().as_millisecond())
        .execute(&mut *transaction)
        .await?;
        Ok(transaction.commit().await?)
    }

    /// Somebody wants to listen to it: its sound is the last to make room for others.
    pub async fn touch_voicemail(&self, id: CommunicationId) -> Result<()> {
        let mut transaction = self.write().await?;
        sqlx::query(
            "INSERT INTO voicemails (communication_id, used_at) SELECT id, ?2 FROM communications \
             WHERE id = ?1 AND kind = 'voicemail' ON CONFLICT DO UPDATE SET used_at = excluded.used_at",
        )
        .bind(id.0)
        .bind(self.clock().now().as_millisecond())
        .execute(&mut *transaction)
        .await?;
        Ok(transaction.commit().await?)
    }

    /// Keeps what was found in a sound, so that it is looked at once.
    pub async fn set_looked_at(&self, id: CommunicationId, found: &LookedAt) -> Result<()> {
        let (duration_ms, peaks, fault) = match found {
            LookedAt::Playable { duration_ms, peaks } => (Some(*duration_ms), Some(peaks.as_slice()), None),
            LookedAt::Faulty { fault } => (None, None, Some(fault.as_str())),
        };
        let mut transaction = self.write().await?;
        sqlx::query(
            "INSERT INTO voicemails (communication_id, duration_ms, peaks, fault) SELECT id, ?2, ?3, ?4 \
             FROM communications WHERE id = ?1 AND kind = 'voicemail' ON CONFLICT DO UPDATE SET \
             duration_ms = excluded.duration_ms, peaks = excluded.peaks, fault = excluded.fault",
        )
        .bind(id.0)
        .bind(duration_ms)
        .bind(peaks)
        .bind(fault)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        self.changes().communications_changed(&[id]);
        Ok(())
    }

    /// The unheard voicemail after another in the list, and from the top again behind the last.
    pub async fn next_unheard(&self, after: Option<CommunicationId>) -> Result<Option<CommunicationId>> {
        let mut connection = self.readers().acquire().await?;
        let from: Option<(i64, i64)> = match after {
            Some(after) => {
                sqlx::query_as("SELECT occurred_at, id FROM communications WHERE id = ?")
                    .bind(after.0)
                    .fetch_optional(&mut *connection)
                    .await?
            }
            None => None,
        };
        for (occurred_at, id) in from.into_iter().chain([(i64::MAX, i64::MAX)]) {
            let next: Option<i64> = sqlx::query_scalar(NEXT_UNHEARD)
                .bind(occurred_at)
                .bind(id)
                .fetch_optional(&mut *connection)
                .await?;
            if let Some(next) = next {
                return Ok(Some(CommunicationId(next)));
            }
        }
        Ok(None)
    }
}

const NOT_HERE: StoreError = StoreError::NotFound {
    what: "This voicemail",
};

fn unsigned(stored: Option<i64>) -> u32 {
    stored
        .and_then(|value| u32::try_from(value).ok())
        .unwrap_or_default()
}
