//! Which of a page's conversations are finished: what we answer from another device does not bring a finished
//! conversation back; what they write does.

use super::super::Result;
use super::super::facts::Facts;
use domain::communication::Direction;
use serde_json::json;
use sqlx::SqliteConnection;
use std::collections::{BTreeSet, HashMap};

const NEWEST: &str = "SELECT c.conversation_id, c.occurred_at, c.id, c.is_done FROM json_each(?) w \
    JOIN communications c ON c.id = (SELECT n.id FROM communications n WHERE n.conversation_id = w.value \
    ORDER BY n.occurred_at DESC, n.id DESC LIMIT 1)";

/// The newest text of each conversation that we wrote in, kept in step while the page is applied.
#[derive(Debug, Default)]
pub(super) struct Threads(HashMap<String, Newest>);

#[derive(Debug, Clone, Copy)]
struct Newest {
    occurred_at: i64,
    id: i64,
    is_done: bool,
}

impl Threads {
    pub(super) async fn load(
        connection: &mut SqliteConnection,
        facts: impl Iterator<Item = &Facts>,
    ) -> Result<Self> {
        let written_in = facts
            .filter(|facts| facts.direction == Direction::Outbound)
            .filter_map(|facts| facts.conversation_id.clone())
            .collect();
        let mut threads = Self::default();
        threads.reload(connection, &written_in).await?;
        Ok(threads)
    }

    /// Looks at conversations anew, because something in them changed or went.
    pub(super) async fn reload(
        &mut self,
        connection: &mut SqliteConnection,
        conversations: &BTreeSet<String>,
    ) -> Result<()> {
        if conversations.is_empty() {
            return Ok(());
        }
        for conversation in conversations {
            self.0.remove(conversation);
        }
        let rows: Vec<(String, i64, i64, bool)> = sqlx::query_as(NEWEST)
            .bind(json!(conversations).to_string())
            .fetch_all(connection)
            .await?;
        for (conversation, occurred_at, id, is_done) in rows {
            let newest = Newest {
                occurred_at,
                id,
                is_done,
            };
            self.0.insert(conversation, newest);
        }
        Ok(())
    }

    /// Whether a new text begins as done.
    pub(super) fn begins_done(&self, facts: &Facts) -> bool {
        let newest = facts
            .conversation_id
            .as_ref()
            .and_then(|conversation| self.0.get(conversation));
        facts.direction == Direction::Outbound && newest.is_some_and(|newest| newest.is_done)
    }

    pub(super) fn note(&mut self, facts: &Facts, id: i64, is_done: bool) {
        let Some(conversation) = &facts.conversation_id else {
            return;
        };
        let arrived = Newest {
            occurred_at: facts.occurred_at,
            id,
            is_done,
        };
        let newest = self.0.entry(conversation.clone()).or_insert(arrived);
        if (newest.occurred_at, newest.id) <= (arrived.occurred_at, arrived.id) {
            *newest = arrived;
        }
    }
}
