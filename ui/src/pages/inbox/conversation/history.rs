//! Putting the parts of a history together, and deciding which lines belong together. Pure.

use domain::communication::{Body, Communication, Direction};
use domain::inbox::{Cursor, Timeline};
use jiff::Timestamp;

/// Texts of one side within this time read as one.
const TOGETHER_SECONDS: i64 = 5 * 60;

/// What is known of somebody's history, oldest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct History {
    pub items: Vec<Communication>,
    pub earlier: Option<Cursor>,
}

/// Adds an earlier part in front.
pub(crate) fn with_earlier(mut known: History, part: Timeline) -> History {
    let first = known.items.first().map(place);
    let mut items: Vec<_> = part
        .items
        .into_iter()
        .filter(|item| first.is_none_or(|first| place(item) < first))
        .collect();
    items.append(&mut known.items);
    History {
        items,
        earlier: part.earlier,
    }
}

/// Replaces the newest part by what the core says now. What lies before it was read earlier and stays, also what the newest part no longer
/// reaches because more was added at the end.
pub(crate) fn with_newest(known: History, newest: Timeline) -> History {
    let Some(first) = newest.items.first().map(place) else {
        return History {
            items: newest.items,
            earlier: newest.earlier,
        };
    };
    let mut items: Vec<_> = known
        .items
        .into_iter()
        .take_while(|item| place(item) < first)
        .collect();
    // With nothing kept, the newest part knows itself what lies before it; the beginning has been reached when it says so.
    let earlier = if items.is_empty() || newest.earlier.is_none() {
        newest.earlier.clone()
    } else {
        known.earlier
    };
    if newest.earlier.is_none() {
        items.clear();
    }
    items.extend(newest.items);
    History { items, earlier }
}

fn place(item: &Communication) -> (Timestamp, domain::ids::CommunicationId) {
    (item.occurred_at, item.id)
}

/// Whether the line about time and state under this item is left out, because the next one says the same.
pub(crate) fn continues(item: &Communication, next: Option<&Communication>) -> bool {
    let Some(next) = next else { return false };
    match (&item.body, &next.body) {
        (
            Body::Text {
                state,
                conversation_id,
                ..
            },
            Body::Text {
                state: next_state,
                conversation_id: next_conversation_id,
                ..
            },
        ) => {
            item.direction == next.direction
                && conversation_id == next_conversation_id
                && item.party.label == next.party.label
                && (item.direction == Direction::Inbound || state == next_state)
                && next.occurred_at.duration_since(item.occurred_at).as_secs() < TOGETHER_SECONDS
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::inbox::fixtures::{call, text};

    fn at(minute: u32) -> String {
        format!("2026-11-17T10:{minute:02}:00Z")
    }

    fn cursor(id: i64) -> Option<Cursor> {
        Some(Cursor {
            occurred_at: "2026-11-17T10:00:00Z".parse().unwrap(),
            id: domain::ids::CommunicationId(id),
        })
    }

    fn history(ids: std::ops::RangeInclusive<u32>, earlier: Option<Cursor>) -> History {
        History {
            items: ids.map(|id| call(i64::from(id), &at(id))).collect(),
            earlier,
        }
    }

    fn part(ids: std::ops::RangeInclusive<u32>, earlier: Option<Cursor>) -> Timeline {
        let History { items, earlier } = history(ids, earlier);
        Timeline { items, earlier }
    }

    fn ids(history: &History) -> Vec<i64> {
        history.items.iter().map(|item| item.id.0).collect()
    }

    #[test]
    fn an_earlier_part_goes_in_front_once() {
        let whole = with_earlier(history(5..=8, cursor(5)), part(2..=5, cursor(2)));
        assert_eq!(ids(&whole), [2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(whole.earlier, cursor(2));
    }

    #[test]
    fn news_at_the_end_leaves_no_gap() {
        // The newest part held 5 to 8 and now holds 7 to 10.
        let whole = with_newest(history(2..=8, cursor(2)), part(7..=10, cursor(7)));
        assert_eq!(ids(&whole), [2, 3, 4, 5, 6, 7, 8, 9, 10]);
        assert_eq!(whole.earlier, cursor(2));
    }

    #[test]
    fn what_was_deleted_in_the_newest_part_goes() {
        let mut newest = part(5..=8, cursor(5));
        newest.items.remove(1);
        assert_eq!(
            ids(&with_newest(history(2..=8, cursor(2)), newest)),
            [2, 3, 4, 5, 7, 8]
        );
    }

    #[test]
    fn a_part_that_is_the_whole_replaces_everything() {
        let whole = with_newest(history(2..=8, cursor(2)), part(7..=8, None));
        assert_eq!(ids(&whole), [7, 8]);
        assert_eq!(whole.earlier, None);
    }

    #[test]
    fn texts_of_one_side_within_minutes_share_their_time() {
        let one = |minute, direction| text(i64::from(minute), &at(minute), direction, "a");
        assert!(continues(
            &one(1, Direction::Inbound),
            Some(&one(3, Direction::Inbound))
        ));
        assert!(!continues(
            &one(1, Direction::Inbound),
            Some(&one(9, Direction::Inbound))
        ));
        assert!(!continues(
            &one(1, Direction::Inbound),
            Some(&one(2, Direction::Outbound))
        ));
        assert!(!continues(&one(1, Direction::Inbound), Some(&call(2, &at(2)))));
        assert!(!continues(&one(1, Direction::Inbound), None));
        let in_a_group = text(2, &at(2), Direction::Inbound, "b");
        assert!(!continues(&one(1, Direction::Inbound), Some(&in_a_group)));
    }
}
