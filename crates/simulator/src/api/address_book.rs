//! The personal address book: contacts, and their synchronisation.

use axum::http::StatusCode;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::call::Call;
use super::error::{ApiError, ApiResult};
use super::paging::PageAsked;
use super::reply::Reply;
use super::request::Query;
use super::sync_token::SyncToken;
use crate::wire::{contact as wire, instant};
use crate::world::World;
use crate::world::address_book::{Contact, ContactFields};
use crate::world::ids::{ContactId, ExtensionId};
use crate::world::messages::Availability;

/// The largest page of a synchronisation, which is also the default.
const LARGEST_SYNC_PAGE: usize = 250;
/// A page identifier is the instant of the first page and the page's number.
const PAGES_PER_INSTANT: i64 = 1_000;

/// `GET …/address-book/contact`.
pub(crate) fn list(call: &Call<'_>) -> ApiResult {
    let owner = call.private_extension("ReadPersonalContacts", false)?;
    let asked = PageAsked::read(call, 1_000)?;
    let query = &call.request.query;
    let start = query.one("startsWith").map(str::to_lowercase);
    let numbers = query.all("phoneNumber");
    let sort = query.word("sortBy", &["FirstName", "LastName", "Company"])?;
    let links = call.links();
    let (records, total) = call.sim.world(|world| {
        let mut found: Vec<&Contact> = alive(world, owner)
            .filter(|one| {
                start
                    .as_deref()
                    .is_none_or(|start| starts_with(&one.fields, start))
            })
            .filter(|one| {
                numbers.is_empty()
                    || one
                        .fields
                        .phones
                        .iter()
                        .any(|(_, phone)| numbers.contains(&phone.as_str()))
            })
            .collect();
        match sort {
            Some("FirstName") => found.sort_by(|a, b| a.fields.first_name.cmp(&b.fields.first_name)),
            Some("LastName") => found.sort_by(|a, b| a.fields.last_name.cmp(&b.fields.last_name)),
            Some(_) => found.sort_by(|a, b| a.fields.company.cmp(&b.fields.company)),
            None => {}
        }
        let total = found.len();
        let page = asked.of(found);
        (
            page.into_iter()
                .map(|one| wire::contact(&links, owner, one))
                .collect(),
            total,
        )
    });
    let mut body = asked.envelope(call, records, total);
    if let Some(fields) = body.as_object_mut() {
        fields.insert(
            "groups".into(),
            json!({"uri": links.extension(owner, "/address-book/group")}),
        );
    }
    Ok(Reply::json(&body))
}

/// `POST …/address-book/contact`.
pub(crate) fn create(call: &Call<'_>) -> ApiResult {
    let owner = call.private_extension("EditPersonalContacts", false)?;
    let body: Map<String, Value> = call.request.json()?;
    let fields = wire::merge(ContactFields::default(), &body);
    if fields == ContactFields::default() {
        return Err(ApiError::parameter("firstName"));
    }
    let id = call.sim.world(|world| world.add_contact(owner, fields));
    show(call, owner, id)
}

/// `GET …/address-book/contact/{contactId}`.
pub(crate) fn read(call: &Call<'_>) -> ApiResult {
    let owner = call.private_extension("ReadPersonalContacts", false)?;
    show(call, owner, id(call)?)
}

/// `PUT …/address-book/contact/{contactId}`: what is not given is emptied.
pub(crate) fn replace(call: &Call<'_>) -> ApiResult {
    write(call, |_| ContactFields::default())
}

/// `PATCH …/address-book/contact/{contactId}`: what is not given stays.
pub(crate) fn patch(call: &Call<'_>) -> ApiResult {
    write(call, Clone::clone)
}

/// `DELETE …/address-book/contact/{contactId}`.
pub(crate) fn delete(call: &Call<'_>) -> ApiResult {
    let owner = call.private_extension("EditPersonalContacts", false)?;
    let id = id(call)?;
    let deleted = call.sim.world(|world| world.delete_contact(owner, id));
    deleted
        .map(|()| Reply::empty(StatusCode::NO_CONTENT))
        .map_err(|_| missing())
}

/// `GET …/address-book-sync`. A full one comes in pages, all as of the first page's instant.
pub(crate) fn sync(call: &Call<'_>) -> ApiResult {
    let owner = call.private_extension("ReadPersonalContacts", false)?;
    let query = &call.request.query;
    let per_page = match query.number("perPage")? {
        None => LARGEST_SYNC_PAGE,
        Some(count) => usize::try_from(count)
            .ok()
            .filter(|&count| count > 0)
            .ok_or_else(|| ApiError::parameter("perPage"))?
            .min(LARGEST_SYNC_PAGE),
    };
    match query.word("syncType", &["FSync", "ISync"])? {
        Some("ISync") => incremental(call, owner, per_page),
        _ => full(call, owner, per_page),
    }
}

fn full(call: &Call<'_>, owner: ExtensionId, per_page: usize) -> ApiResult {
    let (first_page_at, page) = match call.request.query.number("pageId")? {
        None => (call.now, 0),
        Some(id) => {
            let at = Timestamp::from_millisecond(id.div_euclid(PAGES_PER_INSTANT));
            let page = usize::try_from(id.rem_euclid(PAGES_PER_INSTANT));
            (
                at.map_err(|_| ApiError::parameter("pageId"))?,
                page.map_err(|_| ApiError::parameter("pageId"))?,
            )
        }
    };
    let links = call.links();
    let (records, has_more) = call.sim.world(|world| {
        let all: Vec<&Contact> = alive(world, owner).collect();
        let offset = page.saturating_mul(per_page);
        let records: Vec<Value> = all
            .iter()
            .skip(offset)
            .take(per_page)
            .map(|one| wire::contact(&links, owner, one))
            .collect();
        let has_more = offset + records.len() < all.len();
        (records, has_more)
    });
    let kept = format!("from={}", instant(first_page_at));
    let token = SyncToken::issue(call, &subject(owner), &kept);
    let mut body = respond(call, records, "FSync", &token);
    if has_more && let Some(fields) = body.as_object_mut() {
        let next = first_page_at.as_millisecond() * PAGES_PER_INSTANT
            + i64::try_from(page + 1).unwrap_or(PAGES_PER_INSTANT - 1);
        let query = call.request.query.replacing("pageId", &next.to_string());
        fields.insert("nextPageId".into(), json!(next));
        fields.insert(
            "nextPageUri".into(),
            json!(format!("{}?{}", links.canonical(call), query.to_encoded())),
        );
    }
    Ok(Reply::json(&body))
}

fn incremental(call: &Call<'_>, owner: ExtensionId, per_page: usize) -> ApiResult {
    let refused = || ApiError::parameter("syncToken");
    let text = call.request.query.one("syncToken").ok_or_else(refused)?;
    let token = SyncToken::read(call, text, &subject(owner)).map_err(|_| refused())?;
    let from = Query::parse(&token.filters).instant("from")?;
    let since = from.map_or_else(|| token.since(), |from| from.min(token.since()));
    let links = call.links();
    let (records, next) = call.sim.world(|world| {
        let book = world.address_book(owner);
        let changed: Vec<&Contact> = book
            .map(|book| book.changed_since(since).collect())
            .unwrap_or_default();
        let next = changed.get(per_page).map(|one| one.last_modified_at);
        let records: Vec<Value> = changed
            .iter()
            .take(per_page)
            .map(|one| wire::contact(&links, owner, one))
            .collect();
        (records, next)
    });
    // When there is more than a page of changes, the next token continues where this page ends.
    let kept = next.map(|at| format!("from={}", instant(at))).unwrap_or_default();
    let token = SyncToken::issue(call, &subject(owner), &kept);
    Ok(Reply::json(&respond(call, records, "ISync", &token)))
}

fn write(call: &Call<'_>, start: impl FnOnce(&ContactFields) -> ContactFields) -> ApiResult {
    let owner = call.private_extension("EditPersonalContacts", false)?;
    let id = id(call)?;
    let body: Map<String, Value> = call.request.json()?;
    let written = call.sim.world(|world| {
        let known = world
            .address_book(owner)
            .and_then(|book| book.get(id))
            .map(|one| start(&one.fields));
        let fields = wire::merge(known.unwrap_or_default(), &body);
        world.update_contact(owner, id, fields)
    });
    written.map_err(|_| missing())?;
    show(call, owner, id)
}

fn show(call: &Call<'_>, owner: ExtensionId, id: ContactId) -> ApiResult {
    let links = call.links();
    let body = call.sim.world(|world| {
        let found = world.address_book(owner).and_then(|book| book.get(id));
        found
            .filter(|one| one.availability == Availability::Alive)
            .map(|one| wire::contact(&links, owner, one))
    });
    body.map(|body| Reply::json(&body)).ok_or_else(missing)
}

fn id(call: &Call<'_>) -> Result<ContactId, ApiError> {
    call.path("contactId").parse().map_err(|_| missing())
}

fn missing() -> ApiError {
    ApiError::not_found("contactId")
}

fn subject(owner: ExtensionId) -> String {
    format!("address book of extension {owner}")
}

fn alive(world: &World, owner: ExtensionId) -> impl Iterator<Item = &Contact> {
    world
        .address_book(owner)
        .into_iter()
        .flat_map(|book| book.alive())
}

fn starts_with(fields: &ContactFields, start: &str) -> bool {
    [&fields.first_name, &fields.last_name]
        .into_iter()
        .flatten()
        .any(|name| name.to_lowercase().starts_with(start))
}

fn respond(call: &Call<'_>, records: Vec<Value>, kind: &str, token: &SyncToken) -> Value {
    json!({
        "uri": call.links().canonical(call),
        "records": records,
        "syncInfo": {
            "syncType": kind,
            "syncToken": token.text(),
            "syncTime": instant(call.now),
        },
    })
}
