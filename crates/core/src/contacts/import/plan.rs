//! Decides for each row of a file whether it is new, somebody known, or nothing. Pure.

use super::super::form::enriched;
use super::super::same_person::People;
use super::{ReadRow, warnings};
use crate::store::{ContactFacts, ContactWrite, HeldContact};
use domain::contact::ContactDraft;
use domain::ids::ContactId;
use domain::import::ImportAction;
use std::collections::BTreeMap;

/// A row with what is to be done with it.
#[derive(Debug)]
pub(super) struct Planned {
    pub(super) position: u64,
    pub(super) draft: ContactDraft,
    pub(super) action: ImportAction,
    pub(super) warnings: Vec<String>,
    effect: Effect,
}

/// What a row changes.
#[derive(Debug)]
enum Effect {
    Nothing,
    Add(ContactFacts),
    Merge {
        id: ContactId,
        based_on: i64,
        facts: ContactFacts,
    },
    /// It says more about a row before it.
    Join {
        row: usize,
        facts: ContactFacts,
    },
}

/// How many rows of each kind.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Counted {
    pub(super) adds: u64,
    pub(super) merges: u64,
    pub(super) skips: u64,
}

/// Plans every row, in order. `known` are the contacts that share a number or an address with the file.
pub(super) fn plan(rows: Vec<ReadRow>, facts: Vec<ContactFacts>, known: Vec<HeldContact>) -> Vec<Planned> {
    let mut known_people = People::new();
    for (place, held) in known.iter().enumerate() {
        known_people.add(place, &held.facts);
    }
    let mut people_in_file: People<usize> = People::new();
    let mut in_file: Vec<(usize, ContactFacts)> = Vec::new();
    let mut planned = Vec::with_capacity(rows.len());
    for (place, (row, facts)) in rows.into_iter().zip(facts).enumerate() {
        let warnings = warnings(&facts.numbers);
        let same_known = known_people.find(&facts).and_then(|at| known.get(at));
        let same_in_file = people_in_file.find(&facts);
        let (action, effect) = if let Some(fault) = row.fault {
            (ImportAction::Skip { reason: fault }, Effect::Nothing)
        } else if is_empty(&facts) {
            (skip("There is no name, number or email in it."), Effect::Nothing)
        } else if let Some(held) = same_known {
            merge(held, facts)
        } else if let Some(at) = same_in_file
            && let Some((earlier, other)) = in_file.get_mut(at)
        {
            let together = enriched(other.clone(), &facts);
            people_in_file.add(at, &together);
            let words = if together == *other {
                "It says the same as an earlier row."
            } else {
                "It was joined with an earlier row."
            };
            let join = Effect::Join { row: *earlier, facts };
            *other = together;
            (skip(words), join)
        } else {
            people_in_file.add(in_file.len(), &facts);
            in_file.push((place, facts.clone()));
            (ImportAction::Add, Effect::Add(facts))
        };
        planned.push(Planned {
            position: row.position,
            draft: row.draft,
            action,
            warnings,
            effect,
        });
    }
    planned
}

/// Turns the plan into changes of contacts: one per contact, however many rows speak of it.
pub(super) fn writes(planned: Vec<Planned>) -> (Vec<ContactWrite>, Counted) {
    let mut counted = Counted::default();
    let mut adds: BTreeMap<usize, ContactFacts> = BTreeMap::new();
    let mut merges: BTreeMap<ContactId, (i64, ContactFacts)> = BTreeMap::new();
    for (place, row) in planned.into_iter().enumerate() {
        match row.action {
            ImportAction::Add => counted.adds += 1,
            ImportAction::Merge { .. } => counted.merges += 1,
            ImportAction::Skip { .. } => counted.skips += 1,
        }
        match row.effect {
            Effect::Nothing => {}
            Effect::Add(facts) => {
                adds.insert(place, facts);
            }
            Effect::Join { row, facts } => {
                if let Some(earlier) = adds.remove(&row) {
                    adds.insert(row, enriched(earlier, &facts));
                }
            }
            Effect::Merge { id, based_on, facts } => {
                let (_, before) = merges.remove(&id).unwrap_or((based_on, facts.clone()));
                let mut together = enriched(before, &facts);
                for link in facts.sources {
                    together.add_source(link.source);
                }
                merges.insert(id, (based_on, together));
            }
        }
    }
    let merges = merges
        .into_iter()
        .map(|(id, (based_on, facts))| ContactWrite::Replace { id, based_on, facts });
    let writes = merges.chain(adds.into_values().map(ContactWrite::Add)).collect();
    (writes, counted)
}

fn merge(held: &HeldContact, facts: ContactFacts) -> (ImportAction, Effect) {
    let mut together = enriched(held.facts.clone(), &facts);
    if together == held.facts {
        let reason = format!("{} is known with all of this.", held.facts.name());
        return (ImportAction::Skip { reason }, Effect::Nothing);
    }
    for link in facts.sources {
        together.add_source(link.source);
    }
    (
        ImportAction::Merge { into: held.to_ref() },
        Effect::Merge {
            id: held.id,
            based_on: held.revision,
            facts: together,
        },
    )
}

fn is_empty(facts: &ContactFacts) -> bool {
    let texts = [&facts.first_name, &facts.last_name, &facts.company];
    texts.iter().all(|text| text.is_empty()) && facts.numbers.is_empty() && facts.emails.is_empty()
}

fn skip(reason: &str) -> ImportAction {
    ImportAction::Skip {
        reason: reason.to_owned(),
    }
}
