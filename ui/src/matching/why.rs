//! Why a number is taken for somebody's: in words, one click away from the name.

use super::candidates::Others;
use crate::components::{Glyph, Icon, Popover};
use crate::format::match_words;
use domain::matching::MatchExplanation;
use yew::{Html, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub explanation: MatchExplanation,
}

/// A sign beside the name. Resting on it says the sentence, a click the rest, with the others to choose from.
#[component]
pub(crate) fn Why(props: &Props) -> Html {
    let explanation = &props.explanation;
    if explanation.sentence.is_empty() {
        return Html::default();
    }
    let number = explanation.number.as_ref().map(|number| number.formatted.clone());
    html! {
        <Popover trigger={html! { <Glyph icon={Icon::Help} small={true} /> }} label="Why this name" hint={explanation.sentence.clone()}
            class="button button-quiet button-why">
            <div class="why-panel">
                <p><b>{ &explanation.sentence }</b></p>
                if let Some(number) = number { <p class="number">{ number }</p> }
                <p class="hint">{ match_words::reason(explanation) }</p>
                if explanation.candidates.len() > 1 {
                    <h4>{ "Somebody else?" }</h4>
                    <Others explanation={explanation.clone()} />
                }
            </div>
        </Popover>
    }
}
