//! The text of tokens: opaque to clients, checkable by the server, so that a token cut off in a file is told apart from
//! one that was revoked (OAU-149, OAU-129, OAU-213).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::RngCore;
use sha2::{Digest, Sha256};

const POD: &str = "SIM01P01";

/// What the text of a token says about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Not a token at all.
    Unparsable,
    /// Looks like a token, but its check digits do not fit.
    Corrupted,
    WellFormed,
}

/// A fresh token of the given kind.
pub(crate) fn mint(kind: &str) -> String {
    let body = format!("{POD}|{kind}|{}", random_text(24));
    URL_SAFE_NO_PAD.encode(format!("{body}|{}", check(&body)))
}

/// Random URL-safe text of `bytes` random bytes.
pub(crate) fn random_text(bytes: usize) -> String {
    let mut buffer = vec![0u8; bytes];
    rand::rng().fill_bytes(&mut buffer);
    URL_SAFE_NO_PAD.encode(buffer)
}

pub(crate) fn form(token: &str) -> Form {
    let text = URL_SAFE_NO_PAD
        .decode(token)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok());
    match text.as_deref().and_then(|text| text.rsplit_once('|')) {
        Some((body, digits)) if body.starts_with(POD) => {
            if check(body) == digits {
                Form::WellFormed
            } else {
                Form::Corrupted
            }
        }
        _ => Form::Unparsable,
    }
}

fn check(body: &str) -> String {
    Sha256::digest(body)
        .iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_token_is_told_apart_from_an_unknown_one() {
        let token = mint("A");
        assert_eq!(form(&token), Form::WellFormed);
        assert_eq!(form("garbage"), Form::Unparsable);
        let damaged = URL_SAFE_NO_PAD.encode(format!("{POD}|A|tampered|00000000"));
        assert_eq!(form(&damaged), Form::Corrupted);
    }
}
