//! The composer of a thread, asked for anew whenever something may have changed in it.

use crate::hooks::{Answer, use_coalesced, use_command, use_core_event};
use domain::event::CoreEvent;
use domain::ids::CommunicationId;
use domain::ipc::Command;
use domain::ipc::texting::{ComposeReply, ComposeTo};
use domain::outgoing::Composer;
use yew::hook;

const PACE_MS: u32 = 200;

/// What is shown below an item.
#[hook]
pub(crate) fn use_compose_reply(item: Option<CommunicationId>) -> Answer<Composer> {
    use_kept_current(item.map(|item| ComposeReply { item }))
}

/// What is shown for these numbers; nothing without any.
#[hook]
pub(crate) fn use_compose_to(numbers: Vec<String>) -> Answer<Composer> {
    use_kept_current((!numbers.is_empty()).then_some(ComposeTo { numbers }))
}

#[hook]
fn use_kept_current<C>(request: Option<C>) -> Answer<Composer>
where
    C: Command<Reply = Composer> + Clone + PartialEq + 'static,
{
    let answer = use_command(request);
    let refresh = use_coalesced(PACE_MS, {
        let reload = answer.reload.clone();
        move |()| reload.emit(())
    });
    use_core_event(move |event| {
        if matches!(
            event,
            CoreEvent::OutboxChanged
                | CoreEvent::CommunicationsChanged { .. }
                | CoreEvent::ContactsChanged { .. }
                | CoreEvent::SessionChanged
                | CoreEvent::Overflowed
        ) {
            refresh.emit(());
        }
    });
    answer
}
