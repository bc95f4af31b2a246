//! Who writes down, in order: RingCentral always first, then whom somebody switched on.

use super::cloud::Cloud;
use super::order::OrderButtons;
use super::test_button::TestButton;
use super::words;
use crate::components::Switch;
use domain::settings::Settings;
use domain::transcription::{TranscriberKind, TranscriberState, TranscriptionOverview};
use yew::{Callback, Html, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub overview: TranscriptionOverview,
    pub settings: Settings,
    pub onchange: Callback<Settings>,
    pub reload: Callback<()>,
}

/// Folded away: the defaults need no touch.
#[component]
pub(super) fn Who(props: &Props) -> Html {
    let transcription = &props.settings.transcription;
    let set_order = {
        let (settings, onchange) = (props.settings.clone(), props.onchange.clone());
        Callback::from(move |order: Vec<TranscriberKind>| {
            let mut settings = settings.clone();
            settings.transcription.order = order;
            onchange.emit(settings);
        })
    };
    let allow = {
        let (settings, onchange) = (props.settings.clone(), props.onchange.clone());
        Callback::from(move |allows: bool| {
            let mut settings = settings.clone();
            settings.transcription.allows_cloud = allows;
            onchange.emit(settings);
        })
    };
    let state = |kind: TranscriberKind| {
        let found = props
            .overview
            .transcribers
            .iter()
            .find(|state| state.kind == kind);
        found.cloned().unwrap_or(TranscriberState {
            kind,
            hindrance: None,
            has_key: false,
        })
    };
    html! {
        <details class="settings-fold">
            <summary><span>{ "Who writes it down" }</span><span class="fact-value">{ if transcription.allows_cloud { "services allowed" } else { "nothing leaves this computer" } }</span></summary>
            <p class="settings-note">{ "They are asked in this order, and the first that can writes it down." }</p>
            <Switch label={words::consent(transcription)} is_on={transcription.allows_cloud} onchange={allow}
                hint="A voicemail holds a caller's voice, name and number. Without this, no recording leaves this computer, whatever else is set here." />
            <ol class="transcribers">
                <li class="transcriber">
                    <div class="transcriber-head"><b>{ "RingCentral" }</b><span class="tag">{ "Always first" }</span></div>
                    <p class="hint">{ words::leaves(TranscriberKind::RingCentral, transcription) }</p>
                </li>
                { for words::arranged(&transcription.order).into_iter().map(|(kind, is_asked)| html! {
                    <li key={format!("{kind:?}")} class="transcriber">
                        <Transcriber state={state(kind)} {is_asked} settings={props.settings.clone()} onchange={props.onchange.clone()}
                            onorder={set_order.clone()} reload={props.reload.clone()} />
                    </li>
                }) }
            </ol>
        </details>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct TranscriberProps {
    state: TranscriberState,
    is_asked: bool,
    settings: Settings,
    onchange: Callback<Settings>,
    onorder: Callback<Vec<TranscriberKind>>,
    reload: Callback<()>,
}

#[component]
fn Transcriber(props: &TranscriberProps) -> Html {
    let kind = props.state.kind;
    let order = props.settings.transcription.order.clone();
    let is_cloud = matches!(kind, TranscriberKind::Gemini | TranscriberKind::OpenAi);
    let is_forbidden = is_cloud && !props.settings.transcription.allows_cloud;
    let onswitch = {
        let (order, onorder) = (order.clone(), props.onorder.clone());
        Callback::from(move |is_on| onorder.emit(words::switched(&order, kind, is_on)))
    };
    html! {
        <>
            <div class="transcriber-head">
                <Switch label={words::name(kind)} is_on={props.is_asked} onchange={onswitch} />
                if props.is_asked {
                    { match &props.state.hindrance {
                        _ if is_forbidden => html! { <span class="tag">{ "Not allowed" }</span> },
                        Some(_) => html! { <span class="tag tag-warn">{ "Not ready" }</span> },
                        None => html! { <span class="tag tag-good">{ "Ready" }</span> },
                    } }
                    <OrderButtons {kind} {order} onorder={props.onorder.clone()} />
                }
            </div>
            <p class="hint">{ words::leaves(kind, &props.settings.transcription) }</p>
            if props.is_asked && !is_forbidden {
                if let Some(hindrance) = &props.state.hindrance { <p class="transcriber-hindrance">{ hindrance }</p> }
                if is_cloud {
                    <Cloud state={props.state.clone()} settings={props.settings.clone()} onchange={props.onchange.clone()} reload={props.reload.clone()} />
                }
                <TestButton {kind} hindrance={props.state.hindrance.clone()} />
            }
        </>
    }
}
