//! The demo company served a second time, some hours later.

use jiff::{SignedDuration, Timestamp};
use simulator::world::Clock;
use simulator::{Options, RateLimits};

use crate::support::{Lab, START};

const ME: &str = "/restapi/v1.0/account/~/extension/~";

async fn opened(hours: i64) -> Lab {
    let founded_at: Timestamp = START.parse().unwrap();
    let clock = Clock::manual(founded_at + SignedDuration::from_hours(hours));
    let options = Options::demo_since(1, founded_at, clock.clone()).rate_limits(RateLimits::raised());
    Lab::serving(options, clock).await
}

#[tokio::test]
async fn the_same_people_sign_in_and_their_sync_tokens_are_continued() {
    let first = opened(0).await;
    let token = first.token("101").await;
    let full = "syncType=FSync&dateFrom=2026-02-20T00:00:00Z&recordCount=250";
    let mut continued = Vec::new();
    for area in ["call-log-sync", "message-sync"] {
        let got = first.get(&token, &format!("{ME}/{area}?{full}")).await;
        let token = got.body["syncInfo"]["syncToken"].as_str().unwrap().to_owned();
        let ids: Vec<String> = got.records().iter().map(|one| one["id"].to_string()).collect();
        continued.push((area, token, ids));
    }
    let (me, people) = (
        first.get(&token, ME).await.body["id"].clone(),
        first.ready.extensions.clone(),
    );
    drop(first);

    let second = opened(6).await;
    assert_eq!(second.ready.extensions, people);
    let token = second.token("101").await;
    assert_eq!(second.get(&token, ME).await.body["id"], me);
    for (area, sync_token, known) in continued {
        let path = format!("{ME}/{area}?syncType=ISync&syncToken={sync_token}");
        let got = second.get(&token, &path).await;
        assert_eq!(got.status, 200, "{area}: {got:?}");
        let told: Vec<String> = got.records().iter().map(|one| one["id"].to_string()).collect();
        assert!(
            told.iter().any(|id| !known.contains(id)),
            "{area}: nothing happened since"
        );
        let again = second.get(&token, &format!("{ME}/{area}?{full}")).await;
        let now: Vec<String> = again.records().iter().map(|one| one["id"].to_string()).collect();
        let (_, older) = now.split_at(told.len());
        assert!(
            older.iter().all(|id| known.contains(id) || told.contains(id)),
            "{area}"
        );
    }
    second.simulator.control().expire_sync_tokens();
}
