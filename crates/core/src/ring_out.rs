//! Click to call: from a number anywhere to a call that rings one of our phones first.
//!
//! Asking for the call is a row of the outbox like everything else that happens outside; it expires within seconds, because
//! a call that nobody waits for any more must not ring. How far it has come is asked while somebody looks.

use crate::error::CoreError;
use crate::numbers::ParsedNumber;
use crate::outbox::NEVER_KNOWN;
use crate::store::{Job, NewJob, RingOutJob, ShownJob, Store};
use domain::ids::OutgoingId;
use domain::outgoing::OutgoingState;
use domain::phone_number::E164;
use domain::ring_out::{OwnPhone, RingOut, RingOutState};
use jiff::{SignedDuration, Timestamp};
use ringcentral::api::ExtensionRef;
use ringcentral::api::ring_out::{RingOutState as VendorState, RingOutStatus};
use ringcentral::{Client, Priority};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Nobody waits longer for their own phone to ring.
const EXPIRES_AFTER: SignedDuration = SignedDuration::from_secs(15);

/// The status is not asked for more often.
const ASK_AFTER: SignedDuration = SignedDuration::from_secs(1);

/// The calls that were asked for in one account. Clones share them.
#[derive(Debug, Clone)]
pub struct RingOuts {
    store: Store,
    seen: Arc<Mutex<HashMap<OutgoingId, Seen>>>,
}

/// The state that was heard last.
#[derive(Debug, Clone)]
struct Seen {
    state: RingOutState,
    asked_at: Timestamp,
}

impl RingOuts {
    pub fn new(store: Store) -> Self {
        Self {
            store,
            seen: Arc::default(),
        }
    }

    /// Our phones that can be rung first: our own number with everything that rings for it, and the phones that stand with
    /// the person at RingCentral. RingOut takes "an arbitrary number" (API reference, `MakeRingOutCallerInfoRequestFrom`).
    /// `last` comes first.
    ///
    /// # Errors
    /// [`CoreError::Offline`] and other errors of the server.
    pub async fn phones(
        &self,
        client: &Client,
        own_number: Option<&str>,
        last: Option<&str>,
    ) -> Result<Vec<OwnPhone>, CoreError> {
        let extension = client
            .extensions()
            .get(&ExtensionRef::Own, Priority::Interactive)
            .await?;
        let (mobile, business) = extension.contact.map_or((None, None), |contact| {
            (contact.mobile_phone, contact.business_phone)
        });
        let plan = self.store.numbering();
        let mut phones: Vec<OwnPhone> = Vec::new();
        for (name, number) in [
            ("All your phones", own_number),
            ("Your mobile phone", mobile.as_deref()),
            ("Your business phone", business.as_deref()),
        ] {
            let Some(ParsedNumber::Number { e164, .. }) = number.map(|number| plan.parse(number)) else {
                continue;
            };
            let phone = OwnPhone {
                name: format!("{name} · {}", plan.show(&e164, None).formatted),
                key: e164.to_string(),
            };
            if phones.iter().all(|known| known.key != phone.key) {
                phones.push(phone);
            }
        }
        phones.sort_by_key(|phone| Some(phone.key.as_str()) != last);
        Ok(phones)
    }

    /// Asks for a call from `phone` to a number, however it is written.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] when it cannot be called, [`CoreError::Store`].
    pub async fn place(&self, number: &str, phone: &OwnPhone) -> Result<RingOut, CoreError> {
        let own = E164::new(phone.key.clone())
            .map_err(|_| CoreError::Invalid("This phone has no number that could be rung.".to_owned()))?;
        let to = match self.store.numbering().parse(number) {
            ParsedNumber::Number { e164, .. } => e164,
            ParsedNumber::Short(_) | ParsedNumber::Withheld | ParsedNumber::Malformed(_) => {
                return Err(CoreError::Invalid(
                    "That is not a phone number that can be called.".to_owned(),
                ));
            }
        };
        let now = self.store.clock().now();
        let job = Job::RingOut(RingOutJob {
            phone: own,
            phone_name: phone.name.clone(),
            to,
        });
        let new = NewJob {
            expires_at: now.saturating_add(EXPIRES_AFTER).ok(),
            ..NewJob::for_person(job, now)
        };
        let ids = self.store.enqueue(&[new]).await?;
        let id = ids.into_iter().next().ok_or(CoreError::TooLate)?;
        self.get(None, id).await
    }

    /// How far a call has come; asked of RingCentral while it rings.
    ///
    /// # Errors
    /// [`CoreError::NotFound`], [`CoreError::Store`]. Where the server cannot be asked, the state is the last one heard.
    pub async fn get(&self, client: Option<&Client>, id: OutgoingId) -> Result<RingOut, CoreError> {
        let row = self.store.job(id).await?;
        let Job::RingOut(job) = &row.job else {
            return Err(CoreError::NotFound { what: "This call" });
        };
        let to = self.store.parties(std::slice::from_ref(&job.to)).await?;
        let to = to
            .into_iter()
            .next()
            .ok_or(CoreError::NotFound { what: "This call" })?;
        let from = job.phone_name.clone();
        let state = match (&row.state, &row.remote_id, client) {
            (OutgoingState::Accepted, Some(remote_id), Some(client)) => {
                self.heard(client, id, remote_id).await
            }
            (OutgoingState::Accepted, _, _) => self.last_heard(id),
            _ => before_it_rings(&row),
        };
        Ok(RingOut { id, to, from, state })
    }

    /// Stops a call from ringing.
    ///
    /// # Errors
    /// [`CoreError::TooLate`] when it cannot be stopped from here any more, and errors of the server.
    pub async fn cancel(&self, client: Option<&Client>, id: OutgoingId) -> Result<(), CoreError> {
        if self.store.cancel_job(id).await?.is_some() {
            return Ok(());
        }
        let row = self.store.job(id).await?;
        let (Some(remote_id), Some(client)) = (&row.remote_id, client) else {
            return Err(CoreError::TooLate);
        };
        let remote_id = remote_id.as_str().into();
        match client.ring_out().cancel(&remote_id, Priority::Interactive).await {
            Err(error) if !error.is_not_found() => Err(error.into()),
            _ => {
                self.note(id, RingOutState::Cancelled);
                Ok(())
            }
        }
    }

    async fn heard(&self, client: &Client, id: OutgoingId, remote_id: &str) -> RingOutState {
        let now = self.store.clock().now();
        let seen = self.seen().get(&id).cloned();
        if let Some(seen) = &seen
            && (is_over(&seen.state) || now.duration_since(seen.asked_at) < ASK_AFTER)
        {
            return seen.state.clone();
        }
        let asked = client
            .ring_out()
            .status(&remote_id.into(), Priority::Interactive)
            .await;
        let state = match asked {
            Ok(call) => state_of(&call.status),
            // "404 once finished": developers.ringcentral.com/guide/voice/ringout.
            Err(error) if error.is_not_found() => RingOutState::Finished,
            Err(_) => return self.last_heard(id),
        };
        self.note(id, state.clone());
        state
    }

    fn last_heard(&self, id: OutgoingId) -> RingOutState {
        let seen = self.seen().get(&id).map(|seen| seen.state.clone());
        seen.unwrap_or(RingOutState::RingingYou)
    }

    fn note(&self, id: OutgoingId, state: RingOutState) {
        let asked_at = self.store.clock().now();
        self.seen().insert(id, Seen { state, asked_at });
    }

    fn seen(&self) -> MutexGuard<'_, HashMap<OutgoingId, Seen>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn before_it_rings(row: &ShownJob) -> RingOutState {
    match &row.state {
        OutgoingState::Failed { .. } if row.failure_code.as_deref() == Some(NEVER_KNOWN) => {
            RingOutState::Unknown
        }
        OutgoingState::Failed { reason, .. } => RingOutState::Failed {
            reason: reason.clone(),
        },
        OutgoingState::Unknown { .. } => RingOutState::Unknown,
        OutgoingState::Cancelled => RingOutState::Cancelled,
        OutgoingState::Queued { .. }
        | OutgoingState::Sending
        | OutgoingState::Accepted
        | OutgoingState::Delivered => RingOutState::Waiting,
    }
}

fn is_over(state: &RingOutState) -> bool {
    matches!(
        state,
        RingOutState::Finished
            | RingOutState::Failed { .. }
            | RingOutState::Cancelled
            | RingOutState::Unknown
    )
}

/// The caller's side is our phone, the callee's the other one (developers.ringcentral.com/guide/voice/ringout).
fn state_of(status: &RingOutStatus) -> RingOutState {
    let failed = |reason: &str| RingOutState::Failed {
        reason: reason.to_owned(),
    };
    match (&status.caller, &status.callee) {
        _ if status.call == Some(VendorState::NoSessionFound) => RingOutState::Finished,
        (Some(VendorState::Finished), _) | (_, Some(VendorState::Finished)) => RingOutState::Finished,
        (Some(VendorState::Busy), _) => failed("Your phone is busy."),
        (Some(VendorState::NoAnswer), _) => failed("Nobody picked up your phone."),
        (Some(VendorState::Rejected), _) => failed("The call was declined on your phone."),
        (Some(VendorState::CannotReach), _) => failed("Your phone cannot be reached."),
        (_, Some(VendorState::Busy)) => failed("The other side is busy."),
        (_, Some(VendorState::NoAnswer)) => failed("The other side did not answer."),
        (_, Some(VendorState::Rejected)) => failed("The other side declined the call."),
        (_, Some(VendorState::CannotReach)) => failed("The other side cannot be reached."),
        _ => match &status.call {
            Some(VendorState::Success) => RingOutState::Connected,
            Some(VendorState::InternationalDisabled) => {
                failed("Calls abroad are not allowed for this account.")
            }
            Some(VendorState::DestinationBlocked) => failed("RingCentral does not call this number."),
            Some(VendorState::NotEnoughFunds) => failed("The account has no calling credit left."),
            Some(VendorState::RingOutFromThisNumberIsNotSupported) => {
                failed("RingCentral cannot ring this phone first. Choose another one.")
            }
            Some(VendorState::InProgress) | None => match (&status.caller, &status.callee) {
                (Some(VendorState::Success), Some(VendorState::Success)) => RingOutState::Connected,
                (Some(VendorState::Success), _) => RingOutState::RingingThem,
                _ => RingOutState::RingingYou,
            },
            Some(_) => failed("RingCentral could not place the call. Try again."),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(call: VendorState, caller: VendorState, callee: VendorState) -> RingOutStatus {
        RingOutStatus {
            call: Some(call),
            caller: Some(caller),
            callee: Some(callee),
        }
    }

    #[test]
    fn our_phone_rings_first_then_theirs_then_both_talk() {
        use VendorState::{Finished, InProgress, Success};
        for (caller, callee, expected) in [
            (InProgress, InProgress, RingOutState::RingingYou),
            (Success, InProgress, RingOutState::RingingThem),
            (Success, Success, RingOutState::Connected),
            (Finished, Success, RingOutState::Finished),
        ] {
            let call = if expected == RingOutState::Connected {
                Success
            } else {
                InProgress
            };
            assert_eq!(state_of(&status(call, caller, callee)), expected);
        }
    }

    #[test]
    fn a_failure_says_whose_phone_it_was() {
        use VendorState::{InProgress, NoAnswer, Success};
        let mine = state_of(&status(NoAnswer, NoAnswer, InProgress));
        let theirs = state_of(&status(NoAnswer, Success, NoAnswer));
        assert_eq!(
            (mine, theirs),
            (
                RingOutState::Failed {
                    reason: "Nobody picked up your phone.".to_owned()
                },
                RingOutState::Failed {
                    reason: "The other side did not answer.".to_owned()
                }
            )
        );
    }
}
