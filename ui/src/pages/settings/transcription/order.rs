//! Moving one of them up or down in the order in which they are asked.

use super::words;
use crate::components::{Button, ButtonKind, Icon};
use domain::transcription::TranscriberKind;
use yew::{Callback, Html, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub kind: TranscriberKind,
    pub order: Vec<TranscriberKind>,
    pub onorder: Callback<Vec<TranscriberKind>>,
}

/// Two signs; each is off at its end.
#[component]
pub(super) fn OrderButtons(props: &Props) -> Html {
    let at = props.order.iter().position(|kind| *kind == props.kind);
    let below = at.and_then(|at| props.order.get(at + 1)).copied();
    // What goes down lets the one below it go up.
    let raise = |kind: Option<TranscriberKind>| {
        let (order, onorder) = (props.order.clone(), props.onorder.clone());
        Callback::from(move |()| {
            if let Some(kind) = kind {
                onorder.emit(words::earlier(&order, kind));
            }
        })
    };
    let name = words::name(props.kind);
    html! {
        <span class="order-buttons">
            <Button label={format!("Ask {name} earlier")} icon={Icon::Up} kind={ButtonKind::Quiet} small={true} icon_only={true}
                disabled={at.is_none_or(|at| at == 0)} onpress={raise(Some(props.kind))} />
            <Button label={format!("Ask {name} later")} icon={Icon::Down} kind={ButtonKind::Quiet} small={true} icon_only={true}
                disabled={below.is_none()} onpress={raise(below)} />
        </span>
    }
}
