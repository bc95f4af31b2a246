//! Where one is among the four steps, and the way back to those behind.

use super::plan::Step;
use crate::components::{Glyph, Icon};
use yew::{Callback, Html, Properties, classes, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub step: Step,
    /// The farthest step that can be gone to.
    pub reached: Step,
    pub onselect: Callback<Step>,
}

/// The row of steps.
#[component]
pub(super) fn Stepper(props: &Props) -> Html {
    let one = |(index, step): (usize, Step)| {
        let is_here = step == props.step;
        let is_behind = step < props.step;
        let class = classes!(
            "step",
            is_here.then_some("is-here"),
            is_behind.then_some("is-behind")
        );
        html! {
            <li>
                <button type="button" {class} disabled={step > props.reached} aria-current={is_here.then_some("step")}
                    onclick={props.onselect.reform(move |_| step)}>
                    <span class="step-number" aria-hidden="true">
                        if is_behind { <Glyph icon={Icon::Check} small={true} /> } else { { index + 1 } }
                    </span>
                    { step.title() }
                </button>
            </li>
        }
    };
    html! { <ol class="stepper" aria-label="Steps">{ for Step::ALL.into_iter().enumerate().map(one) }</ol> }
}
