//! Every operation's responses held against RingCentral's own description of them.
//!
//! The description is not part of this repository: `SWITCHBOARD_VENDOR_DOCS` names a folder that holds `openapi.yml`.
//! Without it these tests say so and pass.

// Helpers stand outside of test functions, where clippy cannot see that they are tests.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod document;
mod history;
#[path = "../api/socket.rs"]
#[allow(dead_code)]
mod socket;
#[path = "../api/support.rs"]
#[allow(dead_code)]
mod support;
mod walk;

use document::Document;
use walk::Walk;

#[tokio::test]
async fn every_response_of_every_operation_is_as_described() {
    let Some(document) = Document::load() else { return };
    let mut walk = Walk::begin(document).await;
    walk.sign_in().await;
    walk.let_things_happen().await;
    walk.account().await;
    walk.calls().await;
    walk.messages().await;
    walk.sending().await;
    walk.faxes().await;
    walk.consents().await;
    walk.ring_out().await;
    walk.text_templates().await;
    walk.people().await;
    walk.telephony().await;
    walk.supervision().await;
    walk.subscriptions().await;
    walk.voicemail_events().await;
    walk.live_events().await;
    walk.errors().await;
    walk.finish();
}

#[tokio::test]
async fn the_demo_companys_history_is_as_described() {
    let Some(document) = Document::load() else { return };
    let findings = history::look_through(&document).await;
    assert!(
        findings.is_empty(),
        "{} findings:\n{}",
        findings.len(),
        findings.join("\n")
    );
}

#[test]
fn the_table_of_operations_agrees_with_the_description() {
    let Some(document) = Document::load() else { return };
    let mut differences = Vec::new();
    for operation in simulator::operations() {
        differences.extend(document.compare(&operation));
    }
    assert!(differences.is_empty(), "{differences:#?}");
}
