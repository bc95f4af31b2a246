//! The token and revocation endpoints.

use axum::http::{HeaderValue, StatusCode, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::client::Client;
use super::error::{MissingField, OAuthError};
use super::id_token;
use super::session::{ABSOLUTE_LIFE, Lifetimes, Session, later};
use super::{IssuedCode, OAuth};
use crate::api::reply::Reply;
use crate::api::request::{Query, Request};
use crate::api::throttle;
use crate::rate_limit::Group;
use crate::simulation::Simulation;
use crate::world::ids::ExtensionId;

const JWT_BEARER: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// `POST /restapi/oauth/token`.
pub(crate) fn token(sim: &Simulation, request: &Request) -> Reply {
    if !is_form(request) {
        return OAuthError::MEDIA_TYPE.into_reply();
    }
    let form = request.form();
    let mut oauth = sim.oauth();
    let (client, has_shown_secret) = match authenticate(&oauth, request, &form) {
        Ok((client, has_shown_secret)) => (client.clone(), has_shown_secret),
        Err(error) => return error.into_reply(),
    };
    let now = sim.now();
    // The budget of the Auth group is per user and application, so it is counted once the user is known.
    let spend = |user: &str| throttle::spend(sim, user, &client.id, Group::Auth, now);
    let lifetimes = Lifetimes::requested(ttl(&form, "access_token_ttl"), ttl(&form, "refresh_token_ttl"));
    let granted = match form.one("grant_type") {
        Some("authorization_code") => {
            let Some(text) = form.one("code") else {
                return missing("code");
            };
            let user = oauth.codes.get(text).map(|code| code.extension_id.to_string());
            match spend(user.as_deref().unwrap_or_default()) {
                Err(refused) => return *refused,
                Ok(standing) => {
                    let by = (&client, has_shown_secret);
                    redeem(&mut oauth, by, text, &form, lifetimes, now).map(|s| (s, standing))
                }
            }
        }
        Some("refresh_token") => {
            let Some(text) = form.one("refresh_token") else {
                return missing("refresh_token");
            };
            let refreshed = oauth.sessions.refresh(text, &client.id, lifetimes, now);
            let user = refreshed
                .as_ref()
                .map(|s| s.extension_id.to_string())
                .unwrap_or_default();
            match spend(&user) {
                Err(refused) => return *refused,
                Ok(standing) => refreshed.map(|session| (Granted::of(session), standing)),
            }
        }
        Some(JWT_BEARER | "partner_jwt") => {
            let Some(jwt) = form.one("assertion") else {
                return missing("assertion");
            };
            let Some(person) = oauth.people.iter().find(|person| person.jwt == jwt).cloned() else {
                return OAuthError::ASSERTION_UNKNOWN.into_reply();
            };
            match spend(&person.extension_id.to_string()) {
                Err(refused) => return *refused,
                Ok(standing) => {
                    let endpoint = form.one("endpoint_id").map(str::to_owned);
                    let session = oauth
                        .sessions
                        .open(&client, person.extension_id, endpoint, lifetimes, now);
                    Ok((Granted::of(session), standing))
                }
            }
        }
        // An application of its own, without a user, is not something RingCentral signs in.
        Some("client_credentials" | "password") => Err(OAuthError::UNAUTHORIZED_GRANT),
        Some(_) => Err(OAuthError::UNSUPPORTED_GRANT),
        None => return missing("grant_type"),
    };
    match granted {
        Ok((granted, standing)) => {
            let body = token_info(sim, &oauth, &client, &granted, now);
            let reply = Reply::json(&body)
                .header(header::CACHE_CONTROL, "no-store")
                .header(header::PRAGMA, "no-cache");
            throttle::with_headers(reply, standing)
        }
        Err(error) => error.into_reply(),
    }
}

/// `POST /restapi/oauth/revoke`: ends the whole session; an unknown token is no error (RFC 7009).
pub(crate) fn revoke(sim: &Simulation, request: &Request) -> Reply {
    let form = request.form();
    let Some(text) = form.one("token").or_else(|| request.query.one("token")) else {
        return missing("token");
    };
    let mut oauth = sim.oauth();
    if let Err(error) = authenticate(&oauth, request, &form) {
        return error.into_reply();
    }
    let ended = oauth.sessions.revoke(text);
    tracing::debug!(ended, "token revoked");
    Reply::empty(StatusCode::OK)
}

struct Granted {
    session: Session,
    nonce: Option<String>,
    asks_identity: bool,
}

impl Granted {
    fn of(session: Session) -> Self {
        Self {
            session,
            nonce: None,
            asks_identity: false,
        }
    }
}

fn redeem(
    oauth: &mut OAuth,
    (client, has_shown_secret): (&Client, bool),
    text: &str,
    form: &Query,
    lifetimes: Lifetimes,
    now: Timestamp,
) -> Result<Granted, OAuthError> {
    let code: IssuedCode = oauth.codes.get(text).cloned().ok_or(OAuthError::CODE_UNKNOWN)?;
    if let Some(session_id) = &code.redeemed_as {
        oauth.sessions.end(session_id);
        return Err(OAuthError::CODE_USED);
    }
    if code.client_id != client.id {
        return Err(OAuthError::INVALID_CLIENT);
    }
    if now >= code.expires_at {
        return Err(OAuthError::CODE_EXPIRED);
    }
    if form
        .one("redirect_uri")
        .is_some_and(|given| given != code.redirect_uri)
    {
        return Err(OAuthError::REDIRECT_MISMATCH);
    }
    let verified = match (&code.challenge, form.one("code_verifier")) {
        (Some(challenge), Some(verifier)) => challenge.is_met_by(verifier),
        (Some(_), None) => false,
        // Without a secret only PKCE shows that the one redeeming is the one who asked.
        (None, _) => has_shown_secret,
    };
    if !verified {
        return Err(OAuthError::VERIFIER_MISMATCH);
    }
    let endpoint = form.one("endpoint_id").map(str::to_owned);
    let session = oauth
        .sessions
        .open(client, ExtensionId(code.extension_id.0), endpoint, lifetimes, now);
    if let Some(issued) = oauth.codes.get_mut(text) {
        issued.redeemed_as = Some(session.id.clone());
    }
    Ok(Granted {
        session,
        nonce: code.nonce,
        asks_identity: code.asks_identity,
    })
}

/// Basic authentication for an application with a secret; `client_id` in the body for a public one. Says whether the
/// secret was shown.
fn authenticate<'a>(
    oauth: &'a OAuth,
    request: &Request,
    form: &Query,
) -> Result<(&'a Client, bool), OAuthError> {
    match request.authorization() {
        Some((scheme, encoded)) if scheme == "basic" => {
            let decoded = STANDARD
                .decode(encoded)
                .ok()
                .and_then(|bytes| String::from_utf8(bytes).ok());
            let (id, secret) = decoded
                .as_deref()
                .and_then(|text| text.split_once(':'))
                .ok_or(OAuthError::INVALID_CLIENT)?;
            let client = oauth.client(id).ok_or(OAuthError::INVALID_CLIENT)?;
            if client.secret == secret {
                Ok((client, true))
            } else {
                Err(OAuthError::INVALID_CLIENT)
            }
        }
        Some(_) => Err(OAuthError::INVALID_CLIENT),
        None => {
            let id = form.one("client_id").ok_or(OAuthError::INVALID_CLIENT)?;
            let client = oauth.client(id).ok_or(OAuthError::INVALID_CLIENT)?;
            if client.requires_secret {
                Err(OAuthError::INVALID_CLIENT)
            } else {
                Ok((client, false))
            }
        }
    }
}

fn token_info(sim: &Simulation, oauth: &OAuth, client: &Client, granted: &Granted, now: Timestamp) -> Value {
    let session = &granted.session;
    let left = |until: Timestamp| until.duration_since(now).as_secs().max(0);
    let ends_at = later(session.created_at, ABSOLUTE_LIFE);
    let mut body = json!({
        "access_token": session.access.text,
        "token_type": "bearer",
        "expires_in": left(session.access.expires_at),
        "scope": session.permissions.join(" "),
        "owner_id": session.extension_id.to_string(),
        "endpoint_id": session.endpoint_id,
        "session_id": session.id,
        "session_expires_in": left(ends_at),
        "session_expiration_time": ends_at.to_string(),
    });
    let Value::Object(fields) = &mut body else {
        return body;
    };
    if let Some(refresh) = &session.refresh {
        fields.insert("refresh_token".into(), json!(refresh.text));
        fields.insert("refresh_token_expires_in".into(), json!(left(refresh.expires_at)));
        // A session nobody refreshes in this time is over.
        fields.insert("session_idle_timeout".into(), json!(left(refresh.expires_at)));
    }
    if granted.asks_identity
        && let Some(person) = oauth.person(session.extension_id)
    {
        let claims = id_token::Claims {
            issuer: sim.base_url(),
            client_id: &client.id,
            nonce: granted.nonce.as_deref(),
            account_id: &sim.account_id().to_string(),
            now,
        };
        fields.insert(
            "id_token".into(),
            json!(id_token::sign(&claims, person, &client.secret)),
        );
    }
    body
}

fn ttl(form: &Query, name: &str) -> Option<i64> {
    form.one(name)?.parse().ok()
}

fn is_form(request: &Request) -> bool {
    let given = request
        .headers
        .get(header::CONTENT_TYPE)
        .map(HeaderValue::as_bytes);
    given.is_some_and(|kind| {
        kind.to_ascii_lowercase()
            .starts_with(b"application/x-www-form-urlencoded")
    })
}

fn missing(name: &'static str) -> Reply {
    MissingField::into_reply(OAuthError::missing(name))
}
