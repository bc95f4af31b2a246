//! Numbers that other programs ask about.

use crate::app::App;

#[tokio::test(flavor = "multi_thread")]
async fn the_app_that_a_link_started_looks_the_number_up_once_somebody_is_in() {
    let app = App::start_with(&["tel:+1-415-555-0132"]).await;
    app.press("Try the demo company").await;
    // The titles of what the search has found.
    app.see("Calls and messages").await;
    app.save_screenshot("found-number.png").await;
    app.quit().await;
}
