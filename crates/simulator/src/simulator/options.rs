//! What a simulator can be started with.

use jiff::{SignedDuration, Timestamp};

use super::{big_company, small_company};
use crate::demo;
use crate::gateway::GatewaySettings;
use crate::oauth::Client;
use crate::rate_limit::RateLimits;
use crate::world::{Clock, World};

/// How to start a simulator.
#[derive(Debug)]
pub struct Options {
    /// Port of the API; 0 takes a free one.
    pub port: u16,
    /// Port of the control face; 0 takes a free one.
    pub control_port: u16,
    /// The account to serve.
    pub world: World,
    /// The world's clock, which budgets and tokens follow too.
    pub(crate) clock: Clock,
    /// Registered applications; the first is the one announced.
    pub clients: Vec<Client>,
    pub rate_limits: RateLimits,
    pub gateway: GatewaySettings,
    /// What sync tokens must carry; made up when the simulator starts if nothing is given.
    pub(crate) sync_epoch: Option<String>,
}

impl Options {
    /// Serves this world on free ports with RingCentral's own limits.
    pub fn new(world: World) -> Self {
        Self {
            port: 0,
            control_port: 0,
            clock: world.clock().clone(),
            world,
            clients: vec![Client::default()],
            rate_limits: RateLimits::default(),
            gateway: GatewaySettings::default(),
            sync_epoch: None,
        }
    }

    /// Serves the demo company with its two years of calls and messages, as it is at the clock's present.
    pub fn demo(seed: u64, clock: Clock) -> Self {
        let present = clock.now();
        Self::demo_since(seed, present, clock)
    }

    /// Serves the demo company that was first served at `founded_at`, with what has happened there since. It is the same
    /// account: the same people, credentials and identifiers, and sync tokens that an earlier simulator of the same seed
    /// and founding issued are continued. What was done to it while it was served before is forgotten.
    pub fn demo_since(seed: u64, founded_at: Timestamp, clock: Clock) -> Self {
        let mut options = Self::new(demo::world_since(seed, founded_at, clock));
        options.sync_epoch = Some(format!("{seed}-{}", founded_at.as_millisecond()));
        options
    }

    /// Serves a company of three people without a history, for tests that bring their own: extensions 101
    /// (administrator), 102 and 103 with numbers +1 510 555 0101 and so on, all in the queue 201.
    pub fn small_company(clock: Clock) -> Self {
        Self::new(small_company::build(1, clock))
    }

    /// Serves a company of three hundred extensions without a history, for measuring: 290 people, who have the extensions
    /// 1001 (administrator) to 1290, and ten queues of six of them, 2001 to 2010.
    pub fn big_company(clock: Clock) -> Self {
        Self::new(big_company::build(1, clock))
    }

    /// Lets the demo company live: colleagues come and go and calls come and go by themselves. Only for the demo company.
    pub fn alive(mut self) -> Self {
        demo::come_alive(&mut self.world);
        self
    }

    /// Puts the server's clock off from the machine's by so much.
    pub fn clock_skew(mut self, skew: SignedDuration) -> Self {
        self.world.set_clock_skew(skew);
        self
    }

    /// Replaces the limits.
    pub fn rate_limits(mut self, limits: RateLimits) -> Self {
        self.rate_limits = limits;
        self
    }

    /// Replaces the registered applications.
    pub fn clients(mut self, clients: Vec<Client>) -> Self {
        self.clients = clients;
        self
    }

    /// Replaces the gateway's limits.
    pub fn gateway(mut self, settings: GatewaySettings) -> Self {
        self.gateway = settings;
        self
    }
}
