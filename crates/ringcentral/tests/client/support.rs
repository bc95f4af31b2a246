//! What the tests share: a simulator of a small company on a clock moved by hand, and clients of it.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use simulator::{Options, RateLimits, Simulator};
use switchboard_ringcentral::{
    Client, Clock, Config,
    auth::{MemoryTokenStore, TokenStore},
    retry::RetryPolicy,
    websocket::Timing,
};

/// The simulator's clock as ours.
#[derive(Debug, Clone)]
pub(crate) struct SharedClock(pub(crate) simulator::world::Clock);

impl Clock for SharedClock {
    fn now(&self) -> Timestamp {
        self.0.now()
    }
}

pub(crate) struct Lab {
    pub(crate) simulator: Simulator,
    pub(crate) clock: SharedClock,
    pub(crate) store: Arc<MemoryTokenStore>,
}

impl Lab {
    pub(crate) async fn new() -> Self {
        let clock = simulator::world::Clock::manual("2026-03-02T16:00:00Z".parse().unwrap());
        let options = Options::small_company(clock.clone()).rate_limits(RateLimits::raised());
        Self::with(options, clock).await
    }

    pub(crate) async fn with(options: Options, clock: simulator::world::Clock) -> Self {
        let simulator = Simulator::start(options).await.unwrap();
        Self {
            simulator,
            clock: SharedClock(clock),
            store: Arc::default(),
        }
    }

    pub(crate) fn config(&self) -> Config {
        let ready = self.simulator.ready();
        let mut config = quick(Config::new(ready.base_url.parse().unwrap(), ready.client_id));
        config.client_secret = Some(ready.client_secret.into());
        config
    }

    pub(crate) fn client_with(&self, config: Config, store: Arc<dyn TokenStore>) -> Client {
        Client::new(config, store, Arc::new(self.clock.clone())).unwrap()
    }

    pub(crate) fn client(&self) -> Client {
        self.client_with(self.config(), self.store.clone())
    }

    pub(crate) fn jwt(&self) -> secrecy::SecretString {
        self.simulator.ready().extensions[0].jwt.clone().into()
    }

    /// A client that is signed in as extension 101.
    pub(crate) async fn signed_in(&self) -> Client {
        let client = self.client();
        client.auth().sign_in_with_jwt(self.jwt()).await.unwrap();
        client
    }

    /// How often an operation was asked for.
    pub(crate) fn count(&self, operation: &str) -> usize {
        let requests = self.simulator.control().requests();
        requests
            .iter()
            .filter(|request| request.operation == Some(operation))
            .count()
    }

    pub(crate) async fn advance_secs(&self, seconds: i64) {
        self.simulator
            .control()
            .advance(jiff::SignedDuration::from_secs(seconds));
    }
}

/// Waits of a few milliseconds in place of seconds.
pub(crate) fn quick(mut config: Config) -> Config {
    config.retry = RetryPolicy {
        first_delay: Duration::from_millis(1),
        max_delay: Duration::from_millis(2),
        token_delay: Duration::from_millis(1),
        ..RetryPolicy::default()
    };
    config
}

pub(crate) fn quick_timing() -> Timing {
    Timing {
        first_delay: Duration::from_millis(1),
        max_delay: Duration::from_millis(5),
        tick: Duration::from_millis(20),
        ..Timing::default()
    }
}
