//! Message synchronisation: full once, then changes only
//! (developers.ringcentral.com/guide/messaging/message-store/message-sync).

use jiff::Timestamp;
use serde_json::{Value, json};

use super::call::Call;
use super::choice::Choice;
use super::error::{ApiError, ApiResult};
use super::message_store::{DEFAULT_WINDOW, ownership};
use super::reply::Reply;
use super::request::Query;
use super::sync_token::{SyncToken, TokenRefusal};
use crate::faults::expired_sync_token;
use crate::wire::{Links, instant, message as wire};
use crate::world::World;
use crate::world::ids::ExtensionId;
use crate::world::message_store::MessageQuery;
use crate::world::messages::{Availability, Message};

/// How many records come without a `recordCount`, and at most with one.
const DEFAULT_COUNT: usize = 250;
const LARGEST_COUNT: usize = 1_000;
/// What the token keeps of the first request. The record count is not among it.
const KEPT: &[&str] = &[
    "messageType",
    "direction",
    "conversationId",
    "distinctConversations",
    "dateFrom",
    "owner",
    "voicemailOwner",
    "ownerExtensionType",
];

/// `GET …/message-sync`.
pub(crate) fn sync(call: &Call<'_>) -> ApiResult {
    let owner = call.private_extension("ReadMessages", false)?;
    match call.request.query.word("syncType", &["FSync", "ISync"])? {
        Some("ISync") => incremental(call, owner),
        Some(_) => full(call, owner),
        None if call.request.query.has("syncToken") => incremental(call, owner),
        None => full(call, owner),
    }
}

fn full(call: &Call<'_>, owner: ExtensionId) -> ApiResult {
    let query = &call.request.query;
    let until = query.instant("dateTo")?;
    let default_from = until
        .unwrap_or(call.now)
        .saturating_sub(DEFAULT_WINDOW)
        .unwrap_or(Timestamp::MIN);
    let from = query.instant("dateFrom")?.unwrap_or(default_from);
    let count = count(query)?.unwrap_or(DEFAULT_COUNT);
    let kept = kept(query).replacing("dateFrom", &instant(from));
    let links = call.links();
    let (records, has_older) = match question(call, &kept, owner)? {
        None => (Vec::new(), false),
        Some(question) => {
            let question = MessageQuery {
                from: Some(from),
                to: until,
                limit: count,
                ..question
            };
            call.sim.world(|world| {
                let page = world.messages(&question);
                let records: Vec<Value> = page
                    .records
                    .iter()
                    .map(|one| wire::message(world, &links, one))
                    .collect();
                let has_older = page.total > records.len();
                (records, has_older)
            })
        }
    };
    let token = SyncToken::issue(call, &subject(owner), &kept.to_encoded());
    Ok(respond(call, records, "FSync", &token, Some(has_older)))
}

fn incremental(call: &Call<'_>, owner: ExtensionId) -> ApiResult {
    let query = &call.request.query;
    let text = query
        .one("syncToken")
        .ok_or_else(|| ApiError::parameter("syncToken"))?;
    let token = SyncToken::read(call, text, &subject(owner)).map_err(|refusal| match refusal {
        TokenRefusal::Unreadable => ApiError::parameter("syncToken"),
        TokenRefusal::Expired => expired_sync_token(&call.request.path),
    })?;
    let mut kept = Query::parse(&token.filters);
    let frame_from = kept.instant("dateFrom")?;
    let links = call.links();
    let mut records: Vec<Value> = Vec::new();
    let wanted = question(call, &kept, owner)?;
    if let Some(question) = &wanted {
        let whole = |one: &&Message| suits(question, one);
        records = call.sim.world(|world| {
            let changed = world.messages_changed_since(owner, token.since());
            changed
                .into_iter()
                .rev()
                .filter(whole)
                .map(|one| shown(world, &links, one))
                .collect()
        });
    }
    // An earlier date widens the frame into the past, once and for all following tokens.
    if let (Some(wider), Some(frame), Some(question)) = (query.instant("dateFrom")?, frame_from, &wanted)
        && wider < frame
    {
        let limit = count(query)?.unwrap_or(DEFAULT_COUNT);
        let older = MessageQuery {
            from: Some(wider),
            to: Some(frame),
            limit,
            ..question.clone()
        };
        let page: Vec<Value> = call.sim.world(|world| {
            world
                .messages(&older)
                .records
                .iter()
                .map(|one| wire::message(world, &links, one))
                .collect()
        });
        records.extend(page);
        kept = kept.replacing("dateFrom", &instant(wider));
    }
    let token = SyncToken::issue(call, &subject(owner), &kept.to_encoded());
    Ok(respond(call, records, "ISync", &token, None))
}

/// A living message whole, a deleted or purged one as its identifier and availability only.
fn shown(world: &World, links: &Links, message: &Message) -> Value {
    match message.availability {
        Availability::Alive => wire::message(world, links, message),
        Availability::Deleted | Availability::Purged => wire::tombstone(links, message),
    }
}

fn subject(owner: ExtensionId) -> String {
    format!("messages of extension {owner}")
}

fn count(query: &Query) -> Result<Option<usize>, ApiError> {
    let Some(count) = query.number("recordCount")? else {
        return Ok(None);
    };
    let count = usize::try_from(count).ok().filter(|&count| count > 0);
    count
        .map(|count| Some(count.min(LARGEST_COUNT)))
        .ok_or_else(|| ApiError::parameter("recordCount"))
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

/// The filters a token keeps, without dates; `None` when nothing can match.
fn question(call: &Call<'_>, kept: &Query, owner: ExtensionId) -> Result<Option<MessageQuery>, ApiError> {
    let lists = (
        Choice::read(kept, "messageType")?.into_list(),
        Choice::read(kept, "direction")?.into_list(),
    );
    let (Some(kinds), Some(directions)) = lists else {
        return Ok(None);
    };
    let conversation_id = kept.one("conversationId").map(str::parse).transpose();
    let conversation_id = conversation_id.map_err(|_| ApiError::parameter("conversationId"))?;
    let is_distinct = kept.flag("distinctConversations")?;
    Ok(Some(MessageQuery {
        kinds,
        directions,
        conversation_id,
        is_distinct,
        ownership: call.sim.world(|world| ownership(world, kept))?,
        ..MessageQuery::alive(owner)
    }))
}

fn suits(question: &MessageQuery, message: &Message) -> bool {
    question.ownership.allows(message)
        && (question.kinds.is_empty() || question.kinds.contains(&message.kind))
        && (question.directions.is_empty() || question.directions.contains(&message.direction))
        && question
            .conversation_id
            .is_none_or(|id| message.conversation_id == Some(id))
}

fn respond(
    call: &Call<'_>,
    records: Vec<Value>,
    kind: &str,
    token: &SyncToken,
    has_older: Option<bool>,
) -> Reply {
    let mut info = json!({
        "syncType": kind,
        "syncToken": token.text(),
        "syncTime": instant(call.now),
    });
    if let (Some(has_older), Some(fields)) = (has_older, info.as_object_mut()) {
        fields.insert("olderRecordsExist".into(), json!(has_older));
    }
    let links = call.links();
    let uri = format!("{}?{}", links.canonical(call), call.request.query.to_encoded());
    Reply::json(&json!({"uri": uri, "records": records, "syncInfo": info}))
}
