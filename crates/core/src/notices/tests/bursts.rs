//! Much at once: one notice that counts.

use super::*;

fn fax(id: i64) -> Communication {
    item(
        id,
        Body::Fax {
            page_count: 2,
            state: DeliveryState::Received,
        },
    )
}

/// A text of a conversation of its own.
fn text_of_its_own(id: i64) -> Communication {
    let mut text = text(id);
    if let Body::Text { conversation_id, .. } = &mut text.body {
        *conversation_id = ConversationId::from(id.to_string().as_str());
    }
    text
}

#[test]
fn a_burst_is_one_notice_that_counts_and_names_nobody() {
    let burst: Vec<Communication> = (1..=5)
        .map(text_of_its_own)
        .chain([voicemail(6), fax(7), fax(8)])
        .collect();
    let mut policy = policy();
    let changes = policy.on_items(&burst, &all(), now());
    let [NoticeChange::Show(notice)] = &changes[..] else {
        panic!("{changes:?}")
    };
    assert_eq!(
        (notice.kind, notice.title.as_str()),
        (NoticeKind::Several, "8 new items")
    );
    assert_eq!(notice.body, "5 texts, 1 voicemail, 2 faxes");
    assert!(
        policy.on_items(&burst, &all(), now()).is_empty(),
        "all of them were announced"
    );
}

#[test]
fn a_few_at_once_are_announced_one_by_one() {
    let few = [text_of_its_own(1), text_of_its_own(2), voicemail(3), fax(4)];
    assert_eq!(
        kinds(&policy().on_items(&few, &all(), now())),
        [
            Some(NoticeKind::Text),
            Some(NoticeKind::Text),
            Some(NoticeKind::Voicemail),
            Some(NoticeKind::Fax)
        ]
    );
}

#[test]
fn what_is_sent_from_here_or_was_read_elsewhere_is_not_counted_in_a_burst() {
    let ours = (1..=6).map(|id| Communication {
        direction: Direction::Outbound,
        ..text_of_its_own(id)
    });
    let read = (7..=12).map(|id| Communication {
        is_read: true,
        ..fax(id)
    });
    let burst: Vec<Communication> = ours.chain(read).collect();
    assert!(policy().on_items(&burst, &all(), now()).is_empty());
}
