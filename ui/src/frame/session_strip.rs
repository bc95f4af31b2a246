//! What is wrong with the connection, above whatever page is open. The page itself stays readable.

use crate::app_state::use_app_state;
use crate::components::{Button, Strip, StripKind};
use crate::hooks::use_now;
use crate::ipc;
use crate::routes::Route;
use domain::ipc::session::SyncNow;
use domain::session::{KeychainState, SessionState};
use domain::sync::SyncPhase;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, component, html, use_state};
use yew_router::hooks::{use_navigator, use_route};

/// At most one line: the worst thing first.
#[component]
pub(crate) fn SessionStrip() -> Html {
    let now = use_now();
    let navigator = use_navigator();
    let here = use_route::<Route>();
    let knows_keychain = use_state(|| false);
    let Some(state) = use_app_state() else {
        return Html::default();
    };
    let sign_in = Callback::from(move |()| {
        if let Some(navigator) = &navigator {
            navigator.push(&Route::SignIn);
        }
    });
    let try_now = Callback::from(|()| {
        // What comes of it is said by the same strip.
        spawn_local(async {
            let _ = ipc::call(SyncNow {}).await;
        });
    });
    let last = state.sync.last_synced_at.map(|at| now.list_time(at));
    let since = last
        .map(|at| format!(" What you see is from {at}."))
        .unwrap_or_default();
    if let SessionState::SignInAgain { reason, .. } = &state.session {
        let text = format!(
            "{} You can read everything that is on this computer.{since}",
            with_stop(reason)
        );
        return html! {
            <Strip kind={StripKind::Failure} {text}>
                if here != Some(Route::SignIn) { <Button label="Sign in again" small={true} onpress={sign_in} /> }
            </Strip>
        };
    }
    match (&state.sync.phase, &state.keychain) {
        (SyncPhase::Offline, _) => html! {
            <Strip text={format!("RingCentral cannot be reached.{since} It goes on by itself when the connection is back.")}>
                <Button label="Try now" small={true} onpress={try_now} />
            </Strip>
        },
        (SyncPhase::Failed { message }, _) => html! {
            <Strip kind={StripKind::Failure} text={format!("{}{since}", with_stop(message))}>
                <Button label="Try again" small={true} onpress={try_now} />
            </Strip>
        },
        (_, KeychainState::MemoryOnly { reason }) if !*knows_keychain => {
            let text = format!(
                "{} You will have to sign in again after a restart.",
                with_stop(reason)
            );
            let understood = Callback::from(move |()| knows_keychain.set(true));
            html! {
                <Strip kind={StripKind::Notice} {text}><Button label="Understood" small={true} onpress={understood} /></Strip>
            }
        }
        _ => Html::default(),
    }
}

fn with_stop(sentence: &str) -> String {
    if sentence.ends_with(['.', '!', '?']) {
        sentence.to_owned()
    } else {
        format!("{sentence}.")
    }
}
