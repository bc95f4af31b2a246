//! The client: one server, one app, one signed-in user.
//!
//! Cheap to clone; all clones share the connection pool, the tokens and the rate budget. It keeps no data and runs
//! nothing in the background: an open event session is [`crate::websocket`]'s.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::{
    api,
    auth::{Auth, TokenSource, TokenStore},
    clock::Clock,
    config::Config,
    error::Error,
    rate_limit::{Forecasts, RateLimiter},
};

mod answer;
mod multipart;
mod request;
mod server_time;
mod transport;
mod upload;

pub(crate) use answer::Answer;
pub(crate) use multipart::Multipart;
pub(crate) use request::{Attempts, Query, Request};
use server_time::ServerTime;
pub(crate) use transport::Transport;
pub(crate) use upload::Upload;

/// A client of RingCentral's API.
#[derive(Debug, Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    transport: Arc<Transport>,
    tokens: TokenSource,
    clock: Arc<dyn Clock>,
    server_time: ServerTime,
}

/// Declares the accessors of the API's areas.
macro_rules! areas {
    ($($(#[$doc:meta])* $name:ident: $area:ty),* $(,)?) => {
        impl Client {$(
            $(#[$doc])*
            pub fn $name(&self) -> $area {
                <$area>::new(self)
            }
        )*}
    };
}

areas! {
    /// Signing in and out.
    auth: Auth<'_>,
    /// The account.
    account: api::account::Account<'_>,
    /// Users, queues and other extensions.
    extensions: api::extensions::Extensions<'_>,
    /// The account's and an extension's phone numbers.
    phone_numbers: api::phone_numbers::PhoneNumbers<'_>,
    /// The call log: list, single records, sync.
    call_log: api::call_log::CallLog<'_>,
    /// Calls under way, as the call log sees them.
    active_calls: api::active_calls::ActiveCalls<'_>,
    /// Texts, voicemail and faxes: list, read state, deletion, content.
    message_store: api::message_store::MessageStore<'_>,
    /// The sync of the message store.
    message_sync: api::message_sync::MessageSync<'_>,
    /// Sending faxes.
    fax: api::fax::Fax<'_>,
    /// Sending texts and pictures.
    sms: api::sms::Sms<'_>,
    /// Who may be sent texts, account-wide.
    sms_consents: api::sms_consents::SmsConsents<'_>,
    /// Prepared texts, personal and the company's.
    message_templates: api::message_templates::MessageTemplates<'_>,
    /// The company directory.
    directory: api::directory::Directory<'_>,
    /// A user's own contacts.
    address_book: api::address_book::AddressBook<'_>,
    /// Who can be reached.
    presence: api::presence::PresenceApi<'_>,
    /// Subscriptions over REST. For events use [`crate::websocket`].
    subscriptions: api::subscriptions::Subscriptions<'_>,
    /// Call sessions.
    telephony: api::telephony::Telephony<'_>,
    /// Calls that ring a phone of ours first.
    ring_out: api::ring_out::RingOut<'_>,
    /// The phones a person told the service about.
    forwarding_numbers: api::forwarding_numbers::ForwardingNumbers<'_>,
    /// Phones and soft phones.
    devices: api::devices::Devices<'_>,
    /// Call queues and their members.
    call_queues: api::call_queues::CallQueues<'_>,
    /// Who takes the calls of which queue.
    queue_presence: api::queue_presence::QueuePresenceApi<'_>,
    /// Who may listen in to whom, and listening in.
    call_monitoring: api::call_monitoring::CallMonitoring<'_>,
    /// What the user and the app may do.
    authz_profile: api::authz_profile::AuthzProfile<'_>,
}

impl Client {
    /// A client that keeps its tokens in `store`.
    ///
    /// # Errors
    /// [`Error::Configuration`] when the configuration is not safe or TLS cannot be set up on this machine.
    pub fn new(config: Config, store: Arc<dyn TokenStore>, clock: Arc<dyn Clock>) -> Result<Self, Error> {
        config.check()?;
        let mut transport = Transport::new(config)?;
        if transport.config().are_rate_windows_driven {
            transport = transport.with_rate(RateLimiter::driven_by(clock.clone()));
        }
        let transport = Arc::new(transport);
        let tokens = TokenSource::new(transport.clone(), clock.clone(), store);
        Ok(Self {
            inner: Arc::new(Inner {
                transport,
                tokens,
                clock,
                server_time: ServerTime::default(),
            }),
        })
    }

    /// The configuration it was made with.
    pub fn config(&self) -> &Config {
        self.inner.transport.config()
    }

    /// What is left of the rate budgets. Looking spends nothing.
    pub fn rate_limit(&self) -> Forecasts<'_> {
        Forecasts::new(self.inner.transport.rate())
    }

    /// The time by the clock of the server, whatever this computer's clock says. Taken from a recent answer, else asked for
    /// with the smallest request there is.
    ///
    /// # Errors
    /// Any of [`Error`] when the server has to be asked and cannot.
    pub async fn server_now(&self) -> Result<Timestamp, Error> {
        if let Some(now) = self.inner.server_time.now(self.clock().now()) {
            return Ok(now);
        }
        let answer = api::versions::ask(self.transport()).await?;
        self.note_date(&answer);
        let now = self.clock().now();
        Ok(self.inner.server_time.now(now).unwrap_or(now))
    }

    /// The same, as far as it is known without asking.
    pub fn known_server_now(&self) -> Option<Timestamp> {
        self.inner.server_time.now(self.clock().now())
    }

    /// How far the server's clock is ahead of this computer's, by a recent answer; `None` when there is none to go by.
    /// Asks nobody. `Date` counts whole seconds: clocks that differ by no more than that count as equal, others are told
    /// to half a second and the time that the answer took.
    pub fn clock_offset(&self) -> Option<SignedDuration> {
        self.inner.server_time.offset(self.clock().now())
    }

    /// Whether the server answers at all at this moment, asked with the smallest request there is.
    pub async fn is_reachable(&self) -> bool {
        match api::versions::ask(self.transport()).await {
            Ok(answer) => {
                self.note_date(&answer);
                true
            }
            Err(_) => false,
        }
    }

    pub(crate) fn note_date(&self, answer: &Answer) {
        if let Some(date) = &answer.date {
            self.inner.server_time.note(date, self.clock().now());
        }
    }

    pub(crate) fn transport(&self) -> &Transport {
        &self.inner.transport
    }

    pub(crate) fn token_source(&self) -> &TokenSource {
        &self.inner.tokens
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.inner.clock
    }
}
