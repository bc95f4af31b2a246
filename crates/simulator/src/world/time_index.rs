//! An index from instant to record, kept as one sorted list.
//!
//! Records come nearly in order of time, so putting one in is mostly an append; counting a period and jumping to a page
//! are binary searches, which no tree of the standard library offers.

use std::ops::Range;

use jiff::Timestamp;

/// Milliseconds and position of a record; ties are broken by position, so the order is total.
pub(super) type Key = (i64, u32);

/// Sorted keys.
#[derive(Debug, Clone, Default)]
pub(super) struct TimeIndex {
    keys: Vec<Key>,
}

impl TimeIndex {
    /// Puts a record in.
    pub(super) fn insert(&mut self, at: Timestamp, position: u32) {
        let key = (at.as_millisecond(), position);
        if self.keys.last().is_none_or(|last| *last < key) {
            self.keys.push(key);
        } else if let Err(place) = self.keys.binary_search(&key) {
            self.keys.insert(place, key);
        }
    }

    /// Takes a record out.
    pub(super) fn remove(&mut self, at: Timestamp, position: u32) {
        if let Ok(place) = self.keys.binary_search(&(at.as_millisecond(), position)) {
            self.keys.remove(place);
        }
    }

    /// Keys from `from` (inclusive) to `to` (exclusive), oldest first.
    pub(super) fn between(&self, from: Option<Timestamp>, to: Option<Timestamp>) -> &[Key] {
        self.keys.get(self.range(from, to)).unwrap_or_default()
    }

    fn range(&self, from: Option<Timestamp>, to: Option<Timestamp>) -> Range<usize> {
        let place = |at: Timestamp| self.keys.partition_point(|key| key.0 < at.as_millisecond());
        let start = from.map_or(0, place);
        let end = to.map_or(self.keys.len(), place);
        start..end.max(start)
    }

    /// How many records there are.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_millisecond(ms).unwrap()
    }

    #[test]
    fn keys_stay_sorted_whatever_order_they_come_in() {
        let mut index = TimeIndex::default();
        for (ms, position) in [(5, 0), (3, 1), (9, 2), (3, 0), (3, 1)] {
            index.insert(at(ms), position);
        }
        assert_eq!(index.between(None, None), &[(3, 0), (3, 1), (5, 0), (9, 2)]);
        assert_eq!(index.between(Some(at(3)), Some(at(9))), &[(3, 0), (3, 1), (5, 0)]);
        index.remove(at(3), 0);
        assert_eq!(index.len(), 3);
        assert!(index.between(Some(at(10)), Some(at(4))).is_empty());
    }
}
