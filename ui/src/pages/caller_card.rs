//! The window with the cards of inbound calls. It shows what the core says and asks the shell to fit the window to it.

mod card;
mod new_contact;
mod recent;

use crate::hooks::{use_coalesced, use_command, use_core_event, use_place};
use crate::ipc;
use card::Card;
use domain::event::CoreEvent;
use domain::ipc::calls::{FitCard, ListCallerCards};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;
use yew::{Callback, Html, component, html, use_effect, use_mut_ref, use_node_ref};

/// While a history arrives, contacts and communications change all the time. A call that begins is shown at once all the same.
const PACE_MS: u32 = 200;

/// All cards, the oldest call on top.
#[component]
pub(crate) fn CallerCards() -> Html {
    let answer = use_command(Some(ListCallerCards { only_wanted: true }));
    let reload = use_coalesced(PACE_MS, {
        let reload = answer.reload.clone();
        move |()| reload.emit(())
    });
    use_core_event(move |event| {
        if matches!(
            event,
            CoreEvent::CallChanged { .. }
                | CoreEvent::ContactsChanged { .. }
                | CoreEvent::CommunicationsChanged { .. }
                | CoreEvent::SessionChanged
                | CoreEvent::Overflowed
        ) {
            reload.emit(());
        }
    });
    let stack = use_node_ref();
    let fitted = use_mut_ref(|| None::<FitCard>);
    let fit = Callback::from({
        let stack = stack.clone();
        move |()| {
            let Some(stack) = stack.cast::<HtmlElement>() else {
                return;
            };
            let fit = FitCard {
                height_px: u32::try_from(stack.offset_height()).unwrap_or(0),
                accepts_typing: stack
                    .query_selector("form, input")
                    .is_ok_and(|form| form.is_some()),
            };
            if fitted.replace(Some(fit.clone())).as_ref() != Some(&fit) {
                // A window that cannot be fitted is still readable: it scrolls.
                spawn_local(async move {
                    let _ = ipc::call(fit).await;
                });
            }
        }
    });
    use_place(&stack, {
        let fit = fit.clone();
        move |()| fit.emit(())
    });
    // While the window is hidden nothing is laid out by itself, so nothing would report that a card has come.
    use_effect(move || fit.emit(()));
    let cards = answer
        .value
        .as_ref()
        .map(|cards| cards.as_slice())
        .unwrap_or_default();
    html! {
        <main class="cards" aria-live="assertive">
            // Empty, it has no height, and the window hides.
            <div ref={stack} class="cards-stack">
                for (position, card) in cards.iter().enumerate() {
                    <Card key={card.call.session_id.to_string()} card={card.clone()} is_second={cards.iter().take(position).any(|first| !first.call.state.is_over())} />
                }
            </div>
        </main>
    }
}
