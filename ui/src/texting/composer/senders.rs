//! Which of our numbers the text comes from.

use crate::components::Choice;
use domain::outgoing::{Composer, Sender};
use domain::phone_number::E164;
use yew::{AttrValue, Callback, Html, Properties, component, html};

/// The sender that is used: the chosen one, else the one that the conversation runs on.
pub(super) fn used<'a>(composer: &'a Composer, chosen: Option<&E164>) -> Option<&'a Sender> {
    let find = |wanted: Option<&E164>| {
        composer
            .senders
            .iter()
            .find(|sender| sender.number.e164.is_some() && sender.number.e164.as_ref() == wanted)
    };
    find(chosen)
        .or_else(|| find(composer.from.as_ref()))
        .or_else(|| composer.senders.first())
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub senders: Vec<Sender>,
    pub used: Option<E164>,
    pub onchoose: Callback<E164>,
}

/// A choice where there are several, else only words.
#[component]
pub(super) fn SenderChoice(props: &Props) -> Html {
    let words = |sender: &Sender| format!("{} · {}", sender.number.formatted, sender.name);
    if let [only] = props.senders.as_slice() {
        return html! {
            <span class="composer-from" title={format!("Sent from {}", words(only))}>
                <span class="only-spoken">{ "From " }</span><span class="number">{ &only.number.formatted }</span>
            </span>
        };
    }
    let options: Vec<(E164, AttrValue)> = props
        .senders
        .iter()
        .filter_map(|sender| Some((sender.number.e164.clone()?, words(sender).into())))
        .collect();
    let Some(value) = props.used.clone() else {
        return Html::default();
    };
    html! {
        <span class="composer-from">
            <Choice<E164> label="Send from" hides_label={true} {options} {value} onchange={props.onchoose.clone()} />
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::outgoing::{Draft, Thread};
    use domain::phone_number::PhoneNumber;

    fn sender(number: &str) -> Sender {
        Sender {
            number: PhoneNumber {
                e164: E164::new(number).ok(),
                formatted: number.to_owned(),
                extension: None,
                region: None,
            },
            name: "A line".to_owned(),
            can_send_pictures: true,
        }
    }

    #[test]
    fn the_chosen_number_comes_before_the_conversations_own() {
        let [first, second, gone] = ["+15105550100", "+15105550101", "+15105550102"];
        let composer = Composer {
            thread: Thread::Numbers(Vec::new()),
            to: Vec::new(),
            senders: vec![sender(first), sender(second)],
            from: E164::new(second).ok(),
            draft: Draft::default(),
            outgoing: Vec::new(),
            blocked: None,
            consent: None,
            held_up: None,
        };
        let number = |chosen: Option<&str>| {
            let chosen = chosen.and_then(|chosen| E164::new(chosen).ok());
            used(&composer, chosen.as_ref()).unwrap().number.formatted.clone()
        };
        assert_eq!(number(Some(first)), first);
        assert_eq!(number(None), second);
        assert_eq!(number(Some(gone)), second, "a number that may no longer text");
    }
}
