//! From rows to what the window shows.

use super::own_lines::OwnLines;
use super::sync_state::instant;
use super::words::{Delivery, NumberKind, TranscriptWord, Word};
use super::{Result, Store, StoreError};
use crate::matching;
use crate::numbers::NumberingPlan;
use domain::attachment::{Attachment, AttachmentKind};
use domain::communication::{
    Body, CallOutcome, Communication, DeliveryState, Direction, Kind, Party, Transcript,
};
use domain::contact::{ContactKind, ContactRef};
use domain::ids::{AttachmentId, CallSessionId, CommunicationId, ContactId, ConversationId};
use domain::phone_number::{E164, PhoneNumber};
use domain::transcription::TranscriberKind;
use jiff::Timestamp;
use serde_json::json;
use sqlx::SqliteConnection;
use std::collections::HashMap;

/// `SELECT` of everything a [`CommunicationRow`] needs, by an index if one has to be named; the rest of the statement
/// begins with a condition.
macro_rules! select_communications {
    ($rest:expr) => {
        select_communications!("", $rest)
    };
    ($indexed_by:expr, $rest:expr) => {
        concat!(
            "SELECT c.id, c.kind, c.direction, c.occurred_at, c.number_kind, c.number, c.e164, c.extension, \
             c.caller_id_name, c.line_e164, c.line_extension, c.line_name, c.session_id, c.outcome, \
             c.duration_seconds, c.conversation_id, c.is_group, c.body, c.transcript_state, c.words_by, \
             c.words_are_partial, c.delivery_state, \
             c.delivery_reason, c.page_count, c.is_read, c.is_done, c.is_owed, c.missed_attempts, c.unread_count, \
             k.id AS contact_id, k.name AS contact_name, k.company AS contact_company, k.kind AS contact_kind, \
             k.extension AS contact_extension \
             FROM communications c ",
            $indexed_by,
            " LEFT JOIN contacts k ON k.id = c.contact_id ",
            $rest
        )
    };
}
pub(super) use select_communications;

/// A communication with its contact, as read.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct CommunicationRow {
    pub(super) id: i64,
    kind: String,
    direction: String,
    pub(super) occurred_at: i64,
    #[sqlx(flatten)]
    party: PartyRow,
    pub(super) line_e164: Option<String>,
    line_extension: Option<String>,
    line_name: Option<String>,
    session_id: Option<String>,
    outcome: Option<String>,
    duration_seconds: Option<i64>,
    conversation_id: Option<String>,
    is_group: bool,
    body: Option<String>,
    transcript_state: Option<String>,
    words_by: Option<String>,
    words_are_partial: bool,
    delivery_state: Option<String>,
    delivery_reason: Option<String>,
    page_count: Option<i64>,
    is_read: bool,
    is_done: bool,
    is_owed: bool,
    missed_attempts: i64,
    pub(super) unread_count: i64,
}

/// The other side with its contact, as read.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct PartyRow {
    pub(super) number_kind: String,
    pub(super) number: Option<String>,
    pub(super) e164: Option<String>,
    pub(super) extension: Option<String>,
    caller_id_name: Option<String>,
    #[sqlx(flatten)]
    contact: ContactRefRow,
}

/// The contact of something, or nulls.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct ContactRefRow {
    pub(super) contact_id: Option<i64>,
    contact_name: Option<String>,
    contact_company: Option<String>,
    contact_kind: Option<String>,
    contact_extension: Option<String>,
}

#[derive(Debug, sqlx::FromRow)]
struct ParticipantRow {
    communication_id: i64,
    #[sqlx(flatten)]
    party: PartyRow,
}

#[derive(Debug, sqlx::FromRow)]
struct AttachmentRow {
    id: i64,
    communication_id: i64,
    kind: String,
    content_type: String,
    file_name: String,
    size_bytes: Option<i64>,
    is_cached: bool,
}

impl Store {
    /// Completes rows with their participants and attachments, in the rows' order.
    pub(super) async fn communications(
        &self,
        connection: &mut SqliteConnection,
        rows: Vec<CommunicationRow>,
    ) -> Result<Vec<Communication>> {
        let ids = json!(rows.iter().map(|row| row.id).collect::<Vec<_>>()).to_string();
        let mut attachments = attachments_of(connection, &ids).await?;
        let (plan, lines) = (self.numbering(), self.own_lines());
        let mut participants = if rows.iter().any(|row| row.is_group) {
            participants_of(connection, &ids, plan).await?
        } else {
            HashMap::new()
        };
        rows.into_iter()
            .map(|row| {
                let attachments = attachments.remove(&row.id).unwrap_or_default();
                let participants = participants.remove(&row.id).unwrap_or_default();
                row.into_communication(plan, &lines, participants, attachments)
            })
            .collect()
    }
}

impl CommunicationRow {
    fn into_communication(
        self,
        plan: NumberingPlan,
        lines: &OwnLines,
        participants: Vec<Party>,
        attachments: Vec<Attachment>,
    ) -> Result<Communication> {
        let mut party = self.party.into_party(plan)?;
        if self.is_group {
            // A group is named by everyone in it, and no one of them is the contact.
            party.label = matching::group_label(&participants);
            party.contact = None;
        }
        let participants = if participants.is_empty() {
            vec![party.clone()]
        } else {
            participants
        };
        let body = match Kind::of_word(&self.kind)? {
            Kind::Call => Body::Call {
                outcome: CallOutcome::of_word(self.outcome.as_deref().unwrap_or_default())?,
                duration_seconds: count(self.duration_seconds),
                session_id: self.session_id.map(CallSessionId),
                missed_attempts: count(Some(self.missed_attempts)),
            },
            Kind::Text => Body::Text {
                conversation_id: ConversationId(self.conversation_id.unwrap_or_default()),
                text: self.body.unwrap_or_default(),
                state: delivery(self.delivery_state.as_deref(), self.delivery_reason)?,
                participants,
            },
            Kind::Voicemail => Body::Voicemail {
                duration_seconds: count(self.duration_seconds),
                transcript: match self.body {
                    Some(text) => Transcript::Ready {
                        text,
                        is_partial: self.words_are_partial,
                        by: self
                            .words_by
                            .as_deref()
                            .map_or(Ok(TranscriberKind::RingCentral), TranscriberKind::of_word)?,
                    },
                    None => unwritten(self.transcript_state.as_deref())?,
                },
            },
            Kind::Fax => Body::Fax {
                page_count: count(self.page_count),
                state: delivery(self.delivery_state.as_deref(), self.delivery_reason)?,
            },
        };
        Ok(Communication {
            id: CommunicationId(self.id),
            direction: Direction::of_word(&self.direction)?,
            occurred_at: read_instant(self.occurred_at)?,
            party,
            line: lines.name(
                self.line_e164.as_deref(),
                self.line_extension.as_deref(),
                self.line_name,
                plan,
            ),
            is_read: self.is_read,
            is_done: self.is_done,
            is_owed: self.is_owed,
            body,
            attachments,
        })
    }
}

impl PartyRow {
    pub(super) fn into_party(self, plan: NumberingPlan) -> Result<Party> {
        let number = self.shown_number(plan)?;
        let contact = self.contact.into_contact_ref()?;
        Ok(Party {
            label: matching::party_label(contact.as_ref(), number.as_ref()),
            number,
            caller_id_name: self.caller_id_name,
            contact,
        })
    }

    pub(super) fn shown_number(&self, plan: NumberingPlan) -> Result<Option<PhoneNumber>> {
        let e164 = self.e164.as_deref().and_then(|e164| E164::new(e164).ok());
        let kind = NumberKind::of_word(&self.number_kind)?;
        Ok(shown_number(
            plan,
            kind,
            e164.as_ref(),
            self.number.as_deref(),
            self.extension.as_deref(),
        ))
    }
}

impl ContactRefRow {
    pub(super) fn into_contact_ref(self) -> Result<Option<ContactRef>> {
        let (Some(id), Some(name), Some(kind)) = (self.contact_id, self.contact_name, self.contact_kind)
        else {
            return Ok(None);
        };
        Ok(Some(ContactRef {
            id: ContactId(id),
            name,
            company: self.contact_company.filter(|company| !company.is_empty()),
            kind: ContactKind::of_word(&kind)?,
            extension: self.contact_extension,
        }))
    }
}

/// How the other side's number is shown; `None` when it is withheld.
pub(super) fn shown_number(
    plan: NumberingPlan,
    kind: NumberKind,
    e164: Option<&E164>,
    number: Option<&str>,
    extension: Option<&str>,
) -> Option<PhoneNumber> {
    match kind {
        NumberKind::Number => e164.map(|e164| plan.show(e164, None)),
        NumberKind::Extension => extension
            .map(NumberingPlan::show_extension)
            .map(|shown| PhoneNumber {
                e164: e164.cloned(),
                ..shown
            }),
        NumberKind::Short | NumberKind::Malformed => number.map(NumberingPlan::show_as_it_is),
        NumberKind::Withheld => None,
    }
}

/// An instant that this app itself wrote.
pub(super) fn read_instant(milliseconds: i64) -> Result<Timestamp> {
    instant(milliseconds).ok_or(StoreError::Unreadable {
        field: "an instant",
        source: None,
    })
}

async fn attachments_of(
    connection: &mut SqliteConnection,
    ids: &str,
) -> Result<HashMap<i64, Vec<Attachment>>> {
    let rows: Vec<AttachmentRow> = sqlx::query_as(
        "SELECT id, communication_id, kind, content_type, file_name, size_bytes, cached_file IS NOT NULL AS is_cached \
         FROM attachments WHERE communication_id IN (SELECT value FROM json_each(?)) ORDER BY id",
    )
    .bind(ids)
    .fetch_all(connection)
    .await?;
    let mut attachments: HashMap<i64, Vec<Attachment>> = HashMap::new();
    for row in rows {
        attachments
            .entry(row.communication_id)
            .or_default()
            .push(Attachment {
                id: AttachmentId(row.id),
                kind: AttachmentKind::of_word(&row.kind)?,
                content_type: row.content_type,
                file_name: row.file_name,
                size_bytes: row.size_bytes.and_then(|size| u64::try_from(size).ok()),
                is_cached: row.is_cached,
            });
    }
    Ok(attachments)
}

async fn participants_of(
    connection: &mut SqliteConnection,
    ids: &str,
    plan: NumberingPlan,
) -> Result<HashMap<i64, Vec<Party>>> {
    let rows: Vec<ParticipantRow> = sqlx::query_as(
        "SELECT p.communication_id, p.number_kind, p.number, p.e164, p.extension, p.caller_id_name, \
         k.id AS contact_id, k.name AS contact_name, k.company AS contact_company, k.kind AS contact_kind, \
         k.extension AS contact_extension FROM participants p LEFT JOIN contacts k ON k.id = p.contact_id \
         WHERE p.communication_id IN (SELECT value FROM json_each(?)) ORDER BY p.communication_id, p.position",
    )
    .bind(ids)
    .fetch_all(connection)
    .await?;
    let mut participants: HashMap<i64, Vec<Party>> = HashMap::new();
    for row in rows {
        participants
            .entry(row.communication_id)
            .or_default()
            .push(row.party.into_party(plan)?);
    }
    Ok(participants)
}

fn delivery(word: Option<&str>, reason: Option<String>) -> Result<DeliveryState> {
    Ok(match word.map(Delivery::of_word).transpose()? {
        Some(Delivery::Received) => DeliveryState::Received,
        Some(Delivery::Queued) => DeliveryState::Queued,
        Some(Delivery::Sent) => DeliveryState::Sent,
        Some(Delivery::Delivered) => DeliveryState::Delivered,
        Some(Delivery::Failed) => DeliveryState::Failed {
            reason: reason.unwrap_or_default(),
        },
        Some(Delivery::Unknown) | None => DeliveryState::Unknown,
    })
}

/// What RingCentral says of words that are not here. A transcript that it has and we have not fetched yet is still on its
/// way to the reader.
fn unwritten(word: Option<&str>) -> Result<Transcript> {
    Ok(
        match word.map_or(Ok(TranscriptWord::NotAvailable), TranscriptWord::of_word)? {
            TranscriptWord::NotAvailable => Transcript::NotAvailable,
            TranscriptWord::Failed => Transcript::Failed,
            TranscriptWord::InProgress | TranscriptWord::Ready | TranscriptWord::Partial => {
                Transcript::InProgress
            }
        },
    )
}

fn count(stored: Option<i64>) -> u32 {
    stored
        .and_then(|count| u32::try_from(count).ok())
        .unwrap_or_default()
}
