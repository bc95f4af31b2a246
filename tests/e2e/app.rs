//! The app under WebDriver: find by what a person reads, and look.

use std::{
    process::Stdio,
    time::{Duration, Instant},
};

use fantoccini::{Client, ClientBuilder, Locator, elements::Element, wd::TimeoutConfiguration};
use serde_json::{Value, json};
use simulator::Control;
use tokio::time::timeout;

use crate::desktop::{Child, Desktop, artifact, free_port};

/// Long enough for a machine that compiles beside the test.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// Between two looks at a page that cannot be waited for.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// The app's windows.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Page {
    Main,
    Card,
}

/// A running app and the desktop it runs on.
pub(crate) struct App {
    pub(crate) client: Client,
    pub(crate) desktop: Desktop,
    _driver: Child,
}

impl Page {
    /// As the page's `data-page` has it.
    fn name(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Card => "card",
        }
    }
}

impl App {
    /// Starts the app with nothing stored.
    pub(crate) async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// The same, with arguments on its command line.
    pub(crate) async fn start_with(arguments: &[&str]) -> Self {
        Self::start_on(Desktop::start(), arguments).await
    }

    /// The same, on a desktop that was made ready.
    pub(crate) async fn start_on(desktop: Desktop, arguments: &[&str]) -> Self {
        let (driver, port) = driver(&desktop);
        Self {
            client: connect(port, arguments).await,
            desktop,
            _driver: driver,
        }
    }

    /// Kills the app in the middle of whatever it does, and starts it again on the same desktop with what it has stored.
    pub(crate) async fn kill_and_restart(&mut self) {
        self.desktop.kill_window("Switchboard");
        // The driver notices that its app is gone, or does not; either way it has no further use.
        let _ = timeout(Duration::from_secs(5), self.client.clone().close()).await;
        let (driver, port) = driver(&self.desktop);
        self._driver = driver;
        self.client = connect(port, &[]).await;
    }

    /// Waits for text anywhere in the window.
    pub(crate) async fn see(&self, text: &str) {
        if !self.waits_until(text, true).await {
            self.fail(text).await;
        }
    }

    /// Waits until text is nowhere in the window.
    pub(crate) async fn see_gone(&self, text: &str) {
        assert!(self.waits_until(text, false).await, "{text:?} did not go away");
    }

    /// Waits for a button, link, menu entry or row that is called so, and presses it.
    pub(crate) async fn press(&self, name: &str) {
        let name_is = format!(
            "contains(normalize-space(.), {0}) or @aria-label = {0}",
            quoted(name)
        );
        let xpath = format!(
            "//*[self::button or self::a or self::summary or @role='menuitem' or @role='option'][{name_is}]"
        );
        self.wait_for(Locator::XPath(&xpath), name)
            .await
            .click()
            .await
            .unwrap_or_else(|error| panic!("{name:?} could not be pressed: {error}"));
    }

    /// Opens a menu and chooses one of its entries.
    pub(crate) async fn choose(&self, menu: &str, entry: &str) {
        self.press(menu).await;
        self.press(entry).await;
    }

    /// Sends off the form that is open.
    pub(crate) async fn submit(&self) {
        let button = Locator::Css("form button[type=submit]");
        self.wait_for(button, "the form's button")
            .await
            .click()
            .await
            .unwrap();
    }

    /// Fills in the field with this label.
    pub(crate) async fn fill_in(&self, label: &str, text: &str) {
        let field = self.field(label).await;
        field.send_keys(text).await.unwrap();
    }

    /// Puts something else into the field with this label.
    pub(crate) async fn replace(&self, label: &str, text: &str) {
        let field = self.field(label).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    async fn field(&self, label: &str) -> Element {
        let named = quoted(label);
        let xpath = format!(
            "//label[contains(normalize-space(.), {named})]//*[self::input or self::textarea] \
             | //*[self::input or self::textarea][@aria-label = {named}]"
        );
        self.wait_for(Locator::XPath(&xpath), label).await
    }

    /// Signs in to a company that is served elsewhere, as to RingCentral itself: it is there after a restart. Ends at the inbox.
    pub(crate) async fn sign_in(&self, control: &Control) {
        self.sign_in_without_history(control).await;
        self.see_inbox().await;
    }

    /// The same where nothing has happened yet. Ends where one starts.
    pub(crate) async fn sign_in_without_history(&self, control: &Control) {
        let ready = control.ready();
        self.press("Paste a JWT").await;
        self.fill_in("Client ID", &ready.client_id).await;
        self.fill_in("JWT credential", &ready.extensions[0].jwt).await;
        self.press("Client secret and server").await;
        self.fill_in("Client secret", &ready.client_secret).await;
        self.replace("Server", &ready.base_url).await;
        self.submit().await;
    }

    /// What a script of the page answers.
    pub(crate) async fn ask(&self, script: &str) -> Value {
        let answer = timeout(PATIENCE, self.client.execute(script, vec![])).await;
        answer.expect("the page does not answer").unwrap()
    }

    /// Turns from the overview, where one starts, to the inbox, and waits until something of today is in it.
    pub(crate) async fn see_inbox(&self) {
        self.press("Inbox").await;
        self.until(
            "the inbox",
            "return document.querySelector('.inbox')?.textContent.includes('Today') ?? false",
        )
        .await;
    }

    /// Waits until a script of the page answers true; for what nobody can read, such as where a player is.
    pub(crate) async fn until(&self, what: &str, script: &str) {
        let until = Instant::now() + PATIENCE;
        loop {
            if self.ask(script).await == json!(true) {
                return;
            }
            if Instant::now() >= until {
                self.fail(what).await;
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    /// Turns to one of the app's windows; from then on everything is about that one.
    pub(crate) async fn turn_to(&self, page: Page) {
        for window in self.client.windows().await.unwrap() {
            self.client.switch_to_window(window).await.unwrap();
            let name = self
                .client
                .execute("return document.body.dataset.page", vec![])
                .await
                .unwrap();
            if name == json!(page.name()) {
                return;
            }
        }
        panic!("the app has no window with the page {}", page.name());
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

    /// Asks the page itself: looking for elements can wait for ever in a window that is hidden, as the card's is between calls.
    async fn waits_until(&self, text: &str, is_there: bool) -> bool {
        let until = Instant::now() + PATIENCE;
        let script = "return document.body.textContent.includes(arguments[0])";
        while Instant::now() < until {
            let answer = self.client.execute(script, vec![json!(text)]);
            let answer = timeout(PATIENCE, answer).await.expect("the page does not answer");
            if answer.unwrap() == json!(is_there) {
                return true;
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
        false
    }

    async fn wait_for(&self, locator: Locator<'_>, what: &str) -> Element {
        let found = self.client.wait().at_most(PATIENCE).for_element(locator);
        match timeout(PATIENCE, found).await {
            Ok(Ok(element)) => element,
            _ => self.fail(what).await,
        }
    }

    /// Ends the journey with pictures and words of what is there instead.
    async fn fail(&self, what: &str) -> ! {
        self.desktop.save_screenshot("failed-desktop.png");
        let script = "return document.body.innerText";
        let text = timeout(PATIENCE, self.client.execute(script, vec![])).await;
        panic!("{what:?} did not appear; see tests/e2e/artifacts. The page says:\n{text:?}");
    }
}

/// A driver whose sessions start the app on this desktop, and its port.
fn driver(desktop: &Desktop) -> (Child, u16) {
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
    (driver, port)
}

/// A new session starts the app.
async fn connect(port: u16, arguments: &[&str]) -> Client {
    // The driver says nowhere that it listens.
    let mut tries = tokio::time::interval(Duration::from_millis(20));
    while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
        tries.tick().await;
    }
    let app = json!({ "binary": env!("CARGO_BIN_EXE_switchboard"), "args": arguments });
    let capabilities = json!({ "webkitgtk:browserOptions": app });
    let mut builder = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new());
    builder.capabilities(capabilities.as_object().cloned().unwrap());
    let client = builder
        .connect(&format!("http://127.0.0.1:{port}"))
        .await
        .unwrap();
    client
        .update_timeouts(TimeoutConfiguration::new(Some(PATIENCE), Some(PATIENCE), None))
        .await
        .unwrap();
    client
}

/// As an XPath literal, which has no escapes.
fn quoted(text: &str) -> String {
    if text.contains('\'') {
        format!("\"{text}\"")
    } else {
        format!("'{text}'")
    }
}
