//! Saying whom a number belongs to: in the card of a caller and beside an item of the inbox.

mod attach;
mod candidates;

pub(crate) use attach::Attach;
pub(crate) use candidates::Candidates;
