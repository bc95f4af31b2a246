//! Entries of the company directory and of the address book, as contacts.

use super::present;
use crate::contacts::sources::SourceContact;
use domain::contact::{ContactKind, NumberDraft, NumberLabel};
use ringcentral::api::address_book::PersonalContact;
use ringcentral::api::directory::{DirectoryEntry, DirectoryPhoneNumber};
use ringcentral::api::{ExtensionStatus, ExtensionType};

/// An entry of the directory; `None` for what nobody talks to, such as menus and announcements.
pub fn directory_entry(entry: &DirectoryEntry) -> Option<SourceContact> {
    let kind = contact_kind(entry.kind.as_ref())?;
    let is_in_use = matches!(
        entry.status,
        None | Some(ExtensionStatus::Enabled | ExtensionStatus::NotActivated)
    );
    if entry.is_hidden || !is_in_use {
        return None;
    }
    // Queues have a name, people a first and a last one.
    let first_name = present(entry.first_name.as_ref()).or_else(|| present(entry.name.as_ref()));
    let numbers = entry
        .phone_numbers
        .iter()
        .filter(|number| !number.is_hidden)
        .filter_map(directory_number);
    Some(SourceContact {
        remote_id: entry.id.as_str().to_owned(),
        kind,
        first_name: first_name.unwrap_or_default(),
        last_name: present(entry.last_name.as_ref()).unwrap_or_default(),
        company: String::new(),
        job_title: present(entry.job_title.as_ref())
            .or(present(entry.department.as_ref()))
            .unwrap_or_default(),
        notes: String::new(),
        department: present(entry.department.as_ref()),
        extension: present(entry.extension_number.as_ref()).filter(|_| kind != ContactKind::External),
        numbers: numbers.collect(),
        emails: present(entry.email.as_ref()).into_iter().collect(),
    })
}

/// A contact of the signed-in person's address book.
pub fn personal_contact(contact: &PersonalContact) -> SourceContact {
    let first_name = [&contact.first_name, &contact.middle_name]
        .into_iter()
        .filter_map(|name| present(name.as_ref()))
        .collect::<Vec<_>>()
        .join(" ");
    let labelled = [
        (NumberLabel::Mobile, &contact.mobile_phone),
        (NumberLabel::Work, &contact.business_phone),
        (NumberLabel::Work, &contact.business_phone2),
        (NumberLabel::Main, &contact.company_phone),
        (NumberLabel::Home, &contact.home_phone),
        (NumberLabel::Home, &contact.home_phone2),
        (NumberLabel::Fax, &contact.business_fax),
        (NumberLabel::Fax, &contact.other_fax),
        (NumberLabel::Other, &contact.other_phone),
        (NumberLabel::Other, &contact.car_phone),
        (NumberLabel::Other, &contact.assistant_phone),
        (NumberLabel::Other, &contact.callback_phone),
    ];
    let nick_name = present(contact.nick_name.as_ref()).filter(|_| first_name.is_empty());
    SourceContact {
        remote_id: contact.id.as_str().to_owned(),
        kind: ContactKind::External,
        first_name: nick_name.unwrap_or(first_name),
        last_name: present(contact.last_name.as_ref()).unwrap_or_default(),
        company: present(contact.company.as_ref()).unwrap_or_default(),
        job_title: present(contact.job_title.as_ref()).unwrap_or_default(),
        notes: contact.notes.clone().unwrap_or_default(),
        department: None,
        extension: None,
        numbers: labelled
            .into_iter()
            .filter_map(|(label, number)| {
                Some(NumberDraft {
                    label,
                    number: present(number.as_ref())?,
                })
            })
            .collect(),
        emails: [&contact.email, &contact.email2, &contact.email3]
            .into_iter()
            .filter_map(|email| present(email.as_ref()))
            .collect(),
    }
}

fn contact_kind(kind: Option<&ExtensionType>) -> Option<ContactKind> {
    match kind? {
        ExtensionType::User
        | ExtensionType::DigitalUser
        | ExtensionType::VirtualUser
        | ExtensionType::FaxUser
        | ExtensionType::Limited
        | ExtensionType::Room => Some(ContactKind::TeamMember),
        ExtensionType::Department | ExtensionType::SharedLinesGroup | ExtensionType::Voicemail => {
            Some(ContactKind::Queue)
        }
        // Not one of the kinds of extension: the directory uses it for people outside the account.
        ExtensionType::Unknown(word) if word.eq_ignore_ascii_case("External") => Some(ContactKind::External),
        _ => None,
    }
}

fn directory_number(number: &DirectoryPhoneNumber) -> Option<NumberDraft> {
    let said = |word: &Option<String>| word.as_deref().unwrap_or_default().to_ascii_lowercase();
    let kind = said(&number.kind);
    let word = format!("{} {kind}", said(&number.usage_type));
    let label = match word.as_str() {
        // `VoiceFax` takes both, and somebody picks up.
        _ if word.contains("fax") && !kind.contains("voice") => NumberLabel::Fax,
        _ if word.contains("mobile") || word.contains("cell") => NumberLabel::Mobile,
        _ if word.contains("home") => NumberLabel::Home,
        _ if word.contains("company") || word.contains("main") => NumberLabel::Main,
        _ if ["business", "direct", "work", "contact"]
            .iter()
            .any(|known| word.contains(known)) =>
        {
            NumberLabel::Work
        }
        _ => NumberLabel::Other,
    };
    Some(NumberDraft {
        label,
        number: present(number.phone_number.as_ref())?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn entry(value: serde_json::Value) -> Option<SourceContact> {
        directory_entry(&serde_json::from_value(value).unwrap())
    }

    #[test]
    fn people_and_queues_of_the_directory_become_contacts_and_menus_do_not() {
        let person = entry(
            json!({ "id": 1, "type": "User", "firstName": "Ana", "lastName": "Ruiz", "extensionNumber": "104",
            "status": "Enabled", "phoneNumbers": [{ "phoneNumber": "+15105550104", "type": "DirectNumber" },
                { "phoneNumber": "+15105550199", "type": "BusinessFax", "hidden": true }] }),
        )
        .unwrap();
        assert_eq!(
            (person.kind, person.extension.as_deref()),
            (ContactKind::TeamMember, Some("104"))
        );
        assert_eq!(
            person.numbers,
            [NumberDraft {
                label: NumberLabel::Work,
                number: "+15105550104".into()
            }]
        );
        let queue =
            entry(json!({ "id": 2, "type": "Department", "name": "Sales", "extensionNumber": "300" }))
                .unwrap();
        assert_eq!(
            (queue.kind, queue.first_name.as_str()),
            (ContactKind::Queue, "Sales")
        );
        assert_eq!(
            entry(json!({ "id": 3, "type": "IvrMenu", "name": "Main menu" })),
            None
        );
        assert_eq!(
            entry(json!({ "id": 4, "type": "User", "status": "Disabled" })),
            None
        );
    }

    #[test]
    fn a_number_for_calls_and_faxes_is_no_fax_number() {
        let numbers = [
            ("DirectNumber", "FaxOnly"),
            ("DirectNumber", "VoiceFax"),
            ("MobileNumber", "VoiceOnly"),
            ("MainCompanyNumber", "VoiceFax"),
        ];
        let numbers: Vec<_> = numbers
            .iter()
            .zip(1..)
            .map(|((usage, kind), index)| {
                json!({ "phoneNumber": format!("+1510555010{index}"), "usageType": usage, "type": kind })
            })
            .collect();
        let person = entry(
            json!({ "id": 1, "type": "User", "firstName": "Ana", "phoneNumbers": numbers,
            "department": "Office" }),
        )
        .unwrap();
        let labels: Vec<_> = person.numbers.iter().map(|number| number.label).collect();
        let expected = [
            NumberLabel::Fax,
            NumberLabel::Work,
            NumberLabel::Mobile,
            NumberLabel::Main,
        ];
        assert_eq!(labels, expected);
        assert_eq!(person.department.as_deref(), Some("Office"));
    }

    #[test]
    fn every_number_of_an_address_book_entry_is_kept_with_what_it_is_for() {
        let contact = json!({ "id": "9", "nickName": "Mo", "company": "Yard", "mobilePhone": "+15105550147",
            "businessFax": "+15105550148", "homePhone": " ", "email2": "mo@yard.example" });
        let contact = personal_contact(&serde_json::from_value(contact).unwrap());
        assert_eq!((contact.first_name.as_str(), contact.emails.len()), ("Mo", 1));
        let labels: Vec<_> = contact.numbers.iter().map(|number| number.label).collect();
        assert_eq!(labels, [NumberLabel::Mobile, NumberLabel::Fax]);
    }
}
