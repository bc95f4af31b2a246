//! The log as administrators see it, and whether it is whole.
//!
//! Lines are written where supervisions begin and end; nothing here writes.

use super::{Supervisions, chain, export, lock};
use crate::error::CoreError;
use crate::store::StoredSupervision;
use domain::supervision::{SupervisionEntry, SupervisionLog, SupervisionResult};
use jiff::SignedDuration;
use ringcentral::api::ExtensionRef;
use ringcentral::{Client, Priority};

/// Who may read the log. It tells of colleagues who listened to colleagues, so whoever reads it stands above those who
/// listen: not a supervisor by a monitoring group, but whoever may change the account itself. RingCentral gives this
/// permission to its administrators' roles.
const LOG_PERMISSION: &str = "AccountAdministration";
const PERMISSION_GOOD_FOR: SignedDuration = SignedDuration::from_mins(5);
/// The log is read in pages of at most so many.
const PAGE_AT_MOST: u32 = 200;

impl Supervisions {
    /// The log, newest first.
    ///
    /// # Errors
    /// [`CoreError::NotPermitted`] for everybody who may not administer the account, and errors of the server.
    pub async fn log(
        &self,
        client: Option<&Client>,
        before: Option<i64>,
        limit: u32,
    ) -> Result<SupervisionLog, CoreError> {
        self.check_admin(client).await?;
        let limit = limit.clamp(1, PAGE_AT_MOST);
        let mut found = self.0.store.supervisions(before, limit.saturating_add(1)).await?;
        let shown = usize::try_from(limit).unwrap_or(usize::MAX);
        let has_more = found.len() > shown;
        found.truncate(shown);
        let agents: Vec<String> = found.iter().map(|one| one.begun.about.agent_id.clone()).collect();
        let mut contacts = self.0.store.colleagues(&agents).await?;
        let entries = found
            .into_iter()
            .map(|one| {
                let contact = contacts.get_mut(&one.begun.about.agent_id).cloned();
                SupervisionEntry {
                    result: self.result(&one),
                    number: one.begun.number,
                    at: one.begun.at,
                    supervisor: one.begun.about.supervisor,
                    agent: one.begun.about.agent,
                    agent_contact: contact,
                    party: one.begun.about.party,
                    session_id: one.begun.about.session_id,
                    mode: one.begun.about.mode,
                }
            })
            .collect();
        Ok(SupervisionLog {
            entries,
            has_more,
            broken_at: self.broken_at().await?,
        })
    }

    /// The whole log as CSV.
    ///
    /// # Errors
    /// As [`Self::log`].
    pub async fn export(&self, client: Option<&Client>) -> Result<Vec<u8>, CoreError> {
        self.check_admin(client).await?;
        export::csv(&self.0.store.supervision_lines().await?)
    }

    /// The number of the first line of the log that does not fit to the one before it.
    ///
    /// # Errors
    /// [`CoreError::Store`].
    pub async fn broken_at(&self) -> Result<Option<i64>, CoreError> {
        // The number first: a line that is added between the two questions is no missing one.
        let last = self.0.store.last_supervision_number().await?;
        let lines = self.0.store.supervision_lines().await?;
        Ok(chain::broken_at(
            lines.iter().map(|line| (&line.facts, &line.hash)),
            last,
        ))
    }

    /// What became of it. What still runs by the log and is not known here belongs to an earlier run of the program.
    fn result(&self, stored: &StoredSupervision) -> SupervisionResult {
        match &stored.result {
            SupervisionResult::Running if !self.running().has_attempt(stored.begun.number) => {
                SupervisionResult::Asked
            }
            known => known.clone(),
        }
    }

    async fn check_admin(&self, client: Option<&Client>) -> Result<(), CoreError> {
        let client = client.ok_or(CoreError::SignInRequired)?;
        let now = self.0.store.clock().now();
        let since = *lock(&self.0.admin_since);
        if since.is_some_and(|since| since <= now && now.duration_since(since) < PERMISSION_GOOD_FOR) {
            return Ok(());
        }
        let refused = |source| CoreError::NotPermitted {
            message: "Only administrators of the RingCentral account may see who listened in to whom."
                .to_owned(),
            source,
        };
        let asked = client
            .authz_profile()
            .has_permission(&ExtensionRef::Own, LOG_PERMISSION, Priority::Interactive)
            .await;
        match asked {
            Ok(true) => {
                *lock(&self.0.admin_since) = Some(now);
                Ok(())
            }
            Ok(false) => Err(refused(None)),
            Err(error @ ringcentral::Error::Forbidden { .. }) => Err(refused(Some(error.into()))),
            Err(error) => Err(error.into()),
        }
    }
}
