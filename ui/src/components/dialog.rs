//! A dialog above the page, on the browser's own `<dialog>`: it keeps the focus inside and gives it back when closed.

use super::button::{Button, ButtonKind};
use super::icon::Icon;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlDialogElement};
use yew::{
    AttrValue, Callback, Children, Event, Html, KeyboardEvent, MouseEvent, NodeRef, Properties, classes,
    component, html, use_effect_with, use_node_ref,
};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub title: AttrValue,
    /// Closed by Esc, by the cross, or by a click beside it.
    pub onclose: Callback<()>,
    #[prop_or_default]
    pub wide: bool,
    /// As large as the window allows, to work in.
    #[prop_or_default]
    pub large: bool,
    /// Stays open on a click beside it, because something typed would be lost.
    #[prop_or_default]
    pub keeps: bool,
    /// Buttons at the bottom.
    #[prop_or_default]
    pub footer: Html,
    #[prop_or_default]
    pub children: Children,
}

/// Open as long as it is part of the page.
#[component]
pub(crate) fn Dialog(props: &Props) -> Html {
    let node = use_node_ref();
    use_effect_with((), {
        let node = node.clone();
        move |()| show(&node)
    });
    let close = {
        let onclose = props.onclose.clone();
        Callback::from(move |()| onclose.emit(()))
    };
    let oncancel = {
        let onclose = props.onclose.clone();
        Callback::from(move |event: Event| {
            // The owner decides when it goes; the element alone would only hide itself.
            event.prevent_default();
            onclose.emit(());
        })
    };
    let onclick = {
        let (onclose, keeps) = (props.onclose.clone(), props.keeps);
        Callback::from(move |event: MouseEvent| {
            let is_beside = event
                .target()
                .is_some_and(|target| target.dyn_ref::<HtmlDialogElement>().is_some());
            if is_beside && !keeps {
                onclose.emit(());
            }
        })
    };
    // Keys pressed in the dialog are not for the page behind it.
    let onkeydown = Callback::from(|event: KeyboardEvent| event.stop_propagation());
    html! {
        <dialog ref={node} class={classes!("dialog", props.wide.then_some("dialog-wide"), props.large.then_some("dialog-large"))} aria-label={props.title.clone()}
            {oncancel} {onclick} {onkeydown}>
            <div class="dialog-frame">
                <header class="dialog-head">
                    <h2>{ &props.title }</h2>
                    <Button label="Close" icon={Icon::Close} kind={ButtonKind::Quiet} icon_only={true} onpress={close} />
                </header>
                <div class="dialog-body">{ props.children.clone() }</div>
                if props.footer != Html::default() { <footer class="dialog-foot">{ props.footer.clone() }</footer> }
            </div>
        </dialog>
    }
}

fn show(node: &NodeRef) -> impl FnOnce() + use<> {
    let dialog = node.cast::<HtmlDialogElement>();
    if let Some(dialog) = &dialog {
        let _ = dialog.show_modal();
        // Otherwise the cross would have the focus, and Enter would close what one wants to fill in.
        let first = dialog.query_selector(
            "[data-first-focus], .dialog-body input, .dialog-body textarea, .dialog-foot button",
        );
        if let Some(first) = first.ok().flatten() {
            focus(&first);
        }
    }
    move || {
        if let Some(dialog) = dialog {
            dialog.close();
        }
    }
}

fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<web_sys::HtmlElement>() {
        let _ = element.focus();
    }
}
