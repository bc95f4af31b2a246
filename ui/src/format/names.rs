//! Who somebody is, in one line.

use domain::communication::Party;
use domain::contact::{ContactKind, ContactRef, NumberLabel};

/// A name with what tells namesakes apart: company, extension or region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Title {
    pub name: String,
    pub detail: Option<String>,
}

/// The other side of a communication.
pub(crate) fn title(party: &Party) -> Title {
    let detail = match &party.contact {
        Some(contact) => belongs_to(contact),
        None => party.number.as_ref().and_then(|number| number.region.clone()),
    };
    Title {
        name: party.label.clone(),
        detail,
    }
}

/// `Ironline Builders`, `Ext 104`.
pub(crate) fn belongs_to(contact: &ContactRef) -> Option<String> {
    match (contact.kind, &contact.extension) {
        (ContactKind::TeamMember | ContactKind::Queue, Some(extension)) => Some(format!("Ext {extension}")),
        _ => contact.company.clone().filter(|company| *company != contact.name),
    }
}

/// Several people in a few words: `Maria Lopez`, `Maria Lopez and Luis Ferrer`, `Maria Lopez and 2 others`.
pub(crate) fn all(people: &[Party]) -> String {
    match people {
        [] => "nobody".to_owned(),
        [one] => one.label.clone(),
        [first, second] => format!("{} and {}", first.label, second.label),
        [first, rest @ ..] => format!("{} and {} others", first.label, rest.len()),
    }
}

/// One or two letters for an avatar; `#` for a bare number, `?` when there is nothing to show.
pub(crate) fn initials(party: &Party) -> String {
    match (&party.contact, &party.number) {
        (Some(contact), _) => initials_of(&contact.name),
        (None, Some(_)) => "#".to_owned(),
        (None, None) => "?".to_owned(),
    }
}

/// `ML` for Maria Lopez, `HE` for Halvorsen Engineering, `W` for Westbay.
pub(crate) fn initials_of(name: &str) -> String {
    let mut words = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
    let first = words.next();
    let last = words.next_back();
    let letters: String = first
        .into_iter()
        .chain(last)
        .flat_map(char::to_uppercase)
        .collect();
    if letters.is_empty() {
        "#".to_owned()
    } else {
        letters
    }
}

/// Which of eight quiet colours an avatar has; the same name always has the same.
pub(crate) fn hue(name: &str) -> u8 {
    let sum = name
        .bytes()
        .fold(5381_u32, |sum, byte| sum.wrapping_mul(33) ^ u32::from(byte));
    u8::try_from(sum % 8).unwrap_or(0)
}

/// `mobile`, `work`.
pub(crate) fn number_label(label: NumberLabel) -> &'static str {
    match label {
        NumberLabel::Mobile => "mobile",
        NumberLabel::Work => "work",
        NumberLabel::Home => "home",
        NumberLabel::Main => "main",
        NumberLabel::Fax => "fax",
        NumberLabel::Other => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::ContactId;
    use domain::phone_number::PhoneNumber;

    fn contact(kind: ContactKind, name: &str, company: Option<&str>, extension: Option<&str>) -> ContactRef {
        ContactRef {
            id: ContactId(1),
            name: name.to_owned(),
            company: company.map(str::to_owned),
            kind,
            extension: extension.map(str::to_owned),
        }
    }

    #[test]
    fn initials_take_the_first_and_the_last_word() {
        assert_eq!(initials_of("Maria Lopez"), "ML");
        assert_eq!(initials_of("Ana de la Cruz"), "AC");
        assert_eq!(initials_of("westbay"), "W");
        assert_eq!(initials_of("Émile (Concrete)"), "ÉC");
        assert_eq!(initials_of("  "), "#");
    }

    #[test]
    fn a_colleague_is_told_by_extension_and_others_by_company() {
        let colleague = contact(
            ContactKind::TeamMember,
            "Sam Ortiz",
            Some("Bay Rebar"),
            Some("104"),
        );
        assert_eq!(belongs_to(&colleague).as_deref(), Some("Ext 104"));
        let customer = contact(ContactKind::External, "Maria Lopez", Some("Ironline"), None);
        assert_eq!(belongs_to(&customer).as_deref(), Some("Ironline"));
    }

    #[test]
    fn a_company_is_not_named_twice() {
        assert_eq!(
            belongs_to(&contact(ContactKind::External, "Westbay", Some("Westbay"), None)),
            None
        );
    }

    #[test]
    fn an_unknown_number_is_told_by_its_region() {
        let number = PhoneNumber {
            e164: None,
            formatted: "(415) 555-0132".into(),
            extension: None,
            region: Some("San Francisco, CA".into()),
        };
        let party = Party {
            label: "(415) 555-0132".into(),
            number: Some(number),
            caller_id_name: None,
            contact: None,
        };
        assert_eq!(title(&party).detail.as_deref(), Some("San Francisco, CA"));
        assert_eq!(initials(&party), "#");
    }

    #[test]
    fn of_many_people_the_first_is_named() {
        let people = |names: &[&str]| {
            let people: Vec<Party> = names
                .iter()
                .map(|name| Party {
                    label: (*name).to_owned(),
                    number: None,
                    caller_id_name: None,
                    contact: None,
                })
                .collect();
            all(&people)
        };
        assert_eq!(people(&["Maria"]), "Maria");
        assert_eq!(people(&["Maria", "Luis"]), "Maria and Luis");
        assert_eq!(people(&["Maria", "Luis", "Ed"]), "Maria and 2 others");
    }
}
