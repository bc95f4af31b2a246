//! The templates to choose from, and what becomes of one for the person who is written to.

use super::slash::{self, Slash};
use super::use_draft::DraftHandle;
use crate::hooks::{use_command, use_core_event};
use crate::ipc;
use domain::event::CoreEvent;
use domain::ids::ContactId;
use domain::ipc::templates::{ListTemplates, PreviewTemplate};
use domain::outgoing::Composer;
use domain::template::MessageTemplate;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, hook, use_state};

/// A template with its values put in.
struct Filled {
    text: String,
    /// What is not known about this person, as it stands in the text: `[company]`.
    holes: Vec<String>,
}

/// Putting templates into the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Insertion {
    pub(super) insert: Callback<(Slash, MessageTemplate)>,
    /// What could not be filled so far.
    pub(super) holes: Vec<String>,
}

/// All templates; none while they are not known.
#[hook]
pub(super) fn use_templates() -> Rc<Vec<MessageTemplate>> {
    let answer = use_command(Some(ListTemplates {}));
    let reload = answer.reload.clone();
    use_core_event(move |event| {
        if matches!(event, CoreEvent::TemplatesChanged | CoreEvent::Overflowed) {
            reload.emit(());
        }
    });
    answer.value.unwrap_or_default()
}

/// Puts templates in place of the `/` that asked for them; then `place` puts the caret behind it.
#[hook]
pub(super) fn use_insertion(
    draft: &DraftHandle,
    composer: &Rc<Composer>,
    fail: Callback<Option<String>>,
    place: Callback<usize>,
) -> Insertion {
    let holes = use_state(Vec::<String>::new);
    let insert = {
        let (draft, composer, holes) = (draft.clone(), composer.clone(), holes.clone());
        Callback::from(move |(slash, template): (Slash, MessageTemplate)| {
            let (draft, composer, holes) = (draft.clone(), composer.clone(), holes.clone());
            let (fail, place) = (fail.clone(), place.clone());
            spawn_local(async move {
                match fill(template, &composer).await {
                    Ok(filled) => {
                        let (text, caret) = slash::replace(&draft.now().text, &slash, &filled.text);
                        draft.write(text);
                        holes.set(holes.iter().cloned().chain(filled.holes).collect());
                        place.emit(caret);
                    }
                    Err(words) => fail.emit(Some(words)),
                }
            });
        })
    };
    Insertion {
        insert,
        holes: (*holes).clone(),
    }
}

/// Puts in what is known about the one this text goes to; a group is nobody in particular.
///
/// # Errors
/// Plain words: what the core says, or that the template itself has a fault.
async fn fill(template: MessageTemplate, composer: &Composer) -> Result<Filled, String> {
    let request = PreviewTemplate {
        body: template.body,
        contact: the_one(composer),
    };
    let preview = ipc::call(request).await.map_err(|error| error.message)?;
    if !preview.problems.is_empty() {
        return Err(format!(
            "The template “{}” has a mistake in it. Put it right under Text campaigns.",
            template.name
        ));
    }
    Ok(Filled {
        text: preview.text,
        holes: preview
            .missing
            .into_iter()
            .map(|variable| format!("[{}]", variable.label()))
            .collect(),
    })
}

fn the_one(composer: &Composer) -> Option<ContactId> {
    match composer.to.as_slice() {
        [one] => Some(one.contact.as_ref()?.id),
        _ => None,
    }
}
