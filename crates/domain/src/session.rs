//! Who is signed in, to what.

use serde::{Deserialize, Serialize};

/// The signed-in person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    pub name: String,
    pub extension: String,
    pub company: String,
    /// The direct number, formatted.
    pub direct_number: Option<String>,
    /// Signed in to the demo company, not to a real account.
    pub is_demo: bool,
    pub server: String,
}

/// Whether somebody is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SessionState {
    SignedOut,
    /// The system browser is open and we wait for the person to come back.
    WaitingForBrowser,
    SigningIn,
    SignedIn(SignedIn),
    /// The stored sign-in no longer works; what is on this computer can still be read.
    SignInAgain {
        was: SignedIn,
        reason: String,
    },
}

/// Where the sign-in is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeychainState {
    Available,
    /// Kept in memory only; the person must sign in again at the next start. `reason` is plain language.
    MemoryOnly {
        reason: String,
    },
}

/// Which RingCentral application signs in, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Server {
    /// `https://platform.ringcentral.com` unless the account lives elsewhere.
    pub base_url: String,
    pub client_id: String,
    /// Only for confidential applications; never stored outside the keychain.
    pub client_secret: Option<String>,
}
