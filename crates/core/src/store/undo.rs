//! Taking changes back. What it takes is stored with the change itself, in the same transaction.

use super::consents::{self, UndoConsent};
use super::contact_writes::{self, ContactsUndo};
use super::read_state::write_done;
use super::templates::{self, TemplateRow};
use super::{Result, Store, StoreError};
use domain::event::CoreEvent;
use domain::ids::UndoToken;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;
use uuid::Uuid;

/// How long a change can be taken back.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(24);

/// How to take a change back.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum UndoChange {
    Done { ids: Vec<i64>, was_done: bool },
    Contacts(ContactsUndo),
    TemplateDeleted(TemplateRow),
    Consent(UndoConsent),
    VoicemailDeleted { id: i64 },
}

impl Store {
    /// Takes a change back, once.
    ///
    /// # Errors
    /// [`StoreError::TooLate`] when it was taken back already, is too old, or what it changed was changed again since.
    /// Nothing is changed then.
    pub async fn undo(&self, token: &UndoToken) -> Result<()> {
        let mut transaction = self.write().await?;
        let stored: Option<String> =
            sqlx::query_scalar("DELETE FROM undo_log WHERE token = ? RETURNING change")
                .bind(token.as_str())
                .fetch_optional(&mut *transaction)
                .await?;
        let change = serde_json::from_str(&stored.ok_or(StoreError::TooLate)?).map_err(|source| {
            StoreError::Unreadable {
                field: "undo_log.change",
                source: Some(source),
            }
        })?;
        match change {
            UndoChange::Done { ids, was_done } => {
                let changed = write_done(&mut transaction, &ids, was_done).await?;
                let touched = self.derive_changed(&mut transaction, &changed).await?;
                transaction.commit().await?;
                self.announce_communications(&touched);
            }
            UndoChange::Contacts(undo) => {
                let outcome = contact_writes::take_back(self, &mut transaction, undo).await?;
                transaction.commit().await?;
                outcome.announce(self);
            }
            UndoChange::TemplateDeleted(row) => {
                templates::put_back(&mut transaction, &row).await?;
                transaction.commit().await?;
                self.changes().announce(CoreEvent::TemplatesChanged);
            }
            UndoChange::Consent(undo) => {
                let now = self.clock().now().as_millisecond();
                consents::take_back(&mut transaction, &undo, now).await?;
                transaction.commit().await?;
                self.outbox_changed();
            }
            UndoChange::VoicemailDeleted { id } => {
                let touched = self.take_back_deletion(&mut transaction, id).await?;
                transaction.commit().await?;
                self.announce_communications(&touched);
            }
        }
        Ok(())
    }
}

/// Stores how to take a change back, and forgets what is too old.
pub(super) async fn remember(
    connection: &mut SqliteConnection,
    change: &UndoChange,
    now: Timestamp,
) -> Result<UndoToken> {
    let token = UndoToken(Uuid::new_v4().to_string());
    let change = serde_json::to_string(change).map_err(|source| StoreError::Unreadable {
        field: "undo_log.change",
        source: Some(source),
    })?;
    sqlx::query("DELETE FROM undo_log WHERE created_at < ?")
        .bind((now - KEPT_FOR).as_millisecond())
        .execute(&mut *connection)
        .await?;
    sqlx::query("INSERT INTO undo_log (token, created_at, change) VALUES (?, ?, ?)")
        .bind(token.as_str())
        .bind(now.as_millisecond())
        .bind(change)
        .execute(connection)
        .await?;
    Ok(token)
}
