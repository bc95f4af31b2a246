//! Files and pages under an address, fetched when they are wanted.

use crate::browser::ObjectUrl;
use crate::ipc;
use domain::attachment::Attachment;
use domain::ids::AttachmentId;
use domain::ipc::IpcError;
use domain::ipc::fax::{ReadFaxCover, ReadFaxDraftPage};
use domain::ipc::inbox::{ReadAttachment, ReadFaxPage};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, hook, use_effect_with, use_state_eq};

/// How far it is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Fetched {
    NotYet,
    OnItsWay,
    Here(ObjectUrl),
    Failed(String),
}

/// What is fetched.
#[derive(Debug, Clone, PartialEq)]
enum Wanted {
    File {
        id: AttachmentId,
        content_type: String,
    },
    FaxPage(ReadFaxPage),
    DraftPage(ReadFaxDraftPage),
    /// It looks different with each `revision` of the fax.
    Cover {
        cover: ReadFaxCover,
        revision: u64,
    },
}

/// Fetches the file as soon as `is_wanted`; the callback tries again after a failure.
#[hook]
pub(crate) fn use_attachment(file: Option<&Attachment>, is_wanted: bool) -> (Fetched, Callback<()>) {
    use_fetched(file.filter(|_| is_wanted).map(|file| Wanted::File {
        id: file.id,
        content_type: file.content_type.clone(),
    }))
}

/// The same for a page of a fax.
#[hook]
pub(crate) fn use_fax_page(page: ReadFaxPage, is_wanted: bool) -> (Fetched, Callback<()>) {
    use_fetched(is_wanted.then_some(Wanted::FaxPage(page)))
}

/// The same for a page that is to be sent.
#[hook]
pub(crate) fn use_draft_page(page: Option<ReadFaxDraftPage>) -> (Fetched, Callback<()>) {
    use_fetched(page.map(Wanted::DraftPage))
}

/// The same for the cover sheet of a fax that is to be sent, as it is in this `revision`.
#[hook]
pub(crate) fn use_fax_cover(cover: Option<ReadFaxCover>, revision: u64) -> (Fetched, Callback<()>) {
    use_fetched(cover.map(|cover| Wanted::Cover { cover, revision }))
}

#[hook]
fn use_fetched(wanted: Option<Wanted>) -> (Fetched, Callback<()>) {
    let fetched = use_state_eq(|| Fetched::NotYet);
    let attempt = use_state_eq(|| 0_u32);
    use_effect_with((wanted, *attempt), {
        let fetched = fetched.setter();
        move |(wanted, _): &(Option<Wanted>, u32)| {
            // An answer to what was wanted before must not take the place of a newer one.
            let is_over = Rc::new(Cell::new(false));
            if let Some(wanted) = wanted.clone() {
                fetched.set(Fetched::OnItsWay);
                let is_over = is_over.clone();
                spawn_local(async move {
                    let came = match read(wanted).await {
                        Ok(Some(url)) => Fetched::Here(url),
                        Ok(None) => Fetched::Failed("There is not enough memory to show it.".to_owned()),
                        Err(error) => Fetched::Failed(error.message),
                    };
                    if !is_over.get() {
                        fetched.set(came);
                    }
                });
            }
            move || is_over.set(true)
        }
    });
    let again = Callback::from(move |()| attempt.set(*attempt + 1));
    ((*fetched).clone(), again)
}

async fn read(wanted: Wanted) -> Result<Option<ObjectUrl>, IpcError> {
    match wanted {
        Wanted::File { id, content_type } => {
            let bytes = ipc::read(ReadAttachment { id }).await?;
            Ok(ObjectUrl::new(&bytes, &content_type))
        }
        Wanted::FaxPage(page) => Ok(ObjectUrl::new(&ipc::read(page).await?, "image/png")),
        Wanted::DraftPage(page) => Ok(ObjectUrl::new(&ipc::read(page).await?, "image/png")),
        Wanted::Cover { cover, .. } => Ok(ObjectUrl::new(&ipc::read(cover).await?, "image/png")),
    }
}
