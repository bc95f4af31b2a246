//! The very first start.

use crate::app::App;

#[tokio::test(flavor = "multi_thread")]
async fn the_first_start_offers_three_doors() {
    let app = App::start().await;
    app.see("Try the demo company").await;
    app.save_screenshot("first-run.png").await;
    app.quit().await;
}
