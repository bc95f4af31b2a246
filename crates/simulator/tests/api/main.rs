//! The simulator asked from outside, over real sockets.

// Helpers stand outside of test functions, where clippy cannot see that they are tests.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod bulk;
mod call_control;
mod call_log;
mod consent;
mod control_face;
mod deliveries;
mod ending;
mod faults;
mod fax_documents;
mod fax_outcomes;
mod fax_uploads;
mod faxes;
mod gateway;
mod ledger;
mod limits;
mod lists;
mod messages;
mod opened_again;
mod permissions;
mod ring_out;
mod sign_in;
mod socket;
mod supervision;
mod support;
mod team;
mod text_templates;
mod texts;
mod voicemail;
mod voicemail_media;
