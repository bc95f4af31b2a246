//! The rows with their headings, only those in view, and word of what is new above them.

use super::choice::Choice;
use super::entries::{Entry, entries};
use super::keys::Step;
use super::listing::Listing;
use super::row::{Press, Row};
use super::row_key::RowKey;
use crate::components::{Slot, VirtualList};
use crate::format::counted;
use crate::hooks::use_now;
use std::rc::Rc;
use yew::{
    Callback, Html, KeyboardEvent, NodeRef, Properties, component, html, use_effect_with, use_memo,
    use_mut_ref, use_state_eq,
};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub listing: Rc<Listing>,
    pub open: Option<RowKey>,
    pub choice: Choice,
    pub onpress: Callback<(RowKey, Press)>,
    /// An arrow key while the list has the focus.
    pub onstep: Callback<Step>,
    /// The end of what is loaded is near.
    pub onmore: Callback<()>,
    /// The scrolling element.
    pub node: NodeRef,
}

/// The rows.
#[component]
pub(crate) fn Rows(props: &Props) -> Html {
    let now = use_now();
    let listing = props.listing.clone();
    let entries = use_memo((listing.rows.clone(), now.clone()), |(rows, now)| {
        entries(rows, now)
    });
    let slots: Rc<Rc<[Slot]>> = use_memo(entries.clone(), |entries| {
        entries.iter().map(Entry::slot).collect()
    });
    let newest = listing.rows.first().map(|row| row.item.occurred_at);
    // The newest row the person has had before the eyes; what came later is announced instead of pushed in.
    let seen = use_mut_ref(|| newest);
    let is_at_top = use_state_eq(|| true);
    if *is_at_top {
        *seen.borrow_mut() = newest;
    }
    let seen_at = *seen.borrow();
    let unseen = listing
        .rows
        .iter()
        .take_while(|row| Some(row.item.occurred_at) > seen_at)
        .count();
    let reveal = props.open.as_ref().and_then(|open| {
        entries
            .iter()
            .position(|entry| matches!(entry, Entry::Row(row) if RowKey::of(&row.item) == *open))
    });
    // Only a step of the person's own brings a row into view; a row that moves by itself does not take the view along.
    let reveal = *use_memo(props.open.clone(), |_| reveal);
    let to_top = {
        let node = props.node.clone();
        Callback::from(move |()| scroll_to_top(&node))
    };
    use_effect_with(listing.tab, {
        let node = props.node.clone();
        move |_| scroll_to_top(&node)
    });
    let render = {
        let (entries, open, choice) = (entries.clone(), props.open.clone(), props.choice.clone());
        let (onpress, now) = (props.onpress.clone(), now.clone());
        Callback::from(move |index: usize| match entries.get(index) {
            Some(Entry::Heading(section)) => {
                html! { <div key={format!("{section:?}")} class="day" role="presentation">{ now.section_label(*section) }</div> }
            }
            Some(Entry::Row(row)) => {
                let key = RowKey::of(&row.item);
                html! {
                    <Row key={key.element_id().to_string()} row={row.clone()} now={now.clone()} is_open={open.as_ref() == Some(&key)}
                        is_chosen={choice.contains(&key)} onpress={onpress.clone()} />
                }
            }
            None => Html::default(),
        })
    };
    let onkeydown = {
        let onstep = props.onstep.clone();
        Callback::from(move |event: KeyboardEvent| {
            let step = match event.key().as_str() {
                "ArrowDown" => Step::Next,
                "ArrowUp" => Step::Previous,
                _ => return,
            };
            event.prevent_default();
            onstep.emit(step);
        })
    };
    let set_top = is_at_top.setter();
    html! {
        <div class="list-body" {onkeydown}>
            if unseen > 0 && !*is_at_top {
                <button type="button" class="new-pill" onclick={to_top.reform(|_| ())}>{ counted(unseen as u64, "new", "new") }</button>
            }
            <VirtualList slots={(*slots).clone()} {render} node={props.node.clone()} label="Inbox" {reveal}
                active={props.open.as_ref().map(RowKey::element_id)} onnear_end={props.onmore.clone()}
                ontop={Callback::from(move |is_top| set_top.set(is_top))} />
        </div>
    }
}

fn scroll_to_top(node: &NodeRef) {
    if let Some(list) = node.cast::<web_sys::Element>() {
        list.set_scroll_top(0);
    }
}
