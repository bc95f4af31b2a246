//! The calls, only those in view. They stay where one looks while others come and go.

use super::call_row::CallRow;
use super::order;
use crate::components::{Slot, VirtualList};
use domain::ids::CallSessionId;
use domain::live_calls::{CompanyCall, LiveCalls};
use domain::settings::CallThresholds;
use std::rc::Rc;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};
use yew::{
    Callback, Html, KeyboardEvent, MouseEvent, Properties, TargetCast as _, component, html, use_memo,
    use_mut_ref, use_node_ref, use_state_eq,
};

/// As `.live-row` in the style sheet.
const ROW_HEIGHT: u32 = 52;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub calls: Rc<LiveCalls>,
    pub open: Option<CallSessionId>,
    pub thresholds: CallThresholds,
    /// Only where there is something to open.
    pub onopen: Option<Callback<CallSessionId>>,
}

/// The list under its titles.
#[component]
pub(super) fn CallList(props: &Props) -> Html {
    let node = use_node_ref();
    // While somebody points at the rows, none moves away from under the pointer.
    let is_pointed_at = use_state_eq(|| false);
    let before = use_mut_ref(Vec::<CallSessionId>::new);
    let rows: Rc<Vec<Rc<CompanyCall>>> = use_memo((props.calls.clone(), *is_pointed_at), {
        let before = before.clone();
        move |(calls, is_held)| {
            let held = if *is_held {
                before.borrow().clone()
            } else {
                Vec::new()
            };
            order::steady(&held, &calls.calls)
        }
    });
    let ids: Vec<CallSessionId> = rows.iter().map(|call| call.session_id.clone()).collect();
    before.borrow_mut().clone_from(&ids);
    let slots = use_memo(ids, |ids| -> Rc<[Slot]> {
        ids.iter()
            .map(|id| Slot {
                key: id.to_string().into(),
                height: ROW_HEIGHT,
            })
            .collect()
    });
    let render = {
        let (rows, open, onopen) = (rows, props.open.clone(), props.onopen.clone());
        let thresholds = props.thresholds;
        Callback::from(move |index: usize| {
            rows.get(index).map_or_else(Html::default, |call| {
                let is_open = open.as_ref() == Some(&call.session_id);
                html! { <CallRow key={call.session_id.to_string()} call={call.clone()} {is_open} {thresholds} onopen={onopen.clone()} /> }
            })
        })
    };
    let point = |is_over: bool| {
        let is_pointed_at = is_pointed_at.setter();
        Callback::from(move |_: MouseEvent| is_pointed_at.set(is_over))
    };
    html! {
        <div class="live-list" onmouseenter={point(true)} onmouseleave={point(false)} onkeydown={Callback::from(step)}>
            <div class="live-row live-titles" aria-hidden="true">
                <span>{ "State" }</span><span>{ "With" }</span><span>{ "Colleague" }</span><span>{ "Queue or line" }</span><span>{ "For" }</span><span>{ "Call" }</span>
            </div>
            <VirtualList slots={(*slots).clone()} {render} {node} label="Live calls" role="list" />
        </div>
    }
}

/// Up and down move between the rows.
fn step(event: KeyboardEvent) {
    let entry = event
        .target_dyn_into::<Element>()
        .and_then(|target| target.closest("[role=listitem]").ok()?);
    let next = match (event.key().as_str(), entry) {
        ("ArrowDown", Some(entry)) => entry.next_element_sibling(),
        ("ArrowUp", Some(entry)) => entry.previous_element_sibling(),
        _ => return,
    };
    let row = next.and_then(|next| next.query_selector("button").ok()?);
    if let Some(row) = row.and_then(|row| row.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        let _ = row.focus();
    }
}
