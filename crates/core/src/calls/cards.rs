//! Who is calling: a call as the window and the notices show it.
//!
//! The number is matched as everything else is, and the history comes from the store; no name that the network sent is
//! taken for a match. Nothing is kept here.

use super::CallView;
use super::change::Endpoint;
use crate::matching::{self, Identified};
use crate::store::{PartyRecord, Store, StoreError};
use domain::call::{CallerCard, DialledLine, LiveCall};
use domain::communication::{Communication, Party};

/// A card shows so many interactions.
const RECENT: u32 = 5;

/// Finds out about callers in the store of one account.
#[derive(Debug, Clone)]
pub struct CallerCards {
    store: Store,
}

impl CallerCards {
    /// Cards out of this store.
    pub fn new(store: Store) -> Self {
        Self { store }
    }

    /// The call with its party and line named.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub async fn live_call(&self, call: &CallView) -> Result<LiveCall, StoreError> {
        let caller = matching::identify(&self.store, &party_record(&call.other)).await?;
        Ok(self.with_party(call, caller.party))
    }

    /// Everything the card says.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub async fn card(&self, call: &CallView) -> Result<CallerCard, StoreError> {
        let caller = matching::identify(&self.store, &party_record(&call.other)).await?;
        let recent = self.recent(&caller).await?;
        let contact = match &caller.party.contact {
            // It may be removed between the two questions.
            Some(contact) => self.store.contacts(&[contact.id]).await?.pop(),
            None => None,
        };
        let worth = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Ok(CallerCard {
            call: self.with_party(call, caller.party),
            explanation: caller.explanation,
            job_title: contact
                .as_ref()
                .and_then(|contact| worth(&contact.facts.job_title)),
            notes: contact.as_ref().and_then(|contact| worth(&contact.facts.notes)),
            recent,
        })
    }

    /// What we and the caller had with each other, the newest first.
    async fn recent(&self, caller: &Identified) -> Result<Vec<Communication>, StoreError> {
        let Some(subject) = &caller.subject else {
            return Ok(Vec::new());
        };
        let mut items = self.store.timeline(subject, None, RECENT).await?.items;
        items.reverse();
        Ok(items)
    }

    fn with_party(&self, call: &CallView, party: Party) -> LiveCall {
        // The vendor's clock may be ahead of ours, but nothing began in the future.
        let now = self.store.clock().now();
        LiveCall {
            session_id: call.session_id.clone(),
            state: call.state,
            direction: call.direction,
            party,
            line: self.line(call),
            started_at: call.started_at.min(now),
            answered_at: call.answered_at.map(|at| at.min(now)),
        }
    }

    /// Which of our lines it is. A queue rings its members under its own number, so the number says which queue.
    fn line(&self, call: &CallView) -> DialledLine {
        let number = call.line.number.as_deref();
        let extension = internal(&call.line);
        if let Some(line) = self.store.own_line(number, extension) {
            return line;
        }
        let name = match (&call.queue_name, call.is_queue_call) {
            (Some(queue), _) => queue.clone(),
            (None, true) => "A call queue".to_owned(),
            (None, false) => "Your extension".to_owned(),
        };
        DialledLine {
            name,
            number: self.store.known_party(&party_record(&call.line)).number,
            is_queue: call.is_queue_call,
        }
    }
}

fn party_record(endpoint: &Endpoint) -> PartyRecord {
    PartyRecord {
        number: endpoint.number.clone(),
        extension: internal(endpoint).map(str::to_owned),
        name: endpoint.name.clone(),
    }
}

/// The short number of one of our own. Events name extensions by id only; the number beside it is the short one unless
/// it is a whole telephone number.
fn internal(endpoint: &Endpoint) -> Option<&str> {
    let number = endpoint.number.as_deref()?;
    let is_short = number.len() <= 6 && number.bytes().all(|byte| byte.is_ascii_digit());
    (endpoint.extension_id.is_some() && is_short).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_short_number_of_one_of_our_own_is_an_extension() {
        let end = |number: &str, is_ours: bool| Endpoint {
            number: Some(number.to_owned()),
            name: None,
            extension_id: is_ours.then(|| "77".into()),
        };
        assert_eq!(internal(&end("104", true)), Some("104"));
        assert_eq!(internal(&end("+15105550101", true)), None);
        assert_eq!(internal(&end("72345", false)), None);
    }
}
