//! Which contact a number belongs to, and why.

use crate::contact::{ContactRef, NumberLabel};
use crate::phone_number::PhoneNumber;
use serde::{Deserialize, Serialize};

/// Why a candidate was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum MatchReason {
    /// A person said once that this number is this contact.
    RememberedChoice,
    /// The contact has exactly this number (E.164).
    SameNumber,
    /// The internal extension of a team member or queue.
    Extension,
}

/// Why nobody was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoMatchReason {
    /// No contact has the number.
    UnknownNumber,
    /// The caller hides the number.
    Withheld,
    /// Short codes and service numbers belong to no person.
    ShortNumber,
    /// Not a telephone number at all.
    Malformed,
}

/// One contact that a number may belong to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatchCandidate {
    pub contact: ContactRef,
    /// Which of the contact's numbers it is.
    pub label: Option<NumberLabel>,
    pub reason: MatchReason,
}

/// The answer to "why did it match?".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatchExplanation {
    pub number: Option<PhoneNumber>,
    /// Best first; the first one is the one used. Empty when nobody matches.
    pub candidates: Vec<MatchCandidate>,
    /// Set when `candidates` is empty.
    pub no_match: Option<NoMatchReason>,
    /// One plain sentence: `Mobile of Maria Lopez; also matches 2 others`.
    pub sentence: String,
}
