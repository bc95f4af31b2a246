//! The pages one below the other, of which only the near ones exist; dragging moves them.

use super::layout::Area;
use super::page::Page;
use super::search::Hit;
use super::use_find::Book;
use super::use_stage::Stage;
use super::words;
use super::{tiles, turning};
use crate::browser;
use domain::fax::ViewedPage;
use std::rc::Rc;
use web_sys::Element;
use yew::{
    Callback, Event, Html, PointerEvent, Properties, TargetCast as _, classes, component, html, use_mut_ref,
    use_state_eq,
};

/// A hand is not quite still when it clicks.
const STILL: f64 = 4.0;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub stage: Stage,
    pub pages: Rc<[ViewedPage]>,
    pub book: Book,
    pub hits: Rc<Vec<Hit>>,
    /// Which hit was stepped to.
    pub hit: Option<usize>,
    pub is_inverted: bool,
}

/// A drag that has begun: where, and how far the sheet was scrolled.
#[derive(Debug, Clone, Copy)]
struct Drag {
    from: (f64, f64),
    scrolled: (f64, f64),
    has_moved: bool,
}

/// The sheet.
#[component]
pub(super) fn Sheet(props: &Props) -> Html {
    let stage = &props.stage;
    let Stage { layout, view, .. } = stage;
    let drag = use_mut_ref(|| None::<Drag>);
    let is_dragged = use_state_eq(|| false);
    let onpointerdown = {
        let (drag, node) = (drag.clone(), stage.node.clone());
        Callback::from(move |event: PointerEvent| {
            let Some((left, top, width, height)) = browser::scrolled(&node) else {
                return;
            };
            let at = position(&event, &node);
            // Fingers scroll by themselves, words are marked, and the scroll bars are no part of the sheet.
            let is_on_sheet = at.0 < width && at.1 < height;
            let is_mouse = event.pointer_type() != "touch" && event.button() == 0;
            if is_mouse && is_on_sheet && !words::is_word(&event) && !is_on_button(&event) {
                drag.replace(Some(Drag {
                    from: at,
                    scrolled: (left, top),
                    has_moved: false,
                }));
            }
        })
    };
    let onpointermove = {
        let (drag, node, is_dragged) = (drag.clone(), stage.node.clone(), is_dragged.setter());
        Callback::from(move |event: PointerEvent| {
            let mut drag = drag.borrow_mut();
            let Some(drag) = drag.as_mut() else { return };
            let at = position(&event, &node);
            let moved = (at.0 - drag.from.0, at.1 - drag.from.1);
            if !drag.has_moved && moved.0.abs().max(moved.1.abs()) > STILL {
                drag.has_moved = true;
                is_dragged.set(true);
                if let Some(element) = node.cast::<Element>() {
                    let _ = element.set_pointer_capture(event.pointer_id());
                }
            }
            if drag.has_moved {
                browser::scroll_to(&node, drag.scrolled.0 - moved.0, drag.scrolled.1 - moved.1);
            }
        })
    };
    let onpointerup = {
        let is_dragged = is_dragged.setter();
        Callback::from(move |_: PointerEvent| {
            drag.take();
            is_dragged.set(false);
        })
    };
    let oncopy = {
        let book = props.book.clone();
        Callback::from(move |event: Event| {
            if let Some(root) = event
                .target_dyn_into::<Element>()
                .and_then(|element| element.closest(".viewer-stage").ok()?)
            {
                words::copy(&event, &root, |page| book.get(page));
            }
        })
    };
    let class = classes!(
        "viewer-stage",
        is_dragged.then_some("is-dragged"),
        (layout.size().width > view.width || layout.size().height > view.height).then_some("is-movable"),
        props.is_inverted.then_some("is-inverted")
    );
    html! {
        <div ref={stage.node.clone()} {class} tabindex="0" role="group" aria-label="Pages" data-viewer-stage=""
            {onpointerdown} {onpointermove} onpointerup={onpointerup.clone()} onpointercancel={onpointerup}
            oncopy={oncopy}>
            <div ref={stage.sheet.clone()} class="viewer-sheet">
                // While nothing is measured every page would seem to be near.
                if !layout.is_blind() { { for layout.near(*view, view.height).filter_map(|index| page(props, index)) } }
            </div>
        </div>
    }
}

fn page(props: &Props, index: usize) -> Option<Html> {
    let page = *props.pages.get(index)?;
    let Stage {
        layout,
        view,
        current,
        ..
    } = &props.stage;
    let area = layout.page(index, view.left);
    let paper = turning::turned(area.size(), page.quarter_turns);
    let drawing = tiles::drawing(paper, browser::dots_per_pixel());
    let tiles = layout
        .seen(index, *view)
        .map(|seen: Area| turning::on_paper(seen, area.size(), page.quarter_turns))
        .map(|seen| tiles::tiles(drawing, paper, seen))
        .unwrap_or_default();
    let hits: Vec<(Hit, bool)> = props
        .hits
        .iter()
        .enumerate()
        .filter(|(_, hit)| hit.page == index)
        .map(|(at, hit)| (hit.clone(), props.hit == Some(at)))
        .collect();
    let distance = u32::try_from(index.abs_diff(*current)).unwrap_or(u32::MAX);
    Some(html! {
        <Page key={index} {page} {index} count={props.pages.len()} {area} {drawing} {tiles} {distance} words={props.book.get(index)} {hits} />
    })
}

fn position(event: &PointerEvent, node: &yew::NodeRef) -> (f64, f64) {
    let corner = node.cast::<Element>().map_or((0.0, 0.0), |element| {
        let place = element.get_bounding_client_rect();
        (place.left(), place.top())
    });
    (
        f64::from(event.client_x()) - corner.0,
        f64::from(event.client_y()) - corner.1,
    )
}

fn is_on_button(event: &PointerEvent) -> bool {
    event
        .target_dyn_into::<Element>()
        .is_some_and(|target| target.closest("button").ok().flatten().is_some())
}
