//! What the window may ask of the core: one struct per request.
//!
//! A request's fields cross as the argument `request` of the Tauri command [`Command::NAME`].

pub mod calls;
pub mod campaigns;
pub mod contacts;
pub mod demo;
pub mod fax;
pub mod inbox;
pub mod live_calls;
pub mod overview;
pub mod presence;
pub mod ring_out;
pub mod session;
pub mod settings;
pub mod templates;
pub mod texting;
pub mod voicemail;

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::fmt;

/// A request with its reply.
pub trait Command: Serialize + DeserializeOwned {
    /// Name of the Tauri command.
    const NAME: &'static str;
    type Reply: Serialize + DeserializeOwned;
}

/// What went wrong, for the user interface to branch on. Never branch on the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ErrorCode {
    /// The request itself makes no sense; the message says which field.
    Invalid,
    NotFound,
    /// Somebody must sign in first.
    SignInRequired,
    /// RingCentral does not let this person do that.
    NotPermitted,
    Offline,
    RateLimited,
    /// RingCentral answered with an error.
    Vendor,
    /// The local store failed: disk full, file damaged.
    Store,
    /// It can no longer be taken back.
    TooLate,
    Cancelled,
    Internal,
}

/// An error as it crosses to the window: what happened, in words a receptionist understands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IpcError {
    pub code: ErrorCode,
    pub message: String,
    pub retry_after_seconds: Option<u64>,
}

/// A change that was made and can be taken back for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undoable {
    pub token: crate::ids::UndoToken,
    /// What was done: `3 marked as done`.
    pub words: String,
}

impl fmt::Display for IpcError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for IpcError {}

/// Declares requests: `Name { fields } -> Reply as "command_name"`.
macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident : $ty:ty),* $(,)? } -> $reply:ty as $text:literal;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
            pub struct $name { $($(#[$fdoc])* pub $field: $ty),* }

            impl $crate::ipc::Command for $name {
                const NAME: &'static str = $text;
                type Reply = $reply;
            }
        )*

        /// The names of this area's commands, for the test that calls every one.
        pub const NAMES: &[&str] = &[$($text),*];
    };
}
pub(crate) use commands;

/// Every command name there is.
pub fn all_names() -> impl Iterator<Item = &'static str> {
    [
        calls::NAMES,
        campaigns::NAMES,
        contacts::NAMES,
        demo::NAMES,
        fax::NAMES,
        inbox::NAMES,
        live_calls::NAMES,
        overview::NAMES,
        presence::NAMES,
        ring_out::NAMES,
        session::NAMES,
        settings::NAMES,
        templates::NAMES,
        texting::NAMES,
        voicemail::NAMES,
    ]
    .into_iter()
    .flatten()
    .copied()
}

#[cfg(test)]
mod tests {
    use super::all_names;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_commands_share_a_name() {
        let distinct: BTreeSet<_> = all_names().collect();
        assert_eq!(distinct.len(), all_names().count());
    }
}
