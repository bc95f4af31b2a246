//! Whatever happens to requests, answers, looks, clocks and the program: each text and fax goes out at most once, and none is
//! forgotten.

use super::vendor::{Desk, Fate, Sight, name};
use crate::store::Urgency;
use domain::ids::OutgoingId;
use domain::outgoing::OutgoingState;
use jiff::SignedDuration;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Clone)]
enum Deed {
    /// Few different texts and one fax, so that the same one is written more than once.
    Write(u8, bool),
    Step(u8),
    Pass(i64),
    /// The clock of this computer is set to another time; the server's is not.
    SetClock(i64),
    Restart,
    TakeBack(usize),
    Retry(usize),
    Dismiss(usize),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        3 => (0u8..5, prop::bool::weighted(0.7)).prop_map(|(text, is_person)| Deed::Write(text, is_person)),
        8 => (0u8..6).prop_map(Deed::Step),
        4 => (0i64..90).prop_map(Deed::Pass),
        1 => (-90_000i64..90_000).prop_map(Deed::SetClock),
        1 => Just(Deed::Restart),
        1 => any::<prop::sample::Index>().prop_map(|index| Deed::TakeBack(index.index(1_000))),
        1 => any::<prop::sample::Index>().prop_map(|index| Deed::Retry(index.index(1_000))),
        1 => any::<prop::sample::Index>().prop_map(|index| Deed::Dismiss(index.index(1_000))),
    ]
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        3 => Just(Fate::Accepted),
        2 => Just(Fate::ReplyLost),
        2 => (0i64..175).prop_map(Fate::CarriedOutLate),
        2 => Just(Fate::NeverArrived),
        1 => Just(Fate::Offline),
        1 => Just(Fate::CutOff),
        1 => Just(Fate::RateLimited),
        1 => Just(Fate::ServerError),
        1 => Just(Fate::Refused),
        2 => Just(Fate::KilledBefore),
        1 => Just(Fate::KilledAtTheEnd),
        2 => Just(Fate::KilledAfter),
    ]
}

fn sight() -> impl Strategy<Value = Sight> {
    prop_oneof![3 => Just(Sight::Clear), 1 => Just(Sight::Offline), 1 => Just(Sight::Killed)]
}

fn words(text: u8) -> &'static str {
    ["a ready", "b ready", "c ready", "fax ready", "fax too"][usize::from(text % 5)]
}

async fn play(deeds: Vec<Deed>, fates: Vec<Fate>, sights: Vec<Sight>) -> Result<(), TestCaseError> {
    let mut desk = Desk::open().await;
    desk.vendor.with(|next_fates, next_sights| {
        next_fates.extend(&fates);
        next_sights.extend(&sights);
    });
    let mut written: Vec<OutgoingId> = Vec::new();
    let pick = |written: &[OutgoingId], index: usize| written.get(index.checked_rem(written.len())?).copied();
    for deed in deeds {
        match deed {
            Deed::Write(text, is_person) => {
                let urgency = if is_person {
                    Urgency::Person
                } else {
                    Urgency::Campaign
                };
                written.push(desk.write(words(text), urgency).await);
            }
            Deed::Step(lane) => {
                let urgency = match lane {
                    0..=2 => Urgency::Person,
                    3..=4 => Urgency::Upload,
                    _ => Urgency::Campaign,
                };
                desk.step(urgency).await;
            }
            Deed::Pass(seconds) => desk.pass(SignedDuration::from_secs(seconds)),
            Deed::SetClock(seconds) => desk.clock.advance(SignedDuration::from_secs(seconds)),
            Deed::Restart => desk.restart().await,
            Deed::TakeBack(index) => {
                if let Some(id) = pick(&written, index) {
                    desk.store.cancel_job(id).await.unwrap();
                }
            }
            Deed::Retry(index) => {
                if let Some(id) = pick(&written, index)
                    && let Ok(again) = desk.store.retry_job(id).await
                    && !written.contains(&again)
                {
                    written.push(again);
                }
            }
            Deed::Dismiss(index) => {
                if let Some(id) = pick(&written, index) {
                    desk.store.dismiss_job(id).await.unwrap();
                }
            }
        }
    }
    desk.vendor.with(|next_fates, next_sights| {
        next_fates.clear();
        next_sights.clear();
    });
    desk.settle().await;

    let mut accepted: BTreeMap<String, usize> = BTreeMap::new();
    let mut remote_ids = BTreeSet::new();
    for shown in desk.store.jobs(&written).await.unwrap() {
        match shown.state {
            OutgoingState::Accepted => {
                *accepted.entry(name(&shown.job)).or_default() += 1;
                prop_assert!(
                    remote_ids.insert(shown.remote_id.unwrap()),
                    "two rows have one message"
                );
            }
            OutgoingState::Failed { .. } | OutgoingState::Cancelled => {}
            other => prop_assert!(false, "a row was forgotten: {other:?}"),
        }
    }
    let mut carried_out: BTreeMap<String, usize> = BTreeMap::new();
    for text in desk.carried_out() {
        *carried_out.entry(text).or_default() += 1;
    }
    prop_assert_eq!(accepted, carried_out);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn each_text_and_fax_goes_out_at_most_once_and_none_is_forgotten(
        deeds in prop::collection::vec(deed(), 1..60),
        fates in prop::collection::vec(fate(), 0..30),
        sights in prop::collection::vec(sight(), 0..20),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(play(deeds, fates, sights))?;
    }
}
