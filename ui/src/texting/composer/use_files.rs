//! Files that go along with a text: chosen or pasted, handed to the core at once, kept there with the draft.

use super::files::{self, ReadFile};
use super::use_draft::DraftHandle;
use crate::browser::ObjectUrl;
use crate::ipc;
use domain::ids::PictureId;
use domain::ipc::texting::{AttachPicture, DetachPicture};
use domain::outgoing::{Picture, Thread};
use std::cell::RefCell;
use std::collections::BTreeMap;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, hook, use_mut_ref, use_state_eq};

thread_local! {
    // What was added while this window is open can be shown; of earlier ones there is the name.
    static SHOWN: RefCell<BTreeMap<PictureId, ObjectUrl>> = const { RefCell::new(BTreeMap::new()) };
}

/// So many small pictures are remembered.
const MOST_SHOWN: usize = 40;

/// What can be done with files.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Files {
    pub(super) add: Callback<Vec<web_sys::File>>,
    pub(super) remove: Callback<Picture>,
    /// Some are still being read or handed over.
    pub(super) is_busy: bool,
}

/// Files for the draft of `thread`; `fail` says what could not be added, `reload` asks the core for the draft anew.
#[hook]
pub(super) fn use_files(
    draft: &DraftHandle,
    thread: &Thread,
    fail: Callback<Option<String>>,
    reload: Callback<()>,
) -> Files {
    let on_their_way = use_state_eq(|| 0_usize);
    // The count as it is, not as it was when this was drawn.
    let count = use_mut_ref(|| 0_usize);
    let add = {
        let (draft, thread, fail, reload) = (draft.clone(), thread.clone(), fail.clone(), reload.clone());
        let on_their_way = on_their_way.setter();
        Callback::from(move |chosen: Vec<web_sys::File>| {
            let sizes: Vec<u64> = chosen.iter().map(files::size).collect();
            let refusal = files::refusal(&draft.pictures(), &sizes);
            let is_refused = refusal.is_some();
            fail.emit(refusal);
            if chosen.is_empty() || is_refused {
                return;
            }
            *count.borrow_mut() += 1;
            on_their_way.set(*count.borrow());
            let (draft, thread, fail, reload) = (draft.clone(), thread.clone(), fail.clone(), reload.clone());
            let (count, on_their_way) = (count.clone(), on_their_way.clone());
            spawn_local(async move {
                for file in chosen {
                    match attach(&thread, &file).await {
                        Ok(picture) => draft.add(&thread, picture),
                        Err(words) => fail.emit(Some(words)),
                    }
                }
                *count.borrow_mut() -= 1;
                on_their_way.set(*count.borrow());
                reload.emit(());
            });
        })
    };
    let remove = {
        let (draft, thread) = (draft.clone(), thread.clone());
        Callback::from(move |picture: Picture| {
            draft.remove(&picture);
            let (thread, fail, reload) = (thread.clone(), fail.clone(), reload.clone());
            spawn_local(async move {
                let id = picture.id;
                let gone = ipc::call(DetachPicture { thread, id }).await;
                fail.emit(gone.err().map(|error| error.message));
                reload.emit(());
            });
        })
    };
    Files {
        add,
        remove,
        is_busy: *on_their_way > 0,
    }
}

/// The picture itself, where it was added in this window.
pub(super) fn shown(id: PictureId) -> Option<ObjectUrl> {
    SHOWN.with_borrow(|shown| shown.get(&id).cloned())
}

async fn attach(thread: &Thread, file: &web_sys::File) -> Result<Picture, String> {
    let read = files::read(file).await?;
    let request = AttachPicture {
        thread: thread.clone(),
        file_name: read.name.clone(),
        content: read.base64(),
    };
    let picture = ipc::call(request).await.map_err(|error| error.message)?;
    remember(&picture, &read);
    Ok(picture)
}

fn remember(picture: &Picture, read: &ReadFile) {
    if !read.content_type.starts_with("image/") {
        return;
    }
    if let Some(url) = ObjectUrl::new(&read.bytes, &read.content_type) {
        SHOWN.with_borrow_mut(|shown| {
            shown.insert(picture.id, url);
            if shown.len() > MOST_SHOWN {
                shown.pop_first();
            }
        });
    }
}
