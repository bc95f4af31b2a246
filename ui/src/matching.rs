//! Saying whom a number belongs to: in the card of a caller and beside an item of the inbox.

mod attach;
mod candidates;
mod why;

pub(crate) use attach::Attach;
pub(crate) use candidates::Candidates;
pub(crate) use why::Why;
