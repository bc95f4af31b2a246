//! Notices of what happens in the simulated company.

use crate::calls::desk::{ADA, Desk};
use domain::call::LiveCallState as State;
use domain::fax::FaxResolution;
use domain::settings::{NotificationSettings, Settings};
use domain::sync::EventSourceState;
use jiff::SignedDuration;
use simulator::scenario::caller;
use simulator::world::number::E164;
use switchboard_core::store::{FaxJob, FaxJobRecipient, Job, NewJob, Refusal};

fn maria() -> E164 {
    E164::nanp(510, 5_550_147)
}

fn shown(title: &str) -> Option<String> {
    Some(title.to_owned())
}

#[tokio::test]
async fn a_missed_call_is_announced_while_it_rings_and_once_more_as_missed() {
    let mut desk = Desk::open().await;
    desk.sync.run_until_idle().await;
    desk.knows_maria(maria()).await;
    let call = desk.ring(caller(maria(), None), ADA);
    desk.until("the call rings", |desk| desk.states() == [State::Ringing])
        .await;
    assert_eq!(desk.notice_titles(), [shown("Maria Lopez, Bay Rebar")]);

    desk.let_it(|world| call.caller_hangs_up(world));
    desk.until("the call is missed", |desk| desk.states() == [State::Missed])
        .await;
    assert_eq!(
        desk.notice_titles(),
        [None, shown("Missed call from Maria Lopez, Bay Rebar")]
    );

    desk.pass(SignedDuration::from_secs(3));
    desk.step().await;
    desk.synchronise().await;
    assert_eq!(
        desk.notice_titles(),
        [] as [Option<String>; 0],
        "the call log tells nothing new"
    );
    desk.close();
}

#[tokio::test]
async fn an_unknown_caller_who_becomes_a_contact_while_it_rings_gets_a_name_in_the_notice() {
    let mut desk = Desk::open().await;
    desk.ring(caller(maria(), None), ADA);
    desk.until("the call rings", |desk| desk.states() == [State::Ringing])
        .await;
    assert_eq!(desk.notice_titles(), [shown("(510) 555-0147")]);
    desk.knows_maria(maria()).await;
    desk.step().await;
    assert_eq!(desk.notice_titles(), [shown("Maria Lopez, Bay Rebar")]);
    desk.close();
}

#[tokio::test]
async fn a_new_text_is_announced_when_it_arrives_and_history_is_not() {
    let mut desk = Desk::signed_in().await;
    for number in 0..3 {
        desk.text_to_owner(&format!("from before, {number}"));
    }
    desk.pass(SignedDuration::from_mins(20));
    desk.until_live().await;
    desk.synchronise().await;
    desk.sync.run_until_idle().await;
    desk.notices.step().await;
    assert_eq!(desk.notice_titles(), [] as [Option<String>; 0]);

    desk.until_all_has_arrived().await;
    desk.wanted
        .want(switchboard_core::store::SyncScope::MESSAGE_STORE);
    desk.synchronise().await;
    assert_eq!(desk.notice_titles(), [shown("(415) 555-0199")]);
    desk.close();
}

#[tokio::test]
async fn privacy_mode_keeps_the_caller_to_itself() {
    let mut desk = Desk::open().await;
    desk.knows_maria(maria()).await;
    let settings = Settings {
        notifications: NotificationSettings {
            hides_names: true,
            ..NotificationSettings::default()
        },
        ..Settings::default()
    };
    desk.store.save_settings(&settings).await.unwrap();
    desk.ring(caller(maria(), None), ADA);
    desk.until("the call rings", |desk| desk.states() == [State::Ringing])
        .await;
    assert_eq!(desk.notice_titles(), [shown("Incoming call")]);
    desk.close();
}

#[tokio::test]
async fn a_call_missed_between_two_polls_is_announced_from_the_call_log() {
    let mut desk = Desk::open().await;
    desk.sync.run_until_idle().await;
    desk.handle.set_polling_only(true);
    desk.until("it polls", |desk| {
        matches!(desk.handle.state(), EventSourceState::Polling { .. })
    })
    .await;
    let call = desk.ring(caller(maria(), None), ADA);
    desk.pass(SignedDuration::from_secs(12));
    desk.step().await;
    assert_eq!(desk.notice_titles(), [shown("(510) 555-0147")]);
    desk.let_it(|world| call.caller_hangs_up(world));
    desk.pass(SignedDuration::from_secs(12));
    desk.step().await;
    assert_eq!(
        desk.notice_titles(),
        [None],
        "the answer says that it is over, not how"
    );
    desk.pass(SignedDuration::from_secs(3));
    desk.step().await;
    desk.synchronise().await;
    assert_eq!(desk.notice_titles(), [shown("Missed call from (510) 555-0147")]);
    desk.close();
}

#[tokio::test]
async fn a_caller_who_leaves_a_message_is_announced_with_the_message_only() {
    let mut desk = Desk::open().await;
    desk.sync.run_until_idle().await;
    let call = desk.ring(caller(maria(), None), ADA);
    desk.until("the call rings", |desk| desk.states() == [State::Ringing])
        .await;
    desk.let_it(|world| call.to_voicemail(world));
    desk.until("the card has left", |desk| desk.states().is_empty())
        .await;
    assert_eq!(desk.notice_titles(), [shown("(510) 555-0147"), None]);
    desk.let_it(|world| call.leave_voicemail(world, 0, 5));
    desk.until_all_has_arrived().await;
    desk.wanted.want_all();
    for _ in 0..6 {
        desk.pass(SignedDuration::from_secs(5));
        desk.step().await;
        desk.synchronise().await;
    }
    let titles: Vec<_> = desk.notice_titles().into_iter().flatten().collect();
    let of_maria: Vec<_> = titles.iter().filter(|title| title.contains("555-0147")).collect();
    assert_eq!(of_maria, ["Voicemail from (510) 555-0147"], "{titles:?}");
    desk.close();
}

#[tokio::test]
async fn a_fax_that_ringcentral_refuses_is_announced_and_one_that_a_person_stopped_is_not() {
    let mut desk = Desk::open().await;
    desk.knows_maria(maria()).await;
    desk.step().await;
    desk.notice_titles();
    for (code, shown) in [
        ("stopped", vec![]),
        ("CMN-101", vec![shown("Fax to Maria Lopez, Bay Rebar failed")]),
    ] {
        let to = FaxJobRecipient {
            number: domain::phone_number::E164::new("+15105550147").unwrap(),
            name: None,
        };
        let job = Job::Fax(FaxJob {
            to: vec![to],
            title: "Quote.pdf".to_owned(),
            resolution: FaxResolution::High,
            cover_index: 0,
            cover_note: None,
            send_at: None,
            files: Vec::new(),
            original: None,
            page_count: Some(1),
        });
        let now = desk.clock.now();
        let rows = desk.store.enqueue(&[NewJob::for_person(job, now)]).await.unwrap();
        assert!(desk.store.begin_job(rows[0], now, now).await.unwrap());
        let refusal = Refusal {
            code: Some(code.to_owned()),
            words: "It was turned away.".to_owned(),
            can_retry: false,
        };
        desk.store.job_refused(rows[0], &refusal).await.unwrap();
        desk.notices.step().await;
        assert_eq!(desk.notice_titles(), shown, "{code}");
    }
    desk.close();
}
