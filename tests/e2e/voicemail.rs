//! Voicemail in the real window, where alone a sound can be seen to play.

use crate::app::App;
use fantoccini::Locator;
use simulator::scenario::{CallTarget, caller, incoming_voicemail};
use simulator::world::Clock;
use simulator::world::ids::ExtensionId;
use simulator::world::number::E164;
use simulator::{Options, RateLimits, Simulator};

/// A caller nobody knows, who says that "the column cages came with the wrong hooks".
const CALLER: &str = "(408) 555-0124";
const CLIP: usize = 5;
/// The first person of the small company, who is signed in.
const ADA: ExtensionId = ExtensionId(809_646_016);

/// Where the player is, in whole seconds, as a screen reader hears it.
const PLACE: &str = "const place = Number(document.querySelector('.wave').getAttribute('aria-valuenow'));";
const ENTER: &str = "\u{e007}";
const HOME: &str = "\u{e011}";
const ARROW_RIGHT: &str = "\u{e014}";

#[tokio::test(flavor = "multi_thread")]
async fn a_voicemail_is_heard_sought_in_and_found_by_a_word_of_it() {
    let options = Options::small_company(Clock::running()).rate_limits(RateLimits::raised());
    let simulator = Simulator::start(options).await.unwrap();
    let control = simulator.control();
    control.world(|world| {
        let from = caller(E164::nanp(408, 5_550_124), None);
        incoming_voicemail(world, from, CallTarget::Extension(ADA), CLIP).unwrap()
    });
    let app = App::start().await;
    app.sign_in(&control).await;

    // It is heard: the place moves on, and after three seconds it is no longer news.
    app.press("Voicemail").await;
    app.press(CALLER).await;
    app.see("Not heard").await;
    app.until(
        "the button that plays",
        "const play = document.querySelector('.player-play:not([disabled])'); if (play) play.click(); return play !== null",
    )
    .await;
    app.until("the sound", &format!("{PLACE} return place >= 1"))
        .await;
    app.see_gone("Not heard").await;
    app.save_screenshot("voicemail.png").await;

    // Sought in with the keys, and heard faster at the same pitch.
    let place = app.client.find(Locator::Css(".wave")).await.unwrap();
    place.send_keys(HOME).await.unwrap();
    app.until("the beginning", &format!("{PLACE} return place <= 2"))
        .await;
    place.send_keys(ARROW_RIGHT).await.unwrap();
    app.until("ten seconds on", &format!("{PLACE} return place >= 10"))
        .await;
    let speed = app.client.find(Locator::Css(".player-speed")).await.unwrap();
    speed.select_by_label("1.5×").await.unwrap();
    app.until(
        "the speed",
        "const sound = document.querySelector('audio'); return sound.playbackRate === 1.5 && sound.preservesPitch",
    )
    .await;

    // Found by a word, which is marked where it was said.
    let search = "Search people, numbers, texts, voicemail";
    app.fill_in(search, "hooks").await;
    app.until(
        "the result",
        "return document.querySelector('.search-results [role=option]')?.innerText.includes('wrong hooks') ?? false",
    )
    .await;
    app.fill_in(search, ENTER).await;
    app.until(
        "the word",
        "return document.querySelector('.transcript mark')?.textContent.toLowerCase() === 'hooks'",
    )
    .await;
    app.save_screenshot("voicemail-found.png").await;
    app.quit().await;
}
