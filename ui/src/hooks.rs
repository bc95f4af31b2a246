//! Behaviour that components share.

mod use_attachment;
mod use_coalesced;
mod use_command;
mod use_core_event;
mod use_first_focus;
mod use_latest;
mod use_now;
mod use_outside;
mod use_place;
mod use_second;
mod use_seen;
mod use_settled;
mod use_shortcuts;

pub(crate) use use_attachment::{Fetched, use_attachment, use_draft_page, use_fax_cover, use_fax_page};
pub(crate) use use_coalesced::use_coalesced;
pub(crate) use use_command::{Answer, use_command};
pub(crate) use use_core_event::use_core_event;
pub(crate) use use_first_focus::use_first_focus;
pub(crate) use use_latest::{use_latest, use_stable};
pub(crate) use use_now::{NowProvider, use_now};
pub(crate) use use_outside::use_outside;
pub(crate) use use_place::use_place;
pub(crate) use use_second::use_second;
pub(crate) use use_seen::use_seen;
pub(crate) use use_settled::use_settled;
pub(crate) use use_shortcuts::{Shortcut, is_text_field, use_shortcuts};
