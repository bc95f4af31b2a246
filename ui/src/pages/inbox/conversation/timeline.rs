//! The history itself, scrolled to what was opened, held in place when earlier parts arrive.

use super::event::Event;
use super::history::continues;
use super::use_history::use_history;
use crate::components::{Button, ButtonKind, Strip, StripKind};
use crate::hooks::{use_now, use_place};
use domain::communication::Communication;
use domain::ids::CommunicationId;
use domain::inbox::{ItemDetail, Subject};
use std::rc::Rc;
use web_sys::{Element, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::{Callback, Html, NodeRef, Properties, component, html, use_effect_with, use_mut_ref, use_node_ref};

/// From so near to the top the earlier part is fetched.
const NEAR_TOP: i32 = 240;
/// Whoever is this near to the end wants to see what comes in.
const NEAR_END: i32 = 80;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub detail: Rc<ItemDetail>,
    pub open: CommunicationId,
    pub onseen: Callback<Communication>,
}

/// What the pane looked like after it was drawn last.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    open: Option<CommunicationId>,
    first: Option<CommunicationId>,
    height: i32,
    is_at_end: bool,
}

/// The history.
#[component]
pub(crate) fn Timeline(props: &Props) -> Html {
    let now = use_now();
    let (node, inner) = (use_node_ref(), use_node_ref());
    let handle = use_history(&props.detail);
    let items = &handle.history.items;
    let seen = use_mut_ref(Seen::default);
    use_place(&node, {
        let (node, seen, earlier) = (node.clone(), seen.clone(), handle.earlier.clone());
        move |()| {
            let Some(pane) = node.cast::<Element>() else {
                return;
            };
            let mut seen = seen.borrow_mut();
            // With another height this is no move of the person's, but a picture that has just arrived; see below.
            if pane.scroll_height() == seen.height {
                seen.is_at_end = is_at_end(&pane);
            }
            drop(seen);
            if pane.scroll_top() < NEAR_TOP && pane.scroll_height() > pane.client_height() {
                earlier.emit(());
            }
        }
    });
    // Pictures that arrive late make the history longer; whoever stands at its end stays there.
    use_place(&inner, {
        let (node, seen) = (node.clone(), seen.clone());
        move |()| {
            let Some(pane) = node.cast::<Element>() else {
                return;
            };
            let mut seen = seen.borrow_mut();
            seen.height = pane.scroll_height();
            if seen.is_at_end {
                pane.set_scroll_top(pane.scroll_height());
            }
        }
    });
    use_effect_with(
        (
            props.detail.item.id,
            items.first().map(|item| item.id),
            items.len(),
        ),
        {
            let (node, open) = (node.clone(), props.detail.item.id);
            move |(_, first, _): &(CommunicationId, Option<CommunicationId>, usize)| {
                settle(&node, &mut seen.borrow_mut(), open, *first);
            }
        },
    );
    let is_of_one = !matches!(props.detail.subject, Subject::Conversation(_));
    let last = items.len().saturating_sub(1);
    html! {
        <div ref={node} class="feed" tabindex="0" role="log" aria-label="History" aria-live="off">
            <div ref={inner} class="feed-inner">
                if let Some(error) = &handle.error {
                    <Strip kind={StripKind::Failure} text={error.message.clone()}>
                        <Button label="Try again" small={true} onpress={handle.earlier.clone()} />
                    </Strip>
                } else if handle.history.earlier.is_some() {
                    <Button label={if handle.is_loading { "Fetching earlier items" } else { "Earlier" }} kind={ButtonKind::Quiet} small={true}
                        disabled={handle.is_loading} onpress={handle.earlier.clone()} />
                }
                { for items.iter().enumerate().map(|(index, item)| {
                    let is_open = item.id == props.open;
                    let is_continued = index < last && continues(item, items.get(index + 1));
                    html! {
                        <Event key={item.id.0} item={item.clone()} now={now.clone()} {is_open} {is_continued} {is_of_one} onseen={props.onseen.clone()} />
                    }
                }) }
            </div>
        </div>
    }
}

/// Scrolls to the opened item, or keeps what is being read where it is.
fn settle(node: &NodeRef, seen: &mut Seen, open: CommunicationId, first: Option<CommunicationId>) {
    let Some(pane) = node.cast::<Element>() else {
        return;
    };
    let height = pane.scroll_height();
    if seen.open != Some(open) {
        pane.set_scroll_top(height);
        show_item(&pane, open);
    } else if seen.first != first {
        // Something was put in front: what was at the top moves down by as much.
        pane.set_scroll_top(pane.scroll_top() + height - seen.height);
    } else if seen.is_at_end {
        pane.set_scroll_top(height);
    }
    *seen = Seen {
        open: Some(open),
        first,
        height,
        is_at_end: is_at_end(&pane),
    };
}

/// Brings an item into view if the end of the history is not enough for it.
fn show_item(pane: &Element, id: CommunicationId) {
    let Some(item) = pane.query_selector(&format!("#event-{id}")).ok().flatten() else {
        return;
    };
    if item.get_bounding_client_rect().top() < pane.get_bounding_client_rect().top() {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Center);
        item.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

fn is_at_end(pane: &Element) -> bool {
    pane.scroll_top() + pane.client_height() + NEAR_END >= pane.scroll_height()
}
