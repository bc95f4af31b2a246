//! Planning a campaign in four steps: who, what, check, send. Nothing is stored or sent before the last.

mod check;
mod confirm;
mod plan;
mod stepper;
mod use_plan;
mod what;
mod who;

pub(super) use plan::Plan;

use crate::browser;
use crate::components::{Button, ButtonKind, Icon, use_toasts};
use crate::hooks::{use_command, use_now};
use crate::ipc;
use crate::routes::Route;
use check::Check;
use confirm::Confirm;
use domain::ipc::campaigns::{CheckCampaign, StartCampaign};
use plan::Step;
use stepper::Stepper;
use use_plan::use_plan;
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use what::What;
use who::Who;
use yew::{
    Callback, Html, KeyboardEvent, Properties, component, html, use_effect_with, use_node_ref, use_state,
};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub go: Callback<Route>,
}

/// The page of a campaign that does not exist yet.
#[component]
pub(super) fn Wizard(props: &Props) -> Html {
    let (plan, edits) = use_plan();
    let now = use_now();
    let toasts = use_toasts();
    let is_sending = use_state(|| false);
    let body = use_node_ref();
    let is_checked_now = matches!(plan.step, Step::Check | Step::Send);
    let draft = plan.draft(&now.day());
    let check = use_command(
        draft
            .clone()
            .filter(|_| is_checked_now)
            .map(|draft| CheckCampaign { draft }),
    );
    let obstacle = plan.obstacle(check.value.as_deref());
    use_effect_with(plan.step, {
        let body = body.clone();
        // Whoever listens hears the new step, and Tab goes on from its beginning.
        move |_| {
            if let Some(body) = body.cast::<Element>() {
                body.set_scroll_top(0);
                browser::focus_within(&body, "h2");
            }
        }
    });
    let go_to = {
        let edits = edits.clone();
        Callback::from(move |step: Step| edits.edit(move |plan| plan.step = step))
    };
    let send = {
        let (go, edits, is_sending) = (props.go.clone(), edits.clone(), is_sending.setter());
        Callback::from(move |()| {
            let Some(draft) = draft.clone() else { return };
            let (go, edits) = (go.clone(), edits.clone());
            let (is_sending, toasts) = (is_sending.clone(), toasts.clone());
            is_sending.set(true);
            spawn_local(async move {
                match ipc::call(StartCampaign { draft }).await {
                    Ok(id) => {
                        edits.forget();
                        go.emit(Route::Campaign { id: id.0 });
                    }
                    Err(error) => {
                        is_sending.set(false);
                        toasts.fail(error.message);
                    }
                }
            });
        })
    };
    let is_looking = is_checked_now && check.is_loading;
    let may_go_on = obstacle.is_none() && !*is_sending && !is_looking;
    let go_on = {
        let (step, go_to) = (plan.step, go_to.clone());
        Callback::from(move |()| match step.next() {
            _ if !may_go_on => {}
            Some(step) => go_to.emit(step),
            None => send.emit(()),
        })
    };
    let onkeydown = {
        let (go_on, step) = (go_on.clone(), plan.step);
        Callback::from(move |event: KeyboardEvent| {
            let is_wish = event.key() == "Enter" && (event.ctrl_key() || event.meta_key());
            if is_wish && !event.repeat() {
                event.prevent_default();
                event.stop_propagation();
                // Sending to many takes a press of the button itself.
                if step != Step::Send {
                    go_on.emit(());
                }
            }
        })
    };
    let content = match plan.step {
        Step::Who => html! { <Who plan={plan.clone()} edits={edits.clone()} /> },
        Step::What => html! { <What plan={plan.clone()} edits={edits.clone()} /> },
        Step::Check => {
            html! { <Check plan={plan.clone()} edits={edits.clone()} check={check.clone()} go={props.go.clone()} /> }
        }
        Step::Send => {
            html! { <Confirm plan={plan.clone()} edits={edits.clone()} check={check.value.clone()} /> }
        }
    };
    let label = match (plan.step, check.value.as_ref()) {
        (Step::Send, _) if *is_sending => "Beginning…".to_owned(),
        (Step::Send, Some(check)) => format!(
            "Send {}",
            crate::format::counted(check.recipients.into(), "text", "texts")
        ),
        (Step::Send, None) => "Send".to_owned(),
        _ => "Next".to_owned(),
    };
    let leave = props.go.reform(|()| Route::Campaigns);
    html! {
        <section class="page wizard" aria-label="New text campaign" {onkeydown}>
            <header class="wizard-head">
                <Button label="All campaigns. What you have begun stays here" icon={Icon::Back} kind={ButtonKind::Quiet} icon_only={true} onpress={leave} />
                <h1>{ "New text campaign" }</h1>
                <Stepper step={plan.step} reached={plan.reached()} onselect={go_to.clone()} />
            </header>
            <div ref={body} class="wizard-body">{ content }</div>
            <footer class="wizard-foot">
                <span class="wizard-count">{ plan.summary(check.value.as_deref()) }</span>
                <span class="wizard-obstacle" role="status">{ obstacle.unwrap_or_default() }</span>
                if let Some(before) = plan.step.before() {
                    <Button label="Back" icon={Icon::Back} onpress={go_to.reform(move |()| before)} disabled={*is_sending} />
                }
                <Button {label} kind={ButtonKind::Primary} disabled={!may_go_on} hint={(plan.step != Step::Send).then_some("Ctrl+Enter")} onpress={go_on} />
            </footer>
        </section>
    }
}
