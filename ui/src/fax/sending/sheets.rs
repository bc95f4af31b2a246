//! All that will be sent, page by page: the cover sheet, then the pages, to put in order, turn and take out.

mod close_up;
mod dragging;
mod order;
mod picture;
mod sheet;
mod steps;

use super::readiness;
use crate::browser;
use crate::components::Button;
use close_up::CloseUp;
use domain::fax::{CoverSheet, DraftPage, FaxDraft, FaxFile, FaxFileKind, FaxHint};
use dragging::use_dragging;
use picture::Subject;
use sheet::{CoverCard, Mark, Sheet};
use std::cell::Cell;
use std::rc::Rc;
use steps::{Grid, Step};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};
use yew::{
    Callback, Html, NodeRef, Properties, classes, component, html, use_effect, use_mut_ref, use_node_ref,
    use_state_eq,
};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub draft: Rc<FaxDraft>,
    pub revision: u64,
    pub hints: Vec<FaxHint>,
    /// Nothing can be changed at the moment.
    pub is_locked: bool,
    /// What was taken out last and can be put back.
    pub removed: Option<String>,
    pub onchange: Callback<Vec<DraftPage>>,
    /// The pages that stay, and what was done.
    pub onremove: Callback<(Vec<DraftPage>, String)>,
    pub onputback: Callback<()>,
}

/// What somebody does with a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Open,
    /// Puts it somewhere else.
    Move(Step),
    /// Goes to another.
    Focus(Step),
    Turn,
    Remove,
}

/// What is looked at closely.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Close {
    Cover,
    Page(usize),
}

/// The pages.
#[component]
pub(super) fn Sheets(props: &Props) -> Html {
    let close = use_state_eq(|| None::<Close>);
    // The one that the keyboard is at: all of them would be hundreds of stops.
    let current = use_state_eq(|| 0_usize);
    let root = use_node_ref();
    let focus_wanted = use_mut_ref(|| None::<usize>);
    let (draft, count) = (&props.draft, props.draft.pages.len());
    use_effect({
        let (root, focus_wanted) = (root.clone(), focus_wanted.clone());
        move || {
            if let (Some(at), Some(root)) = (focus_wanted.take(), root.cast::<Element>()) {
                browser::focus_within(&root, &format!("[data-at='{at}'] .fax-sheet-open"));
            }
        }
    });
    let dragging = use_dragging(&root, {
        let (onchange, pages, is_locked) = (props.onchange.clone(), draft.pages.clone(), props.is_locked);
        move |(from, before)| {
            if !is_locked {
                onchange.emit(order::moved(&pages, from, before));
            }
        }
    });
    let act = {
        let (close, current, focus_wanted) = (close.clone(), current.setter(), focus_wanted.clone());
        let (props, was_dragged, root) = (props.clone(), dragging.was_dragged.clone(), root.clone());
        Callback::from(move |(at, act): (usize, Act)| {
            let pages = &props.draft.pages;
            let grid = Grid {
                count: pages.len(),
                columns: columns(&root),
                has_cover: props.draft.cover.sheet != CoverSheet::None,
            };
            let go = |to: usize| {
                current.set(to);
                if close.is_some() {
                    // In the close view the keys turn over.
                    close.set(Some(Close::Page(to)));
                } else {
                    *focus_wanted.borrow_mut() = Some(to);
                }
            };
            match act {
                Act::Open if !was_dragged.take() => {
                    current.set(at);
                    close.set(Some(Close::Page(at)));
                }
                Act::Focus(step) => {
                    if let Some(to) = grid.page_at(at, step) {
                        go(to);
                    }
                }
                Act::Move(step) if !props.is_locked => {
                    if let Some(to) = grid.page_at(at, step) {
                        go(to);
                        props
                            .onchange
                            .emit(order::moved(pages, at, to + usize::from(to > at)));
                    }
                }
                Act::Turn if !props.is_locked => props.onchange.emit(order::turned(pages, at)),
                Act::Remove if !props.is_locked => {
                    let rest = order::without(pages, at);
                    go(at.min(rest.len().saturating_sub(1)));
                    if rest.is_empty() {
                        close.set(None);
                    }
                    props.onremove.emit((rest, format!("Page {} removed", at + 1)));
                }
                _ => {}
            }
        })
    };
    let bar = html! {
        if let Some(words) = &props.removed {
            <span class="fax-removed" role="status">{ words }</span>
            <Button label="Undo" small={true} hint="Ctrl+Z" disabled={props.is_locked} onpress={props.onputback.clone()} />
        }
    };
    let onback = {
        let (close, focus_wanted) = (close.clone(), focus_wanted.clone());
        Callback::from(move |()| {
            // Whoever looked at a page goes on from there.
            if let Some(Close::Page(at)) = *close {
                *focus_wanted.borrow_mut() = Some(at);
            }
            close.set(None);
        })
    };
    match *close {
        Some(Close::Cover) if draft.cover.sheet != CoverSheet::None => {
            return html! { <CloseUp draft={draft.id} subject={Subject::Cover { revision: props.revision }} title="Cover sheet" {bar} {onback} /> };
        }
        Some(Close::Page(at)) => {
            if let Some(page) = draft.pages.get(at) {
                let hints = order::hints_of(&props.hints, at)
                    .into_iter()
                    .map(str::to_owned)
                    .collect::<Vec<_>>();
                return html! {
                    <CloseUp draft={draft.id} subject={Subject::Page(*page)} title={format!("Page {} of {count}", at + 1)} place={(at, count)} {hints}
                        is_locked={props.is_locked} onact={act} {bar} {onback} />
                };
            }
        }
        Some(Close::Cover) | None => {}
    }
    let open_cover = {
        let close = close.setter();
        Callback::from(move |()| close.set(Some(Close::Cover)))
    };
    let sheet = |(at, page): (usize, &DraftPage)| {
        let file = file_of(draft, page);
        let mark = dragging.shown.and_then(|(_, before)| match before? {
            before if before == at => Some(Mark::Before),
            before if before == at + 1 && before == count => Some(Mark::After),
            _ => None,
        });
        html! {
            <Sheet key={format!("{}-{}", page.file, page.index)} draft={draft.id} page={*page} {at} {count} file_name={file.map(|file| file.file_name.clone()).unwrap_or_default()}
                is_converted={file.is_some_and(|file| file.kind == FaxFileKind::ConvertedByRingCentral)} is_locked={props.is_locked}
                hints={order::hints_of(&props.hints, at).into_iter().map(str::to_owned).collect::<Vec<_>>()}
                is_current={at == (*current).min(count.saturating_sub(1))} is_dragged={dragging.shown.is_some_and(|(from, _)| from == at)} {mark} onact={act.clone()} />
        }
    };
    let handlers = dragging.handlers;
    html! {
        <div class="fax-sheets">
            <header class="fax-bar">
                <h3>{ readiness::pages(count) }</h3>
                <span class="hint fax-keys">{ if count > 1 { "Drag to put in order, or Alt with an arrow key" } else { "" } }</span>
                { bar }
            </header>
            <ol ref={root} class={classes!("fax-grid", dragging.shown.is_some().then_some("is-dragging"))} aria-label="Pages"
                onpointerdown={handlers.down} onpointermove={handlers.moving} onpointerup={handlers.up} onpointercancel={handlers.cancel}>
                if draft.cover.sheet != CoverSheet::None {
                    <CoverCard key="cover" draft={draft.id} revision={props.revision} onopen={open_cover} />
                }
                { for draft.pages.iter().enumerate().map(sheet) }
            </ol>
        </div>
    }
}

/// How many pages stand in a row: as many as begin at the height of the first.
fn columns(root: &NodeRef) -> usize {
    let Some(cards) = root.cast::<Element>().map(|root| root.children()) else {
        return 1;
    };
    let tops = (0..cards.length()).filter_map(|index| {
        let card = cards.item(index)?.dyn_into::<HtmlElement>().ok()?;
        Some(card.offset_top())
    });
    let tops: Vec<i32> = tops.collect();
    tops.iter()
        .take_while(|top| tops.first() == Some(top))
        .count()
        .max(1)
}

fn file_of<'a>(draft: &'a FaxDraft, page: &DraftPage) -> Option<&'a FaxFile> {
    draft.files.iter().find(|file| file.id == page.file)
}

/// A click that ends a drag opens nothing.
type WasDragged = Rc<Cell<bool>>;
