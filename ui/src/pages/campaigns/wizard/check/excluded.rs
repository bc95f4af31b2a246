//! Everyone who gets nothing, reason by reason.

use super::groups::{Group, Reason, groups, particulars};
use super::proof::Proof;
use crate::components::{Button, ButtonKind};
use crate::format::{counted, grouped};
use crate::routes::Route;
use domain::campaign::{Excluded, Exclusion};
use yew::{Callback, Html, MouseEvent, Properties, component, html, use_memo, use_state};

/// So many of a reason are shown at once.
const SHOWN: usize = 6;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub excluded: Vec<Excluded>,
    pub go: Callback<Route>,
    /// Back to the text.
    pub ontext: Callback<()>,
}

/// The reasons.
#[component]
pub(super) fn ExcludedList(props: &Props) -> Html {
    let gathered = use_memo(props.excluded.clone(), |excluded| groups(excluded));
    html! {
        <section class="excluded" aria-label="Who gets nothing">
            <h3>{ "Who gets nothing" }</h3>
            if gathered.is_empty() { <p class="hint">{ "Everyone you chose gets it." }</p> }
            { for gathered.iter().map(|group| html! {
                <ReasonBlock key={group.reason.title()} group={group.clone()} go={props.go.clone()} ontext={props.ontext.clone()} />
            }) }
        </section>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct BlockProps {
    group: Group,
    go: Callback<Route>,
    ontext: Callback<()>,
}

#[component]
fn ReasonBlock(props: &BlockProps) -> Html {
    let shows_all = use_state(|| false);
    let Group { reason, members } = &props.group;
    let shown = if *shows_all { members.len() } else { SHOWN };
    let hidden = members.len().saturating_sub(shown);
    let show_all = {
        let shows_all = shows_all.setter();
        Callback::from(move |()| shows_all.set(true))
    };
    html! {
        <div class="reason">
            <header>
                <h4>{ reason.title() }</h4>
                <span class="tag">{ grouped(members.len() as u64) }</span>
                <span class="hint">{ reason.advice() }</span>
                if *reason == Reason::MissingValues { <Button label="Back to the text" small={true} onpress={props.ontext.clone()} /> }
            </header>
            <ul>{ for members.iter().take(shown).map(|one| line(one, &props.go)) }</ul>
            if hidden > 0 {
                <Button label={format!("Show {}", counted(hidden as u64, "more", "more"))} kind={ButtonKind::Quiet} small={true} onpress={show_all} />
            }
        </div>
    }
}

fn line(one: &Excluded, go: &Callback<Route>) -> Html {
    let number = one
        .number
        .as_ref()
        .map(|number| number.formatted.clone())
        .filter(|number| *number != one.label);
    let name = match one.contact {
        Some(contact) => {
            let onclick = go.reform(move |_: MouseEvent| Route::Contact { id: contact.0 });
            html! { <button type="button" class="result-name" title="Open contact. What you have chosen here stays" {onclick}>{ &one.label }</button> }
        }
        None => html! { <span class="result-name">{ &one.label }</span> },
    };
    html! {
        <li>
            { name }
            { for number.map(|number| html! { <span class="number">{ number }</span> }) }
            { for particulars(&one.why).map(|words| html! { <span class="hint">{ words }</span> }) }
            if let Exclusion::OptedOut { proof } = &one.why {
                if let Some(id) = proof {
                    <Proof id={*id} go={go.clone()} />
                } else {
                    <span class="hint">{ "RingCentral says so; the message is not here" }</span>
                }
            }
        </li>
    }
}
