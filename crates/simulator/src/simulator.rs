//! Starting, stopping and steering a simulator.
//!
//! The same steering is offered over HTTP on the control address; both go through [`Control`].

mod big_company;
mod control;
mod options;
mod serving;
mod small_company;

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde::Serialize;
use tokio::task::JoinHandle;

pub use control::Control;
pub use options::Options;

use crate::faults::FaultScript;
use crate::gateway::{self, Gateway};
use crate::oauth::{OAuth, Person, id_token, token_text};
use crate::rate_limit::Ledger;
use crate::request_log::RequestLog;
use crate::simulation::{Addresses, Simulation};
use crate::world::account::{ExtensionStatus, ExtensionType};
use crate::world::{SharedWorld, World};
use crate::{control_http, http};

/// How often idle and absolute timeouts of sockets are looked at.
const TIMEOUT_ROUND: Duration = Duration::from_millis(500);

/// A running simulator. When it is dropped it takes no new connections, closes its WebSockets, and cuts every HTTP
/// connection, those that a client keeps alive and those that wait for a slow answer.
#[derive(Debug)]
pub struct Simulator {
    sim: Arc<Simulation>,
    tasks: Vec<JoinHandle<()>>,
}

/// Why a simulator did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("cannot listen on 127.0.0.1:{port}: {source}")]
    Listen { port: u16, source: io::Error },
}

/// What a program needs to know to use a simulator; printed as one line of JSON by the binary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ready {
    pub base_url: String,
    pub control_url: String,
    pub client_id: String,
    pub client_secret: String,
    pub extensions: Vec<ReadyExtension>,
}

/// A person to sign in as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReadyExtension {
    pub number: String,
    pub name: String,
    pub jwt: String,
    pub phone_number: String,
}

impl Simulator {
    /// Binds to loopback and serves until dropped. Must be called within a tokio runtime.
    ///
    /// # Errors
    /// When a port cannot be had.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let (listener, base_url) = serving::listen(options.port).await?;
        let (control_listener, control_url) = serving::listen(options.control_port).await?;
        let Options {
            clients,
            rate_limits,
            gateway: gateway_settings,
            clock,
            sync_epoch,
            ..
        } = options;
        let mut world = options.world;
        let events = world.subscribe();
        let people = people(&world);
        let (gateway, waiting) = Gateway::new(gateway_settings);
        let sim = Arc::new(Simulation {
            addresses: Addresses {
                base_url,
                control_url,
            },
            account_id: world.account().id,
            clock,
            world: SharedWorld::new(world),
            gateway,
            oauth: Mutex::new(OAuth::new(clients, people)),
            ledger: Mutex::new(Ledger::new(rate_limits)),
            faults: Mutex::new(FaultScript::default()),
            requests: Mutex::new(RequestLog::default()),
            sync_epoch: Mutex::new(sync_epoch.unwrap_or_else(|| token_text::random_text(6))),
            denied: Mutex::new(HashMap::new()),
        });
        let tasks = vec![
            tokio::spawn(serving::serve(listener, http::router(Arc::clone(&sim)))),
            tokio::spawn(serving::serve(
                control_listener,
                control_http::router(Arc::clone(&sim)),
            )),
            tokio::spawn(gateway::pump(Arc::clone(&sim), events, waiting)),
            tokio::spawn(drive(Arc::clone(&sim))),
            tokio::spawn(enforce_timeouts(Arc::clone(&sim))),
        ];
        Ok(Self { sim, tasks })
    }

    /// The address of the API, without a trailing slash.
    pub fn base_url(&self) -> &str {
        self.sim.base_url()
    }

    /// The address of the control face.
    pub fn control_url(&self) -> &str {
        &self.sim.addresses.control_url
    }

    /// Steers the simulator from Rust.
    pub fn control(&self) -> Control {
        Control::new(Arc::clone(&self.sim))
    }

    /// Addresses, credentials and people.
    pub fn ready(&self) -> Ready {
        self.control().ready()
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.sim.gateway.close_all(1001, self.sim.now());
        for task in &self.tasks {
            task.abort();
        }
    }
}

async fn drive(sim: Arc<Simulation>) {
    sim.world.drive().await;
}

async fn enforce_timeouts(sim: Arc<Simulation>) {
    let mut round = tokio::time::interval(TIMEOUT_ROUND);
    loop {
        round.tick().await;
        sim.gateway.enforce_timeouts(sim.now());
    }
}

/// Everybody who can sign in: people whose extension is in use.
fn people(world: &World) -> Vec<Person> {
    let account = world.account().id.to_string();
    let key = format!("credentials of seed {}", world.seed());
    let mut people: Vec<Person> = world
        .extensions()
        .filter(|one| one.kind == ExtensionType::User && one.status == ExtensionStatus::Enabled)
        .map(|one| Person {
            extension_id: one.id,
            extension_number: one.number.to_string(),
            name: one.name.clone(),
            job_title: one.job_title.clone(),
            email: one.email.clone(),
            jwt: id_token::credential(&one.id.to_string(), &account, &key),
        })
        .collect();
    people.sort_by(|a, b| a.extension_number.cmp(&b.extension_number));
    people
}
