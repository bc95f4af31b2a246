//! The page one starts from: what is owed, who is free, which calls go on, and how the day compares.
//!
//! It only shows and leads on; everything on it is a way to the place where it can be dealt with.

mod day;
mod live_card;
mod lost_soon;
mod owed;
mod team_card;
mod words;

use crate::app_state::use_app_state;
use crate::components::{Button, EmptyState, Icon, Skeleton, SkeletonKind, Strip, StripKind};
use crate::hooks::{use_coalesced, use_command, use_core_event, use_now};
use crate::routes::Route;
use day::Day;
use domain::event::CoreEvent;
use domain::inbox::InboxTab;
use domain::ipc::overview::GetOverview;
use domain::session::SessionState;
use live_card::LiveCard;
use lost_soon::LostSoonLine;
use owed::OwedCard;
use team_card::TeamCard;
use yew::{Callback, Html, Properties, component, html, use_effect_with, use_mut_ref};
use yew_router::hooks::use_navigator;

/// Counting a day anew is work for the store; nobody reads figures faster.
const PACE_MS: u32 = 2_000;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    /// Chooses the tab of the inbox.
    pub ontab: Callback<InboxTab>,
}

/// The page.
#[component]
pub(crate) fn Overview(props: &Props) -> Html {
    let now = use_now();
    let navigator = use_navigator();
    let answer = use_command(Some(GetOverview {}));
    let refresh = use_coalesced(PACE_MS, {
        let reload = answer.reload.clone();
        move |()| reload.emit(())
    });
    use_core_event({
        let refresh = refresh.clone();
        move |event| {
            // Of everybody at once: heard again, or no longer.
            let is_of_all = matches!(&event, CoreEvent::PresenceChanged { contacts } if contacts.is_empty());
            if is_of_all
                || matches!(
                    event,
                    CoreEvent::CommunicationsChanged { .. }
                        | CoreEvent::ContactsChanged { .. }
                        | CoreEvent::OutboxChanged
                        | CoreEvent::SessionChanged
                        | CoreEvent::Overflowed
                )
            {
                refresh.emit(());
            }
        }
    });
    // What is usual by now, and what is about to be lost, change with the hour.
    let is_first = use_mut_ref(|| true);
    use_effect_with(now.clone(), move |_| {
        if !is_first.replace(false) {
            refresh.emit(());
        }
    });
    let name = use_app_state().and_then(|state| match &state.session {
        SessionState::SignedIn(person) | SessionState::SignInAgain { was: person, .. } => {
            Some(person.name.clone())
        }
        SessionState::SignedOut | SessionState::WaitingForBrowser | SessionState::SigningIn => None,
    });
    let go = Callback::from(move |route: Route| {
        if let Some(navigator) = &navigator {
            navigator.push(&route);
        }
    });
    let oninbox = {
        let (ontab, go) = (props.ontab.clone(), go.clone());
        Callback::from(move |tab: InboxTab| {
            ontab.emit(tab);
            go.emit(Route::Inbox);
        })
    };
    let body = match (&answer.value, &answer.error) {
        (Some(overview), _) => html! {
            <div class="overview-grid">
                <OwedCard owed={overview.owed.clone()} oninbox={oninbox.clone()} onopen={go.clone()}>
                    { for overview.lost_soon.iter().map(|lost| html! { <LostSoonLine lost={lost.clone()} oninbox={oninbox.clone()} /> }) }
                </OwedCard>
                <TeamCard heartbeat={overview.heartbeat.clone()} onopen={go.clone()} />
                <LiveCard live={overview.live.clone()} onopen={go.clone()} />
                <Day figures={overview.day.clone()} {oninbox} />
            </div>
        },
        (None, Some(error)) => html! {
            <EmptyState icon={Icon::Warning} title="The overview could not be made" text={error.message.clone()}>
                <Button label="Try again" small={true} onpress={answer.reload.clone()} />
            </EmptyState>
        },
        (None, None) => html! { <Skeleton kind={SkeletonKind::Rows} /> },
    };
    html! {
        <section class="page overview" aria-label="Overview">
            if let Some(error) = answer.error.as_ref().filter(|_| answer.value.is_some()) {
                <Strip kind={StripKind::Failure} text={error.message.clone()}>
                    <Button label="Try again" small={true} onpress={answer.reload.clone()} />
                </Strip>
            }
            <div class="overview-page">
                <header class="overview-head">
                    <h1>{ words::greeting(&now, name.as_deref()) }</h1>
                    <span>{ words::today(&now) }</span>
                </header>
                { body }
            </div>
        </section>
    }
}
