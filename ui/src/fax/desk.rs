//! Where anything in the window hands a fax in that somebody wants to send, and files that are dropped on the window.
//!
//! What a fax consists of is kept by the core. Here is only which one is open.

use super::drop_target::DropTarget;
use super::sending::{Begun, SendFax};
use crate::browser;
use crate::hooks::{Shortcut, use_core_event, use_shortcuts, use_stable};
use domain::event::CoreEvent;
use domain::fax::FaxDraft;
use domain::ipc::fax::NewFax;
use yew::{
    Callback, Children, ContextProvider, Html, Properties, component, html, use_mut_ref, use_state,
    use_state_eq,
};

/// Begins a fax: the dialog opens with what is given.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FaxDesk(pub Callback<NewFax>);

/// Goes on with a fax that was begun: one taken back, or one to be changed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reopen(pub(super) Callback<FaxDraft>);

/// A fax that is open above the page.
#[derive(Debug, Clone, PartialEq)]
struct Open {
    begun: Begun,
    /// Two faxes that begin alike are two.
    serial: u32,
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    #[prop_or_default]
    pub children: Children,
}

/// Lets everything inside begin faxes, and shows the dialog above it.
#[component]
pub(crate) fn FaxDeskHost(props: &Props) -> Html {
    let open = use_state(|| None::<Open>);
    let is_over = use_state_eq(|| false);
    let serial = use_mut_ref(|| 0_u32);
    let show = {
        let open = open.setter();
        use_stable(move |begun: Begun| {
            let mut serial = serial.borrow_mut();
            *serial += 1;
            let serial = *serial;
            open.set(Some(Open { begun, serial }));
        })
    };
    let begin = show.reform(|request| Begun::New {
        request,
        takes_dropped: false,
    });
    let reopen = show.reform(Begun::Draft);
    use_core_event({
        let (show, is_open, is_over) = (show.clone(), open.is_some(), is_over.setter());
        move |event| match event {
            CoreEvent::FilesOverWindow { is_over: now } => is_over.set(now && !is_place_for_others()),
            // An open fax takes them itself.
            CoreEvent::FilesDropped => {
                is_over.set(false);
                if !is_open && !is_place_for_others() {
                    show.emit(Begun::New {
                        request: nothing(),
                        takes_dropped: true,
                    });
                }
            }
            _ => {}
        }
    });
    use_shortcuts(vec![Shortcut::key("f", {
        let begin = begin.clone();
        move |()| begin.emit(nothing())
    })]);
    let onclose = {
        let open = open.setter();
        Callback::from(move |()| open.set(None))
    };
    let onleave = {
        let is_over = is_over.setter();
        Callback::from(move |()| is_over.set(false))
    };
    html! {
        <ContextProvider<FaxDesk> context={FaxDesk(begin)}>
            <ContextProvider<Reopen> context={Reopen(reopen)}>
                { props.children.clone() }
                if let Some(open) = &*open { <SendFax key={open.serial} begun={open.begun.clone()} {onclose} /> }
                if *is_over { <DropTarget is_added={open.is_some()} {onleave} /> }
            </ContextProvider<Reopen>>
        </ContextProvider<FaxDesk>>
    }
}

/// A fax to nobody yet.
pub(super) fn nothing() -> NewFax {
    NewFax {
        to: Vec::new(),
        reply_to: None,
        forward: None,
    }
}

/// A place for another kind of file is open: a list of contacts that is dropped there is no fax.
fn is_place_for_others() -> bool {
    let found = browser::document().map(|document| document.query_selector("dialog[open] .drop-place"));
    matches!(found, Some(Ok(Some(_))))
}
