//! Everything Switchboard does, without a window.
//!
//! [`Switchboard`] is the door: the shell and the command line call one method of it per command and listen to its
//! events. Behind it stand the session, the synchronisation, the live events, the contacts and the store.
//!
//! This crate deliberately knows no user interface toolkit, draws nothing, speaks to RingCentral only through the
//! `ringcentral` crate, and writes SQL only in its store.

pub mod attachments;
pub mod calls;
pub mod campaigns;
pub mod change_feed;
pub mod clock;
pub mod contacts;
pub mod doctor;
pub mod error;
pub mod fax;
pub mod fax_desk;
pub mod faxes;
pub mod inbox;
pub mod live_calls;
pub mod mailbox;
pub mod matching;
pub mod notices;
pub mod numbers;
pub mod outbox;
pub mod overview;
pub mod presence;
pub mod ring_out;
pub mod search;
pub mod session;
pub mod spreadsheet;
pub mod store;
pub mod subscription;
pub mod supervision;
pub mod switchboard;
pub mod sync;
pub mod templates;
pub mod texting;
pub mod transcription;
pub mod voicemail;

pub use error::CoreError;
pub use switchboard::{Config, Switchboard};
