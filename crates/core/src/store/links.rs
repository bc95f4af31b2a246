//! Links communications to contacts, on arrival and whenever a contact changes.
//!
//! The rule stands once, in [`contact_of`]: an internal extension goes before a number; among several contacts with the
//! number a remembered choice goes first, then the rank that [`crate::matching::rank`] gave, then the older contact.

use super::facts::PartyFacts;
use super::touched::Touched;
use super::{Result, StoreError};
use domain::ids::ContactId;
use serde_json::json;
use sqlx::SqliteConnection;
use std::collections::{BTreeSet, HashMap};

/// The contact of an extension and a number, each an SQL expression.
macro_rules! contact_of {
    ($extension:literal, $e164:literal) => {
        concat!(
            "coalesce((SELECT k.id FROM contacts k WHERE k.extension = ",
            $extension,
            " AND k.kind <> 'external' ORDER BY k.id LIMIT 1), ",
            "(SELECT n.contact_id FROM contact_numbers n LEFT JOIN match_choices m ",
            "ON m.e164 = n.e164 AND m.contact_id = n.contact_id WHERE n.e164 = ",
            $e164,
            " ORDER BY m.contact_id IS NULL, n.match_rank, n.contact_id LIMIT 1))"
        )
    };
}

/// Communications of some numbers and extensions whose contact is another now. Nobody is the contact of a group.
pub(super) const MOVED: &str = concat!(
    "SELECT id, occurred_at, party_key, contact_id, new_contact_id FROM (SELECT c.id, c.occurred_at, c.party_key, c.contact_id, \
     CASE c.is_group WHEN 0 THEN ",
    contact_of!("c.extension", "c.e164"),
    " END AS new_contact_id FROM communications c WHERE c.id IN (\
     SELECT id FROM communications WHERE e164 IN (SELECT value FROM json_each(?1)) UNION \
     SELECT id FROM communications WHERE extension IN (SELECT value FROM json_each(?2)))) \
     WHERE contact_id IS NOT new_contact_id"
);

/// Numbers and extensions whose owner may have changed.
#[derive(Debug, Default)]
pub(super) struct Reassigned {
    pub(super) e164: BTreeSet<String>,
    pub(super) extensions: BTreeSet<String>,
}

/// A communication whose contact is another now.
#[derive(Debug, sqlx::FromRow)]
struct Moved {
    id: i64,
    occurred_at: i64,
    party_key: Option<String>,
    contact_id: Option<i64>,
    new_contact_id: Option<i64>,
}

/// Finds the contacts of many parties at once.
#[derive(Debug, Default)]
pub(super) struct Owners(HashMap<(Option<String>, Option<String>), ContactId>);

impl Owners {
    pub(super) async fn find(
        connection: &mut SqliteConnection,
        parties: impl Iterator<Item = &PartyFacts>,
    ) -> Result<Self> {
        let wanted: BTreeSet<_> = parties
            .map(key)
            .filter(|key| key.0.is_some() || key.1.is_some())
            .collect();
        let wanted: Vec<_> = wanted.into_iter().collect();
        let list = json!(wanted).to_string();
        let found: Vec<(i64, Option<i64>)> = sqlx::query_as(concat!(
            "SELECT w.key, ",
            contact_of!("w.value ->> 0", "w.value ->> 1"),
            " FROM json_each(?) w"
        ))
        .bind(list)
        .fetch_all(connection)
        .await?;
        let mut owners = HashMap::new();
        for (place, contact) in found {
            let key = usize::try_from(place).ok().and_then(|place| wanted.get(place));
            if let (Some(key), Some(contact)) = (key, contact) {
                owners.insert(key.clone(), ContactId(contact));
            }
        }
        Ok(Self(owners))
    }

    pub(super) fn of(&self, party: &PartyFacts) -> Option<ContactId> {
        self.0.get(&key(party)).copied()
    }
}

/// Links the history of the reassigned numbers anew. Answers how many communications have a contact now that had none.
pub(super) async fn relink(
    connection: &mut SqliteConnection,
    reassigned: &Reassigned,
    touched: &mut Touched,
) -> Result<u64> {
    let numbers = json!(reassigned.e164).to_string();
    let extensions = json!(reassigned.extensions).to_string();
    let moved: Vec<Moved> = sqlx::query_as(MOVED)
        .bind(&numbers)
        .bind(&extensions)
        .fetch_all(&mut *connection)
        .await?;
    let new_links: Vec<_> = moved
        .iter()
        .map(|moved| (moved.id, moved.new_contact_id))
        .collect();
    sqlx::query(
        "UPDATE communications SET contact_id = l.value ->> 1 FROM json_each(?) l WHERE communications.id = l.value ->> 0",
    )
    .bind(json!(new_links).to_string())
    .execute(&mut *connection)
    .await?;
    let mut linked = 0;
    for moved in moved {
        if let Some(party) = moved.party_key {
            touched.party_at(party, moved.occurred_at);
        }
        touched.ids.insert(moved.id);
        touched.changed.insert(moved.id);
        if moved.contact_id.is_none() && moved.new_contact_id.is_some() {
            linked += 1;
        }
    }
    relink_participants(connection, &numbers, &extensions, touched).await?;
    Ok(linked)
}

async fn relink_participants(
    connection: &mut SqliteConnection,
    numbers: &str,
    extensions: &str,
    touched: &mut Touched,
) -> Result<(), StoreError> {
    let changed: Vec<i64> = sqlx::query_scalar(concat!(
        "UPDATE participants SET contact_id = ",
        contact_of!("participants.extension", "participants.e164"),
        " WHERE (e164 IN (SELECT value FROM json_each(?1)) OR extension IN (SELECT value FROM json_each(?2))) \
         AND contact_id IS NOT ",
        contact_of!("participants.extension", "participants.e164"),
        " RETURNING communication_id"
    ))
    .bind(numbers)
    .bind(extensions)
    .fetch_all(connection)
    .await?;
    touched.changed.extend(changed);
    Ok(())
}

fn key(party: &PartyFacts) -> (Option<String>, Option<String>) {
    (party.extension.clone(), party.e164.clone())
}
