//! Fetching pictures of pages for whoever shows them, few at a time. A picture lives as long as somebody shows it.
//!
//! It keeps nothing for later: the core remembers what it has drawn.

use super::queue::Queue;
use crate::browser::ObjectUrl;
use crate::ipc;
use domain::ipc::fax::ReadFaxPart;
use domain::ipc::inbox::ReadFaxPage;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, hook, use_context, use_effect_with, use_state_eq};

/// What is fetched.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Picture {
    Page(ReadFaxPage),
    Part(ReadFaxPart),
}

/// What there is to show of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shown {
    /// While a finer one is on its way, the one before it.
    pub(super) url: Option<ObjectUrl>,
    /// Why the newest could not be had.
    pub(super) error: Option<String>,
    pub(super) again: Callback<()>,
}

type Done = Callback<Result<ObjectUrl, String>>;

#[derive(Default)]
struct Desk {
    queue: RefCell<Queue>,
    wishes: RefCell<HashMap<u64, (Picture, Done)>>,
    next_id: Cell<u64>,
    is_awake: Cell<bool>,
}

/// Where pictures are asked for.
#[derive(Clone, Default)]
pub(super) struct PictureDesk(Rc<Desk>);

impl PartialEq for PictureDesk {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Something wanted; not any more when dropped.
struct Wished(PictureDesk, u64);

impl Drop for Wished {
    fn drop(&mut self) {
        let desk = &self.0.0;
        desk.queue.borrow_mut().remove(self.1);
        desk.wishes.borrow_mut().remove(&self.1);
    }
}

impl PictureDesk {
    fn wish(&self, picture: Picture, distance: u32, done: Done) -> Wished {
        let id = self.0.next_id.get();
        self.0.next_id.set(id + 1);
        self.0.wishes.borrow_mut().insert(id, (picture, done));
        self.0.queue.borrow_mut().add(id, distance);
        if !self.0.is_awake.replace(true) {
            let desk = self.clone();
            // Everything that appears together is ranked together, so it waits until all of it has been asked for.
            spawn_local(async move {
                desk.0.is_awake.set(false);
                desk.begin();
                desk.0.queue.borrow_mut().next_round();
            });
        }
        Wished(self.clone(), id)
    }

    fn begin(&self) {
        loop {
            let Some(id) = self.0.queue.borrow_mut().begin() else {
                return;
            };
            let wish = self.0.wishes.borrow().get(&id).cloned();
            let desk = self.clone();
            spawn_local(async move {
                let reply = match wish {
                    Some((picture, _)) => read(picture).await,
                    None => Err(String::new()),
                };
                desk.0.queue.borrow_mut().end();
                // Taken out first: whoever is told may wish again at once.
                let wish = desk.0.wishes.borrow_mut().remove(&id);
                if let Some((_, done)) = wish {
                    done.emit(reply);
                }
                desk.begin();
            });
        }
    }
}

async fn read(picture: Picture) -> Result<ObjectUrl, String> {
    let bytes = match picture {
        Picture::Page(page) => ipc::read(page).await,
        Picture::Part(part) => ipc::read(part).await,
    };
    let bytes = bytes.map_err(|error| error.message)?;
    ObjectUrl::new(&bytes, "image/png").ok_or_else(|| "There is not enough memory to show it.".to_owned())
}

/// Fetches a picture, and the next one when it is to be another. `distance` from what is looked at decides who comes first.
#[hook]
pub(super) fn use_picture(picture: Picture, distance: u32) -> Shown {
    let desk = use_context::<PictureDesk>();
    let url = use_state_eq(|| None);
    let error = use_state_eq(|| None);
    let attempt = use_state_eq(|| 0_u32);
    use_effect_with((picture, *attempt), {
        let (url, error) = (url.setter(), error.setter());
        move |(picture, _): &(Picture, u32)| {
            error.set(None);
            let done = Callback::from(move |reply: Result<ObjectUrl, String>| match reply {
                Ok(picture) => url.set(Some(picture)),
                Err(message) => error.set(Some(message)),
            });
            let wished = desk.map(|desk| desk.wish(picture.clone(), distance, done));
            move || drop(wished)
        }
    });
    let again = Callback::from(move |()| attempt.set(*attempt + 1));
    Shown {
        url: (*url).clone(),
        error: (*error).clone(),
        again,
    }
}
