//! The world as RingCentral writes it in JSON: field names, identifier types, absolute links.
//!
//! Nothing here decides who may see what, nor which records belong into a response.

pub(crate) mod call;
pub(crate) mod consent;
pub(crate) mod contact;
pub(crate) mod links;
pub(crate) mod message;
pub(crate) mod person;
pub(crate) mod presence;
pub(crate) mod telephony;

pub(crate) use links::Links;

use jiff::Timestamp;

/// An instant as the vendor writes it: UTC with milliseconds and `Z`.
pub(crate) fn instant(at: Timestamp) -> String {
    format!("{at:.3}")
}
