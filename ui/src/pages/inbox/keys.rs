//! The keys of the inbox, and where they lead. The walking itself is pure.

use super::conversation;
use super::row_key::RowKey;
use crate::hooks::Shortcut;
use yew::Callback;

/// One row on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Next,
    Previous,
}

/// What the keys do.
#[derive(Debug, Clone)]
pub(crate) struct Actions {
    pub step: Callback<Step>,
    pub done: Callback<()>,
    pub read: Callback<()>,
    pub toggle: Callback<()>,
    pub all: Callback<()>,
    pub escape: Callback<()>,
}

/// All keys.
pub(crate) fn shortcuts(actions: Actions) -> Vec<Shortcut> {
    let Actions {
        step,
        done,
        read,
        toggle,
        all,
        escape,
    } = actions;
    let walk = |to: Step| {
        let step = step.clone();
        move |()| step.emit(to)
    };
    vec![
        Shortcut::key("j", walk(Step::Next)),
        Shortcut::key("k", walk(Step::Previous)),
        Shortcut::key("e", move |()| done.emit(())),
        Shortcut::key("u", move |()| read.emit(())),
        Shortcut::key("Enter", |()| conversation::focus_feed()),
        Shortcut::key("r", |()| conversation::focus_composer()),
        Shortcut::key("x", move |()| toggle.emit(())),
        Shortcut::control("a", move |()| all.emit(())),
        Shortcut::key("Escape", move |()| escape.emit(())),
    ]
}

/// The row a step leads to: the first one when none is open, none beyond the ends.
pub(crate) fn step(order: &[RowKey], open: Option<&RowKey>, step: Step) -> Option<usize> {
    let Some(at) = open.and_then(|open| order.iter().position(|key| key == open)) else {
        return (!order.is_empty()).then_some(0);
    };
    match step {
        Step::Next => Some(at + 1).filter(|next| *next < order.len()),
        Step::Previous => at.checked_sub(1),
    }
}

/// The row to open when these leave the list: the next that stays, else the one before.
pub(crate) fn after(order: &[RowKey], open: Option<&RowKey>, leaving: &[RowKey]) -> Option<usize> {
    let at = open.and_then(|open| order.iter().position(|key| key == open))?;
    let stays = |(index, key): (usize, &RowKey)| (!leaving.contains(key)).then_some(index);
    order
        .iter()
        .enumerate()
        .skip(at)
        .find_map(stays)
        .or_else(|| order.iter().enumerate().take(at).rev().find_map(stays))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::CommunicationId;

    fn key(id: i64) -> RowKey {
        RowKey::Item(CommunicationId(id))
    }

    fn order() -> Vec<RowKey> {
        (0..4).map(key).collect()
    }

    #[test]
    fn walking_stops_at_the_ends() {
        assert_eq!(step(&order(), Some(&key(1)), Step::Next), Some(2));
        assert_eq!(step(&order(), Some(&key(3)), Step::Next), None);
        assert_eq!(step(&order(), Some(&key(0)), Step::Previous), None);
    }

    #[test]
    fn walking_begins_at_the_first_row() {
        assert_eq!(step(&order(), None, Step::Next), Some(0));
        assert_eq!(step(&order(), Some(&key(99)), Step::Previous), Some(0));
        assert_eq!(step(&[], None, Step::Next), None);
    }

    #[test]
    fn after_done_the_next_row_opens_and_at_the_end_the_one_before() {
        assert_eq!(after(&order(), Some(&key(1)), &[key(1)]), Some(2));
        assert_eq!(after(&order(), Some(&key(1)), &[key(1), key(2)]), Some(3));
        assert_eq!(after(&order(), Some(&key(3)), &[key(3)]), Some(2));
        assert_eq!(after(&[key(1)], Some(&key(1)), &[key(1)]), None);
    }
}
