//! In which order pictures are fetched: the newest wishes first, the nearest page first among those that came together, few at once. Pure.

/// More at once would only keep the core's threads from what is wanted next.
const MOST_AT_ONCE: usize = 3;

#[derive(Debug, Clone, Copy)]
struct Wish {
    id: u64,
    /// Wishes that came together have the same.
    round: u64,
    /// How far it is from what is looked at.
    distance: u32,
}

/// What is wanted and not begun.
#[derive(Debug, Default)]
pub(super) struct Queue {
    waiting: Vec<Wish>,
    under_way: usize,
    round: u64,
}

impl Queue {
    /// Wanted from now on.
    pub(super) fn add(&mut self, id: u64, distance: u32) {
        self.waiting.push(Wish {
            id,
            round: self.round,
            distance,
        });
    }

    /// Not wanted any more. What is under way is not stopped.
    pub(super) fn remove(&mut self, id: u64) {
        self.waiting.retain(|wish| wish.id != id);
    }

    /// What comes from now on is newer than all before.
    pub(super) fn next_round(&mut self) {
        self.round += 1;
    }

    /// What to begin now, if anything.
    pub(super) fn begin(&mut self) -> Option<u64> {
        if self.under_way >= MOST_AT_ONCE {
            return None;
        }
        let (at, _) = self
            .waiting
            .iter()
            .enumerate()
            .min_by_key(|(_, wish)| (std::cmp::Reverse(wish.round), wish.distance, wish.id))?;
        self.under_way += 1;
        Some(self.waiting.swap_remove(at).id)
    }

    /// One of those that were begun has ended, well or not.
    pub(super) fn end(&mut self) {
        self.under_way = self.under_way.saturating_sub(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_wishes_come_first_and_among_them_the_nearest() {
        let mut queue = Queue::default();
        queue.add(1, 0);
        queue.next_round();
        queue.add(2, 5);
        queue.add(3, 0);
        assert_eq!(queue.begin(), Some(3));
        assert_eq!(queue.begin(), Some(2));
        assert_eq!(queue.begin(), Some(1));
    }

    #[test]
    fn few_are_under_way_at_once() {
        let mut queue = Queue::default();
        (0..10).for_each(|id| queue.add(id, 0));
        let begun = std::iter::from_fn(|| queue.begin()).count();
        assert_eq!(begun, MOST_AT_ONCE);
        queue.end();
        assert!(queue.begin().is_some());
        assert!(queue.begin().is_none());
    }

    #[test]
    fn what_was_scrolled_past_is_not_fetched() {
        let mut queue = Queue::default();
        queue.add(1, 0);
        queue.add(2, 1);
        queue.remove(1);
        assert_eq!(queue.begin(), Some(2));
        assert_eq!(queue.begin(), None);
    }
}
