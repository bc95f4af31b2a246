//! The team as the directory knows it, its favourites, and who belongs to which queue.

use super::contact_facts::HeldContact;
use super::contact_rows::held;
use super::{Result, Store, StoreError};
use domain::ids::ContactId;
use jiff::Timestamp;
use serde_json::json;
use std::collections::HashMap;

/// Colleagues, favourites first, then by name.
pub(super) const TEAM: &str = "SELECT k.id, s.remote_id, s.snapshot ->> 'department' AS department, \
        f.user IS NOT NULL AS is_favourite \
    FROM contact_sources s JOIN contacts k ON k.id = s.contact_id LEFT JOIN team_favourites f ON f.user = s.remote_id \
    WHERE s.source = 'directory' AND s.remote_id IS NOT NULL AND k.kind = 'team_member' \
    ORDER BY f.user IS NULL, k.sort_key, k.id";

/// A colleague as the directory and this computer know one.
#[derive(Debug, Clone, PartialEq)]
pub struct TeamRecord {
    /// The vendor's extension id.
    pub user: String,
    pub contact: HeldContact,
    pub department: Option<String>,
    pub is_favourite: bool,
    /// Names of the queues, in order.
    pub queues: Vec<String>,
}

/// A call queue with its members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueRecord {
    /// The vendor's extension id of the queue.
    pub id: String,
    pub name: String,
    /// The extension ids of who belongs to it.
    pub members: Vec<String>,
}

#[derive(Debug, sqlx::FromRow)]
struct MemberRow {
    id: i64,
    remote_id: String,
    department: Option<String>,
    is_favourite: bool,
}

impl Store {
    /// The team, favourites first, then by name.
    pub async fn team(&self) -> Result<Vec<TeamRecord>> {
        let mut connection = self.readers().acquire().await?;
        let rows: Vec<MemberRow> = sqlx::query_as(TEAM).fetch_all(&mut *connection).await?;
        let ids: Vec<ContactId> = rows.iter().map(|row| ContactId(row.id)).collect();
        let mut contacts: HashMap<ContactId, HeldContact> = held(&mut connection, &ids)
            .await?
            .into_iter()
            .map(|contact| (contact.id, contact))
            .collect();
        let memberships: Vec<(String, String)> = sqlx::query_as(
            "SELECT m.user, q.name FROM team_queue_members m JOIN team_queues q ON q.id = m.queue_id \
             ORDER BY m.user, q.name",
        )
        .fetch_all(&mut *connection)
        .await?;
        let mut queues: HashMap<String, Vec<String>> = HashMap::new();
        for (user, queue) in memberships {
            queues.entry(user).or_default().push(queue);
        }
        Ok(rows
            .into_iter()
            .filter_map(|row| {
                Some(TeamRecord {
                    contact: contacts.remove(&ContactId(row.id))?,
                    queues: queues.remove(&row.remote_id).unwrap_or_default(),
                    user: row.remote_id,
                    department: row.department.filter(|department| !department.is_empty()),
                    is_favourite: row.is_favourite,
                })
            })
            .collect())
    }

    /// Makes a colleague a favourite, or no longer.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the contact is no colleague.
    pub async fn set_favourite(&self, contact: ContactId, is_favourite: bool) -> Result<()> {
        let now = self.clock().now().as_millisecond();
        let mut transaction = self.write().await?;
        let user: Option<String> = sqlx::query_scalar(
            "SELECT s.remote_id FROM contact_sources s JOIN contacts k ON k.id = s.contact_id \
             WHERE s.contact_id = ? AND s.source = 'directory' AND s.remote_id IS NOT NULL AND k.kind = 'team_member'",
        )
        .bind(contact.0)
        .fetch_optional(&mut *transaction)
        .await?;
        let user = user.ok_or(StoreError::NotFound {
            what: "This colleague",
        })?;
        let changed = if is_favourite {
            sqlx::query("INSERT OR IGNORE INTO team_favourites (user, added_at) VALUES (?, ?)")
                .bind(&user)
                .bind(now)
                .execute(&mut *transaction)
                .await?
        } else {
            sqlx::query("DELETE FROM team_favourites WHERE user = ?")
                .bind(&user)
                .execute(&mut *transaction)
                .await?
        };
        transaction.commit().await?;
        if changed.rows_affected() > 0 {
            self.changes().contacts_changed(&[contact]);
        }
        Ok(())
    }

    /// Replaces what is known of the queues. The colleagues whose queues are others now are announced.
    pub async fn replace_queues(&self, queues: &[QueueRecord]) -> Result<()> {
        let now = self.clock().now().as_millisecond();
        let mut transaction = self.write().await?;
        let read = "SELECT user, queue_id || ' ' || name FROM team_queue_members m \
                    JOIN team_queues q ON q.id = m.queue_id ORDER BY 1, 2";
        let before: Vec<(String, String)> = sqlx::query_as(read).fetch_all(&mut *transaction).await?;
        sqlx::query("DELETE FROM team_queues")
            .execute(&mut *transaction)
            .await?;
        for queue in queues {
            sqlx::query("INSERT OR REPLACE INTO team_queues (id, name, read_at) VALUES (?, ?, ?)")
                .bind(&queue.id)
                .bind(&queue.name)
                .bind(now)
                .execute(&mut *transaction)
                .await?;
            sqlx::query(
                "INSERT OR IGNORE INTO team_queue_members (user, queue_id) SELECT value, ? FROM json_each(?)",
            )
            .bind(&queue.id)
            .bind(json!(queue.members).to_string())
            .execute(&mut *transaction)
            .await?;
        }
        let after: Vec<(String, String)> = sqlx::query_as(read).fetch_all(&mut *transaction).await?;
        let differing: Vec<&str> = before
            .iter()
            .filter(|one| after.binary_search(one).is_err())
            .chain(after.iter().filter(|one| before.binary_search(one).is_err()))
            .map(|(user, _)| user.as_str())
            .collect();
        let contacts: Vec<i64> = sqlx::query_scalar(
            "SELECT contact_id FROM contact_sources WHERE source = 'directory' \
             AND remote_id IN (SELECT value FROM json_each(?)) ORDER BY contact_id",
        )
        .bind(json!(differing).to_string())
        .fetch_all(&mut *transaction)
        .await?;
        transaction.commit().await?;
        let contacts: Vec<ContactId> = contacts.into_iter().map(ContactId).collect();
        self.changes().contacts_changed(&contacts);
        Ok(())
    }

    /// When the queues were read last; `None` when never, or when there were none.
    pub async fn queues_read_at(&self) -> Result<Option<Timestamp>> {
        let read_at: Option<i64> = sqlx::query_scalar("SELECT min(read_at) FROM team_queues")
            .fetch_one(self.readers())
            .await?;
        Ok(read_at.and_then(super::sync_state::instant))
    }

    /// The extensions of who belongs to a queue, as far as it was read.
    pub async fn queue_members(&self, queue: &str) -> Result<Vec<String>> {
        Ok(
            sqlx::query_scalar("SELECT user FROM team_queue_members WHERE queue_id = ? ORDER BY user")
                .bind(queue)
                .fetch_all(self.readers())
                .await?,
        )
    }
}
