//! The bar above the page: search, what could not be sent, state of the sync, a new text or fax, the signed-in person.

use super::account_menu::AccountMenu;
use super::demo_menu::DemoMenu;
use super::outbox::Outbox;
use super::search::Search;
use super::sync_state::SyncState;
use crate::app_state::use_app_state;
use crate::components::{Button, ButtonKind, Icon};
use crate::fax::FaxButton;
use crate::texting::use_texting;
use domain::session::{SessionState, SignedIn};
use yew::{Callback, Html, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub onhelp: Callback<()>,
}

/// The bar.
#[component]
pub(crate) fn TopBar(props: &Props) -> Html {
    let texting = use_texting();
    let Some(state) = use_app_state() else {
        return Html::default();
    };
    let person = signed_in(&state.session);
    html! {
        <header class="top-bar">
            <Search />
            <div class="top-bar-rest">
                if person.is_some_and(|person| person.is_demo) { <DemoMenu /> }
                <Outbox />
                <SyncState sync={state.sync.clone()} events={state.events.clone()} />
                <FaxButton label="New fax" hint="f" />
                <Button label="New text" icon={Icon::Plus} kind={ButtonKind::Primary} small={true}
                    onpress={Callback::from(move |()| texting.write.emit(Vec::new()))} />
                if let Some(person) = person { <AccountMenu person={person.clone()} onhelp={props.onhelp.clone()} /> }
            </div>
        </header>
    }
}

fn signed_in(session: &SessionState) -> Option<&SignedIn> {
    match session {
        SessionState::SignedIn(person) | SessionState::SignInAgain { was: person, .. } => Some(person),
        SessionState::SignedOut | SessionState::WaitingForBrowser | SessionState::SigningIn => None,
    }
}
