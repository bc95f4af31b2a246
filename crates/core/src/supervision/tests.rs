//! Supervision against a server that answers as RingCentral's reference says, one request at a time.

mod desk;
mod listening;
mod log;
mod refusals;
