//! What a column holds: guessed from its header, else from its values.

use crate::numbers::{NumberingPlan, ParsedNumber};
use domain::import::ColumnTarget;

/// Words of headers as office programs, telephones and other address books write them, in a few languages, without
/// spaces and signs. A header that begins with one counts as well, the longest first.
const HEADERS: &[(&str, ColumnTarget)] = &[
    ("organization1title", ColumnTarget::JobTitle),
    ("organizationtitle", ColumnTarget::JobTitle),
    ("organization1name", ColumnTarget::Company),
    ("organizationname", ColumnTarget::Company),
    ("companymainphone", ColumnTarget::Main),
    ("mainphone", ColumnTarget::Main),
    ("hauptnummer", ColumnTarget::Main),
    ("zentrale", ColumnTarget::Main),
    ("businessphone", ColumnTarget::Work),
    ("workphone", ColumnTarget::Work),
    ("officephone", ColumnTarget::Work),
    ("directphone", ColumnTarget::Work),
    ("telefongeschäftlich", ColumnTarget::Work),
    ("telefonodelavoro", ColumnTarget::Work),
    ("teléfonodeltrabajo", ColumnTarget::Work),
    ("téléphonebureau", ColumnTarget::Work),
    ("homephone", ColumnTarget::Home),
    ("telefonprivat", ColumnTarget::Home),
    ("téléphonedomicile", ColumnTarget::Home),
    ("teléfonoparticular", ColumnTarget::Home),
    ("mobilephone", ColumnTarget::Mobile),
    ("mobiltelefon", ColumnTarget::Mobile),
    ("mobile", ColumnTarget::Mobile),
    ("mobil", ColumnTarget::Mobile),
    ("handy", ColumnTarget::Mobile),
    ("cellphone", ColumnTarget::Mobile),
    ("cell", ColumnTarget::Mobile),
    ("móvil", ColumnTarget::Mobile),
    ("celular", ColumnTarget::Mobile),
    ("businessfax", ColumnTarget::Fax),
    ("homefax", ColumnTarget::Fax),
    ("otherfax", ColumnTarget::Fax),
    ("fax", ColumnTarget::Fax),
    ("télécopie", ColumnTarget::Fax),
    ("otherphone", ColumnTarget::OtherNumber),
    ("primaryphone", ColumnTarget::OtherNumber),
    ("phone1value", ColumnTarget::OtherNumber),
    ("phone2value", ColumnTarget::OtherNumber),
    ("phone3value", ColumnTarget::OtherNumber),
    ("phone4value", ColumnTarget::OtherNumber),
    ("phonenumber", ColumnTarget::OtherNumber),
    ("phone", ColumnTarget::OtherNumber),
    ("telephone", ColumnTarget::OtherNumber),
    ("telefonnummer", ColumnTarget::OtherNumber),
    ("telefon", ColumnTarget::OtherNumber),
    ("téléphone", ColumnTarget::OtherNumber),
    ("teléfono", ColumnTarget::OtherNumber),
    ("tel", ColumnTarget::OtherNumber),
    ("number", ColumnTarget::OtherNumber),
    ("email1value", ColumnTarget::Email),
    ("email2value", ColumnTarget::Email),
    ("email3value", ColumnTarget::Email),
    ("emailaddress", ColumnTarget::Email),
    ("email2address", ColumnTarget::Email),
    ("email3address", ColumnTarget::Email),
    ("emailadresse", ColumnTarget::Email),
    ("email", ColumnTarget::Email),
    ("courriel", ColumnTarget::Email),
    ("correo", ColumnTarget::Email),
    ("firstname", ColumnTarget::FirstName),
    ("givenname", ColumnTarget::FirstName),
    ("vorname", ColumnTarget::FirstName),
    ("prénom", ColumnTarget::FirstName),
    ("lastname", ColumnTarget::LastName),
    ("familyname", ColumnTarget::LastName),
    ("surname", ColumnTarget::LastName),
    ("nachname", ColumnTarget::LastName),
    ("apellidos", ColumnTarget::LastName),
    ("apellido", ColumnTarget::LastName),
    ("fullname", ColumnTarget::FullName),
    ("displayname", ColumnTarget::FullName),
    ("contactname", ColumnTarget::FullName),
    ("contact", ColumnTarget::FullName),
    ("name", ColumnTarget::FullName),
    ("nom", ColumnTarget::FullName),
    ("nombre", ColumnTarget::FullName),
    ("companyname", ColumnTarget::Company),
    ("company", ColumnTarget::Company),
    ("organization", ColumnTarget::Company),
    ("organisation", ColumnTarget::Company),
    ("firma", ColumnTarget::Company),
    ("entreprise", ColumnTarget::Company),
    ("société", ColumnTarget::Company),
    ("empresa", ColumnTarget::Company),
    ("account", ColumnTarget::Company),
    ("customer", ColumnTarget::Company),
    ("jobtitle", ColumnTarget::JobTitle),
    ("title", ColumnTarget::JobTitle),
    ("position", ColumnTarget::JobTitle),
    ("role", ColumnTarget::JobTitle),
    ("labels", ColumnTarget::Tags),
    ("groupmembership", ColumnTarget::Tags),
    ("categories", ColumnTarget::Tags),
    ("category", ColumnTarget::Tags),
    ("tags", ColumnTarget::Tags),
    ("tag", ColumnTarget::Tags),
    ("kategorien", ColumnTarget::Tags),
    ("notes", ColumnTarget::Notes),
    ("note", ColumnTarget::Notes),
    ("comments", ColumnTarget::Notes),
    ("notizen", ColumnTarget::Notes),
];

/// Words that mean a number only when they stand alone: `Home`, but not `Home (street)`.
const ALONE: &[(&str, ColumnTarget)] = &[
    ("main", ColumnTarget::Main),
    ("work", ColumnTarget::Work),
    ("business", ColumnTarget::Work),
    ("office", ColumnTarget::Work),
    ("home", ColumnTarget::Home),
];

/// Guesses what a column holds.
pub(super) fn guess(header: &str, samples: &[String]) -> ColumnTarget {
    let word: String = header
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    let exact = HEADERS.iter().chain(ALONE).find(|(known, _)| *known == word);
    // `Mobile (private)` and `Work phone 2`, but not `Email type` or `Company address`.
    let begun = || {
        let words = HEADERS.iter().filter(|(known, _)| {
            known.len() >= 3
                && word
                    .strip_prefix(known)
                    .is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()) || header.contains('('))
        });
        words.max_by_key(|(known, _)| known.len())
    };
    if let Some((_, target)) = exact.or_else(begun) {
        return *target;
    }
    let holds = |is_one: fn(&str) -> bool| !samples.is_empty() && samples.iter().all(|sample| is_one(sample));
    if word.is_empty() || header.starts_with("Column ") {
        if holds(is_email) {
            return ColumnTarget::Email;
        }
        if holds(is_number) {
            return ColumnTarget::OtherNumber;
        }
    }
    ColumnTarget::Ignore
}

/// The first row is data and not headers.
pub(super) fn is_data(fields: &[String]) -> bool {
    fields.iter().any(|field| is_email(field) || is_number(field))
}

fn is_email(text: &str) -> bool {
    let text = text.trim();
    text.split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !text.contains(' '))
}

fn is_number(text: &str) -> bool {
    let is_written_as_number =
        text.chars().any(|c| c.is_ascii_digit()) && !text.chars().any(char::is_alphabetic);
    is_written_as_number && matches!(NumberingPlan::default().parse(text), ParsedNumber::Number { .. })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_well_known_exports_are_recognised() {
        for (header, target) in [
            ("First Name", ColumnTarget::FirstName),
            ("E-mail 1 - Value", ColumnTarget::Email),
            ("E-mail 1 - Type", ColumnTarget::Ignore),
            ("E-mail Address", ColumnTarget::Email),
            ("Phone 2 - Value", ColumnTarget::OtherNumber),
            ("Phone 2 - Type", ColumnTarget::Ignore),
            ("Organization 1 - Name", ColumnTarget::Company),
            ("Business Phone", ColumnTarget::Work),
            ("Business Phone 2", ColumnTarget::Work),
            ("Mobile Phone", ColumnTarget::Mobile),
            ("Business Fax", ColumnTarget::Fax),
            ("Company Main Phone", ColumnTarget::Main),
            ("Main", ColumnTarget::Main),
            ("Home", ColumnTarget::Home),
            ("Home (street)", ColumnTarget::Ignore),
            ("Business Street", ColumnTarget::Ignore),
            ("Nachname", ColumnTarget::LastName),
            ("Telefon (geschäftlich)", ColumnTarget::Work),
            ("Group Membership", ColumnTarget::Tags),
            ("Birthday", ColumnTarget::Ignore),
        ] {
            assert_eq!(guess(header, &[]), target, "{header}");
        }
    }

    #[test]
    fn a_column_without_header_is_known_by_its_values() {
        assert_eq!(
            guess("Column 3", &["a@example.com".to_owned()]),
            ColumnTarget::Email
        );
        assert_eq!(
            guess("", &["(510) 555-0147".to_owned()]),
            ColumnTarget::OtherNumber
        );
        assert_eq!(guess("Column 1", &["Maria".to_owned()]), ColumnTarget::Ignore);
        assert_eq!(
            guess("Customer no.", &["5105550147".to_owned()]),
            ColumnTarget::Ignore
        );
    }
}
