//! Who can be reached: heard, lost, late and asked for, until it is as the company is.

mod convergence;
mod own;
mod reception;

use crate::calls::desk::{BEN, Desk, QUEUE};
use crate::office::Office;
use domain::event::CoreEvent;
use domain::ipc::presence::{ListTeam, SetFavourite};
use domain::presence::Availability;
use domain::sync::EventSourceState;
use jiff::SignedDuration;
use reception::{CLEO, Reception, announced, company_of, set};
use simulator::scenario::caller;
use simulator::world::number::E164;
use simulator::world::presence::{DndStatus, MeetingStatus, PresenceUpdate, UserStatus};
use simulator::{Effect, EventEffect, EventFault, Fault};
use switchboard_core::search::Query;

#[tokio::test]
async fn after_the_start_everybody_is_as_the_company_says() {
    let reception = Reception::open(Desk::signed_in().await).await;
    reception.world(|world| {
        let busy = PresenceUpdate {
            user_status: Some(UserStatus::Busy),
            message: Some(Some("At lunch".to_owned())),
            ..PresenceUpdate::default()
        };
        world.update_presence(BEN, busy).unwrap();
        let no_calls = PresenceUpdate {
            dnd_status: Some(DndStatus::DoNotAcceptAnyCalls),
            meeting_status: Some(MeetingStatus::Connected),
            ..PresenceUpdate::default()
        };
        world.update_presence(CLEO, no_calls).unwrap();
    });
    reception.desk.presence.step().await;
    reception.assert_as_in_world().await;
    let ben = reception.of(BEN).await;
    assert_eq!(ben.message.as_deref(), Some("At lunch"));
    assert!(!ben.is_stale && ben.since.is_none(), "nobody knows since when");
    assert!(reception.of(CLEO).await.is_in_meeting);
    reception.close();
}

#[tokio::test]
async fn a_change_shows_as_soon_as_its_event_is_there_and_says_since_when() {
    let mut reception = Reception::live().await;
    reception.listen(60).await;
    let before = reception.desk.clock.now();
    set(&reception, BEN, UserStatus::Busy);
    reception.until_dot(BEN, Availability::Busy).await;
    let ben = reception.of(BEN).await;
    assert_eq!(ben.since, Some(before));
    reception.listen(100).await;
    let call = reception.desk.ring(caller(E164::nanp(415, 5_550_123), None), BEN);
    reception.until_dot(BEN, Availability::Ringing).await;
    reception.world(|world| call.answer(world).unwrap());
    reception.until_dot(BEN, Availability::OnCall).await;
    assert_eq!(reception.of(BEN).await.since, Some(reception.desk.clock.now()));
    reception.close();
}

#[tokio::test]
async fn events_in_any_order_end_with_the_newest() {
    let mut reception = Reception::live().await;
    reception
        .desk
        .control
        .add_event_fault(EventFault::once("presence", EventEffect::Late { by_events: 1 }));
    set(&reception, BEN, UserStatus::Busy);
    set(&reception, BEN, UserStatus::Offline);
    reception.until_all_has_arrived().await;
    reception.until_dot(BEN, Availability::Offline).await;
    reception.close();
}

#[tokio::test]
async fn an_outage_of_half_a_minute_makes_everybody_stale_and_the_way_back_makes_them_sure() {
    let mut reception = Reception::live().await;
    let mut changes = reception.desk.store.changes().listen();
    reception.cut_off().await;
    reception.desk.presence.step().await;
    assert!(!reception.of(BEN).await.is_stale);

    // Neither events nor answers.
    reception.desk.control.add_fault(Fault {
        times: 1_000_000,
        ..Fault::once("readAccountPresence", Effect::LoseReply)
    });
    set(&reception, BEN, UserStatus::Busy);
    reception.pass(31);
    reception.desk.presence.step().await;
    assert!(reception.of(BEN).await.is_stale);
    assert!(reception.desk.presences.team().await.unwrap().stale.is_some());
    let told = announced(&mut changes);
    assert!(told.contains(&Vec::new()), "everybody looks different: {told:?}");

    reception.come_back().await;
    reception.until_sure().await;
    assert_eq!(reception.of(BEN).await.availability, Availability::Busy);
    assert_eq!(reception.desk.presences.team().await.unwrap().stale, None);
    reception.desk.control.clear_faults();
    reception.close();
}

#[tokio::test]
async fn without_events_everybody_is_asked_after_every_ten_minutes_and_with_them_once_an_hour() {
    let mut reception = Reception::live().await;
    reception.desk.control.clear_requests();
    for _ in 0..59 {
        reception.pass(60);
        reception.desk.presence.step().await;
    }
    assert_eq!(reception.asked("readAccountPresence"), 0);
    reception.pass(120);
    reception.desk.presence.step().await;
    assert_eq!(reception.asked("readAccountPresence"), 1);

    reception.cut_off().await;
    reception.desk.control.clear_requests();
    for _ in 0..30 {
        reception.pass(60);
        reception.desk.presence.step().await;
        assert!(!reception.of(BEN).await.is_stale);
    }
    let asked = reception.asked("readAccountPresence");
    assert!((3..=4).contains(&asked), "{asked} lists in half an hour");
    reception.desk.control.clear_faults();
    reception.close();
}

#[tokio::test]
async fn without_the_permission_it_says_so_and_does_not_go_on_asking() {
    let desk = Desk::signed_in().await;
    let client_id = desk.control.ready().client_id;
    let permissions = [
        "ReadAccounts",
        "ReadCallLog",
        "ReadMessages",
        "CallControl",
        "WebSocket",
    ];
    assert!(desk.control.set_application_permissions(&client_id, &permissions));
    let reception = Reception::open(desk).await;
    for _ in 0..20 {
        reception.desk.presence.step().await;
        reception.pass(60);
    }
    assert_eq!(reception.asked("readAccountPresence"), 1);
    let words = reception.desk.presences.team().await.unwrap().stale.unwrap();
    assert!(words.contains("ReadPresence"), "{words}");
    reception.close();
}

#[tokio::test]
async fn three_hundred_people_and_twenty_events_a_second_are_four_announcements_a_second() {
    let (options, people) = company_of(300);
    let mut reception = Reception::open(Desk::in_company(options).await).await;
    reception.go_live().await;
    assert_eq!(reception.everybody().await.len(), 300);
    reception.desk.control.clear_requests();
    let mut changes = reception.desk.store.changes().listen();
    let (mut told, mut named) = (0, std::collections::BTreeSet::new());
    for second in 0..10usize {
        for twentieth in 0..20usize {
            let person = people[(second * 20 + twentieth) % people.len()];
            let status = if second < 5 {
                UserStatus::Busy
            } else {
                UserStatus::Offline
            };
            set(&reception, person, status);
            reception.desk.control.settled().await;
            reception.desk.subscription.step().await;
            reception.desk.pass(SignedDuration::from_millis(50));
            reception.desk.presence.step().await;
        }
    }
    reception.until_all_has_arrived().await;
    reception.pass(1);
    reception.desk.presence.step().await;
    for contacts in announced(&mut changes) {
        told += 1;
        assert!(!contacts.is_empty(), "they are few enough to be named");
        named.extend(contacts);
    }
    assert!((10..=45).contains(&told), "{told} announcements in ten seconds");
    assert_eq!(named.len(), 200, "everybody who changed is named");
    assert_eq!(reception.asked("readAccountPresence"), 0);
    assert_eq!(reception.desk.handle.state(), EventSourceState::Live);
    reception.assert_as_in_world().await;
    reception.close();
}

#[tokio::test]
async fn the_team_knows_departments_queues_numbers_and_who_is_at_the_other_end() {
    let reception = Reception::open(Desk::signed_in().await).await;
    let call = reception.desk.ring(caller(E164::nanp(415, 5_550_123), None), BEN);
    reception.world(|world| call.answer(world).unwrap());
    reception.pass(40);
    reception.desk.presence.step().await;
    let team = reception.desk.presences.team().await.unwrap();
    let names: Vec<&str> = team.members.iter().map(|one| one.contact.name.as_str()).collect();
    assert_eq!(names, ["Ada Alvarez", "Ben Brandt", "Cleo Chen"]);
    let ben = &team.members[1];
    assert_eq!(ben.department.as_deref(), Some("Office"));
    assert_eq!(ben.job_title.as_deref(), Some("Dispatcher"));
    assert_eq!(ben.queues, ["Sales"]);
    assert_eq!(ben.number.as_ref().unwrap().formatted, "(510) 555-0102");
    assert!(team.members[0].is_own && !ben.is_own);
    let [talking] = ben.talking_to.as_slice() else {
        panic!("one call: {:?}", ben.talking_to)
    };
    assert_eq!(talking.party.number.as_ref().unwrap().formatted, "(415) 555-0123");
    let talks_for = reception.desk.clock.now().duration_since(talking.since);
    // The server's clock is read in whole seconds.
    assert!((talks_for - SignedDuration::from_secs(40)).abs() <= SignedDuration::from_secs(1));
    assert_eq!(team.calls_hidden, None);
    let members = reception
        .desk
        .store
        .queue_members(&QUEUE.to_string())
        .await
        .unwrap();
    assert_eq!(members.len(), 3);
    reception.close();
}

#[tokio::test]
async fn a_clock_that_is_an_hour_off_moves_no_duration() {
    let desk = Desk::signed_in().await;
    // This computer is an hour ahead of the company.
    desk.clock.advance(SignedDuration::from_hours(1));
    let mut reception = Reception::open(desk).await;
    let call = reception.desk.ring(caller(E164::nanp(415, 5_550_123), None), BEN);
    reception.world(|world| call.answer(world).unwrap());
    reception.pass(40);
    reception.go_live().await;
    let since = reception.of(BEN).await.since.unwrap();
    let talks_for = reception.desk.clock.now().duration_since(since).as_secs();
    let passed = reception
        .world(|world| world.now())
        .duration_since("2026-03-02T16:00:00Z".parse().unwrap())
        .as_secs();
    assert!(
        (passed - talks_for).abs() <= 1,
        "{talks_for} s instead of {passed}"
    );

    reception.listen(60).await;
    set(&reception, CLEO, UserStatus::Busy);
    reception.until_dot(CLEO, Availability::Busy).await;
    let now = reception.desk.clock.now();
    assert_eq!(reception.of(CLEO).await.since, Some(now));
    reception.listen(40).await;
    assert_eq!(reception.of(CLEO).await.since, Some(now));
    reception.close();
}

#[tokio::test]
async fn that_a_call_is_not_shown_is_said() {
    let mut reception = Reception::live().await;
    let call = reception.desk.ring(caller(E164::nanp(415, 5_550_123), None), BEN);
    reception.world(|world| call.answer(world).unwrap());
    reception.until_dot(BEN, Availability::OnCall).await;
    let team = reception.desk.presences.team().await.unwrap();
    assert!(team.members[1].talking_to.is_empty());
    assert!(team.calls_hidden.is_some());
    reception.close();
}

#[tokio::test]
async fn favourites_stand_first_and_outlive_the_program_like_what_was_heard() {
    let mut office = Office::open().await;
    office.synchronise().await;
    office.board.presence_follower().unwrap().step().await;
    let team = office.board.list_team(ListTeam {}).await.unwrap();
    assert_eq!(team.stale, None);
    let cleo = team.members[2].contact.id;
    let favourite = |is_favourite| SetFavourite {
        contact: cleo,
        is_favourite,
    };
    let mut changes = office.board.events();
    office.board.set_favourite(favourite(true)).await.unwrap();
    assert_eq!(
        changes.try_next(),
        Some(CoreEvent::ContactsChanged { ids: vec![cleo] })
    );
    office.kill_and_reopen_without_network().await;
    let team = office.board.list_team(ListTeam {}).await.unwrap();
    assert!(team.members[0].is_favourite);
    assert_eq!(team.members[0].contact.id, cleo);
    // It is shown, and said that it may be old.
    assert!(
        team.members
            .iter()
            .all(|one| one.presence.as_ref().unwrap().is_stale)
    );
    assert!(team.stale.is_some());
    office.board.set_favourite(favourite(false)).await.unwrap();
    let team = office.board.list_team(ListTeam {}).await.unwrap();
    assert_eq!(team.members[2].contact.id, cleo);
}

#[tokio::test]
async fn only_colleagues_can_be_favourites() {
    let reception = Reception::open(Desk::signed_in().await).await;
    reception.desk.knows_maria(E164::nanp(510, 5_550_147)).await;
    let team = reception.desk.presences.team().await.unwrap();
    let colleagues: Vec<_> = team.members.iter().map(|one| one.contact.id).collect();
    let maria = Query::read("maria");
    let maria = reception.desk.store.list_contacts(&maria, 0, 9).await.unwrap();
    let maria = maria.0.first().unwrap().id;
    assert!(!colleagues.contains(&maria));
    assert!(reception.desk.presences.set_favourite(maria, true).await.is_err());
    assert!(reception.desk.presences.list(&[maria]).await.unwrap().is_empty());
    reception.close();
}
