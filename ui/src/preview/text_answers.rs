//! Which request about texts gets which answer.

use super::answers::{not_found, reply};
use super::texts::{self, wants};
use super::voicemail_answers;
use super::world::{self, World};
use domain::communication::Body;
use domain::event::CoreEvent;
use domain::ids::{OutgoingId, PictureId};
use domain::ipc::calls::TextCaller;
use domain::ipc::texting::{
    AttachPicture, ComposeReply, ComposeTo, DetachPicture, DiscardText, EditText, GetComposer, GetOutbox,
    NoteConsent, OutboxState, ResendText, RestoreText, RetryOutbox, RetryText, SaveDraft, SendText,
    TakeBackText, Written,
};
use domain::ipc::{Command, ErrorCode, IpcError};
use domain::outgoing::{Draft, OutgoingState, OutgoingText, Picture};
use serde_json::Value;

const TAKE_BACK_MS: u32 = 5_000;

/// The reply to the request `name`.
pub(super) fn answer(name: &str, request: Value) -> Result<Value, IpcError> {
    match name {
        ComposeReply::NAME => reply(request, |asked: ComposeReply| {
            world::with(|world| {
                let item = world
                    .items
                    .iter()
                    .find(|item| item.id == asked.item)
                    .ok_or_else(not_found)?;
                let to = match &item.body {
                    Body::Text { participants, .. } => participants.clone(),
                    _ => vec![item.party.clone()],
                };
                if to
                    .iter()
                    .any(|party| party.number.as_ref().is_none_or(|number| number.e164.is_none()))
                {
                    return Err(invalid("There is no number here that can be texted."));
                }
                Ok(texts::composer(world, to))
            })
        }),
        ComposeTo::NAME => reply(request, |asked: ComposeTo| {
            world::with(|world| {
                let people: Option<Vec<_>> = asked
                    .numbers
                    .iter()
                    .map(|number| texts::party_of(world, number))
                    .collect();
                let people =
                    people.ok_or_else(|| invalid("That is not a phone number that can be texted."))?;
                Ok(texts::composer(world, people))
            })
        }),
        GetComposer::NAME => reply(request, |asked: GetComposer| {
            Ok(world::with(|world| {
                let people = texts::people_of(world, &asked.thread);
                texts::composer(world, people)
            }))
        }),
        SaveDraft::NAME => reply(request, |asked: SaveDraft| {
            world::with(|world| {
                let draft = world.texts.drafts.entry(asked.thread).or_default();
                (draft.text, draft.from) = (asked.text, asked.from);
            });
            Ok(())
        }),
        AttachPicture::NAME => reply(request, |asked: AttachPicture| {
            world::with(|world| {
                let picture = Picture {
                    id: PictureId(world.next_id()),
                    content_type: "image/png".to_owned(),
                    size_bytes: asked.content.len() as u64 * 3 / 4,
                    file_name: asked.file_name,
                };
                let draft = world.texts.drafts.entry(asked.thread).or_default();
                draft.pictures.push(picture.clone());
                Ok(picture)
            })
        }),
        DetachPicture::NAME => reply(request, |asked: DetachPicture| {
            world::with(|world| {
                let draft = world.texts.drafts.entry(asked.thread).or_default();
                draft.pictures.retain(|picture| picture.id != asked.id);
            });
            Ok(())
        }),
        SendText::NAME => reply(request, |asked: SendText| {
            if wants("refused") {
                return Err(invalid(
                    "RingCentral does not let this number send texts. Choose another number.",
                ));
            }
            Ok(world::with(|world| {
                let people = texts::people_of(world, &asked.thread);
                let draft = world.texts.drafts.insert(asked.thread, Draft::default());
                let pictures = draft.map(|draft| draft.pictures).unwrap_or_default();
                let (id, leaves_at) = texts::send(world, people, &asked.text, pictures, TAKE_BACK_MS);
                Written { id, leaves_at }
            }))
        }),
        TakeBackText::NAME => reply(request, |asked: TakeBackText| {
            world::with(|world| draft_again(world, asked.id))
        }),
        EditText::NAME => reply(request, |asked: EditText| {
            world::with(|world| draft_again(world, asked.id))
        }),
        RetryText::NAME => reply(request, |asked: RetryText| {
            world::with(|world| {
                let text = take(world, asked.id)?;
                let (id, leaves_at) = texts::send(world, text.to, &text.text, text.pictures, 0);
                Ok(Written { id, leaves_at })
            })
        }),
        ResendText::NAME => reply(request, |asked: ResendText| {
            world::with(|world| {
                let item = world
                    .items
                    .iter()
                    .find(|item| item.id == asked.item)
                    .ok_or_else(not_found)?;
                let Body::Text {
                    text, participants, ..
                } = item.body.clone()
                else {
                    return Err(not_found());
                };
                let (id, leaves_at) = texts::send(world, participants, &text, Vec::new(), TAKE_BACK_MS);
                Ok(Written { id, leaves_at })
            })
        }),
        DiscardText::NAME => reply(request, |asked: DiscardText| {
            world::with(|world| {
                let text = take(world, asked.id)?;
                world.texts.put_away.push(text);
                Ok(())
            })
        }),
        RestoreText::NAME => reply(request, |asked: RestoreText| {
            world::with(|world| put_back(world, asked.id))
        }),
        NoteConsent::NAME => reply(request, |asked: NoteConsent| {
            Ok(world::with(|world| texts::note_consent(world, asked)))
        }),
        GetOutbox::NAME => reply(request, |_: GetOutbox| Ok(world::with(|world| outbox(world)))),
        RetryOutbox::NAME => reply(request, |_: RetryOutbox| Ok(())),
        TextCaller::NAME => reply(request, |_: TextCaller| Ok(())),
        _ => voicemail_answers::answer(name, request),
    }
}

fn invalid(message: &str) -> IpcError {
    IpcError {
        code: ErrorCode::Invalid,
        message: message.to_owned(),
        retry_after_seconds: None,
    }
}

fn take(world: &mut World, id: OutgoingId) -> Result<OutgoingText, IpcError> {
    let at = world.texts.outgoing.iter().position(|text| text.id == id);
    let at = at.ok_or_else(|| IpcError {
        code: ErrorCode::TooLate,
        message: "It can no longer be taken back.".to_owned(),
        retry_after_seconds: None,
    })?;
    world::announce(CoreEvent::OutboxChanged);
    Ok(world.texts.outgoing.remove(at))
}

fn put_back(world: &mut World, id: OutgoingId) -> Result<(), IpcError> {
    let at = world.texts.put_away.iter().position(|text| text.id == id);
    let text = world.texts.put_away.remove(at.ok_or_else(not_found)?);
    world.texts.outgoing.push(text);
    world::announce(CoreEvent::OutboxChanged);
    Ok(())
}

fn draft_again(world: &mut World, id: OutgoingId) -> Result<Draft, IpcError> {
    let text = take(world, id)?;
    let thread = texts::composer(world, text.to).thread;
    let draft = world.texts.drafts.entry(thread).or_default();
    draft.text = if draft.text.is_empty() {
        text.text
    } else {
        format!("{}\n{}", text.text, draft.text)
    };
    draft.pictures.extend(text.pictures);
    Ok(draft.clone())
}

fn outbox(world: &World) -> OutboxState {
    let count = |is: fn(&OutgoingState) -> bool| {
        let all = world.texts.outgoing.iter().filter(|text| is(&text.state));
        u32::try_from(all.count()).unwrap_or(u32::MAX)
    };
    let all = |is: fn(&OutgoingState) -> bool| -> Vec<OutgoingText> {
        let texts = world.texts.outgoing.iter();
        texts.filter(|text| is(&text.state)).cloned().collect()
    };
    let faxes = |is: fn(&OutgoingState) -> bool| {
        let all = world.faxes.outgoing.iter().filter(|fax| is(&fax.state));
        u32::try_from(all.count()).unwrap_or(u32::MAX)
    };
    OutboxState {
        waiting: count(|state| matches!(state, OutgoingState::Queued { .. } | OutgoingState::Sending))
            + faxes(|state| matches!(state, OutgoingState::Queued { .. } | OutgoingState::Sending)),
        unknown: count(|state| matches!(state, OutgoingState::Unknown { .. }))
            + faxes(|state| matches!(state, OutgoingState::Unknown { .. })),
        waiting_texts: all(|state| matches!(state, OutgoingState::Queued { .. })),
        failed: all(|state| matches!(state, OutgoingState::Failed { .. })),
        faxes: world.faxes.outgoing.clone(),
        held_up: texts::held_up(),
    }
}
