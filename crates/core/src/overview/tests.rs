//! What stands on the page one starts from.

use super::*;
use crate::live_calls::CompanyCalls;
use crate::store::testing::{BEN, MARIA, TestStore, answered, missed, party, text, voicemail};
use crate::store::{AttachmentRecord, Change};
use domain::attachment::AttachmentKind;
use domain::communication::Direction;
use domain::overview::DayFigureKind;
use ringcentral::id::ExtensionId;

/// Monday, 2 March 2026, 9:00 in an office on the prime meridian.
async fn page(test: &TestStore) -> Overview {
    let own = ExtensionId::from("1");
    let calls = CompanyCalls::new(own.clone(), test.clock.clone(), test.store.changes().clone());
    let live = LivePage::in_zone(test.store.clone(), calls, TimeZone::UTC);
    let presences = Presences::new(own, test.store.clone());
    overview(&test.store, &presences, &live, &TimeZone::UTC)
        .await
        .unwrap()
}

#[tokio::test]
async fn what_is_owed_is_told_by_kind_with_those_first_that_wait_longest() {
    let test = TestStore::new().await;
    assert_eq!(page(&test).await.owed, []);
    test.apply(vec![
        missed("1", MARIA, -90),
        missed("2", BEN, -30),
        answered("3", "+13105550100", -20),
        Change::UpsertMessage(text("4", "c1", "+13105550101", -10, Direction::Inbound, "Ready?")),
        Change::UpsertMessage(voicemail("5", "+13105550102", -5)),
    ])
    .await;
    let owed = page(&test).await.owed;
    let kinds: Vec<_> = owed.iter().map(|one| (one.kind, one.count)).collect();
    assert_eq!(
        kinds,
        [
            (OwedKind::MissedCalls, 2),
            (OwedKind::Voicemail, 1),
            (OwedKind::Texts, 1)
        ]
    );
    let calls = &owed[0];
    assert_eq!(calls.oldest_at, Some(calls.first[0].occurred_at));
    assert_eq!(calls.first[0].party.label, "(510) 555-0147");
    assert_eq!(calls.first.len(), 2);
}

#[tokio::test]
async fn today_stands_beside_the_same_days_before_up_to_the_same_time() {
    const WEEK: i64 = 7 * 24 * 60;
    let test = TestStore::new().await;
    let mut history = vec![answered("old", MARIA, -3 * WEEK - 24 * 60)];
    // A week ago two by this time and one later; two weeks ago one; three weeks ago none.
    for (id, minutes) in [
        ("a", -WEEK - 60),
        ("b", -WEEK - 30),
        ("c", -WEEK + 60),
        ("d", -2 * WEEK - 5),
    ] {
        history.push(answered(id, MARIA, minutes));
    }
    history.push(missed("today", BEN, -15));
    test.apply(history).await;
    let day = page(&test).await.day;
    let figure = |kind| day.iter().find(|figure| figure.kind == kind).unwrap();
    let calls = figure(DayFigureKind::CallsIn);
    assert_eq!((calls.today, calls.usual, calls.days), (1, Some(1.0), 3));
    assert_eq!(figure(DayFigureKind::Missed).today, 1);
    assert_eq!(figure(DayFigureKind::CallsOut).today, 0);
}

#[tokio::test]
async fn without_earlier_weeks_nothing_is_said_to_be_usual() {
    let test = TestStore::new().await;
    test.apply(vec![missed("1", BEN, -15)]).await;
    let day = page(&test).await.day;
    assert!(
        day.iter()
            .all(|figure| figure.usual.is_none() && figure.days == 0)
    );
}

#[tokio::test]
async fn what_ringcentral_deletes_soon_and_is_not_here_is_told_of() {
    const DAY: i64 = 24 * 60;
    let test = TestStore::new().await;
    let recorded = |id: &str, minutes| {
        let mut message = voicemail(id, MARIA, minutes);
        message.party = party(MARIA);
        message.attachments = vec![AttachmentRecord {
            remote_id: id.to_owned(),
            kind: AttachmentKind::Audio,
            content_type: "audio/mpeg".to_owned(),
            file_name: String::new(),
            size_bytes: None,
            uri: format!("https://media.example/{id}"),
        }];
        Change::UpsertMessage(message)
    };
    test.apply(vec![
        recorded("1", -28 * DAY),
        recorded("2", -27 * DAY),
        recorded("3", -3 * DAY),
    ])
    .await;
    let lost = page(&test).await.lost_soon;
    assert_eq!(lost.len(), 1);
    assert_eq!((lost[0].kind, lost[0].count), (Kind::Voicemail, 2));
    assert_eq!(
        lost[0].first_at,
        crate::store::testing::at(2 * DAY),
        "thirty days after it came"
    );
}
