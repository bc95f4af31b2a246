//! The RingCentral address book and the company directory as sources of contacts.
//!
//! A source is compared with what it said the last time, and only the difference is carried over: what a person changed
//! here stays. What a person removed here stays removed. Fetching the entries is the synchronisation's work.

use super::form::enriched;
use super::same_person::People;
use super::{ContactError, Result, TRIES};
use crate::numbers::NumberingPlan;
use crate::store::{
    ContactFacts, ContactWrite, ContactWriteOptions, HeldContact, NumberFacts, Page, SourceAnswer,
    SourceLink, Store, StoreError,
};
use domain::contact::{ContactKind, ContactSource, NumberDraft};
use domain::ids::ContactId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// An entry as a source describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceContact {
    /// The source's own id.
    pub remote_id: String,
    pub kind: ContactKind,
    pub first_name: String,
    pub last_name: String,
    pub company: String,
    pub job_title: String,
    pub notes: String,
    /// Kept as the source says it: nobody edits it here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// Internal extension of team members and queues.
    pub extension: Option<String>,
    pub numbers: Vec<NumberDraft>,
    pub emails: Vec<String>,
}

/// What a source said.
#[derive(Debug, Clone)]
pub struct SourceUpdate {
    pub entries: Vec<SourceContact>,
    /// Ids of entries that the source deleted.
    pub deleted: Vec<String>,
    /// `entries` is everything there is: what is missing was deleted.
    pub is_complete: bool,
    /// Its token and the entries that could not be read. Stored together with what the entries change.
    pub page: Page,
}

/// What taking a source over did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TakenOver {
    pub added: u64,
    pub changed: u64,
    pub removed: u64,
}

/// Takes over what a source says, its token included, in one transaction. No contact is written when none changed.
///
/// # Errors
/// Any [`StoreError`]; nothing was changed then.
pub async fn take_over(store: &Store, source: ContactSource, update: &SourceUpdate) -> Result<TakenOver> {
    let plan = store.numbering();
    let mut tries = TRIES;
    loop {
        let known = store.contacts_of_source(source).await?;
        let read: Vec<ContactFacts> = update.entries.iter().map(|entry| entry.facts(plan)).collect();
        let numbers: Vec<&str> = read
            .iter()
            .flat_map(|facts| &facts.numbers)
            .filter_map(|n| Some(n.e164.as_ref()?.as_str()))
            .collect();
        let emails: Vec<&str> = read
            .iter()
            .flat_map(|facts| &facts.emails)
            .map(String::as_str)
            .collect();
        let sharing = store.contacts_sharing(&numbers, &emails).await?;
        let dismissed = store.dismissed_sources(source).await?;
        let plan_made = Planner::new(source, plan, known, sharing, dismissed).plan(update)?;
        let taken_over = plan_made.1;
        let answer = update.answer();
        if plan_made.0.is_empty() {
            store.note_source_answer(&answer).await?;
            return Ok(taken_over);
        }
        let options = ContactWriteOptions {
            answer: Some(answer),
            ..ContactWriteOptions::default()
        };
        tries -= 1;
        match store.write_contacts(plan_made.0, options).await {
            Err(StoreError::ChangedMeanwhile) if tries > 0 => {}
            written => return written.map(|_| taken_over).map_err(ContactError::from),
        }
    }
}

impl SourceUpdate {
    /// An answer that names no entry.
    pub fn new(page: Page) -> Self {
        Self {
            entries: Vec::new(),
            deleted: Vec::new(),
            is_complete: false,
            page,
        }
    }

    fn answer(&self) -> SourceAnswer {
        let named = self.entries.iter().map(|entry| entry.remote_id.clone());
        SourceAnswer {
            page: self.page.clone(),
            read: named.chain(self.deleted.iter().cloned()).collect(),
        }
    }
}

impl SourceContact {
    fn facts(&self, plan: NumberingPlan) -> ContactFacts {
        let mut facts = ContactFacts {
            first_name: self.first_name.trim().to_owned(),
            last_name: self.last_name.trim().to_owned(),
            company: self.company.trim().to_owned(),
            job_title: self.job_title.trim().to_owned(),
            notes: self.notes.clone(),
            extension: self.extension.clone(),
            emails: self.emails.clone(),
            ..ContactFacts::new(self.kind)
        };
        for number in self
            .numbers
            .iter()
            .filter(|number| !number.number.trim().is_empty())
        {
            facts.add_number(NumberFacts::read(number.label, &number.number, plan));
        }
        facts
    }
}

/// Works out what a source changes. Pure.
struct Planner {
    source: ContactSource,
    plan: NumberingPlan,
    dismissed: BTreeSet<String>,
    /// Contacts as read, and as they are to become.
    held: BTreeMap<ContactId, (HeldContact, ContactFacts)>,
    by_remote_id: BTreeMap<String, ContactId>,
    people: People<ContactId>,
    added: Vec<ContactFacts>,
}

impl Planner {
    fn new(
        source: ContactSource,
        plan: NumberingPlan,
        known: Vec<HeldContact>,
        sharing: Vec<HeldContact>,
        dismissed: BTreeSet<String>,
    ) -> Self {
        let mut by_remote_id = BTreeMap::new();
        for held in &known {
            for link in held.facts.sources.iter().filter(|link| link.source == source) {
                by_remote_id.extend(link.remote_id.clone().map(|remote_id| (remote_id, held.id)));
            }
        }
        let held: BTreeMap<ContactId, (HeldContact, ContactFacts)> = sharing
            .into_iter()
            .chain(known)
            .map(|held| (held.id, (held.clone(), held.facts)))
            .collect();
        let mut people = People::new();
        for (id, (_, facts)) in &held {
            people.add(*id, facts);
        }
        Self {
            source,
            plan,
            dismissed,
            held,
            by_remote_id,
            people,
            added: Vec::new(),
        }
    }

    fn plan(mut self, update: &SourceUpdate) -> Result<(Vec<ContactWrite>, TakenOver)> {
        for entry in &update.entries {
            self.take_entry(entry)?;
        }
        let mut gone: BTreeSet<&str> = update.deleted.iter().map(String::as_str).collect();
        let named: BTreeSet<&str> = update
            .entries
            .iter()
            .map(|entry| entry.remote_id.as_str())
            .collect();
        let by_remote_id = self.by_remote_id.clone();
        if update.is_complete {
            gone.extend(
                by_remote_id
                    .keys()
                    .map(String::as_str)
                    .filter(|remote_id| !named.contains(remote_id)),
            );
        }
        for remote_id in gone.difference(&named) {
            self.take_away(remote_id);
        }
        Ok(self.writes())
    }

    fn take_entry(&mut self, entry: &SourceContact) -> Result<()> {
        let snapshot = serde_json::to_value(entry).map_err(|source| StoreError::Unreadable {
            field: "contact_sources.snapshot",
            source: Some(source),
        })?;
        let said = entry.facts(self.plan);
        let link = SourceLink {
            source: self.source,
            remote_id: Some(entry.remote_id.clone()),
            snapshot: Some(snapshot.clone()),
        };
        if let Some((held, facts)) = self
            .by_remote_id
            .get(&entry.remote_id)
            .and_then(|id| self.held.get_mut(id))
        {
            let of_entry = |link: &&mut SourceLink| link.remote_id.as_deref() == Some(&entry.remote_id);
            if let Some(known) = facts
                .sources
                .iter_mut()
                .filter(|link| link.source == self.source)
                .find(of_entry)
            {
                let before: Option<SourceContact> = known
                    .snapshot
                    .take()
                    .and_then(|snapshot| serde_json::from_value(snapshot).ok());
                known.snapshot = Some(snapshot);
                // Without a snapshot, what stands here counts as what the source said.
                let before = before.map_or_else(|| held.facts.clone(), |before| before.facts(self.plan));
                carry_over(facts, &before, &said);
            }
        } else if self.dismissed.contains(&entry.remote_id) {
            // A person removed it here.
        } else if let Some((id, (_, facts))) = self
            .people
            .find(&said)
            .and_then(|id| Some((id, self.held.get_mut(&id)?)))
        {
            *facts = enriched(facts.clone(), &said);
            if said.kind != ContactKind::External {
                (facts.kind, facts.extension) = (said.kind, said.extension);
            }
            facts.sources.push(link);
            self.people.add(id, facts);
        } else {
            self.added.push(ContactFacts {
                sources: vec![link],
                ..said
            });
        }
        Ok(())
    }

    /// An entry is gone: its contact stays only if it has another source.
    fn take_away(&mut self, remote_id: &str) {
        let found = self
            .by_remote_id
            .get(remote_id)
            .and_then(|id| self.held.get_mut(id));
        if let Some((_, facts)) = found {
            facts
                .sources
                .retain(|link| link.source != self.source || link.remote_id.as_deref() != Some(remote_id));
            if self.source == ContactSource::Directory {
                (facts.kind, facts.extension) = (ContactKind::External, None);
            }
        }
    }

    fn writes(self) -> (Vec<ContactWrite>, TakenOver) {
        let mut taken_over = TakenOver::default();
        let mut writes = Vec::new();
        for (id, (held, facts)) in self.held {
            let based_on = held.revision;
            if facts.sources.is_empty() && !held.facts.sources.is_empty() {
                taken_over.removed += 1;
                writes.push(ContactWrite::Remove { id, based_on });
            } else if facts != held.facts {
                taken_over.changed += 1;
                writes.push(ContactWrite::Replace { id, based_on, facts });
            }
        }
        for facts in self.added {
            taken_over.added += 1;
            writes.push(ContactWrite::Add(facts));
        }
        (writes, taken_over)
    }
}

/// Carries over what the source changed between `before` and `now`.
fn carry_over(facts: &mut ContactFacts, before: &ContactFacts, now: &ContactFacts) {
    for (field, before, now) in [
        (&mut facts.first_name, &before.first_name, &now.first_name),
        (&mut facts.last_name, &before.last_name, &now.last_name),
        (&mut facts.company, &before.company, &now.company),
        (&mut facts.job_title, &before.job_title, &now.job_title),
        (&mut facts.notes, &before.notes, &now.notes),
    ] {
        if before != now {
            field.clone_from(now);
        }
    }
    (facts.kind, facts.extension) = (now.kind, now.extension.clone());
    for number in &before.numbers {
        if !now.numbers.iter().any(|other| other.is_same(number)) {
            facts.numbers.retain(|known| !known.is_same(number));
        }
    }
    for number in &now.numbers {
        match before.numbers.iter().find(|other| other.is_same(number)) {
            None => {
                facts.add_number(number.clone());
            }
            Some(other) if other.label != number.label => {
                facts
                    .numbers
                    .iter_mut()
                    .filter(|known| known.is_same(number))
                    .for_each(|known| {
                        known.label = number.label;
                    });
            }
            Some(_) => {}
        }
    }
    facts
        .emails
        .retain(|email| now.emails.contains(email) || !before.emails.contains(email));
    let new: Vec<String> = now
        .emails
        .iter()
        .filter(|email| !before.emails.contains(email) && !facts.emails.contains(email))
        .cloned()
        .collect();
    facts.emails.extend(new);
}

#[cfg(test)]
mod tests;
