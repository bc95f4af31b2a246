//! Having everything written down that has no words, and stopping all of it.

use super::words::voicemails;
use crate::components::{Button, ButtonKind, Dialog, Icon, use_toasts};
use crate::ipc;
use domain::ipc::voicemail::{CancelAllTranscriptions, TranscribeAll};
use domain::transcription::TranscriptionOverview;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, component, html, use_state_eq};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub overview: TranscriptionOverview,
    pub reload: Callback<()>,
}

/// A line; nothing when there is nothing to do.
#[component]
pub(super) fn All(props: &Props) -> Html {
    let toasts = use_toasts();
    let asks = use_state_eq(|| false);
    let set = |asked: bool| {
        let asks = asks.setter();
        Callback::from(move |()| asks.set(asked))
    };
    let (waiting, without) = (props.overview.waiting, props.overview.without_words);
    let begin = {
        let (toasts, reload, close) = (toasts.clone(), props.reload.clone(), set(false));
        Callback::from(move |()| {
            let (toasts, reload) = (toasts.clone(), reload.clone());
            close.emit(());
            spawn_local(async move {
                match ipc::call(TranscribeAll {}).await {
                    Ok(0) => toasts.say("There was nothing to write down"),
                    Ok(count) => toasts.say(format!("{} will be written down", voicemails(count))),
                    Err(error) => toasts.fail(error.message),
                }
                reload.emit(());
            });
        })
    };
    let stop = {
        let reload = props.reload.clone();
        Callback::from(move |()| {
            let (toasts, reload) = (toasts.clone(), reload.clone());
            spawn_local(async move {
                match ipc::call(CancelAllTranscriptions {}).await {
                    Ok(count) => toasts.say(format!("Stopped: {} not written down", voicemails(count))),
                    Err(error) => toasts.fail(error.message),
                }
                reload.emit(());
            });
        })
    };
    let footer = html! {
        <>
            <Button label="Not now" onpress={set(false)} />
            <Button label="Write them down" kind={ButtonKind::Primary} onpress={begin} />
        </>
    };
    if waiting == 0 && without == 0 {
        return Html::default();
    }
    html! {
        <div class="fact">
            if waiting > 0 {
                <span class="fact-label" role="status">{ format!("{} left to write down", voicemails(waiting)) }</span>
                <Button label="Stop all" icon={Icon::Close} small={true} onpress={stop} />
            } else {
                <span class="fact-label">{ format!("{} without words", voicemails(without)) }</span>
                <Button label={format!("Write down all {without}")} icon={Icon::Edit} small={true} onpress={set(true)} />
            }
            if *asks {
                <Dialog title={format!("Write down {}?", voicemails(without))} onclose={set(false)} {footer}>
                    <p>{ "This goes on in the background, one after the other, and can be stopped at any time. On this computer a minute of speech takes some seconds." }</p>
                </Dialog>
            }
        </div>
    }
}
