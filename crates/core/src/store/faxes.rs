//! Faxes that RingCentral has: what became of them at each recipient, and which of those for later were called back.

use super::{Result, Store, StoreError, fax_drafts};
use crate::fax_desk::error_words;
use domain::communication::Party;
use domain::fax::FaxOutcome;
use domain::ids::{CommunicationId, OutgoingId};
use domain::phone_number::E164;

/// What RingCentral says of a fax at one recipient.
#[derive(Debug, Clone, PartialEq)]
pub struct FaxRecipientRecord {
    /// `None` when the vendor wrote something that is no telephone number.
    pub e164: Option<E164>,
    /// As the vendor wrote it.
    pub number: Option<String>,
    /// The vendor's `messageStatus`.
    pub status: Option<String>,
    /// The vendor's `faxErrorCode`.
    pub error_code: Option<String>,
}

/// A fax of ours that RingCentral has.
#[derive(Debug, Clone, PartialEq)]
pub struct SentFax {
    /// The message's id in the message store.
    pub remote_id: String,
    /// It is still to be sent.
    pub is_queued: bool,
    pub is_failed: bool,
    /// RingCentral does not have it any more.
    pub is_gone: bool,
    /// As RingCentral named them.
    pub recipients: Vec<FaxRecipientRecord>,
    /// The other side. Of a single recipient the vendor may say nothing beyond what it says of the message.
    pub party: Option<E164>,
}

/// A fax that was called back and of which RingCentral has not heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingCallBack {
    pub id: CommunicationId,
    /// The message's id in the message store.
    pub remote_id: String,
    /// It may have been asked for already.
    pub is_begun: bool,
}

/// The faxes of ours that are neither sent nor failed.
pub(super) const IN_TRANSIT: &str = "SELECT id FROM communications WHERE kind = 'fax' AND direction = 'outbound' AND delivery_state = 'queued'";

/// What RingCentral says of a fax at each recipient; the record keeps it as it came.
pub(super) const RECIPIENTS: &str = "SELECT r.value ->> 'number', r.value ->> 'status', r.value ->> 'fax_error' \
     FROM communications c, json_each(c.metadata, '$.recipients') r \
     WHERE c.id = ? AND c.kind = 'fax' AND c.direction = 'outbound' ORDER BY r.key";

impl Store {
    /// What became of a fax at each recipient, in the vendor's order; of one that came in nothing.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it was deleted meanwhile.
    pub async fn fax_outcomes(&self, item: CommunicationId) -> Result<Vec<FaxOutcome>> {
        let recipients = self.fax_recipients(item).await?;
        let numbers: Vec<E164> = recipients.iter().filter_map(|one| one.e164.clone()).collect();
        let mut parties = self.parties(&numbers).await?.into_iter();
        let mut outcomes = Vec::with_capacity(recipients.len());
        for one in recipients {
            let party = match &one.e164 {
                Some(_) => parties.next(),
                None => None,
            };
            let meaning = error_words::outcome(one.status.as_deref(), one.error_code.as_deref());
            outcomes.push(FaxOutcome {
                party: party.unwrap_or_else(|| unnamed(self, one.number.as_deref())),
                state: meaning.state,
                advice: meaning.advice,
                can_resend: meaning.can_resend,
            });
        }
        Ok(outcomes)
    }

    /// A fax that was sent, as far as RingCentral tells.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is no fax of ours, or was deleted meanwhile.
    pub async fn sent_fax(&self, item: CommunicationId) -> Result<SentFax> {
        let row: Option<(String, String, bool, Option<String>)> = sqlx::query_as(
            "SELECT remote_id, coalesce(delivery_state, 'unknown'), gone_at IS NOT NULL, e164 FROM communications \
             WHERE id = ? AND source = 'message_store' AND kind = 'fax' AND direction = 'outbound'",
        )
        .bind(item.0)
        .fetch_optional(self.readers())
        .await?;
        let (remote_id, state, is_gone, e164) = row.ok_or(fax_drafts::NOT_HERE)?;
        Ok(SentFax {
            remote_id,
            is_queued: state == "queued",
            is_failed: state == "failed",
            is_gone,
            recipients: self.fax_recipients(item).await?,
            party: e164.and_then(|e164| E164::new(e164).ok()),
        })
    }

    /// The vendor's id of a fax that RingCentral still has, whichever way it went.
    pub async fn fax_there(&self, item: CommunicationId) -> Result<Option<String>> {
        Ok(sqlx::query_scalar(
            "SELECT remote_id FROM communications WHERE id = ? AND source = 'message_store' AND kind = 'fax' \
             AND gone_at IS NULL",
        )
        .bind(item.0)
        .fetch_optional(self.readers())
        .await?)
    }

    /// The faxes of ours that are neither sent nor failed.
    pub async fn faxes_in_transit(&self) -> Result<Vec<CommunicationId>> {
        let ids: Vec<i64> = sqlx::query_scalar(IN_TRANSIT).fetch_all(self.readers()).await?;
        Ok(ids.into_iter().map(CommunicationId).collect())
    }

    /// The message that a row of the outbox became, if it is here.
    pub async fn message_of_job(&self, remote_id: &str) -> Result<Option<CommunicationId>> {
        let id: Option<i64> = sqlx::query_scalar(
            "SELECT id FROM communications WHERE source = 'message_store' AND remote_id = ?",
        )
        .bind(remote_id)
        .fetch_optional(self.readers())
        .await?;
        Ok(id.map(CommunicationId))
    }

    /// Remembers that a fax is to be called back.
    ///
    /// # Errors
    /// [`StoreError::TooLate`] when it is not queued any more.
    pub async fn call_fax_back(&self, item: CommunicationId) -> Result<()> {
        let mut transaction = self.write().await?;
        let asked = sqlx::query(
            "INSERT INTO fax_call_backs (communication_id, asked_at) SELECT id, ? FROM communications \
             WHERE id = ? AND kind = 'fax' AND direction = 'outbound' AND delivery_state = 'queued' \
             ON CONFLICT DO UPDATE SET asked_at = excluded.asked_at",
        )
        .bind(self.clock().now().as_millisecond())
        .bind(item.0)
        .execute(&mut *transaction)
        .await?;
        if asked.rows_affected() == 0 {
            return Err(StoreError::TooLate);
        }
        transaction.commit().await?;
        self.outbox_changed();
        Ok(())
    }

    /// The fax that was called back first and of which RingCentral has not heard.
    pub async fn next_call_back(&self) -> Result<Option<PendingCallBack>> {
        let row: Option<(i64, String, bool)> = sqlx::query_as(
            "SELECT c.id, c.remote_id, b.is_begun FROM fax_call_backs b JOIN communications c ON c.id = b.communication_id \
             ORDER BY b.asked_at, b.communication_id LIMIT 1",
        )
        .fetch_optional(self.readers())
        .await?;
        Ok(row.map(|(id, remote_id, is_begun)| PendingCallBack {
            id: CommunicationId(id),
            remote_id,
            is_begun,
        }))
    }

    /// Which of these messages are called back.
    pub async fn is_called_back(&self, item: CommunicationId) -> Result<bool> {
        let found: Option<i64> =
            sqlx::query_scalar("SELECT asked_at FROM fax_call_backs WHERE communication_id = ?")
                .bind(item.0)
                .fetch_optional(self.readers())
                .await?;
        Ok(found.is_some())
    }

    /// From now on a deletion may have left.
    pub async fn begin_call_back(&self, item: CommunicationId) -> Result<()> {
        let mut transaction = self.write().await?;
        sqlx::query("UPDATE fax_call_backs SET is_begun = 1 WHERE communication_id = ?")
            .bind(item.0)
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }

    /// RingCentral will not send it: it goes here too, and what it was made from is a draft again.
    pub async fn finish_call_back(&self, call_back: &PendingCallBack) -> Result<()> {
        let now = self.clock().now();
        let mut transaction = self.write().await?;
        let row: Option<i64> = sqlx::query_scalar(
            "UPDATE outbox SET state = 'cancelled', is_dismissed = 1, settled_at = ? \
             WHERE remote_id = ? AND kind = 'fax' RETURNING id",
        )
        .bind(now.as_millisecond())
        .bind(&call_back.remote_id)
        .fetch_optional(&mut *transaction)
        .await?;
        let draft = match row {
            Some(row) => fax_drafts::draft_again(&mut transaction, OutgoingId(row), now).await?,
            None => None,
        };
        transaction.commit().await?;
        self.forget_message(call_back.id).await?;
        self.outbox_changed();
        if let Some(draft) = draft {
            self.draft_changed(draft);
        }
        Ok(())
    }

    /// It was too late, or RingCentral does not allow it: the fax goes its way.
    pub async fn give_up_call_back(&self, item: CommunicationId) -> Result<()> {
        let mut transaction = self.write().await?;
        sqlx::query("DELETE FROM fax_call_backs WHERE communication_id = ?")
            .bind(item.0)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        self.outbox_changed();
        Ok(())
    }

    async fn fax_recipients(&self, item: CommunicationId) -> Result<Vec<FaxRecipientRecord>> {
        let rows: Vec<(Option<String>, Option<String>, Option<String>)> = sqlx::query_as(RECIPIENTS)
            .bind(item.0)
            .fetch_all(self.readers())
            .await?;
        let plan = self.numbering();
        Ok(rows
            .into_iter()
            .map(|(number, status, error_code)| FaxRecipientRecord {
                e164: super::facts::comparable(number.as_deref(), plan).and_then(|e164| E164::new(e164).ok()),
                number,
                status,
                error_code,
            })
            .collect())
    }
}

fn unnamed(store: &Store, number: Option<&str>) -> Party {
    let number = store.shown_number(number);
    Party {
        label: number
            .as_ref()
            .map_or_else(|| "Unknown number".to_owned(), |number| number.formatted.clone()),
        number,
        caller_id_name: None,
        contact: None,
    }
}
