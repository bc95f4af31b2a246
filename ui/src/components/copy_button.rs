//! Puts a number or address on the clipboard and says so.

use super::button::{Button, ButtonKind};
use super::icon::Icon;
use super::toasts::use_toasts;
use crate::browser;
use wasm_bindgen_futures::spawn_local;
use yew::{AttrValue, Callback, Html, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub text: AttrValue,
    /// What is copied, in words: `number`.
    pub what: AttrValue,
}

/// A small sign beside what it copies.
#[component]
pub(crate) fn CopyButton(props: &Props) -> Html {
    let toasts = use_toasts();
    let onpress = {
        let (text, what) = (props.text.clone(), props.what.clone());
        Callback::from(move |()| {
            let (text, what, toasts) = (text.clone(), what.clone(), toasts.clone());
            spawn_local(async move {
                if browser::copy(&text).await {
                    toasts.say(format!("Copied {text}"));
                } else {
                    toasts.fail(format!(
                        "The {what} could not be copied: the desktop refused access to the clipboard."
                    ));
                }
            });
        })
    };
    html! {
        <Button label={format!("Copy {} {}", props.what, props.text)} icon={Icon::Copy} kind={ButtonKind::Quiet} small={true}
            icon_only={true} {onpress} />
    }
}
