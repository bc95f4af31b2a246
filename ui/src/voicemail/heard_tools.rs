//! Whether a voicemail was heard, to be changed by hand; and the way to the next that was not.

use crate::components::{Button, ButtonKind, Icon, use_toasts};
use crate::ipc;
use crate::routes::Route;
use domain::communication::Communication;
use domain::ipc::inbox::SetRead;
use domain::ipc::voicemail::NextUnheard;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, component, html};
use yew_router::hooks::use_navigator;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub item: Communication,
}

/// Heard or not, and the next that is not.
#[component]
pub(super) fn HeardTools(props: &Props) -> Html {
    let toasts = use_toasts();
    let navigator = use_navigator();
    let (id, is_read) = (props.item.id, props.item.is_read);
    let mark = {
        let toasts = toasts.clone();
        Callback::from(move |()| {
            let toasts = toasts.clone();
            spawn_local(async move {
                let request = SetRead {
                    ids: vec![id],
                    is_read: !is_read,
                };
                if let Err(error) = ipc::call(request).await {
                    toasts.fail(error.message);
                }
            });
        })
    };
    let next = Callback::from(move |()| {
        let (toasts, navigator) = (toasts.clone(), navigator.clone());
        spawn_local(async move {
            match ipc::call(NextUnheard { after: Some(id) }).await {
                Ok(Some(next)) if next != id => {
                    if let Some(navigator) = navigator {
                        navigator.replace(&Route::Item { id: next.0 });
                    }
                }
                Ok(Some(_)) => toasts.say("This is the only one that nobody has heard"),
                Ok(None) => toasts.say("All voicemail is heard"),
                Err(error) => toasts.fail(error.message),
            }
        });
    });
    html! {
        <div class="player-end">
            <Button label={if is_read { "Mark unheard" } else { "Mark heard" }} icon={if is_read { Icon::Voicemail } else { Icon::Check }}
                kind={ButtonKind::Quiet} small={true} onpress={mark} />
            <Button label="Next unheard" icon={Icon::Next} kind={ButtonKind::Quiet} small={true} hint="Open the next one that nobody has heard" onpress={next} />
        </div>
    }
}
