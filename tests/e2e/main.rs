//! The built app in a real window: the few journeys that only the whole can prove.
//!
//! Each journey brings its own desktop: display, window manager, session bus, keychain, notification server and home folder. It uses nothing of
//! the desktop it is started on, and runs on a machine without one.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "tests may be blunt"
)]

mod app;
mod desktop;

mod faxes;
mod first_run;
mod inbound_calls;
mod links;
mod team;
mod texting;
mod voicemail;
