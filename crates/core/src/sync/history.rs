//! Which part of the older history is still to be fetched, as arithmetic on spans of time.
//!
//! The list endpoints are walked from new to old by moving the end of the window, not by counting pages: while we walk,
//! new records shift every page number. Page numbers are used only within one instant that fills more than a page.
//! Nothing here asks the server or the store.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Records reach the call log minutes after the call, so what was complete at an instant is trusted only up to an
/// hour before it.
const LATE_RECORDS: SignedDuration = SignedDuration::from_hours(1);

/// One request for a page of history; both ends belong to the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub from: Timestamp,
    pub until: Timestamp,
    /// From 1.
    pub page: u32,
}

/// What came back for a [`Window`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Received {
    /// The oldest record that could be read.
    pub oldest: Option<Timestamp>,
    /// The server has no further page of this window.
    pub is_last: bool,
}

/// The spans that are missing, the newest first. They neither touch nor overlap.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    missing: Vec<Span>,
    /// As far back as the spans were ever planned.
    reaches_to: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Span {
    from: Timestamp,
    until: Timestamp,
    page: u32,
}

impl History {
    /// Reads what [`Self::to_cursor`] wrote. An unreadable cursor starts over: that costs time and loses nothing.
    pub fn from_cursor(cursor: Option<&str>) -> Self {
        cursor
            .and_then(|text| serde_json::from_str(text).ok())
            .unwrap_or_default()
    }

    /// The form in which the store keeps it.
    pub fn to_cursor(&self) -> String {
        // Instants and numbers always have a JSON form.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// A full synchronisation brought everything since `complete_since`. `was_complete_at` is when this scope was last
    /// up to date, if ever: between the two there may be a gap. Older records may have been edited or deleted unseen;
    /// those since `recheck_from` are walked through once more.
    pub fn note_full_sync(
        &mut self,
        complete_since: Timestamp,
        was_complete_at: Option<Timestamp>,
        recheck_from: Timestamp,
        target: Timestamp,
    ) {
        match (self.reaches_to, was_complete_at) {
            (Some(_), Some(was_complete_at)) => {
                let from = earlier(was_complete_at, LATE_RECORDS)
                    .min(recheck_from)
                    .max(target);
                self.missing.retain_mut(|span| {
                    span.until = span.until.min(from);
                    span.from < span.until
                });
                if from < complete_since {
                    self.missing.insert(
                        0,
                        Span {
                            from,
                            until: complete_since,
                            page: 1,
                        },
                    );
                }
            }
            _ => {
                self.missing.clear();
                if target < complete_since {
                    self.missing.push(Span {
                        from: target,
                        until: complete_since,
                        page: 1,
                    });
                }
                self.reaches_to = Some(target.min(complete_since));
            }
        }
        self.aim_at(target);
    }

    /// The history is wanted back to `target`, which somebody may have moved.
    pub fn aim_at(&mut self, target: Timestamp) {
        let Some(reaches_to) = self.reaches_to else { return };
        if target < reaches_to {
            self.missing.push(Span {
                from: target,
                until: reaches_to,
                page: 1,
            });
            self.reaches_to = Some(target);
        }
    }

    /// The next page to ask for; `None` when everything is here, or when nothing was synchronised yet.
    pub fn next(&self) -> Option<Window> {
        let span = self.missing.first()?;
        Some(Window {
            from: span.from,
            until: span.until,
            page: span.page,
        })
    }

    /// Moves on behind the page that [`Self::next`] asked for.
    pub fn advance(&mut self, received: Received) {
        let Some(span) = self.missing.first_mut() else {
            return;
        };
        match received.oldest {
            _ if received.is_last => {
                self.missing.remove(0);
            }
            // A record at the very end of the window may have brothers on the next page: the end stays inside.
            Some(oldest) if oldest < span.until => {
                span.until = oldest;
                span.page = 1;
                if span.until < span.from {
                    self.missing.remove(0);
                }
            }
            // A page full of one instant, or of records that could not be read.
            _ => span.page = span.page.saturating_add(1),
        }
    }

    /// Everything since then is here; `None` when nothing was synchronised yet.
    pub fn complete_since(&self) -> Option<Timestamp> {
        self.missing.first().map(|span| span.until).or(self.reaches_to)
    }

    /// Nothing is missing any more.
    pub fn is_finished(&self) -> bool {
        self.reaches_to.is_some() && self.missing.is_empty()
    }
}

fn earlier(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.saturating_sub(by).unwrap_or(Timestamp::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    const HOUR: i64 = 3600;

    #[test]
    fn the_first_full_sync_leaves_everything_older_to_be_fetched() {
        let mut history = History::default();
        assert!(!history.is_finished());
        history.note_full_sync(at(500), None, at(100), at(100));
        assert_eq!(
            history.next(),
            Some(Window {
                from: at(100),
                until: at(500),
                page: 1
            })
        );
        assert_eq!(history.complete_since(), Some(at(500)));
        history.advance(Received {
            oldest: Some(at(300)),
            is_last: false,
        });
        assert_eq!(history.complete_since(), Some(at(300)));
        history.advance(Received {
            oldest: Some(at(120)),
            is_last: true,
        });
        assert!(history.is_finished());
        assert_eq!(history.complete_since(), Some(at(100)));
    }

    #[test]
    fn a_later_full_sync_first_closes_the_gap_it_leaves_and_then_goes_on() {
        let mut history = History::default();
        history.note_full_sync(at(500), None, at(100), at(100));
        history.advance(Received {
            oldest: Some(at(300)),
            is_last: false,
        });
        history.note_full_sync(at(20 * HOUR), Some(at(10 * HOUR)), at(19 * HOUR), at(100));
        assert_eq!(
            history.next(),
            Some(Window {
                from: at(9 * HOUR),
                until: at(20 * HOUR),
                page: 1
            })
        );
        history.advance(Received {
            oldest: None,
            is_last: true,
        });
        assert_eq!(
            history.next(),
            Some(Window {
                from: at(100),
                until: at(300),
                page: 1
            })
        );
    }

    #[test]
    fn a_later_full_sync_that_reaches_back_far_enough_leaves_no_gap() {
        let mut history = History::default();
        history.note_full_sync(at(500), None, at(100), at(100));
        history.advance(Received {
            oldest: None,
            is_last: true,
        });
        history.note_full_sync(at(5 * HOUR), Some(at(10 * HOUR)), at(5 * HOUR), at(100));
        assert!(history.is_finished());
    }

    #[test]
    fn what_may_have_been_edited_unseen_is_walked_through_once_more() {
        let mut history = History::default();
        history.note_full_sync(at(500), None, at(100), at(100));
        history.advance(Received {
            oldest: None,
            is_last: true,
        });
        history.note_full_sync(at(20 * HOUR), Some(at(19 * HOUR)), at(2 * HOUR), at(100));
        let window = history.next().unwrap();
        assert_eq!((window.from, window.until), (at(2 * HOUR), at(20 * HOUR)));
        history.note_full_sync(at(21 * HOUR), Some(at(20 * HOUR)), at(0), at(100));
        let window = history.next().unwrap();
        assert_eq!((window.from, window.until), (at(100), at(21 * HOUR)));
    }

    #[test]
    fn more_history_can_be_wanted_later() {
        let mut history = History::default();
        history.note_full_sync(at(500), None, at(400), at(400));
        history.advance(Received {
            oldest: None,
            is_last: true,
        });
        history.aim_at(at(100));
        assert_eq!(
            history.next(),
            Some(Window {
                from: at(100),
                until: at(400),
                page: 1
            })
        );
        history.aim_at(at(100));
        history.advance(Received {
            oldest: None,
            is_last: true,
        });
        assert!(history.is_finished());
    }

    #[test]
    fn a_page_full_of_one_instant_is_followed_by_the_next_page_of_the_same_window() {
        let mut history = History::default();
        history.note_full_sync(at(500), None, at(100), at(100));
        history.advance(Received {
            oldest: Some(at(500)),
            is_last: false,
        });
        assert_eq!(
            history.next(),
            Some(Window {
                from: at(100),
                until: at(500),
                page: 2
            })
        );
        history.advance(Received {
            oldest: Some(at(499)),
            is_last: false,
        });
        assert_eq!(
            history.next(),
            Some(Window {
                from: at(100),
                until: at(499),
                page: 1
            })
        );
    }

    #[test]
    fn a_damaged_cursor_starts_over() {
        assert_eq!(History::from_cursor(Some("{\"missing\":[{")), History::default());
    }

    proptest! {
        /// Whatever the page size and however many records share an instant, the walk meets every record and ends.
        #[test]
        fn the_walk_meets_every_record(
            mut seconds in prop::collection::vec(100i64..160, 0..120),
            page_size in 1usize..9,
            restarts in prop::collection::vec(any::<bool>(), 300),
        ) {
            seconds.sort_unstable_by(|a, b| b.cmp(a));
            let mut history = History::default();
            history.note_full_sync(at(160), None, at(100), at(100));
            let mut met = std::collections::BTreeSet::new();
            let mut steps = 0;
            while let Some(window) = history.next() {
                let inside: Vec<_> = seconds.iter().enumerate()
                    .filter(|(_, second)| (window.from..=window.until).contains(&at(**second))).collect();
                let skipped = page_size * (window.page as usize - 1);
                let page: Vec<_> = inside.iter().skip(skipped).take(page_size).collect();
                met.extend(page.iter().map(|(index, _)| *index));
                history.advance(Received {
                    oldest: page.iter().map(|(_, second)| at(**second)).min(),
                    is_last: skipped + page_size >= inside.len(),
                });
                if restarts[steps % restarts.len()] {
                    history = History::from_cursor(Some(&history.to_cursor()));
                }
                steps += 1;
                prop_assert!(steps < 1000, "the walk does not end");
            }
            prop_assert_eq!(met.len(), seconds.len());
        }
    }
}
