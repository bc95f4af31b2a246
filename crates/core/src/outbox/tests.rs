//! The outbox against a vendor that the test plays: each fate of a request once, and then any mixture of them.

mod any_fate;
mod fates;
mod uploads;
mod vendor;
