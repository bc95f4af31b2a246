//! What can be done about faxes that RingCentral has: sending them again, and calling them back.

use super::super::{FaxDesk, error_words};
use crate::error::CoreError;
use crate::store::{FaxJob, Job, NewJob};
use domain::fax::FaxResolution;
use domain::ids::CommunicationId;
use domain::ipc::texting::Written;
use domain::phone_number::E164;

impl FaxDesk {
    /// Has RingCentral send a fax again to those whom it did not reach, without uploading it.
    ///
    /// # Errors
    /// [`CoreError::NotFound`]; [`CoreError::Invalid`] with the advice when sending it again cannot help.
    pub async fn resend(&self, item: CommunicationId) -> Result<Written, CoreError> {
        let sent = self.store.sent_fax(item).await?;
        if sent.is_gone {
            return Err(CoreError::Invalid(
                "RingCentral does not have this fax any more. Send its pages as a new one.".to_owned(),
            ));
        }
        let mut advice = None;
        let mut to: Vec<E164> = Vec::new();
        if sent.recipients.is_empty() && sent.is_failed {
            to.extend(sent.party);
        }
        for recipient in sent.recipients {
            let meaning = error_words::outcome(recipient.status.as_deref(), recipient.error_code.as_deref());
            if meaning.can_resend {
                to.extend(recipient.e164.filter(|number| !to.contains(number)));
            } else if !meaning.advice.is_empty() {
                advice = Some(meaning.advice);
            }
        }
        if to.is_empty() {
            return Err(CoreError::Invalid(advice.unwrap_or_else(|| {
                "It has not failed at anybody, so there is nothing to send again.".to_owned()
            })));
        }
        let row = self.store.job_of_message(item).await?;
        let named = match row {
            Some(row) => Some(self.store.job(row).await?),
            None => None,
        };
        let earlier = named.and_then(|row| match row.job {
            Job::Fax(fax) => Some(fax),
            _ => None,
        });
        let job = FaxJob {
            to: self.named(&to).await?,
            title: earlier
                .as_ref()
                .map_or_else(|| "Fax sent again".to_owned(), |fax| fax.title.clone()),
            resolution: earlier
                .as_ref()
                .map_or(FaxResolution::default(), |fax| fax.resolution),
            cover_index: 0,
            cover_note: None,
            send_at: None,
            files: Vec::new(),
            original: Some(sent.remote_id.clone()),
            page_count: earlier.and_then(|fax| fax.page_count),
        };
        // Whoever presses the button twice wants it once.
        if let Some(open) = self.store.open_resend(&job.lane(), &sent.remote_id).await? {
            return Ok(Written {
                id: open,
                leaves_at: self.store.clock().now(),
            });
        }
        let leaves_at = self.store.clock().now();
        let rows = self
            .store
            .enqueue(&[NewJob::for_person(Job::Fax(job), leaves_at)])
            .await?;
        let id = rows.into_iter().next().ok_or(CoreError::TooLate)?;
        if let Some(row) = row {
            // The failed one is dealt with; should it have been put away already, that is just as well.
            self.store.dismiss_job(row).await?;
        }
        Ok(Written { id, leaves_at })
    }

    /// Calls a fax back that RingCentral would send later: it is deleted there, and only it.
    ///
    /// # Errors
    /// [`CoreError::TooLate`] when it is not queued there any more, [`CoreError::NotFound`].
    pub async fn call_back(&self, item: CommunicationId) -> Result<(), CoreError> {
        let sent = self.store.sent_fax(item).await?;
        if !sent.is_queued || sent.is_gone {
            return Err(CoreError::TooLate);
        }
        Ok(self.store.call_fax_back(item).await?)
    }
}
