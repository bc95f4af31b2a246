//! Texts in the real window: a template, a text to one person, and a campaign that outlives the program.

use crate::app::{App, PATIENCE};
use simulator::world::Clock;
use simulator::{Control, Options, RateLimits, Simulator};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// Toll-free numbers are at home in no time zone, so the campaign runs at any hour at which the test does.
const TWELVE: std::ops::RangeInclusive<u32> = 1..=12;

fn toll_free(last: u32) -> String {
    format!("+1888555{:04}", 100 + last)
}

/// The numbers that campaign texts have reached.
fn reached(control: &Control, words: &str) -> Vec<String> {
    control
        .message_ledger()
        .iter()
        .filter(|entry| entry.text.contains(words))
        .flat_map(|entry| {
            entry
                .reached()
                .map(|number| number.to_string())
                .collect::<Vec<_>>()
        })
        .collect()
}

async fn waits_until(what: &str, is_so: impl Fn() -> bool) {
    let until = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < until, "{what} did not happen");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_becomes_a_text_and_a_campaign_goes_on_where_it_was_when_the_app_is_killed() {
    let options = Options::demo(1, Clock::running()).rate_limits(RateLimits::raised());
    let simulator = Simulator::start(options).await.unwrap();
    let control = simulator.control();
    let mut app = App::start().await;
    app.sign_in(&control).await;

    // A template.
    app.press("Text campaigns").await;
    app.press("Templates").await;
    app.press("New template").await;
    app.fill_in("Name", "Order ready").await;
    app.fill_in("Text", "Hi {first_name|there}, your order is ready.")
        .await;
    app.press("Save").await;
    app.see("Order ready").await;
    app.save_screenshot("template.png").await;

    // A text to one person.
    app.press("Inbox").await;
    app.press("New text").await;
    app.fill_in("To", "(415) 555-0132\u{e007}").await;
    app.fill_in("Text Maria Delgado", "We open at seven").await;
    app.save_screenshot("new-text.png").await;
    app.press("Send").await;
    app.see("We open at seven").await;
    waits_until("the text", || {
        reached(&control, "We open at seven") == ["+14155550132"]
    })
    .await;

    // A campaign to twelve.
    app.press("Text campaigns").await;
    app.press("New campaign").await;
    app.press("Numbers").await;
    let numbers: Vec<String> = TWELVE.map(toll_free).collect();
    app.fill_in("Numbers", &numbers.join(", ")).await;
    app.press("Next").await;
    app.fill_in("Text", "The yard is closed tomorrow.").await;
    app.press("Next").await;
    app.see("12").await;
    app.save_screenshot("campaign-check.png").await;
    app.press("Next").await;
    app.press("Send 12 texts").await;
    waits_until("the first texts", || {
        reached(&control, "The yard is closed").len() >= 3
    })
    .await;
    app.press("Pause").await;
    app.see("Paused").await;
    app.save_screenshot("campaign-paused.png").await;

    app.kill_and_restart().await;
    app.see("Today").await;
    let before = reached(&control, "The yard is closed").len();
    assert!(before < 12, "the campaign was over before it was paused");
    app.press("Text campaigns").await;
    app.press("Campaign of").await;
    app.press("Resume").await;
    waits_until("the twelfth text", || {
        reached(&control, "The yard is closed").len() == 12
    })
    .await;
    app.see("Done").await;
    app.save_screenshot("campaign-done.png").await;

    let reached = reached(&control, "The yard is closed");
    let people: BTreeSet<&String> = reached.iter().collect();
    assert_eq!((reached.len(), people), (12, numbers.iter().collect()));
    app.quit().await;
}
