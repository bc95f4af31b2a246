//! One desk of the simulated company: everything that live calls go through, with a clock that the test moves.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy exempts tests, but not what they share"
)]

use domain::contact::{ContactKind, NumberLabel};
use domain::sync::EventSourceState;
use jiff::{SignedDuration, Timestamp};
use ringcentral::auth::MemoryTokenStore;
use ringcentral::websocket::Timing;
use simulator::scenario::{CallTarget, SteppedCall};
use simulator::world::World;
use simulator::world::ids::ExtensionId;
use simulator::world::number::{E164, Endpoint};
use simulator::{Control, GatewaySettings, Options, RateLimits, Simulator};
use std::sync::Arc;
use std::time::Duration;
use switchboard_core::attachments::Attachments;
use switchboard_core::calls::{CallFollower, CallerCards, Calls};
use switchboard_core::change_feed::ChangeFeed;
use switchboard_core::clock::Clock;
use switchboard_core::faxes::{Faxes, Tesseract};
use switchboard_core::live_calls::{CompanyCalls, CompanyFollower};
use switchboard_core::notices::{NoticeChange, NoticeFeed, NoticeWorker};
use switchboard_core::presence::{PresenceFollower, Presences};
use switchboard_core::store::{
    ContactFacts, ContactWrite, ContactWriteOptions, NumberFacts, OwnLine, Store, SyncScope,
};
use switchboard_core::subscription::{LiveSources, Subscription, SubscriptionHandle, SyncWanted};
use switchboard_core::sync::{Sync, SyncOptions};
use switchboard_core::voicemail::Voicemails;
use tokio::sync::mpsc::UnboundedReceiver;

/// Who sits at the desk, and a colleague; both are in the queue.
pub(crate) const ADA: ExtensionId = ExtensionId(809_646_016);
pub(crate) const BEN: ExtensionId = ExtensionId(809_646_017);
pub(crate) const QUEUE: ExtensionId = ExtensionId(809_646_020);

/// What has not happened by then never will.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Desk {
    pub(crate) simulator: Simulator,
    pub(crate) control: Control,
    pub(crate) clock: Clock,
    pub(crate) store: Store,
    /// The direct number of whoever sits here.
    number: E164,
    pub(crate) client: ringcentral::Client,
    pub(crate) calls: Calls,
    /// Told of every call only where the desk was opened for it.
    pub(crate) company: CompanyCalls,
    pub(crate) cards: CallerCards,
    pub(crate) wanted: SyncWanted,
    pub(crate) sync: Sync,
    pub(crate) subscription: Subscription,
    pub(crate) handle: SubscriptionHandle,
    pub(crate) follower: CallFollower,
    pub(crate) presences: Presences,
    /// Not among what [`Self::step`] steps: it asks on its own account.
    pub(crate) presence: PresenceFollower,
    pub(crate) notices: NoticeWorker,
    pub(crate) shown: UnboundedReceiver<NoticeChange>,
    _folder: tempfile::TempDir,
}

/// Who sits at the desk, and how it is connected.
pub(crate) struct Seat {
    pub(crate) gateway: GatewaySettings,
    /// The extension's number.
    pub(crate) number: &'static str,
    pub(crate) hears_company: bool,
    /// The clock of the server goes so far ahead of ours.
    pub(crate) server_is_ahead: SignedDuration,
}

impl Default for Seat {
    fn default() -> Self {
        Self {
            gateway: GatewaySettings::default(),
            number: "101",
            hears_company: false,
            server_is_ahead: SignedDuration::ZERO,
        }
    }
}

/// The client's clock is the core's.
#[derive(Debug)]
struct SameClock(Clock);

impl ringcentral::Clock for SameClock {
    fn now(&self) -> Timestamp {
        self.0.now()
    }
}

impl Desk {
    /// Ada is signed in, and events are live.
    pub(crate) async fn open() -> Self {
        let mut desk = Self::signed_in().await;
        desk.until_live().await;
        desk
    }

    /// Ada is signed in; nothing has been stepped yet.
    pub(crate) async fn signed_in() -> Self {
        Self::at_gateway(GatewaySettings::default()).await
    }

    /// The same with other limits of the gateway.
    pub(crate) async fn at_gateway(gateway: GatewaySettings) -> Self {
        Self::of(Seat {
            gateway,
            ..Seat::default()
        })
        .await
    }

    /// Ada is signed in at another company; nothing has been stepped yet.
    pub(crate) async fn in_company(options: Options) -> Self {
        let start = options.world.now();
        let Seat {
            number,
            hears_company,
            ..
        } = Seat::default();
        Self::seated(options, start, number, hears_company).await
    }

    /// Somebody is signed in; nothing has been stepped yet.
    pub(crate) async fn of(seat: Seat) -> Self {
        let start: Timestamp = "2026-03-02T16:00:00Z".parse().unwrap();
        let options = Options::small_company(simulator::world::Clock::manual(start + seat.server_is_ahead))
            .rate_limits(RateLimits::raised())
            .gateway(seat.gateway);
        Self::seated(options, start, seat.number, seat.hears_company).await
    }

    async fn seated(options: Options, start: Timestamp, number: &str, hears_company: bool) -> Self {
        let simulator = Simulator::start(options).await.unwrap();
        let ready = simulator.ready();
        let clock = Clock::manual(start);

        let mut config =
            ringcentral::Config::new(simulator.base_url().parse().unwrap(), ready.client_id.clone());
        config.client_secret = Some(ready.client_secret.clone().into());
        config.retry.first_delay = Duration::from_millis(1);
        let tokens = Arc::new(MemoryTokenStore::default());
        let client = ringcentral::Client::new(config, tokens, Arc::new(SameClock(clock.clone()))).unwrap();
        let ada = ready
            .extensions
            .iter()
            .find(|person| person.number == number)
            .unwrap();
        client
            .auth()
            .sign_in_with_jwt(ada.jwt.clone().into())
            .await
            .unwrap();

        let folder = tempfile::tempdir().unwrap();
        let changes = ChangeFeed::new();
        let store = Store::open(
            folder.path().join("switchboard.db"),
            clock.clone(),
            changes.clone(),
        )
        .await
        .unwrap();
        let own = client.auth().owner_id().await.unwrap();
        let calls = Calls::new(own.clone(), clock.clone(), changes.clone());
        let company = CompanyCalls::new(own.clone(), clock.clone(), changes.clone());
        let wanted = SyncWanted::default();
        let attachments = Attachments::new(store.clone(), folder.path().join("files"));
        let voicemails = Voicemails::new(store.clone(), attachments.clone());
        let faxes = Faxes::new(store.clone(), attachments, Tesseract::new(None));
        let sync = Sync::new(
            client.clone(),
            store.clone(),
            voicemails,
            faxes,
            own.clone(),
            SyncOptions::default(),
        );
        let presences = Presences::new(own, store.clone());
        presences.load().await.unwrap();
        presences.go_online(client.clone());
        let presence = PresenceFollower::new(presences.clone(), client.clone());
        let live = if hears_company {
            LiveSources::web_socket_for_company(client.clone(), timing())
        } else {
            LiveSources::web_socket(client.clone(), timing())
        };
        let (subscription, handle) = Subscription::new(
            live,
            client.clone(),
            calls.clone(),
            wanted.clone(),
            clock.clone(),
            changes,
            false,
        );
        let subscription = subscription.with_presences(presences.clone());
        let subscription = if hears_company {
            subscription.telling(company.clone())
        } else {
            subscription
        };
        let follower = CallFollower::new(calls.clone(), client.clone(), store.clone(), wanted.clone());
        let feed = NoticeFeed::default();
        let shown = feed.listen();
        let notices = NoticeWorker::new(store.clone(), calls.clone(), feed);
        Self {
            control: simulator.control(),
            simulator,
            cards: CallerCards::new(store.clone()),
            clock,
            store,
            calls,
            company,
            client,
            number: E164::nanp(510, 5_550_000 + number.parse::<u32>().unwrap()),
            wanted,
            sync,
            subscription,
            handle,
            follower,
            presences,
            presence,
            notices,
            shown,
            _folder: folder,
        }
    }

    /// Asks about the company's calls.
    pub(crate) fn company_follower(&self) -> CompanyFollower {
        CompanyFollower::new(self.company.clone(), self.client.clone(), self.clock.clone())
    }

    /// Maria Lopez of Bay Rebar is a contact with this mobile number.
    pub(crate) async fn knows_maria(&self, number: E164) {
        let mut facts = ContactFacts::new(ContactKind::External);
        facts.first_name = "Maria".to_owned();
        facts.last_name = "Lopez".to_owned();
        facts.company = "Bay Rebar".to_owned();
        facts.notes = "Asks for delivery before noon".to_owned();
        facts.add_number(NumberFacts::read(
            NumberLabel::Mobile,
            &number.to_string(),
            self.store.numbering(),
        ));
        let writes = vec![ContactWrite::Add(facts)];
        self.store
            .write_contacts(writes, ContactWriteOptions::default())
            .await
            .unwrap();
    }

    /// The store knows Ada's own line and the queue.
    pub(crate) async fn knows_lines(&self) {
        let line = |number: Option<&str>, extension: Option<&str>, name: &str, is_queue| OwnLine {
            number: number.map(str::to_owned),
            extension: extension.map(str::to_owned),
            name: name.to_owned(),
            is_queue,
        };
        let lines = [
            line(Some("+15105550101"), None, "Your direct line", false),
            line(None, Some("201"), "Sales queue", true),
        ];
        self.store.replace_own_lines(&lines).await.unwrap();
    }

    /// Lets time pass, here and at the server.
    pub(crate) fn pass(&self, time: SignedDuration) {
        self.clock.advance(time);
        self.control.advance(time);
    }

    /// Somebody calls an extension, through its number if it has one.
    pub(crate) fn ring(&self, from: Endpoint, to: ExtensionId) -> SteppedCall {
        self.control
            .world(|world| SteppedCall::ring(world, from, CallTarget::Extension(to)))
            .unwrap()
    }

    /// Moves a call.
    pub(crate) fn let_it<E: std::fmt::Debug>(&self, step: impl FnOnce(&mut World) -> Result<(), E>) {
        self.control.world(step).unwrap();
    }

    /// Every worker takes what is there.
    pub(crate) async fn step(&mut self) {
        self.subscription.step().await;
        self.follower.step().await;
        self.notices.step().await;
    }

    /// Steps, as events arrive, until something is so.
    pub(crate) async fn until(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let waiting = async {
            loop {
                self.step().await;
                if is_so(self) {
                    return;
                }
                self.subscription.stirred().await;
            }
        };
        if tokio::time::timeout(PATIENCE, waiting).await.is_err() {
            panic!(
                "never so: {what}; state {:?}, cards {:?}",
                self.handle.state(),
                self.states()
            );
        }
    }

    /// Steps until events are live and the gap before the first of them is closed.
    pub(crate) async fn until_live(&mut self) {
        self.until("events are live", |desk| {
            desk.handle.state() == EventSourceState::Live
        })
        .await;
        assert_eq!(self.until_gap_is_closed().await, all_scopes());
    }

    /// Steps until the last of all scopes is wished for; gives what was wished for.
    pub(crate) async fn until_gap_is_closed(&mut self) -> Vec<SyncScope> {
        let wishes = std::cell::RefCell::new(std::collections::BTreeMap::new());
        self.until("everything is wished for", |desk| {
            let mut wishes = wishes.borrow_mut();
            wishes.extend(
                desk.wanted
                    .take()
                    .into_iter()
                    .map(|scope| (scope.0.to_string(), scope)),
            );
            wishes.len() == SyncWanted::ALL.len()
        })
        .await;
        wishes.into_inner().into_values().collect()
    }

    /// Steps until every event that the server has sent so far has arrived: a text is sent behind them, and waited for.
    pub(crate) async fn until_all_has_arrived(&mut self) {
        self.wanted.take();
        self.text_to_owner("the last event");
        let wanted = self.wanted.clone();
        self.until("the last event has arrived", move |_| {
            wanted.take().contains(&SyncScope::MESSAGE_STORE)
        })
        .await;
    }

    /// A text comes in for whoever sits here.
    pub(crate) fn text_to_owner(&self, text: &str) {
        let from = simulator::scenario::caller(E164::nanp(415, 5_550_199), None);
        self.control
            .world(|world| simulator::scenario::incoming_text(world, from, self.number, text, &[]))
            .unwrap();
    }

    /// Fetches what is wanted, as the synchronisation in the background would.
    pub(crate) async fn synchronise(&mut self) {
        for scope in self.wanted.take() {
            self.sync.request_scope(&scope);
        }
        self.sync.run_until_idle().await;
        self.notices.step().await;
    }

    /// Fetches everything there is.
    pub(crate) async fn synchronise_everything(&mut self) {
        self.wanted.want_all();
        self.synchronise().await;
    }

    /// The states of the cards, the oldest first.
    pub(crate) fn states(&self) -> Vec<domain::call::LiveCallState> {
        self.calls.with_cards().iter().map(|call| call.state).collect()
    }

    /// The notices shown and closed since the last look; a closed one is `None`.
    pub(crate) fn notice_titles(&mut self) -> Vec<Option<String>> {
        let mut titles = Vec::new();
        while let Ok(change) = self.shown.try_recv() {
            titles.push(match change {
                NoticeChange::Show(notice) => Some(notice.title),
                NoticeChange::Close(_) => None,
            });
        }
        titles
    }

    /// The server refuses or breaks something; [`Self::close`] sees to it that it happened.
    pub(crate) fn close(self) {
        let unmet = self.control.unmet_faults();
        assert!(unmet.is_empty(), "faults that were never met: {unmet:?}");
        let unmatched = self.control.unmatched();
        assert!(unmatched.is_empty(), "requests without a route: {unmatched:?}");
        drop(self.simulator);
    }
}

/// The small company on an afternoon of March, without limits.
pub(crate) fn small_company() -> Options {
    let start: Timestamp = "2026-03-02T16:00:00Z".parse().unwrap();
    Options::small_company(simulator::world::Clock::manual(start)).rate_limits(RateLimits::raised())
}

/// A recording of the vendor's documents; says so when there is none.
pub(crate) fn recorded(name: &str) -> Option<Vec<serde_json::Value>> {
    let folder = std::env::var_os("SWITCHBOARD_VENDOR_DOCS").or_else(|| {
        println!("skipped: SWITCHBOARD_VENDOR_DOCS is not set");
        None
    })?;
    let path = std::path::Path::new(&folder)
        .join("examples/telephony-sequences")
        .join(name);
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: {} is not there", path.display());
        return None;
    };
    Some(serde_json::from_str(&text).unwrap())
}

/// Every scope, as wishes are handed out.
pub(crate) fn all_scopes() -> Vec<SyncScope> {
    let mut scopes = SyncWanted::ALL.to_vec();
    scopes.sort_by(|a, b| a.0.cmp(&b.0));
    scopes
}

/// Quick, and deaf to the jumps of the test's clock: those are for the core to notice.
fn timing() -> Timing {
    Timing {
        tick: Duration::from_millis(20),
        sleep_threshold: Duration::from_secs(365 * 24 * 3600),
        first_delay: Duration::from_millis(5),
        max_delay: Duration::from_millis(50),
        refused_delay: Duration::from_millis(50),
        ..Timing::default()
    }
}
