//! Sign-in as RingCentral does it: authorization code with PKCE, JWT credentials, rotation of refresh tokens, revocation.
//!
//! The pages and endpoints are in the submodules; this file holds the state they share. There are no passwords: the
//! consent page lets you choose whom to be.

pub(crate) mod authorize;
pub(crate) mod client;
mod consent;
pub(crate) mod discovery;
pub(crate) mod error;
pub(crate) mod id_token;
pub(crate) mod pkce;
pub(crate) mod session;
pub(crate) mod token;
pub(crate) mod token_text;

use std::collections::HashMap;

use jiff::Timestamp;

pub use client::Client;
pub(crate) use session::Sessions;

use crate::world::ids::ExtensionId;

/// A person who can sign in.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) extension_id: ExtensionId,
    pub(crate) extension_number: String,
    pub(crate) name: String,
    pub(crate) job_title: String,
    pub(crate) email: String,
    /// The JWT credential as the developer console would show it once.
    pub(crate) jwt: String,
}

/// An authorization code that was handed out and not yet redeemed.
#[derive(Debug, Clone)]
pub(crate) struct IssuedCode {
    pub(crate) client_id: String,
    pub(crate) extension_id: ExtensionId,
    pub(crate) redirect_uri: String,
    pub(crate) challenge: Option<pkce::Challenge>,
    pub(crate) nonce: Option<String>,
    pub(crate) asks_identity: bool,
    pub(crate) expires_at: Timestamp,
    /// The session made from it: a second use of a code ends that session (RFC 6749 section 4.1.2).
    pub(crate) redeemed_as: Option<String>,
}

/// Everything the authorization server remembers.
#[derive(Debug)]
pub(crate) struct OAuth {
    pub(crate) clients: Vec<Client>,
    pub(crate) people: Vec<Person>,
    pub(crate) codes: HashMap<String, IssuedCode>,
    pub(crate) sessions: Sessions,
    /// Tokens for the WebSocket gateway, single use.
    pub(crate) gateway_tokens: HashMap<String, GatewayToken>,
}

/// A token for opening one WebSocket.
#[derive(Debug, Clone)]
pub(crate) struct GatewayToken {
    pub(crate) session_id: String,
    pub(crate) expires_at: Timestamp,
}

impl OAuth {
    pub(crate) fn new(clients: Vec<Client>, people: Vec<Person>) -> Self {
        Self {
            clients,
            people,
            codes: HashMap::new(),
            sessions: Sessions::default(),
            gateway_tokens: HashMap::new(),
        }
    }

    pub(crate) fn client(&self, id: &str) -> Option<&Client> {
        self.clients.iter().find(|client| client.id == id)
    }

    pub(crate) fn person(&self, id: ExtensionId) -> Option<&Person> {
        self.people.iter().find(|person| person.extension_id == id)
    }
}
