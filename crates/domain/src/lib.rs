//! The types that cross the boundary between the core and the user interface.
//!
//! Both sides compile the same structs, so they cannot drift apart. This crate does no I/O, reads no clock and
//! parses no vendor payload; it compiles to `wasm32-unknown-unknown` as well as to the host.

pub mod attachment;
pub mod call;
pub mod campaign;
pub mod communication;
pub mod consent;
pub mod contact;
pub mod event;
pub mod fax;
pub mod ids;
pub mod import;
pub mod inbox;
pub mod ipc;
pub mod kept;
pub mod live_calls;
pub mod matching;
pub mod outgoing;
pub mod overview;
pub mod phone_number;
pub mod presence;
pub mod ring_out;
pub mod search;
pub mod segments;
pub mod session;
pub mod settings;
pub mod supervision;
pub mod sync;
pub mod template;
pub mod transcription;
pub mod voicemail;
