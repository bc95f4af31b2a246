//! Storing, copying and deleting a template.

use super::super::unfinished::use_unfinished;
use crate::components::use_toasts;
use crate::{ipc, undo};
use domain::ids::TemplateId;
use domain::ipc::templates::{DeleteTemplate, DuplicateTemplate, SaveTemplate};
use domain::template::{MessageTemplate, TemplateDraft};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, UseStateHandle, hook, use_state};

/// What can be done with one template.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Actions {
    pub(super) save: Callback<TemplateDraft>,
    pub(super) duplicate: Callback<TemplateId>,
    pub(super) delete: Callback<TemplateId>,
    pub(super) is_busy: bool,
}

/// `id` is the one that is open, `None` for a new one; `onstored` hears what was stored and is to be open then, `onchange`
/// what is to be open after another change.
#[hook]
pub(super) fn use_actions(
    id: Option<TemplateId>,
    onchange: &Callback<Option<TemplateId>>,
    onstored: &Callback<MessageTemplate>,
) -> Actions {
    let toasts = use_toasts();
    let unfinished = use_unfinished();
    let is_busy: UseStateHandle<bool> = use_state(|| false);
    let save = {
        let (toasts, unfinished) = (toasts.clone(), unfinished.clone());
        let (is_busy, onstored) = (is_busy.setter(), onstored.clone());
        Callback::from(move |draft: TemplateDraft| {
            let (toasts, unfinished) = (toasts.clone(), unfinished.clone());
            let (is_busy, onstored) = (is_busy.clone(), onstored.clone());
            is_busy.set(true);
            spawn_local(async move {
                match ipc::call(SaveTemplate { id, draft }).await {
                    Ok(stored) => {
                        unfinished.keep_template(id, None);
                        toasts.say(format!("Saved “{}”", stored.name));
                        onstored.emit(stored);
                    }
                    Err(error) => toasts.fail(error.message),
                }
                is_busy.set(false);
            });
        })
    };
    let duplicate = {
        let (toasts, onstored) = (toasts.clone(), onstored.clone());
        Callback::from(move |id: TemplateId| {
            let (toasts, onstored) = (toasts.clone(), onstored.clone());
            spawn_local(async move {
                match ipc::call(DuplicateTemplate { id }).await {
                    Ok(copy) => onstored.emit(copy),
                    Err(error) => toasts.fail(error.message),
                }
            });
        })
    };
    let delete = {
        let onchange = onchange.clone();
        Callback::from(move |id: TemplateId| {
            let (toasts, onchange, unfinished) = (toasts.clone(), onchange.clone(), unfinished.clone());
            spawn_local(async move {
                match ipc::call(DeleteTemplate { id }).await {
                    Ok(done) => {
                        unfinished.keep_template(Some(id), None);
                        undo::offer_then(&toasts, done, onchange.reform(move |()| Some(id)));
                        onchange.emit(None);
                    }
                    Err(error) => toasts.fail(error.message),
                }
            });
        })
    };
    Actions {
        save,
        duplicate,
        delete,
        is_busy: *is_busy,
    }
}
