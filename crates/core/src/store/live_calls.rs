//! What the page of the live calls needs of the store: colleagues by the vendor's ids, and the day of each queue.

use super::{Result, Store};
use domain::contact::ContactRef;
use domain::ids::ContactId;
use domain::live_calls::QueueToday;
use jiff::Timestamp;
use serde_json::json;
use std::collections::HashMap;

const COLLEAGUES: &str = "SELECT remote_id, contact_id FROM contact_sources \
     WHERE source = 'directory' AND remote_id IN (SELECT value FROM json_each(?))";

/// A day of inbound calls, out of its own index.
pub(super) const DAY_OF_LINES: &str = "SELECT line_e164, line_extension, outcome, count(*) FROM communications \
     WHERE kind = 'call' AND direction = 'inbound' AND occurred_at >= ? AND occurred_at < ? \
     GROUP BY line_e164, line_extension, outcome";

impl Store {
    /// The contacts of extensions, by the vendor's ids. Whoever is not in the directory is left out.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn colleagues(&self, extension_ids: &[String]) -> Result<HashMap<String, ContactRef>> {
        if extension_ids.is_empty() {
            return Ok(HashMap::new());
        }
        let rows: Vec<(String, i64)> = sqlx::query_as(COLLEAGUES)
            .bind(json!(extension_ids).to_string())
            .fetch_all(self.readers())
            .await?;
        let ids: Vec<ContactId> = rows.iter().map(|(_, id)| ContactId(*id)).collect();
        let plan = self.numbering();
        let contacts: HashMap<ContactId, ContactRef> = self
            .contacts(&ids)
            .await?
            .into_iter()
            .map(|held| held.into_contact(plan))
            .map(|contact| {
                let named = ContactRef {
                    id: contact.id,
                    name: contact.name,
                    company: contact.company,
                    kind: contact.kind,
                    extension: contact.extension,
                };
                (named.id, named)
            })
            .collect();
        Ok(rows
            .into_iter()
            .filter_map(|(extension, id)| Some((extension, contacts.get(&ContactId(id))?.clone())))
            .collect())
    }

    /// What each queue did between two instants, by its name, as far as this copy of the call log tells.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn queue_figures(
        &self,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<HashMap<String, QueueToday>> {
        let rows: Vec<(Option<String>, Option<String>, String, i64)> = sqlx::query_as(DAY_OF_LINES)
            .bind(from.as_millisecond())
            .bind(until.as_millisecond())
            .fetch_all(self.readers())
            .await?;
        let mut figures: HashMap<String, QueueToday> = HashMap::new();
        for (e164, extension, outcome, calls) in rows {
            let Some(line) = self
                .own_line(e164.as_deref(), extension.as_deref())
                .filter(|line| line.is_queue)
            else {
                continue;
            };
            let calls = u32::try_from(calls).unwrap_or(u32::MAX);
            let today = figures.entry(line.name).or_default();
            today.offered = today.offered.saturating_add(calls);
            match outcome.as_str() {
                "answered" | "answered_elsewhere" => today.answered = today.answered.saturating_add(calls),
                "missed" | "voicemail" | "busy" => today.missed = today.missed.saturating_add(calls),
                _ => {}
            }
        }
        Ok(figures)
    }
}
