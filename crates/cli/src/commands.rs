//! One file per command: from arguments to a call of the core, and from its answer to words.

pub(crate) mod doctor;
pub(crate) mod export;
pub(crate) mod import;
pub(crate) mod search;
pub(crate) mod sync;
