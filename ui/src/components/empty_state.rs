//! What stands where there is nothing to show: what this is, and what to do.

use super::icon::{Glyph, Icon};
use yew::{AttrValue, Children, Html, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub icon: Icon,
    pub title: AttrValue,
    #[prop_or_default]
    pub text: AttrValue,
    /// A button or two.
    #[prop_or_default]
    pub children: Children,
}

/// Centred in the space there is.
#[component]
pub(crate) fn EmptyState(props: &Props) -> Html {
    html! {
        <div class="empty-state">
            <Glyph icon={props.icon} />
            <h3>{ &props.title }</h3>
            if !props.text.is_empty() { <p>{ &props.text }</p> }
            if !props.children.is_empty() { <div class="empty-state-actions">{ props.children.clone() }</div> }
        </div>
    }
}
