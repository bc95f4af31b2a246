//! What a newcomer can let happen in the demo company.

use crate::components::{Glyph, Icon, MenuItem, Popover, use_toasts};
use crate::ipc;
use domain::ipc::demo::{DemoEvent, TriggerDemo};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, component, html};

const CALLS: [(DemoEvent, &str, Icon); 3] = [
    (DemoEvent::KnownCaller, "A customer calls", Icon::CallIn),
    (DemoEvent::UnknownCaller, "An unknown number calls", Icon::CallIn),
    (DemoEvent::WithheldCaller, "A withheld number calls", Icon::CallIn),
];

const DURING: [(DemoEvent, &str, Icon); 3] = [
    (DemoEvent::Answer, "Answer on my phone", Icon::Phone),
    (DemoEvent::AnswerElsewhere, "A colleague answers", Icon::Person),
    (DemoEvent::HangUp, "The caller hangs up", Icon::CallMissed),
];

const MESSAGES: [(DemoEvent, &str, Icon); 3] = [
    (DemoEvent::Text, "A text arrives", Icon::Text),
    (DemoEvent::Voicemail, "A voicemail arrives", Icon::Voicemail),
    (DemoEvent::Fax, "A fax arrives", Icon::Fax),
];

/// Only shown while the demo company is signed in.
#[component]
pub(crate) fn DemoMenu() -> Html {
    let toasts = use_toasts();
    let item = |(event, label, icon): (DemoEvent, &'static str, Icon)| {
        let toasts = toasts.clone();
        let onpress = Callback::from(move |()| {
            let toasts = toasts.clone();
            spawn_local(async move {
                if let Err(error) = ipc::call(TriggerDemo { event }).await {
                    toasts.fail(error.message);
                }
            });
        });
        html! { <MenuItem {label} {icon} {onpress} /> }
    };
    let trigger = html! { <><Glyph icon={Icon::Spark} /><span>{ "Demo" }</span></> };
    html! {
        <Popover {trigger} label="Let something happen in the demo company" class="button button-quiet button-small" is_menu={true} at_end={true}>
            <div class="menu-title" role="presentation">{ "Let somebody call" }</div>
            { for CALLS.into_iter().map(item) }
            <div class="menu-title" role="presentation">{ "While it rings" }</div>
            { for DURING.into_iter().map(item) }
            <div class="menu-title" role="presentation">{ "Let a message arrive" }</div>
            { for MESSAGES.into_iter().map(item) }
        </Popover>
    }
}
