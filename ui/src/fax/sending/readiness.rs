//! Whether a fax can be sent as it is, and what it amounts to, in words. Pure; the core looks again.

use super::schedule;
use crate::format::dates::Now;
use crate::format::{counted, file_size, grouped, names};
use domain::communication::Party;
use domain::fax::{CoverSheet, FaxCheck, FaxDraft, FaxFileKind, FaxOptions, MOST_NOTE_CHARS};

/// What is known about a fax besides itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known<'a> {
    pub(super) options: Option<&'a FaxOptions>,
    pub(super) check: Option<&'a FaxCheck>,
    /// Files are being read.
    pub(super) is_adding: bool,
}

/// Why it cannot be sent as it is, in one sentence.
pub(super) fn obstacle(draft: &FaxDraft, known: Known<'_>, now: &Now) -> Option<String> {
    if let Some(blocked) = known.options.and_then(|options| options.blocked.clone()) {
        return Some(blocked);
    }
    if known.is_adding {
        return Some("Files are still being added.".to_owned());
    }
    if draft.pages.is_empty() {
        return Some(match draft.cover.sheet {
            CoverSheet::None => "Add what is to be faxed.".to_owned(),
            CoverSheet::Own | CoverSheet::RingCentral { .. } => {
                "Add what goes behind the cover sheet.".to_owned()
            }
        });
    }
    if draft.to.is_empty() {
        return Some("Say whom it goes to.".to_owned());
    }
    if let Some(file) = draft.files.iter().find(|file| file.fault.is_some()) {
        return Some(format!("Remove {}: it cannot be sent.", file.file_name));
    }
    if let Some(over) = note_length(draft)
        .checked_sub(MOST_NOTE_CHARS)
        .filter(|over| *over > 0)
    {
        let over = counted(over as u64, "character", "characters");
        return Some(format!("The note on the cover sheet is {over} too long."));
    }
    if draft.send_at.is_some_and(|at| schedule::has_passed(at, now)) {
        return Some("The time to send it has passed. Choose a later one.".to_owned());
    }
    let problems = known.check.map(|check| check.problems.as_slice())?;
    match problems {
        [] => None,
        [one] => Some(one.clone()),
        more => Some(format!(
            "{} to be put right first.",
            counted(more.len() as u64, "thing has", "things have")
        )),
    }
}

/// What it amounts to: `12 pages · 3.1 MB · 9 to 14 min on the line`.
pub(super) fn summary(draft: &FaxDraft, check: Option<&FaxCheck>) -> String {
    let Some(check) = check else {
        return String::new();
    };
    let pages = check
        .page_count
        .map_or_else(|| unknown_pages(draft), |count| pages(count as usize));
    let size = (check.size_bytes > 0).then(|| file_size(check.size_bytes));
    let minutes = check.minutes.map(minutes);
    let parts = [Some(pages), size, minutes];
    parts
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}

/// `118 of 1,024`.
pub(super) fn note_counter(draft: &FaxDraft) -> String {
    format!(
        "{} of {}",
        grouped(note_length(draft) as u64),
        grouped(MOST_NOTE_CHARS as u64)
    )
}

/// The note has more characters than RingCentral takes.
pub(super) fn is_note_too_long(draft: &FaxDraft) -> bool {
    note_length(draft) > MOST_NOTE_CHARS
}

/// `Maria Lopez and 2 others`.
pub(super) fn people(draft: &FaxDraft) -> String {
    let party = |one: &domain::fax::FaxRecipient| Party {
        label: one.label.clone(),
        number: Some(one.number.clone()),
        caller_id_name: None,
        contact: one.contact.clone(),
    };
    names::all(&draft.to.iter().map(party).collect::<Vec<_>>())
}

/// One that was begun, in a line: `To Maria Lopez · plans.pdf · 12 pages`.
pub(super) fn begun(draft: &FaxDraft) -> String {
    let to = (!draft.to.is_empty()).then(|| format!("To {}", people(draft)));
    let files = match draft.files.as_slice() {
        [] => None,
        [one] => Some(one.file_name.clone()),
        [first, rest @ ..] => Some(format!(
            "{} and {}",
            first.file_name,
            counted(rest.len() as u64, "other file", "other files")
        )),
    };
    let pages = (!draft.pages.is_empty()).then(|| pages(draft.pages.len()));
    let parts: Vec<_> = [to, files, pages].into_iter().flatten().collect();
    if parts.is_empty() {
        "Only a cover sheet".to_owned()
    } else {
        parts.join(" · ")
    }
}

pub(super) fn pages(count: usize) -> String {
    counted(count as u64, "page", "pages")
}

fn note_length(draft: &FaxDraft) -> usize {
    match draft.cover.sheet {
        // It is kept, and not sent.
        CoverSheet::None => 0,
        CoverSheet::RingCentral { .. } | CoverSheet::Own => draft.cover.note.chars().count(),
    }
}

fn unknown_pages(draft: &FaxDraft) -> String {
    let is_converted = |id| {
        draft
            .files
            .iter()
            .any(|file| file.id == id && file.kind == FaxFileKind::ConvertedByRingCentral)
    };
    let documents = draft.pages.iter().filter(|page| is_converted(page.file)).count();
    let seen = draft.pages.len() - documents;
    let converted = counted(documents as u64, "document", "documents");
    if seen == 0 {
        format!("{converted} to be converted")
    } else {
        format!("{} and {converted} to be converted", pages(seen))
    }
}

fn minutes((from, to): (u32, u32)) -> String {
    match (from, to) {
        (_, 0..=1) => "about a minute on the line".to_owned(),
        (from, to) if from == to => format!("about {to} min on the line"),
        (from, to) => format!("{from} to {to} min on the line"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::change::tests::draft;
    use super::*;
    use domain::fax::{Cover, FaxRecipient};
    use domain::phone_number::PhoneNumber;
    use jiff::tz::TimeZone;

    fn now() -> Now {
        Now {
            at: "2026-11-17T15:00:00Z".parse().unwrap(),
            zone: TimeZone::UTC,
        }
    }

    fn ready() -> FaxDraft {
        let to = FaxRecipient {
            number: PhoneNumber {
                e164: None,
                formatted: "(510) 555-0191".to_owned(),
                extension: None,
                region: None,
            },
            label: "Maria Lopez".to_owned(),
            contact: None,
            is_fax_number: true,
        };
        FaxDraft {
            to: vec![to],
            ..draft()
        }
    }

    fn against(draft: &FaxDraft, check: &FaxCheck) -> Option<String> {
        let known = Known {
            options: None,
            check: Some(check),
            is_adding: false,
        };
        obstacle(draft, known, &now())
    }

    #[test]
    fn pages_and_somebody_to_get_them_are_enough() {
        let fine = FaxCheck::default();
        assert_eq!(against(&ready(), &fine), None);
        assert!(against(&draft(), &fine).is_some_and(|words| words.contains("whom")));
        let empty = FaxDraft {
            pages: Vec::new(),
            ..ready()
        };
        assert!(against(&empty, &fine).is_some_and(|words| words.contains("faxed")));
        let only_cover = FaxDraft {
            cover: Cover {
                sheet: CoverSheet::Own,
                ..Cover::default()
            },
            ..empty
        };
        assert!(against(&only_cover, &fine).is_some_and(|words| words.contains("behind the cover")));
    }

    #[test]
    fn a_broken_file_is_named_and_must_go() {
        let mut draft = ready();
        draft.files[1].fault = Some("It is encrypted.".to_owned());
        assert_eq!(
            against(&draft, &FaxCheck::default()).as_deref(),
            Some("Remove quote.pdf: it cannot be sent.")
        );
    }

    #[test]
    fn a_note_counts_characters_and_only_where_it_is_sent() {
        let with = |sheet, count| FaxDraft {
            cover: Cover {
                sheet,
                note: "ä".repeat(count),
                subject: String::new(),
            },
            ..ready()
        };
        let fine = FaxCheck::default();
        assert_eq!(against(&with(CoverSheet::Own, 1_024), &fine), None);
        assert_eq!(
            against(&with(CoverSheet::RingCentral { index: 1 }, 1_025), &fine).as_deref(),
            Some("The note on the cover sheet is 1 character too long.")
        );
        assert_eq!(against(&with(CoverSheet::None, 2_000), &fine), None);
    }

    #[test]
    fn a_time_that_has_passed_is_refused() {
        let at = |text: &str| FaxDraft {
            send_at: Some(text.parse().unwrap()),
            ..ready()
        };
        let fine = FaxCheck::default();
        assert!(against(&at("2026-11-17T14:59:00Z"), &fine).is_some());
        assert_eq!(against(&at("2026-11-17T15:30:00Z"), &fine), None);
    }

    #[test]
    fn a_problem_stands_in_the_way_and_a_hint_does_not() {
        let problem = FaxCheck {
            problems: vec!["A fax has 200 pages at most.".to_owned()],
            ..FaxCheck::default()
        };
        assert_eq!(
            against(&ready(), &problem).as_deref(),
            Some("A fax has 200 pages at most.")
        );
        let hint = FaxCheck {
            hints: vec![domain::fax::FaxHint {
                page: Some(0),
                words: "Very dark.".to_owned(),
            }],
            ..FaxCheck::default()
        };
        assert_eq!(against(&ready(), &hint), None);
    }

    #[test]
    fn the_summary_says_pages_size_and_time() {
        let check = FaxCheck {
            page_count: Some(12),
            size_bytes: 3_100_000,
            minutes: Some((9, 14)),
            ..FaxCheck::default()
        };
        assert_eq!(
            summary(&ready(), Some(&check)),
            "12 pages · 3.1 MB · 9 to 14 min on the line"
        );
    }

    #[test]
    fn pages_that_only_ringcentral_can_count_are_not_made_up() {
        let mut draft = ready();
        draft.files[1].kind = FaxFileKind::ConvertedByRingCentral;
        let check = FaxCheck {
            size_bytes: 48_000,
            ..FaxCheck::default()
        };
        assert_eq!(
            summary(&draft, Some(&check)),
            "2 pages and 1 document to be converted · 48 kB"
        );
    }

    #[test]
    fn one_that_was_begun_is_known_again_by_people_and_files() {
        assert_eq!(
            begun(&ready()),
            "To Maria Lopez · plans.pdf and 1 other file · 3 pages"
        );
    }
}
