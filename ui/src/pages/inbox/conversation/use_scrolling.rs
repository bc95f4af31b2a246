//! Where the history stands in its pane: at what was opened, at the end while things are added there, and otherwise where it was.

use crate::hooks::use_place;
use domain::ids::{CommunicationId, OutgoingId};
use web_sys::Element;
use yew::{Callback, NodeRef, hook, use_effect_with, use_mut_ref};

/// From so near to the top the earlier part is fetched.
const NEAR_TOP: i32 = 240;
/// Whoever is this near to the end wants to see what comes in.
const NEAR_END: i32 = 80;

/// What is drawn, as far as scrolling may be due to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Drawn {
    pub(super) open: CommunicationId,
    pub(super) first: Option<CommunicationId>,
    pub(super) count: usize,
    /// The newest of what is on its way, once that is known.
    pub(super) newest: Option<Option<OutgoingId>>,
}

/// What the pane looked like after it was drawn last.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    open: Option<CommunicationId>,
    first: Option<CommunicationId>,
    height: i32,
    /// Of the pane itself, which shrinks while the composer grows.
    pane_height: i32,
    is_at_end: bool,
    /// The newest of what is on its way, once that was known.
    newest: Option<Option<OutgoingId>>,
    /// Where the pane was put to show what was opened; nothing any more once the person has moved it.
    shows_at: Option<i32>,
}

/// Keeps the pane `node` with its content `inner` in place; `earlier` is called near the beginning.
#[hook]
pub(super) fn use_scrolling(node: &NodeRef, inner: &NodeRef, drawn: Drawn, earlier: Callback<()>) {
    let seen = use_mut_ref(Seen::default);
    use_place(node, {
        let (node, seen, earlier) = (node.clone(), seen.clone(), earlier);
        move |()| {
            let Some(pane) = node.cast::<Element>() else {
                return;
            };
            let mut seen = seen.borrow_mut();
            if pane.client_height() != seen.pane_height {
                // The composer grew or shrank: the end stays where it was seen, just above it.
                seen.pane_height = pane.client_height();
                if seen.is_at_end {
                    pane.set_scroll_top(pane.scroll_height());
                }
            } else if pane.scroll_height() == seen.height {
                // With another height this is no move of the person's, but a picture that has just arrived; see below.
                seen.is_at_end = is_at_end(&pane);
                let is_ours = |at: &i32| (pane.scroll_top() - at).abs() <= 1;
                seen.shows_at = seen.shows_at.filter(is_ours);
            }
            drop(seen);
            if pane.scroll_top() < NEAR_TOP && pane.scroll_height() > pane.client_height() {
                earlier.emit(());
            }
        }
    });
    // Pictures that arrive late make the history longer; whoever stands at its end stays there.
    use_place(inner, {
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
            // What was opened grew itself: a page of a fax takes its place when it is known how large it is.
            if let (Some(open), true) = (seen.open, seen.shows_at.is_some()) {
                show_item(&pane, open);
            }
            seen.shows_at = seen.shows_at.map(|_| pane.scroll_top());
        }
    });
    use_effect_with(drawn, {
        let node = node.clone();
        move |drawn| settle(&node, &mut seen.borrow_mut(), *drawn)
    });
}

/// Scrolls to the opened item, or keeps what is being read where it is.
fn settle(node: &NodeRef, seen: &mut Seen, drawn: Drawn) {
    let Drawn {
        open, first, newest, ..
    } = drawn;
    let Some(pane) = node.cast::<Element>() else {
        return;
    };
    let height = pane.scroll_height();
    // Whoever has just sent something wants to see it.
    let has_sent = newest.flatten().is_some() && seen.newest.is_some() && seen.newest != newest;
    if seen.open != Some(open) {
        pane.set_scroll_top(height);
    } else if seen.first != first {
        // Something was put in front: what was at the top moves down by as much.
        pane.set_scroll_top(pane.scroll_top() + height - seen.height);
    } else if seen.is_at_end || has_sent {
        pane.set_scroll_top(height);
    }
    let shows = seen.open != Some(open) || (!has_sent && seen.shows_at.is_some());
    if shows {
        // The end of the history must not hide what was opened.
        show_item(&pane, open);
    }
    *seen = Seen {
        open: Some(open),
        first,
        height,
        pane_height: pane.client_height(),
        is_at_end: is_at_end(&pane),
        newest: newest.or(seen.newest.filter(|_| seen.open == Some(open))),
        shows_at: shows.then(|| pane.scroll_top()),
    };
}

/// Brings an item into view, as far as it is not.
fn show_item(pane: &Element, id: CommunicationId) {
    let Some(item) = pane.query_selector(&format!("#event-{id}")).ok().flatten() else {
        return;
    };
    let (item_place, pane_place) = (item.get_bounding_client_rect(), pane.get_bounding_client_rect());
    if item_place.top() >= pane_place.top() && item_place.bottom() <= pane_place.bottom() {
        return;
    }
    // Of what is taller than the pane the beginning is shown. Only the pane is moved: the engine's own way would move the frame too.
    let by = if item_place.height() > pane_place.height() {
        item_place.top() - pane_place.top()
    } else if item_place.top() < pane_place.top() {
        (item_place.top() + item_place.bottom() - pane_place.top() - pane_place.bottom()) / 2.0
    } else {
        item_place.bottom() - pane_place.bottom()
    };
    #[expect(clippy::cast_possible_truncation, reason = "pixels of a pane")]
    pane.set_scroll_top(pane.scroll_top() + by.round() as i32);
}

fn is_at_end(pane: &Element) -> bool {
    pane.scroll_top() + pane.client_height() + NEAR_END >= pane.scroll_height()
}
