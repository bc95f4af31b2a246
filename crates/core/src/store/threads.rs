//! Whom a text goes to: a conversation with the people in it, the number it runs on, and the people behind plain numbers.

use super::facts::PartyFacts;
use super::rows::{CommunicationRow, select_communications};
use super::{PartyRecord, Result, Store};
use crate::matching;
use domain::communication::{Body, Communication, Party};
use domain::contact::ContactRef;
use domain::ids::ConversationId;
use domain::phone_number::E164;
use serde_json::json;

/// The newest text of a conversation.
const NEWEST_TEXT: &str =
    select_communications!("WHERE c.conversation_id = ? ORDER BY c.occurred_at DESC, c.id DESC LIMIT 1");

/// The newest conversation with one number alone. Left to itself, SQLite reads everything of the number.
pub(super) const CONVERSATION_WITH: &str = "SELECT conversation_id FROM communications INDEXED BY communications_texts_by_e164 \
    WHERE e164 = ?1 AND kind = 'text' AND is_group = 0 ORDER BY occurred_at DESC, id DESC LIMIT 1";

/// A newer text that arrived says that it works now.
pub(super) const NUMBERS_WITHOUT_TEXTS: &str = "SELECT e164 FROM communications INDEXED BY communications_texts_by_e164 \
    WHERE e164 IN (SELECT value FROM json_each(?)) AND kind = 'text' AND direction = 'outbound' \
    GROUP BY e164 HAVING max(CASE WHEN metadata ->> 'delivery_error_code' GLOB 'SMS-*-41[012]' THEN occurred_at END) \
    > coalesce(max(CASE delivery_state WHEN 'delivered' THEN occurred_at END), 0)";

/// A conversation as far as its newest text tells.
#[derive(Debug, Clone, PartialEq)]
pub struct ConversationFacts {
    /// Everyone but us.
    pub participants: Vec<Party>,
    /// Our number in it; pager messages between colleagues have none.
    pub line: Option<E164>,
}

impl Store {
    /// Who is in a conversation; `None` when nothing is left of it.
    pub async fn conversation(&self, id: &ConversationId) -> Result<Option<ConversationFacts>> {
        let mut connection = self.readers().acquire().await?;
        let row: Option<CommunicationRow> = sqlx::query_as(NEWEST_TEXT)
            .bind(id.as_str())
            .fetch_optional(&mut *connection)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let line = row.line_e164.clone().and_then(|number| E164::new(number).ok());
        let newest = self.communications(&mut connection, vec![row]).await?.pop();
        let participants = match newest {
            Some(Communication {
                body: Body::Text { participants, .. },
                ..
            }) => participants,
            _ => Vec::new(),
        };
        Ok(Some(ConversationFacts { participants, line }))
    }

    /// The newest conversation with this number alone.
    pub async fn conversation_with(&self, number: &E164) -> Result<Option<ConversationId>> {
        let id: Option<String> = sqlx::query_scalar(CONVERSATION_WITH)
            .bind(number.as_str())
            .fetch_optional(self.readers())
            .await?;
        Ok(id.map(ConversationId))
    }

    /// The people behind numbers, in the order of the numbers.
    pub async fn parties(&self, numbers: &[E164]) -> Result<Vec<Party>> {
        let plan = self.numbering();
        let facts: Vec<PartyFacts> = numbers
            .iter()
            .map(|number| {
                let record = PartyRecord {
                    number: Some(number.to_string()),
                    ..PartyRecord::default()
                };
                PartyFacts::of(&record, plan)
            })
            .collect();
        let mut connection = self.readers().acquire().await?;
        let owners = super::links::Owners::find(&mut connection, facts.iter()).await?;
        drop(connection);
        let ids: Vec<_> = facts.iter().filter_map(|one| owners.of(one)).collect();
        let contacts = self.contacts(&ids).await?;
        Ok(facts
            .iter()
            .zip(numbers)
            .map(|(one, number)| {
                let contact: Option<ContactRef> = owners
                    .of(one)
                    .and_then(|id| contacts.iter().find(|contact| contact.id == id))
                    .map(|contact| contact.clone().into_contact(plan))
                    .map(|contact| ContactRef {
                        id: contact.id,
                        name: contact.name,
                        company: contact.company,
                        kind: contact.kind,
                        extension: contact.extension,
                    });
                let number = plan.show(number, None);
                Party {
                    label: matching::party_label(contact.as_ref(), Some(&number)),
                    number: Some(number),
                    caller_id_name: None,
                    contact,
                }
            })
            .collect())
    }

    /// Which of these numbers cannot receive texts, as the delivery of an earlier one told (`SMS-*-410`, `-411`, `-412`:
    /// developers.ringcentral.com/guide/messaging/sms/sms-errors).
    pub async fn numbers_without_texts(&self, numbers: &[E164]) -> Result<Vec<E164>> {
        let found: Vec<String> = sqlx::query_scalar(NUMBERS_WITHOUT_TEXTS)
            .bind(json!(numbers).to_string())
            .fetch_all(self.readers())
            .await?;
        Ok(found
            .into_iter()
            .filter_map(|number| E164::new(number).ok())
            .collect())
    }
}
