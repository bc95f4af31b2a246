//! The live source: an event session over RingCentral's WebSocket gateway.
//!
//! The session reconnects, recovers and notices sleep on its own; here its events become news, and its troubles become
//! words. It decides nothing about polling.

use super::fallback::LiveFailure;
use super::gap::Gap;
use super::source::{Coverage, EventSource, News};
use crate::store::SyncScope;
use async_trait::async_trait;
use jiff::Timestamp;
use ringcentral::Client;
use ringcentral::api::ExtensionRef;
use ringcentral::api::subscriptions::{EventFilter, Subscription};
use ringcentral::error::Error;
use ringcentral::notification::{Notification, NotificationBody};
use ringcentral::websocket::{
    DisconnectReason, EventSession, GapReason, SessionEvent, SessionOptions, Timing,
};
use std::collections::VecDeque;

/// At most so many events are taken at once, so that a flood does not keep everything else waiting.
const TAKEN_AT_ONCE: usize = 64;

/// Events over a WebSocket.
#[derive(Debug)]
pub struct WebSocketSource {
    session: EventSession,
    arrived: VecDeque<SessionEvent>,
    asks_for_all: bool,
}

impl WebSocketSource {
    /// Opens the session in a task of its own; needs a running tokio runtime.
    pub fn open(client: Client, timing: Timing) -> Self {
        Self::with_filters(client, timing, filters())
    }

    /// The same for whoever wants to hear of the calls of the whole company as well.
    pub fn open_for_company(client: Client, timing: Timing) -> Self {
        let mut filters = filters();
        filters.push(EventFilter::account_telephony_sessions());
        Self::with_filters(client, timing, filters)
    }

    fn with_filters(client: Client, timing: Timing, filters: Vec<EventFilter>) -> Self {
        let options = SessionOptions {
            timing,
            ..SessionOptions::new(filters)
        };
        Self {
            session: EventSession::open(client, options),
            arrived: VecDeque::new(),
            asks_for_all: true,
        }
    }

    /// Filters that an account does not have are left out of the answer, says the API reference (`disabledFilters`). Should
    /// one of them cost all the others all the same, the needed ones are asked for alone. True when that is worth a try.
    fn asks_for_less(&mut self, event: &SessionEvent) -> bool {
        let is_refused = matches!(
            event,
            SessionEvent::Disconnected {
                reason: DisconnectReason::SubscriptionRefused(Error::Api(_) | Error::Forbidden { .. }),
                ..
            }
        );
        if !is_refused || !self.asks_for_all {
            return false;
        }
        tracing::warn!("the event filters were refused together: asking for the needed ones alone");
        self.asks_for_all = false;
        self.session.handle().set_filters(needed_filters());
        self.session.handle().reconnect();
        true
    }
}

#[async_trait]
impl EventSource for WebSocketSource {
    async fn stirred(&mut self) {
        if self.arrived.is_empty() {
            match self.session.next().await {
                Some(event) => self.arrived.push_back(event),
                // The session ends only with this source.
                None => std::future::pending().await,
            }
        }
    }

    async fn take(&mut self, _now: Timestamp) -> Vec<News> {
        use futures_util::FutureExt;
        while self.arrived.len() < TAKEN_AT_ONCE
            && let Some(Some(event)) = self.session.next().now_or_never()
        {
            self.arrived.push_back(event);
        }
        let mut news = Vec::new();
        while let Some(event) = self.arrived.pop_front() {
            if !self.asks_for_less(&event) {
                news.extend(news_of(event));
            }
        }
        news
    }

    fn due_at(&self) -> Option<Timestamp> {
        None
    }

    fn renew(&mut self) {
        self.session.handle().reconnect();
    }
}

/// What we want to hear of: our own calls (those that queues ring at us included), our own presence, which shows them
/// once more when an event of theirs is lost, our own messages, the company directory, who wants no texts any more, and the
/// presence of everybody. The person's own address book has no event.
fn filters() -> Vec<EventFilter> {
    let mut filters = needed_filters();
    filters.push(EventFilter::sms_consents());
    filters.push(EventFilter::account_presence());
    filters
}

/// Without what not every account has.
fn needed_filters() -> Vec<EventFilter> {
    let own = ExtensionRef::Own;
    vec![
        EventFilter::telephony_sessions(&own),
        EventFilter::presence(&own),
        EventFilter::message_store(&own),
        EventFilter::directory_contacts(),
    ]
}

fn news_of(event: SessionEvent) -> Vec<News> {
    match event {
        SessionEvent::Connected { subscription, .. } => {
            for refused in &subscription.disabled_filters {
                tracing::warn!(
                    filter = refused.filter,
                    reason = refused.reason,
                    "an event filter was refused"
                );
            }
            vec![
                News::Up(coverage(&subscription)),
                News::TeamPresenceFlows(covers_team(&subscription)),
                News::CompanyCalls {
                    are_served: serves_company_calls(&subscription),
                },
            ]
        }
        SessionEvent::Gap(reason) => vec![News::Gap(match reason {
            GapReason::NewSession => Gap::NotRecovered,
            GapReason::ReplayBufferFull | GapReason::ReaderTooSlow => Gap::Overflowed,
        })],
        SessionEvent::Notification(notification) => {
            let team = news_of_team(&notification);
            news_of_notification(*notification)
                .into_iter()
                .chain(team)
                .collect()
        }
        SessionEvent::Malformed { field, reason, .. } => {
            tracing::warn!(field, reason, "a notification could not be read");
            vec![News::Gap(Gap::Unreadable)]
        }
        // Asked for by ourselves: the new connection is on its way.
        SessionEvent::Disconnected {
            reason: DisconnectReason::Asked,
            ..
        } => Vec::new(),
        SessionEvent::Disconnected { reason, .. } => vec![News::Down(failure(&reason))],
    }
}

fn news_of_notification(notification: Notification) -> Option<News> {
    Some(match notification.body {
        NotificationBody::TelephonySession(event) => News::Call(event),
        NotificationBody::MessageStore(_)
        | NotificationBody::InstantSms(_)
        | NotificationBody::Voicemail(_)
        | NotificationBody::Fax(_) => News::Changed(SyncScope::MESSAGE_STORE),
        NotificationBody::MissedCall(_) => News::Changed(SyncScope::CALL_LOG),
        NotificationBody::Other(_) if path_of(&notification.event).ends_with("/directory/contacts") => {
            News::Changed(SyncScope::DIRECTORY)
        }
        NotificationBody::Other(_) if path_of(&notification.event).ends_with("/sms/consents") => {
            News::Changed(SyncScope::CONSENTS)
        }
        NotificationBody::Presence(presence) => News::Presence(presence),
        NotificationBody::Other(_) => return None,
    })
}

/// A presence is news of the team besides what it says of our own calls.
fn news_of_team(notification: &Notification) -> Option<News> {
    match &notification.body {
        NotificationBody::Presence(presence) => Some(News::TeamPresence {
            presence: presence.clone(),
            sent_at: notification.sent_at,
        }),
        _ => None,
    }
}

/// Whether the filter of all calls is among those that are active.
fn serves_company_calls(subscription: &Subscription) -> bool {
    subscription.event_filters.iter().any(|filter| {
        let path = path_of(filter);
        path.ends_with("/telephony/sessions") && !path.contains("/extension/")
    })
}

/// What is really delivered: the answer lists the filters that are active.
fn coverage(subscription: &Subscription) -> Coverage {
    let has = |tail: &str| {
        subscription
            .event_filters
            .iter()
            .any(|filter| path_of(filter).ends_with(tail))
    };
    Coverage {
        calls: subscription.event_filters.iter().any(|filter| {
            let path = path_of(filter);
            path.ends_with("/telephony/sessions") && path.contains("/extension/")
        }),
        messages: has("/message-store"),
    }
}

/// Whether the presence of everybody is among it, and not only our own.
fn covers_team(subscription: &Subscription) -> bool {
    subscription.event_filters.iter().any(|filter| {
        let path = path_of(filter);
        path.ends_with("/presence") && !path.contains("/extension/")
    })
}

fn path_of(filter: &str) -> &str {
    filter.split('?').next().unwrap_or_default()
}

fn failure(reason: &DisconnectReason) -> LiveFailure {
    match reason {
        DisconnectReason::SignInRequired(_) => LiveFailure::SignInRequired {
            reason: "The sign-in has ended. Sign in again to get calls and messages as they come.".to_owned(),
        },
        DisconnectReason::SubscriptionRefused(Error::Forbidden { permission, .. }) => LiveFailure::Refused {
            reason: match permission {
                Some(permission) => format!(
                    "RingCentral does not allow this app live events: the permission {permission} is missing."
                ),
                None => "RingCentral does not allow this app live events.".to_owned(),
            },
        },
        DisconnectReason::SubscriptionRefused(_) => LiveFailure::Refused {
            reason: "RingCentral has refused live events.".to_owned(),
        },
        DisconnectReason::Unreachable(Error::RateLimited { .. }) => LiveFailure::Unreachable {
            reason: "RingCentral asked us to slow down before the live connection could be opened."
                .to_owned(),
        },
        DisconnectReason::Unreachable(_) => LiveFailure::Unreachable {
            reason:
                "The live connection to RingCentral cannot be opened. Something on the network may block it."
                    .to_owned(),
        },
        DisconnectReason::Closed { .. }
        | DisconnectReason::IdleTimeout
        | DisconnectReason::AbsoluteTimeout
        | DisconnectReason::Silent
        | DisconnectReason::WokeFromSleep
        | DisconnectReason::Asked => LiveFailure::Unreachable {
            reason: "The live connection to RingCentral was interrupted.".to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subscription(filters: &[&str]) -> Subscription {
        serde_json::from_value(serde_json::json!({ "id": "s", "eventFilters": filters })).unwrap()
    }

    #[test]
    fn what_the_server_does_not_deliver_is_missing() {
        let all = subscription(&[
            "/restapi/v1.0/account/1/extension/2/telephony/sessions?sipData=true",
            "/restapi/v1.0/account/1/extension/2/message-store",
        ]);
        assert_eq!(coverage(&all), Coverage::ALL);
        let without_calls = subscription(&["/restapi/v1.0/account/1/extension/2/message-store"]);
        assert_eq!(
            coverage(&without_calls).missing(),
            Coverage {
                calls: true,
                messages: false
            }
        );
    }

    #[test]
    fn our_own_presence_alone_is_not_the_team_s() {
        let own = "/restapi/v1.0/account/1/extension/2/presence?detailedTelephonyState=true";
        assert!(!covers_team(&subscription(&[own])));
        assert!(covers_team(&subscription(&[
            own,
            "/restapi/v1.0/account/1/presence"
        ])));
    }

    #[test]
    fn the_companys_calls_are_heard_of_only_when_their_own_filter_is_active() {
        let own = "/restapi/v1.0/account/1/extension/2/telephony/sessions";
        let all = "/restapi/v1.0/account/1/telephony/sessions";
        assert!(serves_company_calls(&subscription(&[own, all])));
        assert!(!serves_company_calls(&subscription(&[own])));
        assert!(
            !coverage(&subscription(&[all])).calls,
            "one's own calls are polled for all the same"
        );
    }

    #[test]
    fn a_change_of_the_directory_or_of_consents_is_news_and_an_unknown_event_is_none() {
        let news = |event: &str| {
            let text = serde_json::json!({ "event": event, "body": {} }).to_string();
            news_of_notification(Notification::parse(&text).unwrap())
        };
        for (event, changed) in [
            ("/restapi/v1.0/account/1/directory/contacts", SyncScope::DIRECTORY),
            ("/restapi/v2/accounts/1/sms/consents", SyncScope::CONSENTS),
        ] {
            let Some(News::Changed(scope)) = news(event) else {
                panic!("it is news")
            };
            assert_eq!(scope, changed);
        }
        assert!(news("/restapi/v1.0/account/1/weather").is_none());
    }
}
