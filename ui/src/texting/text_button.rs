//! "Text" beside a number.

use super::use_texting;
use crate::components::{Button, ButtonKind, Icon};
use yew::{Callback, Html, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    /// To ask the core with.
    pub number: String,
    /// As it is read: what screen readers say of a sign alone.
    #[prop_or_default]
    pub shown: Option<String>,
    /// Other words than "Text".
    #[prop_or_default]
    pub label: Option<String>,
    /// Shows the sign alone.
    #[prop_or_default]
    pub icon_only: bool,
}

/// Begins a text to the number.
#[component]
pub(crate) fn TextButton(props: &Props) -> Html {
    let texting = use_texting();
    let onpress = {
        let number = props.number.clone();
        Callback::from(move |()| texting.write.emit(vec![number.clone()]))
    };
    let label = if props.icon_only {
        format!("Text {}", props.shown.as_ref().unwrap_or(&props.number))
    } else {
        props.label.clone().unwrap_or_else(|| "Text".to_owned())
    };
    let kind = if props.icon_only {
        ButtonKind::Quiet
    } else {
        ButtonKind::Plain
    };
    html! { <Button {label} icon={Icon::Text} {kind} small={true} icon_only={props.icon_only} {onpress} /> }
}
