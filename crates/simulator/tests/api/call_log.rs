//! The call log: filters, pages, and both kinds of synchronisation.

use jiff::SignedDuration;
use simulator::scenario::{self, CallPlan, CallTarget, Ending};
use simulator::world::ids::CallRecordId;
use simulator::world::number::E164;

use crate::support::Lab;

const LOG: &str = "/restapi/v1.0/account/~/extension/~/call-log";
const SYNC: &str = "/restapi/v1.0/account/~/extension/~/call-log-sync";

/// Lets calls from numbered strangers come in and be missed, a minute apart.
fn missed_calls(lab: &Lab, count: u32) {
    let control = lab.simulator.control();
    for number in 0..count {
        let from = scenario::caller(E164::nanp(415, 5_550_000 + number), None);
        let target = CallTarget::Number(E164::nanp(510, 5_550_101));
        let plan = CallPlan::new(Ending::Missed);
        control
            .world(|world| scenario::incoming_call(world, from, target, &plan))
            .unwrap();
        control.advance(SignedDuration::from_mins(1));
    }
}

fn token_of(got: &crate::support::Got) -> String {
    got.body["syncInfo"]["syncToken"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn pages_follow_each_other_through_next_page_without_gap_or_repeat() {
    let lab = Lab::new().await;
    missed_calls(&lab, 5);
    let token = lab.token("101").await;
    let mut ids = Vec::new();
    let mut next = Some(format!("{LOG}?perPage=2&direction=Inbound"));
    while let Some(address) = next {
        let page = lab.get(&token, &address).await;
        ids.extend(
            page.records()
                .iter()
                .map(|one| one["id"].as_str().unwrap().to_owned()),
        );
        next = page.body["navigation"]["nextPage"]["uri"]
            .as_str()
            .map(str::to_owned);
    }
    assert_eq!(ids.len(), 5);
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 5);
}

#[tokio::test]
async fn filters_mean_what_the_reference_says() {
    let lab = Lab::new().await;
    missed_calls(&lab, 3);
    let token = lab.token("101").await;
    let count = async |query: &str| lab.get(&token, &format!("{LOG}?{query}")).await.records().len();
    assert_eq!(count("phoneNumber=14155550001").await, 1);
    assert_eq!(count("direction=Outbound").await, 0);
    assert_eq!(count("type=Voice&type=Fax").await, 3);
    assert_eq!(
        count("type=Voice,Fax").await,
        0,
        "values joined with a comma match nothing"
    );
    assert_eq!(count("dateFrom=2026-03-02T16:01:00Z").await, 2);
    assert_eq!(count("dateTo=2026-03-02T16:01:00Z").await, 1);
    assert_eq!(
        lab.get(&token, &format!("{LOG}?phoneNumber=%2B14155550001"))
            .await
            .code(),
        "CMN-101"
    );
    assert_eq!(
        lab.get(&token, &format!("{LOG}?view=Sideways")).await.code(),
        "CMN-101"
    );
    lab.simulator.control().advance(SignedDuration::from_hours(25));
    assert_eq!(
        lab.get(&lab.token("101").await, LOG).await.records().len(),
        0,
        "by default a day is shown"
    );
}

#[tokio::test]
async fn incremental_sync_tells_what_is_new_changed_and_deleted() {
    let lab = Lab::new().await;
    missed_calls(&lab, 2);
    let token = lab.token("101").await;
    assert_eq!(
        lab.get(&token, &format!("{SYNC}?syncType=FSync")).await.code(),
        "CMN-101",
        "recordCount is required"
    );
    let full = lab
        .get(&token, &format!("{SYNC}?syncType=FSync&recordCount=250"))
        .await;
    assert_eq!(full.records().len(), 2);
    let quiet = lab
        .get(
            &token,
            &format!("{SYNC}?syncType=ISync&syncToken={}", token_of(&full)),
        )
        .await;
    assert_eq!(quiet.records().len(), 0);

    missed_calls(&lab, 1);
    let id: CallRecordId = full.records()[0]["id"].as_str().unwrap().parse().unwrap();
    lab.simulator
        .control()
        .world(|world| world.delete_call_record(id))
        .unwrap();
    let address = format!("{SYNC}?syncType=ISync&syncToken={}", token_of(&quiet));
    assert_eq!(lab.get(&token, &address).await.records().len(), 1);
    let with_deleted = lab.get(&token, &format!("{address}&showDeleted=true")).await;
    let deleted = with_deleted
        .records()
        .iter()
        .find(|one| one["deleted"] == true)
        .unwrap();
    assert_eq!(deleted["id"], id.to_string());
}

#[tokio::test]
async fn sync_tokens_that_cannot_be_continued_say_which_way_they_failed() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let full = lab
        .get(&token, &format!("{SYNC}?syncType=FSync&recordCount=10"))
        .await;
    let address = format!("{SYNC}?syncType=ISync&syncToken={}", token_of(&full));
    assert_eq!(
        lab.get(&token, &format!("{SYNC}?syncType=ISync&syncToken=x"))
            .await
            .code(),
        "CLG-101"
    );
    let of_account = format!(
        "/restapi/v1.0/account/~/call-log-sync?syncType=ISync&syncToken={}",
        token_of(&full)
    );
    assert_eq!(
        lab.get(&token, &of_account).await.code(),
        "CLG-101",
        "a token works only where it was issued"
    );
    missed_calls(&lab, 251);
    let token = lab.token("101").await;
    assert_eq!(
        lab.get(&token, &address).await.code(),
        "CLG-102",
        "more than 250 changes are too many"
    );
    lab.simulator.control().expire_sync_tokens();
    let expired = lab.get(&token, &address).await;
    assert_eq!((expired.status, expired.code()), (400, "CLG-104"));
}
