//! Whose presence is to be asked for, and what an answer changes. Pure.

use domain::ids::ContactId;
use domain::presence::MemberPresence;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Who is to be asked for next.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) enum Wanted {
    #[default]
    Nobody,
    These(BTreeSet<ContactId>),
    All,
}

impl Wanted {
    /// These too; everybody for an empty list, as the events have it.
    pub(super) fn add(&mut self, contacts: &[ContactId]) {
        *self = match (std::mem::take(self), contacts) {
            (Self::All, _) | (_, []) => Self::All,
            (Self::Nobody, contacts) => Self::These(contacts.iter().copied().collect()),
            (Self::These(mut these), contacts) => {
                these.extend(contacts);
                Self::These(these)
            }
        };
    }

    /// What to ask, once: an empty list for everybody; `None` when there is nothing to ask.
    pub(super) fn take(&mut self) -> Option<Vec<ContactId>> {
        match std::mem::take(self) {
            Self::Nobody => None,
            Self::These(these) => Some(these.into_iter().collect()),
            Self::All => Some(Vec::new()),
        }
    }
}

/// Enters an answer: whoever was asked for and is not in it is no colleague any more.
pub(super) fn take_over(
    known: &mut BTreeMap<ContactId, Rc<MemberPresence>>,
    asked: &[ContactId],
    answer: Vec<MemberPresence>,
) {
    if asked.is_empty() {
        let answered: BTreeSet<ContactId> = answer.iter().map(|presence| presence.contact).collect();
        known.retain(|contact, _| answered.contains(contact));
    }
    for contact in asked {
        known.remove(contact);
    }
    for presence in answer {
        // The same again keeps its place in memory, so that its dot is not drawn again.
        let is_same = known
            .get(&presence.contact)
            .is_some_and(|before| **before == presence);
        if !is_same {
            known.insert(presence.contact, Rc::new(presence));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::presence::{Availability, CallsTaken};
    use jiff::Timestamp;

    fn presence(contact: i64, availability: Availability) -> MemberPresence {
        MemberPresence {
            contact: ContactId(contact),
            availability,
            calls_taken: CallsTaken::All,
            is_in_meeting: false,
            message: None,
            since: None,
            updated_at: Timestamp::UNIX_EPOCH,
            is_stale: false,
        }
    }

    #[test]
    fn many_changes_become_one_question_and_too_many_to_name_one_for_all() {
        let mut wanted = Wanted::default();
        assert_eq!(wanted.take(), None);
        wanted.add(&[ContactId(2), ContactId(1)]);
        wanted.add(&[ContactId(2), ContactId(3)]);
        assert_eq!(wanted.take(), Some([1, 2, 3].map(ContactId).to_vec()));
        wanted.add(&[ContactId(1)]);
        wanted.add(&[]);
        wanted.add(&[ContactId(2)]);
        assert_eq!(wanted.take(), Some(Vec::new()));
        assert_eq!(wanted.take(), None);
    }

    #[test]
    fn an_answer_about_some_leaves_the_others_and_drops_who_is_no_colleague_any_more() {
        let mut known = BTreeMap::new();
        let all = [1, 2, 3].map(|id| presence(id, Availability::Available)).to_vec();
        take_over(&mut known, &[], all);
        let asked = [ContactId(1), ContactId(2)];
        take_over(&mut known, &asked, vec![presence(1, Availability::Busy)]);
        let left: Vec<_> = known
            .values()
            .map(|one| (one.contact.0, one.availability))
            .collect();
        assert_eq!(left, [(1, Availability::Busy), (3, Availability::Available)]);
        take_over(&mut known, &[], vec![presence(3, Availability::Offline)]);
        assert_eq!(known.len(), 1);
    }
}
