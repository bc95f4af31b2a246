//! One campaign: how far it is, what can be done with it, what became of each recipient.

mod actions;
mod results;
mod use_results;

use super::campaign_words as words;
use super::progress::ProgressBar;
use super::use_changes::use_changes;
use crate::components::{
    Button, ButtonKind, EmptyState, Icon, Skeleton, SkeletonKind, Strip, StripKind, Tab, Tabs,
};
use crate::format::counted;
use crate::hooks::{Shortcut, use_command, use_now, use_shortcuts};
use crate::routes::Route;
use actions::Actions;
use domain::campaign::{Campaign, CampaignState, ResultKind};
use domain::ids::CampaignId;
use domain::ipc::campaigns::GetCampaign;
use results::Results;
use yew::{Callback, Html, Properties, component, html, use_state};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub id: CampaignId,
    pub go: Callback<Route>,
}

/// The page of a campaign.
#[component]
pub(super) fn Detail(props: &Props) -> Html {
    let answer = use_command(Some(GetCampaign { id: props.id }));
    let only = use_state(|| None::<ResultKind>);
    let now = use_now();
    use_changes(&answer.reload);
    let back = props.go.reform(|()| Route::Campaigns);
    use_shortcuts(vec![Shortcut::key("Escape", {
        let back = back.clone();
        move |()| back.emit(())
    })]);
    let Some(campaign) = &answer.value else {
        return match &answer.error {
            Some(error) => html! {
                <EmptyState icon={Icon::Campaign} title="This campaign cannot be shown" text={error.message.clone()}>
                    <Button label="All campaigns" small={true} onpress={back} />
                    <Button label="Try again" small={true} onpress={answer.reload.clone()} />
                </EmptyState>
            },
            None => html! { <Skeleton kind={SkeletonKind::Panel} /> },
        };
    };
    let (state, class) = words::state(campaign);
    let onselect = {
        let only = only.setter();
        Callback::from(move |kind| only.set(kind))
    };
    html! {
        <section class="page campaign" aria-label={campaign.name.clone()}>
            <header class="campaign-head">
                <Button label="All campaigns (Esc)" icon={Icon::Back} kind={ButtonKind::Quiet} icon_only={true} onpress={back} />
                <div class="campaign-title">
                    <h1>{ &campaign.name }</h1>
                    <p>{ format!("{} · from {} · {}", counted(campaign.counts.total.into(), "recipient", "recipients"), campaign.from.formatted, now.list_time(campaign.created_at)) }</p>
                </div>
                <span {class} role="status">{ state }</span>
                <Actions campaign={campaign.clone()} onchange={answer.reload.clone()} />
            </header>
            if let Some(error) = &answer.error {
                <Strip kind={StripKind::Failure} text={error.message.clone()}>
                    <Button label="Try again" small={true} onpress={answer.reload.clone()} />
                </Strip>
            }
            <div class="campaign-progress">
                <ProgressBar counts={campaign.counts} />
                <p><span>{ words::counts(&campaign.counts) }</span><span class="campaign-left">{ ending(campaign, &now) }</span></p>
            </div>
            <p class="campaign-text selectable">{ &campaign.body }</p>
            <Tabs<Option<ResultKind>> tabs={tabs(campaign)} selected={*only} label="Which recipients" {onselect} />
            <Results key={only.map_or("all", words::class)} id={props.id} only={*only} go={props.go.clone()} />
        </section>
    }
}

/// How long it still takes, why it stands, or when it ended.
fn ending(campaign: &Campaign, now: &crate::format::dates::Now) -> String {
    match campaign.state {
        CampaignState::Running => words::time_left(campaign).unwrap_or_default(),
        CampaignState::Paused => "Nothing leaves until you resume it".to_owned(),
        CampaignState::Cancelled | CampaignState::Done => campaign
            .ended_at
            .map(|at| format!("Ended {}", now.list_time(at)))
            .unwrap_or_default(),
    }
}

/// All, and each kind that there is.
fn tabs(campaign: &Campaign) -> Vec<Tab<Option<ResultKind>>> {
    let all = Tab {
        value: None,
        label: "All".into(),
        count: campaign.counts.total.into(),
    };
    let kinds = ResultKind::ALL.into_iter().map(|kind| Tab {
        value: Some(kind),
        label: words::kind(kind).0.into(),
        count: campaign.counts.of(kind).into(),
    });
    std::iter::once(all).chain(kinds).collect()
}
