//! The modes for one colleague in a call.

use super::super::supervision_words;
use crate::components::{Button, CopyButton, Glyph, Icon};
use domain::supervision::{AgentOffer, ModeOffer, SupervisionMode, SupervisionWay};
use yew::{Callback, Html, Properties, component, html, use_state};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub agent: AgentOffer,
    /// A request is on its way.
    pub is_asking: bool,
    pub is_running: bool,
    pub onask: Callback<(String, SupervisionMode)>,
}

/// Their name and a line for each mode.
#[component]
pub(super) fn Agent(props: &Props) -> Html {
    // Keys are shown when they are asked for, as that is what the log notes.
    let keys = use_state(|| None::<SupervisionMode>);
    let ask = |mode: SupervisionMode| {
        let (onask, id) = (props.onask.clone(), props.agent.extension_id.clone());
        Callback::from(move |()| onask.emit((id.clone(), mode)))
    };
    let show = |mode: SupervisionMode| {
        let (keys, ask) = (keys.setter(), ask(mode));
        Callback::from(move |()| {
            keys.set(Some(mode));
            ask.emit(());
        })
    };
    let shared = supervision_words::shared_reason(&props.agent.modes);
    html! {
        <section class="agent" aria-label={props.agent.name.clone()}>
            <h3>{ &props.agent.name }</h3>
            if let Some(way) = &shared { { reason(way) } }
            { for props.agent.modes.iter().map(|offer| mode(offer, props, (*keys == Some(offer.mode), shared.is_some()), ask(offer.mode), show(offer.mode))) }
        </section>
    }
}

fn mode(
    offer: &ModeOffer,
    props: &Props,
    (shows_keys, has_said_why): (bool, bool),
    ask: Callback<()>,
    show: Callback<()>,
) -> Html {
    let label = supervision_words::mode(offer.mode);
    let (button, below) = match &offer.way {
        SupervisionWay::RingsDevice => (
            html! { <Button {label} icon={Icon::Listen} small={true} disabled={props.is_asking || props.is_running} hint="Your phone rings; pick it up" onpress={ask} /> },
            Html::default(),
        ),
        SupervisionWay::Dial { code, then } if shows_keys => (Html::default(), dialled(code, then)),
        SupervisionWay::Dial { .. } => (
            html! { <Button label={format!("{label}…")} icon={Icon::Key} small={true} disabled={props.is_asking} hint="Shows the keys to dial on your phone" onpress={show} /> },
            Html::default(),
        ),
        way @ SupervisionWay::Unavailable { reason: why, .. } => (
            html! { <Button {label} small={true} disabled={true} hint={why.clone()} /> },
            if has_said_why {
                Html::default()
            } else {
                reason(way)
            },
        ),
    };
    html! {
        <div key={label} class="mode">
            <div class="mode-line"><span><b>{ label }</b><span>{ supervision_words::meaning(offer.mode) }</span></span>{ button }</div>
            { below }
        </div>
    }
}

fn dialled(code: &str, then: &str) -> Html {
    let step = |words: &'static str, keys: &str| {
        html! {
            <li><span>{ words }</span><kbd>{ keys }</kbd><CopyButton text={keys.to_owned()} what="keys" /></li>
        }
    };
    html! {
        <ol class="mode-keys" aria-label="Keys to dial">
            { step("On your own phone dial", code) }
            { step("When it answers, press", then) }
        </ol>
    }
}

/// Why not, and what helps.
fn reason(way: &SupervisionWay) -> Html {
    let SupervisionWay::Unavailable { reason, remedy } = way else {
        return Html::default();
    };
    html! {
        <p class="mode-reason">
            <Glyph icon={Icon::Help} small={true} />
            <span>{ reason }if let Some(remedy) = remedy { <span class="mode-remedy">{ format!(" {remedy}") }</span> }</span>
        </p>
    }
}
