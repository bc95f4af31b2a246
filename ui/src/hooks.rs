//! Behaviour that components share.

mod use_coalesced;
mod use_command;
mod use_core_event;
mod use_latest;
mod use_now;
mod use_outside;
mod use_place;
mod use_shortcuts;

pub use use_coalesced::use_coalesced;
pub use use_command::{Answer, use_command};
pub use use_core_event::use_core_event;
pub use use_latest::{Latest, use_latest};
pub use use_now::{NowProvider, use_now};
pub use use_outside::use_outside;
pub use use_place::use_place;
pub use use_shortcuts::{Shortcut, use_shortcuts};
