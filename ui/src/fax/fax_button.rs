//! "Fax" beside a number.

use super::FaxDesk;
use super::desk::nothing;
use crate::components::{Button, ButtonKind, Icon};
use domain::ipc::fax::NewFax;
use yew::{Callback, Html, Properties, component, html, use_context};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    /// To ask the core with; none begins a fax to nobody yet.
    #[prop_or_default]
    pub number: Option<String>,
    /// As it is read: what screen readers say of a sign alone.
    #[prop_or_default]
    pub shown: Option<String>,
    /// Other words than "Fax".
    #[prop_or_default]
    pub label: Option<String>,
    /// Shows the sign alone.
    #[prop_or_default]
    pub icon_only: bool,
    #[prop_or_default]
    pub hint: Option<String>,
}

/// Begins a fax to the number. Where none can be begun, as in the card window, there is no button.
#[component]
pub(crate) fn FaxButton(props: &Props) -> Html {
    let Some(FaxDesk(begin)) = use_context::<FaxDesk>() else {
        return Html::default();
    };
    let onpress = {
        let number = props.number.clone();
        Callback::from(move |()| {
            begin.emit(NewFax {
                to: number.clone().into_iter().collect(),
                ..nothing()
            });
        })
    };
    let shown = props.shown.as_ref().or(props.number.as_ref());
    let label = match (&props.label, shown) {
        (Some(label), _) => label.clone(),
        (None, Some(shown)) if props.icon_only => format!("Fax {shown}"),
        (None, _) => "Fax".to_owned(),
    };
    let kind = if props.icon_only {
        ButtonKind::Quiet
    } else {
        ButtonKind::Plain
    };
    html! {
        <Button {label} icon={Icon::Fax} {kind} small={true} icon_only={props.icon_only} hint={props.hint.clone()} {onpress} />
    }
}
