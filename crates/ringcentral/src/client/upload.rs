//! A body on its way: handed over piece by piece, so that somebody can watch it, stop it, and know afterwards whether all of
//! it had left.
//!
//! A server can do nothing with a body whose end is missing. So what broke off, or was given up, before the last piece was
//! handed over was certainly not carried out; that is all that is decided here.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use bytes::Bytes;
use futures_util::{Stream, stream};
use tokio::sync::Notify;

use crate::{api::fax::UploadWatcher, error::Error};

/// Small enough that progress is seen on a slow line.
const PIECE_BYTES: usize = 32 * 1024;

/// One try to hand a body over.
#[derive(Debug)]
pub(crate) struct Upload {
    watcher: Arc<dyn UploadWatcher>,
    total_bytes: u64,
    done_bytes: AtomicU64,
    is_stopped: AtomicBool,
    /// The last piece was handed over.
    has_left: AtomicBool,
    moved: Notify,
}

/// Stops an upload when it is dropped. After the answer there is nothing left to stop.
pub(crate) struct Stopping(Arc<Upload>);

impl Drop for Stopping {
    fn drop(&mut self) {
        self.0.is_stopped.store(true, Ordering::SeqCst);
    }
}

impl Upload {
    pub(crate) fn begin(total_bytes: u64, watcher: Arc<dyn UploadWatcher>) -> Arc<Self> {
        Arc::new(Self {
            watcher,
            total_bytes,
            done_bytes: AtomicU64::new(0),
            is_stopped: AtomicBool::new(false),
            has_left: AtomicBool::new(false),
            moved: Notify::new(),
        })
    }

    pub(crate) fn stop_when_dropped(self: &Arc<Self>) -> Stopping {
        Stopping(Arc::clone(self))
    }

    /// Returns when a piece was handed over.
    pub(crate) async fn moved(&self) {
        self.moved.notified().await;
    }

    /// What an error means, now that it is known how much had left.
    pub(crate) fn judge(&self, operation: &'static str, error: Error) -> Error {
        match error {
            _ if self.has_left.load(Ordering::SeqCst) => error,
            Error::Network { source, .. } => Error::Network {
                operation,
                may_have_arrived: false,
                source,
            },
            Error::Timeout { .. } => Error::Network {
                operation,
                may_have_arrived: false,
                source: "the upload came to a standstill".into(),
            },
            error => error,
        }
    }

    /// Tells the watcher that the end comes next; with its consent it does.
    pub(crate) async fn announce_the_end(&self) -> Result<(), Error> {
        self.end().await.map_err(|error| Error::Network {
            operation: "upload",
            may_have_arrived: false,
            source: error.into(),
        })
    }

    /// The content in pieces. With the last file comes the end.
    pub(crate) fn pieces(
        self: &Arc<Self>,
        content: Bytes,
        is_last: bool,
    ) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
        let upload = Arc::clone(self);
        stream::try_unfold(content, move |mut left| {
            let upload = Arc::clone(&upload);
            async move {
                if left.is_empty() {
                    return Ok(None);
                }
                let piece = left.split_to(left.len().min(PIECE_BYTES));
                upload.hand_over(&piece, is_last && left.is_empty()).await?;
                Ok(Some((piece, left)))
            }
        })
    }

    async fn hand_over(&self, piece: &Bytes, is_end: bool) -> io::Result<()> {
        self.check()?;
        if is_end {
            self.end().await?;
        }
        let length = piece.len() as u64;
        let done = self
            .done_bytes
            .fetch_add(length, Ordering::SeqCst)
            .saturating_add(length);
        self.moved.notify_one();
        self.watcher.handed_over(done, self.total_bytes);
        Ok(())
    }

    async fn end(&self) -> io::Result<()> {
        self.watcher.before_the_end().await?;
        self.check()?;
        self.has_left.store(true, Ordering::SeqCst);
        self.watcher.at_the_end();
        Ok(())
    }

    fn check(&self) -> io::Result<()> {
        if self.is_stopped.load(Ordering::SeqCst) {
            return Err(io::Error::other("the upload was stopped"));
        }
        Ok(())
    }
}
