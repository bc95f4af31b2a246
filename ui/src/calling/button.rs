//! Offers to call the number it stands beside.

use super::Calling;
use crate::components::{Button, ButtonKind, Icon};
use yew::{AttrValue, Callback, Html, Properties, component, html, use_context};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    /// However it is written.
    pub number: AttrValue,
}

/// A small sign. Where no call can be offered, as in the card window, there is none.
#[component]
pub(crate) fn CallButton(props: &Props) -> Html {
    let Some(Calling(offer)) = use_context::<Calling>() else {
        return Html::default();
    };
    let onpress = {
        let number = props.number.to_string();
        Callback::from(move |()| offer.emit(number.clone()))
    };
    html! {
        <span class="call-button">
            <Button label={format!("Call {}", props.number)} icon={Icon::Phone} kind={ButtonKind::Quiet} small={true} icon_only={true} {onpress} />
        </span>
    }
}
