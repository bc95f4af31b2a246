//! A row of tabs over one list.

use crate::format::grouped;
use wasm_bindgen::JsCast as _;
use yew::{AttrValue, Callback, Html, KeyboardEvent, Properties, TargetCast as _, classes, component, html};

/// One tab.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tab<T> {
    pub value: T,
    pub label: AttrValue,
    /// Shown when not zero.
    pub count: u64,
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props<T: PartialEq + Clone> {
    pub tabs: Vec<Tab<T>>,
    pub selected: T,
    /// What screen readers call the row.
    pub label: AttrValue,
    pub onselect: Callback<T>,
}

/// The row. Left and right move between the tabs, as everywhere on the desktop.
#[component]
pub(crate) fn Tabs<T: PartialEq + Clone + 'static>(props: &Props<T>) -> Html {
    let onkeydown = Callback::from(|event: KeyboardEvent| {
        let Some(tab) = event.target_dyn_into::<web_sys::Element>() else {
            return;
        };
        let next = match event.key().as_str() {
            "ArrowRight" => tab.next_element_sibling(),
            "ArrowLeft" => tab.previous_element_sibling(),
            _ => return,
        };
        event.prevent_default();
        if let Some(next) = next.and_then(|next| next.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = next.focus();
            next.click();
        }
    });
    html! {
        <div class="tabs" role="tablist" aria-label={props.label.clone()} {onkeydown}>
            for tab in props.tabs.iter() { { one(tab, &props.selected, &props.onselect) } }
        </div>
    }
}

fn one<T: PartialEq + Clone + 'static>(tab: &Tab<T>, selected: &T, onselect: &Callback<T>) -> Html {
    let is_selected = tab.value == *selected;
    let onclick = {
        let (onselect, value) = (onselect.clone(), tab.value.clone());
        Callback::from(move |_| onselect.emit(value.clone()))
    };
    html! {
        <button type="button" role="tab" class={classes!("tab", is_selected.then_some("is-selected"))}
            aria-selected={is_selected.to_string()} tabindex={if is_selected { "0" } else { "-1" }} {onclick}>
            { &tab.label }
            if tab.count > 0 { <span class="tab-count">{ grouped(tab.count) }</span> }
        </button>
    }
}
