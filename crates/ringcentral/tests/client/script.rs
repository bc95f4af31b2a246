//! A server that says what a test wrote, byte for byte: for answers that no honest server gives.

use std::sync::{Arc, Mutex};

use switchboard_ringcentral::{
    Client, Config, SystemClock,
    auth::{MemoryTokenStore, TokenStore, Tokens},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::support::quick;

/// A server that plays its answers, each as raw text, one per connection, and keeps what it was asked.
pub(crate) struct Script {
    pub(crate) address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Script {
    pub(crate) async fn play(answers: Vec<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let heads = asked.clone();
        tokio::spawn(async move {
            for answer in answers {
                let (mut stream, _) = listener.accept().await.unwrap();
                let request = read_request(&mut stream).await;
                heads.lock().unwrap().push(request.to_lowercase());
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        });
        Self { address, asked }
    }

    pub(crate) async fn client(&self) -> Client {
        self.client_with(quick(Config::new(self.address.parse().unwrap(), "client")))
            .await
    }

    /// A client that holds a token.
    pub(crate) async fn client_with(&self, config: Config) -> Client {
        let store = MemoryTokenStore::default();
        let tokens = Tokens {
            access_token: "secret".to_owned().into(),
            refresh_token: None,
            issued_at: "2026-03-01T12:00:00Z".parse().unwrap(),
            access_expires_at: "9000-01-01T00:00:00Z".parse().unwrap(),
            refresh_expires_at: None,
            scopes: Vec::new(),
            owner_id: None,
            endpoint_id: None,
        };
        store.save(&tokens).await.unwrap();
        Client::new(config, Arc::new(store), Arc::new(SystemClock)).unwrap()
    }

    pub(crate) fn asked(&self, index: usize) -> String {
        self.asked.lock().unwrap()[index].clone()
    }

    /// How many requests came.
    pub(crate) fn count(&self) -> usize {
        self.asked.lock().unwrap().len()
    }
}

/// Reads to the end of the body: a socket closed with something unread would take the answer with it.
async fn read_request(stream: &mut TcpStream) -> String {
    let mut request = Vec::new();
    let mut chunk = vec![0; 4096];
    loop {
        let count = stream.read(&mut chunk).await.unwrap();
        request.extend_from_slice(&chunk[..count]);
        let text = String::from_utf8_lossy(&request).into_owned();
        let whole = text.split_once("\r\n\r\n").is_some_and(|(head, body)| {
            let promised = head
                .to_lowercase()
                .lines()
                .find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
            body.len() >= promised.unwrap_or(0)
        });
        if whole || count == 0 {
            return text;
        }
    }
}

/// An answer with a JSON body of which `promised` bytes are announced.
pub(crate) fn json_answer(status: &str, headers: &str, promised: usize, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\n{headers}Content-Length: {promised}\r\nConnection: close\r\n\r\n{body}"
    )
}
