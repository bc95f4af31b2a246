//! Opening the socket: a fresh token, the address, TLS.
//!
//! A token is good for one connection and for half a minute, so each connection asks for its own.

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use tokio::net::TcpStream;
use tokio_tungstenite::{
    Connector, MaybeTlsStream, WebSocketStream, connect_async_tls_with_config,
    tungstenite::{self, client::IntoClientRequest, http::HeaderValue, protocol::WebSocketConfig},
};
use url::Url;

use super::frame::RecoveryPoint;
use crate::{
    Client, api::operations::AUTH_WS_TOKEN, client::Request, config::is_loopback, error::Error,
    rate_limit::Priority, tls,
};

pub(super) type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// The largest message that is read; real ones are a few kilobytes.
const MAX_MESSAGE_BYTES: usize = 16 * 1024 * 1024;

#[derive(Deserialize)]
struct WsToken {
    uri: String,
    ws_access_token: String,
}

/// Connects, taking the earlier session up at `recovery` if there is one.
pub(super) async fn connect(client: &Client, recovery: Option<&RecoveryPoint>) -> Result<Socket, Error> {
    let token: WsToken = Request::new(&AUTH_WS_TOKEN, &[], Priority::Event)
        .read(client)
        .await?;
    let address = address(&token.uri, &token.ws_access_token.into(), recovery)?;
    let failed = |source: crate::error::Cause| Error::Network {
        operation: "WebSocket",
        may_have_arrived: false,
        source,
    };
    // The library's errors can quote the address, which holds the token.
    let request_error = |_| Error::Configuration("the event gateway's address cannot be used".to_owned());
    let mut request = address
        .expose_secret()
        .into_client_request()
        .map_err(request_error)?;
    if let Ok(user_agent) = HeaderValue::from_str(&client.config().user_agent) {
        request.headers_mut().insert("User-Agent", user_agent);
    }
    let connector = match request.uri().scheme_str() {
        Some("wss") => Connector::Rustls(tls::client_config()?),
        _ => Connector::Plain,
    };
    let config = WebSocketConfig::default()
        .max_message_size(Some(MAX_MESSAGE_BYTES))
        .max_frame_size(Some(MAX_MESSAGE_BYTES));
    let connecting = connect_async_tls_with_config(request, Some(config), true, Some(connector));
    let in_time = tokio::time::timeout(client.config().connect_timeout, connecting);
    match in_time.await {
        Ok(Ok((socket, _))) => Ok(socket),
        Ok(Err(tungstenite::Error::Http(answer))) => {
            Err(failed(format!("the gateway answered {}", answer.status()).into()))
        }
        Ok(Err(error)) => Err(failed(error.to_string().into())),
        Err(_) => Err(Error::Timeout {
            operation: "WebSocket",
        }),
    }
}

/// Puts the address together. It holds a token, so it is a secret.
fn address(uri: &str, token: &SecretString, recovery: Option<&RecoveryPoint>) -> Result<SecretString, Error> {
    let unusable = || Error::UntrustedHost {
        host: "the event gateway's address".to_owned(),
    };
    let mut url = Url::parse(uri).map_err(|_| unusable())?;
    if url.scheme() != "wss" && !(url.scheme() == "ws" && is_loopback(&url)) {
        return Err(unusable());
    }
    url.query_pairs_mut()
        .append_pair("access_token", token.expose_secret());
    if let Some(recovery) = recovery {
        url.query_pairs_mut().append_pair("wsc", &recovery.token);
    }
    Ok(String::from(url).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_never_sent_unencrypted_to_another_machine() {
        let token = SecretString::from("t");
        assert!(address("ws://platform.ringcentral.com/ws", &token, None).is_err());
        assert!(address("http://127.0.0.1/ws", &token, None).is_err());
        assert!(address("ws://127.0.0.1:9/ws", &token, None).is_ok());
        let point = RecoveryPoint {
            token: "w&c".to_owned(),
            sequence: 1,
        };
        let address = address("wss://gateway.example/ws", &token, Some(&point)).unwrap();
        assert_eq!(
            address.expose_secret(),
            "wss://gateway.example/ws?access_token=t&wsc=w%26c"
        );
    }
}
