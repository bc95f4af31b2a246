//! Step one: who is to get it, from any of four places at once.

mod columns;
mod decode;
mod file;
mod numbers;
mod people;
mod tags;

use super::plan::{Plan, pasted_numbers};
use super::use_plan::Edits;
use crate::components::{Tab, Tabs};
use file::FromFile;
use numbers::Numbers;
use people::People;
use std::rc::Rc;
use tags::Tags;
use yew::{Callback, Html, Properties, component, html, use_state};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub plan: Rc<Plan>,
    pub edits: Edits,
}

/// Where people come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    People,
    Tags,
    File,
    Numbers,
}

/// The step. What was chosen elsewhere is counted on its tab.
#[component]
pub(super) fn Who(props: &Props) -> Html {
    let source = use_state(|| Source::People);
    let (plan, edits) = (&props.plan, &props.edits);
    let tab = |value, label: &'static str, count: u64| Tab {
        value,
        label: label.into(),
        count,
    };
    let tabs = vec![
        tab(Source::People, "Contacts", plan.people.len() as u64),
        tab(Source::Tags, "Tags", plan.tags.len() as u64),
        tab(Source::File, "CSV file", plan.rows_of_file()),
        tab(Source::Numbers, "Numbers", pasted_numbers(&plan.pasted)),
    ];
    let onselect = {
        let source = source.setter();
        Callback::from(move |chosen| source.set(chosen))
    };
    let content = match *source {
        Source::People => html! { <People people={plan.people.clone()} edits={edits.clone()} /> },
        Source::Tags => html! { <Tags chosen={plan.tags.clone()} edits={edits.clone()} /> },
        Source::File => html! { <FromFile file={plan.file.clone()} edits={edits.clone()} /> },
        Source::Numbers => html! { <Numbers pasted={plan.pasted.clone()} edits={edits.clone()} /> },
    };
    html! {
        <div class="who">
            <h2 tabindex="-1">{ "Who gets it?" }</h2>
            <p class="hint">{ "From any of these at once. Whoever is chosen twice gets it once." }</p>
            <Tabs<Source> {tabs} selected={*source} label="Where the recipients come from" {onselect} />
            <div class="who-source" role="tabpanel">{ content }</div>
        </div>
    }
}
