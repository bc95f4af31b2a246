//! The form for a contact, new or existing.

mod draft;
pub(crate) mod number_rows;

use crate::components::{Button, ButtonKind, Dialog, Strip, StripKind, TextArea, TextField, use_toasts};
use crate::format::counted;
use crate::{ipc, undo};
use domain::contact::{Contact, ContactDraft};
use domain::ipc::contacts::{AddContact, UpdateContact};
use number_rows::NumberRows;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, SubmitEvent, component, html, use_state};

/// Who is written about.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Subject {
    /// Nobody yet; what is known is filled in.
    New(ContactDraft),
    Existing(Rc<Contact>),
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub subject: Subject,
    /// With the contact as it is stored now, or nothing when it was called off.
    pub onclose: Callback<Option<Contact>>,
}

/// The dialog.
#[component]
pub(crate) fn Editor(props: &Props) -> Html {
    let draft = use_state(|| match &props.subject {
        Subject::New(draft) => draft::with_a_number_to_fill(draft.clone()),
        Subject::Existing(contact) => draft::with_a_number_to_fill(draft::of(contact)),
    });
    let failure = use_state(|| None::<String>);
    let is_saving = use_state(|| false);
    let toasts = use_toasts();
    let cancel = props.onclose.reform(|()| None);
    let onsubmit = {
        let (draft, failure, is_saving) = (draft.clone(), failure.setter(), is_saving.setter());
        let (subject, onclose) = (props.subject.clone(), props.onclose.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let draft = draft::tidy((*draft).clone());
            if draft::is_empty(&draft) {
                failure.set(Some("Fill in a name, a company or a number.".to_owned()));
                return;
            }
            is_saving.set(true);
            let (subject, onclose, toasts) = (subject.clone(), onclose.clone(), toasts.clone());
            let (failure, is_saving) = (failure.clone(), is_saving.clone());
            spawn_local(async move {
                let answer = match subject {
                    Subject::New(_) => ipc::call(AddContact { draft }).await,
                    Subject::Existing(contact) => {
                        ipc::call(UpdateContact {
                            id: contact.id,
                            draft,
                        })
                        .await
                    }
                };
                match answer {
                    Ok(mut saved) => {
                        if saved.linked > 0 {
                            let linked = counted(
                                saved.linked,
                                "earlier call or message linked",
                                "earlier calls and messages linked",
                            );
                            saved.undo.words = format!("{} · {linked}", saved.undo.words);
                        }
                        undo::offer(&toasts, saved.undo);
                        onclose.emit(Some(saved.contact));
                    }
                    Err(error) => {
                        is_saving.set(false);
                        failure.set(Some(error.message));
                    }
                }
            });
        })
    };
    let text = |set: fn(&mut ContactDraft, String)| {
        let draft = draft.clone();
        Callback::from(move |text| {
            let mut changed = (*draft).clone();
            set(&mut changed, text);
            draft.set(changed);
        })
    };
    let onnumbers = {
        let draft = draft.clone();
        Callback::from(move |numbers| {
            draft.set(ContactDraft {
                numbers,
                ..(*draft).clone()
            })
        })
    };
    let title = if matches!(props.subject, Subject::New(_)) {
        "New contact"
    } else {
        "Edit contact"
    };
    html! {
        <Dialog {title} onclose={cancel.clone()} keeps={true}>
            <form class="editor" {onsubmit}>
                if let Some(failure) = &*failure { <Strip kind={StripKind::Failure} text={failure.clone()} /> }
                <div class="editor-pair">
                    <TextField label="First name" value={draft.first_name.clone()} oninput={text(|draft, text| draft.first_name = text)} autofocus={true} />
                    <TextField label="Last name" value={draft.last_name.clone()} oninput={text(|draft, text| draft.last_name = text)} />
                    <TextField label="Company" value={draft.company.clone()} oninput={text(|draft, text| draft.company = text)} />
                    <TextField label="Job title" value={draft.job_title.clone()} oninput={text(|draft, text| draft.job_title = text)} />
                </div>
                <NumberRows numbers={draft.numbers.clone()} onchange={onnumbers} />
                <TextField label="Email" value={draft.emails.join(", ")} placeholder="Several with commas"
                    oninput={text(|draft, text| draft.emails = draft::split(&text))} />
                <TextField label="Tags" value={draft.tags.join(", ")} placeholder="customer, Oakland"
                    oninput={text(|draft, text| draft.tags = draft::split(&text))} />
                <TextArea label="Note" value={draft.notes.clone()} oninput={text(|draft, text| draft.notes = text)}
                    hint="Shown on the card when this contact calls." />
                <footer class="editor-actions">
                    <Button label="Cancel" onpress={cancel} />
                    <Button label="Save" kind={ButtonKind::Primary} submits={true} disabled={*is_saving} />
                </footer>
            </form>
        </Dialog>
    }
}
