//! One colleague: state, whom they talk to, and the ways to them.

use crate::calling::CallButton;
use crate::components::{AvatarSize, Button, ButtonKind, Glyph, Icon, InState, avatar};
use crate::format::{names, presence_words};
use crate::routes::Route;
use crate::texting::TextButton;
use domain::communication::Direction;
use domain::ids::ContactId;
use domain::presence::{MemberPresence, TalkingTo, TeamMember};
use std::rc::Rc;
use yew::{Callback, Html, Properties, classes, component, html};
use yew_router::hooks::use_navigator;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub member: Rc<TeamMember>,
    pub onfavourite: Callback<(ContactId, bool)>,
}

/// The row.
#[component]
pub(super) fn Row(props: &Props) -> Html {
    let navigator = use_navigator();
    let member = &props.member;
    let (id, name) = (member.contact.id, &member.contact.name);
    let open = Callback::from(move |()| {
        if let Some(navigator) = &navigator {
            navigator.push(&Route::Contact { id: id.0 });
        }
    });
    let star = {
        let (onfavourite, is_favourite) = (props.onfavourite.clone(), member.is_favourite);
        Callback::from(move |_| onfavourite.emit((id, !is_favourite)))
    };
    let star_words = if member.is_favourite {
        format!("{name} is a favourite: stands first")
    } else {
        format!("Make {name} a favourite")
    };
    html! {
        <div class={classes!("team-row", member.is_own.then_some("is-own"))} role="listitem">
            <button type="button" class={classes!("star", member.is_favourite.then_some("is-on"))} title={star_words.clone()}
                aria-label={star_words} aria-pressed={member.is_favourite.to_string()} onclick={star}><Glyph icon={Icon::Star} /></button>
            <span class="team-who">
                { avatar::of_ref(&member.contact, AvatarSize::Medium) }
                <span class="team-words">
                    <span class="team-name">{ name }if member.is_own { <span class="tag">{ "You" }</span> }</span>
                    <span class="team-below">{ below(member) }</span>
                </span>
            </span>
            <span class="team-state">{ member.presence.as_ref().map_or_else(unknown, state) }</span>
            <span class="team-talk">{ talk(member) }</span>
            <span class="team-queues" title={member.queues.join(", ")}>{ member.queues.join(", ") }</span>
            <span class="team-actions">{ actions(member) }
                <Button label={format!("Open the history with {name}")} icon={Icon::Clock} kind={ButtonKind::Quiet} small={true} icon_only={true} onpress={open} />
            </span>
        </div>
    }
}

/// `Estimator · Estimating · Ext 104`.
fn below(member: &TeamMember) -> String {
    let department = member
        .department
        .clone()
        .filter(|department| Some(department) != member.job_title.as_ref());
    [
        member.job_title.clone(),
        department,
        names::belongs_to(&member.contact),
    ]
    .into_iter()
    .flatten()
    .filter(|part| !part.is_empty())
    .collect::<Vec<_>>()
    .join(" · ")
}

fn unknown() -> Html {
    html! { <span class="quiet">{ "Not known yet" }</span> }
}

fn state(presence: &MemberPresence) -> Html {
    let calls = presence_words::calls_taken(presence);
    let meeting = presence.is_in_meeting.then_some("in a meeting");
    let more: Vec<&str> = [meeting, calls].into_iter().flatten().collect();
    html! {
        <>
            <span class={classes!("team-state-words", presence_words::class(presence.availability), presence.is_stale.then_some("is-stale"))}>
                { presence_words::state(presence.availability) }
                if let Some(since) = presence.since { <InState availability={presence.availability} {since} /> }
            </span>
            <span class="team-below">{ more.join(" · ") }</span>
        </>
    }
}

/// Whom they talk to, else what they wrote.
fn talk(member: &TeamMember) -> Html {
    if let Some(call) = member.talking_to.first() {
        let others = member.talking_to.len() - 1;
        return html! {
            <>
                <span class="team-call">
                    <Glyph icon={if call.direction == Direction::Inbound { Icon::CallIn } else { Icon::CallOut }} small={true} />
                    <span title={call.party.label.clone()}>{ &call.party.label }</span>
                    if others > 0 { <span class="tag">{ format!("+{others}") }</span> }
                </span>
                <span class="team-below">{ call_detail(call) }</span>
            </>
        };
    }
    let message = member
        .presence
        .as_ref()
        .and_then(|presence| presence.message.clone());
    message.map_or_else(Html::default, |message| {
        html! { <span class="team-message" title={message.clone()}>{ format!("“{message}”") }</span> }
    })
}

fn call_detail(call: &TalkingTo) -> String {
    let company = call.party.contact.as_ref().and_then(names::belongs_to);
    [company, call.queue.clone()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}

/// Nobody calls or texts oneself.
fn actions(member: &TeamMember) -> Html {
    if member.is_own {
        return Html::default();
    }
    let formatted = member.number.as_ref().map(|number| number.formatted.clone());
    let to_call = member.contact.extension.clone().or(formatted.clone());
    let to_text = member.number.as_ref().filter(|number| number.e164.is_some());
    html! {
        <>
            if let Some(number) = to_call { <CallButton {number} /> }
            if let Some(number) = to_text { <TextButton number={number.to_look_up()} shown={formatted} icon_only={true} /> }
        </>
    }
}
