//! Which request about templates gets which answer, and the templates there are at first.

use super::answers::{not_found, reply};
use super::world::{self, World};
use super::{campaign_answers, failure, history};
use domain::ids::TemplateId;
use domain::ipc::inbox::SavedFile;
use domain::ipc::templates::{
    DeleteTemplate, DuplicateTemplate, ExportTemplates, ImportTemplates, ImportVendorTemplates,
    ListTemplates, PreviewTemplate, SaveTemplate, TemplatePreview, TemplatesImported,
};
use domain::ipc::{Command, IpcError};
use domain::template::{MessageTemplate, Template, TemplateDraft, Values, Variable};
use jiff::SignedDuration;
use serde_json::Value;

/// Name, category, text.
const SAMPLES: &[(&str, Option<&str>, &str)] = &[
    (
        "Call me back",
        Some("Office"),
        "Hi {first_name|there}, I tried to reach you. Please call me at {my_number}. {my_name}, Bay City Rebar",
    ),
    (
        "Drawings received",
        Some("Estimating"),
        "Thank you {first_name|there}, we have your drawings for {company|your job} and come back with a price within two days.",
    ),
    (
        "Price change",
        Some("Estimating"),
        "Hi {first_name|there} — as of December 1 our prices for “#4” and “#5” bars go up by 3 %. Orders placed before that keep today’s price.",
    ),
    (
        "Delivery window",
        Some("Yard"),
        "Hi {first_name}, the truck with your rebar for {company} comes tomorrow between 7 and 9 AM. Please keep the gate open. {my_name}",
    ),
    (
        "Yard closed",
        Some("Yard"),
        "Hi {first_name|there}, the yard is closed on Friday, {date}. Please order by Thursday noon.",
    ),
    (
        "Old invoice note",
        None,
        "Dear {frist_name}, invoice {invoice} is due {date",
    ),
];

/// What is there at first.
pub(super) fn templates() -> Vec<MessageTemplate> {
    SAMPLES
        .iter()
        .zip(1..)
        .map(|((name, category, body), id)| MessageTemplate {
            id: TemplateId(id),
            name: (*name).to_owned(),
            body: (*body).to_owned(),
            category: category.map(str::to_owned),
            variables: variables(body),
            created_by: (id % 3 != 0).then(|| "Dana Kim".to_owned()),
            created_at: history::now() - SignedDuration::from_hours(24 * 9 * id),
            updated_at: history::now() - SignedDuration::from_hours(7 * id * id),
        })
        .collect()
}

/// The reply to the request `name`.
pub(super) fn answer(name: &str, request: Value) -> Result<Value, IpcError> {
    match name {
        ListTemplates::NAME => reply(request, |_: ListTemplates| {
            Ok(world::with(|world| world.templates.clone()))
        }),
        SaveTemplate::NAME => reply(request, |asked: SaveTemplate| {
            world::with(|world| save(world, asked.id, &asked.draft))
        }),
        DuplicateTemplate::NAME => reply(request, |asked: DuplicateTemplate| {
            world::with(|world| {
                let original = find(world, asked.id)?.clone();
                let draft = TemplateDraft {
                    name: format!("{} (copy)", original.name),
                    body: original.body,
                    category: original.category,
                };
                save(world, None, &draft)
            })
        }),
        DeleteTemplate::NAME => reply(request, |asked: DeleteTemplate| {
            Ok(world::with(|world| {
                let undoable = world.undoable("Template deleted".to_owned());
                world.templates.retain(|template| template.id != asked.id);
                undoable
            }))
        }),
        PreviewTemplate::NAME => reply(request, |asked: PreviewTemplate| {
            Ok(world::with(|world| preview(world, &asked)))
        }),
        ImportVendorTemplates::NAME => reply(request, |_: ImportVendorTemplates| {
            Ok(TemplatesImported {
                added: 0,
                unchanged: 4,
                skipped: 0,
            })
        }),
        ImportTemplates::NAME => reply(request, |_: ImportTemplates| {
            Ok(TemplatesImported {
                added: 3,
                unchanged: 2,
                skipped: 1,
            })
        }),
        ExportTemplates::NAME => reply(request, |_: ExportTemplates| {
            Ok(SavedFile {
                path: "/home/dana/Downloads/Switchboard templates.json".to_owned(),
            })
        }),
        _ => campaign_answers::answer(name, request),
    }
}

/// What is known of a contact, and of us.
pub(super) fn values(world: &World, contact: Option<domain::ids::ContactId>) -> Values {
    let known = contact.and_then(|id| world.contacts.iter().find(|contact| contact.id == id));
    known
        .map(Values::of_contact)
        .unwrap_or_default()
        .with(Variable::MyName, "Dana Kim")
        .with(Variable::MyNumber, "(510) 555-0100")
        .with(Variable::Date, "November 17, 2026")
}

fn preview(world: &World, asked: &PreviewTemplate) -> TemplatePreview {
    match Template::parse(&asked.body) {
        Ok(template) => {
            let filled = template.fill(&values(world, asked.contact));
            TemplatePreview {
                text: filled.text,
                missing: filled.missing,
                problems: Vec::new(),
            }
        }
        Err(problems) => TemplatePreview {
            text: String::new(),
            missing: Vec::new(),
            problems,
        },
    }
}

fn save(
    world: &mut World,
    id: Option<TemplateId>,
    draft: &TemplateDraft,
) -> Result<MessageTemplate, IpcError> {
    if draft.name.trim().is_empty() {
        return Err(failure("a template needs a name"));
    }
    let before = id.map(|id| find(world, id).cloned()).transpose()?;
    let stored = MessageTemplate {
        id: id.unwrap_or_else(|| TemplateId(world.next_id())),
        name: draft.name.clone(),
        body: draft.body.clone(),
        category: draft.category.clone(),
        variables: variables(&draft.body),
        created_by: Some("Dana Kim".to_owned()),
        created_at: before.map_or_else(history::now, |before| before.created_at),
        updated_at: history::now(),
    };
    world.templates.retain(|template| template.id != stored.id);
    world.templates.push(stored.clone());
    world.templates.sort_by(|one, other| {
        let key = |template: &MessageTemplate| {
            (
                template.category.is_none(),
                template.category.clone(),
                template.name.clone(),
            )
        };
        key(one).cmp(&key(other))
    });
    Ok(stored)
}

fn find(world: &World, id: TemplateId) -> Result<&MessageTemplate, IpcError> {
    world
        .templates
        .iter()
        .find(|template| template.id == id)
        .ok_or_else(not_found)
}

fn variables(body: &str) -> Vec<Variable> {
    Template::parse(body)
        .map(|template| template.variables())
        .unwrap_or_default()
}
