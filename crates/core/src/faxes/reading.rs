//! Has the words of faxes read, page by page, as durable jobs.
//!
//! [`Readings::step`] does one thing and says what became of it: it reads one page. What was cut off goes on at the page where
//! it was, in another life of the program too. Trouble that passes makes a fax wait; what cannot be read is left to a person
//! with words. Nothing leaves this computer.

use super::tesseract::{self, Tesseract, TesseractError};
use crate::attachments::Attachments;
use crate::error::CoreError;
use crate::fax::{self, Document};
use crate::store::{DueReading, PageWords, Store, StoreError};
use domain::attachment::FaxPage;
use domain::event::CoreEvent;
use domain::ids::{AttachmentId, CommunicationId};
use domain::ipc::ErrorCode;
use jiff::{SignedDuration, Timestamp};
use ringcentral::{Client, Priority};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// After so many tries without a page that was done it is left to a person.
const MOST_ATTEMPTS: u32 = 4;
const WAIT_AFTER_TROUBLE: SignedDuration = SignedDuration::from_mins(1);
/// What tesseract reads best (its documentation: "at least 300 dpi"; faxes have two hundred and are read well).
const DOTS_PER_INCH: u32 = 200;
/// Plans are read coarser, for all of them has to fit.
const WIDEST: u32 = 2_560;
/// The clock of the computer may be set; it is looked again so often.
const LONGEST_NAP: SignedDuration = SignedDuration::from_secs(30);
const NAP_AFTER_FAILURE: Duration = Duration::from_secs(10);
const NOT_INSTALLED: &str = "The program that reads pages (tesseract) is not installed on this computer.";

/// The readings of one account. Clones share them.
#[derive(Debug, Clone)]
pub struct Readings(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    store: Store,
    attachments: Attachments,
    tesseract: Tesseract,
    client: OnceLock<Client>,
    /// One page at a time.
    turn: tokio::sync::Mutex<()>,
    running: Mutex<Option<(CommunicationId, CancellationToken)>>,
    stirred: Notify,
}

/// What a step did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A page was read.
    Page(CommunicationId),
    /// All pages had been read before.
    Read(CommunicationId),
    /// It will not work by itself; a person is told why.
    Failed(CommunicationId),
    /// It is tried again later.
    Waits(CommunicationId),
    /// Nobody wants it any more.
    Dropped(CommunicationId),
    /// Nothing is due; `until` is `None` when only a new wish changes that.
    Idle { until: Option<Timestamp> },
}

impl Readings {
    pub(crate) fn new(store: Store, attachments: Attachments, tesseract: Tesseract) -> Self {
        Self(Arc::new(Shared {
            store,
            attachments,
            tesseract,
            client: OnceLock::new(),
            turn: tokio::sync::Mutex::default(),
            running: Mutex::default(),
            stirred: Notify::new(),
        }))
    }

    /// From now on documents that are not here can be fetched.
    pub(crate) fn go_online(&self, client: Client) {
        let _ = self.0.client.set(client);
        self.0.stirred.notify_one();
    }

    /// Asks for the words of a fax. What is asked for already is not asked for twice.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] when tesseract is not installed; [`CoreError::NotFound`] when there is no such fax.
    pub async fn want(&self, item: CommunicationId) -> Result<(), CoreError> {
        if self.0.tesseract.program().await.is_none() {
            return Err(CoreError::Invalid(NOT_INSTALLED.to_owned()));
        }
        self.0.store.want_reading(item).await?;
        self.0.stirred.notify_one();
        Ok(())
    }

    /// Stops what was asked for.
    ///
    /// # Errors
    /// [`CoreError::Store`].
    pub async fn cancel(&self, item: CommunicationId) -> Result<(), CoreError> {
        // The row first: whatever is read from here on is not kept.
        self.0.store.cancel_reading(item).await?;
        if let Some((running, cancelled)) = &*self.running()
            && *running == item
        {
            cancelled.cancel();
        }
        Ok(())
    }

    /// Reads one page, if one is due.
    ///
    /// # Errors
    /// [`StoreError`]; the page is read again after that.
    pub async fn step(&self) -> Result<Step, StoreError> {
        let _turn = self.0.turn.lock().await;
        let store = &self.0.store;
        let Some(due) = store.next_reading(store.clock().now()).await? else {
            return Ok(Step::Idle {
                until: store.next_reading_at().await?,
            });
        };
        let item = due.item;
        let cancelled = CancellationToken::new();
        *self.running() = Some((item, cancelled.clone()));
        let stepped = self.step_of(due, &cancelled).await;
        *self.running() = None;
        match stepped {
            Ok(step) => Ok(step),
            Err(Trouble::Store(error)) => Err(error),
            Err(Trouble::Cancelled) => Ok(Step::Dropped(item)),
            Err(Trouble::Passes) => {
                let now = store.clock().now();
                let later = now.saturating_add(WAIT_AFTER_TROUBLE).unwrap_or(now);
                store.postpone_reading(item, later).await?;
                Ok(Step::Waits(item))
            }
            Err(Trouble::Stays(reason)) => {
                store.fail_reading(item, &reason).await?;
                Ok(Step::Failed(item))
            }
        }
    }

    async fn step_of(&self, due: DueReading, cancelled: &CancellationToken) -> Result<Step, Trouble> {
        let (store, item) = (&self.0.store, due.item);
        if due.attempts >= MOST_ATTEMPTS {
            return Err(Trouble::Stays(
                "Reading this fax was broken off again and again.".to_owned(),
            ));
        }
        let Some(program) = self.0.tesseract.program().await else {
            return Err(Trouble::Stays(NOT_INSTALLED.to_owned()));
        };
        if !store.begin_reading(item).await? {
            return Ok(Step::Dropped(item));
        }
        let pages = self.pages(item).await?;
        store
            .set_reading_pages(item, u32::try_from(pages.len()).unwrap_or(u32::MAX))
            .await?;
        let done = store.read_pages(item).await?;
        let next = pages
            .into_iter()
            .find(|page| !done.contains(&(page.attachment, page.index)));
        let Some(page) = next else {
            store.finish_reading(item).await?;
            return Ok(Step::Read(item));
        };
        let (width, height) = dots(page.size);
        let picture = fax::draw_dots(&page.document, page.index, width, height).await;
        // A page that cannot be drawn has no words; the others have.
        let (text, words) = match picture {
            Ok(picture) => {
                let dots_per_inch = width.saturating_mul(72) / page.size.width.max(1);
                let read = tesseract::read(program, picture, dots_per_inch.max(1), cancelled.clone()).await?;
                tesseract::words(&read, page.size, (width, height))
            }
            Err(error) => {
                tracing::info!(%error, "a page of a fax is not read, as it cannot be drawn");
                (String::new(), Vec::new())
            }
        };
        let kept = PageWords {
            attachment: page.attachment,
            page: page.index,
            text,
            words,
        };
        if store.keep_page_words(item, &kept).await? {
            Ok(Step::Page(item))
        } else {
            Ok(Step::Dropped(item))
        }
    }

    async fn pages(&self, item: CommunicationId) -> Result<Vec<PageToRead>, Trouble> {
        let held = self.0.store.fax(item).await?;
        let mut pages = Vec::new();
        for one in &held.documents {
            let fetched = self
                .0
                .attachments
                .fetched(self.0.client.get(), one.attachment, Priority::Backfill)
                .await
                .map_err(|error| Trouble::of(&error.into()))?;
            let document = Document::of_file(fetched.1).await.map_err(|_| Trouble::Passes)?;
            let sizes = fax::pages_of(&document)
                .await
                .map_err(|error| Trouble::of(&error))?;
            pages.extend((0..).zip(sizes.iter()).map(|(index, size)| PageToRead {
                document: document.clone(),
                attachment: one.attachment,
                index,
                size: *size,
            }));
        }
        Ok(pages)
    }

    /// Runs until `shutdown`; the page that is being read then is read again after the next start.
    pub(crate) async fn run(&self, shutdown: CancellationToken) {
        let mut news = self.0.store.changes().listen();
        while !shutdown.is_cancelled() {
            let mut stirred = std::pin::pin!(self.0.stirred.notified());
            // Registered before looking, so that a new wish in between is not missed.
            stirred.as_mut().enable();
            let stepped = tokio::select! {
                stepped = self.step() => stepped,
                () = shutdown.cancelled() => {
                    if let Some((_, cancelled)) = &*self.running() {
                        cancelled.cancel();
                    }
                    return;
                }
            };
            let nap = match stepped {
                Ok(Step::Idle { until }) => until.map(|until| nap(until, self.0.store.clock().now())),
                Ok(_) => continue,
                Err(error) => {
                    tracing::warn!(%error, "the words of faxes cannot use the store");
                    Some(NAP_AFTER_FAILURE)
                }
            };
            let slept = async {
                match nap {
                    Some(nap) => tokio::time::sleep(nap).await,
                    None => std::future::pending().await,
                }
            };
            let overflowed = async {
                loop {
                    match news.next().await {
                        Some(CoreEvent::Overflowed) => break,
                        Some(_) => {}
                        None => std::future::pending().await,
                    }
                }
            };
            tokio::select! {
                () = shutdown.cancelled() => {}
                () = slept => {}
                () = stirred => {}
                () = overflowed => {}
            }
        }
    }

    fn running(&self) -> MutexGuard<'_, Option<(CommunicationId, CancellationToken)>> {
        self.0.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct PageToRead {
    document: Document,
    attachment: AttachmentId,
    index: u32,
    size: FaxPage,
}

/// Why a page was not read.
enum Trouble {
    Store(StoreError),
    Cancelled,
    /// It is worth another try.
    Passes,
    /// In plain language.
    Stays(String),
}

impl Trouble {
    fn of(error: &CoreError) -> Self {
        match error.code() {
            ErrorCode::Offline | ErrorCode::RateLimited | ErrorCode::SignInRequired => Self::Passes,
            _ => Self::Stays(error.to_string()),
        }
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        match error {
            // Deleted while it was read.
            StoreError::NotFound { .. } => Self::Cancelled,
            error => Self::Store(error),
        }
    }
}

impl From<TesseractError> for Trouble {
    fn from(error: TesseractError) -> Self {
        match error {
            TesseractError::Cancelled => Self::Cancelled,
            // Begun so many times, it is given up.
            TesseractError::Failed | TesseractError::NotStarted(_) => Self::Passes,
            TesseractError::TooLong => Self::Stays(error.to_string()),
        }
    }
}

/// How many dots a page is read with.
fn dots(page: FaxPage) -> (u32, u32) {
    let width = page.width.max(1).saturating_mul(DOTS_PER_INCH) / 72;
    let width = width.clamp(1, WIDEST);
    let height = u64::from(width) * u64::from(page.height) / u64::from(page.width.max(1));
    (width, u32::try_from(height).unwrap_or(u32::MAX).max(1))
}

fn nap(until: Timestamp, now: Timestamp) -> Duration {
    let wait = until.duration_since(now).min(LONGEST_NAP);
    Duration::try_from(wait)
        .unwrap_or(Duration::ZERO)
        .max(Duration::from_millis(50))
}
