//! Proof Key for Code Exchange (RFC 7636), methods `S256` and `plain`.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// What the authorize request committed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Challenge {
    Plain(String),
    S256(String),
}

impl Challenge {
    /// Reads `code_challenge` and `code_challenge_method`; the vendor's default method is `plain`.
    pub(crate) fn read(challenge: &str, method: Option<&str>) -> Option<Self> {
        let well_formed = (43..=128).contains(&challenge.len())
            && challenge
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte));
        match method {
            _ if !well_formed => None,
            None | Some("plain") => Some(Self::Plain(challenge.to_owned())),
            Some("S256") => Some(Self::S256(challenge.to_owned())),
            Some(_) => None,
        }
    }

    pub(crate) fn is_met_by(&self, verifier: &str) -> bool {
        match self {
            Self::Plain(challenge) => challenge == verifier,
            Self::S256(challenge) => *challenge == URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verifier_of_rfc_7636_meets_its_challenge() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        let challenge = Challenge::read("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", Some("S256")).unwrap();
        assert!(challenge.is_met_by(verifier));
        assert!(!challenge.is_met_by("another-verifier-that-is-long-enough-to-be-read"));
    }

    #[test]
    fn unknown_methods_and_short_challenges_are_refused() {
        assert_eq!(Challenge::read("short", Some("S256")), None);
        assert_eq!(Challenge::read(&"a".repeat(43), Some("S512")), None);
    }
}
