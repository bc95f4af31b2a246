//! A button that opens a small panel below itself: a menu, or details.
//!
//! It is placed by the style sheet alone and closes on Esc, on a click elsewhere, and when something in it was chosen.

use crate::browser;
use crate::hooks::use_outside;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};
use yew::{
    AttrValue, Callback, Children, ContextProvider, Html, KeyboardEvent, MouseEvent, NodeRef, Properties,
    classes, component, html, use_effect_with, use_node_ref, use_state,
};

/// Closes the panel one is in.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Close(pub(super) Callback<()>);

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    /// What the button shows.
    pub trigger: Html,
    /// What screen readers call button and panel.
    pub label: AttrValue,
    /// Class of the button.
    #[prop_or(AttrValue::Static("button button-quiet"))]
    pub class: AttrValue,
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// The panel holds [`MenuItem`](super::MenuItem)s and nothing else.
    #[prop_or_default]
    pub is_menu: bool,
    /// The panel's right edge lies under the button's, for buttons at the right.
    #[prop_or_default]
    pub at_end: bool,
    /// Opens upwards where there is more room above, for buttons inside of what scrolls.
    #[prop_or_default]
    pub finds_room: bool,
    #[prop_or_default]
    pub children: Children,
}

/// Button and panel.
#[component]
pub(crate) fn Popover(props: &Props) -> Html {
    let is_open = use_state(|| false);
    let is_above = use_state(|| false);
    let root = use_node_ref();
    let close = {
        let (is_open, root) = (is_open.setter(), root.clone());
        Callback::from(move |()| {
            is_open.set(false);
            focus_first(&root, ".popover-trigger");
        })
    };
    use_outside(&root, *is_open, {
        let is_open = is_open.setter();
        move |()| is_open.set(false)
    });
    use_effect_with(
        (root.clone(), *is_open, props.is_menu),
        |(root, is_open, is_menu)| {
            if *is_open && *is_menu {
                focus_first(root, "[role^=menuitem]:not(:disabled)");
            } else if *is_open {
                focus_first(root, "[data-first-focus]");
            }
        },
    );
    let onclick = {
        let (is_open, is_above, root) = (is_open.clone(), is_above.setter(), root.clone());
        let finds_room = props.finds_room;
        Callback::from(move |_: MouseEvent| {
            is_above.set(finds_room && has_more_room_above(&root));
            is_open.set(!*is_open);
        })
    };
    let onkeydown = {
        let (close, root, is_open) = (close.clone(), root.clone(), *is_open);
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Escape" if is_open => {
                event.prevent_default();
                event.stop_propagation();
                close.emit(());
            }
            key @ ("ArrowDown" | "ArrowUp") if is_open => {
                event.prevent_default();
                event.stop_propagation();
                step(&root, key == "ArrowDown");
            }
            _ => {}
        })
    };
    html! {
        <div ref={root} class="popover" {onkeydown}>
            <button type="button" class={classes!("popover-trigger", props.class.to_string())} title={props.hint.clone()}
                aria-label={props.label.clone()} aria-expanded={is_open.to_string()}
                aria-haspopup={if props.is_menu { "menu" } else { "dialog" }} {onclick}>
                { props.trigger.clone() }
            </button>
            if *is_open {
                <div class={classes!("popover-panel", props.at_end.then_some("at-end"), is_above.then_some("is-above"), props.is_menu.then_some("menu"))}
                    role={if props.is_menu { "menu" } else { "dialog" }} aria-label={props.label.clone()}>
                    <ContextProvider<Close> context={Close(close)}>{ props.children.clone() }</ContextProvider<Close>>
                </div>
            }
        </div>
    }
}

/// Compares the halves of what scrolls around the button, or of the window.
fn has_more_room_above(root: &NodeRef) -> bool {
    let Some(root) = root.cast::<Element>() else {
        return false;
    };
    let place = root.get_bounding_client_rect();
    let around = root.closest(".feed, .dialog-body").ok().flatten();
    let around = around.or_else(|| browser::document()?.document_element());
    around.is_some_and(|around| {
        let around = around.get_bounding_client_rect();
        place.top() - around.top() > around.bottom() - place.bottom()
    })
}

fn focus_first(root: &NodeRef, selector: &str) {
    if let Some(root) = root.cast::<Element>() {
        browser::focus_within(&root, selector);
    }
}

/// Moves the focus to the next or previous item, and around at the ends.
fn step(root: &NodeRef, forward: bool) {
    let Some(root) = root.cast::<Element>() else {
        return;
    };
    let Ok(found) = root.query_selector_all("[role^=menuitem]:not(:disabled)") else {
        return;
    };
    let items: Vec<HtmlElement> = (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into::<HtmlElement>().ok())
        .collect();
    let active = browser::document().and_then(|document| document.active_element());
    let at = items.iter().position(|item| {
        active
            .as_ref()
            .is_some_and(|active| item.is_same_node(Some(active)))
    });
    let next = match (at, forward) {
        (Some(at), true) => items.get(at + 1).or(items.first()),
        (Some(at), false) => at.checked_sub(1).and_then(|at| items.get(at)).or(items.last()),
        (None, true) => items.first(),
        (None, false) => items.last(),
    };
    if let Some(item) = next {
        let _ = item.focus();
    }
}
