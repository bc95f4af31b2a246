//! What is put in place of the placeholders.

use super::Variable;
use crate::contact::{Contact, NumberLabel};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Values by variable. Blank ones count as not there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Values(BTreeMap<Variable, String>);

impl Values {
    /// Everything that a contact knows about itself.
    pub fn of_contact(contact: &Contact) -> Self {
        let company = contact.company.as_deref().unwrap_or_default();
        let full_name = format!("{} {}", contact.first_name.trim(), contact.last_name.trim());
        // `Contact::name` ends in the number where there is no name; nobody wants to be greeted by their number.
        let name = if full_name.trim().is_empty() {
            company
        } else {
            &full_name
        };
        let number = contact
            .numbers
            .iter()
            .find(|one| one.label == NumberLabel::Mobile)
            .or(contact.numbers.first())
            .map_or("", |one| one.number.formatted.as_str());
        Self::default()
            .with(Variable::Name, name)
            .with(Variable::FirstName, &contact.first_name)
            .with(Variable::LastName, &contact.last_name)
            .with(Variable::Company, company)
            .with(
                Variable::JobTitle,
                contact.job_title.as_deref().unwrap_or_default(),
            )
            .with(Variable::Email, contact.emails.first().map_or("", String::as_str))
            .with(Variable::Number, number)
    }

    /// With one value more, or another one. A blank value takes it away.
    #[must_use]
    pub fn with(mut self, variable: Variable, value: &str) -> Self {
        let value = value.trim();
        if value.is_empty() {
            self.0.remove(&variable);
        } else {
            self.0.insert(variable, value.to_owned());
        }
        self
    }

    /// With the day of sending: `November 24, 2026`.
    #[must_use]
    pub fn with_date(self, day: Date) -> Self {
        self.with(Variable::Date, &day.strftime("%B %-d, %Y").to_string())
    }

    /// The value, if there is one.
    pub fn get(&self, variable: Variable) -> Option<&str> {
        self.0.get(&variable).map(String::as_str)
    }
}
