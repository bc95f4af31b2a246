//! One connection as the server sees it: it outlives its socket for as long as it can be recovered.

use std::collections::VecDeque;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use tokio::sync::mpsc;

use super::{GatewaySettings, Subscription, frame};
use crate::oauth::session::Session;
use crate::world::ids::ExtensionId;

/// What the socket's task is told to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outbound {
    Frame(String),
    /// A moment's pause between ConnectionDetails and what was missed, as a distant server has it anyway: RingCentral's
    /// own SDK only begins to listen for notifications once it has taken ConnectionDetails in.
    Breath,
    Close {
        code: u16,
        reason: &'static str,
    },
}

/// A connection, its subscription and its recovery buffer.
#[derive(Debug)]
pub(crate) struct Link {
    pub(super) token: String,
    pub(super) session_id: String,
    pub(super) client_id: String,
    pub(super) extension_id: ExtensionId,
    pub(super) subscription: Option<Subscription>,
    pub(super) last_heard_at: Timestamp,
    pub(super) disconnected_at: Option<Timestamp>,
    opened_at: Timestamp,
    sequence: u64,
    buffer: VecDeque<(u64, Value)>,
    late: Vec<Late>,
    outbound: Option<mpsc::UnboundedSender<Outbound>>,
}

/// What ConnectionDetails says.
#[derive(Debug)]
pub(super) struct Details {
    pub(super) body: Value,
    /// The last sequence the client has seen; recovered notifications follow it.
    pub(super) sequence: u64,
}

#[derive(Debug)]
struct Late {
    after: u32,
    notification: Value,
}

impl Link {
    pub(super) fn new(token: String, session: &Session, now: Timestamp) -> Self {
        Self {
            token,
            session_id: session.id.clone(),
            client_id: session.client_id.clone(),
            extension_id: session.extension_id,
            subscription: None,
            last_heard_at: now,
            disconnected_at: None,
            opened_at: now,
            sequence: 1,
            buffer: VecDeque::new(),
            late: Vec::new(),
            outbound: None,
        }
    }

    pub(super) fn is_connected(&self) -> bool {
        self.outbound.is_some()
    }

    /// Puts the link on a socket: ConnectionDetails first, then what the client has missed.
    pub(super) fn attach(
        &mut self,
        sender: mpsc::UnboundedSender<Outbound>,
        details: Details,
        now: Timestamp,
    ) {
        // A socket that still looked alive is replaced: the client knows better that it is gone.
        self.close(1001, "recovered elsewhere", now);
        self.outbound = Some(sender);
        self.disconnected_at = None;
        self.opened_at = now;
        self.last_heard_at = now;
        self.send(frame::connection_details(
            &self.wsc(details.sequence),
            details.sequence,
            &details.body,
        ));
        let missed: Vec<(u64, Value)> = self
            .buffer
            .iter()
            .filter(|(sequence, _)| *sequence > details.sequence)
            .cloned()
            .collect();
        if !missed.is_empty() {
            self.tell(Outbound::Breath);
        }
        for (sequence, notification) in missed {
            self.send(frame::notification(&self.wsc(sequence), sequence, &notification));
        }
    }

    /// Takes the link off its socket. `false` when it has already moved to another one.
    pub(super) fn detach(&mut self, now: Timestamp) -> bool {
        let is_ours = self
            .outbound
            .as_ref()
            .is_none_or(mpsc::UnboundedSender::is_closed);
        if is_ours {
            self.outbound = None;
            self.disconnected_at.get_or_insert(now);
        }
        is_ours
    }

    /// Numbers a notification, keeps it for recovery and sends it if there is a socket.
    pub(super) fn notify(&mut self, notification: Value, buffer_size: usize) {
        self.sequence += 1;
        let sequence = self.sequence;
        self.send(frame::notification(&self.wsc(sequence), sequence, &notification));
        self.buffer.push_back((sequence, notification));
        while self.buffer.len() > buffer_size {
            self.buffer.pop_front();
        }
    }

    /// Holds a notification back until `after` others have gone out.
    pub(super) fn hold(&mut self, notification: Value, after: u32) {
        self.late.push(Late { after, notification });
    }

    /// Counts one notification that went out, and sends those whose time has come.
    pub(super) fn count_down(&mut self, buffer_size: usize) {
        let mut due = Vec::new();
        let mut waiting = Vec::new();
        for mut late in std::mem::take(&mut self.late) {
            late.after = late.after.saturating_sub(1);
            if late.after == 0 {
                due.push(late.notification)
            } else {
                waiting.push(late)
            }
        }
        self.late = waiting;
        for notification in due {
            self.notify(notification, buffer_size);
        }
    }

    pub(super) fn release_late(&mut self, buffer_size: usize) -> usize {
        let late = std::mem::take(&mut self.late);
        let count = late.len();
        for one in late {
            self.notify(one.notification, buffer_size);
        }
        count
    }

    pub(super) fn send(&self, text: String) {
        self.tell(Outbound::Frame(text));
    }

    fn tell(&self, message: Outbound) {
        if let Some(outbound) = &self.outbound {
            // A closed channel means the socket's task has just ended; the buffer still has the notification.
            let _ = outbound.send(message);
        }
    }

    /// Asks the socket's task to close; `None` when there is no socket.
    pub(super) fn close(&mut self, code: u16, reason: &'static str, now: Timestamp) -> Option<()> {
        let outbound = self.outbound.take()?;
        self.disconnected_at = Some(now);
        outbound.send(Outbound::Close { code, reason }).ok()
    }

    pub(super) fn enforce_timeouts(&mut self, settings: GatewaySettings, now: Timestamp) {
        if !self.is_connected() {
            return;
        }
        let silent = now.duration_since(self.last_heard_at);
        let open = now.duration_since(self.opened_at);
        let (code, message) = if open >= SignedDuration::from_secs(settings.absolute_timeout_seconds) {
            ("WSG-903", "WebSocket absolute timeout")
        } else if silent >= SignedDuration::from_secs(settings.idle_timeout_seconds) {
            ("WSG-902", "WebSocket idle timeout")
        } else {
            return;
        };
        self.send(frame::error(None, 408, code, message));
        self.close(1001, message, now);
    }

    fn wsc(&self, sequence: u64) -> String {
        URL_SAFE_NO_PAD.encode(format!("{}|{sequence}", self.token))
    }
}

/// Takes a `wsc` token apart: which link, and up to which notification its client had read.
pub(super) fn read_wsc(text: &str) -> Option<(String, u64)> {
    let decoded = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
    let (token, sequence) = decoded.rsplit_once('|')?;
    Some((token.to_owned(), sequence.parse().ok()?))
}
