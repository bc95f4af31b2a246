//! A stateful stand-in for RingCentral on loopback: sign-in, REST, the WebSocket gateway, and one world behind them.
//!
//! It is written from the published API reference and knows nothing of the programs that talk to it. See the README for
//! what is simulated and what is not.

mod api;
mod control_http;
pub mod demo;
mod faults;
mod gateway;
mod http;
pub mod media;
mod oauth;
mod rate_limit;
mod request_log;
pub mod scenario;
mod simulation;
mod simulator;
mod wire;
pub mod world;

pub use api::operations::{OperationEntry, operations};
pub use faults::{Effect, EventEffect, EventFault, Fault, UnmetFault};
pub use gateway::GatewaySettings;
pub use oauth::Client;
pub use rate_limit::{Group, RateLimits, TextLimits};
pub use request_log::{LoggedRequest, UnmatchedRequest};
pub use simulator::{Control, Options, Ready, ReadyExtension, Simulator, StartError};
