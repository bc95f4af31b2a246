//! Finding contacts: by id, by page, by number, by source.

use super::contact_facts::HeldContact;
use super::contact_rows::held;
use super::rows::ContactRefRow;
use super::words::Word;
use super::{Result, Store, StoreError};
use crate::search::Query;
use domain::contact::{ContactSource, NumberLabel};
use domain::ids::ContactId;
use domain::matching::{MatchCandidate, MatchReason};
use serde_json::json;

/// All contacts by name.
pub(super) const PAGE: &str = "SELECT id FROM contacts ORDER BY sort_key, id LIMIT ? OFFSET ?";

/// Contacts that a query finds, by name. An empty phrase matches nothing.
const FILTERED: &str = "SELECT id, count(*) OVER () FROM contacts WHERE id IN (
        SELECT rowid FROM contacts_text WHERE contacts_text MATCH coalesce(?1, '\"\"')
        UNION SELECT n.contact_id FROM known_numbers_fragments f JOIN known_numbers w ON w.id = f.rowid
            JOIN contact_numbers n ON n.e164 = w.e164 WHERE known_numbers_fragments MATCH coalesce(?2, '\"\"')
        UNION SELECT n.contact_id FROM known_numbers w JOIN contact_numbers n ON n.e164 = w.e164
            WHERE ?3 IS NOT NULL AND w.e164 LIKE ?3
        UNION SELECT id FROM contacts WHERE extension = ?4
    ) ORDER BY sort_key, id LIMIT ?5 OFFSET ?6";

/// Best first: extension, remembered choice, rank, age.
pub(super) const CANDIDATES: &str = "SELECT k.id AS contact_id, k.name AS contact_name, \
        k.company AS contact_company, k.kind AS contact_kind, k.extension AS contact_extension, NULL AS label, \
        0 AS place, 0 AS match_rank FROM contacts k WHERE k.extension = ?1 AND k.kind <> 'external' \
    UNION ALL SELECT k.id, k.name, k.company, k.kind, k.extension, n.label, \
        CASE WHEN m.contact_id IS NULL THEN 2 ELSE 1 END, n.match_rank \
        FROM contact_numbers n JOIN contacts k ON k.id = n.contact_id \
        LEFT JOIN match_choices m ON m.e164 = n.e164 AND m.contact_id = n.contact_id WHERE n.e164 = ?2 \
    ORDER BY place, match_rank, contact_id";

#[derive(Debug, sqlx::FromRow)]
struct CandidateRow {
    #[sqlx(flatten)]
    contact: ContactRefRow,
    label: Option<String>,
    place: i64,
}

impl Store {
    /// One contact.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it was removed meanwhile.
    pub async fn contact(&self, id: ContactId) -> Result<HeldContact> {
        self.contacts(&[id])
            .await?
            .pop()
            .ok_or(StoreError::NotFound { what: "This contact" })
    }

    /// The contacts that are still here, in the order of their ids.
    pub async fn contacts(&self, ids: &[ContactId]) -> Result<Vec<HeldContact>> {
        held(&mut *self.readers().acquire().await?, ids).await
    }

    /// Contacts by name, and how many there are in all.
    pub async fn list_contacts(
        &self,
        query: &Query,
        offset: u64,
        limit: u32,
    ) -> Result<(Vec<HeldContact>, u64)> {
        let offset = i64::try_from(offset).unwrap_or(i64::MAX);
        let mut connection = self.readers().acquire().await?;
        let (ids, total): (Vec<i64>, i64) = if query.is_empty() {
            let ids = sqlx::query_scalar(PAGE)
                .bind(limit)
                .bind(offset)
                .fetch_all(&mut *connection)
                .await?;
            let total = sqlx::query_scalar("SELECT count(*) FROM contacts")
                .fetch_one(&mut *connection)
                .await?;
            (ids, total)
        } else {
            let rows: Vec<(i64, i64)> = sqlx::query_as(FILTERED)
                .bind(query.name_words())
                .bind(query.fragment())
                .bind(query.short_fragment())
                .bind(query.extension())
                .bind(limit)
                .bind(offset)
                .fetch_all(&mut *connection)
                .await?;
            let total = rows.first().map_or(0, |(_, total)| *total);
            (rows.into_iter().map(|(id, _)| id).collect(), total)
        };
        let wanted: Vec<ContactId> = ids.iter().copied().map(ContactId).collect();
        let mut contacts = held(&mut connection, &wanted).await?;
        contacts.sort_by_key(|held| wanted.iter().position(|id| *id == held.id));
        Ok((contacts, u64::try_from(total).unwrap_or_default()))
    }

    /// Who a number or an internal extension may belong to, best first, each contact once.
    pub async fn match_candidates(
        &self,
        e164: Option<&str>,
        extension: Option<&str>,
    ) -> Result<Vec<MatchCandidate>> {
        let rows: Vec<CandidateRow> = sqlx::query_as(CANDIDATES)
            .bind(extension)
            .bind(e164)
            .fetch_all(self.readers())
            .await?;
        let mut candidates: Vec<MatchCandidate> = Vec::with_capacity(rows.len());
        for row in rows {
            let Some(contact) = row.contact.into_contact_ref()? else {
                continue;
            };
            if candidates
                .iter()
                .any(|candidate| candidate.contact.id == contact.id)
            {
                continue;
            }
            candidates.push(MatchCandidate {
                contact,
                label: row.label.as_deref().map(NumberLabel::of_word).transpose()?,
                reason: match row.place {
                    0 => MatchReason::Extension,
                    1 => MatchReason::RememberedChoice,
                    _ => MatchReason::SameNumber,
                },
            });
        }
        Ok(candidates)
    }

    /// All contacts that have an entry of this source.
    pub async fn contacts_of_source(&self, source: ContactSource) -> Result<Vec<HeldContact>> {
        let mut connection = self.readers().acquire().await?;
        let ids: Vec<i64> = sqlx::query_scalar(
            "SELECT DISTINCT contact_id FROM contact_sources WHERE source = ? AND remote_id IS NOT NULL",
        )
        .bind(source.word())
        .fetch_all(&mut *connection)
        .await?;
        held(
            &mut connection,
            &ids.into_iter().map(ContactId).collect::<Vec<_>>(),
        )
        .await
    }

    /// Contacts with one of these numbers or addresses, to find people who are known already.
    pub async fn contacts_sharing(&self, e164: &[&str], emails: &[&str]) -> Result<Vec<HeldContact>> {
        let mut connection = self.readers().acquire().await?;
        let ids: Vec<i64> = sqlx::query_scalar(
            "SELECT n.contact_id FROM json_each(?1) w JOIN contact_numbers n ON n.e164 = w.value \
             UNION SELECT e.contact_id FROM json_each(?2) w JOIN contact_emails e \
             ON e.email = w.value COLLATE NOCASE",
        )
        .bind(json!(e164).to_string())
        .bind(json!(emails).to_string())
        .fetch_all(&mut *connection)
        .await?;
        held(
            &mut connection,
            &ids.into_iter().map(ContactId).collect::<Vec<_>>(),
        )
        .await
    }
}
