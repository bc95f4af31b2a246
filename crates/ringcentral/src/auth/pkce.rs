//! Proof key for code exchange (RFC 7636) and the `state` of an authorization request.
//!
//! Only `S256`: the `plain` method, which RingCentral would take as well, protects nothing.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

/// The secret half of a proof key.
#[derive(Debug)]
pub(super) struct Verifier(SecretString);

impl Verifier {
    pub(super) fn random() -> Self {
        Self(random_text().into())
    }

    pub(super) fn secret(&self) -> &SecretString {
        &self.0
    }

    /// What the authorization request shows of it.
    pub(super) fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.0.expose_secret().as_bytes()))
    }
}

/// 256 random bits as 43 characters that need no escaping.
pub(super) fn random_text() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_that_of_the_rfcs_example() {
        let verifier = Verifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned().into());
        assert_eq!(
            verifier.challenge(),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    #[test]
    fn random_texts_have_the_length_the_rfc_asks_for_and_differ() {
        let (one, other) = (random_text(), random_text());
        assert_eq!(one.len(), 43);
        assert_ne!(one, other);
    }
}
