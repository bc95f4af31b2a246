//! Who wants no texts any more: what RingCentral says, what people here entered, and what the other side wrote itself.
//!
//! What was entered here comes back in RingCentral's list. Such an echo is kept and says nothing: the entry itself does.

mod entered;

#[cfg(test)]
pub(super) use entered::PENDING;
pub(super) use entered::{UndoConsent, take_back};

use super::rows::read_instant;
use super::words::{StoredSource, Word};
use super::{Result, Store};
use domain::consent::{Consent, ConsentSource, ConsentState, Keyword};
use domain::ids::CommunicationId;
use domain::phone_number::E164;
use jiff::Timestamp;
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

/// A record of RingCentral's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedConsent {
    /// Our number; `None` for all of them.
    pub sender: Option<E164>,
    pub recipient: E164,
    pub state: ConsentState,
    pub stated_at: Timestamp,
    /// It came from an app such as this one, and not from the recipient or a carrier.
    pub is_from_app: bool,
}

#[derive(Debug, sqlx::FromRow)]
struct ConsentRow {
    sender: String,
    recipient: String,
    source: String,
    state: String,
    stated_at: i64,
    is_echo: bool,
}

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
        let stored: Vec<ConsentRow> = sqlx::query_as(
            "SELECT sender, recipient, source, state, stated_at, is_echo FROM consents \
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
        let mut echoes = Vec::new();
        for row in stored {
            let is_echo = row.is_echo;
            if let Some(consent) = row.read()? {
                if is_echo {
                    echoes.push(consent);
                } else {
                    consents.push(consent);
                }
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
                let refusal = Consent {
                    sender: line.and_then(|line| E164::new(line).ok()),
                    recipient,
                    state: ConsentState::OptedOut,
                    source: ConsentSource::RefusedText,
                    stated_at: read_instant(occurred_at)?,
                };
                if !echoes.iter().any(|echo| explains(echo, &refusal)) {
                    consents.push(refusal);
                }
            }
        }
        Ok(consents)
    }

    /// Remembers what RingCentral's list says. A pair that it says nothing of any more is left as it was last.
    pub async fn note_listed_consents(&self, listed: &[ListedConsent]) -> Result<()> {
        let mut transaction = self.write().await?;
        let mut has_changed = false;
        for one in listed {
            // An opt-out that stood there before something was entered here stays theirs, though the list now names us.
            let written = sqlx::query(
                "INSERT INTO consents (sender, recipient, source, state, stated_at, is_echo) \
                 VALUES (?1, ?2, 'ringcentral', ?3, ?4, ?5 AND EXISTS (SELECT 1 FROM consents entered \
                    WHERE entered.recipient = ?2 AND entered.sender IN ('', ?1) AND entered.source = 'entered_here' \
                    AND entered.told = ?3)) \
                 ON CONFLICT DO UPDATE SET state = excluded.state, stated_at = excluded.stated_at, \
                    is_echo = excluded.is_echo \
                 WHERE (excluded.stated_at > stated_at OR (excluded.stated_at = stated_at AND excluded.state <> state)) \
                    AND NOT (excluded.is_echo AND NOT is_echo AND state = 'opted_out' AND excluded.state = 'opted_out')",
            )
            .bind(one.sender.as_ref().map_or("", E164::as_str))
            .bind(one.recipient.as_str())
            .bind(one.state.word())
            .bind(one.stated_at.as_millisecond())
            .bind(one.is_from_app)
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

impl ConsentRow {
    /// `None` for a recipient that is no number.
    fn read(self) -> Result<Option<Consent>> {
        let Ok(recipient) = E164::new(self.recipient) else {
            return Ok(None);
        };
        Ok(Some(Consent {
            sender: E164::new(self.sender).ok(),
            recipient,
            state: ConsentState::of_word(&self.state)?,
            source: match StoredSource::of_word(&self.source)? {
                StoredSource::RingCentral => ConsentSource::RingCentral,
                StoredSource::EnteredHere => ConsentSource::EnteredHere,
            },
            stated_at: read_instant(self.stated_at)?,
        }))
    }
}

/// A text came back because of what was entered here, or before it was taken back. Both instants are RingCentral's own.
fn explains(echo: &Consent, refusal: &Consent) -> bool {
    let is_about_the_same =
        echo.recipient == refusal.recipient && (echo.sender.is_none() || echo.sender == refusal.sender);
    is_about_the_same
        && match echo.state {
            ConsentState::OptedOut => echo.stated_at <= refusal.stated_at,
            ConsentState::OptedIn => echo.stated_at >= refusal.stated_at,
        }
}

#[cfg(test)]
mod tests;
