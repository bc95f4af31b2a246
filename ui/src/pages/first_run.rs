//! The first page a newcomer sees: three doors, to a real account by browser, to one by JWT, and to the demo company.

mod doors;
mod sign_in_form;

use crate::app_state::use_app_state;
use crate::components::{Button, ButtonKind, Glyph, Icon, Strip, StripKind};
use crate::ipc;
use crate::routes::Route;
use domain::ipc::session::{CancelSignIn, SignInWithBrowser, SignInWithJwt, StartDemo};
use domain::session::{KeychainState, Server, SessionState};
use doors::{Door, Doors};
use sign_in_form::{Credentials, SignInForm};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, component, html, use_state};
use yew_router::hooks::use_navigator;

/// What is being waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Waiting {
    Browser,
    Server,
    Demo,
}

/// The page. Also shown to sign in again, or to another account.
#[component]
pub(crate) fn FirstRun() -> Html {
    let state = use_app_state();
    let navigator = use_navigator();
    let door = use_state(|| None::<Door>);
    let waiting = use_state(|| None::<Waiting>);
    let failure = use_state(|| None::<String>);
    // Somebody who is turned away corrects what was typed, and does not type it all again.
    let sent = use_state(Credentials::default);

    // Each door ends the same way: signed in and at the overview, or told why not.
    let finish = {
        let (waiting, failure) = (waiting.setter(), failure.setter());
        Callback::from(move |outcome: Result<(), domain::ipc::IpcError>| {
            waiting.set(None);
            match outcome {
                Ok(()) => {
                    if let Some(navigator) = &navigator {
                        navigator.push(&Route::Overview);
                    }
                }
                Err(error) if error.code == domain::ipc::ErrorCode::Cancelled => {}
                Err(error) => failure.set(Some(error.message)),
            }
        })
    };
    let start_demo = {
        let (waiting, failure, finish) = (waiting.setter(), failure.setter(), finish.clone());
        Callback::from(move |()| {
            failure.set(None);
            waiting.set(Some(Waiting::Demo));
            let finish = finish.clone();
            spawn_local(async move { finish.emit(ipc::call(StartDemo {}).await) });
        })
    };
    let onopen = {
        let (door, failure, start_demo) = (door.setter(), failure.setter(), start_demo.clone());
        Callback::from(move |chosen: Door| {
            failure.set(None);
            if chosen == Door::Demo {
                start_demo.emit(())
            } else {
                door.set(Some(chosen))
            }
        })
    };
    let onsubmit = {
        let (waiting, failure, sent) = (waiting.setter(), failure.setter(), sent.setter());
        Callback::from(move |credentials: Credentials| {
            failure.set(None);
            sent.set(credentials.clone());
            let Credentials {
                base_url,
                client_id,
                client_secret,
                jwt,
            } = credentials;
            let server = Server {
                base_url,
                client_id,
                client_secret,
            };
            waiting.set(Some(if jwt.is_some() {
                Waiting::Server
            } else {
                Waiting::Browser
            }));
            let finish = finish.clone();
            spawn_local(async move {
                finish.emit(match jwt {
                    Some(jwt) => ipc::call(SignInWithJwt { server, jwt }).await,
                    None => ipc::call(SignInWithBrowser { server }).await,
                });
            });
        })
    };
    let back = {
        let (door, failure, sent) = (door.setter(), failure.setter(), sent.setter());
        Callback::from(move |()| {
            failure.set(None);
            sent.set(Credentials::default());
            door.set(None);
        })
    };
    let session = state.as_ref().map(|state| state.session.clone());
    let keychain = state.as_ref().map(|state| state.keychain.clone());
    // A reload of the page forgets what it waited for; the core does not.
    let now_waiting = (*waiting).or(match session {
        Some(SessionState::WaitingForBrowser) => Some(Waiting::Browser),
        Some(SessionState::SigningIn) => Some(Waiting::Server),
        _ => None,
    });
    html! {
        <main class="entrance">
            <div class="entrance-column">
                <header class="entrance-head">
                    <span class="entrance-mark"><Glyph icon={Icon::Phone} /></span>
                    <div>
                        <h1>{ "Switchboard" }</h1>
                        <p>{ "Calls, texts, voicemail and faxes of your company in one inbox." }</p>
                    </div>
                </header>
                if let Some(failure) = &*failure { <Strip kind={StripKind::Failure} text={failure.clone()} /> }
                if let Some(what) = now_waiting {
                    { wait(what) }
                } else if let Some(door) = (*door).filter(|door| *door != Door::Demo) {
                    <SignInForm key={format!("{door:?}")} {door} filled={(*sent).clone()} {onsubmit} onback={back} />
                } else {
                    <Doors {onopen} />
                }
                if let Some(KeychainState::MemoryOnly { reason }) = keychain {
                    <p class="entrance-note">{ format!("{reason} A sign-in to a real account lasts until Switchboard ends.") }</p>
                }
                <p class="entrance-note">{ "Switchboard is an independent program and not affiliated with RingCentral." }</p>
            </div>
        </main>
    }
}

fn wait(what: Waiting) -> Html {
    let (title, text) = match what {
        Waiting::Browser => (
            "Continue in your browser",
            "RingCentral's sign-in page is open there. When you are done, this window goes on by itself.",
        ),
        Waiting::Server => ("Signing in…", "RingCentral is asked who you are."),
        Waiting::Demo => (
            "Opening the demo company…",
            "A rebar shop with two years of history is being set up on this computer.",
        ),
    };
    let cancel = Callback::from(|()| {
        // The sign-in that is cancelled answers by itself.
        spawn_local(async {
            let _ = ipc::call(CancelSignIn {}).await;
        });
    });
    html! {
        <section class="entrance-wait" role="status">
            <span class="spinner" aria-hidden="true" />
            <div>
                <h2>{ title }</h2>
                <p>{ text }</p>
            </div>
            if what == Waiting::Browser {
                <Button label="Cancel" icon={Icon::Close} kind={ButtonKind::Plain} onpress={cancel} />
            }
        </section>
    }
}
