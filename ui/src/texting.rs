//! Writing texts: the composer of a thread, what is on its way in it, and a text to somebody new.
//!
//! Drafts, numbers and what may be sent belong to the core; kept here is only what is being typed.

mod composer;
mod conversation;
mod desk;
mod new_text;
mod outgoing;
mod text_actions;
mod text_button;
mod use_composer;

pub(crate) use composer::{ComposerPane, held_up};
pub(crate) use conversation::item_with;
pub(crate) use outgoing::{Outgoing, words};
pub(crate) use text_actions::use_text_actions;
pub(crate) use text_button::TextButton;
pub(crate) use use_composer::{use_compose_reply, use_compose_to};

use crate::hooks::use_core_event;
use domain::event::CoreEvent;
use domain::outgoing::Draft;
use new_text::NewText;
use std::rc::Rc;
use yew::{
    Callback, Children, ContextProvider, Html, Properties, component, hook, html, use_callback, use_context,
    use_mut_ref, use_state,
};

/// A draft that the core has put back: taken back in time, or a failed text to be changed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Returned {
    /// Grows with each; a composer takes only what came after it appeared.
    serial: u32,
    /// Whom it was for, as [`recipients`] writes it.
    to: Vec<String>,
    draft: Draft,
}

/// Where texts are begun, and drafts handed back.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Texting {
    /// Opens a new text to these numbers, however they are written.
    pub write: Callback<Vec<String>>,
    /// Opens a new text to nobody yet that begins with these words.
    pub forward: Callback<String>,
    give_back: Callback<(Vec<String>, Draft)>,
    returned: Option<Rc<Returned>>,
}

impl Texting {
    /// Hands a draft to the composer of these people, if one is open. The core keeps it in any case.
    pub(crate) fn give_back(&self, to: Vec<String>, draft: Draft) {
        self.give_back.emit((to, draft));
    }
}

/// A new text, open above the page.
#[derive(Debug, Clone, PartialEq)]
struct Begun {
    numbers: Vec<String>,
    /// What it begins with.
    words: Option<String>,
    /// Two texts to the same number are two.
    serial: u32,
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    #[prop_or_default]
    pub children: Children,
}

/// Lets everything inside begin texts, and shows the new one above it.
#[component]
pub(crate) fn TextingHost(props: &Props) -> Html {
    let begun = use_state(|| None::<Begun>);
    let returned = use_state(|| None::<Rc<Returned>>);
    let serial = use_mut_ref(|| 0_u32);
    let write = {
        let (begun, serial) = (begun.setter(), serial.clone());
        use_callback((), move |numbers: Vec<String>, ()| {
            // Whoever is in that conversation already goes on there: two fields for one draft would each keep their own.
            if composer::focus_open(&numbers) {
                return;
            }
            begun.set(Some(Begun {
                numbers,
                words: None,
                serial: next(&serial),
            }));
        })
    };
    let forward = {
        let (begun, serial) = (begun.setter(), serial.clone());
        use_callback((), move |words: String, ()| {
            begun.set(Some(Begun {
                numbers: Vec::new(),
                words: Some(words),
                serial: next(&serial),
            }));
        })
    };
    let give_back = {
        let returned = returned.setter();
        use_callback((), move |(to, draft): (Vec<String>, Draft), ()| {
            let serial = next(&serial);
            returned.set(Some(Rc::new(Returned { serial, to, draft })));
        })
    };
    use_core_event({
        let write = write.clone();
        move |event| {
            if let CoreEvent::TextNumber { number } = event {
                write.emit(vec![number]);
            }
        }
    });
    let onclose = {
        let begun = begun.setter();
        Callback::from(move |()| begun.set(None))
    };
    let texting = Texting {
        write,
        forward,
        give_back,
        returned: (*returned).clone(),
    };
    html! {
        <ContextProvider<Texting> context={texting}>
            { props.children.clone() }
            if let Some(begun) = &*begun {
                <NewText key={begun.serial} numbers={begun.numbers.clone()} words={begun.words.clone()} {onclose} />
            }
        </ContextProvider<Texting>>
    }
}

/// The place to begin texts; without a [`TextingHost`], as in the window of the cards, nothing happens.
#[hook]
pub(crate) fn use_texting() -> Texting {
    use_context::<Texting>().unwrap_or_else(|| Texting {
        write: Callback::noop(),
        forward: Callback::noop(),
        give_back: Callback::noop(),
        returned: None,
    })
}

fn next(serial: &std::cell::RefCell<u32>) -> u32 {
    let mut serial = serial.borrow_mut();
    *serial += 1;
    *serial
}

/// Numbers that name a thread whatever its order: what two views of the same people have in common.
pub(crate) fn recipients(to: &[domain::communication::Party]) -> Vec<String> {
    let mut numbers: Vec<String> = to
        .iter()
        .filter_map(|party| Some(party.number.as_ref()?.to_look_up()))
        .collect();
    numbers.sort();
    numbers
}
