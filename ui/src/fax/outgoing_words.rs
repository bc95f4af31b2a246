//! How far a fax is, in words. Pure.

use crate::format::dates::Now;
use crate::format::{counted, file_size};
use crate::texting::held_up;
use domain::fax::{OutgoingFax, Transfer};
use domain::outgoing::{Attempt, AttemptOutcome, HeldUp, OutgoingState};
use jiff::Timestamp;

/// What can be done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Remedy {
    TakeBack,
    CancelUpload,
    CallBack,
    /// `can_retry`: sending it again as it is can help.
    AfterFailure {
        can_retry: bool,
    },
    PutAway,
    Nothing,
}

/// What is said when a fax was written down: `Fax to Maria Lopez leaves in 5 s`.
pub(crate) fn leaving(to: &str, leaves_at: Timestamp, send_at: Option<Timestamp>, now: &Now) -> String {
    if let Some(at) = send_at.filter(|at| *at > now.at) {
        return format!("Fax to {to} is planned for {}", now.coming_time(at));
    }
    let left = leaves_at.duration_since(now.at);
    let seconds = left.as_secs() + i64::from(left.subsec_nanos() > 0);
    if seconds > 0 {
        format!("Fax to {to} leaves in {seconds} s")
    } else {
        format!("Fax to {to} is on its way")
    }
}

/// Where it is.
pub(crate) fn state(fax: &OutgoingFax, held_up: Option<&HeldUp>, now: &Now) -> String {
    let planned = fax.send_at.filter(|at| *at > now.at);
    match (&fax.state, planned) {
        (OutgoingState::Queued { .. }, Some(at)) => {
            let leaves = format!("Leaves {}", now.coming_time(at));
            held_up.map_or_else(
                || format!("{leaves}; RingCentral gets it in a moment"),
                |held_up| format!("{leaves}; until then it {}", held_up::brief(held_up, now)),
            )
        }
        (OutgoingState::Queued { not_before }, None) if *not_before > now.at => waiting(fax, *not_before, now),
        (OutgoingState::Queued { .. }, None) => held_up.map_or_else(
            || "Waits for its turn".to_owned(),
            |held_up| capital(&held_up::brief(held_up, now)),
        ),
        (OutgoingState::Sending, _) => uploading(fax.upload.as_ref()),
        (OutgoingState::Accepted, Some(at)) => {
            format!("Leaves {}, RingCentral has it", now.coming_time(at))
        }
        (OutgoingState::Accepted, None) => "RingCentral has it and is faxing it".to_owned(),
        (OutgoingState::Delivered, _) => "Sent".to_owned(),
        (OutgoingState::Failed { reason, .. }, _) => reason.clone(),
        (OutgoingState::Unknown { .. }, _) => {
            "RingCentral’s answer was lost. Switchboard looks for this fax among the sent ones and sends nothing twice."
                .to_owned()
        }
        (OutgoingState::Cancelled, _) => "Taken back".to_owned(),
    }
}

/// It waits before it leaves for the first time, so that it can be taken back; or before another try.
fn waiting(fax: &OutgoingFax, until: Timestamp, now: &Now) -> String {
    match failed(fax).and_then(|last| last.words.as_deref()) {
        Some(words) => format!("{words} Next try: {}", now.coming_time(until)),
        None => "Leaves in a few seconds".to_owned(),
    }
}

/// The last try, if nothing was sent by it.
fn failed(fax: &OutgoingFax) -> Option<&Attempt> {
    fax.attempts
        .last()
        .filter(|last| last.outcome == Some(AttemptOutcome::NotSent))
}

/// Whether it waits by itself before another try, which somebody may not want to wait for.
pub(crate) fn can_be_hurried(fax: &OutgoingFax, now: &Now) -> bool {
    let waits = matches!(fax.state, OutgoingState::Queued { not_before } if not_before > now.at);
    waits && failed(fax).is_some()
}

/// What helps.
pub(crate) fn remedy(fax: &OutgoingFax, now: &Now) -> Remedy {
    match &fax.state {
        OutgoingState::Queued { .. } => Remedy::TakeBack,
        OutgoingState::Sending => Remedy::CancelUpload,
        OutgoingState::Accepted if fax.item.is_some() && fax.send_at.is_some_and(|at| at > now.at) => {
            Remedy::CallBack
        }
        OutgoingState::Failed { can_retry, .. } => Remedy::AfterFailure {
            can_retry: *can_retry,
        },
        OutgoingState::Unknown { .. } => Remedy::PutAway,
        OutgoingState::Accepted | OutgoingState::Delivered | OutgoingState::Cancelled => Remedy::Nothing,
    }
}

/// How many hundredths of an upload are done; `None` while nobody knows how much there is.
pub(crate) fn percent(upload: &Transfer) -> Option<u64> {
    let total = upload.total_bytes.filter(|total| *total > 0)?;
    Some(upload.done_bytes.min(total).saturating_mul(100) / total)
}

/// Names and pages: `Quote 118.pdf · 12 pages`.
pub(crate) fn what(fax: &OutgoingFax) -> String {
    let pages = fax
        .page_count
        .map(|count| counted(u64::from(count), "page", "pages"));
    let title = Some(fax.title.clone()).filter(|title| !title.is_empty());
    title.into_iter().chain(pages).collect::<Vec<_>>().join(" · ")
}

fn uploading(upload: Option<&Transfer>) -> String {
    match upload {
        Some(Transfer {
            done_bytes,
            total_bytes: Some(total),
        }) if done_bytes >= total => "Uploaded, waiting for RingCentral’s answer".to_owned(),
        Some(
            transfer @ Transfer {
                total_bytes: Some(total),
                ..
            },
        ) => format!(
            "Uploading, {} of {}",
            file_size(transfer.done_bytes.min(*total)),
            file_size(*total)
        ),
        _ => "Uploading…".to_owned(),
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::{CommunicationId, OutgoingId};
    use jiff::tz::TimeZone;

    // A Tuesday.
    fn now() -> Now {
        Now {
            at: "2026-11-17T15:00:00Z".parse().unwrap(),
            zone: TimeZone::UTC,
        }
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn fax(state: OutgoingState, send_at: Option<&str>) -> OutgoingFax {
        OutgoingFax {
            id: OutgoingId(1),
            to: Vec::new(),
            title: "plans.pdf".to_owned(),
            page_count: Some(1),
            state,
            upload: None,
            send_at: send_at.map(at),
            item: Some(CommunicationId(7)),
            created_at: now().at,
            attempts: Vec::new(),
        }
    }

    #[test]
    fn a_fax_that_was_sent_says_when_it_leaves() {
        let words = |leaves, planned: Option<&str>| leaving("Ed", at(leaves), planned.map(at), &now());
        assert_eq!(words("2026-11-17T15:00:04.1Z", None), "Fax to Ed leaves in 5 s");
        assert_eq!(words("2026-11-17T15:00:00Z", None), "Fax to Ed is on its way");
        assert_eq!(
            words("2026-11-17T15:00:05Z", Some("2026-11-18T08:00:00Z")),
            "Fax to Ed is planned for tomorrow, 8:00 AM"
        );
    }

    #[test]
    fn only_what_ringcentral_holds_for_later_can_be_called_back() {
        let remedy = |state, send_at| remedy(&fax(state, send_at), &now());
        let tomorrow = Some("2026-11-18T08:00:00Z");
        assert_eq!(remedy(OutgoingState::Accepted, tomorrow), Remedy::CallBack);
        assert_eq!(remedy(OutgoingState::Accepted, None), Remedy::Nothing);
        assert_eq!(
            remedy(OutgoingState::Accepted, Some("2026-11-17T14:00:00Z")),
            Remedy::Nothing
        );
        let queued = OutgoingState::Queued { not_before: now().at };
        assert_eq!(remedy(queued, tomorrow), Remedy::TakeBack);
        assert_eq!(remedy(OutgoingState::Sending, None), Remedy::CancelUpload);
    }

    #[test]
    fn a_fax_whose_upload_broke_off_says_so_and_when_it_is_tried_again_and_can_be_tried_at_once() {
        let mut waiting = fax(
            OutgoingState::Queued {
                not_before: at("2026-11-17T15:02:00Z"),
            },
            None,
        );
        assert_eq!(state(&waiting, None, &now()), "Leaves in a few seconds");
        assert!(!can_be_hurried(&waiting, &now()));
        waiting.attempts.push(Attempt {
            number: 1,
            began_at: now().at,
            outcome: Some(AttemptOutcome::NotSent),
            words: Some("The connection broke off at 40 %.".to_owned()),
        });
        assert_eq!(
            state(&waiting, None, &now()),
            "The connection broke off at 40 %. Next try: today, 3:02 PM"
        );
        assert!(can_be_hurried(&waiting, &now()));
        waiting.state = OutgoingState::Queued { not_before: now().at };
        assert!(!can_be_hurried(&waiting, &now()));
    }

    #[test]
    fn an_upload_is_told_in_bytes_and_hundredths() {
        let upload = |done_bytes, total_bytes| Transfer {
            done_bytes,
            total_bytes,
        };
        assert_eq!(percent(&upload(1_000, Some(4_000))), Some(25));
        assert_eq!(percent(&upload(9_000, Some(4_000))), Some(100));
        assert_eq!(percent(&upload(9, Some(0))), None);
        assert_eq!(percent(&upload(9, None)), None);
        let mut fax = fax(OutgoingState::Sending, None);
        fax.upload = Some(upload(1_200_000, Some(4_000_000)));
        assert_eq!(state(&fax, None, &now()), "Uploading, 1.2 MB of 4.0 MB");
        fax.upload = Some(upload(4_000_000, Some(4_000_000)));
        assert_eq!(
            state(&fax, None, &now()),
            "Uploaded, waiting for RingCentral’s answer"
        );
    }

    #[test]
    fn a_planned_fax_says_when_and_what_it_waits_for_before() {
        let queued = OutgoingState::Queued { not_before: now().at };
        let planned = fax(queued, Some("2026-11-20T08:00:00Z"));
        assert_eq!(
            state(&planned, Some(&HeldUp::Offline), &now()),
            "Leaves Fri, 8:00 AM; until then it waits for the network"
        );
        let there = fax(OutgoingState::Accepted, Some("2026-11-20T08:00:00Z"));
        assert_eq!(
            state(&there, None, &now()),
            "Leaves Fri, 8:00 AM, RingCentral has it"
        );
    }

    #[test]
    fn files_and_pages_name_a_fax() {
        let mut fax = fax(OutgoingState::Accepted, None);
        assert_eq!(what(&fax), "plans.pdf · 1 page");
        fax.page_count = None;
        assert_eq!(what(&fax), "plans.pdf");
    }
}
