//! Segments and characters under a text, and the way out of short segments.

use super::counter_words as words;
use crate::components::{Button, ButtonKind};
use domain::segments;
use yew::{AttrValue, Callback, Html, Properties, component, html, use_memo};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    /// As it is sent.
    pub text: AttrValue,
    /// Writes the text with characters that every telephone knows, where that can be done.
    #[prop_or_default]
    pub onplain: Option<Callback<()>>,
}

/// The line, and a second one when there is something to know.
#[component]
pub(crate) fn Counter(props: &Props) -> Html {
    let count = use_memo(props.text.clone(), |text| segments::count(text));
    html! {
        <div class="text-cost" role="status">
            <span class="text-cost-figures">{ words::cost(&count) }</span>
            if let Some(surplus) = words::surplus(&count) { <span class="is-bad">{ surplus }</span> }
            if let Some(character) = &count.forces_ucs2 {
                <span class="text-cost-why">{ words::forcing(character) }</span>
                if let Some(onplain) = props.onplain.clone() {
                    <Button label="Write it plainly" kind={ButtonKind::Quiet} small={true} onpress={onplain}
                        hint="Replaces typographic quotes, dashes and the like" />
                }
            }
        </div>
    }
}
