//! What each window consists of.

use crate::app_state::{AppStateProvider, Known};
use crate::components::{Button, ButtonKind, EmptyState, Icon, ToastHost};
use crate::frame::Frame;
use crate::hooks::NowProvider;
use crate::pages::caller_card::CallerCards;
use crate::pages::first_run::FirstRun;
use crate::presence::PresenceHost;
use domain::session::SessionState;
use yew::{Html, component, html, use_context};
use yew_router::HashRouter;

/// The main window.
#[component]
pub(crate) fn MainWindow() -> Html {
    html! {
        <NowProvider>
            <HashRouter>
                <ToastHost>
                    <AppStateProvider>
                        <PresenceHost><Entrance /></PresenceHost>
                    </AppStateProvider>
                </ToastHost>
            </HashRouter>
        </NowProvider>
    }
}

/// The small window with the cards of inbound calls.
#[component]
pub(crate) fn CardWindow() -> Html {
    html! {
        <NowProvider>
            <ToastHost>
                <AppStateProvider>
                    <PresenceHost><CallerCards /></PresenceHost>
                </AppStateProvider>
            </ToastHost>
        </NowProvider>
    }
}

/// Signing in, or the app itself.
#[component]
fn Entrance() -> Html {
    let Some(known) = use_context::<Known>() else {
        return Html::default();
    };
    let Some(state) = known.state else {
        return match known.error {
            Some(error) => html! {
                <main class="entrance">
                    <EmptyState icon={Icon::Warning} title="Switchboard could not start" text={error.message}>
                        <Button label="Try again" kind={ButtonKind::Primary} onpress={known.reload} />
                    </EmptyState>
                </main>
            },
            None => html! { <main class="entrance" aria-busy="true" /> },
        };
    };
    match &state.session {
        SessionState::SignedIn(_) | SessionState::SignInAgain { .. } => html! { <Frame /> },
        SessionState::SignedOut | SessionState::WaitingForBrowser | SessionState::SigningIn => {
            html! { <FirstRun /> }
        }
    }
}
