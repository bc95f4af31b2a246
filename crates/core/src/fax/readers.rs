//! Two readers at most, and what they drew last.
//!
//! A document stays open at the reader that opened it while its pages are looked at, so it is taken apart once and not for
//! every page. Whoever does not answer in time is ended, and what ended a reader is not given to another one.

use super::FaxError;
use super::drawing_work::{Answer, Ask};
use super::frame::Wanted;
use super::making::{self, Part, Recipe};
use super::pictures::Pictures;
use super::reader_process::Process;
use super::reader_thread::Thread;
use domain::attachment::FaxPage;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;
use tokio::sync::Semaphore;

/// A page takes a tenth of a second; a file made to keep us busy shall not keep a person waiting for ever.
const PATIENCE: Duration = Duration::from_secs(15);
/// Making a PDF of hundreds of pages takes as much longer.
const PATIENCE_FOR_MAKING: u32 = 4;
/// Readers that nobody needs are ended, with all the memory that they took.
const IDLE_UNTIL_ENDED: Duration = Duration::from_secs(60);
/// So many pages are drawn at once; each wants a processor and some tens of megabytes.
const MOST_READERS: usize = 2;

/// A document and what tells it from others.
#[derive(Debug, Clone)]
pub struct Document {
    pub(super) key: Key,
    source: Source,
}

#[derive(Debug, Clone)]
enum Source {
    Bytes(Arc<Vec<u8>>),
    File(PathBuf),
}

/// What tells one document from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Key(u64, u64);

/// Nobody has this one open.
const NO_DOCUMENT: Key = Key(0, 0);

/// All readers of this process.
#[derive(Debug)]
pub(super) struct Readers {
    program: OnceLock<PathBuf>,
    turns: Arc<Semaphore>,
    idle: Mutex<Vec<Idle>>,
    pictures: Mutex<Pictures>,
    patience: Duration,
}

#[derive(Debug)]
struct Idle {
    reader: Reader,
    open: Option<Key>,
    since: std::time::Instant,
}

#[derive(Debug)]
enum Reader {
    Process(Process),
    Thread(Thread),
}

/// Why there is no answer.
enum NoAnswer {
    Fault(FaxError),
    /// The reader is of no use any more.
    Died(FaxError),
}

impl Document {
    /// One that is in memory.
    pub fn of_bytes(content: Vec<u8>) -> Self {
        let mut hasher = DefaultHasher::new();
        content.hash(&mut hasher);
        Self {
            key: Key(hasher.finish(), u64::try_from(content.len()).unwrap_or(0)),
            source: Source::Bytes(Arc::new(content)),
        }
    }

    /// One that is a file. A file that was changed is another document.
    ///
    /// # Errors
    /// When it cannot be looked at.
    pub async fn of_file(path: PathBuf) -> io::Result<Self> {
        let metadata = tokio::fs::metadata(&path).await?;
        let mut hasher = DefaultHasher::new();
        (&path, metadata.modified().ok()).hash(&mut hasher);
        Ok(Self {
            key: Key(hasher.finish(), metadata.len()),
            source: Source::File(path),
        })
    }

    fn content(&self) -> io::Result<Arc<Vec<u8>>> {
        match &self.source {
            Source::Bytes(content) => Ok(Arc::clone(content)),
            Source::File(path) => std::fs::read(path).map(Arc::new),
        }
    }
}

impl Readers {
    pub(super) fn new(patience: Duration) -> Self {
        Self {
            program: OnceLock::new(),
            turns: Arc::new(Semaphore::new(MOST_READERS)),
            idle: Mutex::default(),
            pictures: Mutex::default(),
            patience,
        }
    }

    /// From now on readers are processes of this program.
    pub(super) fn use_program(&self, program: PathBuf) {
        let _ = self.program.set(program);
    }

    /// The pages of a document.
    pub(super) async fn pages(&'static self, document: &Document) -> Result<Arc<Vec<FaxPage>>, FaxError> {
        if let Some(known) = self.pictures().pages(document.key) {
            return known;
        }
        let asked = document.clone();
        self.away(move || self.open(&asked)).await
    }

    /// What is wanted of a page, as PNG.
    pub(super) async fn draw(
        &'static self,
        document: &Document,
        index: u32,
        wanted: Wanted,
    ) -> Result<Vec<u8>, FaxError> {
        if let Some(known) = self.pictures().picture(document.key, index, wanted) {
            return known.map(|picture| picture.as_ref().clone());
        }
        let asked = document.clone();
        self.away(move || self.drawn(&asked, index, wanted)).await
    }

    /// A PDF of these parts.
    pub(super) async fn make(&'static self, parts: Vec<Part>) -> Result<Vec<u8>, FaxError> {
        let (recipe, content) = making::told(parts);
        self.away(move || self.made(recipe, &content)).await
    }

    /// Runs on a thread that may be busy, when it is its turn.
    async fn away<T: Send + 'static>(
        &'static self,
        work: impl FnOnce() -> Result<T, FaxError> + Send + 'static,
    ) -> Result<T, FaxError> {
        let turn = Arc::clone(&self.turns)
            .acquire_owned()
            .await
            .map_err(|_| FaxError::Busy)?;
        let done = tokio::task::spawn_blocking(move || {
            // Given back by the work and not by whoever waits for it: they may have gone.
            let _turn = turn;
            work()
        });
        let done = done.await.unwrap_or(Err(FaxError::Damaged));
        self.end_idle_later();
        done
    }

    fn open(&self, document: &Document) -> Result<Arc<Vec<FaxPage>>, FaxError> {
        if let Some(known) = self.pictures().pages(document.key) {
            return known;
        }
        let mut idle = self.take(document.key)?;
        let opened = self.open_at(&mut idle, document);
        let outcome = self.give_back(idle, opened);
        self.pictures().remember_pages(document.key, &outcome);
        outcome
    }

    fn drawn(&self, document: &Document, index: u32, wanted: Wanted) -> Result<Vec<u8>, FaxError> {
        // While it waited for its turn somebody else may have had it drawn.
        if let Some(known) = self.pictures().picture(document.key, index, wanted) {
            return known.map(|picture| picture.as_ref().clone());
        }
        let mut idle = self.take(document.key)?;
        let drawn = self.draw_at(&mut idle, document, index, wanted);
        let outcome = self.give_back(idle, drawn);
        self.pictures()
            .remember_picture(document.key, index, wanted, &outcome);
        outcome
    }

    fn made(&self, recipe: Recipe, content: &[u8]) -> Result<Vec<u8>, FaxError> {
        let mut idle = self.take(NO_DOCUMENT)?;
        idle.open = None;
        let patience = self.patience.saturating_mul(PATIENCE_FOR_MAKING);
        let answered = self.exchange_within(&mut idle.reader, Ask::Make(recipe), content, patience);
        let made = answered.and_then(|answer| match answer {
            (Answer::Made, made) => Ok(made),
            (Answer::Fault(fault), _) => Err(NoAnswer::Fault(fault)),
            (Answer::Pages(_) | Answer::Picture, _) => Err(NoAnswer::Died(FaxError::Damaged)),
        });
        self.give_back(idle, made)
    }

    fn draw_at(
        &self,
        idle: &mut Idle,
        document: &Document,
        index: u32,
        wanted: Wanted,
    ) -> Result<Vec<u8>, NoAnswer> {
        if idle.open != Some(document.key) {
            self.open_at(idle, document)?;
        }
        match self.exchange(&mut idle.reader, Ask::Draw { index, wanted }, &[])? {
            (Answer::Picture, picture) => Ok(picture),
            (Answer::Fault(fault), _) => Err(NoAnswer::Fault(fault)),
            (Answer::Pages(_) | Answer::Made, _) => Err(NoAnswer::Died(FaxError::Damaged)),
        }
    }

    fn open_at(&self, idle: &mut Idle, document: &Document) -> Result<Arc<Vec<FaxPage>>, NoAnswer> {
        idle.open = None;
        let content = document.content().map_err(|error| {
            tracing::warn!(%error, "a document cannot be read from the disk");
            NoAnswer::Fault(FaxError::NotReadable)
        })?;
        match self.exchange(&mut idle.reader, Ask::Open, &content)? {
            (Answer::Pages(pages), _) => {
                idle.open = Some(document.key);
                Ok(Arc::new(pages))
            }
            (Answer::Fault(fault), _) => Err(NoAnswer::Fault(fault)),
            (Answer::Picture | Answer::Made, _) => Err(NoAnswer::Died(FaxError::Damaged)),
        }
    }

    fn exchange(&self, reader: &mut Reader, ask: Ask, content: &[u8]) -> Result<(Answer, Vec<u8>), NoAnswer> {
        self.exchange_within(reader, ask, content, self.patience)
    }

    fn exchange_within(
        &self,
        reader: &mut Reader,
        ask: Ask,
        content: &[u8],
        patience: Duration,
    ) -> Result<(Answer, Vec<u8>), NoAnswer> {
        let answered = match reader {
            Reader::Process(process) => {
                let killer = process.killer();
                let (done, is_done) = std::sync::mpsc::channel::<()>();
                let watch = std::thread::spawn(move || {
                    // Ends when the answer is there, as the other end of the channel goes then.
                    if is_done.recv_timeout(patience) == Err(std::sync::mpsc::RecvTimeoutError::Timeout) {
                        killer.kill();
                    }
                });
                let answered = process.exchange(ask, content);
                drop(done);
                let _ = watch.join();
                answered
            }
            Reader::Thread(thread) => thread.exchange(ask, content, patience),
        };
        answered.map_err(|error| {
            tracing::warn!(%error, "a document was too much for its reader");
            NoAnswer::Died(FaxError::TooHard)
        })
    }

    /// A reader that has the document open, else any, else a new one.
    fn take(&self, key: Key) -> Result<Idle, FaxError> {
        {
            let mut idle = self.idle();
            let place = idle
                .iter()
                .position(|one| one.open == Some(key))
                .or_else(|| (idle.len() >= MOST_READERS).then_some(0));
            if let Some(place) = place {
                return Ok(idle.remove(place));
            }
        }
        let reader = self.start().map_err(|error| {
            tracing::warn!(%error, "no reader can be started");
            FaxError::Busy
        })?;
        Ok(Idle {
            reader,
            open: None,
            since: std::time::Instant::now(),
        })
    }

    fn start(&self) -> io::Result<Reader> {
        match self.program.get().cloned().or_else(program_beside) {
            Some(program) => match Process::start(&program) {
                Ok(process) => return Ok(Reader::Process(process)),
                // The program was replaced by a newer one, or moved, while it runs.
                Err(error) => tracing::warn!(%error, "pages are read within this process"),
            },
            None => tracing::debug!("pages are read within this process"),
        }
        Thread::start().map(Reader::Thread)
    }

    fn give_back<T>(&self, mut idle: Idle, outcome: Result<T, NoAnswer>) -> Result<T, FaxError> {
        let outcome = match outcome {
            Ok(done) => Ok(done),
            Err(NoAnswer::Fault(fault)) => Err(fault),
            Err(NoAnswer::Died(fault)) => return Err(fault),
        };
        idle.since = std::time::Instant::now();
        self.idle().push(idle);
        outcome
    }

    fn end_idle_later(&'static self) {
        tokio::spawn(async move {
            tokio::time::sleep(IDLE_UNTIL_ENDED).await;
            let ended: Vec<_> = {
                let mut idle = self.idle();
                let (ended, kept) = idle
                    .drain(..)
                    .partition(|one| one.since.elapsed() >= IDLE_UNTIL_ENDED);
                *idle = kept;
                ended
            };
            let _ = tokio::task::spawn_blocking(move || drop(ended)).await;
        });
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Idle>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn pictures(&self) -> MutexGuard<'_, Pictures> {
        self.pictures.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The reader that is a program by itself, where it lies beside this one. Tests lie one folder deeper.
fn program_beside() -> Option<PathBuf> {
    let own = std::env::current_exe().ok()?;
    own.ancestors()
        .skip(1)
        .take(2)
        .map(|folder| folder.join(format!("fax-reader{}", std::env::consts::EXE_SUFFIX)))
        .find(|program| program.is_file())
}

impl Default for Readers {
    fn default() -> Self {
        Self::new(PATIENCE)
    }
}
