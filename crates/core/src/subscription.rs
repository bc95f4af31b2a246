//! Live events: where they come from, and what is done about those that were lost.
//!
//! News comes from an [`EventSource`]: a WebSocket, or polling while that cannot be had ([`Subscription`] decides, and
//! climbs back by itself). Calls go to [`Calls`]; of everything else only the fact that it changed is used, and wished
//! for from the synchronisation ([`SyncWanted`]). Every gap is closed the same way: all scopes are wished for and the
//! live calls are doubted. Nothing is stored here.

mod fallback;
mod gap;
mod pace;
mod polling;
mod source;
mod wanted;
mod websocket;
mod worker;

pub use fallback::LiveFailure;
pub use gap::{BEAT, Gap};
pub use polling::PollingSource;
pub use source::{Coverage, EventSource, News};
pub use wanted::SyncWanted;
pub use websocket::WebSocketSource;
pub use worker::{LiveSources, Subscription, SubscriptionHandle};
