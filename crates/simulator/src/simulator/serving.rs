//! Loopback sockets and the HTTP connections on them.
//!
//! The connections belong to the task that accepts them, so that they end with it; that is why this is not `axum::serve`,
//! which lets go of a connection once it is accepted.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use super::StartError;

/// Before accepting is tried again after a failure, such as too many open files.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_millis(100);

/// Binds to loopback; port 0 takes a free one. Gives the address without a trailing slash.
pub(super) async fn listen(port: u16) -> Result<(TcpListener, String), StartError> {
    let failed = |source| StartError::Listen { port, source };
    let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
        .await
        .map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, format!("http://{address}")))
}

/// Accepts connections and serves them for as long as the future lives; dropped, it takes them all down.
pub(super) async fn serve(listener: TcpListener, router: Router) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(converse(stream, router.clone()));
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(PAUSE_AFTER_FAILURE).await;
                }
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn converse(stream: TcpStream, router: Router) {
    // Only delays small packets when it fails.
    let _ = stream.set_nodelay(true);
    // Without a timer: a connection that a client keeps alive is not closed for being idle.
    let conversation = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router))
        .with_upgrades();
    if let Err(error) = conversation.await {
        tracing::debug!(%error, "a connection ended early");
    }
}
