//! What people here entered about who wants texts: how it is taken back, and that it still has to reach RingCentral.

use super::super::undo::{self, UndoChange};
use super::super::words::Word;
use super::{ConsentRow, Result, Store};
use crate::store::StoreError;
use domain::consent::{Consent, ConsentState};
use domain::ipc::Undoable;
use domain::phone_number::E164;
use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;

/// What still has to reach RingCentral.
pub(in crate::store) const PENDING: &str = "SELECT sender, recipient, source, state, stated_at, is_echo FROM consents WHERE is_pending = 1 ORDER BY stated_at";

/// An opt-out that RingCentral never heard of needs no taking back there.
const HAS_TO_BE_TOLD: &str = "UPDATE consents SET is_pending = CASE \
    WHEN told IS NOT NULL OR state = 'opted_out' THEN 1 \
    ELSE EXISTS (SELECT 1 FROM consents wider WHERE wider.recipient = consents.recipient \
        AND (wider.sender = '' OR consents.sender = '') AND wider.source = 'entered_here' AND wider.told = 'opted_out') \
    END WHERE recipient = ? AND sender = ? AND source = 'entered_here'";

// An entry that was changed meanwhile is another one.
const LEAVES: &str = "UPDATE consents SET told = state \
    WHERE recipient = ? AND sender = ? AND source = 'entered_here' AND state = ? AND stated_at = ?";
const SETTLED: &str = "UPDATE consents SET is_pending = 0 \
    WHERE recipient = ? AND sender = ? AND source = 'entered_here' AND state = ? AND stated_at = ?";

/// How an entry is taken back.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::store) struct UndoConsent {
    sender: String,
    recipient: String,
    /// What was entered before, and when; `None` when nothing was.
    before: Option<(String, i64)>,
    entered_at: i64,
}

impl Store {
    /// Enters what somebody said to us, from now on. `words` say what was done.
    pub async fn enter_consent(
        &self,
        sender: Option<&E164>,
        recipient: &E164,
        state: ConsentState,
        words: String,
    ) -> Result<Undoable> {
        let now = self.clock().now();
        let sender = sender.map_or("", E164::as_str);
        let mut transaction = self.write().await?;
        let before: Option<(String, i64)> = sqlx::query_as(
            "SELECT state, stated_at FROM consents WHERE recipient = ? AND sender = ? AND source = 'entered_here'",
        )
        .bind(recipient.as_str())
        .bind(sender)
        .fetch_optional(&mut *transaction)
        .await?;
        write(
            &mut transaction,
            (sender, recipient.as_str()),
            state.word(),
            now.as_millisecond(),
        )
        .await?;
        let change = UndoChange::Consent(UndoConsent {
            sender: sender.to_owned(),
            recipient: recipient.to_string(),
            before,
            entered_at: now.as_millisecond(),
        });
        let token = undo::remember(&mut transaction, &change, now).await?;
        transaction.commit().await?;
        self.outbox_changed();
        Ok(Undoable { token, words })
    }

    /// Entries that RingCentral has not been told of, the oldest first.
    pub async fn consents_to_upload(&self) -> Result<Vec<Consent>> {
        let rows: Vec<ConsentRow> = sqlx::query_as(PENDING).fetch_all(self.readers()).await?;
        let read: Result<Vec<_>> = rows.into_iter().map(ConsentRow::read).collect();
        Ok(read?.into_iter().flatten().collect())
    }

    /// RingCentral is about to be told of an entry. It is written down before, because the answer can be lost.
    pub async fn consent_leaves(&self, entry: &Consent) -> Result<()> {
        self.note_of_entry(LEAVES, entry).await
    }

    /// Nothing has to be done about an entry any more, unless it was changed meanwhile.
    pub async fn settle_consent(&self, entry: &Consent) -> Result<()> {
        self.note_of_entry(SETTLED, entry).await
    }

    async fn note_of_entry(&self, update: &'static str, entry: &Consent) -> Result<()> {
        let mut transaction = self.write().await?;
        sqlx::query(update)
            .bind(entry.recipient.as_str())
            .bind(entry.sender.as_ref().map_or("", E164::as_str))
            .bind(entry.state.word())
            .bind(entry.stated_at.as_millisecond())
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }
}

/// Takes an entry back. What RingCentral was told of meanwhile, it is told to be otherwise.
///
/// # Errors
/// [`StoreError::TooLate`] when something else was entered since.
pub(in crate::store) async fn take_back(
    connection: &mut SqliteConnection,
    undo: &UndoConsent,
    now: i64,
) -> Result<()> {
    let place = (undo.sender.as_str(), undo.recipient.as_str());
    let entered: Option<(String, i64, bool)> = sqlx::query_as(
        "SELECT state, stated_at, told IS NOT NULL FROM consents \
         WHERE sender = ? AND recipient = ? AND source = 'entered_here'",
    )
    .bind(place.0)
    .bind(place.1)
    .fetch_optional(&mut *connection)
    .await?;
    let (state, stated_at, was_told) = entered.ok_or(StoreError::TooLate)?;
    if stated_at != undo.entered_at {
        return Err(StoreError::TooLate);
    }
    match &undo.before {
        Some((before, stated_at)) => write(connection, place, before, *stated_at).await,
        None if was_told => {
            let opposite = match ConsentState::of_word(&state)? {
                ConsentState::OptedOut => ConsentState::OptedIn,
                ConsentState::OptedIn => ConsentState::OptedOut,
            };
            write(connection, place, opposite.word(), now).await
        }
        None => {
            sqlx::query(
                "DELETE FROM consents WHERE sender = ? AND recipient = ? AND source = 'entered_here'",
            )
            .bind(place.0)
            .bind(place.1)
            .execute(connection)
            .await?;
            Ok(())
        }
    }
}

async fn write(
    connection: &mut SqliteConnection,
    (sender, recipient): (&str, &str),
    state: &str,
    stated_at: i64,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO consents (sender, recipient, source, state, stated_at) VALUES (?, ?, 'entered_here', ?, ?) \
         ON CONFLICT DO UPDATE SET state = excluded.state, stated_at = excluded.stated_at",
    )
    .bind(sender)
    .bind(recipient)
    .bind(state)
    .bind(stated_at)
    .execute(&mut *connection)
    .await?;
    sqlx::query(HAS_TO_BE_TOLD)
        .bind(recipient)
        .bind(sender)
        .execute(connection)
        .await?;
    Ok(())
}
