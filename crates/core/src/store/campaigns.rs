//! Campaigns and who is in them. Their messages are rows of the outbox like any other, and follow its rules.

use super::outbox::{self, ShownJob};
use super::rows::read_instant;
use super::{NewJob, Result, Store, StoreError};
use domain::campaign::{CampaignCounts, ResultKind};
use domain::event::CoreEvent;
use domain::ids::{CampaignId, ContactId, OutgoingId};
use jiff::Timestamp;
use serde_json::json;
use std::collections::HashMap;

/// A campaign that is to begin, with its messages in the order of sending.
#[derive(Debug, Clone, PartialEq)]
pub struct NewCampaign {
    pub name: String,
    pub from: String,
    pub body: String,
    /// What the recipient is called, and the frozen message.
    pub messages: Vec<(String, NewJob)>,
}

/// A campaign as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct CampaignRecord {
    pub id: CampaignId,
    pub name: String,
    pub from: String,
    pub body: String,
    pub is_paused: bool,
    pub created_at: Timestamp,
    pub cancelled_at: Option<Timestamp>,
    pub counts: CampaignCounts,
    /// When the last message was settled.
    pub settled_at: Option<Timestamp>,
    /// When the last message of all is to begin at the earliest, for those that wait for a morning.
    pub last_not_before: Option<Timestamp>,
}

#[derive(Debug, sqlx::FromRow)]
struct Row {
    id: i64,
    name: String,
    from_e164: String,
    body: String,
    is_paused: bool,
    created_at: i64,
    cancelled_at: Option<i64>,
    total: i64,
    waiting: i64,
    accepted: i64,
    delivered: i64,
    failed: i64,
    retryable: i64,
    unknown: i64,
    cancelled: i64,
    settled_at: Option<i64>,
    last_not_before: Option<i64>,
}

/// Campaigns with what became of their messages; the rest of the statement chooses which.
macro_rules! select_campaigns {
    ($rest:literal) => {
        concat!(
            "SELECT c.id, c.name, c.from_e164, c.body, c.is_paused, c.created_at, c.cancelled_at, count(o.id) AS total, \
             coalesce(sum(o.state IN ('queued', 'sending')), 0) AS waiting, \
             coalesce(sum(o.state = 'accepted'), 0) AS accepted, \
             coalesce(sum(o.state = 'delivered'), 0) AS delivered, \
             coalesce(sum(o.state = 'failed'), 0) AS failed, \
             coalesce(sum(o.state = 'failed' AND o.can_retry AND o.remote_id IS NULL), 0) AS retryable, \
             coalesce(sum(o.state = 'unknown'), 0) AS unknown, \
             coalesce(sum(o.state = 'cancelled'), 0) AS cancelled, max(o.settled_at) AS settled_at, \
             max(CASE o.state WHEN 'queued' THEN o.not_before END) AS last_not_before \
             FROM campaigns c LEFT JOIN campaign_recipients r ON r.campaign_id = c.id \
             LEFT JOIN outbox o ON o.id = r.outbox_id ",
            $rest
        )
    };
}

impl Store {
    /// Begins a campaign: all its messages are in the outbox, or none.
    pub async fn start_campaign(&self, new: &NewCampaign) -> Result<CampaignId> {
        let now = self.clock().now();
        let mut transaction = self.write().await?;
        let id: i64 = sqlx::query_scalar(
            "INSERT INTO campaigns (name, from_e164, body, created_at) VALUES (?, ?, ?, ?) RETURNING id",
        )
        .bind(&new.name)
        .bind(&new.from)
        .bind(&new.body)
        .bind(now.as_millisecond())
        .fetch_one(&mut *transaction)
        .await?;
        for (position, (label, job)) in new.messages.iter().enumerate() {
            let rows = outbox::enqueue(&mut transaction, std::slice::from_ref(job), now).await?;
            for row in rows {
                sqlx::query(
                    "INSERT INTO campaign_recipients (campaign_id, position, outbox_id, label) VALUES (?, ?, ?, ?)",
                )
                .bind(id)
                .bind(i64::try_from(position).unwrap_or(i64::MAX))
                .bind(row.0)
                .bind(label)
                .execute(&mut *transaction)
                .await?;
            }
        }
        transaction.commit().await?;
        self.changes().announce(CoreEvent::OutboxChanged);
        Ok(CampaignId(id))
    }

    /// All campaigns, the newest first.
    pub async fn campaigns(&self) -> Result<Vec<CampaignRecord>> {
        let rows: Vec<Row> = sqlx::query_as(select_campaigns!("GROUP BY c.id ORDER BY c.id DESC"))
            .fetch_all(self.readers())
            .await?;
        rows.into_iter().map(Row::read).collect()
    }

    /// One campaign.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn campaign(&self, id: CampaignId) -> Result<CampaignRecord> {
        let row: Option<Row> = sqlx::query_as(select_campaigns!("WHERE c.id = ? GROUP BY c.id"))
            .bind(id.0)
            .fetch_optional(self.readers())
            .await?;
        row.ok_or(MISSING)?.read()
    }

    /// Recipients in the order of sending, with what they are called and what became of their message.
    pub async fn campaign_messages(
        &self,
        id: CampaignId,
        only: Option<ResultKind>,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<(String, ShownJob)>> {
        let states = only.map(|kind| json!(states(kind)).to_string());
        let rows: Vec<(i64, String)> = sqlx::query_as(
            "SELECT r.outbox_id, r.label FROM campaign_recipients r JOIN outbox o ON o.id = r.outbox_id \
             WHERE r.campaign_id = ?1 AND (?2 IS NULL OR o.state IN (SELECT value FROM json_each(?2))) \
             ORDER BY r.position LIMIT ?3 OFFSET ?4",
        )
        .bind(id.0)
        .bind(states)
        .bind(limit)
        .bind(offset)
        .fetch_all(self.readers())
        .await?;
        let ids: Vec<OutgoingId> = rows.iter().map(|(id, _)| OutgoingId(*id)).collect();
        let mut shown: HashMap<OutgoingId, ShownJob> = self
            .jobs(&ids)
            .await?
            .into_iter()
            .map(|job| (job.id, job))
            .collect();
        Ok(rows
            .into_iter()
            .filter_map(|(id, label)| Some((label, shown.remove(&OutgoingId(id))?)))
            .collect())
    }

    /// Holds back what has not left, or lets it go on.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn pause_campaign(&self, id: CampaignId, is_paused: bool) -> Result<()> {
        let mut transaction = self.write().await?;
        let changed = sqlx::query("UPDATE campaigns SET is_paused = ? WHERE id = ? AND cancelled_at IS NULL")
            .bind(is_paused)
            .bind(id.0)
            .execute(&mut *transaction)
            .await?;
        if changed.rows_affected() == 0 {
            return Err(MISSING);
        }
        // What is being looked for may come back into the queue: it is held then as well.
        sqlx::query(
            "UPDATE outbox SET is_held = ? WHERE state IN ('queued', 'sending', 'unknown') \
             AND id IN (SELECT outbox_id FROM campaign_recipients WHERE campaign_id = ?)",
        )
        .bind(is_paused)
        .bind(id.0)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        self.changes().announce(CoreEvent::OutboxChanged);
        Ok(())
    }

    /// Takes back what has not left, for good. What is unknown is looked for and not sent again.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn cancel_campaign(&self, id: CampaignId) -> Result<()> {
        let now = self.clock().now().as_millisecond();
        let mut transaction = self.write().await?;
        let changed =
            sqlx::query("UPDATE campaigns SET cancelled_at = coalesce(cancelled_at, ?) WHERE id = ?")
                .bind(now)
                .bind(id.0)
                .execute(&mut *transaction)
                .await?;
        if changed.rows_affected() == 0 {
            return Err(MISSING);
        }
        sqlx::query(
            "UPDATE outbox SET is_dismissed = 1, \
             settled_at = CASE state WHEN 'queued' THEN ?1 ELSE settled_at END, \
             state = CASE state WHEN 'queued' THEN 'cancelled' ELSE state END \
             WHERE state IN ('queued', 'sending', 'unknown') \
             AND id IN (SELECT outbox_id FROM campaign_recipients WHERE campaign_id = ?2)",
        )
        .bind(now)
        .bind(id.0)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        self.changes().announce(CoreEvent::OutboxChanged);
        Ok(())
    }

    /// Queues those again that RingCentral never took over and for whom another try can help, and says how many. In a
    /// campaign that is paused they wait.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such campaign, or it was cancelled.
    pub async fn retry_campaign(&self, id: CampaignId) -> Result<u64> {
        let now = self.clock().now().as_millisecond();
        let mut transaction = self.write().await?;
        let is_paused: Option<bool> =
            sqlx::query_scalar("SELECT is_paused FROM campaigns WHERE id = ? AND cancelled_at IS NULL")
                .bind(id.0)
                .fetch_optional(&mut *transaction)
                .await?;
        let ids: Vec<i64> = sqlx::query_scalar(
            "SELECT o.id FROM campaign_recipients r JOIN outbox o ON o.id = r.outbox_id \
             WHERE r.campaign_id = ? AND o.state = 'failed' AND o.can_retry = 1",
        )
        .bind(id.0)
        .fetch_all(&mut *transaction)
        .await?;
        let queued = outbox::requeue(&mut transaction, &ids, is_paused.ok_or(MISSING)?, now).await?;
        transaction.commit().await?;
        self.changes().announce(CoreEvent::OutboxChanged);
        Ok(queued)
    }

    /// The tags that contacts have, with the number of contacts, the most frequent first.
    pub async fn contact_tags(&self) -> Result<Vec<(String, u32)>> {
        Ok(sqlx::query_as(
            "SELECT tag, count(DISTINCT contact_id) FROM contact_tags GROUP BY tag ORDER BY 2 DESC, tag",
        )
        .fetch_all(self.readers())
        .await?)
    }

    /// Everyone who has one of these tags, in the order of names.
    pub async fn contacts_with_tags(&self, tags: &[String]) -> Result<Vec<ContactId>> {
        let ids: Vec<i64> = sqlx::query_scalar(
            "SELECT c.id FROM contacts c WHERE c.id IN (SELECT contact_id FROM contact_tags \
             WHERE tag IN (SELECT value FROM json_each(?))) ORDER BY c.sort_key, c.id",
        )
        .bind(json!(tags).to_string())
        .fetch_all(self.readers())
        .await?;
        Ok(ids.into_iter().map(ContactId).collect())
    }
}

const MISSING: StoreError = StoreError::NotFound {
    what: "This campaign",
};

/// The states that are counted as one kind.
fn states(kind: ResultKind) -> &'static [&'static str] {
    match kind {
        ResultKind::Waiting => &["queued", "sending"],
        ResultKind::Accepted => &["accepted"],
        ResultKind::Delivered => &["delivered"],
        ResultKind::Failed => &["failed"],
        ResultKind::Unknown => &["unknown"],
        ResultKind::Cancelled => &["cancelled"],
    }
}

impl Row {
    fn read(self) -> Result<CampaignRecord> {
        let number = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
        Ok(CampaignRecord {
            id: CampaignId(self.id),
            name: self.name,
            from: self.from_e164,
            body: self.body,
            is_paused: self.is_paused,
            created_at: read_instant(self.created_at)?,
            cancelled_at: self.cancelled_at.map(read_instant).transpose()?,
            counts: CampaignCounts {
                total: number(self.total),
                waiting: number(self.waiting),
                accepted: number(self.accepted),
                delivered: number(self.delivered),
                failed: number(self.failed),
                retryable: number(self.retryable),
                unknown: number(self.unknown),
                cancelled: number(self.cancelled),
            },
            settled_at: self.settled_at.map(read_instant).transpose()?,
            last_not_before: self.last_not_before.map(read_instant).transpose()?,
        })
    }
}
