//! What is in the outbox, counted by kind, and the worst of it in two or three words. Pure.

use crate::fax::outgoing_words::percent;
use crate::format::counted;
use crate::format::dates::Now;
use domain::fax::OutgoingFax;
use domain::ipc::texting::OutboxState;
use domain::outgoing::OutgoingState;

/// How the sign is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    Warn,
    Bad,
}

/// How many of what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tally {
    waiting_texts: u64,
    pub(super) unknown_texts: u64,
    failed_texts: u64,
    waiting_faxes: u64,
    /// How far each upload is, in hundredths, where that is known.
    uploads: Vec<Option<u64>>,
    at_ringcentral: u64,
    planned_faxes: u64,
    unknown_faxes: u64,
    failed_faxes: u64,
}

/// Counts. The core counts faxes among what waits and what is unknown; here they are told apart.
pub(super) fn tally(state: &OutboxState, now: &Now) -> Tally {
    let mut tally = Tally {
        failed_texts: state.failed.len() as u64,
        ..Tally::default()
    };
    for fax in &state.faxes {
        count(&mut tally, fax, now);
    }
    let in_waiting = state
        .faxes
        .iter()
        .filter(|fax| matches!(fax.state, OutgoingState::Queued { .. } | OutgoingState::Sending));
    tally.waiting_texts = u64::from(state.waiting).saturating_sub(in_waiting.count() as u64);
    tally.unknown_texts = u64::from(state.unknown).saturating_sub(tally.unknown_faxes);
    tally
}

fn count(tally: &mut Tally, fax: &OutgoingFax, now: &Now) {
    let is_planned = fax.send_at.is_some_and(|at| at > now.at);
    match &fax.state {
        OutgoingState::Queued { .. } => tally.waiting_faxes += 1,
        OutgoingState::Sending => tally.uploads.push(fax.upload.as_ref().and_then(percent)),
        OutgoingState::Accepted if is_planned => tally.planned_faxes += 1,
        OutgoingState::Accepted => tally.at_ringcentral += 1,
        OutgoingState::Unknown { .. } => tally.unknown_faxes += 1,
        OutgoingState::Failed { .. } => tally.failed_faxes += 1,
        OutgoingState::Delivered | OutgoingState::Cancelled => {}
    }
}

impl Tally {
    pub(super) fn failed(&self) -> u64 {
        self.failed_texts + self.failed_faxes
    }

    /// What has not left, and waits.
    pub(super) fn waiting(&self) -> u64 {
        self.waiting_texts + self.waiting_faxes
    }

    /// Something is on its way, or is looked for. Texts that simply leave are not listed.
    pub(super) fn is_more_than_failed(&self, is_held_up: bool) -> bool {
        let faxes = self.uploads.len() as u64
            + self.waiting_faxes
            + self.at_ringcentral
            + self.planned_faxes
            + self.unknown_faxes;
        faxes + self.unknown_texts > 0 || is_held_up && self.waiting_texts > 0
    }

    /// `2 texts and 1 fax wait`.
    pub(super) fn waiting_words(&self) -> String {
        let verb = if self.waiting() == 1 { "waits" } else { "wait" };
        format!("{} {verb}", things(self.waiting_texts, self.waiting_faxes))
    }

    /// The worst thing in two or three words. A text that is simply on its way is nothing to point at; a fax takes minutes, and says so.
    pub(super) fn short(&self, is_held_up: bool) -> Option<(String, Tone)> {
        if self.failed() > 0 {
            return Some((
                format!("{} not sent", things(self.failed_texts, self.failed_faxes)),
                Tone::Bad,
            ));
        }
        if self.unknown_texts + self.unknown_faxes > 0 {
            return Some((
                format!("Checking {}", things(self.unknown_texts, self.unknown_faxes)),
                Tone::Warn,
            ));
        }
        if self.waiting() > 0 && is_held_up {
            return Some((
                format!("{} waiting", things(self.waiting_texts, self.waiting_faxes)),
                Tone::Warn,
            ));
        }
        let on_their_way = self.uploads.len() as u64 + self.waiting_faxes + self.at_ringcentral;
        let words = match (self.uploads.as_slice(), on_their_way) {
            ([Some(percent)], 1) => format!("Uploading fax, {percent} %"),
            (_, 0) if self.planned_faxes > 0 => format!("{} planned", faxes(self.planned_faxes)),
            (_, 0) => return None,
            (_, count) => format!(
                "{} on {} way",
                faxes(count),
                if count == 1 { "its" } else { "their" }
            ),
        };
        Some((words, Tone::Plain))
    }
}

fn things(texts: u64, faxes_: u64) -> String {
    match (texts, faxes_) {
        (texts, 0) => counted(texts, "text", "texts"),
        (0, count) => faxes(count),
        (texts, count) => format!("{} and {}", counted(texts, "text", "texts"), faxes(count)),
    }
}

fn faxes(count: u64) -> String {
    counted(count, "fax", "faxes")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::fax::Transfer;
    use domain::ids::OutgoingId;
    use jiff::tz::TimeZone;

    fn now() -> Now {
        Now {
            at: "2026-11-17T15:00:00Z".parse().unwrap(),
            zone: TimeZone::UTC,
        }
    }

    fn fax(state: OutgoingState) -> OutgoingFax {
        OutgoingFax {
            id: OutgoingId(1),
            to: Vec::new(),
            title: String::new(),
            page_count: None,
            state,
            upload: None,
            send_at: None,
            item: None,
            created_at: now().at,
            attempts: Vec::new(),
        }
    }

    fn queued() -> OutgoingState {
        OutgoingState::Queued { not_before: now().at }
    }

    fn words(waiting: u32, unknown: u32, faxes: Vec<OutgoingFax>, is_held_up: bool) -> Option<String> {
        let state = OutboxState {
            waiting,
            unknown,
            waiting_texts: Vec::new(),
            failed: Vec::new(),
            faxes,
            held_up: None,
        };
        Some(tally(&state, &now()).short(is_held_up)?.0)
    }

    #[test]
    fn a_text_that_is_simply_on_its_way_shows_no_sign() {
        assert_eq!(words(2, 0, Vec::new(), false), None);
        assert_eq!(words(2, 0, Vec::new(), true).as_deref(), Some("2 texts waiting"));
        assert_eq!(words(0, 0, Vec::new(), true), None);
        assert_eq!(words(2, 1, Vec::new(), false).as_deref(), Some("Checking 1 text"));
    }

    #[test]
    fn what_could_not_be_sent_is_told_apart_from_the_rest_where_there_is_a_rest() {
        let failure = OutgoingState::Failed {
            reason: "The line was busy.".to_owned(),
            can_retry: true,
        };
        let has_rest = |faxes: Vec<OutgoingFax>| {
            let mut tally = Tally::default();
            faxes.iter().for_each(|fax| count(&mut tally, fax, &now()));
            (tally.failed(), tally.is_more_than_failed(false))
        };
        assert_eq!(has_rest(vec![fax(failure.clone())]), (1, false));
        assert_eq!(
            has_rest(vec![fax(failure), fax(OutgoingState::Sending)]),
            (1, true)
        );
    }

    #[test]
    fn faxes_are_counted_apart_from_the_texts_that_wait_with_them() {
        let words = words(3, 0, vec![fax(queued())], true);
        assert_eq!(words.as_deref(), Some("2 texts and 1 fax waiting"));
        let since = now().at;
        let unknown = self::words(0, 1, vec![fax(OutgoingState::Unknown { since })], false);
        assert_eq!(unknown.as_deref(), Some("Checking 1 fax"));
    }

    #[test]
    fn an_upload_says_how_far_it_is_and_a_planned_fax_that_it_is_planned() {
        let mut uploading = fax(OutgoingState::Sending);
        uploading.upload = Some(Transfer {
            done_bytes: 43,
            total_bytes: Some(100),
        });
        assert_eq!(
            words(1, 0, vec![uploading.clone()], false).as_deref(),
            Some("Uploading fax, 43 %")
        );
        assert_eq!(
            words(2, 0, vec![uploading, fax(queued())], false).as_deref(),
            Some("2 faxes on their way")
        );
        let mut planned = fax(OutgoingState::Accepted);
        planned.send_at = Some("2026-11-18T08:00:00Z".parse().unwrap());
        assert_eq!(
            words(0, 0, vec![planned], false).as_deref(),
            Some("1 fax planned")
        );
    }
}
