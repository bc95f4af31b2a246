//! Reads every stored number anew after the home country changed, and links what follows from it.

use super::super::PartyRecord;
use super::super::Result;
use super::super::contact_facts::NumberFacts;
use super::super::facts::PartyFacts;
use super::super::links::{Reassigned, relink};
use super::super::touched::Touched;
use super::super::words::{NumberKind, Word};
use crate::numbers::NumberingPlan;
use domain::contact::NumberLabel;
use serde_json::{Value, json};
use sqlx::SqliteConnection;

/// The plan by which everything is numbered now.
#[derive(Debug)]
pub(super) struct Renumbered {
    pub(super) plan: NumberingPlan,
}

#[derive(Debug, sqlx::FromRow)]
struct PartyRow {
    id: i64,
    occurred_at: i64,
    position: Option<i64>,
    party_key: Option<String>,
    number_kind: String,
    number: String,
    e164: Option<String>,
    extension: Option<String>,
}

pub(super) async fn renumber(
    connection: &mut SqliteConnection,
    plan: NumberingPlan,
    owed_since: i64,
) -> Result<Renumbered> {
    let mut reassigned = Reassigned::default();
    let mut touched = Touched::default();
    renumber_contacts(connection, plan, &mut reassigned).await?;
    renumber_communications(connection, plan, &mut reassigned, &mut touched).await?;
    renumber_participants(connection, plan, &mut reassigned).await?;
    relink(connection, &reassigned, &mut touched).await?;
    touched.derive(connection, owed_since).await?;
    Ok(Renumbered { plan })
}

async fn renumber_contacts(
    connection: &mut SqliteConnection,
    plan: NumberingPlan,
    reassigned: &mut Reassigned,
) -> Result<()> {
    let rows: Vec<(i64, String, Option<String>, Option<String>)> =
        sqlx::query_as("SELECT id, raw, e164, extension FROM contact_numbers")
            .fetch_all(&mut *connection)
            .await?;
    let mut changed = Vec::new();
    for (id, raw, e164, extension) in rows {
        let read = NumberFacts::read(NumberLabel::Other, &raw, plan);
        let now = read.e164.map(String::from);
        if now != e164 || read.extension != extension {
            changed.push(json!([id, now, read.extension]));
            reassigned.e164.extend(now.into_iter().chain(e164));
        }
    }
    sqlx::query(
        "UPDATE contact_numbers SET e164 = w.value ->> 1, extension = w.value ->> 2 FROM json_each(?) w \
         WHERE contact_numbers.id = w.value ->> 0",
    )
    .bind(json!(changed).to_string())
    .execute(connection)
    .await?;
    Ok(())
}

async fn renumber_communications(
    connection: &mut SqliteConnection,
    plan: NumberingPlan,
    reassigned: &mut Reassigned,
    touched: &mut Touched,
) -> Result<()> {
    let rows: Vec<PartyRow> = sqlx::query_as(
        "SELECT id, occurred_at, NULL AS position, party_key, number_kind, number, e164, extension FROM communications \
         WHERE number IS NOT NULL",
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut changed = Vec::new();
    for row in rows {
        if let Some(now) = row.changed(plan, reassigned)? {
            if let Some(party) = row.party_key {
                touched.party_at(party, row.occurred_at);
            }
            touched.ids.insert(row.id);
            changed.push(now);
        }
    }
    sqlx::query(
        "UPDATE communications SET number_kind = w.value ->> 2, e164 = w.value ->> 3 FROM json_each(?) w \
         WHERE communications.id = w.value ->> 0",
    )
    .bind(json!(changed).to_string())
    .execute(connection)
    .await?;
    Ok(())
}

async fn renumber_participants(
    connection: &mut SqliteConnection,
    plan: NumberingPlan,
    reassigned: &mut Reassigned,
) -> Result<()> {
    let rows: Vec<PartyRow> = sqlx::query_as(
        "SELECT communication_id AS id, 0 AS occurred_at, position, NULL AS party_key, number_kind, number, e164, extension \
         FROM participants WHERE number IS NOT NULL",
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut changed = Vec::new();
    for row in rows {
        changed.extend(row.changed(plan, reassigned)?);
    }
    sqlx::query(
        "UPDATE participants SET number_kind = w.value ->> 2, e164 = w.value ->> 3 FROM json_each(?) w \
         WHERE communication_id = w.value ->> 0 AND position = w.value ->> 1",
    )
    .bind(json!(changed).to_string())
    .execute(connection)
    .await?;
    Ok(())
}

impl PartyRow {
    /// What the row becomes, if it changes: id, position, kind and number.
    fn changed(&self, plan: NumberingPlan, reassigned: &mut Reassigned) -> Result<Option<Value>> {
        let record = PartyRecord {
            number: Some(self.number.clone()),
            extension: self.extension.clone(),
            name: None,
        };
        let now = PartyFacts::of(&record, plan);
        if now.e164 == self.e164 && now.kind == NumberKind::of_word(&self.number_kind)? {
            return Ok(None);
        }
        reassigned
            .e164
            .extend(now.e164.clone().into_iter().chain(self.e164.clone()));
        Ok(Some(json!([self.id, self.position, now.kind.word(), now.e164])))
    }
}
