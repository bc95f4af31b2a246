//! Who asks: reads the access token and says in RingCentral's words why it opens nothing.

use jiff::Timestamp;

use super::call::Caller;
use super::error::ApiError;
use super::request::{Request, Via};
use crate::oauth::session::{Refusal, Session};
use crate::simulation::Simulation;

/// The caller of a request. Over the WebSocket gateway that is whoever opened the connection.
pub(crate) fn caller(sim: &Simulation, request: &Request, now: Timestamp) -> Result<Caller, ApiError> {
    if let Via::Gateway(number) = request.via {
        let session_id = sim.gateway.session_of(number).ok_or_else(not_found)?;
        let oauth = sim.oauth();
        return oauth
            .sessions
            .get(&session_id)
            .map(of_session)
            .ok_or_else(not_found);
    }
    let token = match request.authorization() {
        // Clients write "Bearer" and "bearer"; the scheme is case-insensitive (RFC 9110 section 11.1).
        Some((scheme, token)) if scheme == "bearer" && !token.is_empty() => token,
        Some((scheme, _)) if scheme == "basic" => {
            return Err(ApiError::unauthorized(
                "OAU-151",
                "TokenInvalid",
                "Authorization method not supported",
            ));
        }
        Some(_) => {
            return Err(ApiError::unauthorized(
                "AGW-402",
                "AGW-402",
                "Invalid Authorization header",
            ));
        }
        None => match request.query.one("access_token") {
            Some(token) if request.via == Via::Media => token.to_owned(),
            _ => {
                return Err(ApiError::unauthorized(
                    "AGW-401",
                    "AGW-401",
                    "Authorization header is not specified",
                ));
            }
        },
    };
    sim.oauth()
        .sessions
        .use_access_token(&token, now)
        .map(|session| of_session(&session))
        .map_err(|refusal| match refusal {
            Refusal::Unparsable => {
                ApiError::unauthorized("OAU-149", "TokenInvalid", "OAuth token is invalid")
            }
            Refusal::Corrupted => ApiError::unauthorized("OAU-129", "TokenInvalid", "Access token corrupted"),
            Refusal::Expired => ApiError::unauthorized("OAU-128", "TokenExpired", "Access token expired"),
            Refusal::NotFound => not_found(),
        })
}

fn not_found() -> ApiError {
    ApiError::unauthorized("OAU-213", "TokenInvalid", "Token not found")
}

fn of_session(session: &Session) -> Caller {
    Caller {
        session_id: session.id.clone(),
        client_id: session.client_id.clone(),
        extension_id: session.extension_id,
        permissions: session.permissions.clone(),
    }
}
