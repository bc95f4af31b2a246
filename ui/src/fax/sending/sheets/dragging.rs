//! Dragging a page to another place, by pointer events: the engine's own dragging is taken by files from outside.

use super::WasDragged;
use crate::browser;
use crate::hooks::use_stable;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, PointerEvent};
use yew::{Callback, NodeRef, hook, use_mut_ref, use_state_eq};

/// So far a hand trembles when it clicks.
const SLACK_PX: i32 = 6;
/// So near to an edge the pages begin to move.
const EDGE_PX: f64 = 48.0;
const SCROLL_PX: i32 = 18;

#[derive(Debug, Clone, Copy)]
struct Held {
    from: usize,
    x: i32,
    y: i32,
    is_moving: bool,
}

/// What the list of pages listens to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Handlers {
    pub(super) down: Callback<PointerEvent>,
    pub(super) moving: Callback<PointerEvent>,
    pub(super) up: Callback<PointerEvent>,
    pub(super) cancel: Callback<PointerEvent>,
}

/// What is being dragged, and where it would come to stand.
#[derive(Debug, Clone)]
pub(super) struct Dragging {
    pub(super) shown: Option<(usize, Option<usize>)>,
    pub(super) was_dragged: WasDragged,
    pub(super) handlers: Handlers,
}

/// Calls `onmove` with the page and the place before which it was dropped. Pages are what carries `data-at`.
#[hook]
pub(super) fn use_dragging(root: &NodeRef, onmove: impl Fn((usize, usize)) + 'static) -> Dragging {
    let held = use_mut_ref(|| None::<Held>);
    let shown = use_state_eq(|| None::<(usize, Option<usize>)>);
    let was_dragged = use_mut_ref(WasDragged::default).borrow().clone();
    let down = {
        let (held, was_dragged) = (held.clone(), was_dragged.clone());
        use_stable(move |event: PointerEvent| {
            was_dragged.set(false);
            let is_picture = event
                .target()
                .and_then(|target| target.dyn_into::<Element>().ok())
                .filter(|element| matches!(element.closest(".fax-sheet-open"), Ok(Some(_))));
            let at = is_picture.and_then(|element| place_of(&element));
            *held.borrow_mut() = at.filter(|_| event.button() == 0).map(|(from, _)| Held {
                from,
                x: event.client_x(),
                y: event.client_y(),
                is_moving: false,
            });
        })
    };
    let moving = {
        let (held, root, set) = (held.clone(), root.clone(), shown.setter());
        use_stable(move |event: PointerEvent| {
            let Some(mut now) = *held.borrow() else { return };
            let (x, y) = (event.client_x(), event.client_y());
            let is_far = (x - now.x).abs().max((y - now.y).abs()) > SLACK_PX;
            if !now.is_moving && is_far {
                now.is_moving = true;
                *held.borrow_mut() = Some(now);
                if let Some(root) = root.cast::<Element>() {
                    let _ = root.set_pointer_capture(event.pointer_id());
                }
            }
            if now.is_moving {
                scroll(&root, y);
                set.set(Some((now.from, place_under(x, y))));
            }
        })
    };
    let up = {
        let (held, shown, was_dragged) = (held.clone(), shown.clone(), was_dragged.clone());
        use_stable(move |event: PointerEvent| {
            let Some(Held {
                from,
                is_moving: true,
                ..
            }) = held.take()
            else {
                return;
            };
            was_dragged.set(true);
            shown.set(None);
            if let Some(before) = place_under(event.client_x(), event.client_y()) {
                onmove((from, before));
            }
        })
    };
    let cancel = {
        let (held, set) = (held, shown.setter());
        use_stable(move |_: PointerEvent| {
            held.take();
            set.set(None);
        })
    };
    Dragging {
        shown: *shown,
        was_dragged,
        handlers: Handlers {
            down,
            moving,
            up,
            cancel,
        },
    }
}

/// Before which page something dropped here would stand: the halves of a page are the places beside it.
fn place_under(x: i32, y: i32) -> Option<usize> {
    #[expect(clippy::cast_precision_loss, reason = "a place in a window is a small number")]
    let element = browser::document()?.element_from_point(x as f32, y as f32)?;
    let (at, card) = place_of(&element)?;
    let place = card.get_bounding_client_rect();
    let is_right = f64::from(x) > place.left() + place.width() / 2.0;
    Some(at + usize::from(is_right))
}

fn place_of(element: &Element) -> Option<(usize, Element)> {
    let card = element.closest("[data-at]").ok()??;
    let at = card.get_attribute("data-at")?.parse().ok()?;
    Some((at, card))
}

fn scroll(root: &NodeRef, y: i32) {
    let Some(root) = root.cast::<Element>() else {
        return;
    };
    let place = root.get_bounding_client_rect();
    let y = f64::from(y);
    if y < place.top() + EDGE_PX {
        root.set_scroll_top(root.scroll_top() - SCROLL_PX);
    } else if y > place.bottom() - EDGE_PX {
        root.set_scroll_top(root.scroll_top() + SCROLL_PX);
    }
}
