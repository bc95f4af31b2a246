//! What the session says and does with each frame and each tick, without any input or output of its own.
//!
//! One [`Protocol`] lives across connections, because the recovery point does. It is told what arrived and what time
//! it is, and answers with [`Effect`]s; [`super::runner`] carries them out.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::json;
use tokio::time::Instant;

use super::{
    DisconnectReason, GapReason, SessionEvent, Timing,
    frame::{self, ConnectionDetails, Frame, FrameType, RecoveryPoint, RecoveryState},
};
use crate::{
    api::{
        operations::{CREATE_SUBSCRIPTION, Operation, UPDATE_SUBSCRIPTION},
        subscriptions::{EventFilter, Subscription},
    },
    error::{ApiError, Error},
    notification::Notification,
    page::read_json,
};

mod effect;
mod waiting;

/// "If Retry-After is absent, wait at least 30 seconds" (developers.ringcentral.com/guide/basics/errors).
const UNSAID_PENALTY: Duration = Duration::from_secs(30);

pub(super) use effect::Effect;
use waiting::{Heartbeat, Pending, Phase, Replay};

#[derive(Debug)]
pub(super) struct Protocol {
    timing: Timing,
    filters: Vec<EventFilter>,
    /// Where the session can be taken up again, and until when.
    recovery: Option<RecoveryPoint>,
    recovery_timeout: Duration,
    lost_at: Option<Timestamp>,
    subscription: Option<Subscription>,
    phase: Phase,
    pending: Option<Pending>,
    renew_at: Option<Instant>,
    last_received_at: Instant,
    heartbeat: Option<Heartbeat>,
    replay: Option<Replay>,
    last_tick: Option<Timestamp>,
    next_message: u64,
    live_since: Option<Instant>,
}

impl Protocol {
    pub(super) fn new(filters: Vec<EventFilter>, timing: Timing, now: Instant) -> Self {
        Self {
            timing,
            filters,
            recovery: None,
            recovery_timeout: Duration::ZERO,
            lost_at: None,
            subscription: None,
            phase: Phase::AwaitingDetails { since: now },
            pending: None,
            renew_at: None,
            last_received_at: now,
            heartbeat: None,
            replay: None,
            last_tick: None,
            next_message: 0,
            live_since: None,
        }
    }

    /// The point to connect with, unless the vendor's time for it has run out. The wall clock counts: time asleep
    /// passes for the server, too.
    pub(super) fn recovery_point(&mut self, wall: Timestamp) -> Option<RecoveryPoint> {
        let lost_for = self.lost_at.map(|at| wall.duration_since(at)).unwrap_or_default();
        let is_in_time = Duration::try_from(lost_for).is_ok_and(|lost_for| lost_for < self.recovery_timeout);
        if !is_in_time || self.subscription.is_none() {
            self.recovery = None;
        }
        self.recovery.clone()
    }

    /// A connection is open.
    pub(super) fn connected(&mut self, now: Instant, wall: Timestamp) {
        self.phase = Phase::AwaitingDetails { since: now };
        self.pending = None;
        self.heartbeat = None;
        self.replay = None;
        self.live_since = None;
        self.last_received_at = now;
        self.last_tick = Some(wall);
    }

    /// The connection is gone.
    pub(super) fn disconnected(&mut self, wall: Timestamp) {
        if self.lost_at.is_none() {
            self.lost_at = Some(wall);
        }
    }

    /// Whether the connection lasted long enough to start the delays over.
    pub(super) fn was_stable(&self, now: Instant) -> bool {
        self.live_since
            .is_some_and(|since| now.duration_since(since) >= self.timing.stable_after)
    }

    /// Other filters from now on.
    pub(super) fn set_filters(&mut self, filters: Vec<EventFilter>) -> Vec<Effect> {
        if self.filters == filters {
            return Vec::new();
        }
        self.filters = filters;
        match self.phase {
            Phase::AwaitingDetails { .. } => {
                // The earlier session has the earlier filters.
                self.recovery = None;
                self.subscription = None;
                Vec::new()
            }
            Phase::Subscribing | Phase::Live => vec![Effect::WantSubscription],
        }
    }

    /// The request for the subscription, to be sent now. A second one on the same connection replaces the first.
    pub(super) fn subscribe(&mut self, now: Instant) -> String {
        let message_id = self.message_id();
        let filters = &self.filters;
        let (operation, method, path, body) = match &self.subscription {
            // Sending the filters also renews it.
            Some(subscription) => {
                let path = UPDATE_SUBSCRIPTION.path_with(&[subscription.id.as_str()]);
                (
                    &UPDATE_SUBSCRIPTION,
                    "PUT",
                    path,
                    json!({ "eventFilters": filters }),
                )
            }
            None => {
                let delivery = json!({ "transportType": "WebSocket" });
                let body = json!({ "eventFilters": filters, "deliveryMode": delivery });
                (
                    &CREATE_SUBSCRIPTION,
                    "POST",
                    CREATE_SUBSCRIPTION.path.to_owned(),
                    body,
                )
            }
        };
        let text = frame::request(&message_id, method, &path, &body);
        let deadline = now + self.timing.answer_timeout;
        self.pending = Some(Pending {
            operation,
            message_id,
            deadline,
        });
        text
    }

    /// A text or binary message has arrived.
    pub(super) fn received(&mut self, bytes: &[u8], now: Instant) -> Vec<Effect> {
        self.last_received_at = now;
        let frame = match Frame::parse(bytes) {
            Ok(frame) => frame,
            Err(error) => return vec![malformed(error.field, error.reason, bytes)],
        };
        self.note_recovery_point(&frame);
        let body = frame.body.as_ref().map_or("null", |body| body.get());
        match &frame.meta.kind {
            FrameType::ConnectionDetails => self.details(body, bytes, now),
            FrameType::ServerNotification => self.notification(body, bytes),
            FrameType::Heartbeat => self.heartbeat_answered(&frame),
            FrameType::ClientRequest => self.answered(&frame, body, bytes, now),
            FrameType::Error => self.error(&frame, body, now),
            FrameType::Unknown(kind) => {
                tracing::debug!(%kind, "a frame of a kind this client does not know");
                Vec::new()
            }
        }
    }

    /// Looks at the clock.
    pub(super) fn tick(&mut self, now: Instant, wall: Timestamp) -> Vec<Effect> {
        let last_tick = self.last_tick.replace(wall).unwrap_or(wall);
        let slept = Duration::try_from(wall.duration_since(last_tick)).unwrap_or_default();
        if slept > self.timing.tick + self.timing.sleep_threshold {
            // The server has missed us since the machine fell asleep, not since it woke.
            self.lost_at = Some(last_tick);
            return vec![Effect::End(DisconnectReason::WokeFromSleep)];
        }
        let details_deadline = match self.phase {
            Phase::AwaitingDetails { since } => Some(since + self.timing.answer_timeout),
            Phase::Subscribing | Phase::Live => None,
        };
        let deadlines = [
            details_deadline,
            self.pending.as_ref().map(|pending| pending.deadline),
            self.heartbeat.as_ref().map(|heartbeat| heartbeat.deadline),
        ];
        if deadlines.into_iter().flatten().any(|deadline| deadline <= now) {
            return vec![Effect::End(DisconnectReason::Silent)];
        }
        if self.phase != Phase::Live {
            return Vec::new();
        }
        let mut effects = Vec::new();
        if self.heartbeat.is_none()
            && now.duration_since(self.last_received_at) >= self.timing.heartbeat_after
        {
            effects.push(self.heartbeat(now));
        }
        if self.pending.is_none() && self.renew_at.is_some_and(|renew_at| renew_at <= now) {
            self.renew_at = None;
            effects.push(Effect::WantSubscription);
        }
        effects
    }

    /// The stored point follows the highest sequence; the details of a new session replace it.
    fn note_recovery_point(&mut self, frame: &Frame) {
        let Some(point) = &frame.meta.wsc else { return };
        let is_new_session = frame.meta.kind == FrameType::ConnectionDetails;
        let is_further = self
            .recovery
            .as_ref()
            .is_none_or(|known| point.sequence > known.sequence);
        if is_new_session || is_further {
            self.recovery = Some(point.clone());
        }
    }

    fn details(&mut self, body: &str, bytes: &[u8], now: Instant) -> Vec<Effect> {
        let details: ConnectionDetails = match read_json(body) {
            Ok(details) => details,
            Err(error) => return vec![malformed(error.field, error.reason, bytes)],
        };
        self.recovery_timeout = Duration::from_secs(details.recovery_timeout);
        let is_recovered = details.recovery_state == Some(RecoveryState::Successful);
        match self.subscription.clone().filter(|_| is_recovered) {
            Some(subscription) => {
                self.go_live(now);
                self.replay = Some(Replay {
                    count: 0,
                    buffer_size: details.recovery_buffer_size,
                });
                // Its answer comes after the replay and so marks the replay's end.
                let heartbeat = self.heartbeat(now);
                vec![
                    Effect::Emit(SessionEvent::Connected {
                        is_recovered: true,
                        subscription,
                    }),
                    heartbeat,
                ]
            }
            None => {
                self.subscription = None;
                self.phase = Phase::Subscribing;
                vec![Effect::WantSubscription]
            }
        }
    }

    fn notification(&mut self, body: &str, bytes: &[u8]) -> Vec<Effect> {
        if let Some(replay) = &mut self.replay {
            replay.count += 1;
        }
        match Notification::parse(body) {
            Ok(notification) => vec![Effect::Emit(SessionEvent::Notification(Box::new(notification)))],
            Err(error) => vec![malformed(error.field, error.reason, bytes)],
        }
    }

    fn heartbeat_answered(&mut self, frame: &Frame) -> Vec<Effect> {
        let is_ours = |heartbeat: &Heartbeat| frame.meta.message_id.as_deref() == Some(&heartbeat.message_id);
        if !self.heartbeat.as_ref().is_some_and(is_ours) {
            return Vec::new();
        }
        self.heartbeat = None;
        match self.replay.take() {
            Some(replay) if replay.count >= replay.buffer_size => {
                vec![Effect::Emit(SessionEvent::Gap(GapReason::ReplayBufferFull))]
            }
            _ => Vec::new(),
        }
    }

    fn answered(&mut self, frame: &Frame, body: &str, bytes: &[u8], now: Instant) -> Vec<Effect> {
        let is_ours = |pending: &mut Pending| frame.meta.message_id.as_deref() == Some(&pending.message_id);
        let Some(pending) = self.pending.take_if(is_ours) else {
            return Vec::new();
        };
        let operation = pending.operation;
        let headers = frame.meta.rate_headers();
        let status = frame.meta.status.unwrap_or_default();
        let mut effects = vec![Effect::Observe(operation, headers, status)];
        if !(200..300).contains(&status) {
            let mut api = ApiError::parse(operation.id, status, body.as_bytes());
            api.retry_after = headers.retry_after;
            effects.extend(self.subscription_failed(operation, api, now));
            return effects;
        }
        match read_json::<Subscription>(body) {
            Ok(subscription) => effects.extend(self.subscribed(subscription, now)),
            Err(error) => {
                effects.push(malformed(error.field.clone(), error.reason.clone(), bytes));
                let error = Error::Decode {
                    operation: operation.id,
                    field: error.field,
                    reason: error.reason,
                };
                effects.push(Effect::End(DisconnectReason::SubscriptionRefused(error)));
            }
        }
        effects
    }

    fn subscribed(&mut self, subscription: Subscription, now: Instant) -> Vec<Effect> {
        let is_first = self.phase != Phase::Live;
        // Renewed after nine tenths of its time; the vendor gives a day.
        self.renew_at = subscription
            .expires_in_secs
            .map(|secs| now + Duration::from_secs(secs / 10 * 9));
        self.subscription = Some(subscription.clone());
        let connected = Effect::Emit(SessionEvent::Connected {
            is_recovered: !is_first,
            subscription,
        });
        if !is_first {
            return vec![connected];
        }
        self.go_live(now);
        vec![connected, Effect::Emit(SessionEvent::Gap(GapReason::NewSession))]
    }

    fn subscription_failed(
        &mut self,
        operation: &'static Operation,
        api: ApiError,
        now: Instant,
    ) -> Option<Effect> {
        let is_update = operation.id == UPDATE_SUBSCRIPTION.id;
        if is_update && api.status == 429 {
            // What is subscribed goes on meanwhile.
            self.renew_at = Some(now + api.retry_after.unwrap_or(UNSAID_PENALTY));
            return None;
        }
        if is_update {
            // It may have ended meanwhile: make a new one on the same connection.
            self.subscription = None;
            self.phase = Phase::Subscribing;
            return Some(Effect::WantSubscription);
        }
        Some(Effect::End(match api.status {
            401 => DisconnectReason::Closed { code: api.code },
            429 => DisconnectReason::Unreachable(Error::RateLimited {
                group: operation.group,
                retry_after: api.retry_after.unwrap_or(UNSAID_PENALTY),
            }),
            // The server is not well, which says nothing about what we may.
            500.. => DisconnectReason::Unreachable(Error::Api(Box::new(api))),
            _ => DisconnectReason::SubscriptionRefused(Error::Api(Box::new(api))),
        }))
    }

    fn error(&mut self, frame: &Frame, body: &str, now: Instant) -> Vec<Effect> {
        let api = ApiError::parse(
            "WebSocket",
            frame.meta.status.unwrap_or_default(),
            body.as_bytes(),
        );
        let is_answer = |pending: &mut Pending| frame.meta.message_id.as_deref() == Some(&pending.message_id);
        if let Some(pending) = self.pending.take_if(is_answer) {
            return self
                .subscription_failed(pending.operation, api, now)
                .into_iter()
                .collect();
        }
        vec![Effect::End(match api.code.as_deref() {
            Some("WSG-902") => DisconnectReason::IdleTimeout,
            Some("WSG-903") => DisconnectReason::AbsoluteTimeout,
            _ => DisconnectReason::Closed { code: api.code },
        })]
    }

    fn go_live(&mut self, now: Instant) {
        self.phase = Phase::Live;
        self.lost_at = None;
        self.live_since = Some(now);
    }

    fn heartbeat(&mut self, now: Instant) -> Effect {
        let message_id = self.message_id();
        let text = frame::heartbeat(&message_id);
        self.heartbeat = Some(Heartbeat {
            message_id,
            deadline: now + self.timing.answer_timeout,
        });
        Effect::Send(text)
    }

    fn message_id(&mut self) -> String {
        self.next_message += 1;
        format!("{}/{}", uuid::Uuid::new_v4(), self.next_message)
    }
}

fn malformed(field: String, reason: String, bytes: &[u8]) -> Effect {
    Effect::Emit(SessionEvent::Malformed {
        field,
        reason,
        raw: frame::raw(bytes),
    })
}

#[cfg(test)]
mod tests;
