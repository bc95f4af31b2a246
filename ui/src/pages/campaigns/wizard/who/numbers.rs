//! Numbers as somebody has copied them from elsewhere.

use super::super::plan::pasted_numbers;
use super::super::use_plan::Edits;
use crate::components::TextArea;
use crate::format::counted;
use yew::{AttrValue, Callback, Html, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub pasted: AttrValue,
    pub edits: Edits,
}

/// A field for all of them.
#[component]
pub(super) fn Numbers(props: &Props) -> Html {
    let oninput = {
        let edits = props.edits.clone();
        Callback::from(move |text: String| edits.edit(move |plan| plan.pasted = text))
    };
    let count = match pasted_numbers(&props.pasted) {
        0 => "In lines, or separated by commas. Who has such a number is found by itself.".to_owned(),
        count => format!(
            "{}. Which of them can be texted is checked later.",
            counted(count, "entry", "entries")
        ),
    };
    html! {
        <TextArea label="Numbers" value={props.pasted.clone()} {oninput} rows={10} placeholder="(510) 555-0147" hint={count} />
    }
}
