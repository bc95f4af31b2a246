//! What the frame and several pages need to know at once: session, sync, counts, settings. Kept fresh by the core's events.

use crate::browser;
use crate::hooks::{use_coalesced, use_command, use_core_event};
use domain::event::CoreEvent;
use domain::ipc::IpcError;
use domain::ipc::session::{AppState, GetAppState};
use domain::settings::Theme;
use std::rc::Rc;
use yew::{
    Callback, Children, ContextProvider, Html, Properties, component, hook, html, use_context,
    use_effect_with,
};

/// Counts and progress change often while older history arrives; four times a second is enough for eyes.
const PACE_MS: u32 = 250;

/// The state of the app as the window knows it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Known {
    /// `None` until the core has answered once.
    pub state: Option<Rc<AppState>>,
    pub error: Option<IpcError>,
    pub reload: Callback<()>,
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    #[prop_or_default]
    pub children: Children,
}

/// Gives the state to everything inside and applies the chosen theme.
#[component]
pub(crate) fn AppStateProvider(props: &Props) -> Html {
    let answer = use_command(Some(GetAppState {}));
    let refresh = use_coalesced(PACE_MS, {
        let reload = answer.reload.clone();
        move |()| reload.emit(())
    });
    use_core_event(move |event| match event {
        CoreEvent::ContactsChanged { .. }
        | CoreEvent::CallChanged { .. }
        | CoreEvent::PresenceChanged { .. }
        | CoreEvent::LiveCallsChanged
        | CoreEvent::OutboxChanged
        | CoreEvent::FaxDraftChanged { .. }
        | CoreEvent::FilesOverWindow { .. }
        | CoreEvent::FilesDropped
        | CoreEvent::TemplatesChanged
        | CoreEvent::TranscriptionChanged
        | CoreEvent::TextNumber { .. }
        | CoreEvent::CallNumber { .. }
        | CoreEvent::OpenCommunication { .. }
        | CoreEvent::FindNumber { .. }
        | CoreEvent::AddContactFor { .. } => {}
        CoreEvent::CommunicationsChanged { .. }
        | CoreEvent::SyncChanged
        | CoreEvent::EventSourceChanged
        | CoreEvent::SessionChanged
        | CoreEvent::SettingsChanged
        | CoreEvent::Overflowed => refresh.emit(()),
    });
    let theme = answer
        .value
        .as_ref()
        .map_or(Theme::System, |state| state.settings.theme);
    use_effect_with(theme, |theme| browser::apply_theme(*theme));
    let known = Known {
        state: answer.value,
        error: answer.error,
        reload: answer.reload,
    };
    html! { <ContextProvider<Known> context={known}>{ props.children.clone() }</ContextProvider<Known>> }
}

/// The state, `None` until the core has answered once.
#[hook]
pub(crate) fn use_app_state() -> Option<Rc<AppState>> {
    use_context::<Known>().and_then(|known| known.state)
}
