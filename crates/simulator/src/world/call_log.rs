//! The call log: records, their indexes, and the questions asked of them.
//!
//! Records are written by [`World`](super::World) only, so that events and indexes cannot lag behind.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::calls::{CallRecord, CallType, Direction, Transport};
use super::ids::{CallRecordId, ExtensionId, RecordingId, SessionId, TelephonySessionId};
use super::time_index::{Key, TimeIndex};

/// Whose call log is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallLogScope {
    /// The account's.
    Account,
    /// One extension's.
    Extension(ExtensionId),
}

/// A question to the call log. Empty lists mean no restriction.
#[derive(Debug, Clone)]
pub struct CallLogQuery {
    /// Whose.
    pub scope: CallLogScope,
    /// First start time, inclusive.
    pub from: Option<Timestamp>,
    /// Last start time, exclusive.
    pub to: Option<Timestamp>,
    /// Voice, fax.
    pub types: Vec<CallType>,
    /// Inbound, outbound.
    pub directions: Vec<Direction>,
    /// Network.
    pub transports: Vec<Transport>,
    /// Either end's number, digits with or without plus.
    pub phone_number: Option<String>,
    /// Either end's extension number.
    pub extension_number: Option<String>,
    /// One session.
    pub session_id: Option<SessionId>,
    /// One telephony session.
    pub telephony_session_id: Option<TelephonySessionId>,
    /// Only what the vendor counts as missed.
    pub only_missed: bool,
    /// Only calls with a recording.
    pub only_recorded: bool,
    /// Deleted records too.
    pub with_deleted: bool,
    /// How many records to pass over, newest first.
    pub offset: usize,
    /// How many to return at most.
    pub limit: usize,
}

impl CallLogQuery {
    /// Everything of a scope, newest first, without limit.
    pub fn all(scope: CallLogScope) -> Self {
        CallLogQuery {
            scope,
            from: None,
            to: None,
            types: Vec::new(),
            directions: Vec::new(),
            transports: Vec::new(),
            phone_number: None,
            extension_number: None,
            session_id: None,
            telephony_session_id: None,
            only_missed: false,
            only_recorded: false,
            with_deleted: false,
            offset: 0,
            limit: usize::MAX,
        }
    }

    pub(super) fn allows(&self, record: &CallRecord) -> bool {
        (self.with_deleted || !record.is_deleted)
            && (self.types.is_empty() || self.types.contains(&record.kind))
            && (self.directions.is_empty() || self.directions.contains(&record.direction))
            && (self.transports.is_empty() || self.transports.contains(&record.transport))
            && self.session_id.is_none_or(|id| id == record.session_id)
            && self
                .telephony_session_id
                .is_none_or(|id| id == record.telephony_session_id)
            && (!self.only_missed || record.is_missed())
            && (!self.only_recorded || record.recording.is_some())
            && [&self.phone_number, &self.extension_number]
                .into_iter()
                .flatten()
                .all(|number| record.from.matches_number(number) || record.to.matches_number(number))
    }
}

/// A page of an answer, newest first.
#[derive(Debug, Clone)]
pub struct Page<'a, T> {
    /// The records of this page.
    pub records: Vec<&'a T>,
    /// How many records the question has in all.
    pub total: usize,
}

#[derive(Debug, Default)]
struct Indexes {
    by_start: TimeIndex,
    by_change: TimeIndex,
}

/// All records and their indexes.
#[derive(Debug, Default)]
pub(super) struct CallLog {
    /// In the order they were reserved; a reserved place stays empty until its call has ended.
    records: Vec<Option<CallRecord>>,
    chapter: Option<Chapter>,
    by_recording: BTreeMap<RecordingId, CallRecordId>,
    account: Indexes,
    extensions: BTreeMap<ExtensionId, Indexes>,
}

/// From a place on, identifiers are not the place itself.
#[derive(Debug, Clone, Copy)]
struct Chapter {
    first_place: u32,
    first_id: u32,
}

impl CallLog {
    /// Jumps to identifiers that no history reaches: so many for each second of the account's age.
    pub(super) fn open_chapter(&mut self, age_s: u64) {
        const BEYOND_HISTORY: u32 = 4_000_000;
        const PER_SECOND: u32 = 8;
        let age_s = u32::try_from(age_s).unwrap_or(u32::MAX);
        self.chapter = Some(Chapter {
            first_place: u32::try_from(self.records.len()).unwrap_or(u32::MAX),
            first_id: BEYOND_HISTORY.saturating_add(age_s.saturating_mul(PER_SECOND)),
        });
    }

    /// Where the record of this identifier is, if it was ever handed out.
    fn place(&self, id: CallRecordId) -> Option<usize> {
        let place = match self.chapter {
            Some(chapter) if id.0 >= chapter.first_place => chapter
                .first_place
                .checked_add(id.0.checked_sub(chapter.first_id)?)?,
            _ => id.0,
        };
        Some(place as usize)
    }

    /// A record identifier for a call that will get its record later.
    pub(super) fn reserve(&mut self) -> CallRecordId {
        let place = u32::try_from(self.records.len()).unwrap_or(u32::MAX);
        self.records.push(None);
        CallRecordId(match self.chapter {
            Some(chapter) => chapter.first_id.saturating_add(place - chapter.first_place),
            None => place,
        })
    }

    /// Writes or replaces the record at its identifier's place.
    pub(super) fn put(&mut self, record: CallRecord) {
        let position = record.id.0;
        self.unindex(record.id);
        let (start, change) = (record.started_at, record.last_modified_at);
        if let Some(recording) = record.recording {
            self.by_recording.insert(recording.id, record.id);
        }
        let own = self.extensions.entry(record.owner).or_default();
        own.by_start.insert(start, position);
        own.by_change.insert(change, position);
        if record.is_in_account_log {
            self.account.by_start.insert(start, position);
            self.account.by_change.insert(change, position);
        }
        let place = self.place(record.id);
        if let Some(place) = place.and_then(|place| self.records.get_mut(place)) {
            *place = Some(record);
        }
    }

    fn unindex(&mut self, id: CallRecordId) {
        let place = self.place(id);
        let old = place
            .and_then(|place| self.records.get(place))
            .and_then(Option::as_ref);
        let Some(old) = old else {
            return;
        };
        for indexes in [Some(&mut self.account), self.extensions.get_mut(&old.owner)]
            .into_iter()
            .flatten()
        {
            indexes.by_start.remove(old.started_at, id.0);
            indexes.by_change.remove(old.last_modified_at, id.0);
        }
    }

    pub(super) fn get(&self, id: CallRecordId) -> Option<&CallRecord> {
        self.records.get(self.place(id)?)?.as_ref()
    }

    pub(super) fn of_recording(&self, recording: RecordingId) -> Option<&CallRecord> {
        self.get(*self.by_recording.get(&recording)?)
    }

    fn indexes(&self, scope: CallLogScope) -> Option<&Indexes> {
        match scope {
            CallLogScope::Account => Some(&self.account),
            CallLogScope::Extension(extension) => self.extensions.get(&extension),
        }
    }

    fn record_at(&self, key: &Key) -> Option<&CallRecord> {
        self.get(CallRecordId(key.1))
    }

    pub(super) fn query(&self, query: &CallLogQuery) -> Page<'_, CallRecord> {
        let keys = self
            .indexes(query.scope)
            .map_or(&[][..], |own| own.by_start.between(query.from, query.to));
        let mut total = 0;
        let mut records = Vec::new();
        for record in keys.iter().rev().filter_map(|key| self.record_at(key)) {
            if query.allows(record) {
                if total >= query.offset && records.len() < query.limit {
                    records.push(record);
                }
                total += 1;
            }
        }
        Page { records, total }
    }

    pub(super) fn changed_since(&self, scope: CallLogScope, since: Timestamp) -> Vec<&CallRecord> {
        let keys = self
            .indexes(scope)
            .map_or(&[][..], |own| own.by_change.between(Some(since), None));
        keys.iter().filter_map(|key| self.record_at(key)).collect()
    }

    pub(super) fn len(&self) -> usize {
        self.records.len()
    }
}
