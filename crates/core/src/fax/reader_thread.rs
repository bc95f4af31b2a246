//! A reader as a thread of this process, where no program is known that could be a process for it.
//!
//! A thread cannot be stopped. One that does not answer in time is left behind, and when too many were, no document is
//! opened any more until one of them comes to an end.

use super::drawing_work::{Answer, Ask, Desk, work};
use super::reader_process::STACK_BYTES;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// So many threads may be busy with files that nobody waits for any more.
const MOST_THREADS: usize = 5;
static THREADS: AtomicUsize = AtomicUsize::new(0);

type Asked = (Ask, Vec<u8>);
type Answered = (Answer, Vec<u8>);

/// The thread, seen from those who ask.
#[derive(Debug)]
pub(super) struct Thread {
    to: Sender<Asked>,
    from: Receiver<Answered>,
}

struct Ends {
    from: Receiver<Asked>,
    to: Sender<Answered>,
}

/// Counts a thread as long as it runs.
struct Counted;

impl Thread {
    pub(super) fn start() -> io::Result<Self> {
        let counted = Counted::new().ok_or_else(|| io::Error::from(io::ErrorKind::ResourceBusy))?;
        let (to, heard) = channel();
        let (answers, from) = channel();
        std::thread::Builder::new()
            .name("fax reader".to_owned())
            .stack_size(STACK_BYTES)
            .spawn(move || {
                let _counted = counted;
                work(&mut Ends {
                    from: heard,
                    to: answers,
                });
            })?;
        Ok(Self { to, from })
    }

    /// One question and its answer.
    pub(super) fn exchange(
        &mut self,
        ask: Ask,
        content: &[u8],
        patience: Duration,
    ) -> io::Result<(Answer, Vec<u8>)> {
        let gone = |_| io::Error::from(io::ErrorKind::BrokenPipe);
        self.to.send((ask, content.to_vec())).map_err(gone)?;
        self.from
            .recv_timeout(patience)
            .map_err(|_| io::Error::from(io::ErrorKind::TimedOut))
    }
}

impl Desk for Ends {
    fn next(&mut self) -> Option<Asked> {
        self.from.recv().ok()
    }

    fn answer(&mut self, answer: Answer, content: Vec<u8>) -> bool {
        self.to.send((answer, content)).is_ok()
    }
}

impl Counted {
    fn new() -> Option<Self> {
        if THREADS.fetch_add(1, Ordering::AcqRel) < MOST_THREADS {
            return Some(Self);
        }
        THREADS.fetch_sub(1, Ordering::AcqRel);
        None
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        THREADS.fetch_sub(1, Ordering::AcqRel);
    }
}
