//! The placeholders one can insert, as small buttons.

use domain::template::Variable;
use yew::{Callback, Html, MouseEvent, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub oninsert: Callback<Variable>,
}

/// The row. Pressing one leaves the focus, and with it the caret, where it is.
#[component]
pub(super) fn Chips(props: &Props) -> Html {
    let keep_focus = Callback::from(|event: MouseEvent| event.prevent_default());
    html! {
        <div class="placeholder-chips" role="group" aria-label="Insert a placeholder">
            { for Variable::ALL.into_iter().map(|variable| html! {
                <button type="button" class="placeholder-chip" title={format!("Insert the {}", variable.label())} onmousedown={keep_focus.clone()}
                    onclick={props.oninsert.reform(move |_| variable)}>{ format!("{{{variable}}}") }</button>
            }) }
        </div>
    }
}
