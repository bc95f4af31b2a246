//! Those who get nothing, by reason, with words for each reason. Pure.

use crate::format::listed;
use domain::campaign::{Excluded, Exclusion};
use domain::template::Variable;

/// Why, without the particulars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reason {
    MissingValues,
    OptedOut,
    NotANumber,
    NoNumber,
    Landline,
    QuietHours,
    Duplicate,
}

impl Reason {
    fn of(why: &Exclusion) -> Self {
        match why {
            Exclusion::MissingValues(_) => Self::MissingValues,
            Exclusion::OptedOut { .. } => Self::OptedOut,
            Exclusion::NotANumber => Self::NotANumber,
            Exclusion::NoNumber => Self::NoNumber,
            Exclusion::Landline => Self::Landline,
            Exclusion::QuietHours => Self::QuietHours,
            Exclusion::Duplicate { .. } => Self::Duplicate,
        }
    }

    pub(super) fn title(self) -> &'static str {
        match self {
            Self::MissingValues => "A value is missing",
            Self::OptedOut => "Asked not to be texted",
            Self::NotANumber => "No telephone number",
            Self::NoNumber => "Contact without a number",
            Self::Landline => "Cannot receive texts",
            Self::QuietHours => "It is night there",
            Self::Duplicate => "Twice in the list",
        }
    }

    /// What it means, or what can be done.
    pub(super) fn advice(self) -> &'static str {
        match self {
            Self::MissingValues => {
                "Give the placeholder a default, such as {first_name|there}, or fill the value in."
            }
            Self::OptedOut => {
                "RingCentral would refuse these texts until they write START. What somebody here noted can be changed in the conversation."
            }
            Self::NotANumber => "Mend the list, or leave them out.",
            Self::NoNumber => "Add a number to the contact, or leave them out.",
            Self::Landline => "A landline or a fax. They can be called.",
            Self::QuietHours => "Switch “Wait for their morning” on to reach them.",
            Self::Duplicate => "They get it once.",
        }
    }
}

/// A reason with everyone it holds for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    pub(super) reason: Reason,
    pub(super) members: Vec<Excluded>,
}

/// What can be mended first, then by number.
pub(super) fn groups(excluded: &[Excluded]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for one in excluded {
        let reason = Reason::of(&one.why);
        match groups.iter_mut().find(|group| group.reason == reason) {
            Some(group) => group.members.push(one.clone()),
            None => groups.push(Group {
                reason,
                members: vec![one.clone()],
            }),
        }
    }
    groups.sort_by_key(|group| group.reason);
    groups
}

/// What is particular to one person.
pub(super) fn particulars(why: &Exclusion) -> Option<String> {
    match why {
        Exclusion::MissingValues(names) => {
            let labels: Vec<&str> = names
                .iter()
                .map(|name| Variable::of_name(name).map_or(name.as_str(), |known| known.label()))
                .collect();
            Some(format!("no {}", listed(&labels)))
        }
        Exclusion::Duplicate { of } => Some(format!("same number as {of}")),
        Exclusion::NotANumber
        | Exclusion::NoNumber
        | Exclusion::Landline
        | Exclusion::OptedOut { .. }
        | Exclusion::QuietHours => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excluded(label: &str, why: Exclusion) -> Excluded {
        Excluded {
            label: label.to_owned(),
            number: None,
            contact: None,
            why,
        }
    }

    #[test]
    fn people_are_gathered_by_reason_and_what_can_be_mended_comes_first() {
        let all = [
            excluded("a", Exclusion::Landline),
            excluded("b", Exclusion::Duplicate { of: "a".to_owned() }),
            excluded("c", Exclusion::MissingValues(vec!["company".to_owned()])),
            excluded("d", Exclusion::Landline),
        ];
        let found: Vec<_> = groups(&all)
            .into_iter()
            .map(|group| (group.reason, group.members.len()))
            .collect();
        let expected = [
            (Reason::MissingValues, 1),
            (Reason::Landline, 2),
            (Reason::Duplicate, 1),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn missing_values_are_named_as_people_call_them() {
        let why = Exclusion::MissingValues(vec!["first_name".to_owned(), "company".to_owned()]);
        assert_eq!(particulars(&why).as_deref(), Some("no first name and company"));
    }
}
