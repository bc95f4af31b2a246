//! Who is free and who is talking, in the real window: the own status, and the calls of a busy morning.

use crate::app::App;
use serde_json::json;
use simulator::scenario::{BusyMorning, busy_morning};
use simulator::world::Clock;
use simulator::world::ids::ExtensionId;
use simulator::world::onlooker::CallStanding;
use simulator::world::presence::{DndStatus, PresenceUpdate};
use simulator::{Control, Options, RateLimits, Simulator};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// The first person of the small company, who is signed in.
const ADA: ExtensionId = ExtensionId(809_646_016);

/// What goes on must have been told by then.
const PATIENCE: Duration = Duration::from_secs(90);

async fn office() -> (Simulator, Control) {
    let options = Options::small_company(Clock::running()).rate_limits(RateLimits::raised());
    let simulator = Simulator::start(options).await.unwrap();
    let control = simulator.control();
    (simulator, control)
}

fn takes_calls(control: &Control) -> DndStatus {
    control.world(|world| world.presence(ADA).unwrap().settings.dnd_status)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_status_that_is_chosen_shows_wherever_one_appears_and_so_does_one_that_was_changed_elsewhere() {
    let (_simulator, control) = office().await;
    let app = App::start().await;
    app.sign_in_without_history(&control).await;
    app.press("Team").await;
    let own_dots_say = |words: &str| {
        format!(
            "const words = {}; const says = (dot) => (dot?.getAttribute('aria-label') ?? '').startsWith(words); \
             const row = document.querySelector('.team-row.is-own .presence'); \
             const own = document.querySelector('.top-bar [aria-label^=\"Signed in as\"]'); \
             return says(row) && own.getAttribute('aria-label').endsWith(words)",
            json!(words)
        )
    };
    app.until("that one can be reached", &own_dots_say("Available"))
        .await;

    app.until(
        "the own menu",
        "document.querySelector('.top-bar [aria-label^=\"Signed in as\"]').click(); return true",
    )
    .await;
    app.press("Do not disturb").await;
    app.until("that one is not to be disturbed", &own_dots_say("Do not disturb"))
        .await;
    let until = Instant::now() + PATIENCE;
    while takes_calls(&control) != DndStatus::DoNotAcceptAnyCalls {
        assert!(Instant::now() < until, "RingCentral was not told");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    app.save_screenshot("team.png").await;

    // The desk phone says otherwise.
    control.world(|world| {
        let change = PresenceUpdate {
            dnd_status: Some(DndStatus::TakeAllCalls),
            ..PresenceUpdate::default()
        };
        world.update_presence(ADA, change).unwrap();
    });
    app.until("that one can be reached again", &own_dots_say("Available"))
        .await;
    app.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_calls_of_a_busy_morning_are_shown_as_they_are() {
    let (_simulator, control) = office().await;
    let app = App::start().await;
    app.sign_in_without_history(&control).await;
    app.press("Live calls").await;
    let morning = BusyMorning {
        speed: 4.0,
        ..BusyMorning::default()
    };
    control.world(|world| busy_morning(world, &morning));
    let mut compared = 0;
    let until = Instant::now() + PATIENCE;
    // Nothing may change there while it is read here.
    while compared < 5 {
        assert!(
            Instant::now() < until,
            "only {compared} times was the panel like the world"
        );
        let before = standings(&control);
        let shown = shown(&app).await;
        if before == standings(&control) && before.len() > 1 && shown == before {
            compared += 1;
            app.save_screenshot("live-calls.png").await;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    app.quit().await;
}

/// How many calls are in which state, by the words of the page.
fn standings(control: &Control) -> BTreeMap<String, u64> {
    let calls = control.world(|world| world.live_calls());
    let mut standings = BTreeMap::new();
    for call in calls {
        let words = match call.standing {
            CallStanding::Ringing if call.is_waiting => "Waiting",
            CallStanding::Ringing => "Ringing",
            CallStanding::Talking => "Talking",
            CallStanding::OnHold => "On hold",
            CallStanding::Parked => "Parked",
            CallStanding::InVoicemail => "Voicemail",
        };
        *standings.entry(words.to_owned()).or_insert(0) += 1;
    }
    standings
}

async fn shown(app: &App) -> BTreeMap<String, u64> {
    let script = "const count = {}; \
        for (const one of document.querySelectorAll('.live-row .live-state')) { \
            const words = one.textContent.trim(); count[words] = (count[words] ?? 0) + 1; } \
        return count";
    serde_json::from_value(app.ask(script).await).unwrap()
}
