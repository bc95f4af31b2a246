//! Call log synchronisation: full once, then changes only; and the account's extract by time of change
//! (developers.ringcentral.com/guide/voice/call-log/sync).

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::call::Call;
use super::call_log::view;
use super::error::{ApiError, ApiResult};
use super::reply::Reply;
use super::request::Query;
use super::sync_token::{SyncToken, TokenRefusal};
use crate::faults::expired_sync_token;
use crate::wire::call::{self as wire, Shelf, View};
use crate::wire::instant;
use crate::world::call_log::CallLogQuery;
use crate::world::calls::CallRecord;

/// The largest number of records either kind of synchronisation hands out.
const LARGEST: usize = 250;
const LARGEST_EXTRACT: usize = 1_000;
/// A date further back than this is moved up to it.
const FURTHEST_BACK: SignedDuration = SignedDuration::from_hours(24 * 30);
/// What the token keeps of the first request.
const KEPT: &[&str] = &["statusGroup", "withRecording", "recordingType"];

/// `GET …/extension/{extensionId}/call-log-sync`.
pub(crate) fn of_extension(call: &Call<'_>) -> ApiResult {
    let id = call.private_extension("ReadCallLog", true)?;
    sync(call, Shelf::Extension(id))
}

/// `GET …/account/{accountId}/call-log-sync`.
pub(crate) fn of_account(call: &Call<'_>) -> ApiResult {
    call.check_account()?;
    sync(call, Shelf::Account)
}

fn sync(call: &Call<'_>, shelf: Shelf) -> ApiResult {
    let query = &call.request.query;
    let view = view(call)?;
    let with_deleted = query.flag("showDeleted")?;
    let count = match query.number("recordCount")? {
        None => None,
        Some(count) => Some(
            usize::try_from(count)
                .ok()
                .filter(|&count| count > 0)
                .ok_or_else(|| ApiError::parameter("recordCount"))?
                .min(LARGEST),
        ),
    };
    let subject = subject(call, shelf);
    match query.word("syncType", &["FSync", "ISync"])? {
        Some("ISync") => incremental(call, (shelf, view, with_deleted), &subject, count),
        _ => {
            let count = count.ok_or_else(|| ApiError::parameter("recordCount"))?;
            full(call, shelf, view, &subject, count)
        }
    }
}

fn full(call: &Call<'_>, shelf: Shelf, view: View, subject: &str, count: usize) -> ApiResult {
    let kept = kept(&call.request.query);
    let furthest = call.now.saturating_sub(FURTHEST_BACK).unwrap_or(Timestamp::MIN);
    let from = call
        .request
        .query
        .instant("dateFrom")?
        .map(|from| from.max(furthest));
    let question = CallLogQuery {
        from,
        limit: count,
        ..question(&kept, shelf)?
    };
    let links = call.links();
    let records: Vec<Value> = call.sim.world(|world| {
        world
            .call_log(&question)
            .records
            .iter()
            .map(|one| wire::record(&links, one, shelf, view))
            .collect()
    });
    let token = SyncToken::issue(call, subject, &kept.to_encoded());
    Ok(respond(call, records, "FSync", &token))
}

fn incremental(
    call: &Call<'_>,
    (shelf, view, with_deleted): (Shelf, View, bool),
    subject: &str,
    count: Option<usize>,
) -> ApiResult {
    let query = &call.request.query;
    let text = query.one("syncToken").ok_or_else(|| {
        ApiError::parameter_because(
            "CLG-101",
            "syncToken",
            "Sync token is required for incremental sync",
        )
    })?;
    let token = SyncToken::read(call, text, subject).map_err(|refusal| match refusal {
        TokenRefusal::Unreadable => {
            ApiError::parameter_because("CLG-101", "syncToken", "Sync token cannot be read")
        }
        TokenRefusal::Expired => expired_sync_token(&call.request.path),
    })?;
    let kept = Query::parse(&token.filters);
    let question = question(&kept, shelf)?;
    let links = call.links();
    let records = call.sim.world(|world| {
        let changed: Vec<&CallRecord> = world
            .call_records_changed_since(shelf.scope(), token.since())
            .into_iter()
            .filter(|record| (with_deleted || !record.is_deleted) && suits(&question, record))
            .collect();
        if changed.len() > LARGEST {
            return Err(ApiError::parameter_because(
                "CLG-102",
                "syncToken",
                "Max sync record number limit is exceeded",
            ));
        }
        let mut records: Vec<Value> = changed
            .iter()
            .rev()
            .map(|one| wire::record(&links, one, shelf, view))
            .collect();
        // A record count makes the frame reach that many records further into the past.
        if let Some(count) = count {
            let oldest = changed
                .iter()
                .map(|record| record.started_at)
                .min()
                .unwrap_or(call.now);
            let older = CallLogQuery {
                to: Some(oldest),
                limit: count,
                ..question.clone()
            };
            let page = world.call_log(&older);
            let fresh = page
                .records
                .iter()
                .filter(|one| !changed.iter().any(|known| known.id == one.id));
            records.extend(fresh.map(|one| wire::record(&links, one, shelf, view)));
        }
        Ok(records)
    })?;
    let token = SyncToken::issue(call, subject, &token.filters);
    Ok(respond(call, records, "ISync", &token))
}

/// `GET …/call-log-extract-sync`: by time of change, oldest first, saying whether more is waiting.
pub(crate) fn extract(call: &Call<'_>) -> ApiResult {
    call.check_account()?;
    let query = &call.request.query;
    let view = view(call)?;
    let subject = subject(call, Shelf::Account) + " extract";
    let hour_ago = call
        .now
        .saturating_sub(SignedDuration::from_hours(1))
        .unwrap_or(Timestamp::MIN);
    let (since, limit, kind) = match query.word("syncType", &["FSync", "ISync"])? {
        Some("ISync") => {
            let text = query
                .one("syncToken")
                .ok_or_else(|| ApiError::parameter("syncToken"))?;
            let token = SyncToken::read(call, text, &subject).map_err(|refusal| match refusal {
                TokenRefusal::Unreadable => {
                    ApiError::parameter_because("CLG-101", "syncToken", "Sync token cannot be read")
                }
                TokenRefusal::Expired => expired_sync_token(&call.request.path),
            })?;
            let since = Query::parse(&token.filters)
                .instant("from")?
                .unwrap_or_else(|| token.since());
            (since, LARGEST, "ISync")
        }
        _ => {
            let count = query.number("recordCount")?.unwrap_or(250);
            let count = usize::try_from(count).ok().filter(|&count| count > 0);
            let count = count
                .ok_or_else(|| ApiError::parameter("recordCount"))?
                .min(LARGEST_EXTRACT);
            (query.instant("dateFrom")?.unwrap_or(hour_ago), count, "FSync")
        }
    };
    let links = call.links();
    let (records, next) = call.sim.world(|world| {
        let changed = world.call_records_changed_since(Shelf::Account.scope(), since);
        let next = changed.get(limit).map(|record| record.last_modified_at);
        let records: Vec<Value> = changed
            .iter()
            .take(limit)
            .map(|one| wire::record(&links, one, Shelf::Account, view))
            .collect();
        (records, next)
    });
    let kept = next.map(|at| format!("from={}", instant(at))).unwrap_or_default();
    let token = SyncToken::issue(call, &subject, &kept);
    Ok(Reply::json(&json!({
        "uri": links.canonical(call),
        "records": records,
        "syncInfo": {
            "syncType": kind,
            "syncToken": token.text(),
            "syncTime": instant(call.now),
            "newerRecordsExist": next.is_some(),
        },
    })))
}

fn subject(call: &Call<'_>, shelf: Shelf) -> String {
    match shelf {
        Shelf::Account => format!("call-log of account {}", call.sim.account_id()),
        Shelf::Extension(id) => format!("call-log of extension {id}"),
    }
}

fn kept(query: &Query) -> Query {
    Query::from_pairs(
        query
            .pairs()
            .iter()
            .filter(|(key, _)| KEPT.contains(&key.as_str()))
            .cloned()
            .collect(),
    )
}

fn question(kept: &Query, shelf: Shelf) -> Result<CallLogQuery, ApiError> {
    let groups = kept.all("statusGroup");
    if groups.iter().any(|group| !matches!(*group, "Missed" | "All")) {
        return Err(ApiError::parameter("statusGroup"));
    }
    let only_missed = !groups.is_empty() && !groups.contains(&"All");
    let only_recorded = kept.flag("withRecording")?
        || kept
            .word("recordingType", &["Automatic", "OnDemand", "All"])?
            .is_some();
    Ok(CallLogQuery {
        only_missed,
        only_recorded,
        ..CallLogQuery::all(shelf.scope())
    })
}

fn suits(question: &CallLogQuery, record: &CallRecord) -> bool {
    (!question.only_missed || record.is_missed()) && (!question.only_recorded || record.recording.is_some())
}

fn respond(call: &Call<'_>, records: Vec<Value>, kind: &str, token: &SyncToken) -> Reply {
    Reply::json(&json!({
        "uri": call.links().canonical(call),
        "records": records,
        "syncInfo": {
            "syncType": kind,
            "syncToken": token.text(),
            "syncTime": instant(call.now),
        },
    }))
}
