//! OpenID Connect identity tokens, signed with the application's secret (HS256).
//!
//! RS256 is advertised by the vendor as well; no token here is signed with it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::Sha256;

use super::{Person, token_text};

/// What the token says beside the person.
#[derive(Debug)]
pub(super) struct Claims<'a> {
    pub(super) issuer: &'a str,
    pub(super) client_id: &'a str,
    pub(super) nonce: Option<&'a str>,
    pub(super) account_id: &'a str,
    pub(super) now: Timestamp,
}

pub(super) fn sign(claims: &Claims<'_>, person: &Person, secret: &str) -> String {
    let (given, family) = person.name.split_once(' ').unwrap_or((&person.name, ""));
    let body = json!({
        "iss": claims.issuer,
        "aud": claims.client_id,
        "sub": person.extension_id.to_string(),
        "iat": claims.now.as_second(),
        "auth_time": claims.now.as_second(),
        "exp": claims.now.as_second() + 3_600,
        "jti": token_text::random_text(12),
        "nonce": claims.nonce,
        "account_id": claims.account_id,
        "email": person.email,
        "email_verified": true,
        "given_name": given,
        "family_name": family,
    });
    let unsigned = format!("{}.{}", part(&json!({"alg": "HS256", "typ": "JWT"})), part(&body));
    format!(
        "{unsigned}.{}",
        URL_SAFE_NO_PAD.encode(hs256(secret.as_bytes(), unsigned.as_bytes()))
    )
}

/// A credential in the shape of a JWT: only the simulator that made it accepts it, by comparing the text.
pub(crate) fn credential(extension_id: &str, account_id: &str, key: &str) -> String {
    let header = json!({"alg": "HS256", "typ": "JWT", "kid": "simulator"});
    let body = json!({
        "iss": "switchboard-simulator",
        "sub": extension_id,
        "account_id": account_id,
        "jti": format!("credential-{extension_id}"),
    });
    let unsigned = format!("{}.{}", part(&header), part(&body));
    format!(
        "{unsigned}.{}",
        URL_SAFE_NO_PAD.encode(hs256(key.as_bytes(), unsigned.as_bytes()))
    )
}

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

fn hs256(key: &[u8], message: &[u8]) -> Vec<u8> {
    // HMAC takes keys of any length, so making one cannot fail; an empty signature would simply not verify.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        return Vec::new();
    };
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}
