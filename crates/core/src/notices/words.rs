//! The words of a notice.
//!
//! In privacy mode neither names nor numbers nor message text appear: only what kind of thing has come. It decides
//! nothing about whether a notice appears.

use super::NoticeKind;
use domain::call::DialledLine;
use domain::communication::{Party, Transcript};

/// Title and body.
pub(super) type Words = (String, String);

/// As much of a text or transcript as a notice can hold.
const MOST_LETTERS: usize = 160;

pub(super) fn incoming_call(party: &Party, line: &DialledLine, hides_names: bool) -> Words {
    if hides_names {
        return ("Incoming call".to_owned(), String::new());
    }
    (who(party), format!("Calling {}", line.name))
}

pub(super) fn missed_call(party: &Party, line: Option<&str>, hides_names: bool) -> Words {
    if hides_names {
        return ("Missed call".to_owned(), String::new());
    }
    let on = line.map(|line| format!("On {line}")).unwrap_or_default();
    (format!("Missed call from {}", who(party)), on)
}

pub(super) fn text(party: &Party, others: usize, text: &str, hides_names: bool) -> Words {
    if hides_names {
        return ("New text".to_owned(), String::new());
    }
    let title = match others {
        0 => who(party),
        1 => format!("{} and 1 other", who(party)),
        _ => format!("{} and {others} others", who(party)),
    };
    let body = if text.trim().is_empty() {
        "Sent a picture or file".to_owned()
    } else {
        shorten(text)
    };
    (title, body)
}

pub(super) fn voicemail(party: &Party, seconds: u32, transcript: &Transcript, hides_names: bool) -> Words {
    if hides_names {
        return ("New voicemail".to_owned(), String::new());
    }
    let length = format!("{}:{:02}", seconds / 60, seconds % 60);
    let body = match transcript {
        Transcript::Ready { text, .. } if !text.trim().is_empty() => shorten(text),
        _ => format!("{length} long"),
    };
    (format!("Voicemail from {}", who(party)), body)
}

pub(super) fn fax(party: &Party, pages: u32, hides_names: bool) -> Words {
    if hides_names {
        return ("New fax".to_owned(), String::new());
    }
    let pages = match pages {
        0 => String::new(),
        1 => "1 page".to_owned(),
        _ => format!("{pages} pages"),
    };
    (format!("Fax from {}", who(party)), pages)
}

/// How a fax of ours ended.
pub(super) fn sent_fax(party: &Party, failure: Option<&str>, hides_names: bool) -> Words {
    match (failure, hides_names) {
        (None, true) => ("A fax was sent".to_owned(), String::new()),
        (Some(_), true) => ("A fax could not be sent".to_owned(), String::new()),
        (None, false) => (format!("Fax to {} sent", who(party)), String::new()),
        (Some(reason), false) => (format!("Fax to {} failed", who(party)), shorten(reason)),
    }
}

/// A fax of ours that never left.
pub(super) fn unsent_fax(party: &Party, others: usize, reason: &str, hides_names: bool) -> Words {
    let (title, body) = sent_fax(party, Some(reason), hides_names);
    let title = match others {
        _ if hides_names => title,
        0 => title,
        1 => format!("Fax to {} and 1 other failed", who(party)),
        _ => format!("Fax to {} and {others} others failed", who(party)),
    };
    (title, body)
}

/// Names nobody, so privacy mode needs no other words.
pub(super) fn several(kinds: &[NoticeKind]) -> Words {
    let counted: Vec<String> = [
        (NoticeKind::MissedCall, "missed call", "missed calls"),
        (NoticeKind::Text, "text", "texts"),
        (NoticeKind::Voicemail, "voicemail", "voicemails"),
        (NoticeKind::Fax, "fax", "faxes"),
    ]
    .into_iter()
    .filter_map(
        |(kind, one, many)| match kinds.iter().filter(|known| **known == kind).count() {
            0 => None,
            1 => Some(format!("1 {one}")),
            count => Some(format!("{count} {many}")),
        },
    )
    .collect();
    (format!("{} new items", kinds.len()), counted.join(", "))
}

pub(super) fn test() -> Words {
    (
        "Notices work".to_owned(),
        "This is how a new text, voicemail or call will be announced.".to_owned(),
    )
}

/// The name with the company, which a receptionist wants to know first.
fn who(party: &Party) -> String {
    match party
        .contact
        .as_ref()
        .and_then(|contact| contact.company.as_deref())
    {
        Some(company) if !company.is_empty() && company != party.label => {
            format!("{}, {company}", party.label)
        }
        _ => party.label.clone(),
    }
}

fn shorten(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= MOST_LETTERS {
        return line;
    }
    let mut short: String = line.chars().take(MOST_LETTERS - 1).collect();
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::contact::{ContactKind, ContactRef};
    use domain::ids::ContactId;

    fn maria() -> Party {
        Party {
            label: "Maria Lopez".to_owned(),
            number: None,
            caller_id_name: None,
            contact: Some(ContactRef {
                id: ContactId(1),
                name: "Maria Lopez".to_owned(),
                company: Some("Bay Rebar".to_owned()),
                kind: ContactKind::External,
                extension: None,
            }),
        }
    }

    #[test]
    fn privacy_mode_names_nobody_and_shows_no_text() {
        let line = DialledLine {
            name: "Sales".to_owned(),
            number: None,
            is_queue: true,
        };
        let transcript = Transcript::Ready {
            text: "call me".to_owned(),
            is_partial: false,
            by: domain::transcription::TranscriberKind::RingCentral,
        };
        for (title, body) in [
            incoming_call(&maria(), &line, true),
            missed_call(&maria(), Some("Sales"), true),
            text(&maria(), 2, "the price is 400", true),
            voicemail(&maria(), 12, &transcript, true),
            fax(&maria(), 3, true),
            sent_fax(&maria(), Some("Maria’s line was busy."), true),
            unsent_fax(&maria(), 2, "Maria’s number is no fax number.", true),
        ] {
            assert!(!title.contains("Maria") && !title.contains("Sales"), "{title}");
            assert_eq!(body, "");
        }
    }

    #[test]
    fn a_caller_is_named_with_the_company() {
        let (title, _) = missed_call(&maria(), None, false);
        assert_eq!(title, "Missed call from Maria Lopez, Bay Rebar");
    }

    #[test]
    fn a_long_text_is_cut_between_letters_not_bytes() {
        let (_, body) = text(&maria(), 0, &"ä ".repeat(500), false);
        assert_eq!(body.chars().count(), MOST_LETTERS);
        assert!(body.ends_with('…'));
    }

    #[test]
    fn a_group_text_says_how_many_others_there_are() {
        assert_eq!(
            text(&maria(), 1, "hi", false).0,
            "Maria Lopez, Bay Rebar and 1 other"
        );
        assert_eq!(
            text(&maria(), 3, "hi", false).0,
            "Maria Lopez, Bay Rebar and 3 others"
        );
    }
}
