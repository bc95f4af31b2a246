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
    /// Whether it is the one that holds, for items of which one does.
    #[prop_or_default]
    pub is_checked: Option<bool>,
    /// What it does, in a few words beside the label.
    #[prop_or_default]
    pub detail: Option<AttrValue>,
    /// Stands before the label instead of a sign.
    #[prop_or_default]
    pub mark: Html,
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
        <button type="button" role={if props.is_checked.is_some() { "menuitemradio" } else { "menuitem" }} class="menu-item"
            aria-checked={props.is_checked.map(|is_checked| is_checked.to_string())}
            data-first-focus={(props.is_checked == Some(true)).then_some("")} disabled={props.disabled} title={props.hint.clone()} {onclick}>
            if let Some(icon) = props.icon { <Glyph {icon} /> }
            { props.mark.clone() }
            <span>{ &props.label }</span>
            if let Some(detail) = &props.detail { <span class="menu-detail">{ detail }</span> }
            if props.is_checked == Some(true) { <Glyph icon={Icon::Check} small={true} /> }
        </button>
    }
}
