//! Faxes: reading them, and sending them from anywhere in the window.

mod actions;
mod desk;
mod drop_target;
mod fax_button;
mod outcomes;
pub(crate) mod outgoing_words;
mod progress;
mod sending;
mod use_fax;
mod viewer;
mod words;

pub(crate) use actions::{FaxActions, use_fax_actions};
pub(crate) use desk::{FaxDesk, FaxDeskHost};
pub(crate) use fax_button::FaxButton;
pub(crate) use outcomes::Outcomes;
pub(crate) use progress::FetchingNote;
pub(crate) use use_fax::{OpenedFax, use_fax};
pub(crate) use viewer::{FaxViewer, turned};
pub(crate) use words::outcome;
