//! The main job in the real window: somebody calls, and the desktop says who it is.

use crate::app::{App, PATIENCE, Page};

const CARD: &str = "Incoming call";

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_and_a_stranger_call_and_the_stranger_becomes_a_contact_with_a_history() {
    let app = App::start().await;
    let notifications = app.desktop.overhear_notifications();
    app.press("Try the demo company").await;
    app.see_inbox().await;
    app.save_screenshot("inbox.png").await;

    // Somebody from the address book.
    app.choose("Demo", "A customer calls").await;
    let (title, body) = notifications.see("Calling", PATIENCE);
    let (name, company) = title.split_once(", ").expect("name and company of the caller");
    assert_eq!(body, "Calling Main line");
    app.desktop.see_window(CARD);
    assert_eq!(
        app.desktop.focused_window(),
        "Switchboard",
        "the card took the keyboard"
    );
    app.turn_to(Page::Card).await;
    app.see(name).await;
    app.see(company).await;
    app.see("Ringing · Main line").await;
    app.desktop.save_screenshot("known-caller.png");

    // Nobody takes the call: the card leaves, and it is owed.
    app.turn_to(Page::Main).await;
    app.choose("Demo", "The caller hangs up").await;
    notifications.see_taken_back(PATIENCE);
    notifications.see(&format!("Missed call from {title}"), PATIENCE);
    app.turn_to(Page::Card).await;
    app.see_gone(name).await;
    app.desktop.see_no_window(CARD);

    // A number nobody knows, which has called before.
    app.turn_to(Page::Main).await;
    app.choose("Demo", "An unknown number calls").await;
    notifications.see("Calling", PATIENCE);
    app.desktop.see_window(CARD);
    app.turn_to(Page::Card).await;
    app.see("Unknown caller").await;
    app.press("Add contact").await;
    app.fill_in("Name", "Nadia Okafor").await;
    app.fill_in("Company", "Okafor Framing").await;
    app.desktop.save_screenshot("unknown-caller.png");
    app.submit().await;
    app.see("earlier interaction").await;
    app.see("Okafor Framing").await;
    app.desktop.save_screenshot("added-caller.png");

    // What came before is hers now.
    app.turn_to(Page::Main).await;
    app.choose("Demo", "The caller hangs up").await;
    notifications.see("Missed call from Nadia Okafor, Okafor Framing", PATIENCE);
    app.press("Nadia Okafor").await;
    app.see("Hi do you sell rebar to homeowners?").await;
    app.see("Call back").await;
    app.save_screenshot("linked-history.png").await;
    app.desktop.save_screenshot("linked-history-desktop.png");

    app.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_call_waits_under_the_first_and_each_card_leaves_when_its_call_is_settled() {
    let app = App::start().await;
    let notifications = app.desktop.overhear_notifications();
    app.press("Try the demo company").await;
    app.see("Today").await;

    app.choose("Demo", "A customer calls").await;
    let (title, _) = notifications.see("Calling", PATIENCE);
    // Not every customer belongs to a company.
    let name = title.split_once(", ").map_or(title.as_str(), |(name, _)| name);
    app.desktop.see_window(CARD);
    // A click on the notification opens what is known about the caller.
    app.desktop.open_notification();
    app.see("Why this contact").await;
    app.see(name).await;

    app.choose("Demo", "A withheld number calls").await;
    app.turn_to(Page::Card).await;
    app.see("Withheld number").await;
    app.see("Second call").await;
    app.see(name).await;
    app.desktop.save_screenshot("two-callers.png");

    // "A colleague answers" and "The caller hangs up" take the call that came last.
    app.turn_to(Page::Main).await;
    app.choose("Demo", "A colleague answers").await;
    app.turn_to(Page::Card).await;
    app.see_gone("Withheld number").await;
    app.see("Ringing").await;
    app.turn_to(Page::Main).await;
    app.choose("Demo", "Answer on my phone").await;
    app.turn_to(Page::Card).await;
    app.see("On the call").await;
    app.turn_to(Page::Main).await;
    app.choose("Demo", "The caller hangs up").await;
    app.desktop.see_no_window(CARD);

    app.quit().await;
}
