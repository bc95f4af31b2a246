//! Step three: what would happen. Real texts, and everyone who gets nothing, with the reason.

mod excluded;
mod groups;
mod proof;

use super::plan::{Plan, Step};
use super::use_plan::Edits;
use crate::components::{Button, EmptyState, Icon, Strip, StripKind, Switch};
use crate::format::{counted, grouped};
use crate::hooks::Answer;
use crate::pages::campaigns::campaign_words as words;
use crate::routes::Route;
use domain::campaign::{CampaignCheck, Merge};
use excluded::ExcludedList;
use std::rc::Rc;
use yew::{Callback, Html, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub plan: Rc<Plan>,
    pub edits: Edits,
    pub check: Answer<CampaignCheck>,
    pub go: Callback<Route>,
}

/// The step.
#[component]
pub(super) fn Check(props: &Props) -> Html {
    let title = html! { <h2 tabindex="-1">{ "Is this right?" }</h2> };
    let retry = html! { <Button label="Try again" small={true} onpress={props.check.reload.clone()} /> };
    let Some(check) = &props.check.value else {
        let content = match &props.check.error {
            Some(error) => {
                html! { <EmptyState icon={Icon::Warning} title="It could not be checked" text={error.message.clone()}>{ retry }</EmptyState> }
            }
            None => html! {
                <div class="import-wait" role="status"><span class="spinner" aria-hidden="true" /><p>{ "Checking numbers, texts and consent…" }</p></div>
            },
        };
        return html! { <div class="check">{ title }{ content }</div> };
    };
    let to_text = {
        let edits = props.edits.clone();
        Callback::from(move |()| edits.edit(|plan| plan.step = Step::What))
    };
    let set_morning = {
        let edits = props.edits.clone();
        Callback::from(move |waits: bool| edits.edit(move |plan| plan.waits_for_morning = waits))
    };
    html! {
        <div class="check" aria-busy={props.check.is_loading.to_string()}>
            { title }
            if let Some(error) = &props.check.error { <Strip kind={StripKind::Failure} text={error.message.clone()}>{ retry }</Strip> }
            { for check.problems.iter().map(|problem| html! {
                <Strip kind={StripKind::Failure} text={problem.clone()}><Button label="Back to the text" small={true} onpress={to_text.clone()} /></Strip>
            }) }
            { figures(check) }
            <div class="check-morning">
                <Switch label="Wait for their morning" is_on={props.plan.waits_for_morning} onchange={set_morning} hint={night(check, props.plan.waits_for_morning)} />
            </div>
            <section class="check-samples" aria-label="Texts as they arrive">
                <h3>{ "Real ones, among them the longest" }</h3>
                if check.samples.is_empty() { <p class="hint">{ "There is nobody to show a text for." }</p> }
                <div class="samples">{ for check.samples.iter().map(sample) }</div>
            </section>
            <ExcludedList excluded={check.excluded.clone()} go={props.go.clone()} ontext={to_text} />
        </div>
    }
}

fn figures(check: &CampaignCheck) -> Html {
    let figure = |value: String, label: &'static str, hint: &'static str| {
        html! { <div class="figure" title={hint}><dd>{ value }</dd><dt>{ label }</dt></div> }
    };
    let each = check.segments.checked_div(check.recipients).unwrap_or(0);
    let segments = if check.recipients > 0 && each * check.recipients == check.segments {
        format!("{} × {}", grouped(check.recipients.into()), each)
    } else {
        grouped(check.segments.into())
    };
    html! {
        <dl class="figures">
            { figure(grouped(check.recipients.into()), "get it", "Everyone once, whoever is excluded not counted") }
            { figure(grouped(check.excluded.len() as u64), "get nothing", "The reasons stand below") }
            { figure(segments, "segments", "What RingCentral charges for: messages times segments") }
            { figure(words::duration(check.estimated_seconds), "to send", "One message per second, without those that wait for morning") }
        </dl>
    }
}

/// Who is asleep, and what becomes of them.
fn night(check: &CampaignCheck, waits: bool) -> String {
    match (check.waiting_for_morning, waits) {
        (0, true) => "At the moment it is day where all of them are.".to_owned(),
        (count, true) => format!(
            "It is night where {} are: theirs leave in their morning, the others now.",
            counted(count.into(), "recipient", "recipients")
        ),
        (_, false) => "Where it is night now, nobody gets it: not later either.".to_owned(),
    }
}

fn sample(merge: &Merge) -> Html {
    html! {
        <article class="sample">
            <header>
                <b>{ &merge.label }</b>
                // Who is not known is called by the number already.
                if merge.label != merge.number.formatted { <span class="number">{ &merge.number.formatted }</span> }
            </header>
            <p class="merge-bubble selectable">{ &merge.text }</p>
            <footer>{ words::segments(merge.segments) }</footer>
        </article>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(waiting_for_morning: u32) -> CampaignCheck {
        CampaignCheck {
            problems: Vec::new(),
            recipients: 20,
            samples: Vec::new(),
            excluded: Vec::new(),
            segments: 20,
            estimated_seconds: 20,
            waiting_for_morning,
        }
    }

    #[test]
    fn the_choice_about_the_night_says_what_it_does() {
        assert!(night(&check(0), true).contains("it is day"));
        assert!(night(&check(3), true).contains("3 recipients"));
        assert!(night(&check(0), false).contains("nobody gets it"));
    }
}
