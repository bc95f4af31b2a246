//! Which messages at RingCentral can be what a row was to do.

use super::RingCentral;
use super::sending::resolution;
use crate::numbers::ParsedNumber;
use crate::store::{FaxJob, TextJob};
use domain::phone_number::E164;
use ringcentral::api::message::Message;

impl RingCentral {
    /// A fax to the same people with the same cover sheet. Of one that RingCentral sent again it says neither cover nor
    /// resolution that we would know; of a queued one it says no number of pages.
    pub(super) fn is_of_fax(&self, message: &Message, job: &FaxJob) -> bool {
        if job.original.as_deref() == Some(message.id.as_str()) {
            return false;
        }
        let plan = self.store.numbering();
        let mut to: Vec<Option<E164>> = message
            .to
            .iter()
            .map(
                |party| match party.phone_number.as_ref().map(|text| plan.parse(text)) {
                    Some(ParsedNumber::Number { e164, .. }) => Some(e164),
                    _ => None,
                },
            )
            .collect();
        let mut wanted: Vec<Option<E164>> = job.to.iter().map(|one| Some(one.number.clone())).collect();
        to.sort();
        wanted.sort();
        let has_cover = message
            .cover_index
            .is_none_or(|index| i64::from(index) == i64::from(job.cover_index));
        let is_as_fine = message
            .fax_resolution
            .as_ref()
            .is_none_or(|fine| *fine == resolution(job.resolution));
        to == wanted && (job.original.is_some() || (has_cover && is_as_fine))
    }

    /// A message that says the same to the same people from the same number.
    pub(super) fn is_of(&self, message: &Message, job: &TextJob) -> bool {
        let plan = self.store.numbering();
        let number = |written: Option<&String>| match written.map(|text| plan.parse(text)) {
            Some(ParsedNumber::Number { e164, .. }) => Some(e164),
            _ => None,
        };
        let from = message
            .from
            .as_ref()
            .and_then(|party| number(party.phone_number.as_ref()));
        let mut to: Vec<Option<E164>> = message
            .to
            .iter()
            .map(|party| number(party.phone_number.as_ref()))
            .collect();
        let mut wanted: Vec<Option<E164>> = job.to.iter().cloned().map(Some).collect();
        to.sort();
        wanted.sort();
        let text = message.subject.as_deref().unwrap_or_default();
        from.as_ref() == Some(&job.from) && to == wanted && text.trim() == job.text.trim()
    }
}
