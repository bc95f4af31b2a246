//! What a search brings.

use crate::communication::Communication;
use crate::contact::{Contact, NumberLabel};
use serde::{Deserialize, Serialize};

/// Text with the part that was searched for set apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snippet {
    pub parts: Vec<SnippetPart>,
}

/// A run of a [`Snippet`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnippetPart {
    pub text: String,
    pub is_hit: bool,
}

/// A communication that was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CommunicationHit {
    pub item: Communication,
    pub snippet: Snippet,
}

/// A contact that was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContactHit {
    pub contact: Contact,
    /// The number that was hit, if it was a number.
    pub number_label: Option<NumberLabel>,
}

/// Contacts first, then communications, newest and best first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SearchResults {
    pub contacts: Vec<ContactHit>,
    pub communications: Vec<CommunicationHit>,
    /// There is more than the limit allowed.
    pub is_cut: bool,
}
