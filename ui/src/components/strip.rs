//! A line above content that says what is wrong with it, while the content stays.

use super::icon::{Glyph, Icon};
use yew::{AttrValue, Children, Html, Properties, classes, component, html};

/// How bad it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum StripKind {
    /// Something to know.
    Notice,
    /// Something does not work at the moment.
    #[default]
    Warning,
    /// Something failed.
    Failure,
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub text: AttrValue,
    #[prop_or_default]
    pub kind: StripKind,
    /// A button or two that help.
    #[prop_or_default]
    pub children: Children,
}

/// The line.
#[component]
pub(crate) fn Strip(props: &Props) -> Html {
    let (class, icon, role) = match props.kind {
        StripKind::Notice => ("strip-notice", Icon::Help, "status"),
        StripKind::Warning => ("strip-warning", Icon::Warning, "status"),
        StripKind::Failure => ("strip-failure", Icon::Warning, "alert"),
    };
    html! {
        <div class={classes!("strip", class)} {role}>
            <Glyph {icon} />
            <span class="strip-text">{ &props.text }</span>
            { props.children.clone() }
        </div>
    }
}
