//! Whom a fax goes to: people with the numbers the core finds, fax numbers first, and numbers as they are typed.

use super::change::recipients;
use crate::components::Icon;
use crate::format::names;
use crate::hooks::use_command;
use crate::recipients::{Recipient, RecipientsField, Suggestion, as_number, is_same};
use domain::contact::ContactKind;
use domain::fax::{FaxDraft, FaxRecipient};
use domain::ipc::fax::SuggestFaxRecipients;
use std::rc::Rc;
use yew::{Callback, Html, Properties, component, html, use_state_eq};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub draft: Rc<FaxDraft>,
    pub onchange: Callback<Vec<Recipient>>,
}

/// The field.
#[component]
pub(super) fn FaxRecipients(props: &Props) -> Html {
    let typed = use_state_eq(String::new);
    let answer = use_command(Some(SuggestFaxRecipients {
        query: typed.trim().to_owned(),
    }));
    let chosen = recipients(&props.draft);
    let found = answer.value.as_ref().filter(|_| answer.is_current);
    let people = found.map(|found| found.as_slice()).unwrap_or_default();
    let offered = offered(people, &typed, &chosen);
    let ontyped = {
        let typed = typed.setter();
        Callback::from(move |words| typed.set(words))
    };
    html! {
        <RecipientsField {chosen} onchange={props.onchange.clone()} typed={(*typed).clone()} {ontyped} {offered}
            is_looking={answer.is_loading} sign={Icon::Fax} takes_when_left={true} />
    }
}

/// A typed number first, then those who are not there yet.
fn offered(people: &[FaxRecipient], typed: &str, chosen: &[Recipient]) -> Vec<Suggestion> {
    let is_there = |number: &str| chosen.iter().any(|one| is_same(&one.number, number));
    let known: Vec<Suggestion> = people
        .iter()
        .filter(|one| !is_there(&one.number.to_look_up()))
        .map(|one| Suggestion {
            recipient: Recipient {
                number: one.number.to_look_up(),
                label: one.label.clone(),
            },
            detail: detail(one),
            is_contact: one.contact.is_some(),
            colleague: one
                .contact
                .as_ref()
                .filter(|contact| contact.kind == ContactKind::TeamMember)
                .map(|contact| contact.id),
        })
        .collect();
    let is_known = |number: &str| known.iter().any(|one| is_same(&one.recipient.number, number));
    let own = as_number(typed).filter(|own| !is_there(&own.number) && !is_known(&own.number));
    let own = own.map(|recipient| Suggestion {
        recipient,
        detail: "Fax this number".to_owned(),
        is_contact: false,
        colleague: None,
    });
    own.into_iter().chain(known).collect()
}

/// `fax (510) 555-0191 · Ironline`: the number first, as the end is cut where there is no room. Another number says that nobody has
/// noted it as a fax.
fn detail(one: &FaxRecipient) -> String {
    let formatted = &one.number.formatted;
    let number = if one.is_fax_number {
        format!("fax {formatted}")
    } else {
        format!("{formatted}, no fax noted")
    };
    let company = one.contact.as_ref().and_then(names::belongs_to);
    [Some(number), company]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::contact::ContactRef;
    use domain::ids::ContactId;
    use domain::phone_number::{E164, PhoneNumber};

    fn maria(e164: &str, formatted: &str, is_fax_number: bool) -> FaxRecipient {
        FaxRecipient {
            number: PhoneNumber {
                e164: E164::new(e164).ok(),
                formatted: formatted.to_owned(),
                extension: None,
                region: None,
            },
            label: "Maria Lopez".to_owned(),
            contact: Some(ContactRef {
                id: ContactId(1),
                name: "Maria Lopez".to_owned(),
                company: Some("Ironline".to_owned()),
                kind: ContactKind::External,
                extension: None,
            }),
            is_fax_number,
        }
    }

    fn details(typed: &str, chosen: &[Recipient]) -> Vec<String> {
        let people = [
            maria("+15105550191", "(510) 555-0191", true),
            maria("+15105550190", "(510) 555-0190", false),
        ];
        offered(&people, typed, chosen)
            .into_iter()
            .map(|one| one.detail)
            .collect()
    }

    #[test]
    fn a_number_that_nobody_noted_as_a_fax_says_so() {
        assert_eq!(
            details("maria", &[]),
            [
                "fax (510) 555-0191 · Ironline",
                "(510) 555-0190, no fax noted · Ironline"
            ]
        );
    }

    #[test]
    fn who_is_there_is_not_offered_again_and_a_typed_number_comes_first() {
        let there = [Recipient::typed("510 555 0191")];
        assert_eq!(details("", &there), ["(510) 555-0190, no fax noted · Ironline"]);
        assert_eq!(details("415 555 0132", &[])[0], "Fax this number");
        assert_eq!(details("510 555 0191", &there).len(), 1);
    }
}
