//! Which rows are chosen, to change several at once.

use super::row_key::RowKey;
use std::collections::BTreeSet;

/// The chosen rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Choice {
    chosen: BTreeSet<RowKey>,
    /// Where a stretch chosen with Shift begins.
    anchor: Option<RowKey>,
}

impl Choice {
    /// All of these.
    pub(crate) fn all(keys: impl IntoIterator<Item = RowKey>) -> Self {
        Self {
            chosen: keys.into_iter().collect(),
            anchor: None,
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.chosen.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.chosen.len()
    }

    pub(crate) fn contains(&self, key: &RowKey) -> bool {
        self.chosen.contains(key)
    }

    /// One row more, or one less.
    pub(crate) fn toggled(mut self, key: RowKey) -> Self {
        if !self.chosen.remove(&key) {
            self.chosen.insert(key.clone());
        }
        self.anchor = Some(key);
        self
    }

    /// Everything from the last chosen row, or `start` when there is none, to `key`.
    pub(crate) fn extended(mut self, key: &RowKey, start: Option<&RowKey>, order: &[RowKey]) -> Self {
        let place = |wanted: &RowKey| order.iter().position(|other| other == wanted);
        let anchor = self.anchor.as_ref().or(start).and_then(place);
        let Some(end) = place(key) else { return self };
        let start = anchor.unwrap_or(end);
        let stretch = start.min(end)..=start.max(end);
        self.chosen
            .extend(order.get(stretch).unwrap_or_default().iter().cloned());
        if self.anchor.is_none() {
            self.anchor = order.get(start).cloned();
        }
        self
    }

    /// Without those that are no longer in the list.
    pub(crate) fn among(mut self, order: &[RowKey]) -> Self {
        if !self.chosen.is_empty() {
            let there: BTreeSet<&RowKey> = order.iter().collect();
            self.chosen.retain(|key| there.contains(key));
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::CommunicationId;

    fn key(id: i64) -> RowKey {
        RowKey::Item(CommunicationId(id))
    }

    fn order() -> Vec<RowKey> {
        (1..=6).map(key).collect()
    }

    fn ids(choice: &Choice) -> Vec<i64> {
        (1..=6).filter(|id| choice.contains(&key(*id))).collect()
    }

    #[test]
    fn choosing_twice_is_not_choosing() {
        assert!(Choice::default().toggled(key(1)).toggled(key(1)).is_empty());
    }

    #[test]
    fn a_stretch_reaches_from_the_last_chosen_row_in_either_direction() {
        let choice = Choice::default().toggled(key(3));
        assert_eq!(ids(&choice.clone().extended(&key(5), None, &order())), [3, 4, 5]);
        assert_eq!(ids(&choice.extended(&key(1), None, &order())), [1, 2, 3]);
    }

    #[test]
    fn the_first_stretch_begins_at_the_open_row() {
        assert_eq!(
            ids(&Choice::default().extended(&key(4), Some(&key(2)), &order())),
            [2, 3, 4]
        );
    }

    #[test]
    fn rows_that_left_the_list_are_no_longer_chosen() {
        let choice = Choice::all(order()).among(&[key(2), key(9)]);
        assert_eq!(ids(&choice), [2]);
    }
}
