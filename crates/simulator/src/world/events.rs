//! What the world announces, in order, with everything a notification body needs.
//!
//! Filters, envelopes and JSON belong to the gateway. An event goes to nobody by itself: listeners subscribe.

use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::mpsc;

use super::consents::Consent;
use super::ids::{CallRecordId, ContactId, ExtensionId, MessageId, SessionId, TelephonySessionId};
use super::messages::{Message, MessageType};
use super::presence::PresenceSnapshot;
use super::sessions::{Party, SessionOrigin};

/// One announcement.
#[derive(Debug, Clone)]
pub struct WorldEvent {
    /// Counts up over the whole world, without gaps.
    pub number: u64,
    /// When it happened.
    pub at: Timestamp,
    /// A random identifier for the notification envelope.
    pub uuid: u64,
    /// What happened.
    pub change: Change,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Change {
    /// A telephony party changed (`telephony/sessions`). One party per notification, as the vendor sends it.
    Telephony(TelephonyChange),
    /// An extension's presence changed.
    Presence(PresenceSnapshot),
    /// A member joined in or stayed out of a queue (`call-queues/{groupId}/presence`).
    QueuePresence(QueuePresenceChange),
    /// Messages came or changed in an extension's store (`message-store`).
    MessageStore(MessageStoreChange),
    /// A message arrived and is announced whole (`message-store/instant`, `voicemail`, `fax`).
    MessageArrived(Arc<Message>),
    /// A call was missed by an extension (`missed-calls`).
    MissedCall(MissedCall),
    /// A call log record appeared, changed or was deleted. The vendor has no such notification; tests and the control
    /// face use it.
    CallLog {
        /// Whose call log.
        owner: ExtensionId,
        /// The record.
        record: CallRecordId,
    },
    /// A personal contact changed.
    Contact {
        /// Whose address book.
        owner: ExtensionId,
        /// The contact.
        contact: ContactId,
    },
    /// Somebody outside opted out of texts, or in again.
    Consent(Consent),
    /// An extension's data or the directory changed.
    Extension(ExtensionId),
    /// A recorded notification to be passed on exactly as it is, whatever the filters' ids say.
    Replayed(Arc<serde_json::Value>),
}

impl Change {
    /// The extension it concerns; `None` for account-level parties and replayed notifications.
    pub fn extension(&self) -> Option<ExtensionId> {
        match self {
            Change::Telephony(change) => change.party.extension_id,
            Change::Presence(snapshot) => Some(snapshot.extension_id),
            Change::QueuePresence(change) => Some(change.member),
            Change::MessageStore(change) => Some(change.owner),
            Change::MessageArrived(message) => Some(message.owner),
            Change::MissedCall(missed) => Some(missed.extension),
            Change::CallLog { owner, .. } | Change::Contact { owner, .. } => Some(*owner),
            Change::Extension(extension) => Some(*extension),
            Change::Consent(_) | Change::Replayed(_) => None,
        }
    }
}

/// A member who takes a queue's calls from now on, or no longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueuePresenceChange {
    /// The queue.
    pub queue: ExtensionId,
    /// The member.
    pub member: ExtensionId,
    /// Takes its calls.
    pub is_present: bool,
}

/// A party's change within its session.
#[derive(Debug, Clone)]
pub struct TelephonyChange {
    /// `sequence`, per session, from 2.
    pub sequence: u32,
    /// `sessionId`.
    pub session_id: SessionId,
    /// `telephonySessionId`.
    pub telephony_session_id: TelephonySessionId,
    /// `serverId`.
    pub server_id: String,
    /// `eventTime`.
    pub event_at: Timestamp,
    /// `origin`.
    pub origin: SessionOrigin,
    /// The one party that changed, as it is now.
    pub party: Party,
}

/// Counts of new and changed messages of one type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageTally {
    /// Type.
    pub kind: MessageType,
    /// Direction, for filters that ask for one.
    pub direction: super::calls::Direction,
    /// New ones.
    pub new_ids: Vec<MessageId>,
    /// How many changed.
    pub updated_count: u32,
}

/// Messages that came or changed together.
#[derive(Debug, Clone)]
pub struct MessageStoreChange {
    /// Whose message store.
    pub owner: ExtensionId,
    /// `lastUpdated`.
    pub last_updated_at: Timestamp,
    /// Per type.
    pub tallies: Vec<MessageTally>,
}

/// A call nobody took on this extension.
#[derive(Debug, Clone)]
pub struct MissedCall {
    /// Who missed it.
    pub extension: ExtensionId,
    /// The session.
    pub session_id: SessionId,
    /// The telephony session.
    pub telephony_session_id: TelephonySessionId,
    /// When it rang.
    pub started_at: Timestamp,
    /// The party.
    pub party: Party,
}

/// Announces events to any number of listeners, in order, losing none.
#[derive(Debug, Default)]
pub(super) struct Announcer {
    listeners: Vec<mpsc::UnboundedSender<Arc<WorldEvent>>>,
    last_number: u64,
    live: u64,
}

impl Announcer {
    /// A new listener; it hears what happens from now on.
    pub(super) fn subscribe(&mut self) -> mpsc::UnboundedReceiver<Arc<WorldEvent>> {
        let (sender, receiver) = mpsc::unbounded_channel();
        self.listeners.push(sender);
        receiver
    }

    /// Whether anybody listens (spares building large bodies while history is laid down).
    pub(super) fn next_number(&mut self) -> u64 {
        self.last_number += 1;
        self.last_number
    }

    pub(super) fn live_announcements(&self) -> u64 {
        self.live
    }

    /// Tells every listener; those that have gone are forgotten.
    pub(super) fn announce(&mut self, event: WorldEvent) {
        if matches!(event.change, Change::Telephony(_) | Change::Presence(_)) {
            self.live += 1;
        }
        let event = Arc::new(event);
        self.listeners
            .retain(|listener| listener.send(Arc::clone(&event)).is_ok());
    }
}
