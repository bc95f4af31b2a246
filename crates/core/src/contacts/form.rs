//! What a form, a file or a second contact makes of a contact. Pure.

use crate::numbers::{NumberingPlan, ParsedNumber};
use crate::store::{ContactFacts, NumberFacts, StoreError};
use domain::contact::{ContactDraft, ContactKind, NumberDraft};

/// Why a contact could not be stored.
#[derive(Debug, thiserror::Error)]
pub enum ContactError {
    /// What was typed or read makes no sense; the text says what and why, and quotes no number.
    #[error("{0}")]
    Invalid(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Puts what was typed over a contact; kind, extension and sources stay.
pub(super) fn read(
    draft: &ContactDraft,
    over: ContactFacts,
    plan: NumberingPlan,
) -> Result<ContactFacts, ContactError> {
    for number in &draft.numbers {
        if let ParsedNumber::Malformed(_) = plan.parse(&number.number) {
            return Err(ContactError::Invalid(format!(
                "The {} number is not a phone number. Write it with its area code, or leave it empty.",
                position(draft, number)
            )));
        }
    }
    let facts = facts(draft, over, plan);
    let is_named = [&facts.first_name, &facts.last_name, &facts.company]
        .iter()
        .any(|name| !name.is_empty());
    if !is_named && facts.numbers.is_empty() && facts.emails.is_empty() {
        return Err(ContactError::Invalid(
            "Give at least a name, a company, a number or an email.".to_owned(),
        ));
    }
    Ok(facts)
}

/// Takes a draft over as it is; numbers that are none are kept and match nobody.
pub(super) fn facts(draft: &ContactDraft, over: ContactFacts, plan: NumberingPlan) -> ContactFacts {
    let mut facts = ContactFacts {
        first_name: tidy(&draft.first_name),
        last_name: tidy(&draft.last_name),
        company: tidy(&draft.company),
        job_title: tidy(&draft.job_title),
        notes: draft.notes.trim().to_owned(),
        numbers: Vec::new(),
        emails: Vec::new(),
        tags: Vec::new(),
        ..over
    };
    for NumberDraft { label, number } in &draft.numbers {
        if !number.trim().is_empty() {
            facts.add_number(NumberFacts::read(*label, number, plan));
        }
    }
    add_lines(&mut facts.emails, &draft.emails);
    add_lines(&mut facts.tags, &draft.tags);
    facts
}

/// One contact of two: `keep` wins where they differ, what only the other has is added.
pub(super) fn merged(keep: ContactFacts, other: ContactFacts) -> ContactFacts {
    let mut facts = enriched(keep, &other);
    if !other.notes.is_empty() && !facts.notes.contains(&other.notes) {
        facts.notes = format!("{}\n\n{}", facts.notes, other.notes);
    }
    if facts.extension.is_none() && other.extension.is_some() {
        facts.extension = other.extension;
    }
    if facts.kind == ContactKind::External {
        facts.kind = other.kind;
    }
    for link in other.sources {
        if link.remote_id.is_some() {
            facts.sources.push(link);
        } else {
            facts.add_source(link.source);
        }
    }
    facts
}

/// Fills the gaps of a contact and adds what is new; nothing is overwritten.
pub(super) fn enriched(mut facts: ContactFacts, other: &ContactFacts) -> ContactFacts {
    if facts.person_name().is_empty() {
        facts.first_name.clone_from(&other.first_name);
        facts.last_name.clone_from(&other.last_name);
    }
    for (gap, filling) in [
        (&mut facts.company, &other.company),
        (&mut facts.job_title, &other.job_title),
        (&mut facts.notes, &other.notes),
    ] {
        if gap.is_empty() {
            gap.clone_from(filling);
        }
    }
    for number in &other.numbers {
        facts.add_number(number.clone());
    }
    add_lines(&mut facts.emails, &other.emails);
    add_lines(&mut facts.tags, &other.tags);
    facts
}

/// Adds lines that are not there yet, in whatever case.
fn add_lines(lines: &mut Vec<String>, more: &[String]) {
    for line in more.iter().map(|line| tidy(line)).filter(|line| !line.is_empty()) {
        if !lines
            .iter()
            .any(|known| known.to_lowercase() == line.to_lowercase())
        {
            lines.push(line);
        }
    }
}

/// Without spaces around it, and with single ones inside.
fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn position(draft: &ContactDraft, number: &NumberDraft) -> String {
    let place = draft
        .numbers
        .iter()
        .position(|other| std::ptr::eq(other, number))
        .unwrap_or_default()
        + 1;
    match place {
        1 => "first".to_owned(),
        2 => "second".to_owned(),
        3 => "third".to_owned(),
        other => format!("{other}th"),
    }
}
