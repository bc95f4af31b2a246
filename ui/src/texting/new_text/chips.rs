//! The people a text is for. Pure.

use crate::recipients::{Recipient, Suggestion, as_number, digits, is_same};
use domain::communication::Party;
use domain::contact::{Contact, ContactKind, NumberLabel};

/// RingCentral's limit of a group text (MSG-381; developers.ringcentral.com/guide/messaging/sms/sending-sms). The core holds to it.
pub(super) const MOST: usize = 10;
/// From so many digits on, what is typed is taken for part of a number.
const DIGITS_OF_A_PART: usize = 3;

/// Who goes with what was typed and is not there yet: a typed number first, then people with each of their numbers.
pub(super) fn suggestions(contacts: &[Contact], typed: &str, chosen: &[Recipient]) -> Vec<Suggestion> {
    let is_there = |number: &str| chosen.iter().any(|one| is_same(&one.number, number));
    let part = Some(digits(typed)).filter(|part| part.len() >= DIGITS_OF_A_PART);
    let people: Vec<Suggestion> = contacts
        .iter()
        .flat_map(|contact| contact.numbers.iter().map(move |number| (contact, number)))
        .filter(|(_, number)| number.label != NumberLabel::Fax)
        .filter(|(_, number)| {
            let lookup = number.number.to_look_up();
            !is_there(&lookup) && part.as_ref().is_none_or(|part| digits(&lookup).contains(part))
        })
        .map(|(contact, number)| {
            let company = contact.company.clone().filter(|company| *company != contact.name);
            let label = crate::format::names::number_label(number.label);
            let words = [company, Some(format!("{label} {}", number.number.formatted))];
            Suggestion {
                recipient: Recipient {
                    number: number.number.to_look_up(),
                    label: contact.name.clone(),
                },
                detail: words.into_iter().flatten().collect::<Vec<_>>().join(" · "),
                is_contact: true,
                colleague: (contact.kind == ContactKind::TeamMember).then_some(contact.id),
            }
        })
        .collect();
    let is_known = |number: &str| people.iter().any(|one| is_same(&one.recipient.number, number));
    let own = as_number(typed)
        .filter(|typed| !is_there(&typed.number) && !is_known(&typed.number))
        .map(|recipient| Suggestion {
            recipient,
            detail: "Text this number".to_owned(),
            is_contact: false,
            colleague: None,
        });
    own.into_iter().chain(people).collect()
}

/// The same people by the names that the core knows for their numbers.
pub(super) fn named(chosen: &[Recipient], to: &[Party]) -> Vec<Recipient> {
    let name = |one: &Recipient| {
        let party = to.iter().find(|party| {
            let number = party.number.as_ref();
            number.is_some_and(|number| is_same(&number.to_look_up(), &one.number))
        });
        party.map_or_else(|| one.label.clone(), |party| party.label.clone())
    };
    chosen
        .iter()
        .map(|one| Recipient {
            number: one.number.clone(),
            label: name(one),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::contact::ContactNumber;
    use domain::ids::ContactId;
    use domain::phone_number::{E164, PhoneNumber};

    fn number(e164: &str, formatted: &str) -> PhoneNumber {
        PhoneNumber {
            e164: E164::new(e164).ok(),
            formatted: formatted.to_owned(),
            extension: None,
            region: None,
        }
    }

    fn maria() -> Contact {
        let line = |label, number| ContactNumber { label, number };
        Contact {
            id: ContactId(1),
            kind: ContactKind::External,
            name: "Maria Lopez".to_owned(),
            first_name: "Maria".to_owned(),
            last_name: "Lopez".to_owned(),
            company: Some("Ironline".to_owned()),
            job_title: None,
            emails: Vec::new(),
            numbers: vec![
                line(NumberLabel::Mobile, number("+15105550147", "(510) 555-0147")),
                line(NumberLabel::Work, number("+15105550190", "(510) 555-0190")),
                line(NumberLabel::Fax, number("+15105550191", "(510) 555-0191")),
            ],
            tags: Vec::new(),
            notes: String::new(),
            extension: None,
            sources: Vec::new(),
            updated_at: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    fn details(typed: &str, chosen: &[Recipient]) -> Vec<String> {
        suggestions(&[maria()], typed, chosen)
            .into_iter()
            .map(|one| one.detail)
            .collect()
    }

    #[test]
    fn every_number_that_can_get_texts_is_offered_and_no_fax() {
        assert_eq!(
            details("maria", &[]),
            [
                "Ironline · mobile (510) 555-0147",
                "Ironline · work (510) 555-0190"
            ]
        );
        assert_eq!(details("555 0190", &[]), ["Ironline · work (510) 555-0190"]);
    }

    #[test]
    fn who_is_there_is_not_offered_again_however_the_number_is_written() {
        let there = [Recipient::typed("510-555-0147")];
        assert_eq!(details("maria", &there), ["Ironline · work (510) 555-0190"]);
        assert_eq!(details("(510) 555-0147", &there), [""; 0]);
    }

    #[test]
    fn a_whole_number_is_offered_as_it_was_typed() {
        assert_eq!(details("415 555 0132", &[]), ["Text this number"]);
    }

    #[test]
    fn a_typed_number_is_shown_by_the_name_that_is_known_for_it() {
        let party = Party {
            label: "Maria Lopez".to_owned(),
            number: Some(number("+15105550147", "(510) 555-0147")),
            caller_id_name: None,
            contact: None,
        };
        let shown = named(&[Recipient::typed("510-555-0147")], &[party]);
        assert_eq!(shown[0].label, "Maria Lopez");
    }
}
