//! The dialog in which a fax is made ready and sent.
//!
//! The core keeps the fax and knows everything about its files; here is how it looks, and what is wanted of it next.

mod begun_before;
mod change;
mod cover;
mod fax_recipients;
mod files;
mod findings;
mod footer;
mod form;
mod readiness;
mod schedule;
mod sheets;
mod timing;
mod use_check;
mod use_draft;
mod use_removal;

use crate::components::{Button, Dialog, EmptyState, Icon, Skeleton, SkeletonKind};
use crate::hooks::{use_core_event, use_stable};
use crate::ipc;
use domain::event::CoreEvent;
use domain::fax::FaxDraft;
use domain::ipc::IpcError;
use domain::ipc::fax::NewFax;
use form::Form;
use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use yew::{
    Callback, Html, Properties, component, html, use_effect_with, use_mut_ref, use_state, use_state_eq,
};

/// The core mostly answers sooner, and a dialog that comes and changes at once would flicker.
const SLOW_MS: u32 = 250;

/// What a fax begins with.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Begun {
    New {
        request: NewFax,
        /// The files that were just dropped on the window.
        takes_dropped: bool,
    },
    Draft(FaxDraft),
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub begun: Begun,
    pub onclose: Callback<()>,
}

/// The dialog. Closing it keeps what was made ready.
#[component]
pub(super) fn SendFax(props: &Props) -> Html {
    let begun = use_state(|| match &props.begun {
        Begun::Draft(draft) => Some(Ok(draft.clone())),
        Begun::New { .. } => None,
    });
    let takes_dropped = use_mut_ref(|| {
        matches!(
            props.begun,
            Begun::New {
                takes_dropped: true,
                ..
            }
        )
    });
    let begin = {
        let (begun, what) = (begun.setter(), props.begun.clone());
        use_stable(move |()| {
            let Begun::New { request, .. } = what.clone() else {
                return;
            };
            let begun = begun.clone();
            begun.set(None);
            spawn_local(async move { begun.set(Some(ipc::call(request).await)) });
        })
    };
    use_effect_with((), {
        let begin = begin.clone();
        move |()| begin.emit(())
    });
    let is_slow = use_state_eq(|| false);
    use_effect_with((), {
        let is_slow = is_slow.setter();
        move |()| {
            let timer = Timeout::new(SLOW_MS, move || is_slow.set(true));
            move || drop(timer)
        }
    });
    // What is dropped while the core prepares is not lost.
    use_core_event({
        let (takes_dropped, is_here) = (takes_dropped.clone(), matches!(&*begun, Some(Ok(_))));
        move |event| {
            if matches!(event, CoreEvent::FilesDropped) && !is_here {
                *takes_dropped.borrow_mut() = true;
            }
        }
    });
    match &*begun {
        Some(Ok(draft)) => html! {
            <Form draft={draft.clone()} is_new={matches!(props.begun, Begun::New { .. })} takes_dropped={*takes_dropped.borrow()}
                onclose={props.onclose.clone()} />
        },
        Some(Err(error)) => {
            html! { <Dialog title="New fax" onclose={props.onclose.clone()}>{ failed(error, &begin) }</Dialog> }
        }
        None if !*is_slow => Html::default(),
        None => html! {
            <Dialog title="New fax" large={true} onclose={props.onclose.clone()}><Skeleton kind={SkeletonKind::Panel} /></Dialog>
        },
    }
}

fn failed(error: &IpcError, again: &Callback<()>) -> Html {
    html! {
        <EmptyState icon={Icon::Fax} title="A fax cannot be begun now" text={error.message.clone()}>
            <Button label="Try again" onpress={again.clone()} />
        </EmptyState>
    }
}
