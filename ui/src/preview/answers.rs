//! Which request gets which answer.

use super::world::{self, World};
use super::{caller_cards, contact_answers, failure, fax_reading, history, samples, states};
use domain::attachment::Attachment;
use domain::communication::{Body, CallOutcome, Communication, DeliveryState, Direction};
use domain::event::CoreEvent;
use domain::ids::CommunicationId;
use domain::inbox::ItemDetail;
use domain::ipc::calls::{FitCard, ListCallerCards};
use domain::ipc::demo::{DemoEvent, TriggerDemo};
use domain::ipc::inbox::{
    ListFaxPages, ListInbox, ListTimeline, OpenItem, SaveAttachment, SavedFile, Search, SetDone, SetRead,
    Undo,
};
use domain::ipc::session::GetAppState;
use domain::ipc::settings::SaveSettings;
use domain::ipc::{Command, ErrorCode, IpcError};
use domain::search::{CommunicationHit, ContactHit, SearchResults, Snippet, SnippetPart};
use serde_json::Value;

/// The reply to the request `name`.
pub(super) fn answer(name: &str, request: Value) -> Result<Value, IpcError> {
    match name {
        GetAppState::NAME => reply(request, |_: GetAppState| {
            Ok(world::with(|world| {
                states::app_state(world.counts(), world.settings.clone())
            }))
        }),
        ListInbox::NAME => reply(request, |asked: ListInbox| {
            Ok(world::with(|world| {
                world.page(asked.tab, asked.after.as_ref(), asked.limit)
            }))
        }),
        OpenItem::NAME => reply(request, |asked: OpenItem| {
            world::with(|world| open(world, asked.id))
        }),
        ListTimeline::NAME => reply(request, |asked: ListTimeline| {
            Ok(world::with(|world| {
                world.timeline(&asked.subject, asked.before.as_ref(), asked.limit as usize)
            }))
        }),
        SetRead::NAME => reply(request, |asked: SetRead| {
            world::with(|world| world.change(&asked.ids, |item| item.is_read = asked.is_read));
            Ok(())
        }),
        SetDone::NAME => reply(request, |asked: SetDone| {
            Ok(world::with(|world| {
                let words = match (asked.ids.len(), asked.is_done) {
                    (1, true) => "Marked as done".to_owned(),
                    (count, true) => format!("{count} marked as done"),
                    (1, false) => "Moved back to the inbox".to_owned(),
                    (count, false) => format!("{count} moved back to the inbox"),
                };
                let undoable = world.undoable(words);
                world.change(&asked.ids, |item| item.is_done = asked.is_done);
                undoable
            }))
        }),
        Undo::NAME => reply(request, |asked: Undo| {
            world::with(|world| world.undo(&asked.token));
            Ok(())
        }),
        Search::NAME => reply(request, |asked: Search| {
            Ok(world::with(|world| search(world, &asked)))
        }),
        ListFaxPages::NAME => reply(request, |asked: ListFaxPages| {
            Ok(world::with(|world| samples::fax_pages(&world.items, asked.id)))
        }),
        SaveAttachment::NAME => reply(request, |asked: SaveAttachment| {
            let is_it = |file: &&Attachment| file.id == asked.id;
            let found = world::with(|world| {
                world
                    .items
                    .iter()
                    .flat_map(|item| &item.attachments)
                    .find(is_it)
                    .map(|file| file.file_name.clone())
            });
            let name = found.ok_or_else(|| failure("there is no such file"))?;
            Ok(SavedFile {
                path: format!("/home/dana/Downloads/{name}"),
            })
        }),
        SaveSettings::NAME => reply(request, |asked: SaveSettings| {
            world::with(|world| world.settings = asked.settings);
            world::announce(CoreEvent::SettingsChanged);
            Ok(())
        }),
        ListCallerCards::NAME => reply(request, |_: ListCallerCards| {
            Ok(world::with(|world| caller_cards::cards(world)))
        }),
        FitCard::NAME => reply(request, |_: FitCard| Ok(())),
        TriggerDemo::NAME => reply(request, |asked: TriggerDemo| {
            world::with(|world| happen(world, asked.event));
            Ok(())
        }),
        _ => fax_reading::answer(name, request),
    }
}

/// Reads a request, answers it, writes the reply.
pub(super) fn reply<C: Command>(
    request: Value,
    answer: impl FnOnce(C) -> Result<C::Reply, IpcError>,
) -> Result<Value, IpcError> {
    let request = serde_json::from_value(request).map_err(|error| failure(&error.to_string()))?;
    serde_json::to_value(answer(request)?).map_err(|error| failure(&error.to_string()))
}

pub(super) fn not_found() -> IpcError {
    IpcError {
        code: ErrorCode::NotFound,
        message: "It is no longer there.".to_owned(),
        retry_after_seconds: None,
    }
}

fn open(world: &World, id: CommunicationId) -> Result<ItemDetail, IpcError> {
    let item = world
        .items
        .iter()
        .find(|item| item.id == id)
        .ok_or_else(not_found)?
        .clone();
    let subject = World::subject(&item);
    let contact = item
        .party
        .contact
        .as_ref()
        .and_then(|known| world.contacts.iter().find(|contact| contact.id == known.id));
    Ok(ItemDetail {
        timeline: world.timeline(&subject, None, 30),
        contact: contact.cloned(),
        explanation: contact_answers::explain(world, &item),
        subject,
        item,
    })
}

fn search(world: &World, asked: &Search) -> SearchResults {
    let limit = asked.limit as usize;
    let wanted = asked.query.to_lowercase();
    let contacts = world
        .contacts
        .iter()
        .filter(|contact| contact_answers::matches(contact, &wanted))
        .take(limit)
        .map(|contact| ContactHit {
            contact: contact.clone(),
            number_label: None,
        })
        .collect();
    let mut found = world
        .items
        .iter()
        .filter_map(|item| Some((item, snippet(item, &wanted)?)));
    let communications: Vec<_> = found
        .by_ref()
        .take(limit)
        .map(|(item, snippet)| CommunicationHit {
            item: item.clone(),
            snippet,
        })
        .collect();
    SearchResults {
        contacts,
        communications,
        is_cut: found.next().is_some(),
    }
}

fn snippet(item: &Communication, wanted: &str) -> Option<Snippet> {
    let words = match &item.body {
        Body::Text { text, .. } => text.clone(),
        Body::Voicemail {
            transcript: domain::communication::Transcript::Ready { text, .. },
            ..
        } => text.clone(),
        Body::Voicemail { .. } | Body::Call { .. } | Body::Fax { .. } => return None,
    };
    let at = words.to_lowercase().find(wanted)?;
    let part = |text: Option<&str>, is_hit| SnippetPart {
        text: text.unwrap_or_default().to_owned(),
        is_hit,
    };
    let end = at + wanted.len();
    Some(Snippet {
        parts: vec![
            part(words.get(..at), false),
            part(words.get(at..end), true),
            part(words.get(end..), false),
        ],
    })
}

fn happen(world: &mut World, event: DemoEvent) {
    let Some(known) = world.contacts.get(1).map(history::party) else {
        return;
    };
    let body = match event {
        DemoEvent::Text => history::text(
            &known,
            "Can we add six bundles of #4 to tomorrow’s load?",
            DeliveryState::Received,
        ),
        DemoEvent::Voicemail => history::voicemail(12, Some("Ed here, call me about the Alameda job.")),
        DemoEvent::Fax => Body::Fax {
            page_count: 4,
            state: DeliveryState::Received,
        },
        DemoEvent::KnownCaller | DemoEvent::UnknownCaller | DemoEvent::WithheldCaller => {
            history::call(CallOutcome::Missed, 0, 1)
        }
        DemoEvent::Answer | DemoEvent::AnswerElsewhere | DemoEvent::HangUp => return,
    };
    let party = match event {
        DemoEvent::UnknownCaller => history::unknown("650", "0170", None),
        DemoEvent::WithheldCaller => history::withheld(),
        _ => known,
    };
    let mut item = history::item(0, Direction::Inbound, party, body);
    item.id = CommunicationId(world.next_id());
    item.is_read = false;
    item.is_owed = matches!(item.body, Body::Call { .. }) && item.party.number.is_some();
    samples::attach(&mut item);
    let id = item.id;
    world.items.insert(0, item);
    world::announce(CoreEvent::CommunicationsChanged { ids: vec![id] });
}
