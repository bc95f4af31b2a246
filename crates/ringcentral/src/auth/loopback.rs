//! The loopback redirect of a browser sign-in (RFC 8252): a port of this machine that the browser is sent back to.
//!
//! It answers with one small page and takes nothing but the answer that carries our `state`; stray requests (icons,
//! speculative connections, forged answers) neither end the sign-in nor block it. It binds to the loopback only.

use std::time::Duration;

use futures_util::{StreamExt, stream::FuturesUnordered};
use secrecy::SecretString;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use url::Url;

use super::pkce::{self, Verifier};
use crate::{api::operations::AUTHORIZE, config::Config, error::Error};

/// How a browser sign-in is done.
#[derive(Debug, Clone)]
pub struct BrowserSignIn {
    /// The port to listen on; 0 takes a free one. RingCentral compares the redirect address exactly with those
    /// registered for the app, so a registered app needs its registered port here.
    pub port: u16,
    /// The path of the redirect address, for example `/callback`.
    pub path: String,
    /// How long to wait for the person.
    pub timeout: Duration,
}

impl Default for BrowserSignIn {
    fn default() -> Self {
        Self {
            port: 0,
            path: "/callback".to_owned(),
            timeout: Duration::from_secs(300),
        }
    }
}

/// A sign-in that waits for the browser. Dropping it closes the port.
#[derive(Debug)]
pub struct PendingSignIn {
    listener: TcpListener,
    authorize_url: Url,
    redirect_uri: String,
    path: String,
    state: String,
    verifier: Verifier,
    timeout: Duration,
}

/// What the browser brought back, with what is needed to exchange it.
#[derive(Debug)]
pub(super) struct AuthorizationCode {
    pub(super) code: SecretString,
    pub(super) redirect_uri: String,
    pub(super) verifier: Verifier,
}

/// Longest request head that is read from a connection; browsers send less than 2 kB here.
const MAX_HEAD_BYTES: usize = 16 * 1024;
/// Longest time one connection may take to send its head.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);

impl PendingSignIn {
    pub(super) async fn listen(config: &Config, options: &BrowserSignIn) -> Result<Self, Error> {
        let failed = |source| Error::Loopback {
            reason: format!("port {} could not be opened", options.port),
            source,
        };
        let listener = TcpListener::bind(("127.0.0.1", options.port))
            .await
            .map_err(failed)?;
        let port = listener.local_addr().map_err(failed)?.port();
        let path = format!("/{}", options.path.trim_start_matches('/'));
        let redirect_uri = format!("http://127.0.0.1:{port}{path}");
        let (state, verifier) = (pkce::random_text(), Verifier::random());
        let mut authorize_url = config
            .server
            .join(AUTHORIZE.path)
            .map_err(|_| Error::Configuration("the server address cannot hold a path".to_owned()))?;
        authorize_url
            .query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &config.client_id)
            .append_pair("redirect_uri", &redirect_uri)
            .append_pair("state", &state)
            .append_pair("code_challenge", &verifier.challenge())
            .append_pair("code_challenge_method", "S256");
        Ok(Self {
            listener,
            authorize_url,
            redirect_uri,
            path,
            state,
            verifier,
            timeout: options.timeout,
        })
    }

    /// The page to open in a browser.
    pub fn authorize_url(&self) -> &Url {
        &self.authorize_url
    }

    /// The address the browser will be sent back to.
    pub fn redirect_uri(&self) -> &str {
        &self.redirect_uri
    }

    pub(super) async fn wait_for_code(self) -> Result<AuthorizationCode, Error> {
        let answer = tokio::time::timeout(self.timeout, self.accept_answer());
        let answer = answer.await.map_err(|_| Error::Timeout {
            operation: AUTHORIZE.id,
        })??;
        let code = answer.map_err(|reason| Error::SignInRefused { reason })?;
        Ok(AuthorizationCode {
            code,
            redirect_uri: self.redirect_uri,
            verifier: self.verifier,
        })
    }

    /// Connections are served side by side, because browsers open some that they never use.
    async fn accept_answer(&self) -> Result<Result<SecretString, String>, Error> {
        let mut connections = FuturesUnordered::new();
        loop {
            tokio::select! {
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, _)) => connections.push(self.serve(stream)),
                    Err(source) => {
                        return Err(Error::Loopback { reason: "the port stopped answering".to_owned(), source });
                    }
                },
                Some(answer) = connections.next() => if let Some(answer) = answer {
                    return Ok(answer);
                },
            }
        }
    }

    async fn serve(&self, mut stream: TcpStream) -> Option<Result<SecretString, String>> {
        let target = tokio::time::timeout(HEAD_TIMEOUT, read_target(&mut stream))
            .await
            .ok()??;
        let outcome = self.judge(&target);
        let (status, text) = match &outcome {
            Judgement::Code(_) => (
                "200 OK",
                "RingCentral has answered. You can close this window and go back to the app.",
            ),
            Judgement::Refused(_) => (
                "200 OK",
                "The sign-in was not completed. You can close this window.",
            ),
            Judgement::Forged => (
                "400 Bad Request",
                "This answer does not belong to the sign-in that is under way.",
            ),
            Judgement::Stray => ("404 Not Found", "There is nothing here."),
        };
        // The answer counts even if the browser is gone before it has read the page.
        let _ = stream.write_all(page(status, text).as_bytes()).await;
        let _ = stream.shutdown().await;
        match outcome {
            Judgement::Code(code) => Some(Ok(code)),
            Judgement::Refused(reason) => Some(Err(reason)),
            Judgement::Forged | Judgement::Stray => None,
        }
    }

    fn judge(&self, target: &str) -> Judgement {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        if path != self.path {
            return Judgement::Stray;
        }
        let find = |name: &str| {
            let mut pairs = url::form_urlencoded::parse(query.as_bytes());
            pairs
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.into_owned())
        };
        if find("state").as_deref() != Some(&self.state) {
            return Judgement::Forged;
        }
        match (find("code").filter(|code| !code.is_empty()), find("error")) {
            (Some(code), _) => Judgement::Code(code.into()),
            (None, Some(error)) => Judgement::Refused(find("error_description").unwrap_or(error)),
            (None, None) => Judgement::Refused("the answer holds no code".to_owned()),
        }
    }
}

enum Judgement {
    Code(SecretString),
    Refused(String),
    Forged,
    Stray,
}

/// Reads a request's head and returns its target; `None` for anything that is not a GET.
async fn read_target(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    let mut buffer = [0; 2048];
    while !head.windows(4).any(|window| window == b"\r\n\r\n") {
        let count = stream.read(&mut buffer).await.ok().filter(|count| *count > 0)?;
        head.extend_from_slice(buffer.get(..count)?);
        if head.len() > MAX_HEAD_BYTES {
            return None;
        }
    }
    let head = String::from_utf8(head).ok()?;
    let mut words = head.lines().next()?.split(' ');
    if words.next()? != "GET" {
        return None;
    }
    words.next().map(str::to_owned)
}

fn page(status: &str, text: &str) -> String {
    let body = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Sign-in</title>\
         <body style=\"font-family:system-ui,sans-serif;margin:4rem auto;max-width:32rem\"><p>{text}</p></body></html>"
    );
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
         Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

#[cfg(test)]
mod tests;
