//! The pages, one folder each.

pub(crate) mod caller_card;
pub(crate) mod campaigns;
pub(crate) mod contacts;
pub(crate) mod first_run;
pub(crate) mod inbox;
pub(crate) mod live;
pub(crate) mod overview;
pub(crate) mod settings;
pub(crate) mod team;
