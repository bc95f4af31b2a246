//! OpenID Connect discovery, key set and user info.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::api::Call;
use crate::api::error::{ApiError, ApiResult};
use crate::api::reply::Reply;
use crate::api::request::Request;
use crate::simulation::Simulation;

/// `GET /.well-known/openid-configuration`.
pub(crate) fn configuration(sim: &Simulation, _request: &Request) -> Reply {
    let base = sim.base_url();
    Reply::json(&json!({
        "issuer": base,
        "authorization_endpoint": format!("{base}/restapi/oauth/authorize"),
        "token_endpoint": format!("{base}/restapi/oauth/token"),
        "revocation_endpoint": format!("{base}/restapi/oauth/revoke"),
        "userinfo_endpoint": format!("{base}/restapi/oauth/userinfo"),
        "jwks_uri": format!("{base}/restapi/oauth/jwks"),
        "scopes_supported": ["openid", "email", "profile"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "userinfo_signing_alg_values_supported": ["none"],
        "id_token_signing_alg_values_supported": ["HS256"],
        "display_values_supported": ["page"],
        "claims_supported": [
            "sub", "iss", "auth_time", "aud", "exp", "iat", "jti", "nonce", "account_id", "email",
            "email_verified", "given_name", "family_name"
        ],
        "ui_locales_supported": ["en-US"],
        "code_challenge_methods_supported": ["plain", "S256"],
        "claims_parameter_supported": false,
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
    }))
}

/// `GET /restapi/oauth/jwks`. The key has the right shape and belongs to nobody: identity tokens are signed with HS256.
pub(crate) fn key_set(_sim: &Simulation, _request: &Request) -> Reply {
    let modulus: Vec<u8> = (0u8..8)
        .flat_map(|block| Sha256::digest([b'k', b'e', b'y', block]))
        .collect();
    Reply::json(&json!({"keys": [{
        "kty": "RSA",
        "alg": "RS256",
        "use": "sig",
        "kid": "simulator-1",
        "n": URL_SAFE_NO_PAD.encode(modulus),
        "e": "AQAB",
    }]}))
}

/// `GET /restapi/oauth/userinfo`.
pub(crate) fn user_info(call: &Call<'_>) -> ApiResult {
    let oauth = call.sim.oauth();
    let person = oauth
        .person(call.caller.extension_id)
        .ok_or_else(|| ApiError::not_found("extensionId"))?;
    let (given, family) = person.name.split_once(' ').unwrap_or((&person.name, ""));
    Ok(Reply::json(&json!({
        "sub": person.extension_id.to_string(),
        "email": person.email,
        "email_verified": true,
        "account_id": call.sim.account_id().to_string(),
        "given_name": given,
        "family_name": family,
    })))
}
