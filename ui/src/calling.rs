//! Click to call: a button beside a number, and the small panel in which one of our phones is rung first.
//!
//! Nothing is called by opening the panel, whoever opened it: a button, or a link in another program.

mod ask;
mod button;
mod panel;
mod progress;
mod words;

pub(crate) use button::CallButton;

use crate::components::use_toasts;
use crate::hooks::use_core_event;
use domain::event::CoreEvent;
use panel::CallPanel;
use yew::{
    Callback, Children, ContextProvider, Html, Properties, component, html, use_callback, use_mut_ref,
    use_state,
};

/// Where a number is handed in that somebody may want to call.
#[derive(Debug, Clone, PartialEq)]
struct Calling(Callback<String>);

/// A number in the panel.
#[derive(Debug, Clone, PartialEq)]
struct Offer {
    number: String,
    /// Two offers of the same number are two panels.
    serial: u32,
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    #[prop_or_default]
    pub children: Children,
}

/// Lets everything inside offer numbers, and shows the panel above it.
#[component]
pub(crate) fn CallingHost(props: &Props) -> Html {
    let offer = use_state(|| None::<Offer>);
    let serial = use_mut_ref(|| 0_u32);
    // A panel in which a phone rings keeps its Cancel.
    let is_busy = use_mut_ref(|| false);
    let toasts = use_toasts();
    let take = {
        let (offer, is_busy) = (offer.setter(), is_busy.clone());
        use_callback((), move |number: String, ()| {
            if *is_busy.borrow() {
                toasts.say("One call at a time: cancel the one that rings, or wait until it is answered.");
                return;
            }
            *serial.borrow_mut() += 1;
            offer.set(Some(Offer {
                number,
                serial: *serial.borrow(),
            }));
        })
    };
    use_core_event({
        let take = take.clone();
        move |event| {
            if let CoreEvent::CallNumber { number } = event {
                take.emit(number);
            }
        }
    });
    let onbusy = use_callback((), move |busy: bool, ()| *is_busy.borrow_mut() = busy);
    let onclose = {
        let offer = offer.setter();
        Callback::from(move |()| offer.set(None))
    };
    html! {
        <ContextProvider<Calling> context={Calling(take)}>
            { props.children.clone() }
            if let Some(offer) = &*offer {
                <CallPanel key={offer.serial} number={offer.number.clone()} {onbusy} {onclose} />
            }
        </ContextProvider<Calling>>
    }
}
