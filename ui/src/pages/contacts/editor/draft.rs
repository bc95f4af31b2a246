//! What the form holds, and how it becomes what is stored.

use domain::contact::{Contact, ContactDraft, NumberDraft, NumberLabel};

/// The form filled with a stored contact.
pub(crate) fn of(contact: &Contact) -> ContactDraft {
    ContactDraft {
        first_name: contact.first_name.clone(),
        last_name: contact.last_name.clone(),
        company: contact.company.clone().unwrap_or_default(),
        job_title: contact.job_title.clone().unwrap_or_default(),
        emails: contact.emails.clone(),
        numbers: contact
            .numbers
            .iter()
            .map(|entry| NumberDraft {
                label: entry.label,
                number: entry.number.formatted.clone(),
            })
            .collect(),
        tags: contact.tags.clone(),
        notes: contact.notes.clone(),
    }
}

/// There is always a line to type a number into.
pub(crate) fn with_a_number_to_fill(mut draft: ContactDraft) -> ContactDraft {
    if draft.numbers.is_empty() {
        draft.numbers.push(NumberDraft {
            label: NumberLabel::Mobile,
            number: String::new(),
        });
    }
    draft
}

/// Parts between commas. Spaces stay while somebody types; [`tidy`] takes them away.
pub(crate) fn split(text: &str) -> Vec<String> {
    if text.is_empty() {
        Vec::new()
    } else {
        text.split(',').map(|part| part.trim_start().to_owned()).collect()
    }
}

/// Without blanks around and without lines left empty.
pub(crate) fn tidy(draft: ContactDraft) -> ContactDraft {
    let words = |all: Vec<String>| {
        all.into_iter()
            .map(|part| part.trim().to_owned())
            .filter(|part| !part.is_empty())
            .collect()
    };
    ContactDraft {
        first_name: draft.first_name.trim().to_owned(),
        last_name: draft.last_name.trim().to_owned(),
        company: draft.company.trim().to_owned(),
        job_title: draft.job_title.trim().to_owned(),
        emails: words(draft.emails),
        numbers: draft
            .numbers
            .into_iter()
            .map(|entry| NumberDraft {
                number: entry.number.trim().to_owned(),
                ..entry
            })
            .filter(|entry| !entry.number.is_empty())
            .collect(),
        tags: words(draft.tags),
        notes: draft.notes.trim().to_owned(),
    }
}

/// Nothing to know a contact by.
pub(crate) fn is_empty(draft: &ContactDraft) -> bool {
    draft.first_name.is_empty()
        && draft.last_name.is_empty()
        && draft.company.is_empty()
        && draft.numbers.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_left_empty_are_not_stored() {
        let draft = ContactDraft {
            first_name: " Maria ".into(),
            emails: vec!["m@example.com ".into(), String::new()],
            numbers: vec![NumberDraft {
                label: NumberLabel::Fax,
                number: "  ".into(),
            }],
            ..ContactDraft::default()
        };
        let tidied = tidy(draft);
        assert_eq!(tidied.first_name, "Maria");
        assert_eq!(tidied.emails, ["m@example.com"]);
        assert!(tidied.numbers.is_empty());
    }

    #[test]
    fn a_note_alone_makes_no_contact() {
        assert!(is_empty(&ContactDraft {
            notes: "Prefers text".into(),
            ..ContactDraft::default()
        }));
        assert!(!is_empty(&ContactDraft {
            company: "Ironline".into(),
            ..ContactDraft::default()
        }));
    }

    #[test]
    fn typing_a_comma_begins_the_next_part() {
        assert_eq!(split("customer,"), ["customer", ""]);
        assert_eq!(split("customer, Oak"), ["customer", "Oak"]);
        assert!(split("").is_empty());
    }
}
