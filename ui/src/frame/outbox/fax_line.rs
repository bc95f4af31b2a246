//! A fax in the outbox: where it is, and what can be done about it.

use crate::components::{Button, ButtonKind, Glyph, Icon};
use crate::fax::outgoing_words::{self, Remedy};
use crate::fax::use_fax_actions;
use crate::format::names;
use crate::hooks::use_now;
use crate::routes::Route;
use crate::texting::use_text_actions;
use domain::fax::OutgoingFax;
use domain::outgoing::{HeldUp, OutgoingState};
use yew::{Callback, Html, Properties, classes, component, html};
use yew_router::hooks::use_navigator;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub fax: OutgoingFax,
    pub held_up: Option<HeldUp>,
}

/// The line.
#[component]
pub(super) fn FaxLine(props: &Props) -> Html {
    let now = use_now();
    let navigator = use_navigator();
    let actions = use_fax_actions();
    let outbox = use_text_actions();
    let fax = &props.fax;
    let (id, to) = (fax.id, names::all(&fax.to));
    let button = |label: &'static str, icon: Option<Icon>, hint: &'static str, onpress: Callback<()>| {
        html! { <Button {label} {icon} small={true} hint={(!hint.is_empty()).then_some(hint)} {onpress} /> }
    };
    let act = |what: fn(&crate::fax::FaxActions, domain::ids::OutgoingId)| {
        let actions = actions.clone();
        Callback::from(move |()| what(&actions, id))
    };
    let discard = {
        let (actions, to) = (actions.clone(), to.clone());
        Callback::from(move |()| actions.discard(id, &to))
    };
    let remedies = match outgoing_words::remedy(fax, &now) {
        Remedy::TakeBack => button(
            "Take back",
            None,
            "It becomes a draft again",
            act(|actions, id| actions.take_back(id)),
        ),
        Remedy::CancelUpload => button(
            "Cancel",
            Some(Icon::Close),
            "Stop the upload",
            act(|actions, id| actions.cancel_upload(id)),
        ),
        Remedy::CallBack => {
            let (actions, item) = (actions.clone(), fax.item);
            let call_back = Callback::from(move |()| {
                if let Some(item) = item {
                    actions.call_back(item);
                }
            });
            button(
                "Call back",
                Some(Icon::Undo),
                "RingCentral does not send it then",
                call_back,
            )
        }
        Remedy::AfterFailure { can_retry } => {
            let retry = {
                let (actions, to) = (actions.clone(), to.clone());
                Callback::from(move |()| actions.retry(id, to.clone()))
            };
            html! {
                <>
                    if can_retry { { button("Try again", Some(Icon::Sync), "", retry) } }
                    { button("Edit", Some(Icon::Edit), "Change it and send it then", act(|actions, id| actions.edit(id))) }
                    <Button label="Discard" kind={ButtonKind::Quiet} small={true} onpress={discard} />
                </>
            }
        }
        Remedy::PutAway => button(
            "Put it away",
            None,
            "It is not looked for any more, and not sent again",
            discard,
        ),
        Remedy::Nothing => Html::default(),
    };
    let open = fax.item.zip(navigator).map(|(item, navigator)| {
        let onpress = Callback::from(move |()| navigator.push(&Route::Item { id: item.0 }));
        html! { <Button label="Open" kind={ButtonKind::Quiet} small={true} {onpress} /> }
    });
    let try_now = Callback::from(move |()| outbox.try_now());
    let percent = fax
        .upload
        .as_ref()
        .filter(|_| matches!(fax.state, OutgoingState::Sending))
        .map(outgoing_words::percent);
    let tone = match fax.state {
        OutgoingState::Failed { .. } => Some("is-bad"),
        OutgoingState::Unknown { .. } => Some("is-warning"),
        _ => None,
    };
    html! {
        <article class="outbox-item">
            <header><Glyph icon={Icon::Fax} small={true} /><b>{ &to }</b><time>{ now.brief_time(fax.created_at) }</time></header>
            <p class="outbox-text">{ outgoing_words::what(fax) }</p>
            if let Some(percent) = percent {
                <progress aria-label="Upload" max="100" value={percent.map(|percent| percent.to_string())} />
            }
            <p class={classes!("outbox-state", tone)}>{ outgoing_words::state(fax, props.held_up.as_ref(), &now) }</p>
            <footer>
                if outgoing_words::can_be_hurried(fax, &now) { { button("Try now", Some(Icon::Sync), "", try_now) } }
                { remedies }
                { open.unwrap_or_default() }
            </footer>
        </article>
    }
}
