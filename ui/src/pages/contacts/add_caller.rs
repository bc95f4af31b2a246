//! "Add contact" on a notification opens this form in the main window.

use super::editor::{Editor, Subject};
use crate::components::use_toasts;
use crate::hooks::use_core_event;
use crate::ipc;
use domain::contact::{ContactDraft, NumberDraft, NumberLabel};
use domain::event::CoreEvent;
use domain::ids::CallSessionId;
use domain::ipc::calls::ListCallerCards;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, component, html, use_state};

/// Waits for the wish and shows the form. The call may have ended meanwhile; its card lingers long enough.
#[component]
pub(crate) fn AddCaller() -> Html {
    let draft = use_state(|| None::<ContactDraft>);
    let toasts = use_toasts();
    use_core_event({
        let draft = draft.setter();
        move |event| {
            let CoreEvent::AddContactFor { session_id } = event else {
                return;
            };
            let (draft, toasts) = (draft.clone(), toasts.clone());
            spawn_local(async move {
                match number_of(session_id).await {
                    Some(number) => draft.set(Some(ContactDraft {
                        numbers: vec![NumberDraft {
                            label: NumberLabel::Mobile,
                            number,
                        }],
                        ..ContactDraft::default()
                    })),
                    None => toasts.fail("The call is over. Add the contact from the inbox."),
                }
            });
        }
    });
    let onclose = {
        let draft = draft.setter();
        Callback::from(move |_| draft.set(None))
    };
    match &*draft {
        Some(filled) => html! { <Editor subject={Subject::New(filled.clone())} {onclose} /> },
        None => Html::default(),
    }
}

async fn number_of(session_id: CallSessionId) -> Option<String> {
    let cards = ipc::call(ListCallerCards { only_wanted: false }).await.ok()?;
    let card = cards
        .into_iter()
        .find(|card| card.call.session_id == session_id)?;
    card.call.party.number.map(|number| number.formatted)
}
