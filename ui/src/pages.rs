//! The pages, one folder each.

pub mod caller_card;
pub mod contacts;
pub mod first_run;
pub mod inbox;
pub mod settings;
