//! Transcripts: all that were written, and which of them is shown.
//!
//! `communications.body` is always the shown one, so the full-text search finds what a person reads, also after a
//! correction. Who is asked to write is decided elsewhere ([`crate::transcription`]).

use super::rows::read_instant;
use super::words::{TranscriptWord, Word};
use super::{Result, Store, StoreError};
use domain::event::CoreEvent;
use domain::ids::{AttachmentId, CommunicationId};
use domain::transcription::{TranscriberKind, TranscriptSegment, TranscriptSource};
use jiff::Timestamp;
use sqlx::SqliteConnection;

/// What a transcriber wrote.
#[derive(Debug, Clone, PartialEq)]
pub struct TranscriptRecord {
    pub source: TranscriptSource,
    /// ISO 639-1.
    pub language: Option<String>,
    /// Empty when nothing was said.
    pub text: String,
    pub segments: Vec<TranscriptSegment>,
    pub confidence: Option<f32>,
    pub is_partial: bool,
}

/// A transcript as it is held, with what a person made of it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredTranscript {
    pub record: TranscriptRecord,
    pub corrected_text: Option<String>,
    pub written_at: Timestamp,
}

/// A transcript that the server has and we have not fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwaitedTranscript {
    pub communication: CommunicationId,
    pub attachment: AttachmentId,
    pub uri: String,
}

/// Why a transcript is kept: nobody asked, or a row of the outbox did.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Occasion {
    pub(super) outbox_id: Option<i64>,
    /// A person asked for this very writer.
    pub(super) is_chosen: bool,
}

#[derive(Debug, sqlx::FromRow)]
struct Row {
    source: String,
    model: String,
    language: Option<String>,
    text: String,
    segments: String,
    confidence: Option<f64>,
    is_partial: bool,
    corrected_text: Option<String>,
    written_at: i64,
}

/// The order in which transcripts are preferred: what a person corrected, the latest that a person asked this very writer
/// for, then complete ones before beginnings, RingCentral's before others, the newest. What says that nothing was said
/// comes after what says something.
const BY_PREFERENCE: &str = "ORDER BY corrected_at IS NULL, corrected_at DESC, text = '', is_chosen = 0, \
     iif(is_chosen, written_at, 0) DESC, is_partial, source <> 'ringcentral', written_at DESC, id DESC";

impl Store {
    /// The transcript that is shown, if there is one.
    pub async fn shown_transcript(&self, id: CommunicationId) -> Result<Option<StoredTranscript>> {
        let statement = sqlx::AssertSqlSafe(format!(
            "SELECT source, model, language, text, segments, confidence, is_partial, corrected_text, written_at \
             FROM transcripts WHERE communication_id = ? {BY_PREFERENCE} LIMIT 1"
        ));
        let row: Option<Row> = sqlx::query_as(statement)
            .bind(id.0)
            .fetch_optional(self.readers())
            .await?;
        row.map(Row::read).transpose()
    }

    /// Whether RingCentral has written all of it down.
    pub async fn has_all_words_of_ringcentral(&self, id: CommunicationId) -> Result<bool> {
        Ok(sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM transcripts WHERE communication_id = ? AND source = 'ringcentral' \
             AND is_partial = 0 AND text <> '')",
        )
        .bind(id.0)
        .fetch_one(self.readers())
        .await?)
    }

    /// The sound of a voicemail.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none.
    pub async fn recording_of(&self, id: CommunicationId) -> Result<AttachmentId> {
        let id: Option<i64> = sqlx::query_scalar(
            "SELECT a.id FROM attachments a JOIN communications c ON c.id = a.communication_id \
             WHERE c.id = ? AND c.kind = 'voicemail' AND a.kind = 'audio' ORDER BY a.id LIMIT 1",
        )
        .bind(id.0)
        .fetch_optional(self.readers())
        .await?;
        id.map(AttachmentId).ok_or(StoreError::NotFound {
            what: "The recording of this voicemail",
        })
    }

    /// Keeps the shown text as a person corrected it; `None` goes back to what the machines wrote.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when nobody has written anything down.
    pub async fn correct_transcript(&self, id: CommunicationId, text: Option<&str>) -> Result<()> {
        let now = self.clock().now().as_millisecond();
        let mut transaction = self.write().await?;
        let changed = match text {
            Some(text) => {
                let statement = sqlx::AssertSqlSafe(format!(
                    "UPDATE transcripts SET corrected_text = ?1, corrected_at = ?2 WHERE id = \
                     (SELECT id FROM transcripts WHERE communication_id = ?3 {BY_PREFERENCE} LIMIT 1)"
                ));
                sqlx::query(statement)
                    .bind(text)
                    .bind(now)
                    .bind(id.0)
                    .execute(&mut *transaction)
                    .await?
            }
            None => {
                sqlx::query(
                    "UPDATE transcripts SET corrected_text = NULL, corrected_at = NULL WHERE communication_id = ?",
                )
                .bind(id.0)
                .execute(&mut *transaction)
                .await?
            }
        };
        if changed.rows_affected() == 0 {
            return Err(StoreError::NotFound {
                what: "The text of this voicemail",
            });
        }
        show(&mut transaction, id).await?;
        transaction.commit().await?;
        self.announce_words(id);
        Ok(())
    }

    /// Stores the words that RingCentral itself has written down.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the voicemail was deleted meanwhile.
    pub async fn set_transcript(&self, id: CommunicationId, text: &str) -> Result<()> {
        let mut transaction = self.write().await?;
        let state: Option<Option<String>> = sqlx::query_scalar(
            "UPDATE communications SET fetched_words = iif(transcript_state IN ('ready', 'partial'), transcript_state, \
             fetched_words) WHERE id = ? AND kind = 'voicemail' RETURNING transcript_state",
        )
        .bind(id.0)
        .fetch_optional(&mut *transaction)
        .await?;
        let state = state.ok_or(StoreError::NotFound {
            what: "This voicemail",
        })?;
        let record = TranscriptRecord {
            source: TranscriptSource {
                kind: TranscriberKind::RingCentral,
                model: String::new(),
            },
            language: None,
            text: text.to_owned(),
            segments: Vec::new(),
            confidence: None,
            is_partial: state.as_deref() == Some(TranscriptWord::Partial.word()),
        };
        let now = self.clock().now();
        keep(&mut transaction, id, &record, Occasion::default(), now).await?;
        transaction.commit().await?;
        self.announce_words(id);
        Ok(())
    }

    /// Transcripts of RingCentral's to fetch, the newest voicemail first.
    pub async fn awaited_transcripts(&self, limit: u32) -> Result<Vec<AwaitedTranscript>> {
        let rows: Vec<(i64, i64, String)> = sqlx::query_as(
            "SELECT c.id, a.id, a.uri FROM communications c JOIN attachments a ON a.communication_id = c.id \
             AND a.kind = 'transcript' WHERE c.transcript_state IN ('ready', 'partial') \
             AND c.fetched_words IS NOT c.transcript_state ORDER BY c.occurred_at DESC LIMIT ?",
        )
        .bind(limit)
        .fetch_all(self.readers())
        .await?;
        Ok(rows
            .into_iter()
            .map(|(communication, attachment, uri)| AwaitedTranscript {
                communication: CommunicationId(communication),
                attachment: AttachmentId(attachment),
                uri,
            })
            .collect())
    }

    pub(super) fn announce_words(&self, id: CommunicationId) {
        self.changes().communications_changed(&[id]);
        self.changes().announce(CoreEvent::TranscriptionChanged);
    }
}

/// Keeps what a transcriber wrote, in place of what the same one wrote before, and shows what is to be shown now. What a
/// person corrected stays.
pub(super) async fn keep(
    connection: &mut SqliteConnection,
    id: CommunicationId,
    record: &TranscriptRecord,
    occasion: Occasion,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO transcripts (communication_id, source, model, language, text, segments, confidence, is_partial, \
         is_chosen, written_at, outbox_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \
         ON CONFLICT (communication_id, source) DO UPDATE SET model = excluded.model, language = excluded.language, \
         text = excluded.text, segments = excluded.segments, confidence = excluded.confidence, \
         is_partial = excluded.is_partial, is_chosen = excluded.is_chosen, written_at = excluded.written_at, \
         outbox_id = excluded.outbox_id",
    )
    .bind(id.0)
    .bind(record.source.kind.word())
    .bind(&record.source.model)
    .bind(&record.language)
    // SQLite's functions end a text at this character, and nobody says it.
    .bind(record.text.replace('\0', ""))
    .bind(serde_json::to_string(&record.segments).map_err(unreadable)?)
    .bind(record.confidence.map(|confidence| f64::from(confidence.clamp(0.0, 1.0))))
    .bind(record.is_partial)
    .bind(occasion.is_chosen)
    .bind(now.as_millisecond())
    .bind(occasion.outbox_id)
    .execute(&mut *connection)
    .await?;
    show(connection, id).await
}

async fn show(connection: &mut SqliteConnection, id: CommunicationId) -> Result<()> {
    let statement = sqlx::AssertSqlSafe(format!(
        "UPDATE communications SET (body, words_by, words_are_partial) = \
         (SELECT coalesce(corrected_text, text), source, is_partial FROM transcripts WHERE communication_id = ?1 \
          {BY_PREFERENCE} LIMIT 1) WHERE id = ?1 AND kind = 'voicemail'"
    ));
    sqlx::query(statement).bind(id.0).execute(connection).await?;
    Ok(())
}

impl Row {
    fn read(self) -> Result<StoredTranscript> {
        #[expect(clippy::cast_possible_truncation, reason = "it lies between 0 and 1")]
        let confidence = self.confidence.map(|confidence| confidence as f32);
        Ok(StoredTranscript {
            record: TranscriptRecord {
                source: TranscriptSource {
                    kind: TranscriberKind::of_word(&self.source)?,
                    model: self.model,
                },
                language: self.language,
                text: self.text,
                segments: serde_json::from_str(&self.segments).map_err(unreadable)?,
                confidence,
                is_partial: self.is_partial,
            },
            corrected_text: self.corrected_text,
            written_at: read_instant(self.written_at)?,
        })
    }
}

fn unreadable(source: serde_json::Error) -> StoreError {
    StoreError::Unreadable {
        field: "transcripts.segments",
        source: Some(source),
    }
}
