//! The log of supervisions: added to, read and proved; nothing here can change or remove a line.
//!
//! Each line is chained to the one before it by [`chain::hash`]. Whoever can write to the file can of course compute the
//! whole chain anew: it shows a line that was taken out or changed, not a log that was forged from its beginning. An export
//! that is kept elsewhere holds the hashes against that.

use super::rows::read_instant;
use super::words::Word;
use super::{Result, Store};
use crate::supervision::chain::{self, Hash, LineFacts, SupervisionFacts};
use domain::event::CoreEvent;
use domain::supervision::{SupervisionMode, SupervisionResult};
use jiff::Timestamp;
use serde_json::json;
use sqlx::SqliteConnection;

/// A line as it stands in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupervisionLine {
    pub facts: LineFacts,
    pub hash: Hash,
}

/// A supervision with its latest line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSupervision {
    pub begun: LineFacts,
    pub result: SupervisionResult,
}

const COLUMNS: &str = "number, attempt, at, kind, supervisor_id, supervisor, agent_id, agent, party, session_id, mode, \
     reason, seconds, hash";

#[derive(Debug, sqlx::FromRow)]
struct Row {
    number: i64,
    attempt: i64,
    at: i64,
    kind: String,
    supervisor_id: String,
    supervisor: String,
    agent_id: String,
    agent: String,
    party: String,
    session_id: String,
    mode: String,
    reason: Option<String>,
    seconds: Option<i64>,
    hash: Vec<u8>,
}

impl Store {
    /// Adds the first line of a supervision. Gives its number.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn supervision_asked(&self, facts: &SupervisionFacts) -> Result<i64> {
        self.add_line(None, facts, SupervisionResult::Asked).await
    }

    /// Adds what became of a supervision.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn supervision_became(
        &self,
        attempt: i64,
        facts: &SupervisionFacts,
        result: SupervisionResult,
    ) -> Result<()> {
        self.add_line(Some(attempt), facts, result).await?;
        Ok(())
    }

    /// Supervisions before the one with this number, newest first, each with what became of it.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn supervisions(&self, before: Option<i64>, limit: u32) -> Result<Vec<StoredSupervision>> {
        let mut connection = self.readers().acquire().await?;
        let statement = sqlx::AssertSqlSafe(format!(
            "SELECT {COLUMNS} FROM supervisions WHERE kind = 'asked' AND number < ? ORDER BY number DESC LIMIT ?"
        ));
        let begun: Vec<Row> = sqlx::query_as(statement)
            .bind(before.unwrap_or(i64::MAX))
            .bind(i64::from(limit))
            .fetch_all(&mut *connection)
            .await?;
        let attempts = json!(begun.iter().map(|row| row.number).collect::<Vec<_>>()).to_string();
        let statement = sqlx::AssertSqlSafe(format!(
            "SELECT {COLUMNS} FROM supervisions WHERE attempt IN (SELECT value FROM json_each(?)) AND kind <> 'asked' \
             ORDER BY number"
        ));
        let later: Vec<Row> = sqlx::query_as(statement)
            .bind(attempts)
            .fetch_all(&mut *connection)
            .await?;
        let later = later
            .into_iter()
            .map(Row::read)
            .collect::<Result<Vec<SupervisionLine>>>()?;
        begun
            .into_iter()
            .map(|row| {
                let begun = row.read()?.facts;
                let last = later.iter().rev().find(|line| line.facts.attempt == begun.number);
                let result = last.map_or(SupervisionResult::Asked, |line| line.facts.result.clone());
                Ok(StoredSupervision { begun, result })
            })
            .collect()
    }

    /// Every line, the oldest first.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn supervision_lines(&self) -> Result<Vec<SupervisionLine>> {
        let statement = sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM supervisions ORDER BY number"));
        let rows: Vec<Row> = sqlx::query_as(statement).fetch_all(self.readers()).await?;
        rows.into_iter().map(Row::read).collect()
    }

    /// The greatest number that a line ever had.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn last_supervision_number(&self) -> Result<i64> {
        let number: Option<i64> =
            sqlx::query_scalar("SELECT seq FROM sqlite_sequence WHERE name = 'supervisions'")
                .fetch_optional(self.readers())
                .await?;
        Ok(number.unwrap_or_default())
    }

    async fn add_line(
        &self,
        attempt: Option<i64>,
        facts: &SupervisionFacts,
        result: SupervisionResult,
    ) -> Result<i64> {
        let at = self.clock().now();
        let mut transaction = self.write().await?;
        let number = add(&mut transaction, attempt, facts, result, at).await?;
        transaction.commit().await?;
        self.changes().announce(CoreEvent::LiveCallsChanged);
        Ok(number)
    }
}

async fn add(
    connection: &mut SqliteConnection,
    attempt: Option<i64>,
    about: &SupervisionFacts,
    result: SupervisionResult,
    at: Timestamp,
) -> Result<i64> {
    // Not after the last line that is there: if lines are missing at the end, the gap has to stay.
    let last: Option<i64> = sqlx::query_scalar("SELECT seq FROM sqlite_sequence WHERE name = 'supervisions'")
        .fetch_optional(&mut *connection)
        .await?;
    let before: Option<Vec<u8>> =
        sqlx::query_scalar("SELECT hash FROM supervisions ORDER BY number DESC LIMIT 1")
            .fetch_optional(&mut *connection)
            .await?;
    let number = last.unwrap_or_default().saturating_add(1);
    let facts = LineFacts {
        number,
        attempt: attempt.unwrap_or(number),
        // As it comes back: the hash is of what is stored.
        at: Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at),
        about: about.clone(),
        result,
    };
    let before = before.as_deref().map_or(chain::BEGINNING, chain::read);
    let hash = chain::hash(&before, &facts);
    let (reason, seconds) = match &facts.result {
        SupervisionResult::Refused { reason } => (Some(reason.as_str()), None),
        SupervisionResult::Ended { seconds } => (None, Some(i64::from(*seconds))),
        SupervisionResult::Asked | SupervisionResult::Running => (None, None),
    };
    sqlx::query(
        "INSERT INTO supervisions (number, attempt, at, kind, supervisor_id, supervisor, agent_id, agent, party, \
         session_id, mode, reason, seconds, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(facts.number)
    .bind(facts.attempt)
    .bind(facts.at.as_millisecond())
    .bind(chain::kind_word(&facts.result))
    .bind(&about.supervisor_id)
    .bind(&about.supervisor)
    .bind(&about.agent_id)
    .bind(&about.agent)
    .bind(&about.party)
    .bind(about.session_id.as_str())
    .bind(about.mode.word())
    .bind(reason)
    .bind(seconds)
    .bind(hash.as_slice())
    .execute(&mut *connection)
    .await?;
    Ok(number)
}

impl Row {
    fn read(self) -> Result<SupervisionLine> {
        let result = match self.kind.as_str() {
            "refused" => SupervisionResult::Refused {
                reason: self.reason.unwrap_or_default(),
            },
            "running" => SupervisionResult::Running,
            "ended" => SupervisionResult::Ended {
                seconds: u32::try_from(self.seconds.unwrap_or_default()).unwrap_or(u32::MAX),
            },
            _ => SupervisionResult::Asked,
        };
        Ok(SupervisionLine {
            facts: LineFacts {
                number: self.number,
                attempt: self.attempt,
                at: read_instant(self.at)?,
                about: SupervisionFacts {
                    supervisor_id: self.supervisor_id,
                    supervisor: self.supervisor,
                    agent_id: self.agent_id,
                    agent: self.agent,
                    party: self.party,
                    session_id: self.session_id.as_str().into(),
                    mode: SupervisionMode::of_word(&self.mode)?,
                },
                result,
            },
            hash: chain::read(&self.hash),
        })
    }
}
