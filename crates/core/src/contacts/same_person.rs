//! Who is the same person: the same name, and a number or address in common.
//!
//! Found through an index, because a whole company may share its main number: comparing everybody with everybody would
//! take hours for a file of fifty thousand rows.

use crate::store::{ContactFacts, folded};
use std::collections::HashMap;

/// People by what makes two of them one.
#[derive(Debug)]
pub(super) struct People<T>(HashMap<(String, String), T>);

impl<T: Copy> People<T> {
    pub(super) fn new() -> Self {
        Self(HashMap::new())
    }

    /// Adds a person. Whoever was added first under a name and number stays the one that is found.
    pub(super) fn add(&mut self, place: T, facts: &ContactFacts) {
        for key in keys(facts) {
            self.0.entry(key).or_insert(place);
        }
    }

    pub(super) fn find(&self, facts: &ContactFacts) -> Option<T> {
        keys(facts).find_map(|key| self.0.get(&key).copied())
    }
}

/// Nobody is found without a name.
fn keys(facts: &ContactFacts) -> impl Iterator<Item = (String, String)> {
    let person = facts.person_name();
    let name = folded(if person.is_empty() {
        &facts.company
    } else {
        &person
    });
    let numbers = facts
        .numbers
        .iter()
        .filter_map(|number| Some(number.e164.as_ref()?.to_string()));
    let shared: Vec<String> = if name.is_empty() {
        Vec::new()
    } else {
        numbers
            .chain(facts.emails.iter().map(|email| email.to_lowercase()))
            .collect()
    };
    shared.into_iter().map(move |key| (name.clone(), key))
}
