//! Things to press.

use super::icon::{Glyph, Icon};
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, classes, component, html};

/// How much a button wants to be pressed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum ButtonKind {
    #[default]
    Plain,
    /// The one thing to do next.
    Primary,
    /// Without a border, for rows and bars.
    Quiet,
    /// Destroys something.
    Danger,
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub label: AttrValue,
    #[prop_or_default]
    pub icon: Option<Icon>,
    #[prop_or_default]
    pub kind: ButtonKind,
    #[prop_or_default]
    pub small: bool,
    /// Shows the sign alone; the label becomes the tooltip and what screen readers say. Needs `icon`.
    #[prop_or_default]
    pub icon_only: bool,
    #[prop_or_default]
    pub disabled: bool,
    /// A tooltip, such as the reason why the button is disabled or its key.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// Whether it is switched on, for buttons that stay pressed.
    #[prop_or_default]
    pub pressed: Option<bool>,
    /// Sends the form it stands in instead of calling `onpress`.
    #[prop_or_default]
    pub submits: bool,
    /// Takes the focus when it appears.
    #[prop_or_default]
    pub autofocus: bool,
    #[prop_or_default]
    pub onpress: Callback<()>,
}

/// A button with words, a sign, or both.
#[component]
pub(crate) fn Button(props: &Props) -> Html {
    let kind = match props.kind {
        ButtonKind::Plain => "",
        ButtonKind::Primary => "button-primary",
        ButtonKind::Quiet => "button-quiet",
        ButtonKind::Danger => "button-danger",
    };
    let class = classes!(
        "button",
        kind,
        props.small.then_some("button-small"),
        props.icon_only.then_some("button-icon"),
        (props.pressed == Some(true)).then_some("is-pressed")
    );
    let onclick = {
        let onpress = props.onpress.clone();
        Callback::from(move |_: MouseEvent| onpress.emit(()))
    };
    let hint = props
        .hint
        .clone()
        .or_else(|| props.icon_only.then(|| props.label.clone()));
    html! {
        <button
            {class}
            type={if props.submits { "submit" } else { "button" }}
            disabled={props.disabled}
            title={hint}
            aria-label={props.icon_only.then(|| props.label.clone())}
            aria-pressed={props.pressed.map(|pressed| pressed.to_string())}
            data-first-focus={props.autofocus.then_some("")}
            {onclick}
        >
            if let Some(icon) = props.icon { <Glyph {icon} /> }
            if !props.icon_only { <span>{ &props.label }</span> }
        </button>
    }
}
