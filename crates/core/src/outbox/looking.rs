//! Looks at RingCentral for rows of which nobody knows whether they went out. What it means that one was found or not is
//! decided in [`plan`].

use super::carrier::Carrier;
use super::{NEVER_KNOWN, Outbox, Step, later, plan};
use crate::store::{Refusal, StoreError, Unresolved, Urgency};

impl<C: Carrier> Outbox<C> {
    pub(super) async fn look_for(&self, row: Unresolved) -> Result<Step, StoreError> {
        let looked = match self
            .0
            .carrier
            .look_for(&row.job, plan::window(row.began_at))
            .await
        {
            Ok(looked) => looked,
            Err(trouble) => {
                self.pause_for(Urgency::Person, trouble);
                return Ok(Step::Idle {
                    until: self.paused_until(Urgency::Person, self.now()).flatten(),
                });
            }
        };
        self.resume(Urgency::Person);
        let remote_ids: Vec<&str> = looked
            .traces
            .iter()
            .map(|trace| trace.remote_id.as_str())
            .collect();
        let claimed = self.0.store.claimed_remote_ids(&remote_ids).await?;
        match plan::after_looking(&row, looked, &claimed) {
            plan::Verdict::WentOut(trace) => {
                self.0.store.job_found(row.id, &trace.remote_id).await?;
                self.keep(*trace).await;
                Ok(Step::Found(row.id))
            }
            plan::Verdict::LookAgain { after } => {
                let look_at = later(self.now(), after);
                self.0.store.job_not_found_yet(row.id, look_at).await?;
                Ok(Step::NotFoundYet(row.id))
            }
            plan::Verdict::NeverKnown => {
                let refusal = Refusal {
                    code: Some(NEVER_KNOWN.to_owned()),
                    words: "The answer was lost, so nobody knows whether it was done. It is not done again by itself."
                        .to_owned(),
                    can_retry: true,
                };
                self.0.store.job_given_up(row.id, &refusal).await?;
                Ok(Step::Refused(row.id))
            }
            plan::Verdict::NeverWent if row.attempts >= plan::MOST_ATTEMPTS => {
                let refusal = Refusal {
                    code: None,
                    words:
                        "RingCentral did not take it over, however often it was tried. Try it again later."
                            .to_owned(),
                    can_retry: true,
                };
                self.0.store.job_given_up(row.id, &refusal).await?;
                Ok(Step::Refused(row.id))
            }
            plan::Verdict::NeverWent => {
                self.0.store.job_never_went(row.id).await?;
                self.stir();
                Ok(Step::NeverWent(row.id))
            }
        }
    }
}
