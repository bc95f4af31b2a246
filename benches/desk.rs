//! The demo company behind a door of its own, and a Switchboard whose work runs in the background as in the app.

use domain::session::Server;
use jiff::SignedDuration;
use simulator::world::Clock;
use simulator::{Options, RateLimits, Ready, Simulator, demo};
use std::sync::{Arc, OnceLock, mpsc};
use switchboard_core::session::InMemory;
use switchboard_core::switchboard::OpenBrowser;
use switchboard_core::{Config, Switchboard};

/// Where everything is measured.
pub(crate) struct Desk {
    ready: Ready,
    folder: tempfile::TempDir,
    board: OnceLock<Switchboard>,
}

impl Desk {
    /// Starts the simulator on a thread of its own, and nothing else.
    pub(crate) fn set_up() -> Self {
        let (sender, receiver) = mpsc::channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                let options =
                    Options::new(demo::world(7, Clock::running())).rate_limits(RateLimits::raised());
                let simulator = Simulator::start(options).await.unwrap();
                sender.send(simulator.ready()).unwrap();
                std::future::pending::<()>().await;
            });
        });
        Self {
            ready: receiver.recv().unwrap(),
            folder: tempfile::tempdir().unwrap(),
            board: OnceLock::new(),
        }
    }

    /// Opens the core and signs in, as "Try the demo company" does.
    pub(crate) async fn sign_in(&self) {
        let path = self.folder.path();
        let no_browser = OpenBrowser::new(|_| Err(std::io::Error::other("no browser")));
        let config = Config {
            secrets: Arc::new(InMemory::new("A measurement keeps nothing.")),
            history_pause: SignedDuration::ZERO,
            ..Config::new(path.join("data"), path.join("downloads"), no_browser)
        };
        let board = Switchboard::open(config).await.unwrap();
        let server = Server {
            base_url: self.ready.base_url.clone(),
            client_id: self.ready.client_id.clone(),
            client_secret: Some(self.ready.client_secret.clone()),
        };
        board
            .sign_in_demo(server, self.ready.extensions[0].jwt.clone())
            .await
            .unwrap();
        self.board.set(board).unwrap();
    }

    pub(crate) fn board(&self) -> &Switchboard {
        self.board.get().expect("signed in first")
    }
}
