//! The client against a real server on the loopback: the simulator, and single answers where that is plainer.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "clippy.toml allows them in tests, but does not see that the helpers here belong to tests"
)]

mod answers;
mod data;
mod downloads;
mod events;
mod faxing;
mod outcomes;
mod script;
mod sign_in;
mod support;
mod texting;
