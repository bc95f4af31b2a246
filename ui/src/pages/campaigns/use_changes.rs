//! Asking again when templates changed, and while a campaign moves on, though not for each of its messages.

use crate::hooks::{use_coalesced, use_core_event};
use domain::event::CoreEvent;
use yew::{Callback, hook};

/// One message leaves per second and number; the eye needs no more.
const PACE_MS: u32 = 1_000;

/// Calls `reload` when templates were added, changed, removed or put back.
#[hook]
pub(super) fn use_template_changes(reload: &Callback<()>) {
    let reload = reload.clone();
    use_core_event(move |event| {
        if matches!(
            event,
            CoreEvent::TemplatesChanged | CoreEvent::SessionChanged | CoreEvent::Overflowed
        ) {
            reload.emit(());
        }
    });
}

/// Calls `reload` when something on its way out moved on, or came back with news.
#[hook]
pub(super) fn use_changes(reload: &Callback<()>) {
    let refresh = use_coalesced(PACE_MS, {
        let reload = reload.clone();
        move |()| reload.emit(())
    });
    use_core_event(move |event| {
        if matches!(
            event,
            CoreEvent::OutboxChanged
                | CoreEvent::CommunicationsChanged { .. }
                | CoreEvent::SessionChanged
                | CoreEvent::Overflowed
        ) {
            refresh.emit(());
        }
    });
}
