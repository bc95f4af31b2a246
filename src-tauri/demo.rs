//! The demo account: a simulated RingCentral inside the app, and what a newcomer can let happen there.
//!
//! The only place of the product that knows the simulator. The core signs in to it as to any server, over HTTP, and cannot tell
//! the difference. What the demo company is and how its calls go, the simulator knows.

mod happening;

use domain::{
    ipc::{ErrorCode, IpcError, demo::DemoEvent},
    session::{Server, SessionState},
};
use simulator::{Options, RateLimits, Simulator, demo, world::Clock};
use tauri::{AppHandle, Manager as _, Runtime, async_runtime};
use tokio::sync::Mutex;

use crate::core::Core;
use happening::Happenings;

/// The same company for everybody, so that a description of it fits.
const SEED: u64 = 1;

/// The demo company, while it runs. Managed by Tauri.
#[derive(Debug, Default)]
pub struct Demo(Mutex<Option<Running>>);

#[derive(Debug)]
struct Running {
    simulator: Simulator,
    happenings: Happenings,
}

/// Starts the demo company and signs in to it.
///
/// # Errors
/// When it cannot listen on this computer, or the sign-in fails.
pub(crate) async fn start<R: Runtime>(app: &AppHandle<R>) -> Result<(), IpcError> {
    let demo = app.state::<Demo>();
    let mut running = demo.0.lock().await;
    // Two years of a company take a moment to make up.
    let options = async_runtime::spawn_blocking(|| {
        Options::demo(SEED, Clock::running())
            .rate_limits(RateLimits::raised())
            .alive()
    })
    .await
    .map_err(|error| failed(&error.to_string()))?;
    let simulator = Simulator::start(options)
        .await
        .map_err(|error| failed(&error.to_string()))?;
    let ready = simulator.ready();
    let person = simulator
        .control()
        .world(|world| world.extension(demo::SIGNED_IN).map(|one| one.number.to_string()));
    let jwt = ready
        .extensions
        .into_iter()
        .find(|one| Some(&one.number) == person.as_ref())
        .map(|one| one.jwt)
        .ok_or_else(|| failed("nobody works there"))?;
    let server = Server {
        base_url: ready.base_url,
        client_id: ready.client_id,
        client_secret: Some(ready.client_secret),
    };
    *running = Some(Running {
        simulator,
        happenings: Happenings::new(SEED),
    });
    // Held until the sign-in is through, so that nobody takes the demo company for left before it was entered.
    let signed_in = app.state::<Core>().get()?.sign_in_demo(server, jwt).await;
    drop(running);
    Ok(signed_in?)
}

/// Lets something happen in the demo company.
///
/// # Errors
/// When the demo company is not what is signed in to, or when nothing rings that could be answered.
pub(crate) async fn trigger<R: Runtime>(app: &AppHandle<R>, event: DemoEvent) -> Result<(), IpcError> {
    let demo = app.state::<Demo>();
    let mut running = demo.0.lock().await;
    let Some(Running {
        simulator,
        happenings,
    }) = running.as_mut()
    else {
        return Err(invalid("This can be done in the demo company only."));
    };
    simulator
        .control()
        .world(|world| happenings.happen(world, event))
        .map_err(invalid)
}

/// Ends the demo company when somebody is signed in to a real account, or nobody is.
pub(crate) async fn follow_session<R: Runtime>(app: &AppHandle<R>) {
    let Ok(state) = app.state::<Core>().app_state().await else {
        return;
    };
    let is_left = match &state.session {
        SessionState::SignedOut => true,
        SessionState::SignedIn(who) | SessionState::SignInAgain { was: who, .. } => !who.is_demo,
        SessionState::WaitingForBrowser | SessionState::SigningIn => false,
    };
    if is_left {
        // A start that is under way holds the lock.
        if let Ok(mut running) = app.state::<Demo>().0.try_lock() {
            *running = None;
        }
    }
}

fn invalid(message: impl Into<String>) -> IpcError {
    IpcError {
        code: ErrorCode::Invalid,
        message: message.into(),
        retry_after_seconds: None,
    }
}

fn failed(reason: &str) -> IpcError {
    IpcError {
        code: ErrorCode::Internal,
        message: format!("The demo company could not be started: {reason}."),
        retry_after_seconds: None,
    }
}
