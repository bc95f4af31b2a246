//! The authorize endpoint: checks the request, shows the consent page, and sends the browser back with a code.
//!
//! Anything wrong with the client or the redirect address is answered here and never redirected, so that the page cannot
//! be used to send a browser elsewhere.

use axum::http::{StatusCode, header};
use jiff::SignedDuration;
use url::Url;

use super::error::{MissingField, OAuthError};
use super::pkce::Challenge;
use super::session::later;
use super::{IssuedCode, OAuth, consent, token_text};
use crate::api::reply::Reply;
use crate::api::request::{Query, Request};
use crate::simulation::Simulation;

const CODE_LIFE_SECONDS: i64 = 60;

/// What an authorize request asks for, once it is known to be well-formed.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    pub(super) client_id: &'a str,
    pub(super) redirect_uri: String,
    pub(super) state: Option<&'a str>,
    pub(super) challenge: Option<Challenge>,
}

/// `GET|POST /restapi/oauth/authorize`. A POST with a `decision` is the consent form coming back.
pub(crate) fn authorize(sim: &Simulation, request: &Request) -> Reply {
    let is_form = request.method == axum::http::Method::POST && !request.body.is_empty();
    let fields = if is_form {
        request.form()
    } else {
        request.query.clone()
    };
    let mut oauth = sim.oauth();
    let asked = match read(&oauth, &fields) {
        Ok(asked) => asked,
        Err(refused) => return refused,
    };
    match fields.one("decision") {
        Some("allow") => allow(sim, &mut oauth, &fields, &asked),
        Some(_) => send_back(
            &asked,
            &[
                ("error", "access_denied"),
                ("error_description", "The resource owner denied the request"),
            ],
        ),
        None => consent::page(&oauth, &fields, &asked),
    }
}

fn read<'a>(oauth: &OAuth, fields: &'a Query) -> Result<Asked<'a>, Reply> {
    let missing = |name: &'static str| MissingField::into_reply(OAuthError::missing(name));
    let client_id = fields.one("client_id").ok_or_else(|| missing("client_id"))?;
    let client = oauth
        .client(client_id)
        .ok_or_else(|| OAuthError::INVALID_CLIENT.into_reply())?;
    let redirect_uri = match (fields.one("redirect_uri"), client.redirect_uris.as_slice()) {
        (Some(address), _) if client.accepts_redirect(address) => address.to_owned(),
        (Some(_), _) => return Err(OAuthError::REDIRECT_MISMATCH.into_reply()),
        (None, [only]) => only.clone(),
        (None, _) => return Err(missing("redirect_uri")),
    };
    let mut asked = Asked {
        client_id,
        redirect_uri,
        state: fields.one("state"),
        challenge: None,
    };
    match fields.one("response_type") {
        Some("code") => {}
        Some(_) => return Err(send_back(&asked, &[("error", "unsupported_response_type")])),
        None => return Err(send_back(&asked, &[("error", "invalid_request")])),
    }
    if let Some(challenge) = fields.one("code_challenge") {
        let read = Challenge::read(challenge, fields.one("code_challenge_method"));
        let Some(challenge) = read else {
            return Err(send_back(
                &asked,
                &[
                    ("error", "invalid_request"),
                    ("error_description", "Code challenge cannot be accepted"),
                ],
            ));
        };
        asked.challenge = Some(challenge);
    }
    Ok(asked)
}

fn allow(sim: &Simulation, oauth: &mut OAuth, fields: &Query, asked: &Asked<'_>) -> Reply {
    let chosen = fields.one("person").and_then(|id| id.parse().ok());
    let Some(person) = chosen.and_then(|id| oauth.person(id)) else {
        return MissingField::into_reply(OAuthError::missing("person"));
    };
    let code = IssuedCode {
        client_id: asked.client_id.to_owned(),
        extension_id: person.extension_id,
        redirect_uri: asked.redirect_uri.clone(),
        challenge: asked.challenge.clone(),
        nonce: fields.one("nonce").map(str::to_owned),
        asks_identity: fields
            .one("scope")
            .is_some_and(|scope| scope.split(' ').any(|s| s == "openid")),
        expires_at: later(sim.now(), SignedDuration::from_secs(CODE_LIFE_SECONDS)),
        redeemed_as: None,
    };
    let text = token_text::mint("C");
    oauth.codes.insert(text.clone(), code);
    send_back(
        asked,
        &[("code", &text), ("expires_in", &CODE_LIFE_SECONDS.to_string())],
    )
}

/// Redirects with `results` and the caller's own `state`.
fn send_back(asked: &Asked<'_>, results: &[(&str, &str)]) -> Reply {
    let Ok(mut address) = Url::parse(&asked.redirect_uri) else {
        return OAuthError::REDIRECT_MISMATCH.into_reply();
    };
    {
        let mut query = address.query_pairs_mut();
        query.extend_pairs(results);
        if let Some(state) = asked.state {
            query.append_pair("state", state);
        }
    }
    Reply::empty(StatusCode::FOUND)
        .header(header::LOCATION, address.as_str())
        .header(header::CACHE_CONTROL, "no-store")
}
