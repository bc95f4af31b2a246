//! Subscriptions for events: what was asked for, what is active. And the filters themselves.
//!
//! A WebSocket subscription is made over its socket (see [`crate::websocket`]); over REST they can only be looked at
//! and deleted.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    ExtensionRef, area,
    message::MessageType,
    operations::{DELETE_SUBSCRIPTION, LIST_SUBSCRIPTIONS, READ_SUBSCRIPTION},
};
use crate::{
    client::Request,
    error::Error,
    id::SubscriptionId,
    open_enum::open_enum,
    page::{Page, plain_records},
    rate_limit::Priority,
    wire_time,
};

area! {
    /// Subscriptions over REST. From [`crate::Client::subscriptions`].
    Subscriptions
}

impl Subscriptions<'_> {
    /// Reads the subscriptions of this user and app (`listSubscriptions`). At most 30 can exist.
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn list(&self, priority: Priority) -> Result<Page<Subscription>, Error> {
        Request::new(&LIST_SUBSCRIPTIONS, &[], priority)
            .page(self.client)
            .await
    }

    /// Reads one subscription (`readSubscription`).
    ///
    /// # Errors
    /// Any of [`Error`]; [`Error::is_not_found`] when it has ended.
    pub async fn get(&self, id: &SubscriptionId, priority: Priority) -> Result<Subscription, Error> {
        Request::new(&READ_SUBSCRIPTION, &[id.as_str()], priority)
            .read(self.client)
            .await
    }

    /// Ends a subscription (`deleteSubscription`).
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn delete(&self, id: &SubscriptionId, priority: Priority) -> Result<(), Error> {
        Request::new(&DELETE_SUBSCRIPTION, &[id.as_str()], priority)
            .send(self.client)
            .await
            .map(|_| ())
    }
}

open_enum! {
    /// Whether events are delivered.
    pub enum SubscriptionStatus {
        Active = "Active",
        /// Delivery was given up; delete and subscribe again.
        Blacklisted = "Blacklisted",
    }
}

/// A subscription.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Subscription {
    /// The subscription.
    pub id: SubscriptionId,
    /// What is delivered, with real ids in place of `~`.
    #[serde(default)]
    pub event_filters: Vec<String>,
    /// What was asked for and is not delivered.
    #[serde(default)]
    pub disabled_filters: Vec<DisabledFilter>,
    /// Whether events are delivered.
    pub status: Option<SubscriptionStatus>,
    /// When it ends unless renewed.
    #[serde(rename = "expirationTime", default, with = "wire_time::optional")]
    pub expires_at: Option<Timestamp>,
    /// Seconds until it ends.
    #[serde(rename = "expiresIn")]
    pub expires_in_secs: Option<u64>,
}
plain_records!(Subscription);

/// A filter that is not delivered.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DisabledFilter {
    /// The filter as it was asked for.
    pub filter: String,
    /// Why, as a code.
    pub reason: Option<String>,
    /// Why, in a sentence.
    pub message: Option<String>,
}

/// What to be told about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct EventFilter(String);

impl EventFilter {
    /// Counts of new and changed messages of all kinds: the signal to sync (scope `ReadMessages`).
    pub fn message_store(of: &ExtensionRef) -> Self {
        Self::of_extension(of, "message-store")
    }

    /// The same for one kind.
    pub fn message_store_of_type(of: &ExtensionRef, kind: &MessageType) -> Self {
        Self::of_extension(of, &format!("message-store?type={kind}"))
    }

    /// Each inbound text in full (scope `ReadMessages`).
    pub fn instant_sms(of: &ExtensionRef) -> Self {
        Self::of_extension(of, "message-store/instant?type=SMS")
    }

    /// Each voicemail in full (scope `ReadMessages`).
    pub fn voicemail(of: &ExtensionRef) -> Self {
        Self::of_extension(of, "voicemail")
    }

    /// Each inbound fax in full (scope `ReadMessages`).
    pub fn inbound_fax(of: &ExtensionRef) -> Self {
        Self::of_extension(of, "fax?direction=Inbound")
    }

    /// Presence with calls (scope `ReadPresence`).
    pub fn presence(of: &ExtensionRef) -> Self {
        Self::of_extension(of, "presence?detailedTelephonyState=true")
    }

    /// Presence of everyone, without calls (scope `ReadPresence`).
    pub fn account_presence() -> Self {
        Self("/restapi/v1.0/account/~/presence".to_owned())
    }

    /// Calls of one extension as they happen (scope `CallControl`).
    pub fn telephony_sessions(of: &ExtensionRef) -> Self {
        Self::of_extension(of, "telephony/sessions")
    }

    /// Calls of everyone as they happen (scope `CallControl`).
    pub fn account_telephony_sessions() -> Self {
        Self("/restapi/v1.0/account/~/telephony/sessions".to_owned())
    }

    /// Missed calls of one extension.
    pub fn missed_calls(of: &ExtensionRef) -> Self {
        Self::of_extension(of, "missed-calls")
    }

    /// Changes of the company directory.
    pub fn directory_contacts() -> Self {
        Self("/restapi/v1.0/account/~/directory/contacts".to_owned())
    }

    /// Who opted out of texts and in again, for the whole account (scope `SMS`;
    /// developers.ringcentral.com/guide/messaging/sms/messaging-consent-management).
    pub fn sms_consents() -> Self {
        Self("/restapi/v2/accounts/~/sms/consents".to_owned())
    }

    /// Any other filter, as the vendor's documents write it.
    pub fn custom(path: impl Into<String>) -> Self {
        Self(path.into())
    }

    /// The filter as it is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn of_extension(of: &ExtensionRef, rest: &str) -> Self {
        Self(format!(
            "/restapi/v1.0/account/~/extension/{}/{rest}",
            of.as_str()
        ))
    }
}
