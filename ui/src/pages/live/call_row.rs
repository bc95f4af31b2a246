//! One call: state, both ends, over what it came, and for how long.

use super::words;
use crate::components::{AvatarSize, Elapsed, Glyph, Icon, avatar};
use crate::format::names;
use domain::communication::Direction;
use domain::ids::CallSessionId;
use domain::live_calls::CompanyCall;
use domain::settings::CallThresholds;
use std::rc::Rc;
use yew::{Callback, Html, MouseEvent, Properties, classes, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub call: Rc<CompanyCall>,
    pub is_open: bool,
    pub thresholds: CallThresholds,
    pub onopen: Option<Callback<CallSessionId>>,
}

/// The row; a button where it opens something.
#[component]
pub(super) fn CallRow(props: &Props) -> Html {
    let call = &props.call;
    let class = classes!("live-row", props.is_open.then_some("is-open"));
    let cells = cells(call, props.thresholds);
    let Some(onopen) = &props.onopen else {
        return html! { <div role="listitem"><div {class}>{ cells }</div></div> };
    };
    let onclick = {
        let id = call.session_id.clone();
        onopen.reform(move |_: MouseEvent| id.clone())
    };
    html! {
        <div role="listitem">
            <button type="button" {class} title="Supervise" aria-expanded={props.is_open.to_string()} {onclick}>{ cells }</button>
        </div>
    }
}

fn cells(call: &CompanyCall, settings: CallThresholds) -> Html {
    let title = names::title(&call.party);
    let number = call.party.number.as_ref().map(|number| number.formatted.clone());
    let below: Vec<String> = [title.detail, number.filter(|number| *number != title.name)]
        .into_iter()
        .flatten()
        .collect();
    let (direction, direction_words) = match (call.is_internal, call.direction) {
        (true, _) => (Icon::Team, "Between colleagues"),
        (false, Direction::Inbound) => (Icon::CallIn, "Inbound"),
        (false, Direction::Outbound) => (Icon::CallOut, "Outbound"),
    };
    let way = words::way(call);
    html! {
        <>
            <span class={classes!("live-state", words::class(call.state))}>
                <Glyph icon={words::icon(call.state)} small={true} />{ words::state(call.state) }
                if call.is_supervised { <span class="tag tag-accent" title="Somebody listens in"><Glyph icon={Icon::Listen} small={true} /><span class="only-spoken">{ "Somebody listens in" }</span></span> }
            </span>
            <span class="live-party">
                { avatar::of_party(&call.party, AvatarSize::Small) }
                <span class="live-words">
                    <span class="live-name"><span class="live-direction" title={direction_words}><Glyph icon={direction} small={true} /><span class="only-spoken">{ direction_words }</span></span>{ title.name }</span>
                    <span class="live-below">{ below.join(" · ") }</span>
                </span>
            </span>
            <span class="live-ours">{ ours(call) }</span>
            <span class="live-way" title={way.clone()}>{ way }</span>
            <span class="live-for"><Elapsed since={call.state_since} thresholds={words::thresholds(call.state, settings)} /></span>
            <span class="live-all"><Elapsed since={call.started_at} /></span>
        </>
    }
}

fn ours(call: &CompanyCall) -> Html {
    let first = call.members.first().and_then(|member| member.contact.as_ref());
    let names: Vec<&str> = call.members.iter().map(|member| member.name.as_str()).collect();
    let is_nobody = call.members.is_empty();
    html! {
        <>
            if let Some(contact) = first { { avatar::of_ref(contact, AvatarSize::Small) } }
            <span class={classes!("live-our-name", is_nobody.then_some("quiet"))} title={names.join(", ")}>
                { if is_nobody { "Nobody yet".to_owned() } else { words::our_end(call) } }
            </span>
        </>
    }
}
