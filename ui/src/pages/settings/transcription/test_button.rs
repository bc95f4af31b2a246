//! Trying a transcriber with two seconds of sound.

use crate::components::{Button, Icon};
use crate::ipc;
use domain::ipc::voicemail::TestTranscriber;
use domain::transcription::TranscriberKind;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, component, html, use_state};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub kind: TranscriberKind,
    /// Why it cannot be tried.
    pub hindrance: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
enum Outcome {
    None,
    Trying,
    Said(String),
    Failed(String),
}

/// The button with the answer beside it.
#[component]
pub(super) fn TestButton(props: &Props) -> Html {
    let outcome = use_state(|| Outcome::None);
    let onpress = {
        let (kind, outcome) = (props.kind, outcome.setter());
        Callback::from(move |()| {
            let outcome = outcome.clone();
            outcome.set(Outcome::Trying);
            spawn_local(async move {
                outcome.set(match ipc::call(TestTranscriber { kind }).await {
                    Ok(words) => Outcome::Said(words),
                    Err(error) => Outcome::Failed(error.message),
                });
            });
        })
    };
    let is_trying = *outcome == Outcome::Trying;
    html! {
        <div class="transcriber-test">
            <Button label={if is_trying { "Trying…" } else { "Test" }} icon={Icon::Play} small={true} disabled={is_trying || props.hindrance.is_some()}
                hint={props.hindrance.clone().unwrap_or_else(|| "Two seconds of sound that came with Switchboard".to_owned())} {onpress} />
            { match &*outcome {
                Outcome::None | Outcome::Trying => Html::default(),
                Outcome::Said(words) => html! { <span class="is-good" role="status">{ words }</span> },
                Outcome::Failed(words) => html! { <span class="is-bad" role="alert">{ words }</span> },
            } }
        </div>
    }
}
