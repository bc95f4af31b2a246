//! Templates as people write them, and the laws that hold for any text.

use super::*;
use crate::contact::{Contact, ContactKind, ContactNumber, NumberLabel};
use crate::ids::ContactId;
use crate::phone_number::PhoneNumber;
use jiff::civil::date;
use proptest::prelude::*;

fn values(pairs: &[(Variable, &str)]) -> Values {
    pairs.iter().fold(Values::default(), |values, (variable, value)| {
        values.with(*variable, value)
    })
}

fn filled(body: &str, pairs: &[(Variable, &str)]) -> Filled {
    Template::parse(body).unwrap().fill(&values(pairs))
}

/// Bodies that are full of braces, names and defaults, most of them wrong somewhere.
fn any_body() -> impl Strategy<Value = String> {
    let bit = prop_oneof![
        prop::sample::select(vec![
            "{",
            "}",
            "{{",
            "}}",
            "|",
            "\n",
            " ",
            "😀",
            "{}",
            "{nonsense}"
        ])
        .prop_map(String::from),
        prop::sample::select(Variable::ALL.to_vec()).prop_map(|variable| variable.to_string()),
        placeholder_source(),
        ".{0,6}",
    ];
    prop::collection::vec(bit, 0..12).prop_map(|bits| bits.concat())
}

fn placeholder_source() -> impl Strategy<Value = String> {
    (
        prop::sample::select(Variable::ALL.to_vec()),
        prop::option::of("[^{}\r\n]{0,8}"),
    )
        .prop_map(|(variable, default)| match default {
            Some(default) => format!("{{{variable}|{default}}}"),
            None => format!("{{{variable}}}"),
        })
}

/// Bodies without a mistake.
fn good_body() -> impl Strategy<Value = String> {
    let bit = prop_oneof![
        placeholder_source(),
        ".{0,8}".prop_map(|text| escape(&text)),
        Just("\n".to_owned())
    ];
    prop::collection::vec(bit, 0..10).prop_map(|bits| bits.concat())
}

fn any_values() -> impl Strategy<Value = Values> {
    prop::collection::btree_map(prop::sample::select(Variable::ALL.to_vec()), "[^{}]{0,12}", 0..10).prop_map(
        |map| {
            map.iter().fold(Values::default(), |values, (variable, value)| {
                values.with(*variable, value)
            })
        },
    )
}

proptest! {
    #[test]
    fn the_pieces_joined_are_the_body_whatever_was_typed(body in prop_oneof![any_body(), any::<String>()]) {
        let joined: String = pieces(&body).iter().map(|piece| piece.source.as_str()).collect();
        prop_assert_eq!(joined, body);
    }

    #[test]
    fn a_body_is_understood_or_its_problems_stand_where_they_say(body in any_body()) {
        if let Err(problems) = Template::parse(&body) {
            prop_assert!(!problems.is_empty());
            let units: Vec<u16> = body.encode_utf16().collect();
            for problem in problems {
                let there = String::from_utf16(&units[problem.start..problem.end]).unwrap();
                prop_assert_eq!(there, problem.source.clone());
                prop_assert!(!problem.to_string().is_empty());
            }
        }
    }

    #[test]
    fn a_template_written_down_and_read_again_is_the_same(body in good_body()) {
        let template = Template::parse(&body).unwrap();
        prop_assert_eq!(Template::parse(&template.to_string()), Ok(template));
    }

    #[test]
    fn filling_never_leaves_a_placeholder_raw(body in good_body(), values in any_values()) {
        // Literal braces could spell a placeholder on purpose; here they would only hide a fault.
        prop_assume!(!body.contains("{{") && !body.contains("}}"));
        let template = Template::parse(&body).unwrap();
        let filled = template.fill(&values);
        prop_assert!(!filled.text.contains(['{', '}']), "{}", filled.text);
        let unfilled = template.variables().into_iter().any(|variable| values.get(variable).is_none());
        prop_assert!(filled.missing.is_empty() || unfilled);
        for missing in &filled.missing {
            prop_assert_eq!(values.get(*missing), None);
        }
        prop_assert_eq!(filled.sendable().is_some(), filled.missing.is_empty());
    }

    #[test]
    fn a_text_without_braces_stays_as_it_is(text in "[^{}]{0,60}", values in any_values()) {
        let filled = Template::parse(&text).unwrap().fill(&values);
        prop_assert_eq!(filled.sendable(), Some(text.as_str()));
    }

    #[test]
    fn an_escaped_text_says_itself(text in any::<String>(), values in any_values()) {
        let filled = Template::parse(&escape(&text)).unwrap().fill(&values);
        prop_assert_eq!(filled.sendable(), Some(text.as_str()));
    }
}

#[test]
fn values_are_put_in_and_defaults_stand_for_missing_ones() {
    let body = "Hi {first_name|there}, this is {My_Name} of {company}.";
    let one = filled(
        body,
        &[
            (Variable::FirstName, "Maria"),
            (Variable::MyName, "Ed"),
            (Variable::Company, "Oak Ltd"),
        ],
    );
    assert_eq!(one.sendable(), Some("Hi Maria, this is Ed of Oak Ltd."));
    let two = filled(
        body,
        &[
            (Variable::FirstName, "  "),
            (Variable::MyName, "Ed"),
            (Variable::Company, "Oak Ltd"),
        ],
    );
    assert_eq!(two.sendable(), Some("Hi there, this is Ed of Oak Ltd."));
}

#[test]
fn a_missing_value_is_named_once_and_forbids_sending() {
    let filled = filled("{name}, {company}: {name}", &[(Variable::Company, "Oak Ltd")]);
    assert_eq!(filled.text, "[name], Oak Ltd: [name]");
    assert_eq!(filled.missing, [Variable::Name]);
    assert_eq!(filled.sendable(), None);
}

#[test]
fn one_placeholder_with_a_default_does_not_excuse_another_without() {
    let filled = filled("{first_name|there} and {first_name}", &[]);
    assert_eq!(filled.text, "there and [first name]");
    assert_eq!(filled.missing, [Variable::FirstName]);
}

#[test]
fn an_empty_default_leaves_the_place_empty() {
    assert_eq!(filled("Hi{company|}!", &[]).sendable(), Some("Hi!"));
}

#[test]
fn double_braces_are_braces_even_around_a_placeholder() {
    assert_eq!(
        filled("{{x}} {{{name}}}", &[(Variable::Name, "Ann")]).sendable(),
        Some("{x} {Ann}")
    );
}

#[test]
fn a_value_with_braces_is_not_understood_as_a_template() {
    assert_eq!(
        filled("{name}", &[(Variable::Name, "{company}")]).sendable(),
        Some("{company}")
    );
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let problems = |body: &str| -> Vec<(ProblemKind, usize, usize)> {
        Template::parse(body)
            .unwrap_err()
            .into_iter()
            .map(|problem| (problem.kind, problem.start, problem.end))
            .collect()
    };
    assert_eq!(problems("Hi {name"), [(ProblemKind::Unclosed, 3, 8)]);
    assert_eq!(problems("😀 name}"), [(ProblemKind::Unopened, 7, 8)]);
    assert_eq!(problems("{ }"), [(ProblemKind::Empty, 0, 3)]);
    assert_eq!(problems("{a\n{name}"), [(ProblemKind::Unclosed, 0, 2)]);
    assert_eq!(
        problems("{first_name|{name}}"),
        [(ProblemKind::Unclosed, 0, 12), (ProblemKind::Unopened, 18, 19)]
    );
    let unknown = Template::parse("Hi {firstname}").unwrap_err();
    assert_eq!(
        unknown[0].to_string(),
        "There is no placeholder {firstname}. Did you mean {first_name}?"
    );
}

#[test]
fn variables_are_listed_once_in_order() {
    let template = Template::parse("{date} {name|x} {date|y}").unwrap();
    assert_eq!(template.variables(), [Variable::Date, Variable::Name]);
}

#[test]
fn a_contact_without_a_name_is_called_by_its_company_and_never_by_its_number() {
    let mut contact = Contact {
        id: ContactId(1),
        kind: ContactKind::External,
        name: "(510) 555-0147".into(),
        first_name: String::new(),
        last_name: String::new(),
        company: None,
        job_title: Some("Foreman".into()),
        emails: vec!["ann@example.com".into(), "b@example.com".into()],
        numbers: [
            (NumberLabel::Work, "(510) 555-0147"),
            (NumberLabel::Mobile, "(510) 555-0148"),
        ]
        .map(|(label, formatted)| ContactNumber {
            label,
            number: PhoneNumber {
                e164: None,
                formatted: formatted.into(),
                extension: None,
                region: None,
            },
        })
        .into(),
        tags: vec![],
        notes: "Pays late".into(),
        extension: None,
        sources: vec![],
        updated_at: jiff::Timestamp::UNIX_EPOCH,
    };
    assert_eq!(Values::of_contact(&contact).get(Variable::Name), None);
    contact.company = Some("Oak Ltd".into());
    assert_eq!(Values::of_contact(&contact).get(Variable::Name), Some("Oak Ltd"));
    contact.last_name = "Lee".into();
    let values = Values::of_contact(&contact).with_date(date(2026, 11, 4));
    assert_eq!(values.get(Variable::Name), Some("Lee"));
    assert_eq!(values.get(Variable::FirstName), None);
    assert_eq!(values.get(Variable::Number), Some("(510) 555-0148"));
    assert_eq!(values.get(Variable::Email), Some("ann@example.com"));
    assert_eq!(values.get(Variable::JobTitle), Some("Foreman"));
    assert_eq!(values.get(Variable::Date), Some("November 4, 2026"));
}
