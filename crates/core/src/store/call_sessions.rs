//! Finding the record of a call by its telephony session.

use super::{Result, Store};
use domain::ids::CallSessionId;

impl Store {
    /// Whether the call log already has this call, with its outcome.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn has_ended_call(&self, session: &CallSessionId) -> Result<bool> {
        let found = sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM communications WHERE session_id = ? AND outcome <> 'in_progress')",
        )
        .bind(session.as_str())
        .fetch_one(&self.0.readers)
        .await?;
        Ok(found)
    }
}
