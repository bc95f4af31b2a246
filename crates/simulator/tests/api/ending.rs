//! A simulator that is dropped leaves nothing behind that still answers.

use std::io::ErrorKind;
use std::time::Duration;

use simulator::{Effect, Fault};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::socket::Socket;
use crate::support::Lab;

const PATIENCE: Duration = Duration::from_secs(10);

/// A connection that has been used once and is kept alive.
async fn kept_alive(base_url: &str) -> TcpStream {
    let address = base_url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("GET / HTTP/1.1\r\nHost: {address}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut beginning = [0u8; 8];
    stream.read_exact(&mut beginning).await.unwrap();
    assert_eq!(&beginning, b"HTTP/1.1");
    stream
}

async fn is_closed(mut stream: TcpStream) -> bool {
    let mut rest = Vec::new();
    let ended = tokio::time::timeout(PATIENCE, stream.read_to_end(&mut rest)).await;
    match ended {
        Ok(Ok(_)) => true,
        Ok(Err(error)) => error.kind() == ErrorKind::ConnectionReset,
        Err(_) => false,
    }
}

#[tokio::test]
async fn dropping_a_simulator_closes_every_connection() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let kept = [
        kept_alive(&lab.ready.base_url).await,
        kept_alive(&lab.ready.control_url).await,
    ];
    let mut socket = Socket::open(&lab, &token, None).await;
    lab.simulator
        .control()
        .add_fault(Fault::once("readExtension", Effect::Slow { millis: 3_600_000 }));
    let me = lab.url("/restapi/v1.0/account/~/extension/~");
    let waiting = tokio::spawn(lab.http.get(me).bearer_auth(token).send());
    while lab
        .simulator
        .control()
        .requests()
        .iter()
        .all(|one| one.operation != Some("readExtension"))
    {
        tokio::task::yield_now().await;
    }

    let (http, base_url) = (lab.http.clone(), lab.ready.base_url.clone());
    drop(lab);

    for stream in kept {
        assert!(is_closed(stream).await, "a kept-alive connection was left open");
    }
    let waited = tokio::time::timeout(PATIENCE, waiting).await;
    assert!(waited.unwrap().unwrap().is_err(), "an answer still came");
    assert!(socket.frame().await.is_none(), "the WebSocket was left open");
    let new = http.get(base_url).send().await;
    assert!(new.is_err(), "a new connection was taken");
}
