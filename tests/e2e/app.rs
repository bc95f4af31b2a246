//! The app under WebDriver: find by what a person reads, and look.

use std::{process::Stdio, time::Duration};

use fantoccini::{Client, ClientBuilder, Locator, elements::Element, wd::TimeoutConfiguration};
use serde_json::json;

use crate::desktop::{Child, Desktop, artifact, free_port};

/// Long enough for a machine that compiles beside the test.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running app and the desktop it runs on.
pub(crate) struct App {
    pub(crate) client: Client,
    pub(crate) desktop: Desktop,
    _driver: Child,
}

impl App {
    /// Starts the app with nothing stored.
    pub(crate) async fn start() -> Self {
        let desktop = Desktop::start();
        let port = free_port();
        let driver = Child::start(
            desktop
                .program("WebKitWebDriver")
                .arg(format!("--port={port}"))
                // Has the app offer its web views to the driver.
                .env("TAURI_WEBVIEW_AUTOMATION", "true")
                .env("SWITCHBOARD_DATA_FOLDER", desktop.data_folder())
                .stdout(Stdio::null()),
        );
        let client = connect(port).await;
        client
            .update_timeouts(TimeoutConfiguration::new(Some(PATIENCE), Some(PATIENCE), None))
            .await
            .unwrap();
        Self {
            client,
            desktop,
            _driver: driver,
        }
    }

    /// Waits for text anywhere in the window.
    pub(crate) async fn see(&self, text: &str) -> Element {
        // The innermost element that holds it.
        let xpath = format!(
            "//body//*[contains(normalize-space(.), {0})][not(.//*[contains(normalize-space(.), {0})])]",
            quoted(text)
        );
        self.wait_for(Locator::XPath(&xpath), text).await
    }

    /// Keeps a picture of the page.
    pub(crate) async fn save_screenshot(&self, name: &str) {
        let picture = self.client.screenshot().await.unwrap();
        std::fs::write(artifact(name), picture).unwrap();
    }

    /// Ends the app as closing its session does.
    pub(crate) async fn quit(self) {
        self.client.clone().close().await.unwrap();
    }

    async fn wait_for(&self, locator: Locator<'_>, what: &str) -> Element {
        match self.client.wait().at_most(PATIENCE).for_element(locator).await {
            Ok(element) => element,
            Err(error) => {
                self.save_screenshot("failed.png").await;
                self.desktop.save_screenshot("failed-desktop.png");
                let text = self
                    .client
                    .execute("return document.body.innerText", vec![])
                    .await;
                panic!(
                    "{what:?} did not appear ({error}); see tests/e2e/artifacts. The page says:\n{text:?}"
                );
            }
        }
    }
}

/// A new session starts the app.
async fn connect(port: u16) -> Client {
    // The driver says nowhere that it listens.
    let mut tries = tokio::time::interval(Duration::from_millis(20));
    while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
        tries.tick().await;
    }
    let capabilities = json!({ "webkitgtk:browserOptions": { "binary": env!("CARGO_BIN_EXE_switchboard") } });
    let mut builder = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new());
    builder.capabilities(capabilities.as_object().cloned().unwrap());
    builder
        .connect(&format!("http://127.0.0.1:{port}"))
        .await
        .unwrap()
}

/// As an XPath literal, which has no escapes.
fn quoted(text: &str) -> String {
    if text.contains('\'') {
        format!("\"{text}\"")
    } else {
        format!("'{text}'")
    }
}
