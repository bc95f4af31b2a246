//! The calls that go on now, for whoever shows or counts them: one request for the rail, the overview and the page.

use crate::hooks::{Answer, use_coalesced, use_command, use_core_event};
use domain::event::CoreEvent;
use domain::ipc::live_calls::GetLiveCalls;
use domain::live_calls::LiveCalls;
use yew::{Children, ContextProvider, Html, Properties, component, hook, html, use_context};

/// A busy company's calls change many times a second; durations tick without being asked for.
const PACE_MS: u32 = 500;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    #[prop_or_default]
    pub children: Children,
}

/// Gives the calls to everything inside.
#[component]
pub(crate) fn LiveCallsHost(props: &Props) -> Html {
    let answer = use_command(Some(GetLiveCalls {}));
    let refresh = use_coalesced(PACE_MS, {
        let reload = answer.reload.clone();
        move |()| reload.emit(())
    });
    use_core_event(move |event| {
        if matches!(
            event,
            CoreEvent::LiveCallsChanged
                | CoreEvent::ContactsChanged { .. }
                | CoreEvent::SessionChanged
                | CoreEvent::Overflowed
        ) {
            refresh.emit(());
        }
    });
    html! {
        <ContextProvider<Answer<LiveCalls>> context={answer}>{ props.children.clone() }</ContextProvider<Answer<LiveCalls>>>
    }
}

/// The calls; `None` outside of their host.
#[hook]
pub(crate) fn use_live_calls() -> Option<Answer<LiveCalls>> {
    use_context::<Answer<LiveCalls>>()
}
