//! How a fax that was sent from here ended: told once, to whoever wants it.

use super::*;

fn fax_of_ours(state: DeliveryState) -> Communication {
    Communication {
        direction: Direction::Outbound,
        // Planned days ago.
        occurred_at: now() - SignedDuration::from_hours(50),
        is_read: true,
        ..item(9, Body::Fax { page_count: 2, state })
    }
}

#[test]
fn whoever_sent_a_fax_is_told_once_how_it_ended() {
    let mut policy = policy();
    assert!(
        policy
            .on_item(&fax_of_ours(DeliveryState::Queued), &all(), now())
            .is_empty()
    );
    let sent = fax_of_ours(DeliveryState::Sent);
    let changes = policy.on_item(&sent, &all(), now());
    let [NoticeChange::Show(notice)] = &changes[..] else {
        panic!("{changes:?}")
    };
    assert_eq!(notice.title, "Fax to (510) 555-0147 sent");
    assert!(
        policy.on_item(&sent, &all(), now()).is_empty(),
        "it was announced"
    );
    let done = Communication {
        is_done: true,
        ..sent
    };
    assert!(matches!(
        policy.on_item(&done, &all(), now())[..],
        [NoticeChange::Close(_)]
    ));
}

#[test]
fn a_failed_fax_says_why_even_when_it_left_before_the_program_was_started() {
    let failed = fax_of_ours(DeliveryState::Failed {
        reason: "Their line was busy. Send it again in a while.".to_owned(),
    });
    assert!(policy().on_item(&failed, &all(), now()).is_empty(), "history");
    let mut policy = policy();
    policy.watch_faxes([failed.id]);
    let changes = policy.on_item(&failed, &all(), now());
    let [NoticeChange::Show(notice)] = &changes[..] else {
        panic!("{changes:?}")
    };
    assert_eq!(notice.title, "Fax to (510) 555-0147 failed");
    assert!(notice.body.contains("busy"));
}

fn unsent(id: i64, others: usize) -> UnsentFax {
    UnsentFax {
        id: OutgoingId(id),
        to: vec![party(); others + 1],
        reason: "RingCentral does not send faxes to this number.".to_owned(),
    }
}

#[test]
fn a_fax_that_ringcentral_refused_is_announced_once_and_taken_back_when_it_was_dealt_with() {
    let mut policy = policy();
    policy.know_unsent_faxes([OutgoingId(1)]);
    let failed = [unsent(2, 1), unsent(1, 0)];
    let changes = policy.on_unsent_faxes(&failed, &all(), now());
    let [NoticeChange::Show(notice)] = &changes[..] else {
        panic!("{changes:?}")
    };
    assert_eq!(notice.title, "Fax to (510) 555-0147 and 1 other failed");
    assert!(notice.body.contains("does not send faxes"));
    assert!(
        policy.on_unsent_faxes(&failed, &all(), now()).is_empty(),
        "it was announced"
    );
    let changes = policy.on_unsent_faxes(&failed[1..], &all(), now());
    assert!(matches!(changes[..], [NoticeChange::Close(_)]));
    let again = policy.on_unsent_faxes(&failed, &all(), now());
    assert!(
        matches!(again[..], [NoticeChange::Show(_)]),
        "it failed once more"
    );
}

#[test]
fn whoever_wants_no_notices_of_faxes_is_not_told_later_either() {
    let mut policy = policy();
    let none = NotificationSettings {
        faxes: false,
        ..all()
    };
    assert!(policy.on_unsent_faxes(&[unsent(1, 0)], &none, now()).is_empty());
    assert!(policy.on_unsent_faxes(&[unsent(1, 0)], &all(), now()).is_empty());
}
