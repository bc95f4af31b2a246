//! Which request about reading faxes gets which answer.
//!
//! `?fax=` shows a state: `fetching`, `failed`, `faults`, `broken-page`, `near`, `only-here`, `unread`, `reading`, `unreadable`,
//! `no-program`, `several`.

use super::answers::{not_found, reply};
use super::fax_pages::{self, Part};
use super::{contact_answers, failure, history, world};
use crate::browser;
use domain::attachment::AttachmentKind;
use domain::communication::{Body, Communication, DeliveryState, Direction};
use domain::event::CoreEvent;
use domain::fax::{FaxFormat, FaxOutcome, FaxTextState, FaxView, Transfer, ViewedPage};
use domain::ids::{AttachmentId, CommunicationId, OutgoingId};
use domain::ipc::fax::{
    CancelFaxWords, GetFaxTransfer, ListFaxWords, OpenFax, ReadFaxPart, ReadFaxWords, ResendFax, SaveFax,
    TurnFaxPage,
};
use domain::ipc::inbox::{ReadFaxPage, SavedFile};
use domain::ipc::texting::Written;
use domain::ipc::{Command, ErrorCode, IpcError};
use domain::kept::Kept;
use jiff::SignedDuration;
use serde_json::Value;
use std::collections::BTreeMap;

/// What was changed about faxes in this page.
#[derive(Debug, Clone, Default)]
pub(super) struct Changed {
    turns: BTreeMap<(i64, u32), u8>,
    /// Pages whose words have been read, of each fax that somebody asked for.
    read: BTreeMap<i64, u32>,
    transferred: u64,
}

fn wants(state: &str) -> bool {
    browser::parameter("fax").as_deref() == Some(state)
}

/// Requests that never come back in the chosen state.
pub(super) fn hangs(name: &str, request: &Value) -> bool {
    name == OpenFax::NAME && wants("fetching") && request.get("fetch") == Some(&Value::Bool(true))
}

/// The reply to the request `name`.
pub(super) fn answer(name: &str, request: Value) -> Result<Value, IpcError> {
    match name {
        OpenFax::NAME => reply(request, |asked: OpenFax| {
            if !asked.fetch {
                let known = view(&find(asked.item)?)?;
                return Ok(FaxView {
                    pages: Vec::new(),
                    faults: Vec::new(),
                    ..known
                });
            }
            if wants("failed") {
                return Err(refused());
            }
            view(&find(asked.item)?)
        }),
        GetFaxTransfer::NAME => reply(request, |_: GetFaxTransfer| {
            Ok(world::with(|world| {
                world.fax_views.transferred += 130_000;
                Some(Transfer {
                    done_bytes: world.fax_views.transferred.min(3_400_000),
                    total_bytes: Some(3_400_000),
                })
            }))
        }),
        TurnFaxPage::NAME => reply(request, |asked: TurnFaxPage| {
            world::with(|world| {
                world
                    .fax_views
                    .turns
                    .insert((asked.id.0, asked.index), asked.quarter_turns)
            });
            Ok(())
        }),
        SaveFax::NAME => reply(request, |asked: SaveFax| {
            let item = find(asked.item)?;
            let end = match asked.format {
                FaxFormat::AsReceived | FaxFormat::Pdf => ".pdf",
                FaxFormat::Tiff => ".tiff",
                FaxFormat::Png => "",
            };
            Ok(SavedFile {
                path: format!("/home/dana/Downloads/{} 2026-11-17{end}", item.party.label),
            })
        }),
        ReadFaxWords::NAME => reply(request, |asked: ReadFaxWords| {
            world::with(|world| world.fax_views.read.insert(asked.item.0, 0));
            go_on(asked.item);
            Ok(())
        }),
        CancelFaxWords::NAME => reply(request, |asked: CancelFaxWords| {
            world::with(|world| world.fax_views.read.remove(&asked.item.0));
            Ok(())
        }),
        ListFaxWords::NAME => reply(request, |asked: ListFaxWords| Ok(fax_pages::words(asked.index))),
        ResendFax::NAME => reply(request, |_: ResendFax| {
            Ok(Written {
                id: OutgoingId(9_001),
                leaves_at: history::now(),
            })
        }),
        _ => contact_answers::answer(name, request),
    }
}

/// The picture of a page, or of a part of it.
pub(super) fn bytes(name: &str, request: Value) -> Result<Vec<u8>, IpcError> {
    let asked = |error: serde_json::Error| failure(&error.to_string());
    let (id, index, page_width_px, cut) = if name == ReadFaxPart::NAME {
        let part: ReadFaxPart = serde_json::from_value(request).map_err(asked)?;
        let cut = Part {
            left: part.left,
            top: part.top,
            width: part.width,
            height: part.height,
        };
        (part.id, part.index, part.page_width_px, Some(cut))
    } else {
        let page: ReadFaxPage = serde_json::from_value(request).map_err(asked)?;
        (page.id, page.index, page.width_px, None)
    };
    if wants("broken-page") && index == 1 {
        return Err(IpcError {
            code: ErrorCode::Invalid,
            message: "The page takes too long to draw: it holds more than a page of a fax can.".to_owned(),
            retry_after_seconds: None,
        });
    }
    if !world::with(|world| world.items.iter().any(|item| has(item, id))) {
        return Err(not_found());
    }
    Ok(fax_pages::picture(index, page_width_px, cut))
}

fn has(item: &Communication, id: AttachmentId) -> bool {
    item.attachments.iter().any(|file| file.id == id)
}

fn find(id: CommunicationId) -> Result<Communication, IpcError> {
    world::with(|world| world.items.iter().find(|item| item.id == id).cloned()).ok_or_else(not_found)
}

fn refused() -> IpcError {
    IpcError {
        code: ErrorCode::Offline,
        message: "RingCentral cannot be reached. Check the network; what is on this computer stays readable."
            .to_owned(),
        retry_after_seconds: None,
    }
}

/// A page a second.
fn go_on(item: CommunicationId) {
    gloo_timers::callback::Timeout::new(300, move || {
        let is_more = world::with(|world| {
            let done = world.fax_views.read.get_mut(&item.0)?;
            *done += 1;
            Some(*done < 400)
        });
        world::announce(CoreEvent::CommunicationsChanged { ids: vec![item] });
        if is_more == Some(true) {
            go_on(item);
        }
    })
    .forget();
}

fn view(item: &Communication) -> Result<FaxView, IpcError> {
    let Body::Fax { page_count, state } = &item.body else {
        return Err(not_found());
    };
    let file = item
        .attachments
        .iter()
        .find(|file| file.kind == AttachmentKind::FaxDocument)
        .ok_or_else(not_found)?;
    let changed = world::with(|world| world.fax_views.clone());
    let has_none = wants("faults") && item.direction == Direction::Outbound;
    let pages = (0..*page_count)
        .filter(|_| !has_none)
        .map(|index| ViewedPage {
            attachment: file.id,
            index,
            size: fax_pages::size(index),
            quarter_turns: changed.turns.get(&(file.id.0, index)).copied().unwrap_or(0),
        })
        .collect();
    let faults = if wants("faults") {
        vec![
            "The second document is damaged and cannot be shown: it ends in the middle of a page.".to_owned(),
        ]
    } else {
        Vec::new()
    };
    let text = match changed.read.get(&item.id.0) {
        Some(done) if done < page_count => FaxTextState::Reading {
            done: *done,
            of: *page_count,
        },
        Some(_) => FaxTextState::Read,
        None if wants("unread") => FaxTextState::NotRead,
        None if wants("reading") => FaxTextState::Reading {
            done: 12,
            of: *page_count,
        },
        None if wants("unreadable") => FaxTextState::Failed {
            reason: "The pages are too pale for tesseract.".to_owned(),
        },
        None if wants("no-program") => FaxTextState::NotPossible,
        None => FaxTextState::Read,
    };
    Ok(FaxView {
        item: item.id,
        pages,
        faults,
        kept: kept(),
        recipients: recipients(item, state),
        text,
    })
}

fn kept() -> Kept {
    if wants("only-here") {
        return Kept::OnlyHere;
    }
    let days = if wants("near") { 2 } else { 25 };
    Kept::There {
        until: Some(history::now() + SignedDuration::from_hours(24 * days)),
        newer_until_overwritten: None,
        overwritten_about: None,
        is_archived: !wants("near"),
    }
}

fn recipients(item: &Communication, state: &DeliveryState) -> Vec<FaxOutcome> {
    if item.direction == Direction::Inbound {
        return Vec::new();
    }
    let is_failed = matches!(state, DeliveryState::Failed { .. });
    let first = FaxOutcome {
        party: item.party.clone(),
        state: state.clone(),
        advice: if is_failed {
            "Their machine may be in use or out of paper. Send it again in a while, or call them.".to_owned()
        } else {
            String::new()
        },
        can_resend: is_failed,
    };
    if !wants("several") {
        return vec![first];
    }
    let other = |last: &str, state: DeliveryState, advice: &str| FaxOutcome {
        party: history::unknown("415", last, None),
        state,
        advice: advice.to_owned(),
        can_resend: false,
    };
    vec![
        first,
        other("0132", DeliveryState::Sent, ""),
        other(
            "0178",
            DeliveryState::Failed {
                reason: "a person or a voicemail answered".to_owned(),
            },
            "This is no fax number. Ask for the right one; sending it again would not help.",
        ),
        other("0190", DeliveryState::Queued, ""),
    ]
}
