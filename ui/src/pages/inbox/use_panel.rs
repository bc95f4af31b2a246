//! Whether the contact panel is shown: in wide windows beside the conversation, as the settings remember; in narrow ones above it, for now.

use crate::app_state::use_app_state;
use crate::browser;
use crate::ipc;
use domain::ipc::settings::SaveSettings;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Classes, classes, hook, use_state};

/// Narrower windows have no room for the panel; `inbox.css` has the same figure.
const WIDE: f64 = 1180.0;

/// The two ways to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Panel {
    is_kept: bool,
    is_above: bool,
}

impl Panel {
    /// For the style sheet, which knows how wide the window is.
    pub(crate) fn classes(self) -> Classes {
        classes!(
            self.is_kept.then_some("panel-kept"),
            self.is_above.then_some("panel-above")
        )
    }

    /// As the button shows it.
    pub(crate) fn is_shown(self) -> bool {
        if is_wide() { self.is_kept } else { self.is_above }
    }
}

/// The panel's state, and the toggle.
#[hook]
pub(crate) fn use_panel() -> (Panel, Callback<()>) {
    let state = use_app_state();
    let is_above = use_state(|| false);
    let panel = Panel {
        is_kept: state
            .as_ref()
            .is_none_or(|state| state.settings.shows_contact_panel),
        is_above: *is_above,
    };
    let toggle = Callback::from(move |()| {
        if !is_wide() {
            is_above.set(!panel.is_above);
            return;
        }
        if let Some(state) = &state {
            let mut settings = state.settings.clone();
            settings.shows_contact_panel = !panel.is_kept;
            spawn_local(async move {
                // A failure shows itself: the panel stays as it was.
                let _ = ipc::call(SaveSettings { settings }).await;
            });
        }
    });
    (panel, toggle)
}

fn is_wide() -> bool {
    let width = browser::window()
        .and_then(|window| window.inner_width().ok())
        .and_then(|width| width.as_f64());
    width.is_none_or(|width| width >= WIDE)
}
