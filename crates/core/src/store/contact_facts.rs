//! A contact as it is stored, free of what can be computed from it.

use crate::numbers::{NumberingPlan, ParsedNumber};
use domain::contact::{Contact, ContactKind, ContactNumber, ContactRef, ContactSource, NumberLabel};
use domain::ids::ContactId;
use domain::phone_number::E164;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Everything that somebody or some source said about a contact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContactFacts {
    pub kind: ContactKind,
    pub first_name: String,
    pub last_name: String,
    pub company: String,
    pub job_title: String,
    pub notes: String,
    pub extension: Option<String>,
    pub numbers: Vec<NumberFacts>,
    pub emails: Vec<String>,
    pub tags: Vec<String>,
    pub sources: Vec<SourceLink>,
}

/// A number of a contact: as it was written, and in comparable form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberFacts {
    pub label: NumberLabel,
    pub raw: String,
    pub e164: Option<E164>,
    pub extension: Option<String>,
}

/// Where a contact came from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SourceLink {
    pub source: ContactSource,
    /// `None` for sources without ids of their own.
    pub remote_id: Option<String>,
    /// What the source said last.
    pub snapshot: Option<serde_json::Value>,
}

/// A stored contact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeldContact {
    pub id: ContactId,
    /// Grows with every change.
    pub revision: i64,
    pub updated_at: Timestamp,
    pub facts: ContactFacts,
}

impl ContactFacts {
    /// A contact of which nothing is known yet.
    pub fn new(kind: ContactKind) -> Self {
        Self {
            kind,
            first_name: String::new(),
            last_name: String::new(),
            company: String::new(),
            job_title: String::new(),
            notes: String::new(),
            extension: None,
            numbers: Vec::new(),
            emails: Vec::new(),
            tags: Vec::new(),
            sources: Vec::new(),
        }
    }

    /// First and last name, else the company, else the first number, else the first address.
    pub fn name(&self) -> String {
        let person = self.person_name();
        let rest = [
            Some(person.as_str()),
            Some(self.company.as_str()),
            self.numbers.first().map(|number| number.raw.as_str()),
            self.emails.first().map(String::as_str),
            self.extension.as_deref(),
        ];
        rest.into_iter()
            .flatten()
            .find(|name| !name.trim().is_empty())
            .unwrap_or("No name")
            .to_owned()
    }

    /// First and last name as one; empty when there is neither.
    pub fn person_name(&self) -> String {
        [self.first_name.trim(), self.last_name.trim()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Adds a link to a source unless it is there.
    pub fn add_source(&mut self, source: ContactSource) {
        if !self.sources.iter().any(|link| link.source == source) {
            self.sources.push(SourceLink {
                source,
                remote_id: None,
                snapshot: None,
            });
        }
    }

    /// Adds a number unless the contact has it.
    pub fn add_number(&mut self, number: NumberFacts) -> bool {
        let is_known = self.numbers.iter().any(|known| known.is_same(&number));
        if !is_known {
            self.numbers.push(number);
        }
        !is_known
    }

    /// What names are sorted by: lower case, without accents.
    pub(super) fn sort_key(&self) -> String {
        folded(&self.name())
    }

    /// Addresses and tags in one line, to be searched.
    pub(super) fn keywords(&self) -> String {
        self.emails
            .iter()
            .chain(&self.tags)
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" ")
    }
}

impl NumberFacts {
    /// Understands a number as somebody wrote it.
    pub fn read(label: NumberLabel, raw: &str, plan: NumberingPlan) -> Self {
        let (e164, extension) = match plan.parse(raw) {
            ParsedNumber::Number { e164, extension } => (Some(e164), extension),
            _ => (None, None),
        };
        Self {
            label,
            raw: raw.trim().to_owned(),
            e164,
            extension,
        }
    }

    /// The same number, however it is written and labelled.
    pub fn is_same(&self, other: &Self) -> bool {
        match (&self.e164, &other.e164) {
            (Some(one), Some(two)) => one == two && self.extension == other.extension,
            (None, None) => self.raw == other.raw,
            _ => false,
        }
    }
}

impl HeldContact {
    /// As the window shows it.
    pub fn into_contact(self, plan: NumberingPlan) -> Contact {
        let name = self.facts.name();
        let facts = self.facts;
        let mut sources: Vec<ContactSource> = facts.sources.iter().map(|link| link.source).collect();
        sources.dedup();
        Contact {
            id: self.id,
            kind: facts.kind,
            name,
            first_name: facts.first_name,
            last_name: facts.last_name,
            company: Some(facts.company).filter(|company| !company.is_empty()),
            job_title: Some(facts.job_title).filter(|title| !title.is_empty()),
            emails: facts.emails,
            numbers: facts
                .numbers
                .into_iter()
                .map(|number| number.shown(plan))
                .collect(),
            tags: facts.tags,
            notes: facts.notes,
            extension: facts.extension,
            sources,
            updated_at: self.updated_at,
        }
    }

    /// Just enough to show it beside something else.
    pub fn to_ref(&self) -> ContactRef {
        ContactRef {
            id: self.id,
            name: self.facts.name(),
            company: Some(self.facts.company.clone()).filter(|company| !company.is_empty()),
            kind: self.facts.kind,
            extension: self.facts.extension.clone(),
        }
    }
}

impl NumberFacts {
    fn shown(self, plan: NumberingPlan) -> ContactNumber {
        let number = match &self.e164 {
            Some(e164) => plan.show(e164, self.extension.as_deref()),
            None => NumberingPlan::show_as_it_is(&self.raw),
        };
        ContactNumber {
            label: self.label,
            number,
        }
    }
}

/// Lower case without accents, so that `Émile` stands beside `Emil`.
pub(crate) fn folded(text: &str) -> String {
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect::<String>()
        .trim()
        .to_owned()
}
