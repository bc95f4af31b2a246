//! Files and pages under an address, fetched when they are wanted.

use crate::browser::ObjectUrl;
use crate::ipc;
use domain::attachment::Attachment;
use domain::ids::AttachmentId;
use domain::ipc::IpcError;
use domain::ipc::inbox::{ReadAttachment, ReadFaxPage};
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
    File { id: AttachmentId, content_type: String },
    FaxPage(ReadFaxPage),
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

#[hook]
fn use_fetched(wanted: Option<Wanted>) -> (Fetched, Callback<()>) {
    let fetched = use_state_eq(|| Fetched::NotYet);
    let attempt = use_state_eq(|| 0_u32);
    use_effect_with((wanted, *attempt), {
        let fetched = fetched.setter();
        move |(wanted, _): &(Option<Wanted>, u32)| {
            if let Some(wanted) = wanted.clone() {
                fetched.set(Fetched::OnItsWay);
                spawn_local(async move {
                    fetched.set(match read(wanted).await {
                        Ok(Some(url)) => Fetched::Here(url),
                        Ok(None) => Fetched::Failed("There is not enough memory to show it.".to_owned()),
                        Err(error) => Fetched::Failed(error.message),
                    });
                });
            }
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
    }
}
