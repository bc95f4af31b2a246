//! One account whose data is open, and what runs on it while somebody is signed in.
//!
//! Reading works without a sign-in. Nothing here decides who signs in or out.

mod standing;

use super::Config;
use crate::attachments::Attachments;
use crate::calls::{CallFollower, CallerCards, Calls};
use crate::error::CoreError;
use crate::fax_desk::FaxDesk;
use crate::faxes::{Faxes, Readings, Tesseract};
use crate::live_calls::{CompanyCalls, CompanyFollower, LivePage};
use crate::notices::{NoticeFeed, NoticeWorker};
use crate::outbox::{Folders, Outbox, RingCentral, Uploads};
use crate::presence::{PresenceFollower, Presences};
use crate::ring_out::RingOuts;
use crate::session::{AccountSecrets, Profile};
use crate::store::{Store, StoreError};
use crate::subscription::{LiveSources, Subscription, SubscriptionHandle, SyncWanted};
use crate::supervision::Supervisions;
use crate::sync::{Sync, SyncOptions};
use crate::texting::Texting;
use crate::transcription::{Means, Recordings, Sound, Team, Transcriptions};
use crate::voicemail::Voicemails;
use async_trait::async_trait;
use domain::event::CoreEvent;
use domain::ids::CommunicationId;
use futures_util::future::join_all;
use ringcentral::Client;
use ringcentral::auth::SignIn;
use ringcentral::id::ExtensionId;
use ringcentral::websocket::Timing;
use std::future::Future;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// How long background work may take to end before it is cut off. Everything stored is safe either way.
const PATIENCE_AT_THE_END: Duration = Duration::from_secs(3);

/// An open account.
#[derive(Debug)]
pub(super) struct Account {
    pub(super) profile: Profile,
    pub(super) store: Store,
    pub(super) calls: Calls,
    pub(super) cards: CallerCards,
    pub(super) presences: Presences,
    pub(super) company_calls: CompanyCalls,
    pub(super) live_page: LivePage,
    pub(super) supervisions: Supervisions,
    pub(super) attachments: Attachments,
    pub(super) voicemails: Voicemails,
    pub(super) faxes: Faxes,
    pub(super) readings: Readings,
    pub(super) texting: Texting,
    pub(super) fax_desk: FaxDesk,
    pub(super) ring_outs: RingOuts,
    pub(super) transcriptions: Transcriptions,
    pub(super) team: Team,
    /// Where the files are that go along with texts and faxes.
    outgoing: Folders,
    uploads: Uploads,
    fetching: Fetching,
    secrets: Arc<AccountSecrets>,
    wanted: SyncWanted,
    notices: NoticeFeed,
    online: OnceLock<Online>,
    /// Why the sign-in of an earlier run could not be taken up.
    lost: Mutex<Option<String>>,
    shutdown: CancellationToken,
    tasks: Mutex<Vec<JoinHandle<()>>>,
}

/// What there is only with a client.
#[derive(Debug)]
struct Online {
    client: Client,
    sync: Sync,
    events: SubscriptionHandle,
    outbox: Outbox<RingCentral>,
    presence: PresenceFollower,
}

impl Account {
    pub(super) fn new(
        profile: Profile,
        store: Store,
        secrets: Arc<AccountSecrets>,
        notices: NoticeFeed,
        folder: &Path,
        means: &Means,
        tesseract: &Tesseract,
    ) -> Self {
        let attachments = Attachments::new(store.clone(), folder.join("files"));
        let faxes = Faxes::new(store.clone(), attachments.clone(), tesseract.clone());
        let team = Team::new(Arc::new(store.clone()), means);
        let fetching = Fetching {
            store: store.clone(),
            attachments: attachments.clone(),
            client: Arc::default(),
        };
        let own = ExtensionId::new(profile.extension_id.clone());
        let company_calls = CompanyCalls::new(own.clone(), store.clock().clone(), store.changes().clone());
        let live_page = LivePage::new(store.clone(), company_calls.clone());
        let supervisions = Supervisions::new(
            store.clone(),
            company_calls.clone(),
            live_page.clone(),
            profile.signed_in.name.clone(),
        );
        let outgoing = Folders {
            texts: folder.join("outgoing"),
            faxes: folder.join("outgoing-faxes"),
        };
        let uploads = Uploads::default();
        Self {
            presences: Presences::new(own.clone(), store.clone()),
            calls: Calls::new(own, store.clock().clone(), store.changes().clone()),
            cards: CallerCards::new(store.clone()),
            company_calls,
            live_page,
            supervisions,
            voicemails: Voicemails::new(store.clone(), attachments.clone()),
            fax_desk: FaxDesk::new(
                store.clone(),
                attachments.clone(),
                outgoing.faxes.clone(),
                profile.signed_in.clone(),
                uploads.clone(),
            ),
            readings: Readings::new(store.clone(), attachments.clone(), tesseract.clone()),
            faxes,
            attachments,
            texting: Texting::new(store.clone(), outgoing.texts.clone()),
            ring_outs: RingOuts::new(store.clone()),
            transcriptions: Transcriptions::new(
                store.clone(),
                Arc::new(fetching.clone()),
                Arc::new(team.clone()),
            ),
            team,
            outgoing,
            uploads,
            fetching,
            profile,
            store,
            secrets,
            wanted: SyncWanted::default(),
            notices,
            online: OnceLock::new(),
            lost: Mutex::default(),
            shutdown: CancellationToken::new(),
            tasks: Mutex::default(),
        }
    }

    /// Begins what needs nobody to be signed in. Without `Config::runs_in_background` nothing runs.
    pub(super) async fn begin(&self, config: &Config) -> Result<(), StoreError> {
        self.transcriptions.recover().await?;
        self.presences.load().await?;
        if config.runs_in_background {
            let (transcriptions, shutdown) = (self.transcriptions.clone(), self.shutdown.clone());
            // Kept and not only spawned: what is under way goes back into the queue.
            self.keep(tokio::spawn(async move { transcriptions.run(shutdown).await }));
            let (readings, shutdown) = (self.readings.clone(), self.shutdown.clone());
            // Kept too: the program that reads is ended before the account is.
            self.keep(tokio::spawn(async move { readings.run(shutdown).await }));
        }
        Ok(())
    }

    /// Begins to use a client that is signed in. Without `Config::runs_in_background` everything is there and nothing runs.
    pub(super) async fn go_online(&self, client: Client, config: &Config) -> Result<(), CoreError> {
        let settings = self.store.settings().await?;
        let own = self.calls.own_extension().clone();
        let options = SyncOptions {
            history_months: settings.backfill_months,
            history_pause: config.history_pause,
        };
        let sync = Sync::new(
            client.clone(),
            self.store.clone(),
            self.voicemails.clone(),
            self.faxes.clone(),
            own,
            options,
        );
        sync.restore_history().await?;
        let (subscription, events) = Subscription::new(
            LiveSources::web_socket_for_company(client.clone(), Timing::default()),
            client.clone(),
            self.calls.clone(),
            self.wanted.clone(),
            self.store.clock().clone(),
            self.store.changes().clone(),
            settings.polling_only,
        );
        let subscription = subscription.with_presences(self.presences.clone());
        let presence = PresenceFollower::new(self.presences.clone(), client.clone());
        let subscription = subscription.telling(self.company_calls.clone());
        self.company_calls.go_online(client.clone());
        let carrier = RingCentral::new(
            client.clone(),
            self.store.clone(),
            self.outgoing.clone(),
            self.uploads.clone(),
        );
        let outbox = Outbox::open(carrier, self.store.clone()).await?;
        if self
            .online
            .set(Online {
                client: client.clone(),
                sync: sync.clone(),
                events,
                outbox: outbox.clone(),
                presence: presence.clone(),
            })
            .is_err()
        {
            return Ok(());
        }
        // The first client is the only one: an account that signs in anew is opened anew.
        let _ = self.fetching.client.set(client.clone());
        self.readings.go_online(client.clone());
        self.presences.go_online(client.clone());
        self.transcriptions.retry_now().await?;
        self.spawn(announce_sign_in(client.clone(), self.store.clone()));
        if config.runs_in_background {
            // Those who listen come before those who tell.
            let notices = NoticeWorker::new(self.store.clone(), self.calls.clone(), self.notices.clone())
                .respecting(self.presences.clone());
            let company = CompanyFollower::new(
                self.company_calls.clone(),
                client.clone(),
                self.store.clock().clone(),
            );
            let follower = CallFollower::new(
                self.calls.clone(),
                client,
                self.store.clone(),
                self.wanted.clone(),
            );
            // What rings already is looked for at once: the live connection takes a while.
            self.calls.doubt_all();
            self.company_calls.doubt_all();
            self.keep(tokio::spawn(announce_notices(notices, self.shutdown.clone())));
            self.spawn(follower.run());
            self.spawn(presence.run());
            self.spawn(company.run());
            self.spawn(self.supervisions.clone().run());
            self.spawn(subscription.run());
            let (wanted, shutdown) = (self.wanted.clone(), self.shutdown.clone());
            self.spawn(async move { sync.run(wanted, shutdown).await });
            // Kept and not only spawned: what is being sent when the account is stopped is waited for.
            let shutdown = self.shutdown.clone();
            self.keep(tokio::spawn(async move { outbox.run(shutdown).await }));
            let (attachments, texting) = (self.attachments.clone(), self.texting.clone());
            let fax_desk = self.fax_desk.clone();
            self.spawn(async move {
                if let Err(error) = fax_desk.sweep().await {
                    tracing::warn!(%error, "documents that were faxed stay for now");
                }
                if let Err(error) = texting.sweep().await {
                    tracing::warn!(%error, "files that were sent stay for now");
                }
                if let Err(error) = attachments.sweep().await {
                    tracing::warn!(%error, "files that are no longer needed stay for now");
                }
            });
        }
        Ok(())
    }

    /// The sign-in of an earlier run cannot be taken up; the data stays readable.
    pub(super) fn lose_sign_in(&self, reason: String) {
        *self.lost.lock().unwrap_or_else(PoisonError::into_inner) = Some(reason);
        self.store.changes().announce(CoreEvent::SessionChanged);
        self.store.changes().announce(CoreEvent::SyncChanged);
    }

    pub(super) fn shared_secrets(&self) -> Arc<AccountSecrets> {
        Arc::clone(&self.secrets)
    }

    /// Ends what runs. The store stays open.
    pub(super) async fn stop(&self) {
        self.shutdown.cancel();
        self.uploads.stop_all();
        let tasks = std::mem::take(&mut *self.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        let aborts: Vec<_> = tasks.iter().map(JoinHandle::abort_handle).collect();
        if tokio::time::timeout(PATIENCE_AT_THE_END, join_all(tasks))
            .await
            .is_err()
        {
            for task in aborts {
                task.abort();
            }
        }
    }

    fn lost_sign_in(&self) -> Option<String> {
        if let Some(reason) = self.lost.lock().unwrap_or_else(PoisonError::into_inner).clone() {
            return Some(reason);
        }
        match &*self.online.get()?.client.auth().watch().borrow() {
            SignIn::Required { reason } => {
                Some(format!("RingCentral no longer accepts the sign-in ({reason})."))
            }
            SignIn::SignedOut => Some("Nobody is signed in any more.".to_owned()),
            SignIn::SignedIn | SignIn::Unknown => None,
        }
    }

    /// Runs until the account is stopped.
    fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        let shutdown = self.shutdown.clone();
        self.keep(tokio::spawn(async move {
            tokio::select! {
                () = shutdown.cancelled() => {}
                () = work => {}
            }
        }));
    }

    fn keep(&self, task: JoinHandle<()>) {
        self.tasks
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(task);
    }
}

/// Gets recordings for the transcription: from this computer, or from RingCentral while somebody is signed in.
#[derive(Debug, Clone)]
struct Fetching {
    store: Store,
    attachments: Attachments,
    client: Arc<OnceLock<Client>>,
}

#[async_trait]
impl Recordings for Fetching {
    async fn sound(&self, item: CommunicationId) -> Result<Sound, CoreError> {
        let attachment = self.store.recording_of(item).await?;
        let content = self.attachments.read(self.client.get(), attachment).await?;
        Ok(Sound {
            content: content.into(),
        })
    }
}

impl Drop for Account {
    fn drop(&mut self) {
        // Whoever forgot to stop it must not leave it running on a store that nobody looks at.
        self.shutdown.cancel();
    }
}

async fn announce_sign_in(client: Client, store: Store) {
    let mut sign_in = client.auth().watch();
    while sign_in.changed().await.is_ok() {
        store.changes().announce(CoreEvent::SessionChanged);
        store.changes().announce(CoreEvent::SyncChanged);
    }
}

/// What is on screen about an account goes when the account does.
async fn announce_notices(mut worker: NoticeWorker, shutdown: CancellationToken) {
    tokio::select! {
        () = shutdown.cancelled() => {}
        () = worker.run() => {}
    }
    worker.close_all();
}
