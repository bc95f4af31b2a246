//! Marking as read what is being read. A voicemail is heard and not read: its player says when.

use super::row_key::RowKey;
use super::use_item_actions::Target;
use crate::browser;
use domain::communication::{Direction, Kind};
use domain::ids::CommunicationId;
use domain::inbox::ItemDetail;
use gloo_timers::callback::Interval;
use std::rc::Rc;
use yew::{Callback, hook, use_effect_with, use_mut_ref};

/// Long enough not to mark what one only passes with `j`.
const DWELL_MS: u32 = 700;

/// Calls `read` once the opened item has been in view for a moment. The returned callback says that the person wants it unread.
#[hook]
pub(crate) fn use_reading(opened: Option<Rc<ItemDetail>>, read: Callback<Target>) -> Callback<()> {
    let kept_unread = use_mut_ref(|| None::<CommunicationId>);
    let unread = opened
        .as_ref()
        .filter(|detail| is_unread(detail))
        .map(|detail| (detail.item.id, RowKey::of(&detail.item)));
    use_effect_with(unread, {
        let kept_unread = kept_unread.clone();
        move |unread| {
            let watch = unread.clone().map(|target| {
                // Repeated, because nobody reads in a window that is hidden.
                Interval::new(DWELL_MS, move || {
                    if browser::is_visible() && *kept_unread.borrow() != Some(target.0) {
                        read.emit(target.clone());
                    }
                })
            });
            move || drop(watch)
        }
    });
    Callback::from(move |()| *kept_unread.borrow_mut() = opened.as_ref().map(|detail| detail.item.id))
}

/// The item itself, or anything that came in its conversation.
fn is_unread(detail: &ItemDetail) -> bool {
    if detail.item.kind() == Kind::Voicemail {
        return false;
    }
    let row = RowKey::of(&detail.item);
    let mut items = detail.timeline.items.iter();
    !detail.item.is_read
        || items.any(|item| !item.is_read && item.direction == Direction::Inbound && RowKey::of(item) == row)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::inbox::fixtures::{call, text};
    use domain::communication::Communication;
    use domain::inbox::{Subject, Timeline};
    use domain::matching::MatchExplanation;

    fn detail(item: Communication, items: Vec<Communication>) -> ItemDetail {
        let subject = Subject::Item(item.id);
        let explanation = MatchExplanation {
            number: None,
            candidates: Vec::new(),
            no_match: None,
            sentence: String::new(),
        };
        ItemDetail {
            item,
            subject,
            contact: None,
            explanation,
            timeline: Timeline { items, earlier: None },
        }
    }

    fn unread(mut item: Communication) -> Communication {
        item.is_read = false;
        item
    }

    #[test]
    fn an_unread_text_in_the_same_conversation_counts_and_other_things_do_not() {
        let open = text(1, "2026-11-17T10:00:00Z", Direction::Inbound, "a");
        let same = unread(text(2, "2026-11-17T10:01:00Z", Direction::Inbound, "a"));
        let other = unread(call(3, "2026-11-17T10:02:00Z"));
        assert!(is_unread(&detail(open.clone(), vec![open.clone(), same])));
        assert!(!is_unread(&detail(open.clone(), vec![open, other])));
    }
}
