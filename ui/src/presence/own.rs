//! The signed-in person's own presence: shown as it will be while RingCentral is asked, and as it was when that is refused.

use super::Change;
use crate::clock;
use crate::components::use_toasts;
use crate::hooks::{use_coalesced, use_command, use_core_event, use_stable};
use domain::event::CoreEvent;
use domain::ipc::IpcError;
use domain::ipc::presence::GetOwnPresence;
use domain::presence::OwnPresence;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::{
    Callback, Children, ContextProvider, Html, Properties, component, hook, html, use_context,
    use_effect_with, use_mut_ref, use_state,
};

const PACE_MS: u32 = 250;

/// What is known, and the way to change it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct OwnStatus {
    /// With what is being changed already in it; `None` until the core has answered.
    pub shown: Option<Rc<OwnPresence>>,
    pub error: Option<IpcError>,
    pub is_changing: bool,
    pub change: Callback<Change>,
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    #[prop_or_default]
    pub children: Children,
}

/// Gives it to everything inside.
#[component]
pub(crate) fn OwnPresenceHost(props: &Props) -> Html {
    let toasts = use_toasts();
    let answer = use_command(Some(GetOwnPresence {}));
    // The reply to a change counts until the core is asked again.
    let replied = use_state(|| None::<Rc<OwnPresence>>);
    let pending = use_state(Vec::<Change>::new);
    let queue: Rc<RefCell<VecDeque<Change>>> = use_mut_ref(VecDeque::new);
    use_effect_with(answer.value.clone(), {
        let replied = replied.setter();
        move |_| replied.set(None)
    });
    let refresh = use_coalesced(PACE_MS, {
        let reload = answer.reload.clone();
        move |()| reload.emit(())
    });
    let own = answer
        .value
        .as_ref()
        .and_then(|own| own.presence.as_ref())
        .map(|presence| presence.contact);
    use_core_event({
        let refresh = refresh.clone();
        move |event| {
            let concerns = match event {
                CoreEvent::PresenceChanged { contacts } => {
                    contacts.is_empty() || own.is_none_or(|own| contacts.contains(&own))
                }
                CoreEvent::SessionChanged | CoreEvent::Overflowed => true,
                _ => false,
            };
            if concerns {
                refresh.emit(());
            }
        }
    });
    // One after the other, as RingCentral promises no order of requests that are under way together.
    let change = use_stable({
        let (pending, replied) = (pending.setter(), replied.setter());
        move |change: Change| {
            let is_free = queue.borrow().is_empty();
            queue.borrow_mut().push_back(change);
            pending.set(queue.borrow().iter().cloned().collect());
            if !is_free {
                return;
            }
            let (queue, pending, replied) = (queue.clone(), pending.clone(), replied.clone());
            let (toasts, refresh) = (toasts.clone(), refresh.clone());
            spawn_local(async move {
                while let Some(change) = front(&queue) {
                    match change.clone().ask().await {
                        Ok(own) => replied.set(Some(Rc::new(own))),
                        Err(error) => {
                            toasts.fail(format!("{}. {}", change.not_done(), error.message));
                            refresh.emit(());
                        }
                    }
                    queue.borrow_mut().pop_front();
                    pending.set(queue.borrow().iter().cloned().collect());
                }
            });
        }
    });
    let settled = (*replied).clone().or(answer.value);
    let shown = settled.map(|own| {
        if pending.is_empty() {
            return own;
        }
        let now = clock::now().at;
        let applied = pending
            .iter()
            .fold((*own).clone(), |own, change| change.applied(&own, now));
        Rc::new(applied)
    });
    let status = OwnStatus {
        shown,
        error: answer.error,
        is_changing: !pending.is_empty(),
        change,
    };
    html! { <ContextProvider<OwnStatus> context={status}>{ props.children.clone() }</ContextProvider<OwnStatus>> }
}

fn front(queue: &RefCell<VecDeque<Change>>) -> Option<Change> {
    queue.borrow().front().cloned()
}

/// The own presence; `None` outside of its host, as in the window of the cards.
#[hook]
pub(crate) fn use_own_status() -> Option<OwnStatus> {
    use_context::<OwnStatus>()
}
