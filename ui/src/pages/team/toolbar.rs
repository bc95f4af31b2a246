//! Search and filters over the list, with how many go with each state.

use super::filter::{Filter, State, departments, queues};
use crate::components::{Choice, SearchField, Tab, Tabs};
use crate::format::counted;
use domain::presence::TeamMember;
use std::collections::BTreeSet;
use std::rc::Rc;
use yew::{AttrValue, Callback, Html, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub members: Rc<Vec<Rc<TeamMember>>>,
    pub shown: usize,
    pub filter: Filter,
    pub onchange: Callback<Filter>,
}

/// The bar.
#[component]
pub(super) fn Toolbar(props: &Props) -> Html {
    let members = || props.members.iter().map(Rc::as_ref);
    let count = |state: State| members().filter(|member| State::of(member) == state).count() as u64;
    let mut tabs = vec![Tab {
        value: None,
        label: "Everybody".into(),
        count: 0,
    }];
    tabs.extend(State::ALL.map(|state| Tab {
        value: Some(state),
        label: state.words().into(),
        count: count(state),
    }));
    let change = |set: fn(&mut Filter, Option<String>)| {
        let (filter, onchange) = (props.filter.clone(), props.onchange.clone());
        Callback::from(move |value| {
            let mut changed = filter.clone();
            set(&mut changed, value);
            onchange.emit(changed);
        })
    };
    let onselect = {
        let (filter, onchange) = (props.filter.clone(), props.onchange.clone());
        Callback::from(move |state| {
            onchange.emit(Filter {
                state,
                ..filter.clone()
            });
        })
    };
    let oninput = change(|filter, query| filter.query = query.unwrap_or_default()).reform(Some);
    let total = counted(props.members.len() as u64, "colleague", "colleagues");
    let words = if props.shown == props.members.len() {
        total
    } else {
        format!("{} of {total}", props.shown)
    };
    html! {
        <header class="team-head">
            <h1>{ "Team" }</h1>
            <span class="team-total" role="status">{ words }</span>
            <div class="team-tools">
                <SearchField value={props.filter.query.clone()} placeholder="Find a colleague" {oninput} />
                { chooser("Department", "All departments", departments(members()), &props.filter.department, change(|filter, department| filter.department = department)) }
                { chooser("Queue", "All queues", queues(members()), &props.filter.queue, change(|filter, queue| filter.queue = queue)) }
            </div>
            <Tabs<Option<State>> {tabs} selected={props.filter.state} label="State" {onselect} />
        </header>
    }
}

fn chooser(
    label: &'static str,
    all: &'static str,
    options: BTreeSet<String>,
    value: &Option<String>,
    onchange: Callback<Option<String>>,
) -> Html {
    if options.is_empty() {
        return Html::default();
    }
    let options: Vec<(Option<String>, AttrValue)> = std::iter::once((None, all.into()))
        .chain(
            options
                .into_iter()
                .map(|option| (Some(option.clone()), option.into())),
        )
        .collect();
    html! { <Choice<Option<String>> {label} hides_label={true} {options} value={value.clone()} {onchange} /> }
}
