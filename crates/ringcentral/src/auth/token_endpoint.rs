//! The requests to `/restapi/oauth/token` and `/restapi/oauth/revoke`.
//!
//! A public client names itself in the body and sends no `Authorization`; a confidential one sends HTTP Basic
//! (developers.ringcentral.com/guide/authentication/auth-code-pkce-flow). Nothing is tried again here.

use secrecy::{ExposeSecret, SecretString};

use super::{Tokens, loopback::AuthorizationCode, tokens::WireTokens};
use crate::{
    api::operations::{GET_TOKEN, Operation, REVOKE_TOKEN},
    client::{Answer, Transport},
    clock::Clock,
    error::Error,
    rate_limit::Priority,
};

/// What is exchanged for tokens.
pub(super) enum Grant<'a> {
    Code(&'a AuthorizationCode),
    Jwt(&'a SecretString),
    Refresh(&'a Tokens, &'a SecretString),
}

pub(super) async fn request_tokens(
    transport: &Transport,
    clock: &dyn Clock,
    grant: Grant<'_>,
) -> Result<Tokens, Error> {
    let mut form: Vec<(&str, &str)> = Vec::new();
    match &grant {
        Grant::Code(code) => {
            form.push(("grant_type", "authorization_code"));
            form.push(("code", code.code.expose_secret()));
            form.push(("redirect_uri", &code.redirect_uri));
            form.push(("code_verifier", code.verifier.secret().expose_secret()));
        }
        Grant::Jwt(jwt) => {
            form.push(("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"));
            form.push(("assertion", jwt.expose_secret()));
        }
        Grant::Refresh(tokens, refresh_token) => {
            form.push(("grant_type", "refresh_token"));
            form.push(("refresh_token", refresh_token.expose_secret()));
            if let Some(endpoint_id) = &tokens.endpoint_id {
                form.push(("endpoint_id", endpoint_id));
            }
        }
    }
    let answer = post_form(transport, &GET_TOKEN, form).await?;
    if !answer.is_success() {
        return Err(answer.into_error());
    }
    let wire: WireTokens = answer.json()?;
    Ok(wire.issued_at(clock.now()))
}

pub(super) async fn revoke(transport: &Transport, token: &SecretString) -> Result<(), Error> {
    let answer = post_form(transport, &REVOKE_TOKEN, vec![("token", token.expose_secret())]).await?;
    if answer.is_success() {
        Ok(())
    } else {
        Err(answer.into_error())
    }
}

async fn post_form<'a>(
    transport: &'a Transport,
    operation: &'static Operation,
    mut form: Vec<(&'a str, &'a str)>,
) -> Result<Answer, Error> {
    let config = transport.config();
    let mut request = transport.request(operation, transport.url(operation.path)?);
    match &config.client_secret {
        Some(secret) => request = request.basic_auth(&config.client_id, Some(secret.expose_secret())),
        None => form.push(("client_id", &config.client_id)),
    }
    // Signing in is what everything else waits for.
    transport.acquire(operation, Priority::Interactive).await?;
    transport.send(operation, request.form(&form)).await
}
