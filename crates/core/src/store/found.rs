//! What a search finds, out of the full-text indexes.

use super::rows::{CommunicationRow, select_communications};
use super::{Result, Store};
use crate::search::{HIT_BEGINS, HIT_ENDS, Query};
use domain::communication::Communication;
use domain::ids::{CommunicationId, ContactId};
use serde_json::json;
use std::collections::HashMap;

/// Contacts by words, the best first.
pub(super) const CONTACTS_BY_WORDS: &str =
    "SELECT rowid FROM contacts_text WHERE contacts_text MATCH ? ORDER BY rank LIMIT ?";

/// Contacts by a part of a number, of at least three digits.
pub(super) const CONTACTS_BY_FRAGMENT: &str = "SELECT DISTINCT n.contact_id FROM known_numbers_fragments f \
    JOIN known_numbers w ON w.id = f.rowid JOIN contact_numbers n ON n.e164 = w.e164 \
    WHERE known_numbers_fragments MATCH ? LIMIT ?";

/// One or two digits are in too many numbers to have an index of their own.
const CONTACTS_BY_SHORT_FRAGMENT: &str = "SELECT DISTINCT n.contact_id FROM known_numbers w \
    JOIN contact_numbers n ON n.e164 = w.e164 WHERE w.e164 LIKE ? LIMIT ?";

const CONTACTS_BY_EXTENSION: &str = "SELECT id FROM contacts WHERE extension = ? LIMIT ?";

/// Texts, transcripts and caller ID names by words, the newest first.
pub(super) const COMMUNICATIONS_BY_WORDS: &str = "SELECT c.id FROM communications_text t \
    JOIN communications c ON c.id = t.rowid WHERE communications_text MATCH ? AND c.is_shadowed = 0 AND c.is_hidden = 0 \
    ORDER BY c.occurred_at DESC, c.id DESC LIMIT ?";

/// Communications by a part of a number, the newest first.
pub(super) const COMMUNICATIONS_BY_FRAGMENT: &str = "SELECT c.id FROM known_numbers_fragments f \
    JOIN known_numbers w ON w.id = f.rowid JOIN communications c ON c.e164 = w.e164 \
    WHERE known_numbers_fragments MATCH ? AND c.is_shadowed = 0 AND c.is_hidden = 0 ORDER BY c.occurred_at DESC, c.id DESC LIMIT ?";

const COMMUNICATIONS_BY_SHORT_FRAGMENT: &str = "SELECT c.id FROM known_numbers w \
    JOIN communications c ON c.e164 = w.e164 WHERE w.e164 LIKE ? AND c.is_shadowed = 0 AND c.is_hidden = 0 \
    ORDER BY c.occurred_at DESC, c.id DESC LIMIT ?";

/// The place in a text that was hit, marked; asked only for what is shown, because it reads the text again.
const SNIPPETS: &str = "SELECT t.rowid, snippet(communications_text, -1, ?, ?, '…', 16) FROM communications_text t \
    WHERE communications_text MATCH ? AND t.rowid IN (SELECT value FROM json_each(?))";

/// A communication that was found; the snippet is marked and only there when words were hit.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundCommunication {
    pub item: Communication,
    pub marked: Option<String>,
}

impl Store {
    /// Contacts that a query finds, the best first; at most one more than `limit`, to tell that there are more.
    pub async fn find_contacts(&self, query: &Query, limit: u32) -> Result<Vec<ContactId>> {
        let mut found: Vec<i64> = Vec::new();
        for (statement, wanted) in [
            (CONTACTS_BY_EXTENSION, query.extension()),
            (CONTACTS_BY_WORDS, query.name_words()),
            (CONTACTS_BY_FRAGMENT, query.fragment()),
            (CONTACTS_BY_SHORT_FRAGMENT, query.short_fragment()),
        ] {
            self.find(statement, wanted, limit, &mut found).await?;
        }
        Ok(found.into_iter().map(ContactId).collect())
    }

    /// Communications that a query finds, the newest first; at most one more than `limit`.
    pub async fn find_communications(&self, query: &Query, limit: u32) -> Result<Vec<FoundCommunication>> {
        let mut found: Vec<i64> = Vec::new();
        for (statement, wanted) in [
            (COMMUNICATIONS_BY_WORDS, query.text_words()),
            (COMMUNICATIONS_BY_FRAGMENT, query.fragment()),
            (COMMUNICATIONS_BY_SHORT_FRAGMENT, query.short_fragment()),
        ] {
            self.find(statement, wanted, limit, &mut found).await?;
        }
        let ids = json!(found).to_string();
        let mut connection = self.readers().acquire().await?;
        let marked: Vec<(i64, String)> = match query.text_words() {
            Some(words) => {
                sqlx::query_as(SNIPPETS)
                    .bind(HIT_BEGINS.to_string())
                    .bind(HIT_ENDS.to_string())
                    .bind(words)
                    .bind(&ids)
                    .fetch_all(&mut *connection)
                    .await?
            }
            None => Vec::new(),
        };
        let mut marked: HashMap<i64, String> = marked.into_iter().collect();
        let rows: Vec<CommunicationRow> = sqlx::query_as(select_communications!(
            "WHERE c.id IN (SELECT value FROM json_each(?)) ORDER BY c.occurred_at DESC, c.id DESC"
        ))
        .bind(&ids)
        .fetch_all(&mut *connection)
        .await?;
        let items = self.communications(&mut connection, rows).await?;
        Ok(items
            .into_iter()
            .map(|item| {
                let CommunicationId(id) = item.id;
                FoundCommunication {
                    item,
                    marked: marked.remove(&id),
                }
            })
            .collect())
    }

    /// Adds what one statement finds, each once, until there is one more than the limit.
    async fn find(
        &self,
        statement: &'static str,
        wanted: Option<&str>,
        limit: u32,
        found: &mut Vec<i64>,
    ) -> Result<()> {
        let Some(wanted) = wanted else { return Ok(()) };
        let at_most = usize::try_from(limit).unwrap_or(usize::MAX).saturating_add(1);
        let ids: Vec<i64> = sqlx::query_scalar(statement)
            .bind(wanted)
            .bind(i64::from(limit) + 1)
            .fetch_all(self.readers())
            .await?;
        for id in ids {
            if found.len() < at_most && !found.contains(&id) {
                found.push(id);
            }
        }
        Ok(())
    }
}
