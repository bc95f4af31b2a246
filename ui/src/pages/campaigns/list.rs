//! All campaigns, the newest first, with how far they are.

use super::campaign_words as words;
use super::progress::ProgressBar;
use super::unfinished::use_unfinished;
use super::use_changes::use_changes;
use crate::components::{Button, ButtonKind, EmptyState, Icon, Skeleton, SkeletonKind, Strip, StripKind};
use crate::format::counted;
use crate::format::dates::Now;
use crate::hooks::{Shortcut, use_command, use_now, use_shortcuts};
use crate::routes::Route;
use domain::campaign::Campaign;
use domain::ipc::campaigns::ListCampaigns;
use yew::{Callback, Html, Properties, component, html, use_force_update};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub go: Callback<Route>,
}

/// The list, or what stands in its place.
#[component]
pub(super) fn CampaignList(props: &Props) -> Html {
    let answer = use_command(Some(ListCampaigns {}));
    let now = use_now();
    use_changes(&answer.reload);
    let begin = props.go.reform(|()| Route::NewCampaign);
    use_shortcuts(vec![Shortcut::key("n", {
        let begin = begin.clone();
        move |()| begin.emit(())
    })]);
    let new = |kind: ButtonKind| html! { <Button label="New campaign" icon={Icon::Plus} {kind} hint="n" onpress={begin.clone()} /> };
    let retry = html! { <Button label="Try again" small={true} onpress={answer.reload.clone()} /> };
    match (&answer.value, &answer.error) {
        (None, Some(error)) => html! {
            <EmptyState icon={Icon::Warning} title="The campaigns could not be read" text={error.message.clone()}>{ retry }</EmptyState>
        },
        (None, None) => html! { <div class="campaign-scroll"><Skeleton kind={SkeletonKind::Panel} /></div> },
        (Some(campaigns), error) => html! {
            <>
                if let Some(error) = error { <Strip kind={StripKind::Failure} text={error.message.clone()}>{ retry }</Strip> }
                <Begun go={props.go.clone()} />
                if campaigns.is_empty() {
                    <EmptyState icon={Icon::Campaign} title="No campaigns yet"
                        text="One text to many people, each of whom gets a message of their own: a day off, a price change, a reminder.">
                        { new(ButtonKind::Primary) }
                    </EmptyState>
                } else {
                    <div class="campaign-scroll">
                        <div class="campaign-tools">
                            <span role="status">{ counted(campaigns.len() as u64, "campaign", "campaigns") }</span>
                            { new(ButtonKind::Primary) }
                        </div>
                        <ul class="campaign-list">{ for campaigns.iter().map(|campaign| row(campaign, &now, &props.go)) }</ul>
                    </div>
                }
            </>
        },
    }
}

fn row(campaign: &Campaign, now: &Now, go: &Callback<Route>) -> Html {
    let id = campaign.id.0;
    let (state, class) = words::state(campaign);
    let onclick = go.reform(move |_| Route::Campaign { id });
    html! {
        <li key={id}>
            <button type="button" class="campaign-row" {onclick}>
                <span class="campaign-name">{ &campaign.name }</span>
                <span {class}>{ state }</span>
                <time title={now.full_time(campaign.created_at)}>{ now.list_time(campaign.created_at) }</time>
                <span class="campaign-body">{ &campaign.body }</span>
                <ProgressBar counts={campaign.counts} />
                <span class="campaign-counts">
                    { words::counts(&campaign.counts) }
                    if let Some(left) = words::time_left(campaign) { <span class="hint">{ left }</span> }
                </span>
            </button>
        </li>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct BegunProps {
    go: Callback<Route>,
}

/// The campaign that somebody has begun to plan.
#[component]
fn Begun(props: &BegunProps) -> Html {
    let unfinished = use_unfinished();
    let redraw = use_force_update();
    let Some(plan) = unfinished.plan() else {
        return Html::default();
    };
    let discard = Callback::from(move |()| {
        unfinished.keep_plan(None);
        redraw.force_update();
    });
    let text = if plan.name.trim().is_empty() {
        "You have begun a campaign. Nothing of it has been sent.".to_owned()
    } else {
        format!(
            "You have begun the campaign “{}”. Nothing of it has been sent.",
            plan.name.trim()
        )
    };
    html! {
        <Strip kind={StripKind::Notice} {text}>
            <Button label="Throw away" kind={ButtonKind::Quiet} small={true} onpress={discard} />
            <Button label="Go on" small={true} onpress={props.go.reform(|()| Route::NewCampaign)} />
        </Strip>
    }
}
