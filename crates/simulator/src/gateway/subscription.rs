//! A subscription: which filters are active, which were refused, and how it is shown.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use uuid::Uuid;

use super::filter::EventFilter;
use crate::oauth::session::later;
use crate::wire::{Links, instant};

/// How long a WebSocket subscription says it lives; the requested time is ignored for them.
const LIFE: SignedDuration = SignedDuration::from_hours(24);

/// One subscription over WebSocket.
#[derive(Debug, Clone)]
pub(crate) struct Subscription {
    pub(crate) id: String,
    pub(crate) filters: Vec<EventFilter>,
    pub(crate) disabled: Vec<DisabledFilter>,
    created_at: Timestamp,
    expires_at: Timestamp,
}

/// A filter that was asked for and is not served.
#[derive(Debug, Clone)]
pub(crate) struct DisabledFilter {
    pub(crate) filter: String,
    pub(crate) reason: String,
    pub(crate) message: String,
}

impl Subscription {
    pub(crate) fn new(filters: Vec<EventFilter>, disabled: Vec<DisabledFilter>, now: Timestamp) -> Self {
        let id = Uuid::new_v4().to_string();
        Self {
            id,
            filters,
            disabled,
            created_at: now,
            expires_at: later(now, LIFE),
        }
    }

    pub(crate) fn renew(&mut self, now: Timestamp) {
        self.expires_at = later(now, LIFE);
    }

    pub(crate) fn to_json(&self, links: &Links, now: Timestamp) -> Value {
        let filters: Vec<&str> = self.filters.iter().map(|filter| filter.text.as_str()).collect();
        let mut body = json!({
            "uri": links.root(&format!("subscription/{}", self.id)),
            "id": self.id,
            "creationTime": instant(self.created_at),
            "status": "Active",
            "eventFilters": filters,
            "expirationTime": instant(self.expires_at),
            "expiresIn": (self.expires_at.duration_since(now).as_secs() - 1).max(1),
            "deliveryMode": {"transportType": "WebSocket", "encryption": false},
        });
        if let (false, Some(fields)) = (self.disabled.is_empty(), body.as_object_mut()) {
            let disabled: Vec<Value> = self
                .disabled
                .iter()
                .map(|one| json!({"filter": one.filter, "reason": one.reason, "message": one.message}))
                .collect();
            fields.insert("disabledFilters".into(), json!(disabled));
        }
        body
    }
}
