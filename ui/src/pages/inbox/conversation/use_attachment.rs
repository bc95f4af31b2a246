//! The bytes of a file under an address, fetched when they are wanted.

use crate::browser::ObjectUrl;
use crate::ipc;
use domain::attachment::Attachment;
use domain::ids::AttachmentId;
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

/// Fetches the file as soon as `is_wanted`; the callback tries again after a failure.
#[hook]
pub(crate) fn use_attachment(file: Option<&Attachment>, is_wanted: bool) -> (Fetched, Callback<()>) {
    let fetched = use_state_eq(|| Fetched::NotYet);
    let attempt = use_state_eq(|| 0_u32);
    let wanted: Option<(AttachmentId, String)> = file
        .filter(|_| is_wanted)
        .map(|file| (file.id, file.content_type.clone()));
    use_effect_with((wanted, *attempt), {
        let fetched = fetched.setter();
        move |(wanted, _): &(Option<(AttachmentId, String)>, u32)| {
            if let Some((id, content_type)) = wanted.clone() {
                fetched.set(Fetched::OnItsWay);
                spawn_local(async move {
                    fetched.set(match ipc::read_attachment(id).await {
                        Ok(bytes) => match ObjectUrl::new(&bytes, &content_type) {
                            Some(url) => Fetched::Here(url),
                            None => Fetched::Failed("There is not enough memory to show it.".to_owned()),
                        },
                        Err(error) => Fetched::Failed(error.message),
                    });
                });
            }
        }
    });
    let again = Callback::from(move |()| attempt.set(*attempt + 1));
    ((*fetched).clone(), again)
}
