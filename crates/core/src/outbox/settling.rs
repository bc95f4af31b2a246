//! What becomes of a row whose try has ended. How the store writes it down is its own business.

use super::carrier::{Carried, Trace};
use super::{Carrier, Outbox, Step, later, plan};
use crate::store::{CUT_OFF, DueJob, NotSent, Refusal, StoreError, Urgency};
use crate::sync::pacing::Trouble;

impl<C: Carrier> Outbox<C> {
    pub(super) async fn settle(
        &self,
        row: &DueJob,
        urgency: Urgency,
        carried: Carried,
    ) -> Result<Step, StoreError> {
        let id = row.id;
        match carried {
            Carried::Accepted(trace) => {
                self.0.store.job_accepted(id, &trace.remote_id).await?;
                self.resume(urgency);
                self.keep(trace).await;
                Ok(Step::Accepted(id))
            }
            Carried::Refused(refusal) => {
                self.0.store.job_refused(id, &refusal).await?;
                self.resume(urgency);
                Ok(Step::Refused(id))
            }
            Carried::NotSent { trouble, code } => {
                self.not_sent(row, &trouble, code).await?;
                self.pause_for(urgency, trouble);
                Ok(Step::NotSent(id))
            }
            Carried::CutOff { percent } => {
                self.cut_off(row, percent).await?;
                self.resume(urgency);
                Ok(Step::NotSent(id))
            }
            Carried::Stopped => {
                let words = "Switchboard was closed before everything was handed over, so nothing was sent.";
                let why = NotSent {
                    words: words.to_owned(),
                    code: None,
                };
                self.0.store.job_not_sent(id, &why, self.now()).await?;
                Ok(Step::NotSent(id))
            }
            Carried::Unknown { words } => {
                let look_at = later(self.now(), plan::FIRST_LOOK);
                self.0.store.job_unknown(id, &words, look_at).await?;
                // Looking is the business of another lane than the one that sent it.
                self.stir();
                Ok(Step::Unknown(id))
            }
        }
    }

    async fn not_sent(
        &self,
        row: &DueJob,
        trouble: &Trouble,
        code: Option<String>,
    ) -> Result<(), StoreError> {
        if !plan::counts(trouble) {
            return self.0.store.job_put_back(row.id).await;
        }
        let words = trouble.to_string();
        if plan::is_given_up(trouble, row.attempts.saturating_add(1)) {
            let refusal = Refusal {
                code,
                words,
                can_retry: true,
            };
            return self.0.store.job_refused(row.id, &refusal).await;
        }
        // The row is due at once: it is the outbox that waits, and other rows would meet the same trouble.
        let why = NotSent { words, code };
        self.0.store.job_not_sent(row.id, &why, self.now()).await
    }

    /// Only this row waits: another fax is another size, and may get through.
    async fn cut_off(&self, row: &DueJob, percent: u8) -> Result<(), StoreError> {
        let cuts = self.0.store.cuts_of_job(row.id).await?.saturating_add(1);
        let words = format!("The connection broke off at {percent} %.");
        match plan::wait_after_cut(cuts) {
            Some(wait) => {
                let why = NotSent {
                    words,
                    code: Some(CUT_OFF.to_owned()),
                };
                let not_before = later(self.now(), wait);
                self.0.store.job_not_sent(row.id, &why, not_before).await
            }
            None => {
                let refusal = Refusal {
                    code: Some(CUT_OFF.to_owned()),
                    words: format!(
                        "{words} It was tried {cuts} times. Something between here and RingCentral may not let as much \
                         through: try it again, from another network if you can, or send the pages as several faxes."
                    ),
                    can_retry: true,
                };
                self.0.store.job_refused(row.id, &refusal).await
            }
        }
    }

    /// The message stands in the inbox at once; should that fail, the synchronisation brings it.
    pub(super) async fn keep(&self, trace: Trace) {
        if let Some(page) = trace.page
            && let Err(error) = self.0.store.apply(*page).await
        {
            tracing::warn!(%error, "a sent message will be seen with the next synchronisation");
        }
    }
}
