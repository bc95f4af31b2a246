//! The call log: lists by date, single records, and sync.
//!
//! The log lags behind the calls by seconds to minutes and re-emits a record when it changes, so callers upsert by
//! id. All its operations are Heavy: ten requests a minute by default.

use jiff::Timestamp;

use super::{
    CallsOf, Direction, OWN, area,
    operations::{
        READ_CALL_RECORDING_CONTENT, READ_COMPANY_CALL_LOG, READ_COMPANY_CALL_RECORD, READ_USER_CALL_LOG,
        READ_USER_CALL_RECORD, SYNC_ACCOUNT_CALL_LOG, SYNC_USER_CALL_LOG,
    },
};
use crate::{
    client::{Query, Request},
    error::Error,
    id::{CallRecordId, SessionId, TelephonySessionId},
    media::{Download, Downloaded, Target, download},
    open_enum::open_enum,
    page::{Page, SyncPage, SyncToken},
    rate_limit::Priority,
};

mod record;
mod result;

pub use record::{
    Billing, CallLeg, CallLogChange, CallLogRecord, CallMessage, CallParty, CallRecording, Delegate,
    DeviceLink,
};
pub use result::{CallAction, CallReason, CallResult, CallType, LegType, RecordingType, Transport};

area! {
    /// The call log. From [`crate::Client::call_log`].
    CallLog
}

open_enum! {
    /// How much of each record to return.
    pub enum View {
        /// Without legs.
        Simple = "Simple",
        /// With legs, billing and the time of the last change; the vendor returns at most 250 a page.
        Detailed = "Detailed",
    }
}

/// Which calls to list. The default is the signed-in user's last 24 hours in the simple view.
#[derive(Debug, Clone, Default)]
pub struct ListCalls {
    /// Whose calls.
    pub of: CallsOf,
    /// Calls that started at or after this instant. The server's default is 24 hours before `started_before`.
    pub started_from: Option<Timestamp>,
    /// Calls that started before this instant. The server's default is now.
    pub started_before: Option<Timestamp>,
    /// Only this direction.
    pub direction: Option<Direction>,
    /// Only calls or only faxes.
    pub kind: Option<CallType>,
    /// Only calls with this number; a `+` is removed, as the vendor's filter wants it.
    pub phone_number: Option<String>,
    /// Only this session.
    pub session_id: Option<SessionId>,
    /// Only this telephony session.
    pub telephony_session_id: Option<TelephonySessionId>,
    /// Only calls with a recording.
    pub must_have_recording: bool,
    /// How much of each record.
    pub view: Option<View>,
    /// The page, from 1.
    pub page: Option<u32>,
    /// Records per page, at most 1000 (250 in the detailed view).
    pub per_page: Option<u32>,
}

/// The filters of a full sync; the token remembers them.
#[derive(Debug, Clone, Default)]
pub struct CallLogFilter {
    /// Whose calls.
    pub of: CallsOf,
    /// How much of each record.
    pub view: Option<View>,
    /// Whether deleted records are reported.
    pub is_showing_deleted: bool,
}

impl CallLog<'_> {
    /// Reads one page of the call log (`readUserCallLog` or `readCompanyCallLog`; scope `ReadCallLog`).
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn list(&self, which: &ListCalls, priority: Priority) -> Result<Page<CallLogRecord>, Error> {
        let query = Query::default()
            .instant("dateFrom", which.started_from)
            .instant("dateTo", which.started_before)
            .each("direction", which.direction.as_slice())
            .each("type", which.kind.as_slice())
            .set(
                "phoneNumber",
                which
                    .phone_number
                    .as_ref()
                    .map(|number| number.trim_start_matches('+')),
            )
            .set("sessionId", which.session_id.as_ref())
            .set("telephonySessionId", which.telephony_session_id.as_ref())
            .flag("withRecording", which.must_have_recording)
            .set("view", which.view.as_ref())
            .set("page", which.page)
            .set("perPage", which.per_page);
        let request = match &which.of {
            CallsOf::Account => Request::new(&READ_COMPANY_CALL_LOG, &[OWN], priority),
            CallsOf::Extension(extension) => {
                Request::new(&READ_USER_CALL_LOG, &[OWN, extension.as_str()], priority)
            }
        };
        request.query(query).page(self.client).await
    }

    /// Reads one record (`readUserCallRecord` or `readCompanyCallRecord`).
    ///
    /// # Errors
    /// Any of [`Error`]; [`Error::is_not_found`] when it does not exist.
    pub async fn get(
        &self,
        of: &CallsOf,
        id: &CallRecordId,
        view: View,
        priority: Priority,
    ) -> Result<CallLogRecord, Error> {
        let request = match of {
            CallsOf::Account => Request::new(&READ_COMPANY_CALL_RECORD, &[OWN, id.as_str()], priority),
            CallsOf::Extension(extension) => Request::new(
                &READ_USER_CALL_RECORD,
                &[OWN, extension.as_str(), id.as_str()],
                priority,
            ),
        };
        request
            .query(Query::default().set("view", Some(view)))
            .read(self.client)
            .await
    }

    /// Starts a sync (`FSync`): the newest `record_count` records (at most 250) since `from`, which may lie at most
    /// 30 days back (developers.ringcentral.com/guide/voice/call-log/sync).
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn full_sync(
        &self,
        filter: &CallLogFilter,
        from: Option<Timestamp>,
        record_count: u32,
        priority: Priority,
    ) -> Result<SyncPage<CallLogChange>, Error> {
        let query = Query::default()
            .set("syncType", Some("FSync"))
            .instant("dateFrom", from)
            .set("recordCount", Some(record_count))
            .set("statusGroup", Some("All"))
            .set("view", filter.view.as_ref())
            .flag("showDeleted", filter.is_showing_deleted);
        self.sync_request(filter, priority)
            .query(query)
            .sync_page(self.client)
            .await
    }

    /// Continues a sync (`ISync`): what is new or changed since the token was given, at most 250 records.
    ///
    /// # Errors
    /// Any of [`Error`]; [`Error::is_sync_token_expired`] when a full sync has to follow, also because more than 250
    /// records have changed.
    pub async fn incremental_sync(
        &self,
        filter: &CallLogFilter,
        token: &SyncToken,
        priority: Priority,
    ) -> Result<SyncPage<CallLogChange>, Error> {
        let query = Query::default()
            .set("syncType", Some("ISync"))
            .set("syncToken", Some(&token.0))
            .set("statusGroup", Some("All"))
            .set("view", filter.view.as_ref())
            .flag("showDeleted", filter.is_showing_deleted);
        self.sync_request(filter, priority)
            .query(query)
            .sync_page(self.client)
            .await
    }

    /// Downloads a recording (`readCallRecordingContent`, group Heavy; scope `ReadCallRecording`) from the link in its
    /// record into `target`.
    ///
    /// # Errors
    /// [`Error::UntrustedHost`] when the link leads elsewhere, [`Error::BodyTooLarge`], [`Error::Write`]; otherwise
    /// any of [`Error`].
    pub async fn recording_content<T>(
        &self,
        content_uri: &str,
        options: &Download,
        target: &mut T,
    ) -> Result<Downloaded, Error>
    where
        T: Target + ?Sized,
    {
        download(
            self.client,
            &READ_CALL_RECORDING_CONTENT,
            content_uri,
            options,
            target,
        )
        .await
    }

    fn sync_request(&self, filter: &CallLogFilter, priority: Priority) -> Request {
        match &filter.of {
            CallsOf::Account => Request::new(&SYNC_ACCOUNT_CALL_LOG, &[OWN], priority),
            CallsOf::Extension(extension) => {
                Request::new(&SYNC_USER_CALL_LOG, &[OWN, extension.as_str()], priority)
            }
        }
    }
}
