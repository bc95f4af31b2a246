//! The task behind an event session: connects, carries out what [`super::protocol`] says, and comes back after a break.
//!
//! It makes no decisions about frames; it owns the socket, the delays and the reader's queue.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use futures_util::{SinkExt, StreamExt};
use tokio::{
    sync::mpsc,
    time::{Instant, MissedTickBehavior},
};
use tokio_tungstenite::tungstenite::Message;

use super::{
    Command, DisconnectReason, GapReason, SessionEvent, SessionOptions, Timing,
    protocol::{Effect, Protocol},
    socket::{self, Socket},
};
use crate::{Client, api::operations::CREATE_SUBSCRIPTION, auth::SignIn, error::Error, rate_limit::Priority};

pub(super) async fn run(
    client: Client,
    options: SessionOptions,
    events: mpsc::Sender<SessionEvent>,
    commands: mpsc::UnboundedReceiver<Command>,
) {
    let protocol = Protocol::new(options.filters, options.timing.clone(), Instant::now());
    let outlet = Outlet {
        events,
        has_dropped: false,
    };
    let mut runner = Runner {
        delays: delays(&options.timing),
        client,
        timing: options.timing,
        protocol,
        outlet,
        commands,
    };
    runner.run().await;
}

struct Runner {
    client: Client,
    timing: Timing,
    protocol: Protocol,
    outlet: Outlet,
    commands: mpsc::UnboundedReceiver<Command>,
    delays: ExponentialBackoff,
}

/// The handles are gone along with the session.
struct Closed;

impl Runner {
    async fn run(&mut self) {
        loop {
            let reason = match self.connect().await {
                Ok(Some(socket)) => self.converse(socket).await,
                Ok(None) => continue,
                Err(error) => Ok(failure(error)),
            };
            let Ok(reason) = reason else { return };
            self.protocol.disconnected(self.client.clock().now());
            if self.protocol.was_stable(Instant::now()) {
                self.delays = delays(&self.timing);
            }
            let retry_in = self.delay_after(&reason);
            tracing::info!(%reason, ?retry_in, "events have stopped");
            self.outlet.emit(SessionEvent::Disconnected { reason, retry_in });
            if self.pause(retry_in).await.is_err() {
                return;
            }
        }
    }

    /// `None` when a command came in between: then try anew.
    async fn connect(&mut self) -> Result<Option<Socket>, Error> {
        let recovery = self.protocol.recovery_point(self.client.clock().now());
        let client = self.client.clone();
        tokio::select! {
            socket = socket::connect(&client, recovery.as_ref()) => socket.map(Some),
            Some(command) = self.commands.recv() => {
                if let Command::SetFilters(filters) = command {
                    self.protocol.set_filters(filters);
                }
                Ok(None)
            }
        }
    }

    /// Keeps one connection until it ends.
    async fn converse(&mut self, mut socket: Socket) -> Result<DisconnectReason, Closed> {
        self.protocol.connected(Instant::now(), self.client.clock().now());
        let mut ticks = tokio::time::interval(self.timing.tick);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let effects = tokio::select! {
                message = socket.next() => match message {
                    Some(Ok(Message::Text(text))) => self.protocol.received(text.as_bytes(), Instant::now()),
                    Some(Ok(Message::Binary(bytes))) => self.protocol.received(&bytes, Instant::now()),
                    // Pings are answered by the library.
                    Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => Vec::new(),
                    Some(Ok(Message::Close(_))) | None => return Ok(DisconnectReason::Closed { code: None }),
                    Some(Err(error)) => return Ok(broken(error)),
                },
                command = self.commands.recv() => match command {
                    Some(Command::SetFilters(filters)) => self.protocol.set_filters(filters),
                    Some(Command::Reconnect) => return Ok(DisconnectReason::Asked),
                    None => return Err(Closed),
                },
                _ = ticks.tick() => {
                    self.outlet.settle();
                    self.protocol.tick(Instant::now(), self.client.clock().now())
                }
            };
            for effect in effects {
                if let Some(reason) = self.carry_out(effect, &mut socket).await {
                    return Ok(reason);
                }
            }
        }
    }

    async fn carry_out(&mut self, effect: Effect, socket: &mut Socket) -> Option<DisconnectReason> {
        match effect {
            Effect::Emit(event) => self.outlet.emit(event),
            Effect::Observe(operation, headers, 429) => {
                self.client.transport().note_penalty(operation, &headers);
            }
            Effect::Observe(operation, headers, _) => self.client.transport().observe(operation, &headers),
            Effect::End(reason) => return Some(reason),
            Effect::Send(text) => return self.send(text, socket).await,
            Effect::WantSubscription => {
                // Subscribing counts against the same budget as over HTTP.
                if let Err(error) = self
                    .client
                    .transport()
                    .acquire(&CREATE_SUBSCRIPTION, Priority::Event)
                    .await
                {
                    return Some(failure(error));
                }
                let request = self.protocol.subscribe(Instant::now());
                return self.send(request, socket).await;
            }
        }
        None
    }

    async fn send(&mut self, text: String, socket: &mut Socket) -> Option<DisconnectReason> {
        match tokio::time::timeout(self.timing.answer_timeout, socket.send(Message::text(text))).await {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(broken(error)),
            Err(_) => Some(DisconnectReason::Silent),
        }
    }

    fn delay_after(&mut self, reason: &DisconnectReason) -> Option<Duration> {
        match reason {
            // Where tokens are there and the gateway does not take them, nobody will sign in for that.
            DisconnectReason::SignInRequired(_)
                if *self.client.auth().watch().borrow() != SignIn::SignedIn =>
            {
                None
            }
            DisconnectReason::SubscriptionRefused(error) => {
                Some(error.retry_after().unwrap_or(self.timing.refused_delay))
            }
            DisconnectReason::Asked | DisconnectReason::WokeFromSleep => Some(Duration::ZERO),
            _ => Some(self.delays.next().unwrap_or(self.timing.max_delay)),
        }
    }

    /// Waits for the next try: for the time given or, without one, for a sign-in. Commands cut it short.
    async fn pause(&mut self, delay: Option<Duration>) -> Result<(), Closed> {
        let mut sign_in = self.client.auth().watch();
        let wait = async {
            match delay {
                Some(delay) => tokio::time::sleep(delay).await,
                None => {
                    let _ = sign_in.wait_for(|state| *state == SignIn::SignedIn).await;
                }
            }
        };
        tokio::pin!(wait);
        loop {
            tokio::select! {
                () = &mut wait => return Ok(()),
                command = self.commands.recv() => match command {
                    Some(Command::SetFilters(filters)) => {
                        self.protocol.set_filters(filters);
                    }
                    Some(Command::Reconnect) => return Ok(()),
                    None => return Err(Closed),
                }
            }
        }
    }
}

/// The way to the reader. A full queue never holds the socket up: events are dropped, and the gap is told.
struct Outlet {
    events: mpsc::Sender<SessionEvent>,
    has_dropped: bool,
}

impl Outlet {
    fn emit(&mut self, event: SessionEvent) {
        self.settle();
        if self.has_dropped || self.events.try_send(event).is_err() {
            self.has_dropped = true;
        }
    }

    /// Tells a gap that could not be told before.
    fn settle(&mut self) {
        if self.has_dropped
            && self
                .events
                .try_send(SessionEvent::Gap(GapReason::ReaderTooSlow))
                .is_ok()
        {
            self.has_dropped = false;
        }
    }
}

fn delays(timing: &Timing) -> ExponentialBackoff {
    ExponentialBuilder::default()
        .with_min_delay(timing.first_delay)
        .with_max_delay(timing.max_delay)
        .without_max_times()
        .with_jitter()
        .build()
}

fn failure(error: Error) -> DisconnectReason {
    match error {
        Error::SignInRequired { .. } => DisconnectReason::SignInRequired(error),
        // The app may not use the gateway at all.
        Error::Forbidden { .. } => DisconnectReason::SubscriptionRefused(error),
        error => DisconnectReason::Unreachable(error),
    }
}

fn broken(error: tokio_tungstenite::tungstenite::Error) -> DisconnectReason {
    DisconnectReason::Unreachable(Error::Network {
        operation: "WebSocket",
        may_have_arrived: true,
        source: error.to_string().into(),
    })
}
