//! The presence of colleagues as it was heard last.
//!
//! What follows from what was heard is decided by [`crate::presence`]; here it is kept and joined with the contacts.

use super::rows::read_instant;
use super::sync_state::instant;
use super::words::Word;
use super::{Result, Store};
use domain::event::CoreEvent;
use domain::ids::ContactId;
use domain::presence::Availability;
use jiff::Timestamp;
use serde_json::json;
use sqlx::SqliteConnection;

/// More changed colleagues than this are not named one by one.
const NAMED_AT_MOST: usize = 200;

/// The presence of some contacts, or with `?1` null of all.
pub(super) const OF_CONTACTS: &str = "SELECT s.contact_id, p.user, p.status, p.user_status, p.presence_status, \
        p.telephony_status, p.dnd_status, p.dnd_status_personal, p.accepts_queue_calls, p.meeting_status, p.message, \
        p.sequence, p.since, p.updated_at \
    FROM contact_sources s JOIN contacts k ON k.id = s.contact_id JOIN rc_presence p ON p.user = s.remote_id \
    WHERE s.source = 'directory' AND k.kind = 'team_member' AND s.contact_id IN (SELECT value FROM json_each(?1)) \
    ORDER BY s.contact_id";

/// The same of everybody.
pub(super) const OF_EVERYBODY: &str = "SELECT s.contact_id, p.user, p.status, p.user_status, p.presence_status, \
        p.telephony_status, p.dnd_status, p.dnd_status_personal, p.accepts_queue_calls, p.meeting_status, p.message, \
        p.sequence, p.since, p.updated_at \
    FROM rc_presence p CROSS JOIN contact_sources s ON s.source = 'directory' AND s.remote_id = p.user \
        JOIN contacts k ON k.id = s.contact_id \
    WHERE k.kind = 'team_member'";

/// The vendor's words for a presence, unknown ones included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PresenceWords {
    pub user_status: Option<String>,
    pub presence_status: Option<String>,
    pub telephony_status: Option<String>,
    pub dnd_status: Option<String>,
    pub dnd_status_personal: Option<String>,
    pub accepts_queue_calls: Option<bool>,
    pub meeting_status: Option<String>,
}

/// A presence as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PresenceRecord {
    /// The vendor's extension id.
    pub user: String,
    pub availability: Availability,
    pub words: PresenceWords,
    pub message: Option<String>,
    pub sequence: Option<u64>,
    /// On the clock of this computer, as [`Self::updated_at`].
    pub since: Option<Timestamp>,
    pub updated_at: Timestamp,
}

#[derive(Debug, sqlx::FromRow)]
struct Row {
    user: String,
    status: String,
    user_status: Option<String>,
    presence_status: Option<String>,
    telephony_status: Option<String>,
    dnd_status: Option<String>,
    dnd_status_personal: Option<String>,
    accepts_queue_calls: Option<bool>,
    meeting_status: Option<String>,
    message: Option<String>,
    sequence: Option<i64>,
    since: Option<i64>,
    updated_at: i64,
}

#[derive(Debug, sqlx::FromRow)]
struct ContactRow {
    contact_id: i64,
    #[sqlx(flatten)]
    row: Row,
}

impl Store {
    /// Everything that is kept.
    pub async fn presences(&self) -> Result<Vec<PresenceRecord>> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT user, status, user_status, presence_status, telephony_status, dnd_status, dnd_status_personal, \
             accepts_queue_calls, meeting_status, message, sequence, since, updated_at FROM rc_presence",
        )
        .fetch_all(self.readers())
        .await?;
        rows.into_iter().map(Row::read).collect()
    }

    /// The presence of these contacts, of all for `None`. Whoever is no colleague is left out.
    pub async fn presences_of(
        &self,
        contacts: Option<&[ContactId]>,
    ) -> Result<Vec<(ContactId, PresenceRecord)>> {
        let rows: Vec<ContactRow> = match contacts {
            Some(contacts) => {
                sqlx::query_as(OF_CONTACTS)
                    .bind(json!(contacts).to_string())
                    .fetch_all(self.readers())
                    .await?
            }
            None => sqlx::query_as(OF_EVERYBODY).fetch_all(self.readers()).await?,
        };
        rows.into_iter()
            .map(|found| Ok((ContactId(found.contact_id), found.row.read()?)))
            .collect()
    }

    /// Keeps what was heard and forgets extensions that are gone, and tells of the colleagues in `changed`.
    pub async fn keep_presences(
        &self,
        records: &[PresenceRecord],
        gone: &[String],
        changed: &[String],
    ) -> Result<()> {
        let mut transaction = self.write().await?;
        for record in records {
            write(&mut transaction, record).await?;
        }
        if !gone.is_empty() {
            sqlx::query("DELETE FROM rc_presence WHERE user IN (SELECT value FROM json_each(?))")
                .bind(json!(gone).to_string())
                .execute(&mut *transaction)
                .await?;
        }
        let contacts: Vec<i64> = sqlx::query_scalar(
            "SELECT contact_id FROM contact_sources WHERE source = 'directory' \
             AND remote_id IN (SELECT value FROM json_each(?)) ORDER BY contact_id",
        )
        .bind(json!(changed).to_string())
        .fetch_all(&mut *transaction)
        .await?;
        transaction.commit().await?;
        if contacts.len() > NAMED_AT_MOST {
            self.changes()
                .announce(CoreEvent::PresenceChanged { contacts: Vec::new() });
        } else if !contacts.is_empty() {
            self.changes().announce(CoreEvent::PresenceChanged {
                contacts: contacts.into_iter().map(ContactId).collect(),
            });
        }
        Ok(())
    }

    /// The contact of a colleague's extension, once the directory has told of it.
    pub async fn contact_of_extension(&self, user: &str) -> Result<Option<ContactId>> {
        let contact: Option<i64> = sqlx::query_scalar(
            "SELECT contact_id FROM contact_sources WHERE source = 'directory' AND remote_id = ?",
        )
        .bind(user)
        .fetch_optional(self.readers())
        .await?;
        Ok(contact.map(ContactId))
    }

    /// How many contacts have a presence; it changes when the directory becomes known.
    pub async fn contacts_with_presence(&self) -> Result<u64> {
        let count: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM rc_presence p CROSS JOIN contact_sources s \
             ON s.source = 'directory' AND s.remote_id = p.user",
        )
        .fetch_one(self.readers())
        .await?;
        Ok(u64::try_from(count).unwrap_or_default())
    }
}

async fn write(connection: &mut SqliteConnection, record: &PresenceRecord) -> Result<()> {
    let words = &record.words;
    sqlx::query(
        "INSERT INTO rc_presence (user, status, user_status, presence_status, telephony_status, dnd_status, \
         dnd_status_personal, accepts_queue_calls, meeting_status, message, sequence, since, updated_at) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \
         ON CONFLICT DO UPDATE SET status = excluded.status, user_status = excluded.user_status, \
            presence_status = excluded.presence_status, telephony_status = excluded.telephony_status, \
            dnd_status = excluded.dnd_status, dnd_status_personal = excluded.dnd_status_personal, \
            accepts_queue_calls = excluded.accepts_queue_calls, meeting_status = excluded.meeting_status, \
            message = excluded.message, sequence = excluded.sequence, since = excluded.since, \
            updated_at = excluded.updated_at",
    )
    .bind(&record.user)
    .bind(record.availability.word())
    .bind(&words.user_status)
    .bind(&words.presence_status)
    .bind(&words.telephony_status)
    .bind(&words.dnd_status)
    .bind(&words.dnd_status_personal)
    .bind(words.accepts_queue_calls)
    .bind(&words.meeting_status)
    .bind(&record.message)
    .bind(record.sequence.and_then(|sequence| i64::try_from(sequence).ok()))
    .bind(record.since.map(Timestamp::as_millisecond))
    .bind(record.updated_at.as_millisecond())
    .execute(connection)
    .await?;
    Ok(())
}

impl Row {
    fn read(self) -> Result<PresenceRecord> {
        Ok(PresenceRecord {
            availability: Availability::of_word(&self.status)?,
            user: self.user,
            words: PresenceWords {
                user_status: self.user_status,
                presence_status: self.presence_status,
                telephony_status: self.telephony_status,
                dnd_status: self.dnd_status,
                dnd_status_personal: self.dnd_status_personal,
                accepts_queue_calls: self.accepts_queue_calls,
                meeting_status: self.meeting_status,
            },
            message: self.message,
            sequence: self.sequence.and_then(|sequence| u64::try_from(sequence).ok()),
            since: self.since.and_then(instant),
            updated_at: read_instant(self.updated_at)?,
        })
    }
}
