//! What is known of everybody's presence now, and how sure it is.
//!
//! In memory: events come many a second. Nothing is asked and nothing written here; what is to be kept and announced is
//! handed out in batches, and so is what is to be asked.

mod entry;
mod sureness;

pub(super) use sureness::{GRACE, Sureness};

use super::compose;
use super::plan::{self, Order, Told, Verdict};
use crate::store::{PresenceRecord, PresenceWords};
use entry::{Entry, began_at, happened_at};
use jiff::{SignedDuration, Timestamp};
use ringcentral::api::presence::{ActiveCall, Presence};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// An extension whose events change nothing that they show is asked after at most so often.
const LOOKED_AT_AGAIN: SignedDuration = SignedDuration::from_mins(1);

/// The clocks as they stand when something is heard.
#[derive(Debug, Clone, Copy)]
pub(super) struct Now {
    pub(super) here: Timestamp,
    /// The server's; `None` while it is not known.
    pub(super) there: Option<Timestamp>,
}

/// When something was asked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    turn: u64,
    at: Timestamp,
}

/// What is to be written and told.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) records: Vec<PresenceRecord>,
    pub(super) gone: Vec<String>,
    /// Those among them whose presence looks different now.
    pub(super) changed: Vec<String>,
}

#[derive(Debug)]
pub(super) struct Board {
    entries: HashMap<String, Entry>,
    /// Counts what is heard, said and asked: what has the higher number came later.
    turn: u64,
    sureness: Sureness,
    unkept: BTreeSet<String>,
    unannounced: BTreeSet<String>,
    gone: BTreeSet<String>,
    /// Who is to be asked after, and from when on.
    doubtful: BTreeMap<String, Timestamp>,
}

#[derive(Debug, Clone, Copy)]
struct Since {
    turn: u64,
    at: Timestamp,
}

impl Board {
    /// What an earlier run has kept. All of it is stale until it is heard.
    pub(super) fn new(kept: Vec<PresenceRecord>, now: Timestamp) -> Self {
        let entries = kept
            .into_iter()
            .map(|record| {
                let order = Order {
                    sequence: record.sequence,
                    ..Order::default()
                };
                let entry = Entry {
                    order,
                    heard: None,
                    calls: None,
                    looked_at: None,
                    record,
                };
                (entry.record.user.clone(), entry)
            })
            .collect();
        Self {
            entries,
            turn: 0,
            sureness: Sureness::new(Since { turn: 0, at: now }),
            unkept: BTreeSet::new(),
            unannounced: BTreeSet::new(),
            gone: BTreeSet::new(),
            doubtful: BTreeMap::new(),
        }
    }

    /// Events come from here on, or no longer.
    pub(super) fn flow(&mut self, is_flowing: bool, now: Timestamp) {
        self.turn += 1;
        let since = self.since(now);
        self.sureness.flow(is_flowing, since);
    }

    /// Events may have been lost, or the clock was set.
    pub(super) fn doubt(&mut self, now: Timestamp) {
        self.turn += 1;
        let since = self.since(now);
        self.sureness.doubt(since);
        for heard in self.entries.values_mut().filter_map(|entry| entry.heard.as_mut()) {
            heard.at = heard.at.min(now);
        }
    }

    /// How sure all of it is.
    pub(super) fn sureness(&self) -> &Sureness {
        &self.sureness
    }

    /// To be called before something is asked.
    pub(super) fn ask(&mut self, now: Timestamp) -> Asked {
        self.turn += 1;
        Asked {
            turn: self.turn,
            at: now,
        }
    }

    /// Takes in an event.
    pub(super) fn hear(&mut self, presence: &Presence, sent_at: Option<Timestamp>, now: Now) {
        let Some(user) = presence.extension_id().map(|id| id.as_str().to_owned()) else {
            return;
        };
        let heard = compose::words_of(presence);
        if !self.entries.contains_key(&user) && !compose::is_of_person(&heard) {
            return;
        }
        self.turn += 1;
        let since = self.since(now.here);
        let was_stale = self.is_stale(&user, now.here);
        let Some(entry) = self.entries.get_mut(&user) else {
            let mut entry = Entry::new(user.clone(), presence, now.here);
            entry
                .order
                .note(presence.sequence, Verdict::News { is_certain: true });
            entry.record.sequence = entry.order.sequence;
            entry.heard = Some(since);
            self.entries.insert(user.clone(), entry);
            // What the event leaves out, such as the message, is asked for.
            self.doubtful.insert(user.clone(), now.here);
            self.mark(user, true);
            return;
        };
        let verdict = entry.order.judge(presence.sequence, sent_at);
        entry.order.note(presence.sequence, verdict);
        if let Some(calls) = presence
            .active_calls
            .clone()
            .filter(|_| matches!(verdict, Verdict::News { .. } | Verdict::Repeated))
        {
            entry.calls = Some(calls);
        }
        let is_certain = match verdict {
            Verdict::News { is_certain } => is_certain,
            Verdict::Doubtful => {
                self.doubtful.insert(user, now.here);
                return;
            }
            Verdict::Older | Verdict::Repeated => return,
        };
        let words = compose::merged(&entry.record.words, heard);
        if entry.record.words.telephony_status != words.telephony_status && presence.active_calls.is_none() {
            // Other calls than those that an answer showed, and no word of which.
            entry.calls = None;
        }
        let happened_at = happened_at(sent_at, now);
        let shows_nothing_new = entry.record.words == words;
        let message = presence.message.clone().or_else(|| entry.record.message.clone());
        let has_changed = entry.take(words, message, Told::Event { happened_at }, now.here);
        entry.heard = Some(since);
        if !is_certain {
            self.doubtful.insert(user.clone(), now.here);
        } else if shows_nothing_new {
            // Events do not carry the message (recorded ones): it may be what has changed.
            let due = entry
                .looked_at
                .and_then(|at| at.checked_add(LOOKED_AT_AGAIN).ok())
                .map_or(now.here, |due| due.max(now.here));
            self.doubtful.entry(user.clone()).or_insert(due);
        }
        self.mark(user, has_changed || was_stale);
    }

    /// Takes in an answer about one extension.
    pub(super) fn see(&mut self, user: &str, presence: &Presence, asked: Asked, now: Now) {
        let told = Told::Answer {
            call_began_at: began_at(presence, now),
        };
        if self.answered(user, presence, asked, told, now)
            && let Some(entry) = self.entries.get_mut(user)
        {
            entry.looked_at = Some(now.here);
        }
    }

    /// Takes in the answer to a change of our own. What it leaves out stays as it was.
    pub(super) fn changed_by_us(
        &mut self,
        user: &str,
        presence: &Presence,
        has_message: bool,
        asked: Asked,
        now: Now,
    ) {
        let mut whole = presence.clone();
        if let Some(entry) = self.entries.get(user) {
            if !has_message {
                whole.message = whole.message.or_else(|| entry.record.message.clone());
            }
            let words = compose::merged(&entry.record.words, compose::words_of(presence));
            self.answered_with(user, words, whole, asked, Told::Wish, now);
        } else {
            self.answered(user, presence, asked, Told::Wish, now);
        }
    }

    /// Takes in the answer about everybody. `is_complete`: whoever is not in it is no longer there.
    pub(super) fn see_all(&mut self, presences: &[Presence], is_complete: bool, asked: Asked, now: Now) {
        let mut seen = BTreeSet::new();
        for presence in presences {
            let Some(user) = presence.extension_id().map(|id| id.as_str().to_owned()) else {
                continue;
            };
            let told = Told::Answer {
                call_began_at: began_at(presence, now),
            };
            self.answered(&user, presence, asked, told, now);
            seen.insert(user);
        }
        if is_complete {
            let gone: Vec<String> = self
                .entries
                .iter()
                .filter(|(user, entry)| {
                    let is_newer = entry.heard.is_some_and(|heard| heard.turn > asked.turn);
                    !seen.contains(*user) && !is_newer
                })
                .map(|(user, _)| user.clone())
                .collect();
            for user in gone {
                self.entries.remove(&user);
                self.doubtful.remove(&user);
                self.unkept.remove(&user);
                self.unannounced.insert(user.clone());
                self.gone.insert(user);
            }
        }
        self.sureness.answered(asked.turn);
    }

    /// One who is to be asked after.
    pub(super) fn doubt_one(&mut self, user: &str, now: Timestamp) {
        self.doubtful.insert(user.to_owned(), now);
    }

    /// One who cannot be asked after any more.
    pub(super) fn give_up_on(&mut self, user: &str) {
        self.doubtful.remove(user);
    }

    /// Those to be asked after now, at most so many.
    pub(super) fn to_ask(&self, most: usize, now: Timestamp) -> Vec<String> {
        self.doubtful
            .iter()
            .filter(|(_, due)| **due <= now)
            .map(|(user, _)| user.clone())
            .take(most)
            .collect()
    }

    /// When somebody is to be asked after next.
    pub(super) fn ask_due_at(&self) -> Option<Timestamp> {
        self.doubtful.values().min().copied()
    }

    pub(super) fn has_batch(&self) -> bool {
        !self.unkept.is_empty() || !self.gone.is_empty() || !self.unannounced.is_empty()
    }

    /// What has changed since the last batch.
    pub(super) fn take_batch(&mut self) -> Batch {
        let records = std::mem::take(&mut self.unkept)
            .into_iter()
            .filter_map(|user| Some(self.entries.get(&user)?.record.clone()))
            .collect();
        Batch {
            records,
            gone: std::mem::take(&mut self.gone).into_iter().collect(),
            changed: std::mem::take(&mut self.unannounced).into_iter().collect(),
        }
    }

    /// It could not be written: it belongs to the next one.
    pub(super) fn put_back(&mut self, batch: Batch) {
        let kept = batch.records.into_iter().map(|record| record.user);
        self.unkept.extend(kept);
        self.gone.extend(
            batch
                .gone
                .into_iter()
                .filter(|user| !self.entries.contains_key(user)),
        );
        self.unannounced.extend(batch.changed);
    }

    /// What is known of somebody.
    pub(super) fn record(&self, user: &str) -> Option<&PresenceRecord> {
        self.entries.get(user).map(|entry| &entry.record)
    }

    /// The calls of somebody, where RingCentral has shown them.
    pub(super) fn calls(&self, user: &str) -> Option<&[ActiveCall]> {
        self.entries.get(user)?.calls.as_deref()
    }

    /// Whether what is known of somebody may be out of date.
    pub(super) fn is_stale(&self, user: &str, now: Timestamp) -> bool {
        self.entries
            .get(user)
            .is_none_or(|entry| self.sureness.is_stale(entry.heard, now))
    }

    /// How many are stale.
    pub(super) fn stale(&self, now: Timestamp) -> usize {
        self.entries
            .values()
            .filter(|entry| self.sureness.is_stale(entry.heard, now))
            .count()
    }

    fn answered(&mut self, user: &str, presence: &Presence, asked: Asked, told: Told, now: Now) -> bool {
        let words = compose::words_of(presence);
        // Somebody who hides from now on is shown as RingCentral says, and not as before.
        let is_somebody = self.entries.contains_key(user) || compose::is_of_person(&words);
        is_somebody && self.answered_with(user, words, presence.clone(), asked, told, now)
    }

    /// False when an event came while it was asked: the event stays, and the extension is asked after.
    fn answered_with(
        &mut self,
        user: &str,
        words: PresenceWords,
        presence: Presence,
        asked: Asked,
        told: Told,
        now: Now,
    ) -> bool {
        self.turn += 1;
        let since = self.since(now.here);
        let asked_at = now
            .there
            .and_then(|there| there.checked_sub(now.here.duration_since(asked.at)).ok());
        let is_new = !self.entries.contains_key(user);
        let was_stale = self.is_stale(user, now.here);
        let entry = self
            .entries
            .entry(user.to_owned())
            .or_insert_with(|| Entry::new(user.to_owned(), &presence, now.here));
        let is_overtaken = entry.heard.is_some_and(|heard| heard.turn > asked.turn);
        // What we asked for ourselves is so, whatever event came in between; most likely that of our own change.
        if is_overtaken && told != Told::Wish {
            self.doubtful.insert(user.to_owned(), now.here);
            return false;
        }
        entry.order.answered(asked_at);
        if presence.active_calls.is_some() {
            entry.calls.clone_from(&presence.active_calls);
        } else if entry.record.words.telephony_status != words.telephony_status {
            entry.calls = None;
        }
        let message = presence.message.filter(|message| !message.is_empty());
        let has_changed = if is_new {
            entry.record.since = plan::since(None, entry.record.availability, told, now.here);
            true
        } else {
            entry.take(words, message, told, now.here)
        };
        entry.heard = Some(since);
        if is_overtaken {
            self.doubtful.insert(user.to_owned(), now.here);
        } else {
            self.doubtful.remove(user);
        }
        self.gone.remove(user);
        self.mark(user.to_owned(), has_changed || was_stale);
        true
    }

    fn mark(&mut self, user: String, has_changed: bool) {
        if has_changed {
            self.unannounced.insert(user.clone());
        }
        self.unkept.insert(user);
    }

    fn since(&self, now: Timestamp) -> Since {
        Since {
            turn: self.turn,
            at: now,
        }
    }
}
