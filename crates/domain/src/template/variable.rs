//! The names that may stand in braces.
//!
//! Notes and tags of a contact are left out on purpose: they are written for colleagues, not for customers.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What a placeholder stands for. It crosses as the name that is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Variable {
    /// First and last name, else the company.
    Name,
    FirstName,
    LastName,
    Company,
    JobTitle,
    /// The contact's first address.
    Email,
    /// The contact's number as a person reads it.
    Number,
    /// The person who sends.
    MyName,
    /// The number that it is sent from.
    MyNumber,
    /// The day of sending.
    Date,
}

impl Variable {
    /// All of them, in the order in which a menu offers them.
    pub const ALL: [Self; 10] = [
        Self::Name,
        Self::FirstName,
        Self::LastName,
        Self::Company,
        Self::JobTitle,
        Self::Email,
        Self::Number,
        Self::MyName,
        Self::MyNumber,
        Self::Date,
    ];

    /// As it stands in braces.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::Company => "company",
            Self::JobTitle => "job_title",
            Self::Email => "email",
            Self::Number => "number",
            Self::MyName => "my_name",
            Self::MyNumber => "my_number",
            Self::Date => "date",
        }
    }

    /// As a person calls it, in the middle of a sentence.
    pub fn label(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::FirstName => "first name",
            Self::LastName => "last name",
            Self::Company => "company",
            Self::JobTitle => "job title",
            Self::Email => "email address",
            Self::Number => "number",
            Self::MyName => "my name",
            Self::MyNumber => "my number",
            Self::Date => "date",
        }
    }

    /// The variable of a name, in any case.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|one| one.name().eq_ignore_ascii_case(name))
    }

    /// What somebody probably meant who typed this: `firstname`, `First Name` and `fist_name` mean `first_name`.
    pub fn nearest(name: &str) -> Option<Self> {
        let typed: String = name
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .take(24)
            .collect();
        let (distance, nearest) = Self::ALL
            .into_iter()
            .map(|one| (distance(&typed, &one.name().replace('_', "")), one))
            .min_by_key(|(distance, _)| *distance)?;
        (distance <= 2 && distance * 3 <= typed.chars().count()).then_some(nearest)
    }
}

impl fmt::Display for Variable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How many letters have to be added, dropped or exchanged.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, left) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for ((right, above_left), above) in b.chars().zip(&row).zip(row.iter().skip(1)) {
            let beside = next.last().copied().unwrap_or_default();
            let exchanged = above_left + usize::from(left != right);
            next.push(exchanged.min(above + 1).min(beside + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_again_in_any_case_and_crosses_as_itself() {
        for variable in Variable::ALL {
            assert_eq!(Variable::of_name(variable.name()), Some(variable));
            assert_eq!(Variable::of_name(&variable.name().to_uppercase()), Some(variable));
            assert_eq!(
                serde_json::to_string(&variable).unwrap(),
                format!("\"{}\"", variable.name())
            );
        }
    }

    #[test]
    fn a_slip_of_the_finger_is_understood_and_a_strange_word_is_not() {
        assert_eq!(Variable::nearest("firstname"), Some(Variable::FirstName));
        assert_eq!(Variable::nearest("First Name"), Some(Variable::FirstName));
        assert_eq!(Variable::nearest("fist_name"), Some(Variable::FirstName));
        assert_eq!(Variable::nearest("compnay"), Some(Variable::Company));
        assert_eq!(Variable::nearest("invoice"), None);
        assert_eq!(Variable::nearest(""), None);
    }
}
