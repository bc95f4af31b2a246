//! What the rate windows are measured by.
//!
//! Normally the runtime's monotonic clock: a person who sets the time of day must not open the budget. A test that drives
//! a clock, and a server with it, has the windows follow that clock instead.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use tokio::time::Instant;

use crate::clock::Clock;

#[derive(Debug, Default)]
pub(super) enum WindowTime {
    #[default]
    Runtime,
    Driven {
        clock: Arc<dyn Clock>,
        began: (Timestamp, Instant),
    },
}

impl WindowTime {
    pub(super) fn driven_by(clock: Arc<dyn Clock>) -> Self {
        let began = (clock.now(), Instant::now());
        Self::Driven { clock, began }
    }

    pub(super) fn now(&self) -> Instant {
        match self {
            Self::Runtime => Instant::now(),
            Self::Driven { clock, began } => {
                let passed = clock.now().duration_since(began.0);
                // A clock that went back before the beginning stands still.
                began.1 + Duration::try_from(passed).unwrap_or_default()
            }
        }
    }
}
