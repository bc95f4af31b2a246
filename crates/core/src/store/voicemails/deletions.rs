//! Voicemails that a person deleted here: hidden at once, taken back or carried out later.
//!
//! The row of a deletion is the wish; it outlives the program until RingCentral has heard of it.

use super::super::undo::{self, UndoChange};
use super::super::{Result, Store, StoreError, Touched};
use super::NOT_HERE;
use domain::ids::CommunicationId;
use domain::ipc::Undoable;
use jiff::{SignedDuration, Timestamp};
use sqlx::SqliteConnection;

/// A deletion that RingCentral has not heard of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingDeletion {
    pub id: CommunicationId,
    /// The message's id in the message store.
    pub remote_id: String,
    /// RingCentral has no such message any more.
    pub is_gone: bool,
    /// It may have been asked for already.
    pub is_begun: bool,
    pub not_before: Timestamp,
}

impl Store {
    /// Hides a voicemail and remembers to delete it, at the earliest after the time in which it can be taken back.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is not here.
    pub async fn delete_voicemail(
        &self,
        id: CommunicationId,
        can_be_taken_back_for: SignedDuration,
    ) -> Result<Undoable> {
        let now = self.clock().now();
        let not_before = now.saturating_add(can_be_taken_back_for).unwrap_or(now);
        let mut transaction = self.write().await?;
        self.set_hidden(&mut transaction, id, true)
            .await?
            .ok_or(NOT_HERE)?;
        sqlx::query(
            "INSERT INTO voicemail_deletions (communication_id, deleted_at, not_before) VALUES (?, ?, ?)",
        )
        .bind(id.0)
        .bind(now.as_millisecond())
        .bind(not_before.as_millisecond())
        .execute(&mut *transaction)
        .await?;
        let change = UndoChange::VoicemailDeleted { id: id.0 };
        let token = undo::remember(&mut transaction, &change, now).await?;
        let touched = self.derive_hidden(&mut transaction, id).await?;
        transaction.commit().await?;
        self.announce_communications(&touched);
        Ok(Undoable {
            token,
            words: "Voicemail deleted".to_owned(),
        })
    }

    /// Shows it again, if nothing was asked of RingCentral yet.
    pub(in super::super) async fn take_back_deletion(
        &self,
        connection: &mut SqliteConnection,
        id: i64,
    ) -> Result<Touched> {
        let taken_back =
            sqlx::query("DELETE FROM voicemail_deletions WHERE communication_id = ? AND is_begun = 0")
                .bind(id)
                .execute(&mut *connection)
                .await?
                .rows_affected();
        let id = CommunicationId(id);
        if taken_back == 0 || self.set_hidden(connection, id, false).await?.is_none() {
            return Err(StoreError::TooLate);
        }
        self.derive_hidden(connection, id).await
    }

    /// The deletion that is due first, due or not.
    pub async fn next_deletion(&self) -> Result<Option<PendingDeletion>> {
        let row: Option<(i64, String, bool, bool, i64)> = sqlx::query_as(
            "SELECT c.id, c.remote_id, c.gone_at IS NOT NULL, d.is_begun, d.not_before FROM voicemail_deletions d \
             JOIN communications c ON c.id = d.communication_id ORDER BY d.not_before, d.communication_id LIMIT 1",
        )
        .fetch_optional(self.readers())
        .await?;
        row.map(|(id, remote_id, is_gone, is_begun, not_before)| {
            Ok(PendingDeletion {
                id: CommunicationId(id),
                remote_id,
                is_gone,
                is_begun,
                not_before: super::super::rows::read_instant(not_before)?,
            })
        })
        .transpose()
    }

    /// From now on it cannot be taken back. False when somebody just did.
    pub async fn begin_deletion(&self, id: CommunicationId) -> Result<bool> {
        let mut transaction = self.write().await?;
        let begun = sqlx::query("UPDATE voicemail_deletions SET is_begun = 1 WHERE communication_id = ?")
            .bind(id.0)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(begun.rows_affected() > 0)
    }

    /// RingCentral has deleted it, or never will: it goes here too, and its file is left to be deleted.
    pub async fn finish_deletion(&self, id: CommunicationId) -> Result<()> {
        self.forget_voicemail(id).await
    }

    /// RingCentral does not allow it: it is shown again.
    pub async fn give_up_deletion(&self, id: CommunicationId) -> Result<()> {
        let mut transaction = self.write().await?;
        sqlx::query("DELETE FROM voicemail_deletions WHERE communication_id = ?")
            .bind(id.0)
            .execute(&mut *transaction)
            .await?;
        if self.set_hidden(&mut transaction, id, false).await?.is_none() {
            return Ok(());
        }
        let touched = self.derive_hidden(&mut transaction, id).await?;
        transaction.commit().await?;
        self.announce_communications(&touched);
        Ok(())
    }

    /// A voicemail or fax of which is to be asked whether a person deleted it there.
    pub async fn next_doubtful(&self) -> Result<Option<(CommunicationId, String)>> {
        let mut row: Option<(i64, String)> = sqlx::query_as(
            "SELECT c.id, c.remote_id FROM voicemails v INDEXED BY voicemails_doubtful \
             JOIN communications c ON c.id = v.communication_id WHERE v.is_doubtful = 1 \
             ORDER BY v.communication_id LIMIT 1",
        )
        .fetch_optional(self.readers())
        .await?;
        if row.is_none() {
            row = sqlx::query_as(
                "SELECT c.id, c.remote_id FROM doubtful_faxes d JOIN communications c ON c.id = d.communication_id \
                 ORDER BY d.communication_id LIMIT 1",
            )
            .fetch_optional(self.readers())
            .await?;
        }
        Ok(row.map(|(id, remote_id)| (CommunicationId(id), remote_id)))
    }

    /// RingCentral lost it by itself; or it is there after all.
    pub async fn settle_doubt(&self, id: CommunicationId, is_there: bool) -> Result<()> {
        let mut transaction = self.write().await?;
        for statement in super::super::apply::NO_DOUBT {
            sqlx::query(statement)
                .bind(id.0)
                .execute(&mut *transaction)
                .await?;
        }
        if is_there {
            sqlx::query("UPDATE communications SET gone_at = NULL WHERE id = ?")
                .bind(id.0)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        self.changes().communications_changed(&[id]);
        Ok(())
    }

    /// A person deleted it, here or at RingCentral: nothing of it stays.
    pub async fn forget_voicemail(&self, id: CommunicationId) -> Result<()> {
        self.forget_message(id).await
    }

    /// A voicemail or a fax was deleted for good: nothing of it stays.
    pub(in super::super) async fn forget_message(&self, id: CommunicationId) -> Result<()> {
        let mut transaction = self.write().await?;
        let held: Option<(String, Option<String>, i64)> = sqlx::query_as(
            "SELECT remote_id, party_key, occurred_at FROM communications WHERE id = ? AND kind IN ('voicemail', 'fax')",
        )
        .bind(id.0)
        .fetch_optional(&mut *transaction)
        .await?;
        let Some((remote_id, party, occurred_at)) = held else {
            return Ok(());
        };
        let mut touched = Touched::default();
        if let Some(party) = party {
            touched.party_at(party, occurred_at);
        }
        touched.messages.insert(remote_id.clone());
        touched.changed.insert(id.0);
        // Attachments first, so that the trigger that remembers their files sees them.
        for statement in [
            "DELETE FROM attachments WHERE communication_id = ?",
            "DELETE FROM communications WHERE id = ?",
        ] {
            sqlx::query(statement)
                .bind(id.0)
                .execute(&mut *transaction)
                .await?;
        }
        // An answer to a question that was asked before must not bring it back.
        sqlx::query(
            "INSERT INTO deleted_communications (source, remote_id, requested_at) VALUES ('message_store', ?, ?) \
             ON CONFLICT DO UPDATE SET requested_at = max(requested_at, excluded.requested_at)",
        )
        .bind(&remote_id)
        .bind(self.clock().now().as_millisecond())
        .execute(&mut *transaction)
        .await?;
        touched.derive(&mut transaction, self.owed_since()).await?;
        transaction.commit().await?;
        self.announce_communications(&touched);
        Ok(())
    }

    /// Answers the message's id when there was something to change.
    async fn set_hidden(
        &self,
        connection: &mut SqliteConnection,
        id: CommunicationId,
        is_hidden: bool,
    ) -> Result<Option<String>> {
        Ok(sqlx::query_scalar(
            "UPDATE communications SET is_hidden = ?1 WHERE id = ?2 AND kind = 'voicemail' AND is_hidden <> ?1 \
             RETURNING remote_id",
        )
        .bind(is_hidden)
        .bind(id.0)
        .fetch_optional(connection)
        .await?)
    }

    /// The call that it came from is told by itself now, or again by it; and the party's attempts are counted anew.
    async fn derive_hidden(&self, connection: &mut SqliteConnection, id: CommunicationId) -> Result<Touched> {
        let remote_id: String = sqlx::query_scalar("SELECT remote_id FROM communications WHERE id = ?")
            .bind(id.0)
            .fetch_one(&mut *connection)
            .await?;
        let mut touched = Touched::default();
        touched.ids.insert(id.0);
        touched.changed.insert(id.0);
        touched.messages.insert(remote_id);
        touched.derive(connection, self.owed_since()).await?;
        Ok(touched)
    }
}
