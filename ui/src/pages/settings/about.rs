//! What this program is.

use super::{Group, fact};
use domain::ipc::session::AppState;
use std::rc::Rc;
use yew::{Html, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub state: Rc<AppState>,
}

/// The section.
#[component]
pub(crate) fn About(props: &Props) -> Html {
    html! {
        <Group title="About">
            { fact("Version", props.state.version.clone()) }
            { fact("Licence", "MIT or Apache-2.0") }
            <p class="settings-note">
                { "Switchboard is an independent program. It is not affiliated with, endorsed or sponsored by RingCentral." }
            </p>
        </Group>
    }
}
