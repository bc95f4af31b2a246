//! The requests of the windows, one function each: it calls one function of the core and hands the reply back.
//!
//! Nothing is decided, locked or stored here.

pub(crate) mod calls;
pub(crate) mod campaigns;
pub(crate) mod contacts;
pub(crate) mod demo;
pub(crate) mod fax;
pub(crate) mod inbox;
pub(crate) mod live_calls;
pub(crate) mod overview;
pub(crate) mod presence;
pub(crate) mod ring_out;
pub(crate) mod session;
pub(crate) mod settings;
pub(crate) mod templates;
pub(crate) mod texting;
pub(crate) mod transcription;
pub(crate) mod voicemail;

use domain::ipc::{Command, IpcError};

/// What a request is answered with.
pub(crate) type Reply<C> = Result<<C as Command>::Reply, IpcError>;
