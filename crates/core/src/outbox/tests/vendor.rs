//! A vendor that does to each request what it is told, keeps a ledger of what it carried out, and has a clock of its own.

use super::super::{Allowance, Carried, Carrier, Looked, Outbox, Step, Trace};
use crate::change_feed::ChangeFeed;
use crate::clock::Clock;
use crate::store::{FaxJob, FaxJobRecipient, Job, NewJob, Refusal, Store, TextJob, Urgency};
use crate::sync::pacing::Trouble;
use domain::fax::FaxResolution;
use domain::ids::OutgoingId;
use domain::outgoing::OutgoingState;
use domain::phone_number::E164;
use jiff::{SignedDuration, Timestamp};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, OnceLock};
use tempfile::TempDir;
use tokio::sync::Notify;

/// What becomes of one request to send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Accepted,
    /// Carried out, but the answer is lost.
    ReplyLost,
    /// The answer is lost, and it is carried out only so many seconds later.
    CarriedOutLate(i64),
    /// The answer is lost, and it never arrived.
    NeverArrived,
    Offline,
    /// The upload breaks off.
    CutOff,
    RateLimited,
    ServerError,
    Refused,
    /// The program dies before it is carried out; of a fax, before its last piece was handed over.
    KilledBefore,
    /// The program dies when the last piece of a fax was about to leave, and it never arrived.
    KilledAtTheEnd,
    /// The program dies after it was carried out.
    KilledAfter,
}

/// What becomes of one look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sight {
    Clear,
    Offline,
    Killed,
}

#[derive(Debug, Clone)]
pub(super) struct Vendor(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    /// The program was killed.
    killed: Notify,
    /// Where the program notes that a fax is about to leave as a whole.
    store: OnceLock<Store>,
}

#[derive(Debug)]
struct State {
    now: Timestamp,
    fates: VecDeque<Fate>,
    sights: VecDeque<Sight>,
    ledger: Vec<Entry>,
    on_its_way: Vec<(Timestamp, Job)>,
}

#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) remote_id: String,
    pub(super) created_at: Timestamp,
    pub(super) job: Job,
}

/// A store, a vendor and a program that can be killed.
#[derive(Debug)]
pub(super) struct Desk {
    pub(super) vendor: Vendor,
    pub(super) store: Store,
    pub(super) clock: Clock,
    pub(super) outbox: Outbox<Vendor>,
    _folder: TempDir,
}

impl Vendor {
    fn new(now: Timestamp) -> Self {
        Self(Arc::new(Shared {
            state: Mutex::new(State {
                now,
                fates: VecDeque::new(),
                sights: VecDeque::new(),
                ledger: Vec::new(),
                on_its_way: Vec::new(),
            }),
            killed: Notify::new(),
            store: OnceLock::new(),
        }))
    }

    pub(super) fn with<T>(&self, act: impl FnOnce(&mut VecDeque<Fate>, &mut VecDeque<Sight>) -> T) -> T {
        let mut state = self.0.state.lock().unwrap();
        let State { fates, sights, .. } = &mut *state;
        act(fates, sights)
    }

    pub(super) fn ledger(&self) -> Vec<Entry> {
        self.0.state.lock().unwrap().ledger.clone()
    }

    fn pass(&self, by: SignedDuration) {
        let mut state = self.0.state.lock().unwrap();
        state.now += by;
        let now = state.now;
        let (due, later) = std::mem::take(&mut state.on_its_way)
            .into_iter()
            .partition(|(at, _)| *at <= now);
        state.on_its_way = later;
        let due: Vec<(Timestamp, Job)> = due;
        for (at, job) in due {
            state.enter(at, job);
        }
    }

    async fn die(&self) {
        self.0.killed.notify_one();
        std::future::pending::<()>().await;
    }
}

impl State {
    fn enter(&mut self, created_at: Timestamp, job: Job) -> String {
        let remote_id = format!("m{}", self.ledger.len());
        self.ledger.push(Entry {
            remote_id: remote_id.clone(),
            created_at,
            job,
        });
        remote_id
    }
}

impl Carrier for Vendor {
    async fn carry(&self, id: OutgoingId, job: &Job, _: Urgency) -> Carried {
        let unknown = || Carried::Unknown {
            words: "The answer was lost.".to_owned(),
        };
        let (fate, now) = {
            let mut state = self.0.state.lock().unwrap();
            (state.fates.pop_front().unwrap_or(Fate::Accepted), state.now)
        };
        let leaves = matches!(
            fate,
            Fate::Accepted
                | Fate::ReplyLost
                | Fate::CarriedOutLate(_)
                | Fate::NeverArrived
                | Fate::KilledAtTheEnd
                | Fate::KilledAfter
        );
        if leaves && matches!(job, Job::Fax(_)) {
            let store = self.0.store.get().unwrap();
            assert!(store.job_handed_over(id, now).await.unwrap());
        }
        let (fate, accepted) = {
            let mut state = self.0.state.lock().unwrap();
            let accepted = match fate {
                Fate::Accepted | Fate::ReplyLost | Fate::KilledAfter => Some(Trace {
                    remote_id: state.enter(now, job.clone()),
                    created_at: now,
                    page: None,
                }),
                Fate::CarriedOutLate(seconds) => {
                    let at = now + SignedDuration::from_secs(seconds);
                    state.on_its_way.push((at, job.clone()));
                    None
                }
                _ => None,
            };
            (fate, accepted)
        };
        let not_sent = |trouble| Carried::NotSent { trouble, code: None };
        match (fate, accepted) {
            (Fate::KilledBefore | Fate::KilledAtTheEnd | Fate::KilledAfter, _) => {
                self.die().await;
                unknown()
            }
            (Fate::Accepted, Some(trace)) => Carried::Accepted(trace),
            (Fate::Offline, _) => not_sent(Trouble::Offline),
            (Fate::CutOff, _) => Carried::CutOff { percent: 40 },
            (Fate::RateLimited, _) => not_sent(Trouble::RateLimited {
                retry_after: SignedDuration::from_secs(60),
            }),
            (Fate::ServerError, _) => not_sent(Trouble::Failed {
                message: "RingCentral has a problem.".to_owned(),
            }),
            (Fate::Refused, _) => Carried::Refused(Refusal {
                code: Some("MSG-243".to_owned()),
                words: "The number is blocked.".to_owned(),
                can_retry: false,
            }),
            _ => unknown(),
        }
    }

    async fn look_for(&self, job: &Job, (from, until): (Timestamp, Timestamp)) -> Result<Looked, Trouble> {
        let sight = self.with(|_, sights| sights.pop_front().unwrap_or(Sight::Clear));
        match sight {
            Sight::Killed => self.die().await,
            Sight::Offline => return Err(Trouble::Offline),
            Sight::Clear => {}
        }
        let state = self.0.state.lock().unwrap();
        let matching = state
            .ledger
            .iter()
            .filter(|entry| entry.job == *job && (from..=until).contains(&entry.created_at));
        Ok(Looked {
            traces: matching
                .map(|entry| Trace {
                    remote_id: entry.remote_id.clone(),
                    created_at: entry.created_at,
                    page: None,
                })
                .collect(),
            server_now: state.now,
        })
    }

    async fn server_now(&self) -> Result<Timestamp, Trouble> {
        Ok(self.0.state.lock().unwrap().now)
    }

    fn allowance(&self, _: &Job, _: Urgency) -> Allowance {
        Allowance {
            per_minute: 40,
            free_in: None,
        }
    }
}

impl Desk {
    pub(super) async fn open() -> Self {
        let now: Timestamp = "2026-03-02T20:00:00Z".parse().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::manual(now);
        let file = folder.path().join("switchboard.db");
        let store = Store::open(file, clock.clone(), ChangeFeed::new()).await.unwrap();
        let vendor = Vendor::new(now);
        vendor.0.store.set(store.clone()).unwrap();
        Self {
            outbox: Outbox::open(vendor.clone(), store.clone()).await.unwrap(),
            vendor,
            store,
            clock,
            _folder: folder,
        }
    }

    /// The vendor will do these things to the next requests.
    pub(super) fn expect(&self, fates: &[Fate]) {
        self.vendor.with(|next, _| next.extend(fates));
    }

    pub(super) async fn write(&self, text: &str, urgency: Urgency) -> OutgoingId {
        self.write_all(&[text], urgency).await[0]
    }

    pub(super) async fn write_all(&self, texts: &[&str], urgency: Urgency) -> Vec<OutgoingId> {
        let jobs: Vec<NewJob> = texts
            .iter()
            .map(|text| {
                let new = NewJob::for_person(job(text), self.clock.now());
                NewJob {
                    urgency: match new.urgency {
                        Urgency::Upload => Urgency::Upload,
                        _ => urgency,
                    },
                    ..new
                }
            })
            .collect();
        self.store.enqueue(&jobs).await.unwrap()
    }

    /// A fax to somebody else than [`job`] names: it does not wait for the others of its lane.
    pub(super) async fn write_to_others(&self, title: &str) -> OutgoingId {
        let Job::Fax(mut fax) = job(title) else {
            panic!("{title} is no fax")
        };
        fax.to[0].number = E164::new("+15105550199").unwrap();
        let new = NewJob::for_person(Job::Fax(fax), self.clock.now());
        self.store.enqueue(&[new]).await.unwrap()[0]
    }

    /// Time passes here and there.
    pub(super) fn pass(&self, by: SignedDuration) {
        self.clock.advance(by);
        self.vendor.pass(by);
    }

    /// One step; `None` when the program was killed in it and started again.
    pub(super) async fn step(&mut self, urgency: Urgency) -> Option<Step> {
        let outbox = self.outbox.clone();
        let vendor = self.vendor.clone();
        let stepped = tokio::select! {
            biased;
            stepped = outbox.step(urgency) => Some(stepped.unwrap()),
            () = vendor.0.killed.notified() => None,
        };
        if stepped.is_none() {
            self.restart().await;
        }
        stepped
    }

    pub(super) async fn restart(&mut self) {
        self.outbox = Outbox::open(self.vendor.clone(), self.store.clone())
            .await
            .unwrap();
    }

    /// Steps and lets time pass until nothing is due any more.
    pub(super) async fn settle(&mut self) {
        for _ in 0..3_000 {
            let mut next = None;
            let mut is_idle = true;
            for urgency in [Urgency::Person, Urgency::Upload, Urgency::Campaign] {
                match self.step(urgency).await {
                    Some(Step::Idle { until }) => next = super::super::earlier(next, until),
                    _ => is_idle = false,
                }
            }
            if is_idle {
                let Some(next) = next else { return };
                let wait = next.duration_since(self.clock.now());
                self.pass(wait.max(SignedDuration::from_millis(1)));
            }
        }
        panic!("the outbox never comes to rest");
    }

    pub(super) async fn state(&self, id: OutgoingId) -> OutgoingState {
        self.store.job(id).await.unwrap().state
    }

    /// The texts and faxes that were carried out, in their order.
    pub(super) fn carried_out(&self) -> Vec<String> {
        self.vendor
            .ledger()
            .iter()
            .map(|entry| name(&entry.job))
            .collect()
    }
}

/// What a job says, by which it is told from others.
pub(super) fn name(job: &Job) -> String {
    match job {
        Job::Text(text) => text.text.clone(),
        Job::Fax(fax) => fax.title.clone(),
        Job::RingOut(_) | Job::Transcription(_) => "no text".to_owned(),
    }
}

/// The first letter names the recipient, so that different texts can go to different people. What begins with `fax` is one.
pub(super) fn job(text: &str) -> Job {
    let recipient = text.bytes().next().unwrap_or(b'a') % 10;
    let number = E164::new(format!("+1510555014{recipient}")).unwrap();
    if text.starts_with("fax") {
        return Job::Fax(FaxJob {
            to: vec![FaxJobRecipient { number, name: None }],
            title: text.to_owned(),
            resolution: FaxResolution::High,
            cover_index: 0,
            cover_note: None,
            send_at: None,
            files: Vec::new(),
            original: None,
            page_count: Some(1),
        });
    }
    Job::Text(TextJob {
        from: E164::new("+15105550100").unwrap(),
        to: vec![number],
        text: text.to_owned(),
        conversation: None,
        files: Vec::new(),
    })
}
