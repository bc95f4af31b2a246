//! Presence in the window: one map of all colleagues for every dot there is, and what the signed-in person says of themselves.
//!
//! It asks once for everybody, then only for those who are named as changed; no dot asks by itself.

mod change;
mod own;
mod wanted;

pub(crate) use change::{Change, LONGEST_MESSAGE, message_problem};
pub(crate) use own::{OwnPresenceHost, OwnStatus, use_own_status};

use crate::hooks::{use_coalesced, use_core_event};
use crate::ipc;
use domain::event::CoreEvent;
use domain::ids::ContactId;
use domain::ipc::presence::ListPresence;
use domain::presence::MemberPresence;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use wanted::Wanted;
use wasm_bindgen_futures::spawn_local;
use yew::{
    Callback, Children, ContextProvider, Html, Properties, component, hook, html, use_context,
    use_effect_with, use_mut_ref, use_state,
};

/// Events may name many colleagues a second; eyes need no more.
const PACE_MS: u32 = 250;

type Map = BTreeMap<ContactId, Rc<MemberPresence>>;

/// Everybody's presence, as far as it is known.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Presences(Rc<Map>);

impl Presences {
    /// Of one colleague.
    pub(crate) fn of(&self, contact: ContactId) -> Option<&Rc<MemberPresence>> {
        self.0.get(&contact)
    }

    /// Of all.
    pub(crate) fn all(&self) -> impl Iterator<Item = &MemberPresence> {
        self.0.values().map(Rc::as_ref)
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    #[prop_or_default]
    pub children: Children,
}

/// What is to be asked, whether somebody asks already, and what is known.
#[derive(Default)]
struct Held {
    wanted: Wanted,
    is_asking: bool,
    known: Map,
}

/// Gives the map to everything inside.
#[component]
pub(crate) fn PresenceHost(props: &Props) -> Html {
    let shown = use_state(Presences::default);
    let held: Rc<RefCell<Held>> = use_mut_ref(Held::default);
    let ask = {
        let (held, set) = (held.clone(), shown.setter());
        use_coalesced(PACE_MS, move |()| {
            // One request at a time: an older answer could undo a newer one.
            if std::mem::replace(&mut held.borrow_mut().is_asking, true) {
                return;
            }
            let (held, set) = (held.clone(), set.clone());
            spawn_local(async move {
                while let Some(contacts) = next(&held) {
                    match ipc::call(ListPresence {
                        contacts: contacts.clone(),
                    })
                    .await
                    {
                        Ok(answer) => {
                            wanted::take_over(&mut held.borrow_mut().known, &contacts, answer);
                            set.set(Presences(Rc::new(held.borrow().known.clone())));
                        }
                        // What is known stays; the next change asks for all of it again.
                        Err(_) => {
                            held.borrow_mut().wanted = Wanted::All;
                            break;
                        }
                    }
                }
                held.borrow_mut().is_asking = false;
            });
        })
    };
    let want = {
        let (held, ask) = (held, ask);
        Callback::from(move |contacts: Vec<ContactId>| {
            held.borrow_mut().wanted.add(&contacts);
            ask.emit(());
        })
    };
    use_effect_with((), {
        let want = want.clone();
        move |()| want.emit(Vec::new())
    });
    use_core_event(move |event| match event {
        CoreEvent::PresenceChanged { contacts } => want.emit(contacts),
        CoreEvent::SessionChanged | CoreEvent::Overflowed => want.emit(Vec::new()),
        _ => {}
    });
    html! { <ContextProvider<Presences> context={(*shown).clone()}>{ props.children.clone() }</ContextProvider<Presences>> }
}

fn next(held: &RefCell<Held>) -> Option<Vec<ContactId>> {
    held.borrow_mut().wanted.take()
}

/// Everybody's presence.
#[hook]
pub(crate) fn use_presences() -> Presences {
    use_context::<Presences>().unwrap_or_default()
}

/// A colleague's presence, while it is known.
#[hook]
pub(crate) fn use_presence(contact: ContactId) -> Option<Rc<MemberPresence>> {
    use_presences().of(contact).cloned()
}
