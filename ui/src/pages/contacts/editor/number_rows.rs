//! The numbers of a contact, a line each with what it is used for.

use crate::components::{Button, ButtonKind, Choice, Icon, TextField};
use domain::contact::{NumberDraft, NumberLabel};
use yew::{AttrValue, Callback, Html, Properties, component, html};

const LABELS: [(NumberLabel, &str); 6] = [
    (NumberLabel::Mobile, "Mobile"),
    (NumberLabel::Work, "Work"),
    (NumberLabel::Home, "Home"),
    (NumberLabel::Main, "Main"),
    (NumberLabel::Fax, "Fax"),
    (NumberLabel::Other, "Other"),
];

/// Labels with their words, for choices.
pub(crate) fn labels() -> Vec<(NumberLabel, AttrValue)> {
    LABELS
        .into_iter()
        .map(|(label, words)| (label, AttrValue::Static(words)))
        .collect()
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub numbers: Vec<NumberDraft>,
    pub onchange: Callback<Vec<NumberDraft>>,
}

/// The lines.
#[component]
pub(crate) fn NumberRows(props: &Props) -> Html {
    let add = edited(props, |numbers, ()| {
        numbers.push(NumberDraft {
            label: NumberLabel::Work,
            number: String::new(),
        })
    });
    html! {
        <fieldset class="number-rows">
            <legend>{ "Numbers" }</legend>
            { for props.numbers.iter().enumerate().map(|(index, entry)| row(props, index, entry)) }
            <Button label="Another number" icon={Icon::Plus} kind={ButtonKind::Quiet} small={true} onpress={add} />
        </fieldset>
    }
}

fn row(props: &Props, index: usize, entry: &NumberDraft) -> Html {
    let relabel = edited(props, move |numbers, label| {
        if let Some(entry) = numbers.get_mut(index) {
            entry.label = label;
        }
    });
    let retype = edited(props, move |numbers, number| {
        if let Some(entry) = numbers.get_mut(index) {
            entry.number = number;
        }
    });
    let remove = edited(props, move |numbers, ()| {
        numbers.remove(index);
    });
    html! {
        <div key={index} class="number-row">
            <Choice<NumberLabel> label="Used for" hides_label={true} options={labels()} value={entry.label} onchange={relabel} />
            <TextField label="Number" hides_label={true} kind="tel" value={entry.number.clone()} placeholder="(510) 555-0147" oninput={retype} />
            <Button label="Remove this number" icon={Icon::Trash} kind={ButtonKind::Quiet} icon_only={true} onpress={remove} />
        </div>
    }
}

/// A callback that hands on the numbers after `edit`.
fn edited<T: 'static>(props: &Props, edit: impl Fn(&mut Vec<NumberDraft>, T) + 'static) -> Callback<T> {
    let (numbers, onchange) = (props.numbers.clone(), props.onchange.clone());
    Callback::from(move |value| {
        let mut changed = numbers.clone();
        edit(&mut changed, value);
        onchange.emit(changed);
    })
}
