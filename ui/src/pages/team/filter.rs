//! Which colleagues are looked for. Pure.

use crate::format::presence_words;
use domain::presence::{Availability, TeamMember};
use std::collections::BTreeSet;

/// Fewer figures are part of no number anybody looks for.
const FEWEST_DIGITS: usize = 3;

/// A state to look for; those who can be reached first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Free,
    Busy,
    /// Ringing too.
    OnCall,
    DoNotDisturb,
    Offline,
}

/// What is looked for; the default is everybody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Filter {
    pub query: String,
    pub state: Option<State>,
    pub department: Option<String>,
    pub queue: Option<String>,
}

impl State {
    pub(super) const ALL: [Self; 5] = [
        Self::Free,
        Self::OnCall,
        Self::Busy,
        Self::DoNotDisturb,
        Self::Offline,
    ];

    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Free => "Free",
            Self::Busy => presence_words::state(Availability::Busy),
            Self::OnCall => presence_words::state(Availability::OnCall),
            Self::DoNotDisturb => presence_words::state(Availability::DoNotDisturb),
            Self::Offline => presence_words::state(Availability::Offline),
        }
    }

    /// Whose state is not known counts as offline.
    pub(super) fn of(member: &TeamMember) -> Self {
        match member.presence.as_ref().map(|presence| presence.availability) {
            Some(Availability::Available) => Self::Free,
            Some(Availability::Busy) => Self::Busy,
            Some(Availability::Ringing | Availability::OnCall) => Self::OnCall,
            Some(Availability::DoNotDisturb) => Self::DoNotDisturb,
            Some(Availability::Offline) | None => Self::Offline,
        }
    }
}

impl Filter {
    pub(super) fn keeps(&self, member: &TeamMember) -> bool {
        self.state.is_none_or(|state| State::of(member) == state)
            && self
                .department
                .as_ref()
                .is_none_or(|department| member.department.as_ref() == Some(department))
            && self
                .queue
                .as_ref()
                .is_none_or(|queue| member.queues.contains(queue))
            && self.query.split_whitespace().all(|word| has(member, word))
    }
}

/// Whether a word, or part of a number, is found anywhere with the member.
fn has(member: &TeamMember, word: &str) -> bool {
    let word = word.to_lowercase();
    let message = member
        .presence
        .as_ref()
        .and_then(|presence| presence.message.as_ref());
    let is_in_words = [
        Some(&member.contact.name),
        member.contact.extension.as_ref(),
        member.department.as_ref(),
        member.job_title.as_ref(),
        message,
    ]
    .into_iter()
    .flatten()
    .chain(&member.queues)
    .chain(member.talking_to.iter().map(|call| &call.party.label))
    .any(|text| text.to_lowercase().contains(&word));
    let digits = crate::recipients::digits(&word);
    let is_in_number = digits.len() >= FEWEST_DIGITS
        && member
            .number
            .as_ref()
            .is_some_and(|number| crate::recipients::digits(&number.formatted).contains(&digits));
    is_in_words || is_in_number
}

/// What one can choose from, in order of the alphabet.
pub(super) fn departments<'a>(members: impl Iterator<Item = &'a TeamMember>) -> BTreeSet<String> {
    members.filter_map(|member| member.department.clone()).collect()
}

/// As [`departments`].
pub(super) fn queues<'a>(members: impl Iterator<Item = &'a TeamMember>) -> BTreeSet<String> {
    members.flat_map(|member| member.queues.clone()).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use domain::contact::{ContactKind, ContactRef};
    use domain::ids::ContactId;
    use domain::phone_number::PhoneNumber;
    use domain::presence::{CallsTaken, MemberPresence};
    use jiff::Timestamp;

    fn sam() -> TeamMember {
        TeamMember {
            contact: ContactRef {
                id: ContactId(1),
                name: "Sam Ortiz".to_owned(),
                company: None,
                kind: ContactKind::TeamMember,
                extension: Some("104".to_owned()),
            },
            department: Some("Estimating".to_owned()),
            job_title: None,
            number: Some(PhoneNumber {
                e164: None,
                formatted: "(510) 555-0104".to_owned(),
                extension: None,
                region: None,
            }),
            presence: Some(MemberPresence {
                contact: ContactId(1),
                availability: Availability::Ringing,
                calls_taken: CallsTaken::All,
                is_in_meeting: false,
                message: Some("In the yard".to_owned()),
                since: None,
                updated_at: Timestamp::UNIX_EPOCH,
                is_stale: false,
            }),
            talking_to: Vec::new(),
            queues: vec!["Sales".to_owned()],
            is_favourite: false,
            is_own: false,
        }
    }

    fn is_found(query: &str) -> bool {
        let filter = Filter {
            query: query.to_owned(),
            ..Filter::default()
        };
        filter.keeps(&sam())
    }

    #[test]
    fn everybody_is_shown_until_something_is_looked_for() {
        assert!(Filter::default().keeps(&sam()));
    }

    #[test]
    fn people_are_found_by_parts_of_what_is_known_of_them() {
        for query in ["ort", "104", "sam estim", "sales", "yard", "555-0104"] {
            assert!(is_found(query), "{query}");
        }
        for query in ["maria", "sam dispatch", "55"] {
            assert!(!is_found(query), "{query}");
        }
    }

    #[test]
    fn filters_narrow_together_and_ringing_counts_as_on_a_call() {
        let mut filter = Filter {
            state: Some(State::OnCall),
            department: Some("Estimating".to_owned()),
            queue: Some("Sales".to_owned()),
            ..Filter::default()
        };
        assert!(filter.keeps(&sam()));
        filter.queue = Some("Service".to_owned());
        assert!(!filter.keeps(&sam()));
    }

    #[test]
    fn of_whom_nothing_is_known_is_taken_for_offline() {
        let unknown = TeamMember {
            presence: None,
            ..sam()
        };
        assert_eq!(State::of(&unknown), State::Offline);
    }
}
