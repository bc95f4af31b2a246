//! Which sounds are wanted on this computer, and which may make room for others.

use super::super::{Result, Store};
use domain::ids::{AttachmentId, CommunicationId};
use jiff::Timestamp;

/// A sound that should be on this computer before anybody asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedSound {
    pub communication: CommunicationId,
    pub attachment: AttachmentId,
    /// RingCentral may lose it soon.
    pub is_near_loss: bool,
}

/// A sound that RingCentral still has, that was heard, and that is not about to be lost: the first to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CachedSound {
    pub attachment: AttachmentId,
    pub file: String,
    pub size_bytes: u64,
}

/// Where in the mailbox the last places before the loss begin.
pub(in super::super) const MAILBOX_PLACE: &str = "SELECT occurred_at FROM communications \
    INDEXED BY communications_mailbox WHERE kind IN ('voicemail', 'fax') AND direction = 'inbound' \
    AND gone_at IS NULL ORDER BY occurred_at DESC, id DESC LIMIT 1 OFFSET ?";

/// What is unheard or near its loss and not here, the newest first. What came and was no sound is fetched when somebody asks.
pub(in super::super) const WANTED: &str = "SELECT c.id, a.id, c.occurred_at <= ?1 FROM communications c \
    INDEXED BY communications_mailbox JOIN attachments a ON a.communication_id = c.id AND a.kind = 'audio' \
    LEFT JOIN voicemails v ON v.communication_id = c.id WHERE c.kind IN ('voicemail', 'fax') AND c.direction = 'inbound' AND c.gone_at IS NULL \
    AND c.kind = 'voicemail' AND c.is_hidden = 0 AND a.cached_file IS NULL AND v.fault IS NULL \
    AND (c.is_read = 0 OR c.occurred_at <= ?1) \
    ORDER BY c.occurred_at DESC, c.id DESC LIMIT ?2";

impl Store {
    /// Sounds to fetch, the newest first. Near their loss are those with `safe_places` newer ones, and those that are older
    /// than `safe_until`.
    pub async fn wanted_sounds(
        &self,
        safe_places: u32,
        safe_until: Timestamp,
        limit: u32,
    ) -> Result<Vec<WantedSound>> {
        let mut connection = self.readers().acquire().await?;
        let near_loss = near_loss(&mut connection, safe_places, safe_until).await?;
        let rows: Vec<(i64, i64, bool)> = sqlx::query_as(WANTED)
            .bind(near_loss)
            .bind(limit)
            .fetch_all(&mut *connection)
            .await?;
        Ok(rows
            .into_iter()
            .map(|(communication, attachment, is_near_loss)| WantedSound {
                communication: CommunicationId(communication),
                attachment: AttachmentId(attachment),
                is_near_loss,
            })
            .collect())
    }

    /// How many bytes of sound are here that RingCentral still has.
    pub async fn cached_sound_bytes(&self) -> Result<u64> {
        let bytes: i64 = sqlx::query_scalar(
            "SELECT coalesce(sum(a.size_bytes), 0) FROM attachments a INDEXED BY attachments_cached_sounds \
             CROSS JOIN communications c ON c.id = a.communication_id \
             WHERE a.kind = 'audio' AND a.cached_file IS NOT NULL AND c.gone_at IS NULL",
        )
        .fetch_one(self.readers())
        .await?;
        Ok(u64::try_from(bytes).unwrap_or_default())
    }

    /// Sounds that may make room, those first that nobody listened to for longest.
    pub async fn sounds_to_spare(&self, safe_places: u32, safe_until: Timestamp) -> Result<Vec<CachedSound>> {
        let mut connection = self.readers().acquire().await?;
        let near_loss = near_loss(&mut connection, safe_places, safe_until).await?;
        let rows: Vec<(i64, String, Option<i64>)> = sqlx::query_as(
            "SELECT a.id, a.cached_file, a.size_bytes FROM attachments a INDEXED BY attachments_cached_sounds \
             CROSS JOIN communications c ON c.id = a.communication_id \
             LEFT JOIN voicemails v ON v.communication_id = c.id WHERE a.kind = 'audio' AND a.cached_file IS NOT NULL \
             AND c.gone_at IS NULL AND c.is_read = 1 AND c.occurred_at > ? \
             ORDER BY coalesce(v.used_at, 0), c.occurred_at, c.id",
        )
        .bind(near_loss)
        .fetch_all(&mut *connection)
        .await?;
        Ok(rows
            .into_iter()
            .map(|(attachment, file, size)| CachedSound {
                attachment: AttachmentId(attachment),
                file,
                size_bytes: size.and_then(|size| u64::try_from(size).ok()).unwrap_or_default(),
            })
            .collect())
    }

    /// Forgets where a file is, and leaves it to be deleted; both at once, so that a crash loses track of neither.
    pub async fn orphan_file(&self, attachment: AttachmentId) -> Result<()> {
        let mut transaction = self.write().await?;
        sqlx::query(
            "INSERT OR IGNORE INTO orphaned_files (cached_file) SELECT cached_file FROM attachments \
             WHERE id = ? AND cached_file IS NOT NULL",
        )
        .bind(attachment.0)
        .execute(&mut *transaction)
        .await?;
        let owner: Option<i64> = sqlx::query_scalar(
            "UPDATE attachments SET cached_file = NULL WHERE id = ? RETURNING communication_id",
        )
        .bind(attachment.0)
        .fetch_optional(&mut *transaction)
        .await?;
        transaction.commit().await?;
        if let Some(owner) = owner {
            self.changes().communications_changed(&[CommunicationId(owner)]);
        }
        Ok(())
    }
}

/// What is as old as this or older may soon be lost.
async fn near_loss(
    connection: &mut sqlx::SqliteConnection,
    safe_places: u32,
    safe_until: Timestamp,
) -> Result<i64> {
    let by_place: Option<i64> = sqlx::query_scalar(MAILBOX_PLACE)
        .bind(safe_places)
        .fetch_optional(connection)
        .await?;
    Ok(safe_until.as_millisecond().max(by_place.unwrap_or(i64::MIN)))
}
