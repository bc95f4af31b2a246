//! Every request of the windows, through Tauri's own dispatch and permissions, without a window.
//!
//! It checks the wiring: names, arguments, errors, who may ask what. What a request does, the tests of the core check.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "tests may be blunt"
)]

use domain::ipc::{Command, ErrorCode, IpcError, calls, contacts, inbox, session};
use serde_json::{Value, json};
use switchboard_app::{Core, Demo, Links, Preferences};
use switchboard_core::{Config, Switchboard, session::InMemory, switchboard::OpenBrowser};
use tauri::{
    App, Manager as _, WebviewWindow, WebviewWindowBuilder,
    ipc::{CallbackFn, InvokeBody},
    test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder},
    webview::InvokeRequest,
};

/// The app on Tauri's mock runtime, with a core in an empty folder.
struct Shell {
    app: App<MockRuntime>,
    _data: tempfile::TempDir,
}

impl Shell {
    fn new() -> Self {
        let data = tempfile::tempdir().unwrap();
        let app = switchboard_app::requests(mock_builder())
            .build(switchboard_app::context())
            .unwrap();
        let mut config = Config::new(data.path(), data.path(), OpenBrowser::new(|_| Ok(())));
        config.secrets = std::sync::Arc::new(InMemory::new("a test"));
        config.runs_in_background = false;
        app.manage(Core::new(tauri::async_runtime::block_on(Switchboard::open(
            config,
        ))));
        app.manage(Demo::default());
        app.manage(Preferences::default());
        app.manage(Links::default());
        Self { app, _data: data }
    }

    fn window(&self, label: &str) -> WebviewWindow<MockRuntime> {
        self.app.get_webview_window(label).unwrap_or_else(|| {
            WebviewWindowBuilder::new(&self.app, label, Default::default())
                .build()
                .unwrap()
        })
    }

    fn ask(&self, window: &str, name: &str, request: Value) -> Result<Value, Value> {
        let request = InvokeRequest {
            cmd: name.to_owned(),
            callback: CallbackFn(0),
            error: CallbackFn(1),
            url: "tauri://localhost".parse().unwrap(),
            body: InvokeBody::Json(json!({ "request": request })),
            headers: Default::default(),
            invoke_key: INVOKE_KEY.to_owned(),
        };
        get_ipc_response(&self.window(window), request).map(|reply| reply.deserialize().unwrap())
    }

    fn call<C: Command>(&self, command: C) -> Result<C::Reply, IpcError> {
        self.ask("main", C::NAME, serde_json::to_value(command).unwrap())
            .map(|reply| serde_json::from_value(reply).unwrap())
            .map_err(|error| serde_json::from_value(error).unwrap())
    }
}

/// Tauri answers in plain text when it does not pass a request on.
fn was_passed_on(answer: &Result<Value, Value>) -> bool {
    let Err(Value::String(text)) = answer else {
        return true;
    };
    !text.contains("not found") && !text.contains("not allowed")
}

#[test]
fn every_request_has_an_answer_and_a_window_that_may_ask_it() {
    let shell = Shell::new();
    let lost: Vec<&str> = domain::ipc::all_names()
        .filter(|name| {
            // A request without its fields reaches the function, and is refused there for what it lacks.
            !["main", "card"]
                .iter()
                .any(|window| was_passed_on(&shell.ask(window, name, Value::Null)))
        })
        .collect();
    assert_eq!(lost, [""; 0]);
}

#[test]
fn a_request_that_does_not_exist_is_refused() {
    assert!(!was_passed_on(&Shell::new().ask(
        "main",
        "erase_everything",
        Value::Null
    )));
}

#[test]
fn the_card_can_neither_delete_nor_sign_out() {
    let shell = Shell::new();
    for name in [
        contacts::DeleteContacts::NAME,
        inbox::SetDone::NAME,
        session::SignOut::NAME,
        contacts::ImportContacts::NAME,
    ] {
        assert!(!was_passed_on(&shell.ask("card", name, Value::Null)), "{name}");
    }
    assert!(was_passed_on(&shell.ask(
        "card",
        calls::ListCallerCards::NAME,
        Value::Null
    )));
}

#[test]
fn an_error_of_the_core_crosses_with_its_code_and_its_words() {
    let error = Shell::new()
        .call(contacts::ListContacts {
            query: String::new(),
            offset: 0,
            limit: 10,
        })
        .unwrap_err();
    assert_eq!(error.code, ErrorCode::SignInRequired);
    assert!(error.message.contains("signed in"), "{}", error.message);
}

#[test]
fn a_core_that_cannot_be_opened_answers_every_request_with_the_reason() {
    let shell = {
        let app = switchboard_app::requests(mock_builder())
            .build(switchboard_app::context())
            .unwrap();
        app.manage(Core::new(Err(switchboard_core::CoreError::store(
            "The disk is full.",
            "ENOSPC",
        ))));
        Shell {
            app,
            _data: tempfile::tempdir().unwrap(),
        }
    };
    let error = shell.call(session::GetAppState {}).unwrap_err();
    assert_eq!(
        (error.code, error.message.as_str()),
        (ErrorCode::Store, "The disk is full.")
    );
}
