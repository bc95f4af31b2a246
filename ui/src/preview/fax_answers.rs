//! Which request about sending faxes gets which answer.

use super::answers::{not_found, reply};
use super::faxes::{self, wants};
use super::presence_answers;
use super::world::{self, World};
use domain::event::CoreEvent;
use domain::fax::{CoverSheetChoice, DraftPage, FaxDraft, FaxOptions, OutgoingFax};
use domain::ids::{FaxDraftId, OutgoingId};
use domain::ipc::fax::{
    AddDroppedFiles, CallBackFax, CancelFaxUpload, CheckFax, ChooseFaxFiles, DiscardFax, DiscardFaxDraft,
    EditFax, GetFaxDraft, GetFaxOptions, ListFaxDrafts, NewFax, ReadFaxDraftPage, RemoveFaxFile, RestoreFax,
    RetryFax, SendFax, SetFaxCover, SetFaxPages, SetFaxRecipients, SetFaxSending, SuggestFaxRecipients,
    TakeBackFax,
};
use domain::ipc::texting::Written;
use domain::ipc::{Command, ErrorCode, IpcError};
use domain::outgoing::OutgoingState;
use serde_json::Value;

const PAGE: &[u8] = include_bytes!("fax_page.png");
const PLAN: &[u8] = include_bytes!("fax_plan.png");
/// The cover sheet.
pub(super) const COVER: &[u8] = include_bytes!("fax_cover.png");

/// The reply to the request `name`.
pub(super) fn answer(name: &str, request: Value) -> Result<Value, IpcError> {
    match name {
        GetFaxOptions::NAME => reply(request, |_: GetFaxOptions| Ok(options())),
        NewFax::NAME => reply(request, |asked: NewFax| {
            Ok(world::with(|world| {
                let mut draft = faxes::empty(world.next_id());
                draft.to = asked
                    .to
                    .iter()
                    .filter_map(|to| faxes::recipient(world, to))
                    .collect();
                world.faxes.drafts.insert(0, draft.clone());
                draft
            }))
        }),
        GetFaxDraft::NAME => reply(request, |asked: GetFaxDraft| changed(asked.draft, |_, _| Ok(()))),
        ListFaxDrafts::NAME => reply(request, |_: ListFaxDrafts| {
            Ok(world::with(|world| world.faxes.drafts.clone()))
        }),
        AddDroppedFiles::NAME => reply(request, |asked: AddDroppedFiles| changed(asked.draft, added)),
        ChooseFaxFiles::NAME => reply(request, |asked: ChooseFaxFiles| {
            changed(asked.draft, added).map(Some)
        }),
        RemoveFaxFile::NAME => reply(request, |asked: RemoveFaxFile| {
            changed(asked.draft, |_, draft| {
                draft.files.retain(|file| file.id != asked.file);
                draft.pages.retain(|page| page.file != asked.file);
                Ok(())
            })
        }),
        SetFaxRecipients::NAME => reply(request, |asked: SetFaxRecipients| {
            changed(asked.draft, |world, draft| {
                let to: Option<Vec<_>> = asked.to.iter().map(|to| faxes::recipient(world, to)).collect();
                draft.to = to.ok_or_else(|| invalid("That is not a phone number that can be faxed."))?;
                Ok(())
            })
        }),
        SetFaxPages::NAME => reply(request, |asked: SetFaxPages| {
            changed(asked.draft, |_, draft| {
                let size_of = |file| {
                    if draft
                        .files
                        .iter()
                        .any(|one| one.id == file && one.file_name.ends_with(".tif"))
                    {
                        (792, 612)
                    } else {
                        (612, 792)
                    }
                };
                let page = |choice: &domain::fax::PageChoice| DraftPage {
                    file: choice.file,
                    index: choice.index,
                    size: {
                        let (width, height) = size_of(choice.file);
                        domain::attachment::FaxPage { width, height }
                    },
                    quarter_turns: choice.quarter_turns,
                };
                draft.pages = asked.pages.iter().map(page).collect();
                Ok(())
            })
        }),
        SetFaxCover::NAME => reply(request, |asked: SetFaxCover| {
            changed(asked.draft, |_, draft| {
                draft.cover = asked.cover;
                Ok(())
            })
        }),
        SetFaxSending::NAME => reply(request, |asked: SetFaxSending| {
            changed(asked.draft, |_, draft| {
                (draft.resolution, draft.send_at) = (asked.resolution, asked.send_at);
                Ok(())
            })
        }),
        SuggestFaxRecipients::NAME => reply(request, |asked: SuggestFaxRecipients| {
            Ok(world::with(|world| suggested(world, &asked.query)))
        }),
        CheckFax::NAME => reply(request, |asked: CheckFax| {
            changed(asked.draft, |_, _| Ok(())).map(|draft| faxes::check(&draft))
        }),
        SendFax::NAME => reply(request, |asked: SendFax| {
            if wants("refused") {
                return Err(invalid(
                    "The fax could not be stored: the disk is full. Free some space and try again.",
                ));
            }
            let draft = taken(asked.draft)?;
            let (id, leaves_at) = world::with(|world| faxes::send(world, draft));
            Ok(Written { id, leaves_at })
        }),
        DiscardFaxDraft::NAME => reply(request, |asked: DiscardFaxDraft| taken(asked.draft).map(drop)),
        _ => out(name, request),
    }
}

/// What is on its way.
fn out(name: &str, request: Value) -> Result<Value, IpcError> {
    match name {
        TakeBackFax::NAME => reply(request, |asked: TakeBackFax| draft_again(asked.id)),
        EditFax::NAME => reply(request, |asked: EditFax| draft_again(asked.id)),
        CancelFaxUpload::NAME => reply(request, |asked: CancelFaxUpload| {
            turn(asked.id, |fax| {
                fax.state = OutgoingState::Failed {
                    reason: "The upload was stopped. Nothing was sent.".to_owned(),
                    can_retry: true,
                };
            })
        }),
        CallBackFax::NAME => reply(request, |_: CallBackFax| {
            world::with(|world| world.faxes.outgoing.retain(|fax| fax.send_at.is_none()));
            world::announce(CoreEvent::OutboxChanged);
            Ok(())
        }),
        RetryFax::NAME => reply(request, |asked: RetryFax| {
            let (id, leaves_at) = (asked.id, faxes::now());
            turn(id, |fax| {
                fax.state = OutgoingState::Queued {
                    not_before: leaves_at,
                }
            })?;
            Ok(Written { id, leaves_at })
        }),
        DiscardFax::NAME => reply(request, |asked: DiscardFax| {
            let fax = removed(asked.id)?;
            world::with(|world| world.faxes.put_away.push(fax));
            Ok(())
        }),
        RestoreFax::NAME => reply(request, |asked: RestoreFax| {
            world::with(|world| {
                let at = world.faxes.put_away.iter().position(|fax| fax.id == asked.id);
                let fax = world.faxes.put_away.remove(at.ok_or_else(not_found)?);
                world.faxes.outgoing.push(fax);
                world::announce(CoreEvent::OutboxChanged);
                Ok(())
            })
        }),
        _ => presence_answers::answer(name, request),
    }
}

/// A page of a draft as a picture.
pub(super) fn page(request: &ReadFaxDraftPage) -> Vec<u8> {
    let is_plan = world::with(|world| {
        let mut files = world.faxes.drafts.iter().flat_map(|draft| &draft.files);
        files.any(|file| file.id == request.file && file.file_name.ends_with(".tif"))
    });
    if is_plan { PLAN.to_vec() } else { PAGE.to_vec() }
}

fn options() -> FaxOptions {
    let names = [
        "Ancient",
        "Birthday",
        "Blank",
        "Clasmod",
        "Classic",
        "Confidential",
        "Contempo",
        "Elegant",
        "Express",
        "Formal",
        "Jazzy",
        "Modern",
        "Urgent",
    ];
    let sheet = |(index, name): (u32, &str)| CoverSheetChoice {
        index,
        name: name.to_owned(),
    };
    FaxOptions {
        cover_sheets: (1..).zip(names).map(sheet).collect(),
        blocked: wants("blocked").then(|| {
            "Your RingCentral plan does not let you send faxes. Ask whoever manages the account.".to_owned()
        }),
    }
}

fn changed(
    id: FaxDraftId,
    change: impl FnOnce(&mut World, &mut FaxDraft) -> Result<(), IpcError>,
) -> Result<FaxDraft, IpcError> {
    world::with(|world| {
        let at = world
            .faxes
            .drafts
            .iter()
            .position(|draft| draft.id == id)
            .ok_or_else(not_found)?;
        let mut draft = world.faxes.drafts.remove(at);
        let outcome = change(world, &mut draft);
        world.faxes.drafts.insert(at, draft.clone());
        outcome.map(|()| draft)
    })
}

fn added(world: &mut World, draft: &mut FaxDraft) -> Result<(), IpcError> {
    let first = world.next_id();
    // More ids than one are used.
    for _ in 0..10 {
        world.next_id();
    }
    faxes::add_samples(draft, first);
    Ok(())
}

fn taken(id: FaxDraftId) -> Result<FaxDraft, IpcError> {
    world::with(|world| {
        let at = world.faxes.drafts.iter().position(|draft| draft.id == id);
        Ok(world.faxes.drafts.remove(at.ok_or_else(not_found)?))
    })
}

fn suggested(world: &World, query: &str) -> Vec<domain::fax::FaxRecipient> {
    let query = query.to_lowercase();
    let mut all: Vec<_> = world
        .contacts
        .iter()
        .flat_map(faxes::recipients)
        .filter(|one| one.label.to_lowercase().contains(&query) || one.number.formatted.contains(&query))
        .collect();
    all.sort_by_key(|one| !one.is_fax_number);
    all.truncate(8);
    all
}

fn draft_again(id: OutgoingId) -> Result<FaxDraft, IpcError> {
    removed(id)?;
    world::with(|world| {
        let at = world.faxes.sent.iter().position(|(sent, _)| *sent == id);
        let mut draft = match at {
            Some(at) => world.faxes.sent.remove(at).1,
            None => faxes::empty(world.next_id()),
        };
        if draft.files.is_empty() {
            let first = world.next_id() * 10;
            faxes::add_samples(&mut draft, first);
        }
        world.faxes.drafts.insert(0, draft.clone());
        Ok(draft)
    })
}

fn removed(id: OutgoingId) -> Result<OutgoingFax, IpcError> {
    world::with(|world| {
        let at = world.faxes.outgoing.iter().position(|fax| fax.id == id);
        world::announce(CoreEvent::OutboxChanged);
        Ok(world.faxes.outgoing.remove(at.ok_or_else(not_found)?))
    })
}

fn turn(id: OutgoingId, change: impl FnOnce(&mut OutgoingFax)) -> Result<(), IpcError> {
    world::with(|world| {
        let fax = world.faxes.outgoing.iter_mut().find(|fax| fax.id == id);
        change(fax.ok_or_else(not_found)?);
        world::announce(CoreEvent::OutboxChanged);
        Ok(())
    })
}

fn invalid(message: &str) -> IpcError {
    IpcError {
        code: ErrorCode::Invalid,
        message: message.to_owned(),
        retry_after_seconds: None,
    }
}
