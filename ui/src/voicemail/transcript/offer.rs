//! Having it written down: by the first that can, by one of several, or the way to the settings where nobody can.

use super::words;
use crate::components::{Button, ButtonKind, Glyph, Icon, MenuItem, Popover, use_toasts};
use crate::ipc;
use crate::routes::Route;
use domain::ids::CommunicationId;
use domain::ipc::voicemail::Transcribe;
use domain::transcription::TranscriberKind;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, component, html};
use yew_router::hooks::use_navigator;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub item: CommunicationId,
    pub available: Vec<TranscriberKind>,
    pub reload: Callback<()>,
    /// There are no words yet; otherwise it is written down once more.
    pub is_first: bool,
}

/// A button, a menu, or a line.
#[component]
pub(super) fn Offer(props: &Props) -> Html {
    let toasts = use_toasts();
    let navigator = use_navigator();
    let (item, reload) = (props.item, props.reload.clone());
    let ask = move |by: Option<TranscriberKind>| {
        let (toasts, reload) = (toasts.clone(), reload.clone());
        Callback::from(move |()| {
            let (toasts, reload) = (toasts.clone(), reload.clone());
            spawn_local(async move {
                if let Err(error) = ipc::call(Transcribe { item, by }).await {
                    toasts.fail(error.message);
                }
                reload.emit(());
            });
        })
    };
    let label = if props.is_first {
        "Write it down"
    } else {
        "Write it down again"
    };
    match props.available.as_slice() {
        [] if props.is_first => {
            let onpress = Callback::from(move |()| {
                if let Some(navigator) = &navigator {
                    navigator.push(&Route::Settings);
                }
            });
            html! {
                <div class="transcript-offer">
                    <span class="hint">{ "Nobody is set up to write voicemail down." }</span>
                    <Button label="Set it up" icon={Icon::Gear} kind={ButtonKind::Quiet} small={true} {onpress} />
                </div>
            }
        }
        [] => Html::default(),
        [one] => {
            let hint = format!("{label}. {}", words::by_hint(*one));
            html! {
                <div class="transcript-offer">
                    if props.is_first {
                        <Button {label} icon={Icon::Edit} small={true} {hint} onpress={ask(Some(*one))} />
                    } else {
                        <Button {label} icon={Icon::Sync} kind={ButtonKind::Quiet} small={true} icon_only={true} {hint} onpress={ask(Some(*one))} />
                    }
                </div>
            }
        }
        several => html! {
            <div class="transcript-offer">
                <Popover {label} is_menu={true} finds_room={true} at_end={!props.is_first} hint={label}
                    class={if props.is_first { "button button-small" } else { "button button-quiet button-small button-icon" }}
                    trigger={if props.is_first { html! { <><Glyph icon={Icon::Edit} /><span>{ label }</span></> } } else { html! { <Glyph icon={Icon::Sync} /> } }}>
                    { for several.iter().map(|kind| html! {
                        <MenuItem label={words::by(*kind)} hint={words::by_hint(*kind)} onpress={ask(Some(*kind))} />
                    }) }
                </Popover>
            </div>
        },
    }
}
