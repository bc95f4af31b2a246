//! Writing the history out, for the command line.

use super::Switchboard;
use crate::error::CoreError;
use crate::store::ExportFilter;
use domain::communication::Communication;
use domain::ids::CommunicationId;

impl Switchboard {
    /// The ids of everything that goes with the filter, newest first.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open, [`CoreError::Store`].
    pub async fn ids_to_export(&self, filter: &ExportFilter) -> Result<Vec<CommunicationId>, CoreError> {
        Ok(self.account()?.store.ids_to_export(filter).await?)
    }

    /// The communications with these ids, as far as they are still here.
    ///
    /// # Errors
    /// As [`Self::ids_to_export`].
    pub async fn communications_to_export(
        &self,
        ids: &[CommunicationId],
    ) -> Result<Vec<Communication>, CoreError> {
        Ok(self.account()?.store.communications_by_ids(ids).await?)
    }
}
