//! The front end: the main window and the card of an inbound call, one bundle for both.
//!
//! It asks the core for what it shows and asks again when the core says that something changed; it stores nothing and talks to no server.
//! The content security policy allows no inline scripts and no inline styles, and nothing here writes style attributes: dynamic measures
//! go through `browser::set_style`.

mod app;
mod app_state;
mod browser;
mod calling;
mod clock;
mod components;
mod fax;
mod format;
mod frame;
mod hooks;
mod ipc;
mod live_calls;
mod matching;
mod pages;
mod presence;
#[cfg(feature = "preview")]
mod preview;
mod recipients;
mod routes;
mod texting;
mod undo;
mod voicemail;
mod windowing;
mod writing;

fn main() {
    ipc::listen();
    if browser::page() == "card" {
        yew::Renderer::<app::CardWindow>::new().render();
    } else {
        yew::Renderer::<app::MainWindow>::new().render();
    }
}
