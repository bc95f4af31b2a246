//! Scrolling and zooming: what is seen of the pages, and holding what is looked at while the zoom or the window changes.

use super::layout::{Anchor, Area, Layout, Size, Zoom};
use super::zoom;
use crate::browser;
use crate::hooks::{use_latest, use_place, use_stable};
use gloo_events::{EventListener, EventListenerOptions};
use std::rc::Rc;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, WheelEvent};
use yew::{Callback, NodeRef, hook, use_effect_with, use_memo, use_mut_ref, use_node_ref, use_state_eq};

/// A wheel that counts lines instead of pixels.
const PIXELS_PER_LINE: f64 = 40.0;

/// What is seen, and how to see something else.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stage {
    /// The element that scrolls, and the sheet with the pages in it.
    pub(super) node: NodeRef,
    pub(super) sheet: NodeRef,
    pub(super) layout: Rc<Layout>,
    pub(super) view: Area,
    /// The page somebody looks at.
    pub(super) current: usize,
    pub(super) zoom: Zoom,
    /// Keeps the middle of the view where it is.
    pub(super) zoom_to: Callback<Zoom>,
    pub(super) go_to: Callback<usize>,
    pub(super) scroll_by: Callback<(f64, f64)>,
    /// Brings a part of a page into view, in pixels of the page as it is shown.
    pub(super) reveal: Callback<(usize, Area)>,
}

impl Stage {
    /// Of the page somebody looks at, in per cent of the paper.
    pub(super) fn percent(&self) -> f64 {
        self.layout.percent(self.current)
    }
}

/// The stage for pages of these sizes, turned as they are shown, in points.
#[hook]
pub(super) fn use_stage(sizes: Rc<[Size]>, first: impl FnOnce() -> Zoom) -> Stage {
    let (node, sheet) = (use_node_ref(), use_node_ref());
    let zoom = use_state_eq(first);
    let view = use_state_eq(Area::default);
    let layout = use_memo((sizes, *zoom, view.size()), |(sizes, zoom, view)| {
        Layout::new(sizes, *zoom, *view)
    });
    let held = use_mut_ref(|| None::<Anchor>);
    // As the page has it. What is rendered may lag behind when keys come fast, and a place reckoned from that would be a wrong one.
    let applied = use_mut_ref(Rc::<Layout>::default);

    let follow = {
        let (node, view) = (node.clone(), view.setter());
        use_stable(move |()| {
            if let Some(now) = seen(&node) {
                view.set(now);
            }
        })
    };
    use_place(&node, {
        let follow = follow.clone();
        move |()| follow.emit(())
    });
    // After each change of the zoom, so that what is held for one is never taken for another.
    use_effect_with((layout.clone(), *zoom), {
        let (node, sheet, held, follow) = (node.clone(), sheet.clone(), held.clone(), follow.clone());
        let applied = applied.clone();
        move |(layout, _): &(Rc<Layout>, Zoom)| {
            // The first one is reckoned before anything can be measured.
            let Some(view) = seen(&node).filter(|_| !layout.is_blind()) else {
                return;
            };
            let before = applied.replace(layout.clone());
            let middle = || before.anchor(view, (view.width / 2.0, view.height / 2.0));
            let anchor = held.take().or_else(|| (before.len() > 0).then(middle));
            browser::set_style(&sheet, "width", &format!("{}px", layout.size().width));
            browser::set_style(&sheet, "height", &format!("{}px", layout.size().height));
            if let Some(anchor) = anchor {
                let (left, top) = layout.scroll_to(anchor);
                browser::scroll_to(&node, left, top);
            }
            follow.emit(());
        }
    });

    let zoom_about = {
        let (set, held) = (zoom.setter(), held.clone());
        let now = *zoom;
        use_stable(move |(zoom, anchor): (Zoom, Anchor)| {
            if zoom != now {
                held.replace(Some(anchor));
                set.set(zoom);
            }
        })
    };
    use_wheel(&node, {
        let (node, applied, zoom_about) = (node.clone(), applied.clone(), zoom_about.clone());
        move |(pixels, at): (f64, (f64, f64))| {
            // Before it is known how much room there is, there is nothing to enlarge.
            if let Some(view) = seen(&node).filter(|_| applied.borrow().len() > 0) {
                let layout = applied.borrow().clone();
                let percent = layout.percent(layout.at(view.top + at.1));
                let zoom = Zoom::Percent(zoom::turned(percent, pixels));
                zoom_about.emit((zoom, layout.anchor(view, at)));
            }
        }
    });
    let zoom_to = {
        let (node, applied) = (node.clone(), applied.clone());
        use_stable(move |zoom| {
            if let Some(view) = seen(&node).filter(|_| applied.borrow().len() > 0) {
                let layout = applied.borrow().clone();
                let anchor = match zoom {
                    // Half of it would be out of view otherwise.
                    Zoom::FitPage => layout.top_of(layout.current(view)),
                    Zoom::FitWidth | Zoom::Percent(_) => {
                        layout.anchor(view, (view.width / 2.0, view.height / 2.0))
                    }
                };
                zoom_about.emit((zoom, anchor));
            }
        })
    };
    let go_to = {
        let (node, applied) = (node.clone(), applied.clone());
        use_stable(move |page| {
            if let Some(view) = seen(&node) {
                let (left, top) = applied.borrow().scroll_to_page(page, view.left);
                browser::scroll_to(&node, left, top);
            }
        })
    };
    let scroll_by = {
        let node = node.clone();
        use_stable(move |(across, down): (f64, f64)| {
            if let Some(view) = seen(&node) {
                browser::scroll_to(&node, view.left + across, view.top + down);
            }
        })
    };
    let reveal = {
        let node = node.clone();
        use_stable(move |(page, part)| {
            if let Some((left, top)) =
                seen(&node).and_then(|view| applied.borrow().scroll_to_part(page, part, view))
            {
                browser::scroll_to(&node, left, top);
            }
        })
    };
    Stage {
        current: layout.current(*view),
        node,
        sheet,
        layout,
        view: *view,
        zoom: *zoom,
        zoom_to,
        go_to,
        scroll_by,
        reveal,
    }
}

/// Read from the page and never remembered, so that it cannot be wrong.
fn seen(node: &NodeRef) -> Option<Area> {
    let (left, top, width, height) = browser::scrolled(node)?;
    Some(Area {
        left,
        top,
        width,
        height,
    })
}

/// The wheel with Control, or two fingers that part: how many pixels, and where in the view.
#[hook]
fn use_wheel(node: &NodeRef, turned: impl Fn((f64, (f64, f64))) + 'static) {
    let latest = use_latest(turned);
    use_effect_with(node.clone(), move |node| {
        let listener = node.cast::<Element>().map(|element| {
            let options = EventListenerOptions::enable_prevent_default();
            let target = element.clone();
            EventListener::new_with_options(&element, "wheel", options, move |event| {
                let Some(event) = event.dyn_ref::<WheelEvent>() else {
                    return;
                };
                if event.ctrl_key() || event.meta_key() {
                    // The engine would enlarge the whole window.
                    event.prevent_default();
                    let place = target.get_bounding_client_rect();
                    let pixels = if event.delta_mode() == WheelEvent::DOM_DELTA_PIXEL {
                        event.delta_y()
                    } else {
                        event.delta_y() * PIXELS_PER_LINE
                    };
                    let at = (
                        f64::from(event.client_x()) - place.left(),
                        f64::from(event.client_y()) - place.top(),
                    );
                    latest.call((pixels, at));
                }
            })
        });
        move || drop(listener)
    });
}
