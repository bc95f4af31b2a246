//! A WebSocket client of a few lines.

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::support::Lab;

/// An open connection, after ConnectionDetails.
pub(crate) struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub(crate) details: Value,
    pub(crate) wsc: String,
    last_request: u32,
    waiting: Vec<Value>,
}

impl Socket {
    pub(crate) async fn open(lab: &Lab, token: &str, wsc: Option<&str>) -> Self {
        let address = Self::address(lab, token).await;
        let recovery = wsc.map(|wsc| format!("&wsc={wsc}")).unwrap_or_default();
        let (stream, _) = connect_async(format!("{address}{recovery}")).await.unwrap();
        let mut socket = Self {
            stream,
            details: Value::Null,
            wsc: String::new(),
            last_request: 0,
            waiting: Vec::new(),
        };
        let frame = socket.frame().await.unwrap();
        assert_eq!(frame[0]["type"], "ConnectionDetails", "{frame}");
        socket.details = frame[1].clone();
        socket
    }

    /// A fresh address with its single-use token.
    pub(crate) async fn address(lab: &Lab, token: &str) -> String {
        let got = lab
            .request(reqwest::Method::POST, token, "/restapi/oauth/wstoken", None)
            .await;
        assert_eq!(got.status, 200, "{got:?}");
        let (uri, token) = (
            got.body["uri"].as_str().unwrap(),
            got.body["ws_access_token"].as_str().unwrap(),
        );
        format!("{uri}?access_token={token}")
    }

    /// The next frame; `None` when the server has closed.
    pub(crate) async fn frame(&mut self) -> Option<Value> {
        loop {
            match self.stream.next().await {
                Some(Ok(Message::Text(text))) => {
                    let frame: Value = serde_json::from_str(text.as_str()).unwrap();
                    if let Some(wsc) = frame[0]["wsc"]["token"].as_str() {
                        self.wsc = wsc.to_owned();
                    }
                    return Some(frame);
                }
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                Some(Ok(_)) => {}
            }
        }
    }

    pub(crate) async fn send(&mut self, frame: Value) {
        self.stream.send(Message::text(frame.to_string())).await.unwrap();
    }

    /// Sends a request and waits for its answer; notifications that come first are kept.
    pub(crate) async fn request(&mut self, method: &str, path: &str, body: Option<Value>) -> (u64, Value) {
        self.last_request += 1;
        let id = format!("request-{}", self.last_request);
        let meta = json!({"type": "ClientRequest", "messageId": id, "method": method, "path": path});
        self.send(json!([meta, body])).await;
        loop {
            let frame = self.frame().await.expect("an answer");
            if frame[0]["messageId"] == json!(id) {
                assert_eq!(frame[0]["type"], "ClientRequest");
                return (frame[0]["status"].as_u64().unwrap(), frame[1].clone());
            }
            self.waiting.push(frame);
        }
    }

    pub(crate) async fn subscribe(&mut self, filters: &[&str]) -> Value {
        let body = json!({"eventFilters": filters, "deliveryMode": {"transportType": "WebSocket"}});
        let (status, body) = self
            .request("POST", "/restapi/v1.0/subscription", Some(body))
            .await;
        assert_eq!(status, 200, "{body}");
        body
    }

    /// The next notification's body-with-envelope.
    pub(crate) async fn notification(&mut self) -> Value {
        let frame = match self.waiting.is_empty() {
            false => self.waiting.remove(0),
            true => self.frame().await.expect("a notification"),
        };
        assert_eq!(frame[0]["type"], "ServerNotification", "{frame}");
        frame[1].clone()
    }

    /// Everything that has come by the time the server answers a heartbeat.
    pub(crate) async fn notifications_so_far(&mut self) -> Vec<Value> {
        self.send(json!([{"type": "Heartbeat", "messageId": "beat"}]))
            .await;
        let mut come: Vec<Value> = std::mem::take(&mut self.waiting)
            .into_iter()
            .map(|frame| frame[1].clone())
            .collect();
        loop {
            let frame = self.frame().await.expect("an echo");
            if frame[0]["type"] == "Heartbeat" {
                assert_eq!(frame[0]["messageId"], "beat");
                return come;
            }
            come.push(frame[1].clone());
        }
    }

    /// Drops the socket without a goodbye, as a cut network does.
    pub(crate) fn cut(self) {
        drop(self.stream);
    }
}
