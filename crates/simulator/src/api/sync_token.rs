//! Sync tokens: opaque to clients, to the server an instant and the filters of the first request.
//!
//! They are refused when they are damaged, too old, or from before a reset.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::call::Call;

/// How long a token can be continued from.
const LIFE: SignedDuration = SignedDuration::from_hours(24 * 30);
/// The server looks back a little further than the token's instant, so a client meets records twice.
const OVERLAP: SignedDuration = SignedDuration::from_secs(5);

/// What a token remembers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SyncToken {
    /// Which operation and whose data, so that no token works elsewhere.
    subject: String,
    at_millis: i64,
    epoch: String,
    /// The filters, as the query they came in.
    pub(super) filters: String,
}

/// Why a token is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenRefusal {
    Unreadable,
    Expired,
}

impl SyncToken {
    /// A token for everything that changes after this request. `filters` are the names of query parameters it keeps.
    pub(super) fn issue(call: &Call<'_>, subject: &str, filters: &str) -> Self {
        Self {
            subject: subject.to_owned(),
            at_millis: call.now.as_millisecond(),
            epoch: call.sim.sync_epoch(),
            filters: filters.to_owned(),
        }
    }

    pub(super) fn read(call: &Call<'_>, text: &str, subject: &str) -> Result<Self, TokenRefusal> {
        let bytes = URL_SAFE_NO_PAD
            .decode(text)
            .map_err(|_| TokenRefusal::Unreadable)?;
        let token: Self = serde_json::from_slice(&bytes).map_err(|_| TokenRefusal::Unreadable)?;
        if token.subject != subject {
            return Err(TokenRefusal::Unreadable);
        }
        let age = call.now.duration_since(token.at());
        if token.epoch != call.sim.sync_epoch() || age > LIFE {
            return Err(TokenRefusal::Expired);
        }
        Ok(token)
    }

    pub(super) fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default())
    }

    fn at(&self) -> Timestamp {
        Timestamp::from_millisecond(self.at_millis).unwrap_or(Timestamp::MIN)
    }

    /// From when on changes are to be returned.
    pub(super) fn since(&self) -> Timestamp {
        self.at().saturating_sub(OVERLAP).unwrap_or(Timestamp::MIN)
    }
}
