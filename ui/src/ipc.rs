//! The only way to the core: typed requests, the bytes of files, and the event by which the core says what changed.
//!
//! It is the only file that knows Tauri. It keeps nothing, retries nothing and shows nothing: errors go to whoever asked.

use domain::event::{CORE_EVENT, CoreEvent};
use domain::ipc::{Command, ErrorCode, IpcError};
use js_sys::{Array, ArrayBuffer, Function, JSON, Object, Promise, Reflect, Uint8Array};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

type Listener = Rc<dyn Fn(&CoreEvent)>;

thread_local! {
    static LISTENERS: RefCell<BTreeMap<u64, Listener>> = const { RefCell::new(BTreeMap::new()) };
    static NEXT_LISTENER: Cell<u64> = const { Cell::new(0) };
}

/// Ends the listening when dropped.
#[derive(Debug)]
pub(crate) struct Subscription(u64);

impl Drop for Subscription {
    fn drop(&mut self) {
        LISTENERS.with_borrow_mut(|all| all.remove(&self.0));
    }
}

/// Asks the core and waits for its reply.
///
/// # Errors
/// What the core answered, or [`ErrorCode::Internal`] when the request did not get through.
pub(crate) async fn call<C: Command>(command: C) -> Result<C::Reply, IpcError> {
    #[cfg(feature = "preview")]
    if tauri().is_none() {
        return crate::preview::answer(&command).await;
    }
    let reply = invoke(&command).await?;
    let text = JSON::stringify(&reply).ok().and_then(|text| text.as_string());
    // A command that returns nothing replies with `undefined`, which is no JSON.
    serde_json::from_str(text.as_deref().unwrap_or("null")).map_err(|error| internal(&error.to_string()))
}

/// Asks for something that comes as bytes, such as an attachment.
///
/// # Errors
/// As [`call`].
pub(crate) async fn read<C: Command<Reply = ()>>(command: C) -> Result<Vec<u8>, IpcError> {
    #[cfg(feature = "preview")]
    if tauri().is_none() {
        return crate::preview::bytes(&command).await;
    }
    let reply = invoke(&command).await?;
    // Tauri falls back to an array of numbers where its custom protocol cannot be used.
    if reply.is_instance_of::<ArrayBuffer>() || reply.is_instance_of::<Array>() {
        Ok(Uint8Array::new(&reply).to_vec())
    } else {
        Err(internal("the file did not arrive as bytes"))
    }
}

/// Calls `listener` for everything the core announces, until the subscription is dropped.
pub(crate) fn on_core_event(listener: impl Fn(&CoreEvent) + 'static) -> Subscription {
    let id = NEXT_LISTENER.get();
    NEXT_LISTENER.set(id + 1);
    LISTENERS.with_borrow_mut(|all| all.insert(id, Rc::new(listener)));
    Subscription(id)
}

/// Starts to receive what the core announces; once, before the first page is shown.
pub(crate) fn listen() {
    let Some(tauri) = tauri() else { return };
    let handler = Closure::<dyn Fn(JsValue)>::new(|event: JsValue| {
        let payload = Reflect::get(&event, &"payload".into()).ok();
        let text = payload
            .and_then(|payload| JSON::stringify(&payload).ok())
            .and_then(|text| text.as_string());
        // An event of a kind this window does not know still means that something changed.
        let event = text
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or(CoreEvent::Overflowed);
        announce(&event);
    });
    let request = || -> Result<Object, IpcError> {
        let transform: Function = get(&tauri, "transformCallback")?;
        let target = Object::new();
        set(&target, "kind", &"Any".into())?;
        let request = Object::new();
        set(&request, "event", &CORE_EVENT.into())?;
        set(&request, "target", &target)?;
        set(
            &request,
            "handler",
            &transform.call1(&tauri, handler.as_ref()).map_err(error_of)?,
        )?;
        Ok(request)
    };
    if let Ok(request) = request() {
        spawn_local(async move {
            // Failing means the window may not listen at all: the pages then show what they load themselves.
            let _ = invoke_raw("plugin:event|listen", &request).await;
        });
        // The window lives as long as the program.
        handler.forget();
    }
}

/// Hands an event to everyone who listens.
pub(crate) fn announce(event: &CoreEvent) {
    // Copied first: a listener may subscribe or unsubscribe while it is called.
    let all: Vec<Listener> = LISTENERS.with_borrow(|all| all.values().cloned().collect());
    for listener in all {
        listener(event);
    }
}

async fn invoke<C: Command>(command: &C) -> Result<JsValue, IpcError> {
    let text = serde_json::to_string(command).map_err(|error| internal(&error.to_string()))?;
    let arguments = Object::new();
    set(&arguments, "request", &JSON::parse(&text).map_err(error_of)?)?;
    invoke_raw(C::NAME, &arguments).await
}

async fn invoke_raw(name: &str, arguments: &JsValue) -> Result<JsValue, IpcError> {
    let tauri = tauri().ok_or_else(|| internal("this page runs outside of the app"))?;
    let invoke: Function = get(&tauri, "invoke")?;
    let promise = invoke.call2(&tauri, &name.into(), arguments).map_err(error_of)?;
    JsFuture::from(Promise::resolve(&promise)).await.map_err(error_of)
}

fn tauri() -> Option<JsValue> {
    let window = web_sys::window()?;
    Reflect::get(&window, &"__TAURI_INTERNALS__".into())
        .ok()
        .filter(JsValue::is_object)
}

fn get<T: JsCast>(object: &JsValue, name: &str) -> Result<T, IpcError> {
    let value = Reflect::get(object, &name.into()).map_err(error_of)?;
    value
        .dyn_into()
        .map_err(|_| internal(&format!("the app lacks {name}")))
}

fn set(object: &Object, name: &str, value: &JsValue) -> Result<(), IpcError> {
    Reflect::set(object, &name.into(), value)
        .map(drop)
        .map_err(error_of)
}

fn error_of(value: JsValue) -> IpcError {
    let text = JSON::stringify(&value)
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default();
    // Tauri itself rejects with plain text, for example when a command does not exist.
    serde_json::from_str(&text).unwrap_or_else(|_| internal(&value.as_string().unwrap_or(text)))
}

fn internal(what: &str) -> IpcError {
    IpcError {
        code: ErrorCode::Internal,
        message: format!("Something went wrong inside the app: {what}"),
        retry_after_seconds: None,
    }
}
