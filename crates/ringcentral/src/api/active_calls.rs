//! Calls under way, as the call log sees them.
//!
//! Slow news: three to ten seconds late, and ended calls linger for about two minutes
//! (developers.ringcentral.com/guide/voice/finding-active-calls). For caller ID use telephony events.

use super::{
    CallsOf, OWN, area,
    call_log::{CallLogRecord, View},
    operations::{LIST_COMPANY_ACTIVE_CALLS, LIST_EXTENSION_ACTIVE_CALLS},
};
use crate::{
    client::{Query, Request},
    error::Error,
    page::Page,
    rate_limit::Priority,
};

area! {
    /// Calls under way. From [`crate::Client::active_calls`].
    ActiveCalls
}

impl ActiveCalls<'_> {
    /// Reads the calls under way (`listExtensionActiveCalls` or `listCompanyActiveCalls`, group Heavy; scope
    /// `ReadCallLog`).
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn list(
        &self,
        of: &CallsOf,
        view: View,
        priority: Priority,
    ) -> Result<Page<CallLogRecord>, Error> {
        self.client
            .all_pages(|page| {
                let query = Query::default().set("view", Some(&view)).set("page", Some(page));
                let request = match of {
                    CallsOf::Account => Request::new(&LIST_COMPANY_ACTIVE_CALLS, &[OWN], priority),
                    CallsOf::Extension(extension) => {
                        Request::new(&LIST_EXTENSION_ACTIVE_CALLS, &[OWN, extension.as_str()], priority)
                    }
                };
                request.query(query)
            })
            .await
    }
}
