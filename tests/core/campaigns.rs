//! A thousand people, each texted once: at the rate that is permitted, and whatever happens on the way.

use crate::office::Office;
use domain::campaign::{Audience, CampaignDraft, CampaignState};
use domain::ids::CampaignId;
use domain::ipc::campaigns::{GetCampaign, ListCampaignResults, StartCampaign};
use domain::ipc::texting::{ListSenders, SendText};
use domain::outgoing::{OutgoingState, Thread};
use domain::phone_number::E164;
use jiff::SignedDuration;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use simulator::{Effect, Fault, RateLimits};
use std::collections::BTreeSet;
use std::future::Future;
use std::pin::pin;
use std::task::Poll;
use switchboard_core::outbox::Step;
use switchboard_core::store::Urgency;

const PEOPLE: usize = 1_000;

fn numbers(count: usize) -> Vec<String> {
    (0..count)
        .map(|index| format!("+1415{}", 2_000_000 + index))
        .collect()
}

async fn begin(office: &Office, count: usize) -> CampaignId {
    let sender = office.board.list_senders(ListSenders {}).await.unwrap().remove(0);
    let draft = CampaignDraft {
        name: "Pickup".to_owned(),
        from: sender.number.e164.unwrap(),
        audience: Audience {
            pasted: numbers(count).join("\n"),
            ..Audience::default()
        },
        body: "Your order for {number} is ready".to_owned(),
        adds_opt_out_line: true,
        waits_for_morning: true,
    };
    office
        .board
        .start_campaign(StartCampaign { draft })
        .await
        .unwrap()
}

async fn office() -> Office {
    let office = Office::paced(RateLimits::default()).await;
    while office
        .board
        .list_senders(ListSenders {})
        .await
        .unwrap()
        .is_empty()
    {
        office.sync().run_until_idle().await;
        office.pass(SignedDuration::from_secs(61));
    }
    office.pass(SignedDuration::from_secs(120));
    office
}

fn everybody_once(office: &Office) {
    let sent = office.sent();
    let people: BTreeSet<&String> = sent.iter().map(|(number, _)| number).collect();
    assert_eq!(sent.len(), people.len(), "somebody got it twice");
    assert_eq!(people.len(), PEOPLE, "somebody is missing");
}

#[tokio::test]
async fn a_thousand_people_are_texted_at_the_permitted_rate_without_a_single_refusal() {
    let office = office().await;
    let id = begin(&office, PEOPLE).await;
    office.control.clear_requests();
    office.empty_outbox().await;

    everybody_once(&office);
    let refused = office
        .control
        .requests()
        .iter()
        .filter(|request| request.status == 429)
        .count();
    assert_eq!(refused, 0);
    let ledger = office.control.message_ledger();
    let (first, last) = (ledger.first().unwrap().at, ledger.last().unwrap().at);
    let took_seconds = last.duration_since(first).as_secs_f64();
    // 40 a minute for a person, less than the 50 that a number may send.
    let permitted_seconds = (PEOPLE - 1) as f64 * 60.0 / 40.0;
    let share = permitted_seconds / took_seconds;
    assert!(
        (0.99..=1.001).contains(&share),
        "{share:.4} of the permitted rate"
    );
    office.pass(SignedDuration::from_secs(60));
    let campaign = office.board.get_campaign(GetCampaign { id }).await.unwrap();
    assert_eq!(campaign.state, CampaignState::Done);
    assert_eq!(
        campaign.counts.accepted + campaign.counts.delivered,
        PEOPLE as u32
    );
}

#[tokio::test]
async fn a_person_who_writes_in_the_middle_of_a_campaign_waits_for_one_place_at_most() {
    let office = office().await;
    begin(&office, 120).await;
    for _ in 0..100 {
        let wait = office.step_outbox().await.unwrap();
        office.pass(wait);
    }
    let thread = Thread::Numbers(vec![E164::new("+14159990000").unwrap()]);
    let request = SendText {
        thread,
        text: "From a person".to_owned(),
        from: None,
    };
    let written = office.board.send_text(request).await.unwrap();
    office.empty_outbox().await;
    let ledger = office.control.message_ledger();
    let mine = ledger.iter().find(|entry| entry.text == "From a person").unwrap();
    let waited = mine.at.duration_since(written.leaves_at);
    assert!(waited <= SignedDuration::from_millis(1_600), "{waited:?}");
    assert_eq!(
        office
            .control
            .requests()
            .iter()
            .filter(|request| request.status == 429)
            .count(),
        0
    );
}

/// Steps the campaign, and is cut off after so many polls; the program is gone then.
async fn is_killed_after(office: &Office, polls: u32) -> bool {
    let outbox = office.board.outbox().unwrap();
    let mut step = pin!(outbox.step(Urgency::Campaign));
    let mut left = polls;
    std::future::poll_fn(|context| {
        if step.as_mut().poll(context).is_ready() {
            return Poll::Ready(false);
        }
        left = left.saturating_sub(1);
        if left == 0 {
            Poll::Ready(true)
        } else {
            Poll::Pending
        }
    })
    .await
}

#[tokio::test]
async fn killed_fifty_times_with_replies_cut_and_refusals_in_between_nobody_is_texted_twice_and_nobody_is_forgotten()
 {
    let mut office = office().await;
    let id = begin(&office, PEOPLE).await;
    let mut dice = ChaCha8Rng::seed_from_u64(7);
    let sms = "POST /restapi/v1.0/account/*/extension/*/sms";
    let mut kills = 0;
    for round in 0u32.. {
        if kills == 50 {
            break;
        }
        if round % 8 == 0 {
            let effect = match dice.random_range(0..6) {
                0 => Effect::LoseReply,
                1 => Effect::LoseRequest,
                2 => Effect::CutBody { after_bytes: 60 },
                3 => Effect::RateLimited {
                    retry_after_seconds: Some(20),
                },
                4 => Effect::ServerError {
                    status: 503,
                    error_code: "CMN-201".to_owned(),
                },
                _ => Effect::FailAfter {
                    status: 503,
                    error_code: "CMN-201".to_owned(),
                },
            };
            office.control.add_fault(Fault::once(sms, effect));
        }
        if dice.random_ratio(1, 8) {
            if is_killed_after(&office, dice.random_range(1..25)).await {
                kills += 1;
                office.kill_and_reopen().await;
            }
        } else {
            let outbox = office.board.outbox().unwrap();
            for urgency in [Urgency::Person, Urgency::Campaign] {
                while !matches!(outbox.step(urgency).await.unwrap(), Step::Idle { .. }) {}
            }
        }
        office.pass(SignedDuration::from_millis(dice.random_range(1_500..5_500)));
    }
    let campaign = office.board.get_campaign(GetCampaign { id }).await.unwrap();
    assert_eq!(campaign.state, CampaignState::Running, "the kills came too late");
    office.empty_outbox().await;

    everybody_once(&office);
    let mut offset = 0;
    loop {
        let request = ListCampaignResults {
            id,
            only: None,
            offset,
            limit: 200,
        };
        let page = office.board.list_campaign_results(request).await.unwrap();
        if page.is_empty() {
            break;
        }
        for result in &page {
            assert!(
                matches!(result.state, OutgoingState::Accepted | OutgoingState::Delivered),
                "{:?}",
                result.state
            );
        }
        offset += page.len() as u32;
    }
    assert_eq!(offset as usize, PEOPLE);
    office.control.clear_faults();
}
