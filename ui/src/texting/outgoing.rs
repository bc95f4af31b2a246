//! A text on its way out, at the end of the conversation: how far it is, and what can be done about it.

mod details;
pub(crate) mod words;

use super::text_actions::{TextActions, use_text_actions};
use crate::clock;
use crate::components::{Button, ButtonKind, Glyph, Icon};
use crate::format::file_size;
use details::Details;
use domain::outgoing::{HeldUp, OutgoingState, OutgoingText};
use gloo_timers::callback::Interval;
use words::Tone;
use yew::{Callback, Html, Properties, classes, component, html, use_effect_with, use_force_update};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub text: OutgoingText,
    pub held_up: Option<HeldUp>,
}

/// The bubble at the right, not yet in the colour of what has been sent.
#[component]
pub(crate) fn Outgoing(props: &Props) -> Html {
    let text = &props.text;
    let actions = use_text_actions();
    let tick = use_force_update();
    let now = clock::now();
    let can_be_taken_back = matches!(text.state, OutgoingState::Queued { not_before } if not_before > now.at);
    use_effect_with(can_be_taken_back, move |can_be| {
        let ticking = can_be.then(|| Interval::new(1_000, move || tick.force_update()));
        move || drop(ticking)
    });
    let line = words::line(&text.state, props.held_up.as_ref(), &now);
    let tone = match line.tone {
        Tone::Plain => "",
        Tone::Warn => "is-warning",
        Tone::Bad => "is-bad",
    };
    let is_failed = matches!(text.state, OutgoingState::Failed { .. });
    let is_sent = matches!(text.state, OutgoingState::Accepted | OutgoingState::Delivered);
    let class = classes!(
        "message",
        "is-ours",
        (!is_sent).then_some("is-outgoing"),
        is_failed.then_some("is-failed")
    );
    html! {
        <article class="event" id={format!("outgoing-{}", text.id)}>
            <div {class}>
                if !text.text.is_empty() { <div class="bubble selectable">{ &text.text }</div> }
                { for text.pictures.iter().map(|picture| html! {
                    <div class="file"><Glyph icon={Icon::Attach} small={true} /><span>{ &picture.file_name }</span>
                        <span class="hint">{ file_size(picture.size_bytes) }</span></div>
                }) }
                <div class={classes!("message-meta", tone)} title={now.full_time(text.created_at)}>
                    <Glyph icon={line.icon} small={true} /><span>{ line.words }</span>
                    if can_be_taken_back { { undo(text, &actions) } }
                    if !text.attempts.is_empty() || matches!(text.state, OutgoingState::Unknown { .. }) {
                        <Details text={text.clone()} ondiscard={discard(text, &actions)} />
                    }
                </div>
                if let OutgoingState::Failed { can_retry, .. } = text.state { { remedies(text, can_retry, &actions) } }
            </div>
        </article>
    }
}

fn undo(text: &OutgoingText, actions: &TextActions) -> Html {
    let (actions, id, to) = (actions.clone(), text.id, text.to.clone());
    let onclick = Callback::from(move |_| actions.take_back(id, &to, Callback::noop()));
    html! { <>{ "·" }<button type="button" class="link" title="Ctrl+Z" {onclick}>{ "Undo" }</button></> }
}

fn discard(text: &OutgoingText, actions: &TextActions) -> Callback<()> {
    let (actions, text) = (actions.clone(), text.clone());
    Callback::from(move |()| actions.discard(&text))
}

/// What helps after a failure.
fn remedies(text: &OutgoingText, can_retry: bool, actions: &TextActions) -> Html {
    let retry = {
        let (actions, id) = (actions.clone(), text.id);
        Callback::from(move |()| actions.retry(id))
    };
    let edit = {
        let (actions, text) = (actions.clone(), text.clone());
        Callback::from(move |()| actions.edit(&text, Callback::noop()))
    };
    html! {
        <div class="message-actions">
            if can_retry { <Button label="Retry" icon={Icon::Sync} small={true} onpress={retry} /> }
            <Button label="Edit" icon={Icon::Edit} small={true} onpress={edit} />
            <Button label="Discard" kind={ButtonKind::Quiet} small={true} onpress={discard(text, actions)} />
        </div>
    }
}
