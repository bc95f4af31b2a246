//! A communication as its row holds it, and how a record of the vendor becomes one.
//!
//! Only what the server says stands here. What a person decided (read, done) and what is derived is kept apart.

use super::words::{Delivery, NumberKind, TranscriptWord, Word};
use super::{
    CallRecord, MessageBody, MessageRecord, PartyRecord, Result, Source, StoreError, TranscriptState,
};
use crate::numbers::{NumberingPlan, ParsedNumber};
use domain::communication::{CallOutcome, DeliveryState, Direction, Kind};
use domain::phone_number::E164;
use jiff::Timestamp;

/// The other side, in comparable form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PartyFacts {
    pub(super) kind: NumberKind,
    pub(super) number: Option<String>,
    pub(super) e164: Option<String>,
    pub(super) extension: Option<String>,
    pub(super) name: Option<String>,
}

/// Everything the server says about a communication.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Facts {
    pub(super) source: Source,
    pub(super) remote_id: String,
    pub(super) kind: Kind,
    pub(super) direction: Direction,
    pub(super) occurred_at: i64,
    pub(super) modified_at: Option<i64>,
    pub(super) party: PartyFacts,
    pub(super) line_e164: Option<String>,
    pub(super) line_extension: Option<String>,
    pub(super) line_name: Option<String>,
    pub(super) session_id: Option<String>,
    pub(super) outcome: Option<CallOutcome>,
    pub(super) message_remote_id: Option<String>,
    pub(super) duration_seconds: Option<i64>,
    pub(super) conversation_id: Option<String>,
    pub(super) is_group: bool,
    pub(super) body: Option<String>,
    pub(super) transcript: Option<TranscriptWord>,
    pub(super) delivery: Option<Delivery>,
    pub(super) delivery_reason: Option<String>,
    pub(super) page_count: Option<i64>,
    pub(super) metadata: String,
}

impl PartyFacts {
    /// Brings what the vendor wrote into comparable form. An extension names one of our own and goes before a number,
    /// which for internal calls is often just the company's main number.
    pub(super) fn of(record: &PartyRecord, plan: NumberingPlan) -> Self {
        let parsed = record
            .number
            .as_deref()
            .map_or(ParsedNumber::Withheld, |number| plan.parse(number));
        let extension = record
            .extension
            .clone()
            .filter(|extension| !extension.trim().is_empty());
        let (kind, number, e164) = match parsed {
            ParsedNumber::Number { e164, .. } => {
                (NumberKind::Number, record.number.clone(), Some(e164.into()))
            }
            ParsedNumber::Short(code) => (NumberKind::Short, Some(code), None),
            ParsedNumber::Malformed(text) => (NumberKind::Malformed, Some(text), None),
            ParsedNumber::Withheld => (NumberKind::Withheld, None, None),
        };
        Self {
            kind: if extension.is_some() {
                NumberKind::Extension
            } else {
                kind
            },
            number,
            e164,
            extension,
            name: record
                .name
                .as_deref()
                .map(without_nul)
                .filter(|name| !name.trim().is_empty()),
        }
    }

    /// Who it is when no contact is known; the same words as the generated column `party_key`.
    pub(super) fn key(&self) -> Option<String> {
        match self.kind {
            NumberKind::Number => self.e164.as_ref().map(|e164| format!("number:{e164}")),
            NumberKind::Extension => self
                .extension
                .as_ref()
                .map(|extension| format!("extension:{extension}")),
            NumberKind::Short => self.number.as_ref().map(|number| format!("short:{number}")),
            NumberKind::Malformed | NumberKind::Withheld => None,
        }
    }
}

impl Facts {
    pub(super) fn of_call(call: &CallRecord, plan: NumberingPlan) -> Self {
        Self {
            source: Source::CallLog,
            remote_id: call.remote_id.clone(),
            kind: Kind::Call,
            direction: call.direction,
            occurred_at: call.occurred_at.as_millisecond(),
            modified_at: call.modified_at.map(Timestamp::as_millisecond),
            party: PartyFacts::of(&call.party, plan),
            line_e164: comparable(call.line.number.as_deref(), plan),
            line_extension: call.line.extension.clone(),
            line_name: call.line.name.clone(),
            session_id: call.session_id.as_ref().map(ToString::to_string),
            outcome: Some(call.outcome),
            message_remote_id: call.message_remote_id.clone(),
            duration_seconds: Some(i64::from(call.duration_seconds)),
            conversation_id: None,
            is_group: false,
            body: None,
            transcript: None,
            delivery: None,
            delivery_reason: None,
            page_count: None,
            metadata: call.metadata.to_string(),
        }
    }

    pub(super) fn of_message(message: &MessageRecord, plan: NumberingPlan) -> Self {
        let party = PartyFacts::of(&message.party, plan);
        let mut facts = Self {
            source: Source::MessageStore,
            remote_id: message.remote_id.clone(),
            kind: Kind::Text,
            direction: message.direction,
            occurred_at: message.occurred_at.as_millisecond(),
            modified_at: message.modified_at.map(Timestamp::as_millisecond),
            line_e164: comparable(message.line.number.as_deref(), plan),
            line_extension: message.line.extension.clone(),
            line_name: message.line.name.clone(),
            session_id: None,
            outcome: None,
            message_remote_id: None,
            duration_seconds: None,
            conversation_id: None,
            is_group: false,
            body: None,
            transcript: None,
            delivery: None,
            delivery_reason: None,
            page_count: None,
            metadata: message.metadata.to_string(),
            party,
        };
        match &message.body {
            MessageBody::Text {
                conversation_id,
                text,
                state,
                participants,
            } => {
                let fallback = || {
                    facts
                        .party
                        .key()
                        .unwrap_or_else(|| format!("message:{}", message.remote_id))
                };
                facts.conversation_id = Some(
                    conversation_id
                        .as_ref()
                        .map_or_else(fallback, ToString::to_string),
                );
                facts.is_group = participants.len() > 1;
                facts.body = Some(without_nul(text));
                (facts.delivery, facts.delivery_reason) = delivery(state);
            }
            MessageBody::Voicemail {
                duration_seconds,
                transcript,
            } => {
                facts.kind = Kind::Voicemail;
                facts.duration_seconds = Some(i64::from(*duration_seconds));
                facts.transcript = Some(match transcript {
                    TranscriptState::NotAvailable => TranscriptWord::NotAvailable,
                    TranscriptState::InProgress => TranscriptWord::InProgress,
                    TranscriptState::Failed => TranscriptWord::Failed,
                    TranscriptState::Ready { is_partial: false } => TranscriptWord::Ready,
                    TranscriptState::Ready { is_partial: true } => TranscriptWord::Partial,
                });
            }
            MessageBody::Fax { page_count, state } => {
                facts.kind = Kind::Fax;
                facts.page_count = Some(i64::from(*page_count));
                (facts.delivery, facts.delivery_reason) = delivery(state);
            }
        }
        facts
    }

    /// It is news: somebody tried to reach us in vain. Older calls than `news_since` arrive as read.
    pub(super) fn is_missed_news(&self, news_since: i64) -> bool {
        self.direction == Direction::Inbound
            && self.occurred_at >= news_since
            && matches!(
                self.outcome,
                Some(CallOutcome::Missed | CallOutcome::Voicemail | CallOutcome::Busy)
            )
    }
}

/// A character that nobody can write on purpose, and at which SQLite's JSON functions end a text.
fn without_nul(text: &str) -> String {
    text.replace('\0', "")
}

/// The columns of [`Facts`] as they are read back.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct FactsRow {
    source: String,
    remote_id: String,
    kind: String,
    direction: String,
    occurred_at: i64,
    modified_at: Option<i64>,
    number_kind: String,
    number: Option<String>,
    e164: Option<String>,
    extension: Option<String>,
    caller_id_name: Option<String>,
    line_e164: Option<String>,
    line_extension: Option<String>,
    line_name: Option<String>,
    session_id: Option<String>,
    outcome: Option<String>,
    message_remote_id: Option<String>,
    duration_seconds: Option<i64>,
    conversation_id: Option<String>,
    is_group: bool,
    body: Option<String>,
    transcript_state: Option<String>,
    delivery_state: Option<String>,
    delivery_reason: Option<String>,
    page_count: Option<i64>,
    metadata: String,
}

impl TryFrom<FactsRow> for Facts {
    type Error = StoreError;

    fn try_from(row: FactsRow) -> Result<Self> {
        Ok(Self {
            source: Source::of_word(&row.source)?,
            remote_id: row.remote_id,
            kind: Kind::of_word(&row.kind)?,
            direction: Direction::of_word(&row.direction)?,
            occurred_at: row.occurred_at,
            modified_at: row.modified_at,
            party: PartyFacts {
                kind: NumberKind::of_word(&row.number_kind)?,
                number: row.number,
                e164: row.e164,
                extension: row.extension,
                name: row.caller_id_name,
            },
            line_e164: row.line_e164,
            line_extension: row.line_extension,
            line_name: row.line_name,
            session_id: row.session_id,
            outcome: row.outcome.as_deref().map(CallOutcome::of_word).transpose()?,
            message_remote_id: row.message_remote_id,
            duration_seconds: row.duration_seconds,
            conversation_id: row.conversation_id,
            is_group: row.is_group,
            body: row.body,
            transcript: row
                .transcript_state
                .as_deref()
                .map(TranscriptWord::of_word)
                .transpose()?,
            delivery: row.delivery_state.as_deref().map(Delivery::of_word).transpose()?,
            delivery_reason: row.delivery_reason,
            page_count: row.page_count,
            metadata: row.metadata,
        })
    }
}

fn delivery(state: &DeliveryState) -> (Option<Delivery>, Option<String>) {
    match state {
        DeliveryState::Received => (Some(Delivery::Received), None),
        DeliveryState::Queued => (Some(Delivery::Queued), None),
        DeliveryState::Sent => (Some(Delivery::Sent), None),
        DeliveryState::Delivered => (Some(Delivery::Delivered), None),
        DeliveryState::Failed { reason } => (Some(Delivery::Failed), Some(reason.clone())),
        DeliveryState::Unknown => (Some(Delivery::Unknown), None),
    }
}

/// One of our own numbers in comparable form; `None` when it is none.
pub(super) fn comparable(number: Option<&str>, plan: NumberingPlan) -> Option<String> {
    match plan.parse(number?) {
        ParsedNumber::Number { e164, .. } => Some(E164::into(e164)),
        _ => None,
    }
}
