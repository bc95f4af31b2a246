//! A text that waits or could not be sent, with what can be done about it.

use crate::components::{Button, ButtonKind, Icon};
use crate::format::names;
use crate::hooks::use_now;
use crate::routes::Route;
use crate::texting::{item_with, recipients, use_text_actions, use_texting};
use domain::outgoing::{OutgoingState, OutgoingText};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, component, html};
use yew_router::hooks::use_navigator;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub text: OutgoingText,
}

/// The line.
#[component]
pub(super) fn Line(props: &Props) -> Html {
    let now = use_now();
    let navigator = use_navigator();
    let (actions, texting) = (use_text_actions(), use_texting());
    let text = &props.text;
    let open = {
        let to = recipients(&text.to);
        Callback::from(move |()| {
            let (to, navigator, texting) = (to.clone(), navigator.clone(), texting.clone());
            spawn_local(async move {
                match (item_with(to.clone()).await, navigator) {
                    (Some(id), Some(navigator)) => navigator.push(&Route::Item { id: id.0 }),
                    _ => texting.write.emit(to),
                }
            });
        })
    };
    let retry = {
        let (actions, id) = (actions.clone(), text.id);
        Callback::from(move |()| actions.retry(id))
    };
    let edit = {
        let (actions, text, open) = (actions.clone(), text.clone(), open.clone());
        Callback::from(move |()| actions.edit(&text, open.clone()))
    };
    let discard = {
        let (actions, text) = (actions.clone(), text.clone());
        Callback::from(move |()| actions.discard(&text))
    };
    let take_back = {
        let (actions, text, open) = (actions.clone(), text.clone(), open.clone());
        Callback::from(move |()| actions.take_back(text.id, &text.to, open.clone()))
    };
    let what_helps = match &text.state {
        OutgoingState::Failed { can_retry, .. } => html! {
            <>
                if *can_retry { <Button label="Retry" icon={Icon::Sync} small={true} onpress={retry} /> }
                <Button label="Edit" icon={Icon::Edit} small={true} onpress={edit} />
                <Button label="Discard" kind={ButtonKind::Quiet} small={true} onpress={discard} />
            </>
        },
        OutgoingState::Queued { .. } => html! {
            <Button label="Take back" small={true} hint="It becomes a draft again" onpress={take_back} />
        },
        _ => Html::default(),
    };
    html! {
        <article class="outbox-item">
            <header><b>{ names::all(&text.to) }</b><time>{ now.brief_time(text.created_at) }</time></header>
            <p class="outbox-text">{ words(text) }</p>
            if let OutgoingState::Failed { reason, .. } = &text.state { <p class="is-bad">{ reason }</p> }
            <footer>
                { what_helps }
                <Button label="Open" kind={ButtonKind::Quiet} small={true} hint="Open the conversation" onpress={open} />
            </footer>
        </article>
    }
}

fn words(text: &OutgoingText) -> String {
    let files = text.pictures.iter().map(|picture| picture.file_name.as_str());
    let words = [text.text.as_str()].into_iter().chain(files);
    words
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}
