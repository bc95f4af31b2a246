//! The pane over the whole window. What is below cannot be reached meanwhile; the focus goes back when it closes.
//!
//! Not a modal `<dialog>`: those lie above everything, notes about what was just saved included.

use crate::browser;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;
use yew::{AttrValue, Children, Html, Properties, component, create_portal, html, use_effect_with, use_memo};

/// What lies below.
const BELOW: &str = ".frame";

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub label: AttrValue,
    /// Beside the pane, for the printer.
    #[prop_or_default]
    pub beside: Html,
    pub children: Children,
}

/// Open as long as it is part of the page.
#[component]
pub(super) fn Overlay(props: &Props) -> Html {
    let host = use_memo((), |()| browser::add_above("viewer-host"));
    use_effect_with((), {
        let host = host.clone();
        move |()| {
            let before = browser::document().and_then(|document| document.active_element());
            browser::set_inert(BELOW, true);
            if let Some(host) = &*host {
                browser::focus_within(host, "[data-viewer-stage]");
            }
            move || {
                browser::set_full_screen(false);
                browser::set_inert(BELOW, false);
                if let Some(host) = &*host {
                    host.remove();
                }
                if let Some(element) = before.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
                    let _ = element.focus();
                }
            }
        }
    });
    match &*host {
        Some(host) => create_portal(
            html! {
                <>
                    <dialog class="viewer" open={true} tabindex="-1" aria-modal="true" aria-label={props.label.clone()}>
                        { props.children.clone() }
                    </dialog>
                    { props.beside.clone() }
                </>
            },
            host.clone(),
        ),
        None => Html::default(),
    }
}
