//! The recipients, each with what became of the message.

use super::super::campaign_words as words;
use super::use_results::use_results;
use crate::components::{
    AvatarSize, Button, EmptyState, Glyph, Icon, Skeleton, SkeletonKind, Slot, Strip, StripKind, VirtualList,
    avatar,
};
use crate::routes::Route;
use domain::campaign::{CampaignResult, ResultKind};
use domain::ids::CampaignId;
use std::rc::Rc;
use yew::{Callback, Html, MouseEvent, Properties, classes, component, html, use_memo, use_node_ref};

/// As `.result-row` in the style sheet.
const ROW_HEIGHT: u32 = 52;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub id: CampaignId,
    pub only: Option<ResultKind>,
    pub go: Callback<Route>,
}

/// The list, or what stands in its place.
#[component]
pub(super) fn Results(props: &Props) -> Html {
    let found = use_results(props.id, props.only);
    let node = use_node_ref();
    let slots = use_memo(found.results.clone(), |results| -> Rc<[Slot]> {
        let slot = |result: &CampaignResult| Slot {
            key: result.id.to_string().into(),
            height: ROW_HEIGHT,
        };
        results
            .iter()
            .flat_map(|results| results.iter())
            .map(slot)
            .collect()
    });
    let retry = html! { <Button label="Try again" small={true} onpress={found.reload.clone()} /> };
    let Some(results) = found.results.clone() else {
        return match &found.error {
            Some(error) => html! {
                <EmptyState icon={Icon::Warning} title="The recipients could not be read" text={error.message.clone()}>{ retry }</EmptyState>
            },
            None => html! { <div class="results"><Skeleton kind={SkeletonKind::Rows} /></div> },
        };
    };
    if results.is_empty() {
        let title = match props.only {
            Some(kind) => format!("No message is {}", words::kind(kind).1),
            None => "This campaign has no recipients".to_owned(),
        };
        return html! { <EmptyState icon={Icon::Person} {title} /> };
    }
    let render = {
        let go = props.go.clone();
        Callback::from(move |index: usize| {
            results
                .get(index)
                .map_or_else(Html::default, |result| row(result, &go))
        })
    };
    html! {
        <div class="results">
            if let Some(error) = &found.error { <Strip kind={StripKind::Failure} text={error.message.clone()}>{ retry }</Strip> }
            <VirtualList slots={(*slots).clone()} {render} {node} label="Recipients" onnear_end={found.more.clone()} />
        </div>
    }
}

fn row(result: &CampaignResult, go: &Callback<Route>) -> Html {
    let (icon, said, sentence) = words::outcome(&result.state);
    let kind = words::class(ResultKind::of(&result.state));
    let name = match &result.contact {
        Some(contact) => {
            let id = contact.id.0;
            let onclick = go.reform(move |_: MouseEvent| Route::Contact { id });
            html! { <button type="button" class="result-name" title="Open contact" {onclick}>{ &result.label }</button> }
        }
        None => html! { <span class="result-name">{ &result.label }</span> },
    };
    let face = match &result.contact {
        Some(contact) => avatar::of_ref(contact, AvatarSize::Small),
        None => html! { <avatar::Avatar initials="#" size={AvatarSize::Small} /> },
    };
    let number = (result.number.formatted != result.label).then(|| result.number.formatted.clone());
    let below = sentence.clone().unwrap_or_else(|| result.text.clone());
    html! {
        <div key={result.id.0} class="result-row" role="option" aria-selected="false">
            { face }
            <span class="result-who">{ name }{ for number.map(|number| html! { <span class="number">{ number }</span> }) }</span>
            <span class={classes!("result-state", kind)}><Glyph {icon} small={true} />{ said }</span>
            <span class={classes!("result-text", sentence.is_some().then_some(kind))} title={below.clone()}>{ below }</span>
        </div>
    }
}
