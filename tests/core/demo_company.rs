//! Two years of the demo company arrive completely, and the newest at once.

use crate::office::Office;
use domain::inbox::InboxTab;
use simulator::world::Clock;
use simulator::{Options, demo};
use switchboard_core::sync::Lane;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_years_of_the_demo_company_arrive_completely() {
    let clock = Clock::manual("2026-03-04T18:30:00Z".parse().unwrap());
    let office = Office::of(Options::new(demo::world(7, clock)), demo::SIGNED_IN).await;
    office
        .board
        .sign_in_demo(office.server(), office.jwt())
        .await
        .unwrap();
    for lane in [Lane::Messages, Lane::Calls] {
        office.sync().step(lane).await;
    }
    let first_screens = office.inbox(InboxTab::All).await.len();
    assert!(
        first_screens >= 50,
        "the first two answers fill only {first_screens} lines"
    );

    office.synchronise().await;
    office.assert_converged().await;
    let status = office.status().await;
    assert_eq!(
        (status.phase, status.set_aside),
        (domain::sync::SyncPhase::UpToDate, 0)
    );
    assert!(status.backfill.unwrap().is_finished);
    let count = office.here().await.len();
    assert!(count > 50_000, "two years are more than {count} records");
    office.assert_faults_met();
}
