//! Who is signed in, where the sign-in is kept, and signing out.

use super::{Group, fact};
use crate::components::{Button, ButtonKind, Dialog, Icon, Switch, use_toasts};
use crate::format::sync_words;
use crate::ipc;
use crate::routes::Route;
use domain::ipc::session::{AppState, SignOut};
use domain::session::{KeychainState, SessionState, SignedIn};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, component, html, use_state};
use yew_router::hooks::use_navigator;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub state: Rc<AppState>,
}

/// The section.
#[component]
pub(crate) fn Account(props: &Props) -> Html {
    let asks = use_state(|| false);
    let navigator = use_navigator();
    let (signed_in, problem) = match &props.state.session {
        SessionState::SignedIn(signed_in) => (signed_in, None),
        SessionState::SignInAgain { was, reason } => (was, Some(reason.clone())),
        _ => return Html::default(),
    };
    let ask = {
        let asks = asks.setter();
        Callback::from(move |()| asks.set(true))
    };
    let close = {
        let asks = asks.setter();
        Callback::from(move |()| asks.set(false))
    };
    let sign_in_again = Callback::from(move |()| {
        if let Some(navigator) = &navigator {
            navigator.push(&Route::SignIn);
        }
    });
    html! {
        <Group title="Account">
            { fact("Person", person(signed_in)) }
            { fact("Company", signed_in.company.clone()) }
            if let Some(number) = &signed_in.direct_number { { fact("Direct number", number.clone()) } }
            { fact("Server", if signed_in.is_demo { "Demo company on this computer".to_owned() } else { signed_in.server.clone() }) }
            { fact("Sign-in", keychain(&props.state.keychain)) }
            { fact("Updates", sync_words::events(&props.state.events)) }
            if let Some(problem) = problem { { fact("Problem", problem) } }
            <div class="settings-actions">
                if matches!(props.state.session, SessionState::SignInAgain { .. }) {
                    <Button label="Sign in again" kind={ButtonKind::Primary} onpress={sign_in_again} />
                }
                <Button label={if signed_in.is_demo { "Leave the demo company…" } else { "Sign out…" }} icon={Icon::SignOut} onpress={ask} />
            </div>
            if *asks { <SignOutDialog is_demo={signed_in.is_demo} onclose={close} /> }
        </Group>
    }
}

fn person(signed_in: &SignedIn) -> String {
    format!("{}, extension {}", signed_in.name, signed_in.extension)
}

fn keychain(state: &KeychainState) -> String {
    match state {
        KeychainState::Available => "Kept in the keychain of this computer".to_owned(),
        KeychainState::MemoryOnly { reason } => format!("Only until Switchboard ends. {reason}"),
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct DialogProps {
    is_demo: bool,
    onclose: Callback<()>,
}

#[component]
fn SignOutDialog(props: &DialogProps) -> Html {
    let erases_data = use_state(|| props.is_demo);
    let toasts = use_toasts();
    let onconfirm = {
        let (erases_data, onclose) = (*erases_data, props.onclose.clone());
        Callback::from(move |()| {
            let (toasts, onclose) = (toasts.clone(), onclose.clone());
            spawn_local(async move {
                if let Err(error) = ipc::call(SignOut { erases_data }).await {
                    toasts.fail(error.message);
                }
                onclose.emit(());
            });
        })
    };
    let onchange = {
        let erases_data = erases_data.setter();
        Callback::from(move |is_on| erases_data.set(is_on))
    };
    let footer = html! {
        <>
            <Button label="Stay" onpress={props.onclose.clone()} />
            <Button label={if props.is_demo { "Leave" } else { "Sign out" }} kind={if *erases_data { ButtonKind::Danger } else { ButtonKind::Primary }}
                onpress={onconfirm} />
        </>
    };
    html! {
        <Dialog title={if props.is_demo { "Leave the demo company?" } else { "Sign out?" }} onclose={props.onclose.clone()} {footer}>
            <p>{ "Calls and messages stop arriving on this computer. What is at RingCentral stays there." }</p>
            <Switch label="Also erase what is on this computer" is_on={*erases_data} {onchange}
                hint="Calls, texts, voicemail, faxes and contacts that Switchboard keeps here for this account." />
        </Dialog>
    }
}
