//! Who wants no texts any more: what RingCentral says, what people here entered, and what the other side wrote itself.

use super::rows::read_instant;
use super::words::{StoredSource, Word};
use super::{Result, Store};
use domain::consent::{Consent, ConsentSource, ConsentState, Keyword};
use domain::ids::CommunicationId;
use domain::phone_number::E164;
use serde_json::json;

/// A keyword stands alone, so a longer message holds none.
const LONGEST_KEYWORD: i64 = 24;

/// Short inbound texts of some people; few, because they are looked up by number.
pub(super) const SHORT_TEXTS: &str = "SELECT id, e164, line_e164, body, occurred_at FROM communications \
    INDEXED BY communications_texts_by_e164 \
    WHERE e164 IN (SELECT value FROM json_each(?)) AND kind = 'text' AND direction = 'inbound' AND length(body) <= ?";

/// Texts that came back because the other side had opted out (`SMS-RC-413`, `SMS-UP-413`, `SMS-CAR-413`).
pub(super) const REFUSED_TEXTS: &str = "SELECT e164, line_e164, max(occurred_at) FROM communications \
    INDEXED BY communications_texts_by_e164 \
    WHERE e164 IN (SELECT value FROM json_each(?)) AND kind = 'text' AND direction = 'outbound' \
    AND delivery_state = 'failed' AND metadata ->> 'delivery_error_code' LIKE 'SMS-%-413' GROUP BY e164, line_e164";

#[derive(Debug, sqlx::FromRow)]
struct TextRow {
    id: i64,
    e164: String,
    line_e164: Option<String>,
    body: String,
    occurred_at: i64,
}

impl Store {
    /// Every statement about these recipients, in no order; the newest about a pair holds.
    pub async fn consents(&self, recipients: &[E164]) -> Result<Vec<Consent>> {
        let list = json!(recipients).to_string();
        let mut connection = self.readers().acquire().await?;
        let stored: Vec<(String, String, String, String, i64)> = sqlx::query_as(
            "SELECT sender, recipient, source, state, stated_at FROM consents \
             WHERE recipient IN (SELECT value FROM json_each(?))",
        )
        .bind(&list)
        .fetch_all(&mut *connection)
        .await?;
        let texts: Vec<TextRow> = sqlx::query_as(SHORT_TEXTS)
            .bind(&list)
            .bind(LONGEST_KEYWORD)
            .fetch_all(&mut *connection)
            .await?;
        let refused: Vec<(String, Option<String>, i64)> = sqlx::query_as(REFUSED_TEXTS)
            .bind(&list)
            .fetch_all(&mut *connection)
            .await?;
        drop(connection);

        let mut consents = Vec::new();
        for (sender, recipient, source, state, stated_at) in stored {
            if let Ok(recipient) = E164::new(recipient) {
                consents.push(Consent {
                    sender: E164::new(sender).ok(),
                    recipient,
                    state: ConsentState::of_word(&state)?,
                    source: match StoredSource::of_word(&source)? {
                        StoredSource::RingCentral => ConsentSource::RingCentral,
                        StoredSource::EnteredHere => ConsentSource::EnteredHere,
                    },
                    stated_at: read_instant(stated_at)?,
                });
            }
        }
        for text in texts {
            if let Some(keyword) = Keyword::of_message(&text.body)
                && let Ok(recipient) = E164::new(text.e164)
            {
                consents.push(Consent {
                    sender: text.line_e164.and_then(|line| E164::new(line).ok()),
                    recipient,
                    state: keyword.state(),
                    source: ConsentSource::Message {
                        communication: CommunicationId(text.id),
                        text: text.body,
                    },
                    stated_at: read_instant(text.occurred_at)?,
                });
            }
        }
        for (recipient, line, occurred_at) in refused {
            if let Ok(recipient) = E164::new(recipient) {
                consents.push(Consent {
                    sender: line.and_then(|line| E164::new(line).ok()),
                    recipient,
                    state: ConsentState::OptedOut,
                    source: ConsentSource::RefusedText,
                    stated_at: read_instant(occurred_at)?,
                });
            }
        }
        Ok(consents)
    }

    /// Remembers what RingCentral says about pairs. A pair that it says nothing of any more is left as it was last.
    pub async fn note_consents(&self, consents: &[Consent]) -> Result<()> {
        let mut transaction = self.write().await?;
        let mut has_changed = false;
        for consent in consents {
            let source = match consent.source {
                ConsentSource::RingCentral => StoredSource::RingCentral,
                ConsentSource::EnteredHere => StoredSource::EnteredHere,
                // These stand in the messages themselves.
                ConsentSource::Message { .. } | ConsentSource::RefusedText => continue,
            };
            let written = sqlx::query(
                "INSERT INTO consents (sender, recipient, source, state, stated_at) VALUES (?, ?, ?, ?, ?) \
                 ON CONFLICT DO UPDATE SET state = excluded.state, stated_at = excluded.stated_at \
                 WHERE excluded.stated_at > stated_at OR (excluded.stated_at = stated_at AND excluded.state <> state)",
            )
            .bind(consent.sender.as_ref().map_or("", E164::as_str))
            .bind(consent.recipient.as_str())
            .bind(source.word())
            .bind(consent.state.word())
            .bind(consent.stated_at.as_millisecond())
            .execute(&mut *transaction)
            .await?;
            has_changed |= written.rows_affected() > 0;
        }
        transaction.commit().await?;
        if has_changed {
            self.outbox_changed();
        }
        Ok(())
    }
}
