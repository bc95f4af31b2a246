//! The call log: lists and single records, of an extension and of the account.

use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

use super::bulk::{self, Outcome};
use super::call::Call;
use super::choice::Choice;
use super::error::{ApiError, ApiResult};
use super::message_content::clip_of;
use super::paging::PageAsked;
use super::reply::Reply;
use crate::wire::call::{self as wire, Shelf, View};
use crate::world::call_log::{CallLogQuery, CallLogScope};
use crate::world::ids::ExtensionId;

/// The largest page, and the largest of detailed records (the latter seen in the field, not documented).
const LARGEST_PAGE: usize = 1_000;
const LARGEST_DETAILED_PAGE: usize = 250;
const MAX_IDS_IN_PATH: usize = 50;
/// Without dates the last 24 hours are meant.
const DEFAULT_WINDOW: SignedDuration = SignedDuration::from_hours(24);

/// `GET …/extension/{extensionId}/call-log`.
pub(crate) fn of_extension(call: &Call<'_>) -> ApiResult {
    let id = call.private_extension("ReadCallLog", true)?;
    list(call, Shelf::Extension(id))
}

/// `GET …/account/{accountId}/call-log`.
pub(crate) fn of_account(call: &Call<'_>) -> ApiResult {
    call.check_account()?;
    list(call, Shelf::Account)
}

/// `GET …/extension/{extensionId}/call-log/{callRecordId}`.
pub(crate) fn read_of_extension(call: &Call<'_>) -> ApiResult {
    let id = call.private_extension("ReadCallLog", true)?;
    read(call, Shelf::Extension(id))
}

/// `GET …/account/{accountId}/call-log/{callRecordId}`.
pub(crate) fn read_of_account(call: &Call<'_>) -> ApiResult {
    call.check_account()?;
    read(call, Shelf::Account)
}

/// `DELETE …/extension/{extensionId}/call-log`: deletes what the filters match, which without filters is everything.
pub(crate) fn delete(call: &Call<'_>) -> ApiResult {
    let id = call.private_extension("EditCallLog", false)?;
    let query = &call.request.query;
    let Some(mut question) = filters(call, Shelf::Extension(id))? else {
        return Ok(Reply::empty(StatusCode::NO_CONTENT));
    };
    question.from = query.instant("dateFrom")?;
    question.to = Some(query.instant("dateTo")?.unwrap_or(call.now));
    call.sim.world(|world| {
        let ids: Vec<_> = world
            .call_log(&question)
            .records
            .iter()
            .map(|record| record.id)
            .collect();
        for id in ids {
            // The identifiers come from the same locked world, so none can be missing.
            let _ = world.delete_call_record(id);
        }
    });
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

impl Shelf {
    pub(super) fn scope(self) -> CallLogScope {
        match self {
            Self::Account => CallLogScope::Account,
            Self::Extension(id) => CallLogScope::Extension(id),
        }
    }
}

/// `view`, Simple unless Detailed is asked for.
pub(super) fn view(call: &Call<'_>) -> Result<View, ApiError> {
    Ok(match call.request.query.word("view", &["Simple", "Detailed"])? {
        Some("Detailed") => View::Detailed,
        _ => View::Simple,
    })
}

fn list(call: &Call<'_>, shelf: Shelf) -> ApiResult {
    let view = view(call)?;
    let largest = if view == View::Detailed {
        LARGEST_DETAILED_PAGE
    } else {
        LARGEST_PAGE
    };
    let asked = PageAsked::read(call, largest)?;
    let query = &call.request.query;
    let until = query.instant("dateTo")?;
    let default_from = until
        .unwrap_or(call.now)
        .saturating_sub(DEFAULT_WINDOW)
        .unwrap_or(Timestamp::MIN);
    let is_of_session = query.has("sessionId") || query.has("telephonySessionId");
    let from = match query.instant("dateFrom")? {
        Some(from) => Some(from),
        // A session is found whenever it was.
        None if is_of_session => None,
        None => Some(default_from),
    };
    let links = call.links();
    let (records, total) = match filters(call, shelf)? {
        None => (Vec::new(), 0),
        Some(question) => {
            let question = CallLogQuery {
                from,
                to: until,
                offset: asked.offset(),
                limit: asked.per_page,
                ..question
            };
            call.sim.world(|world| {
                let page = world.call_log(&question);
                let records = page
                    .records
                    .iter()
                    .map(|one| wire::record(&links, one, shelf, view))
                    .collect();
                (records, page.total)
            })
        }
    };
    Ok(Reply::json(&envelope(call, asked, records, total)))
}

/// A list response as the call log writes it: no totals and no last page, so only `nextPage` leads on.
pub(super) fn envelope(call: &Call<'_>, asked: PageAsked, records: Vec<Value>, total: usize) -> Value {
    let mut body = asked.envelope(call, records, total);
    if let Some(Value::Object(paging)) = body.get_mut("paging") {
        paging.remove("totalPages");
        paging.remove("totalElements");
    }
    if let Some(Value::Object(navigation)) = body.get_mut("navigation") {
        navigation.remove("lastPage");
    }
    body
}

/// One record, or up to fifty at once.
fn read(call: &Call<'_>, shelf: Shelf) -> ApiResult {
    let view = view(call)?;
    let segment = call.path("callRecordId");
    if !segment.contains(',') {
        return find(call, shelf, view, segment).map(|body| Reply::json(&body));
    }
    let links = call.links();
    let outcomes = bulk::identifiers(segment, MAX_IDS_IN_PATH)?
        .into_iter()
        .map(|id| Outcome {
            id: id.to_owned(),
            href: wire::address(&links, id, shelf),
            result: find(call, shelf, view, id),
        })
        .collect();
    Ok(bulk::reply(call, outcomes))
}

fn find(call: &Call<'_>, shelf: Shelf, view: View, id: &str) -> Result<Value, ApiError> {
    let missing = || ApiError::not_found("callRecordId");
    let id = id.parse().map_err(|_| missing())?;
    let links = call.links();
    let body = call.sim.world(|world| {
        world
            .call_record(id)
            .filter(|record| !record.is_deleted && is_on(shelf, record.owner, record.is_in_account_log))
            .map(|record| wire::record(&links, record, shelf, view))
    });
    body.ok_or_else(missing)
}

fn is_on(shelf: Shelf, owner: ExtensionId, is_in_account_log: bool) -> bool {
    match shelf {
        Shelf::Account => is_in_account_log,
        Shelf::Extension(id) => owner == id,
    }
}

/// Every filter but the dates; `None` when nothing can match.
pub(super) fn filters(call: &Call<'_>, shelf: Shelf) -> Result<Option<CallLogQuery>, ApiError> {
    let query = &call.request.query;
    // Nobody is blocked here, and there are no conferences.
    query.flag("showBlocked")?;
    Choice::words(query, "conferenceType", &["AudioConferencing", "Meetings"])?;
    if query.has("extensionNumber") && query.has("phoneNumber") {
        return Err(ApiError::parameter("extensionNumber"));
    }
    // The filter is an E.164 number without its plus sign.
    let phone_number = match query.one("phoneNumber") {
        Some(text) if !text.bytes().all(|byte| byte.is_ascii_digit()) => {
            return Err(ApiError::parameter("phoneNumber"));
        }
        text => text.map(str::to_owned),
    };
    let recording = query.word("recordingType", &["Automatic", "OnDemand", "All"])?;
    // Automatic and on-demand recordings are not told apart here: either word means "recorded".
    let only_recorded = query.flag("withRecording")? || recording.is_some();
    let lists = (
        Choice::read(query, "type")?.into_list(),
        Choice::read(query, "direction")?.into_list(),
        Choice::read(query, "transport")?.into_list(),
    );
    let (Some(types), Some(directions), Some(transports)) = lists else {
        return Ok(None);
    };
    let session_id = match query.one("sessionId").map(str::parse).transpose() {
        Ok(id) => id,
        Err(_) => return Ok(None),
    };
    let telephony_session_id = match query.one("telephonySessionId").map(str::parse).transpose() {
        Ok(id) => id,
        Err(_) => return Ok(None),
    };
    Ok(Some(CallLogQuery {
        types,
        directions,
        transports,
        phone_number,
        extension_number: query.one("extensionNumber").map(str::to_owned),
        session_id,
        telephony_session_id,
        only_recorded,
        with_deleted: query.flag("showDeleted")?,
        ..CallLogQuery::all(shelf.scope())
    }))
}

/// `GET …/active-calls` of an extension.
pub(crate) fn active_of_extension(call: &Call<'_>) -> ApiResult {
    let id = call.private_extension("ReadCallLog", true)?;
    active(call, Shelf::Extension(id))
}

/// `GET …/active-calls` of the account.
pub(crate) fn active_of_account(call: &Call<'_>) -> ApiResult {
    call.check_account()?;
    call.check_account_scope("ReadCallLog")?;
    active(call, Shelf::Account)
}

fn active(call: &Call<'_>, shelf: Shelf) -> ApiResult {
    let asked = PageAsked::read(call, LARGEST_PAGE)?;
    // Documented with `view`, but only the simple view is ever returned.
    view(call)?;
    let links = call.links();
    let records: Vec<Value> = match filters(call, shelf)? {
        None => Vec::new(),
        Some(question) => call.sim.world(|world| {
            let calls = world.active_calls(shelf.scope());
            let wanted = calls.iter().filter(|one| {
                (question.types.is_empty() || question.types.contains(&one.kind))
                    && (question.directions.is_empty() || question.directions.contains(&one.direction))
                    && (question.transports.is_empty() || question.transports.contains(&one.transport))
            });
            wanted
                .map(|one| wire::record(&links, one, shelf, View::Simple))
                .collect()
        }),
    };
    let total = records.len();
    Ok(Reply::json(&envelope(call, asked, asked.of(records), total)))
}

/// `GET …/recording/{recordingId}`.
pub(crate) fn recording(call: &Call<'_>) -> ApiResult {
    call.check_account()?;
    let missing = || ApiError::not_found("recordingId");
    let id = call.path("recordingId").parse().map_err(|_| missing())?;
    let scope = if call.is_administrator() {
        CallLogScope::Account
    } else {
        CallLogScope::Extension(call.caller.extension_id)
    };
    let links = call.links();
    let body = call.sim.world(|world| {
        world.call_record_of_recording(scope, id).map(|record| {
            let mut fields = Map::new();
            fields.insert("id".into(), json!(id.to_string()));
            fields.insert("contentUri".into(), json!(links.recording_content(id)));
            let content_type = clip_of(id).map_or("audio/mpeg", |clip| clip.content_type);
            fields.insert("contentType".into(), json!(content_type));
            fields.insert("duration".into(), json!(record.duration_s()));
            Value::Object(fields)
        })
    });
    body.map(|body| Reply::json(&body)).ok_or_else(missing)
}
