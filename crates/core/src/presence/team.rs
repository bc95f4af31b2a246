//! The team as its page shows it: who there is, who can be reached, and whom they talk to.

use super::Presences;
use super::talking;
use crate::error::CoreError;
use crate::store::TeamRecord;
use crate::sync::pacing::Trouble;
use domain::contact::NumberLabel;
use domain::ids::ContactId;
use domain::live_calls::QueueNow;
use domain::phone_number::PhoneNumber;
use domain::presence::{Availability, Team, TeamMember};
use std::collections::HashMap;

/// Colleagues are reached by their own numbers; the company's main number and a fax do not lead to them.
const BEST_FIRST: [NumberLabel; 4] = [
    NumberLabel::Work,
    NumberLabel::Mobile,
    NumberLabel::Other,
    NumberLabel::Home,
];

impl Presences {
    /// The team: favourites first, then by name.
    ///
    /// # Errors
    /// [`CoreError::Store`].
    pub async fn team(&self) -> Result<Team, CoreError> {
        let records = self.0.store.team().await?;
        let mut presences: HashMap<ContactId, _> = self
            .list(&[])
            .await?
            .into_iter()
            .map(|presence| (presence.contact, presence))
            .collect();
        let (mut members, mut hides_calls) = (Vec::with_capacity(records.len()), false);
        for record in records {
            let presence = presences.remove(&record.contact.id);
            let is_on_phone = presence
                .as_ref()
                .is_some_and(|one| matches!(one.availability, Availability::OnCall | Availability::Ringing));
            let calls = if is_on_phone {
                self.board().calls(&record.user).map(<[_]>::to_vec)
            } else {
                Some(Vec::new())
            };
            hides_calls |= calls.is_none();
            let now = self.now();
            let calls = calls.unwrap_or_default();
            let talking_to = talking::of_calls(&self.0.store, &calls, now.here, now.there).await?;
            members.push(TeamMember {
                number: self.number(&record),
                is_own: record.user == self.own(),
                contact: record.contact.to_ref(),
                job_title: Some(record.contact.facts.job_title.trim().to_owned())
                    .filter(|title| !title.is_empty() && record.department.as_ref() != Some(title)),
                department: record.department,
                presence,
                talking_to,
                queues: record.queues,
                is_favourite: record.is_favourite,
            });
        }
        Ok(Team {
            members,
            calls_hidden: hides_calls.then(|| {
                "RingCentral tells that colleagues are on the phone, but not of every call with whom."
                    .to_owned()
            }),
            stale: self.stale_words(),
        })
    }

    /// Tells queues how many of their members could take a call now; that stays open while it is not known of each of them.
    /// Whether somebody has left a single queue is not known of others.
    ///
    /// # Errors
    /// [`CoreError::Store`].
    pub async fn tell_queues(&self, queues: &mut [QueueNow]) -> Result<(), CoreError> {
        for queue in queues {
            let members = self.0.store.queue_members(&queue.id).await?;
            if members.is_empty() {
                continue;
            }
            queue.members = u32::try_from(members.len()).ok();
            let free: Option<Vec<bool>> = members
                .iter()
                .map(|user| self.is_free_for_queue_calls(user))
                .collect();
            queue.free_members =
                free.and_then(|free| u32::try_from(free.into_iter().filter(|is_free| *is_free).count()).ok());
        }
        Ok(())
    }

    /// Makes a colleague a favourite, or no longer.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] when the contact is no colleague.
    pub async fn set_favourite(&self, contact: ContactId, is_favourite: bool) -> Result<(), CoreError> {
        Ok(self.0.store.set_favourite(contact, is_favourite).await?)
    }

    /// Why presence may be out of date, in words.
    fn stale_words(&self) -> Option<String> {
        if let Some(refusal) = self.refusal() {
            return Some(refusal);
        }
        let now = self.clock().now();
        if self.0.client.get().is_none() {
            return Some(
                "Nobody is signed in to RingCentral: this is how it was when it was heard last.".to_owned(),
            );
        }
        let board = self.board();
        (board.stale(now) > 0 || !board.sureness().was_answered()).then(|| {
            "RingCentral has not told about some colleagues for a while; what is shown of them may be out of date."
                .to_owned()
        })
    }

    fn number(&self, record: &TeamRecord) -> Option<PhoneNumber> {
        let plan = self.0.store.numbering();
        let numbers = &record.contact.facts.numbers;
        BEST_FIRST.iter().find_map(|label| {
            let number = numbers.iter().find(|number| number.label == *label)?;
            let e164 = number.e164.as_ref()?;
            Some(plan.show(e164, number.extension.as_deref()))
        })
    }
}

/// That RingCentral does not tell, in words.
pub(super) fn refused(trouble: &Trouble) -> String {
    let why = match trouble {
        Trouble::Forbidden { message } => message.as_str(),
        _ => "RingCentral does not allow it.",
    };
    format!("Who can be reached is not shown. {why}")
}
