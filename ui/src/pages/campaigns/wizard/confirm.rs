//! Step four: the whole of it once more, and a name to find it again by. The button below sends.

use super::plan::Plan;
use super::use_plan::Edits;
use crate::components::{Skeleton, SkeletonKind, TextField};
use crate::format::counted;
use crate::hooks::use_now;
use crate::pages::campaigns::campaign_words as words;
use domain::campaign::CampaignCheck;
use std::rc::Rc;
use yew::{Callback, Html, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub plan: Rc<Plan>,
    pub edits: Edits,
    pub check: Option<Rc<CampaignCheck>>,
}

/// The step.
#[component]
pub(super) fn Confirm(props: &Props) -> Html {
    let now = use_now();
    let plan = &props.plan;
    let rename = {
        let edits = props.edits.clone();
        Callback::from(move |name: String| edits.edit(move |plan| plan.name = name))
    };
    let Some(check) = &props.check else {
        return html! { <div class="confirm"><h2 tabindex="-1">{ "Ready to send?" }</h2><Skeleton kind={SkeletonKind::Panel} /></div> };
    };
    let fact = |label: &'static str, value: String| {
        html! { <div><dt>{ label }</dt><dd>{ value }</dd></div> }
    };
    let leaves = match check.waiting_for_morning {
        0 => "All of them now, one after the other".to_owned(),
        count => format!(
            "Now, one after the other; {} in their morning",
            counted(count.into(), "text", "texts")
        ),
    };
    let opt_out = if plan.adds_opt_out_line {
        "Every text says how to opt out"
    } else {
        "The texts do not say how to opt out"
    };
    html! {
        <div class="confirm">
            <h2 tabindex="-1">{ "Ready to send?" }</h2>
            <TextField label="Name of the campaign" value={plan.name.clone()} oninput={rename} placeholder={plan.name_or_default(&now.day())}
                hint="Only you see it." />
            <dl class="facts">
                { fact("To", counted(check.recipients.into(), "person, with a message of their own", "people, each with a message of their own")) }
                { fact("From", from(plan)) }
                { fact("Cost", format!("{} in all", words::segments(check.segments))) }
                { fact("Takes", words::duration(check.estimated_seconds)) }
                { fact("Leaves", leaves) }
                { fact("Opting out", opt_out.to_owned()) }
            </dl>
            if let Some(first) = check.samples.first() {
                <section class="check-samples" aria-label="One of the texts">
                    <h3>{ format!("To {}", first.label) }</h3>
                    <p class="merge-bubble selectable">{ &first.text }</p>
                </section>
            }
            <p class="hint">{ "You can pause or cancel it while it runs. What has left cannot be taken back." }</p>
        </div>
    }
}

/// `(510) 555-0100 · Your direct line`.
fn from(plan: &Plan) -> String {
    plan.from
        .as_ref()
        .map(|sender| format!("{} · {}", sender.number.formatted, sender.name))
        .unwrap_or_default()
}
