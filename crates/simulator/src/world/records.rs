//! The call log as the world offers it: questions, active calls, and changes made on the server.
//!
//! Records of live calls come from [`super::outcome`].

use jiff::{SignedDuration, Timestamp};

use super::call_log::{CallLogQuery, CallLogScope, Page};
use super::calls::{
    CallAction, CallReason, CallRecord, CallResult, CallType, Direction, InternalType, Legs, Recording,
    RecordingType, Transport,
};
use super::events::Change;
use super::ids::{CallRecordId, ExtensionId, MessageId, RecordingId, SessionId, TelephonySessionId};
use super::number::Endpoint;
use super::{StoreError, World, ids};

/// Active calls show a call at the earliest this long after it began, and at the latest after ten seconds (observed);
/// each call has its own delay.
pub const ACTIVE_CALL_LATENCY: SignedDuration = SignedDuration::from_secs(3);
const LATENCIES_S: u64 = 8;
/// And keep it this long after it has ended (observed: about two minutes).
pub const ACTIVE_CALL_LINGER: SignedDuration = SignedDuration::from_secs(120);

/// How long the list of active calls takes to show this call.
fn active_call_latency(session: SessionId) -> SignedDuration {
    // Identifiers count up by thousands.
    let own = session.0 / 1000 % LATENCIES_S;
    ACTIVE_CALL_LATENCY.saturating_add(SignedDuration::from_secs(i64::try_from(own).unwrap_or(0)))
}

impl World {
    /// A page of a call log, newest first.
    pub fn call_log(&self, query: &CallLogQuery) -> Page<'_, CallRecord> {
        self.call_log.query(query)
    }

    /// One record, deleted ones included.
    pub fn call_record(&self, id: CallRecordId) -> Option<&CallRecord> {
        self.call_log.get(id)
    }

    /// Records that changed at or after `since`, oldest change first, deleted ones included.
    pub fn call_records_changed_since(&self, scope: CallLogScope, since: Timestamp) -> Vec<&CallRecord> {
        self.call_log.changed_since(scope, since)
    }

    /// How many records have ever been made, over all extensions.
    pub fn call_record_count(&self) -> usize {
        self.call_log.len()
    }

    /// Calls in progress, and those that linger after their end, newest first. They carry the identifiers their records
    /// will have.
    pub fn active_calls(&self, scope: CallLogScope) -> Vec<CallRecord> {
        let now = self.now();
        let is_shown = |id: SessionId, began: Timestamp, ended: Option<Timestamp>| {
            now.duration_since(began) >= active_call_latency(id)
                && ended.is_none_or(|ended| now.duration_since(ended) < ACTIVE_CALL_LINGER)
        };
        let mut calls: Vec<CallRecord> = self
            .sessions()
            .flat_map(|session| session.parties.iter().map(move |party| (session, party)))
            .filter(|(session, party)| match scope {
                CallLogScope::Account => is_shown(session.id, session.began_at, session.ended_at),
                CallLogScope::Extension(extension) => {
                    party.extension_id == Some(extension)
                        && is_shown(session.id, party.began_at, party.ended_at)
                }
            })
            .filter_map(|(session, party)| World::record_in_progress(session, party, now))
            .filter(|record| scope != CallLogScope::Account || record.is_in_account_log)
            .collect();
        calls.sort_by_key(|record| std::cmp::Reverse((record.started_at, record.id)));
        calls
    }

    /// Lays down a record of the past: no notification, no session. `edit` finishes a record that is otherwise an
    /// answered voice call.
    pub(crate) fn lay_down_call(
        &mut self,
        draft: CallDraft,
        edit: impl FnOnce(&mut CallRecord),
    ) -> CallRecordId {
        let id = self.call_log.reserve();
        let is_outbound = draft.direction == Direction::Outbound;
        let mut record = CallRecord {
            id,
            owner: draft.owner,
            is_in_account_log: true,
            session_id: draft.session_id,
            telephony_session_id: draft.telephony_session_id,
            party_id: Some(ids::PartyId {
                session: draft.telephony_session_id,
                number: if is_outbound { 1 } else { 2 },
            }),
            kind: CallType::Voice,
            direction: draft.direction,
            transport: if is_outbound {
                Transport::Voip
            } else {
                Transport::Pstn
            },
            internal_type: InternalType::LocalNumber,
            action: if is_outbound {
                CallAction::VoipCall
            } else {
                CallAction::PhoneCall
            },
            result: if is_outbound {
                CallResult::CallConnected
            } else {
                CallResult::Accepted
            },
            reason: None,
            started_at: draft.started_at,
            duration_ms: draft.duration_ms,
            from: draft.from,
            to: draft.to,
            queue: None,
            answered_by: None,
            message: None,
            recording: None,
            is_short_recording: false,
            legs: Legs::Usual,
            last_modified_at: draft.settled_at,
            is_deleted: false,
        };
        edit(&mut record);
        self.call_log.put(record);
        id
    }

    /// Completes a record of the past without a notification or a new modification time.
    pub(crate) fn amend_past_call(&mut self, id: CallRecordId, edit: impl FnOnce(&mut CallRecord)) {
        if let Some(mut record) = self.call_log.get(id).cloned() {
            edit(&mut record);
            self.call_log.put(record);
        }
    }

    /// Gives a record of the past a recording.
    pub(crate) fn lay_down_recording(&mut self, id: CallRecordId) {
        let recording = Recording {
            id: RecordingId(self.mint.other()),
            kind: RecordingType::OnDemand,
        };
        self.amend_past_call(id, |record| record.recording = Some(recording));
    }

    /// Session identifiers for a call of the past.
    pub(crate) fn past_session(&mut self) -> (SessionId, TelephonySessionId) {
        (self.mint.session(), ids::telephony_session_id(&mut self.rng))
    }

    /// Writes the record of a fax call from its beginning to its end.
    pub(super) fn log_fax_call(&mut self, call: FaxCall) {
        let (session_id, telephony_session_id) = self.past_session();
        let FaxCall {
            owner,
            direction,
            from,
            to,
            started_at,
            ended_at,
            ..
        } = call;
        let lasted = ended_at.duration_since(started_at);
        let duration_ms = u64::try_from(lasted.as_millis()).unwrap_or_default();
        let draft = CallDraft {
            owner,
            direction,
            session_id,
            telephony_session_id,
            started_at,
            duration_ms,
            settled_at: self.now(),
            from,
            to,
        };
        let record = self.lay_down_call(draft, |record| {
            record.make_fax(call.result, Some(call.message));
            record.reason = call.reason;
        });
        self.announce(Change::CallLog { owner, record });
    }

    pub(super) fn publish_record(&mut self, mut record: CallRecord) {
        record.last_modified_at = self.now();
        let (owner, id) = (record.owner, record.id);
        self.call_log.put(record);
        self.announce(Change::CallLog { owner, record: id });
    }

    /// Changes a record on the server, such as a corrected result; it is handed out again by incremental sync.
    ///
    /// # Errors
    /// When there is no such record.
    pub fn edit_call_record(
        &mut self,
        id: CallRecordId,
        edit: impl FnOnce(&mut CallRecord),
    ) -> Result<(), StoreError> {
        let mut record = self
            .call_log
            .get(id)
            .cloned()
            .ok_or(StoreError::NoSuchCallRecord(id))?;
        edit(&mut record);
        record.id = id;
        self.publish_record(record);
        Ok(())
    }

    /// Attaches a recording to a record, as happens some time after the call.
    ///
    /// # Errors
    /// When there is no such record.
    pub fn attach_recording(
        &mut self,
        id: CallRecordId,
        kind: RecordingType,
    ) -> Result<RecordingId, StoreError> {
        let recording = RecordingId(self.mint.other());
        self.edit_call_record(id, |record| {
            record.recording = Some(Recording { id: recording, kind })
        })?;
        Ok(recording)
    }

    /// Deletes a record on the server.
    ///
    /// # Errors
    /// When there is no such record.
    pub fn delete_call_record(&mut self, id: CallRecordId) -> Result<(), StoreError> {
        self.edit_call_record(id, |record| record.is_deleted = true)
    }

    /// The record a recording belongs to, if that scope may see it.
    pub fn call_record_of_recording(
        &self,
        scope: CallLogScope,
        recording: RecordingId,
    ) -> Option<&CallRecord> {
        self.call_log
            .of_recording(recording)
            .filter(|record| match scope {
                CallLogScope::Account => record.is_in_account_log,
                CallLogScope::Extension(extension) => record.owner == extension,
            })
    }
}

/// A fax call that is over.
#[derive(Debug)]
pub(super) struct FaxCall {
    pub(super) owner: ExtensionId,
    pub(super) direction: Direction,
    pub(super) from: Endpoint,
    pub(super) to: Endpoint,
    pub(super) started_at: Timestamp,
    pub(super) ended_at: Timestamp,
    pub(super) result: CallResult,
    pub(super) reason: Option<CallReason>,
    pub(super) message: MessageId,
}

/// What every record of the past needs.
#[derive(Debug, Clone)]
pub(crate) struct CallDraft {
    /// Whose call log.
    pub(crate) owner: ExtensionId,
    /// Direction.
    pub(crate) direction: Direction,
    /// Identifiers of its session.
    pub(crate) session_id: SessionId,
    /// Identifiers of its session.
    pub(crate) telephony_session_id: TelephonySessionId,
    /// First ring.
    pub(crate) started_at: Timestamp,
    /// From first ring to the end.
    pub(crate) duration_ms: u64,
    /// When the record was complete.
    pub(crate) settled_at: Timestamp,
    /// From.
    pub(crate) from: Endpoint,
    /// To.
    pub(crate) to: Endpoint,
}

impl CallDraft {
    /// When the record of such a call is usually complete: a moment after its end.
    pub(crate) fn settled_at(started_at: Timestamp, duration_ms: u64) -> Timestamp {
        const SETTLING: SignedDuration = SignedDuration::from_secs(4);
        let talked = SignedDuration::from_millis(i64::try_from(duration_ms).unwrap_or(i64::MAX));
        started_at
            .saturating_add(talked.saturating_add(SETTLING))
            .unwrap_or(started_at)
    }
}
