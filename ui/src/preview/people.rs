//! People to talk to. All invented, with numbers from the range that is reserved for fiction.

use domain::contact::{Contact, ContactKind, ContactNumber, ContactSource, NumberLabel};
use domain::ids::ContactId;
use domain::phone_number::{E164, PhoneNumber};

/// Name, company, job, area code, last four digits, region.
type Line = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

const OUTSIDE: &[Line] = &[
    ("Maria Lopez", "Ironline Builders", "Site manager", "510", "0147"),
    ("Ed Bauer", "Bauer & Sons Concrete", "Owner", "510", "0188"),
    (
        "Priya Natarajan",
        "Westbay Structures",
        "Project engineer",
        "415",
        "0163",
    ),
    ("Halvorsen Engineering", "", "", "925", "0110"),
    ("Luis Ferrer", "Ferrer Foundations", "Foreman", "408", "0121"),
    ("Grace Okafor", "Okafor Masonry", "Estimator", "510", "0199"),
    (
        "Tomás Villanueva-Echeverría",
        "Villanueva Post-Tension & Reinforcing Specialists",
        "Superintendent",
        "707",
        "0135",
    ),
    (
        "Hannah Weiss",
        "Contra Costa Permits",
        "Plan checker",
        "925",
        "0172",
    ),
    (
        "Dmitri Sokolov",
        "Sokolov Crane Service",
        "Dispatcher",
        "510",
        "0116",
    ),
    ("June Park", "Park & Lane Architects", "Architect", "415", "0154"),
    ("Marcus Bell", "Bell Ready Mix", "Sales", "510", "0139"),
    (
        "Aiko Tanaka",
        "Bayfront Development",
        "Owner's representative",
        "650",
        "0181",
    ),
];

const TEAM: &[(&str, &str, &str)] = &[
    ("Sam Ortiz", "104", "Estimator"),
    ("Rosa Tran", "105", "Dispatch"),
    ("Tom Lee", "107", "Yard"),
    ("Vera Sandoval", "102", "Office"),
    ("Dana Kim", "101", "Owner"),
    ("Jonas Petersen", "108", "Estimator"),
    ("Mei-Ling Brandt", "109", "Estimator"),
    ("Carlos Wu", "110", "Dispatch"),
    ("Amara Nwosu", "111", "Reception"),
    (
        "Theodora Lindqvist-Papadopoulos",
        "112",
        "Accounts receivable and credit control",
    ),
    ("Victor Silva", "113", "Yard"),
    ("Bea Marsh", "114", "Service"),
    ("Omar Haddad", "115", "Service"),
];

/// Everyone, those outside first.
pub(super) fn contacts() -> Vec<Contact> {
    let outside = OUTSIDE.iter().map(|(name, company, job, area, last)| {
        let mut contact = blank(name, ContactKind::External);
        contact.company = Some((*company).to_owned()).filter(|company| !company.is_empty());
        contact.job_title = Some((*job).to_owned()).filter(|job| !job.is_empty());
        contact.numbers = vec![ContactNumber {
            label: NumberLabel::Mobile,
            number: number(area, last),
        }];
        contact
    });
    let team = TEAM.iter().map(|(name, extension, job)| {
        let mut contact = blank(name, ContactKind::TeamMember);
        contact.company = Some("Bay City Rebar".to_owned());
        contact.job_title = Some((*job).to_owned());
        contact.extension = Some((*extension).to_owned());
        contact.sources = vec![ContactSource::Directory];
        contact
    });
    let mut all: Vec<Contact> = outside.chain(team).collect();
    for (index, contact) in all.iter_mut().enumerate() {
        contact.id = ContactId(i64::try_from(index).unwrap_or(0) + 1);
    }
    if let Some(maria) = all.first_mut() {
        maria.numbers.push(ContactNumber {
            label: NumberLabel::Work,
            number: number("510", "0190"),
        });
        maria.numbers.push(ContactNumber {
            label: NumberLabel::Fax,
            number: number("510", "0191"),
        });
        maria.notes = "Prefers text before 8. PO numbers start with IL-.".to_owned();
        maria.emails = vec!["maria@ironline.example".to_owned()];
        maria.tags = vec!["customer".to_owned(), "net 30".to_owned()];
    }
    all
}

/// A number as the core would hand it over.
pub(super) fn number(area: &str, last: &str) -> PhoneNumber {
    PhoneNumber {
        e164: E164::new(format!("+1{area}555{last}")).ok(),
        formatted: format!("({area}) 555-{last}"),
        extension: None,
        region: Some(region(area).to_owned()),
    }
}

fn region(area: &str) -> &'static str {
    match area {
        "415" => "San Francisco, CA",
        "408" => "San Jose, CA",
        "650" => "Palo Alto, CA",
        "707" => "Santa Rosa, CA",
        "925" => "Concord, CA",
        _ => "Oakland, CA",
    }
}

pub(super) fn blank(name: &str, kind: ContactKind) -> Contact {
    let (first, last) = name.split_once(' ').unwrap_or((name, ""));
    Contact {
        id: ContactId(0),
        kind,
        name: name.to_owned(),
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        company: None,
        job_title: None,
        emails: Vec::new(),
        numbers: Vec::new(),
        tags: Vec::new(),
        notes: String::new(),
        extension: None,
        sources: vec![ContactSource::Csv],
        updated_at: super::history::now(),
    }
}
