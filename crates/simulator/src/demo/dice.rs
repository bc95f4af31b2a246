//! Small, fast chance for laying down history. Seeded from the world's generator, so it is as repeatable.

use crate::media::mix;

/// A sequence of numbers that look random.
#[derive(Debug, Clone)]
pub(crate) struct Dice {
    seed: u64,
    position: u64,
}

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Dice { seed, position: 0 }
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.position += 1;
        mix(self.seed, self.position)
    }

    /// A number below `limit`; zero when `limit` is zero.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.next().checked_rem(limit).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// True `percent` times in a hundred.
    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of several.
    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.place(from.len()))
    }

    /// A place in a list of this length.
    pub(crate) fn place(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap_or(0)
    }

    /// One of several words.
    pub(crate) fn word(&mut self, from: &[&'static str]) -> &'static str {
        self.pick(from).copied().unwrap_or_default()
    }
}
