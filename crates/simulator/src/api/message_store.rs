//! The message store: lists, single messages, changes and deletions. Several messages at once are in `message_bulk`.

use axum::http::StatusCode;
use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::Value;

use super::call::Call;
use super::choice::Choice;
use super::error::{ApiError, ApiResult};
use super::extension;
use super::message_bulk;
use super::paging::PageAsked;
use super::reply::Reply;
use super::request::Query;
use crate::wire::message as wire;
use crate::world::ids::{ExtensionId, MessageId};
use crate::world::message_store::{MessageQuery, Ownership};
use crate::world::messages::{Availability, MessageType, ReadStatus};
use crate::world::{StoreError, World};

const LARGEST_PAGE: usize = 1_000;
/// Without dates the last 24 hours are meant.
pub(super) const DEFAULT_WINDOW: SignedDuration = SignedDuration::from_hours(24);

/// A change to a message, as PUT and PATCH ask for it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct MessageChange {
    #[serde(default, deserialize_with = "vendor_word")]
    read_status: Option<ReadStatus>,
    #[serde(default, deserialize_with = "vendor_word")]
    availability: Option<Availability>,
}

/// `GET …/message-store`.
pub(crate) fn list(call: &Call<'_>) -> ApiResult {
    let owner = call.private_extension("ReadMessages", false)?;
    let asked = PageAsked::read(call, LARGEST_PAGE)?;
    let query = &call.request.query;
    let until = query.instant("dateTo")?;
    let default_from = until.unwrap_or(call.now).saturating_sub(DEFAULT_WINDOW).ok();
    let availability = Choice::read(query, "availability")?;
    let availability = match availability {
        Choice::Any => Some(vec![Availability::Alive]),
        other => other.into_list(),
    };
    let lists = (
        Choice::read(query, "messageType")?.into_list(),
        Choice::read(query, "direction")?.into_list(),
        Choice::read(query, "readStatus")?.into_list(),
        availability,
    );
    let conversation_id = query.one("conversationId").map(str::parse).transpose();
    let conversation_id = conversation_id.map_err(|_| ApiError::parameter("conversationId"))?;
    let is_distinct = query.flag("distinctConversations")?;
    let from = query.instant("dateFrom")?.or(default_from);
    let links = call.links();
    let (records, total) = match lists {
        (Some(kinds), Some(directions), Some(read_status), Some(availability)) => {
            let question = MessageQuery {
                from,
                to: until,
                kinds,
                directions,
                availability,
                read_status,
                conversation_id,
                is_distinct,
                phone_number: query.one("phoneNumber").map(str::to_owned),
                offset: asked.offset(),
                limit: asked.per_page,
                ownership: call.sim.world(|world| ownership(world, query))?,
                ..MessageQuery::alive(owner)
            };
            call.sim.world(|world| {
                let page = world.messages(&question);
                let records: Vec<Value> = page
                    .records
                    .iter()
                    .map(|one| wire::message(world, &links, one))
                    .collect();
                (records, page.total)
            })
        }
        _ => (Vec::new(), 0),
    };
    Ok(Reply::json(&asked.envelope(call, records, total)))
}

/// `GET …/message-store/{messageId}`, or several of them.
pub(crate) fn read(call: &Call<'_>) -> ApiResult {
    let owner = call.private_extension("ReadMessages", false)?;
    let links = call.links();
    match message_bulk::ids(call)? {
        message_bulk::Ids::One(id) => {
            let body = call.sim.world(|world| {
                world
                    .message(owner, id)
                    .map(|one| wire::single_message(world, &links, one))
            });
            body.map(|body| Reply::json(&body))
                .ok_or_else(|| ApiError::not_found("messageId"))
        }
        message_bulk::Ids::Several(ids) => message_bulk::answer(call, owner, &ids, |id| {
            let body = call.sim.world(|world| {
                world
                    .message(owner, id)
                    .map(|one| wire::message(world, &links, one))
            });
            body.ok_or_else(|| ApiError::not_found("messageId"))
        }),
    }
}

/// `PUT` and `PATCH …/message-store/{messageId}`, of one message or several.
pub(crate) fn update(call: &Call<'_>) -> ApiResult {
    let owner = call.private_extension("EditMessages", false)?;
    match message_bulk::ids(call)? {
        message_bulk::Ids::One(id) => {
            let change: Option<MessageChange> = call.request.json()?;
            let change = change.filter(|change| *change != MessageChange::default());
            let change = change.ok_or_else(|| ApiError::parameter("readStatus"))?;
            Ok(Reply::json(&apply(call, owner, id, change)?))
        }
        message_bulk::Ids::Several(ids) => {
            let changes = message_bulk::changes(call, ids)?;
            let ids: Vec<MessageId> = changes.iter().map(|(id, _)| *id).collect();
            let change_of = |id| {
                let found = changes.iter().find(|(known, _)| *known == id);
                found.map(|(_, change)| *change).unwrap_or_default()
            };
            message_bulk::answer(call, owner, &ids, |id| apply(call, owner, id, change_of(id)))
        }
    }
}

/// `DELETE …/message-store/{messageId}`, of one message or several: once deletes, twice or `purge=true` purges.
pub(crate) fn delete(call: &Call<'_>) -> ApiResult {
    let owner = call.private_extension("EditMessages", false)?;
    let purge = call.request.query.flag("purge")?;
    let delete_one = |id: MessageId| {
        let deleted = call.sim.world(|world| world.delete_message(owner, id, purge));
        deleted.map(|_| Value::Null).map_err(of_store)
    };
    match message_bulk::ids(call)? {
        message_bulk::Ids::One(id) => {
            delete_one(id)?;
            Ok(Reply::empty(StatusCode::NO_CONTENT))
        }
        message_bulk::Ids::Several(ids) => {
            let ids = match ids.is_empty() {
                // With `*` in the path the identifiers stand in the body.
                true => message_bulk::ids_in_body(call)?,
                false => ids,
            };
            message_bulk::answer_deletion(call, owner, &ids, delete_one)
        }
    }
}

/// `DELETE …/message-store`: by conversation or by type and date. Without filters that is everything.
pub(crate) fn delete_by_filter(call: &Call<'_>) -> ApiResult {
    let owner = call.private_extension("EditMessages", false)?;
    let query = &call.request.query;
    if query.has("conversationId") && query.has("type") {
        return Err(ApiError::new(
            StatusCode::BAD_REQUEST,
            "MSG-390",
            "InvalidParameter",
            "[conversationId] and [type] query parameters cannot be specified simultaneously",
        ));
    }
    let purge = query.flag("purge")?;
    let kinds: Vec<MessageType> = match query.one("type") {
        None | Some("All") => Vec::new(),
        Some(text) => vec![text.parse().map_err(|_| ApiError::parameter("type"))?],
    };
    let conversations = match Choice::read(query, "conversationId")? {
        Choice::Any => vec![None],
        Choice::Of(ids) => ids.into_iter().map(Some).collect(),
        Choice::Nothing => Vec::new(),
    };
    let until = query.instant("dateTo")?;
    call.sim.world(|world| {
        for conversation_id in conversations {
            let question = MessageQuery {
                to: until,
                kinds: kinds.clone(),
                conversation_id,
                ..MessageQuery::alive(owner)
            };
            world.delete_messages(&question, purge);
        }
    });
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

fn apply(
    call: &Call<'_>,
    owner: ExtensionId,
    id: MessageId,
    change: MessageChange,
) -> Result<Value, ApiError> {
    let links = call.links();
    let changed: Result<Value, StoreError> = call.sim.world(|world| {
        let mut message = world
            .message(owner, id)
            .cloned()
            .ok_or(StoreError::NoSuchMessage(id))?;
        match change.availability {
            Some(Availability::Alive) if message.availability != Availability::Alive => {
                message = world.restore_message(owner, id)?;
            }
            Some(Availability::Deleted) if message.availability == Availability::Alive => {
                message = world.delete_message(owner, id, false)?;
            }
            Some(Availability::Purged) => message = world.delete_message(owner, id, true)?,
            _ => {}
        }
        if let Some(status) = change.read_status.filter(|status| *status != message.read_status) {
            message = world.set_read_status(owner, id, status)?;
        }
        Ok(wire::message(world, &links, &message))
    });
    changed.map_err(of_store)
}

pub(super) fn of_store(error: StoreError) -> ApiError {
    match error {
        StoreError::WrongState => ApiError::parameter("availability"),
        _ => ApiError::not_found("messageId"),
    }
}

/// Filters by the mailbox a message was left in: a person's own or a call queue's. `voicemailOwner` is the older name of
/// `owner`. Without them everything is listed, as where the vendor's feature SharedVoicemail is off.
pub(super) fn ownership(world: &World, query: &Query) -> Result<Ownership, ApiError> {
    let key = if query.has("owner") {
        "owner"
    } else {
        "voicemailOwner"
    };
    let by_owner = match query.all(key).as_slice() {
        [] | ["Any"] => Ownership::Any,
        ["Personal"] => Ownership::Personal,
        ["Shared"] => Ownership::Shared,
        _ => match Choice::<ExtensionId>::read(query, key)? {
            Choice::Of(ids) => Ownership::Of(ids),
            Choice::Any | Choice::Nothing => Ownership::Of(Vec::new()),
        },
    };
    let kinds = Choice::words(query, "ownerExtensionType", extension::TYPES)?;
    if kinds == Choice::Any {
        return Ok(by_owner);
    }
    let of_kind = world
        .extensions()
        .filter(|one| kinds.allows(one.kind.as_str()))
        .map(|one| one.id);
    Ok(match by_owner {
        Ownership::Of(ids) => Ownership::Of(of_kind.filter(|id| ids.contains(id)).collect()),
        _ => Ownership::Of(of_kind.collect()),
    })
}

fn vendor_word<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: std::str::FromStr,
{
    let text: Option<String> = Option::deserialize(deserializer)?;
    text.map(|text| {
        text.parse()
            .map_err(|_| serde::de::Error::custom("a word the API does not know"))
    })
    .transpose()
}
