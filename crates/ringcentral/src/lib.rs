//! A typed client of RingCentral's REST API and WebSocket gateway.
//!
//! It knows the vendor's wire shapes, limits and habits: OAuth with rotating refresh tokens, the rate limit
//! groups, two error bodies, three spellings of a timestamp, sync tokens, session recovery. Every request passes
//! one rate budget and one token source, so callers need not think about either.
//!
//! It deliberately holds no data: no store, no cache, no idea of what an inbox is. It never sends anything twice
//! that the vendor might carry out twice, and it never logs a token, a phone number or a message body.
//!
//! ```no_run
//! # async fn example(client: switchboard_ringcentral::Client) -> Result<(), switchboard_ringcentral::Error> {
//! use switchboard_ringcentral::{Priority, api::call_log::ListCalls};
//!
//! let page = client.call_log().list(&ListCalls::default(), Priority::Backfill).await?;
//! println!("{} calls, {} set aside", page.records.len(), page.malformed.len());
//! # Ok(())
//! # }
//! ```

pub mod api;
pub mod auth;
pub mod client;
pub mod clock;
pub mod config;
pub mod error;
pub mod id;
pub mod media;
pub mod notification;
mod open_enum;
pub mod page;
pub mod rate_limit;
pub mod retry;
mod tls;
mod tolerant;
pub mod websocket;
mod wire_time;

pub use client::Client;
pub use clock::{Clock, SystemClock};
pub use config::Config;
pub use error::Error;
pub use page::{MalformedRecord, Page, SyncPage};
pub use rate_limit::Priority;
