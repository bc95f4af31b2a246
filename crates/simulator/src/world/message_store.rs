//! The message stores of all extensions: messages, their indexes, and the questions asked of them.
//!
//! Messages are written by [`World`](super::World) only, so that events and indexes cannot lag behind.

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;

use super::call_log::Page;
use super::ids::{ConversationId, ExtensionId, MessageId};
use super::messages::{Availability, Direction, Message, MessageType, ReadStatus};
use super::time_index::{Key, TimeIndex};

/// Which messages by the mailbox they were left in: a person's own, or one that a call queue shares.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Ownership {
    /// Either.
    #[default]
    Any,
    /// Only the person's own.
    Personal,
    /// Only shared ones.
    Shared,
    /// Left for one of these.
    Of(Vec<ExtensionId>),
}

impl Ownership {
    /// Whether a message is among them.
    pub fn allows(&self, message: &Message) -> bool {
        match self {
            Self::Any => true,
            Self::Personal => message.shared_by.is_none(),
            Self::Shared => message.shared_by.is_some(),
            Self::Of(owners) => owners.contains(&message.shared_by.unwrap_or(message.owner)),
        }
    }
}

/// A question to a message store. Empty lists mean no restriction.
#[derive(Debug, Clone)]
pub struct MessageQuery {
    /// Whose message store.
    pub owner: ExtensionId,
    /// First creation time, inclusive.
    pub from: Option<Timestamp>,
    /// Last creation time, exclusive.
    pub to: Option<Timestamp>,
    /// Kinds.
    pub kinds: Vec<MessageType>,
    /// Inbound, outbound.
    pub directions: Vec<Direction>,
    /// Alive, deleted, purged. The vendor shows only alive ones unless asked.
    pub availability: Vec<Availability>,
    /// Read, unread.
    pub read_status: Vec<ReadStatus>,
    /// One conversation.
    pub conversation_id: Option<ConversationId>,
    /// Only the newest message of each conversation.
    pub is_distinct: bool,
    /// Either end's number, digits with or without plus.
    pub phone_number: Option<String>,
    /// A person's own, or shared by a queue.
    pub ownership: Ownership,
    /// How many messages to pass over, newest first.
    pub offset: usize,
    /// How many to return at most.
    pub limit: usize,
}

impl MessageQuery {
    /// All living messages of an extension, newest first, without limit.
    pub fn alive(owner: ExtensionId) -> Self {
        MessageQuery {
            owner,
            from: None,
            to: None,
            kinds: Vec::new(),
            directions: Vec::new(),
            availability: vec![Availability::Alive],
            read_status: Vec::new(),
            conversation_id: None,
            is_distinct: false,
            phone_number: None,
            ownership: Ownership::Any,
            offset: 0,
            limit: usize::MAX,
        }
    }

    /// Whether the index alone answers the question.
    fn is_plain(&self) -> bool {
        self.directions.is_empty()
            && self.read_status.is_empty()
            && self.conversation_id.is_none()
            && !self.is_distinct
            && self.phone_number.is_none()
            && self.ownership == Ownership::Any
    }

    fn allows(&self, message: &Message) -> bool {
        self.ownership.allows(message)
            && (self.directions.is_empty() || self.directions.contains(&message.direction))
            && (self.read_status.is_empty() || self.read_status.contains(&message.read_status))
            && self
                .conversation_id
                .is_none_or(|id| message.conversation_id == Some(id))
            && self
                .phone_number
                .as_deref()
                .is_none_or(|number| message.matches_number(number))
    }

    fn wants(&self, kind: MessageType, availability: Availability) -> bool {
        (self.kinds.is_empty() || self.kinds.contains(&kind))
            && (self.availability.is_empty() || self.availability.contains(&availability))
    }
}

#[derive(Debug, Default)]
struct Indexes {
    by_creation: BTreeMap<(MessageType, Availability), TimeIndex>,
    by_change: TimeIndex,
}

/// All messages and their indexes.
#[derive(Debug, Default)]
pub(super) struct MessageStore {
    messages: Vec<Option<Message>>,
    positions: BTreeMap<MessageId, u32>,
    extensions: BTreeMap<ExtensionId, Indexes>,
}

impl MessageStore {
    /// Writes or replaces a message.
    pub(super) fn put(&mut self, message: Message) {
        let position = match self.positions.get(&message.id) {
            Some(position) => {
                let position = *position;
                self.unindex(position);
                position
            }
            None => {
                let position = u32::try_from(self.messages.len()).unwrap_or(u32::MAX);
                self.messages.push(None);
                self.positions.insert(message.id, position);
                position
            }
        };
        let own = self.extensions.entry(message.owner).or_default();
        own.by_change.insert(message.last_modified_at, position);
        own.by_creation
            .entry((message.kind, message.availability))
            .or_default()
            .insert(message.created_at, position);
        if let Some(place) = self.messages.get_mut(position as usize) {
            *place = Some(message);
        }
    }

    fn unindex(&mut self, position: u32) {
        let Some(old) = self.messages.get(position as usize).and_then(Option::as_ref) else {
            return;
        };
        let Some(own) = self.extensions.get_mut(&old.owner) else {
            return;
        };
        own.by_change.remove(old.last_modified_at, position);
        if let Some(index) = own.by_creation.get_mut(&(old.kind, old.availability)) {
            index.remove(old.created_at, position);
        }
    }

    /// Forgets a message altogether (the end of its days after a purge).
    pub(super) fn forget(&mut self, id: MessageId) {
        if let Some(position) = self.positions.remove(&id) {
            self.unindex(position);
            if let Some(place) = self.messages.get_mut(position as usize) {
                *place = None;
            }
        }
    }

    pub(super) fn get(&self, id: MessageId) -> Option<&Message> {
        self.messages.get(*self.positions.get(&id)? as usize)?.as_ref()
    }

    fn at(&self, key: &Key) -> Option<&Message> {
        self.messages.get(key.1 as usize)?.as_ref()
    }

    pub(super) fn query(&self, query: &MessageQuery) -> Page<'_, Message> {
        let Some(own) = self.extensions.get(&query.owner) else {
            return Page {
                records: Vec::new(),
                total: 0,
            };
        };
        let mut keys: Vec<Key> = Vec::new();
        for ((kind, availability), index) in &own.by_creation {
            if query.wants(*kind, *availability) {
                keys.extend_from_slice(index.between(query.from, query.to));
            }
        }
        // The runs are sorted already, which this sort notices: it merges.
        keys.sort();
        let newest_first = keys.iter().rev();
        if query.is_plain() {
            let records = newest_first
                .skip(query.offset)
                .take(query.limit)
                .filter_map(|key| self.at(key));
            return Page {
                records: records.collect(),
                total: keys.len(),
            };
        }
        let mut conversations = HashSet::new();
        let mut total = 0;
        let mut records = Vec::new();
        for message in newest_first
            .filter_map(|key| self.at(key))
            .filter(|message| query.allows(message))
        {
            let is_repeat = query.is_distinct
                && message
                    .conversation_id
                    .is_some_and(|id| !conversations.insert(id));
            if is_repeat {
                continue;
            }
            if total >= query.offset && records.len() < query.limit {
                records.push(message);
            }
            total += 1;
        }
        Page { records, total }
    }

    pub(super) fn changed_since(&self, owner: ExtensionId, since: Timestamp) -> Vec<&Message> {
        let keys = self
            .extensions
            .get(&owner)
            .map_or(&[][..], |own| own.by_change.between(Some(since), None));
        keys.iter().filter_map(|key| self.at(key)).collect()
    }

    pub(super) fn len(&self) -> usize {
        self.positions.len()
    }
}
