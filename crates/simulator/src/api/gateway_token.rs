//! Tokens for opening a WebSocket.

use jiff::SignedDuration;
use serde_json::json;

use super::call::Call;
use super::error::ApiResult;
use super::reply::Reply;
use crate::oauth::session::later;
use crate::oauth::{GatewayToken, token_text};

/// `POST /restapi/oauth/wstoken`: a token that opens one connection and is then used up.
pub(crate) fn issue(call: &Call<'_>) -> ApiResult {
    let life_seconds = call.sim.gateway.settings().token_life_seconds;
    let text = token_text::mint("W");
    let token = GatewayToken {
        session_id: call.caller.session_id.clone(),
        expires_at: later(call.now, SignedDuration::from_secs(life_seconds)),
    };
    let mut oauth = call.sim.oauth();
    oauth
        .gateway_tokens
        .retain(|_, known| known.expires_at > call.now);
    oauth.gateway_tokens.insert(text.clone(), token);
    Ok(Reply::json(&json!({
        "uri": call.sim.gateway_url(),
        "ws_access_token": text,
        "expires_in": life_seconds,
    })))
}
