//! Offers to call the number it stands beside.

use super::Calling;
use crate::components::{Button, ButtonKind, Icon};
use yew::{AttrValue, Callback, Html, Properties, component, html, use_context};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    /// However it is written.
    pub number: AttrValue,
    /// Words to show; without them there is the sign alone.
    #[prop_or_default]
    pub label: Option<AttrValue>,
}

/// A small sign, or words. Where no call can be offered, as in the card window, there is none.
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
            if let Some(label) = &props.label {
                <Button label={label.clone()} icon={Icon::Phone} small={true} hint={format!("Call {}", props.number)} {onpress} />
            } else {
                <Button label={format!("Call {}", props.number)} icon={Icon::Phone} kind={ButtonKind::Quiet} small={true} icon_only={true} {onpress} />
            }
        </span>
    }
}
