//! Bringing contacts in from a file: choose it, see what would happen, do it.

mod columns;
mod file;
mod preview;

use crate::components::{Button, ButtonKind, Dialog, FilePlace, Strip, StripKind, use_toasts};
use crate::format::counted;
use crate::{ipc, undo};
use columns::Columns;
use domain::import::{ColumnTarget, ImportPreview, ImportReport};
use domain::ipc::Undoable;
use domain::ipc::contacts::{ImportContacts, PreviewImport};
use file::{ChosenFile, read};
use preview::Preview;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, component, html, use_state};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub onclose: Callback<()>,
}

/// Where we are.
#[derive(Debug, Clone, PartialEq)]
enum Step {
    Choose,
    /// The file is being read or the preview made.
    Looking,
    Preview {
        file: Rc<ChosenFile>,
        mapping: Option<Vec<ColumnTarget>>,
        preview: Rc<ImportPreview>,
    },
    Importing,
}

/// The dialog.
#[component]
pub(crate) fn ImportDialog(props: &Props) -> Html {
    let step = use_state(|| Step::Choose);
    let failure = use_state(|| None::<String>);
    let toasts = use_toasts();

    let look = {
        let (step, failure) = (step.setter(), failure.setter());
        Callback::from(
            move |(file, mapping): (Rc<ChosenFile>, Option<Vec<ColumnTarget>>)| {
                let (step, failure) = (step.clone(), failure.clone());
                failure.set(None);
                spawn_local(async move {
                    let request = PreviewImport {
                        format: file.format,
                        content_base64: file.content_base64.clone(),
                        mapping: mapping.clone(),
                    };
                    match ipc::call(request).await {
                        Ok(preview) => step.set(Step::Preview {
                            file,
                            mapping,
                            preview: Rc::new(preview),
                        }),
                        Err(error) => {
                            failure.set(Some(error.message));
                            step.set(Step::Choose);
                        }
                    }
                });
            },
        )
    };
    let take = {
        let (step, failure, look) = (step.setter(), failure.setter(), look.clone());
        Callback::from(move |file: web_sys::File| {
            let (step, failure, look) = (step.clone(), failure.clone(), look.clone());
            step.set(Step::Looking);
            spawn_local(async move {
                match read(&file).await {
                    Ok(file) => look.emit((Rc::new(file), None)),
                    Err(words) => {
                        failure.set(Some(words));
                        step.set(Step::Choose);
                    }
                }
            });
        })
    };
    let import = {
        let (step, failure, onclose) = (step.clone(), failure.setter(), props.onclose.clone());
        Callback::from(move |()| {
            let before = (*step).clone();
            let Step::Preview { file, mapping, .. } = &before else {
                return;
            };
            let request = ImportContacts {
                format: file.format,
                content_base64: file.content_base64.clone(),
                mapping: mapping.clone(),
            };
            let (step, failure, onclose, toasts) =
                (step.setter(), failure.clone(), onclose.clone(), toasts.clone());
            let before = before.clone();
            step.set(Step::Importing);
            spawn_local(async move {
                match ipc::call(request).await {
                    Ok(report) => {
                        undo::offer(&toasts, done(report));
                        onclose.emit(());
                    }
                    Err(error) => {
                        failure.set(Some(error.message));
                        step.set(before);
                    }
                }
            });
        })
    };
    let (body, action) = match &*step {
        Step::Choose => (choose(&take), Html::default()),
        Step::Looking => (waiting("Reading the file…"), Html::default()),
        Step::Importing => (waiting("Importing…"), Html::default()),
        Step::Preview { file, preview, .. } => {
            let onchange = {
                let (look, file) = (look.clone(), file.clone());
                Callback::from(move |mapping| look.emit((file.clone(), Some(mapping))))
            };
            let body = html! {
                <>
                    <p class="import-file">{ &file.name }</p>
                    if !preview.columns.is_empty() { <Columns columns={preview.columns.clone()} {onchange} /> }
                    <Preview preview={preview.clone()} />
                </>
            };
            let count = preview.adds + preview.merges;
            let label = if count == 0 {
                "Nothing to import".to_owned()
            } else {
                format!("Import {}", counted(count, "contact", "contacts"))
            };
            (
                body,
                html! { <Button {label} kind={ButtonKind::Primary} disabled={count == 0} onpress={import} /> },
            )
        }
    };
    let footer = html! { <><Button label="Cancel" onpress={props.onclose.clone()} />{ action }</> };
    html! {
        <Dialog title="Import contacts" onclose={props.onclose.clone()} wide={true} keeps={true} {footer}>
            if let Some(failure) = &*failure { <Strip kind={StripKind::Failure} text={failure.clone()} /> }
            { body }
        </Dialog>
    }
}

fn choose(take: &Callback<web_sys::File>) -> Html {
    html! {
        <FilePlace text="A CSV file from a spreadsheet, or a vCard file from another address book. Nothing is stored before you have seen what would happen."
            label="File with contacts" accept=".csv,.txt,.tsv,.vcf,.vcard,text/csv,text/vcard" onchoose={take.clone()} />
    }
}

fn waiting(words: &'static str) -> Html {
    html! { <div class="import-wait" role="status"><span class="spinner" aria-hidden="true" /><p>{ words }</p></div> }
}

fn done(report: ImportReport) -> Undoable {
    let mut words = vec![counted(report.added, "contact added", "contacts added")];
    if report.merged > 0 {
        words.push(counted(report.merged, "completed", "completed"));
    }
    if report.linked > 0 {
        words.push(counted(
            report.linked,
            "earlier call or message linked",
            "earlier calls and messages linked",
        ));
    }
    Undoable {
        token: report.undo,
        words: words.join(" · "),
    }
}
