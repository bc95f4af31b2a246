//! One line of a menu in a [`Popover`](super::Popover).

use super::icon::{Glyph, Icon};
use super::popover::Close;
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, component, html, use_context};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub label: AttrValue,
    #[prop_or_default]
    pub icon: Option<Icon>,
    #[prop_or_default]
    pub disabled: bool,
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    pub onpress: Callback<()>,
}

/// The line. Choosing it closes the menu.
#[component]
pub(crate) fn MenuItem(props: &Props) -> Html {
    let close = use_context::<Close>();
    let onclick = {
        let onpress = props.onpress.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(Close(close)) = &close {
                close.emit(());
            }
            onpress.emit(());
        })
    };
    html! {
        <button type="button" role="menuitem" class="menu-item" disabled={props.disabled} title={props.hint.clone()} {onclick}>
            if let Some(icon) = props.icon { <Glyph {icon} /> }
            <span>{ &props.label }</span>
        </button>
    }
}
