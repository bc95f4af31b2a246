//! A simulated company and a Switchboard signed in to it, both on one clock that the test moves.
//!
//! Nothing runs in the background: the test steps the synchronisation and sees exactly what each step did.

mod history;

pub(crate) use history::{maria, stranger};

use domain::communication::Communication;
use domain::inbox::{InboxRow, InboxTab};
use domain::ipc::inbox::ListInbox;
use domain::ipc::session::{AppState, GetAppState, SignInWithJwt};
use domain::session::Server;
use domain::sync::SyncStatus;
use jiff::{SignedDuration, Timestamp};
use simulator::world::call_log::{CallLogQuery, CallLogScope};
use simulator::world::ids::ExtensionId;
use simulator::world::message_store::MessageQuery;
use simulator::world::messages::ReadStatus;
use simulator::world::number::E164;
use simulator::world::{IncomingText, World};
use simulator::{Control, Effect, Fault, Options, RateLimits, Simulator};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use switchboard_core::clock::Clock;
use switchboard_core::session::InMemory;
use switchboard_core::switchboard::OpenBrowser;
use switchboard_core::sync::Sync;
use switchboard_core::{Config, Switchboard};

/// Extension 101 of the small company.
pub(crate) const ADA: ExtensionId = ExtensionId(809_646_016);

pub(crate) struct Office {
    pub(crate) board: Switchboard,
    pub(crate) control: Control,
    pub(crate) clock: Clock,
    pub(crate) folder: tempfile::TempDir,
    config: Config,
    owner: ExtensionId,
    _simulator: Simulator,
}

/// A communication as both sides can tell it: `call_log/…` or `message_store/…`, and whether it was read.
pub(crate) type Ledger = BTreeMap<String, bool>;

pub(crate) fn noon() -> Timestamp {
    "2026-03-02T20:00:00Z".parse().unwrap()
}

impl Office {
    /// The small company, nobody signed in yet.
    pub(crate) async fn closed() -> Self {
        let clock = simulator::world::Clock::manual(noon());
        Self::of(Options::small_company(clock), ADA).await
    }

    /// The small company with Ada signed in; nothing is synchronised.
    pub(crate) async fn open() -> Self {
        let office = Self::closed().await;
        office.sign_in().await;
        office
    }

    /// Any company.
    pub(crate) async fn of(options: Options, owner: ExtensionId) -> Self {
        Self::with_limits(options.rate_limits(RateLimits::raised()), owner, false).await
    }

    /// The small company with these limits, counted by the office's clock on both sides, and Ada signed in.
    pub(crate) async fn paced(limits: RateLimits) -> Self {
        let clock = simulator::world::Clock::manual(noon());
        let options = Options::small_company(clock).rate_limits(limits);
        let office = Self::with_limits(options, ADA, true).await;
        office.sign_in().await;
        office
    }

    async fn with_limits(options: Options, owner: ExtensionId, rate_windows_follow_clock: bool) -> Self {
        let now = options.world.now();
        let simulator = Simulator::start(options).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::manual(now);
        let config = Config {
            clock: clock.clone(),
            secrets: Arc::new(InMemory::new("A test keeps nothing.")),
            redirect_port: 0,
            runs_in_background: false,
            history_pause: SignedDuration::ZERO,
            rate_windows_follow_clock,
            ..Config::new(
                folder.path().join("data"),
                folder.path().join("downloads"),
                no_browser(),
            )
        };
        let board = Switchboard::open(config.clone()).await.unwrap();
        Self {
            board,
            control: simulator.control(),
            clock,
            folder,
            config,
            owner,
            _simulator: simulator,
        }
    }

    pub(crate) fn server(&self) -> Server {
        let ready = self.control.ready();
        Server {
            base_url: ready.base_url,
            client_id: ready.client_id,
            client_secret: Some(ready.client_secret),
        }
    }

    pub(crate) fn jwt(&self) -> String {
        let number = self.world(|world| world.extension(self.owner).unwrap().number.to_string());
        let ready = self.control.ready();
        ready
            .extensions
            .into_iter()
            .find(|one| one.number == number)
            .unwrap()
            .jwt
    }

    pub(crate) async fn sign_in(&self) {
        let request = SignInWithJwt {
            server: self.server(),
            jwt: self.jwt(),
        };
        self.board.sign_in_with_jwt(request).await.unwrap();
    }

    /// The program ends without a goodbye and is started again.
    pub(crate) async fn kill_and_reopen(&mut self) {
        // The old one is dropped, not shut down.
        self.board = Switchboard::open(self.config.clone()).await.unwrap();
    }

    /// As [`Self::kill_and_reopen`] on a computer whose network is down.
    pub(crate) async fn kill_and_reopen_without_network(&mut self) {
        self.control
            .add_fault(Fault::once("/**", Effect::LoseReply).times(100_000));
        self.kill_and_reopen().await;
    }

    /// As [`Self::kill_and_reopen`] where no secret outlived the program.
    pub(crate) async fn kill_and_reopen_with_empty_keychain(&mut self) {
        self.config.secrets = Arc::new(InMemory::new("A test keeps nothing."));
        self.kill_and_reopen().await;
    }

    /// As [`Self::kill_and_reopen`], and from now on this program reads what stands on faxes.
    pub(crate) async fn use_tesseract(&mut self, program: PathBuf) {
        self.config.tesseract = Some(program);
        self.kill_and_reopen().await;
    }

    pub(crate) fn config(&self) -> Config {
        self.config.clone()
    }

    pub(crate) fn sync(&self) -> Sync {
        self.board.sync().unwrap()
    }

    /// Asks for everything and steps until nothing is due.
    pub(crate) async fn synchronise(&self) {
        self.sync().retry_all();
        self.sync().run_until_idle().await;
    }

    /// As [`Self::synchronise`], again and again after the waits that failures bring, until everything is quiet.
    pub(crate) async fn synchronise_patiently(&self) {
        for _ in 0..12 {
            self.synchronise().await;
            self.pass(SignedDuration::from_secs(120));
            budgets_recover().await;
        }
        self.synchronise().await;
    }

    /// Time passes in the company and here.
    pub(crate) fn pass(&self, time: SignedDuration) {
        self.control.advance(time);
        self.clock.advance(time);
    }

    pub(crate) fn world<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        self.control.world(act)
    }

    pub(crate) async fn state(&self) -> AppState {
        self.board.get_app_state(GetAppState {}).await.unwrap()
    }

    pub(crate) async fn status(&self) -> SyncStatus {
        self.state().await.sync
    }

    pub(crate) async fn inbox(&self, tab: InboxTab) -> Vec<InboxRow> {
        self.board
            .list_inbox(ListInbox {
                tab,
                after: None,
                limit: 200,
            })
            .await
            .unwrap()
            .rows
    }

    pub(crate) async fn items(&self, tab: InboxTab) -> Vec<Communication> {
        self.inbox(tab).await.into_iter().map(|row| row.item).collect()
    }

    /// A text from outside to the signed-in person.
    pub(crate) fn receive_text(&self, from: E164, text: &str) {
        let to = self.world(|world| world.primary_number(self.owner).unwrap());
        self.world(|world| {
            let text = IncomingText {
                from: simulator::world::number::Endpoint::outside(from, None),
                to,
                others: Vec::new(),
                text: text.to_owned(),
                pictures: Vec::new(),
            };
            world.receive_text(text).unwrap();
        });
    }

    /// What the company's server holds for the signed-in person.
    pub(crate) fn there(&self) -> Ledger {
        self.world(|world| {
            let calls = CallLogQuery::all(CallLogScope::Extension(self.owner));
            let calls = world
                .call_log(&calls)
                .records
                .into_iter()
                .map(|call| (format!("call_log/{}", call.id), true));
            let messages = world
                .messages(&MessageQuery::alive(self.owner))
                .records
                .into_iter()
                .map(|message| {
                    let is_inbound = message.direction == simulator::world::messages::Direction::Inbound;
                    let is_read = !is_inbound || message.read_status == ReadStatus::Read;
                    (format!("message_store/{}", message.id), is_read)
                });
            calls.chain(messages).collect()
        })
    }

    /// What the store holds, read past the core. Calls have no read state on the server, so theirs is left out.
    pub(crate) async fn here(&self) -> Ledger {
        let rows: Vec<(String, String, bool)> = sqlx::query_as(
            "SELECT source, remote_id, is_read OR source = 'call_log' FROM communications ORDER BY id",
        )
        .fetch_all(&self.database().await)
        .await
        .unwrap();
        let count = rows.len();
        let ledger: Ledger = rows
            .into_iter()
            .map(|(source, id, is_read)| (format!("{source}/{id}"), is_read))
            .collect();
        assert_eq!(ledger.len(), count, "something is here twice");
        ledger
    }

    /// Both sides hold the same.
    pub(crate) async fn assert_converged(&self) {
        let (here, there) = (self.here().await, self.there());
        let missing: Vec<_> = there.iter().filter(|(id, _)| !here.contains_key(*id)).collect();
        let surplus: Vec<_> = here.iter().filter(|(id, _)| !there.contains_key(*id)).collect();
        assert!(
            missing.is_empty(),
            "{} are missing here, such as {:?}",
            missing.len(),
            missing.first()
        );
        assert!(
            surplus.is_empty(),
            "{} are gone there, such as {:?}",
            surplus.len(),
            surplus.first()
        );
        let unlike: Vec<_> = there
            .iter()
            .filter(|(id, is_read)| here.get(*id) != Some(is_read))
            .collect();
        assert!(
            unlike.is_empty(),
            "{} differ in being read, such as {:?}",
            unlike.len(),
            unlike.first()
        );
    }

    /// Every fault that was ordered was met, and nothing was asked that RingCentral does not know.
    pub(crate) fn assert_faults_met(&self) {
        assert_eq!(self.control.unmet_faults(), []);
        assert_eq!(self.control.unmatched(), []);
    }

    /// How often an operation was asked for since the requests were last cleared.
    pub(crate) fn asked(&self, operation: &str) -> usize {
        self.control
            .requests()
            .iter()
            .filter(|request| request.operation == Some(operation))
            .count()
    }

    pub(crate) fn store_file(&self) -> PathBuf {
        let mut found = std::fs::read_dir(self.folder.path().join("data"))
            .unwrap()
            .filter_map(|entry| {
                let file = entry.unwrap().path().join("switchboard.db");
                file.exists().then_some(file)
            });
        let file = found.next().expect("an account has a store");
        assert_eq!(found.next(), None, "one account, one store");
        file
    }

    pub(crate) async fn database(&self) -> SqlitePool {
        let options = SqliteConnectOptions::new()
            .filename(self.store_file())
            .read_only(true);
        SqlitePool::connect_with(options).await.unwrap()
    }
}

/// The client's rate budgets go by the runtime's clock, which is moved on two minutes here.
async fn budgets_recover() {
    tokio::time::pause();
    tokio::time::advance(std::time::Duration::from_secs(120)).await;
    tokio::time::resume();
}

pub(crate) fn no_browser() -> OpenBrowser {
    OpenBrowser::new(|_| Err(std::io::Error::other("a test has no browser")))
}
