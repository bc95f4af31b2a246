//! Faxes on their way, as the outbox shows them.

use super::FaxDesk;
use crate::error::CoreError;
use crate::store::{Job, ShownJob};
use domain::fax::OutgoingFax;
use domain::outgoing::OutgoingState;
use domain::phone_number::E164;

/// Rows that a list of the outbox shows.
const MOST_SHOWN: u32 = 50;

impl FaxDesk {
    /// What has not arrived and was not put away: waiting, being uploaded, planned, unknown or failed; the oldest first.
    ///
    /// # Errors
    /// [`CoreError::Store`].
    pub async fn outgoing(&self) -> Result<Vec<OutgoingFax>, CoreError> {
        let mut shown = Vec::new();
        for row in self.store.open_faxes(MOST_SHOWN).await? {
            shown.extend(self.shown(row).await?);
        }
        Ok(shown)
    }

    async fn shown(&self, row: ShownJob) -> Result<Option<OutgoingFax>, CoreError> {
        let Job::Fax(fax) = row.job else {
            return Ok(None);
        };
        let item = match &row.remote_id {
            Some(remote_id) => self.store.message_of_job(remote_id).await?,
            None => None,
        };
        if let Some(item) = item
            && self.store.is_called_back(item).await?
        {
            return Ok(None);
        }
        let mut state = row.state;
        if let (OutgoingState::Failed { can_retry, .. }, Some(item)) = (&mut state, item) {
            // What failed on its way from RingCentral can be sent again if it can help at one of them.
            *can_retry = self
                .store
                .fax_outcomes(item)
                .await?
                .iter()
                .any(|one| one.can_resend);
        }
        let numbers: Vec<E164> = fax.to.iter().map(|one| one.number.clone()).collect();
        Ok(Some(OutgoingFax {
            id: row.id,
            to: self.store.parties(&numbers).await?,
            title: fax.title,
            page_count: fax.page_count,
            state,
            upload: self.uploads.progress(row.id),
            send_at: fax.send_at.filter(|at| *at > self.store.clock().now()),
            item,
            created_at: row.created_at,
            attempts: row.attempts,
        }))
    }
}
