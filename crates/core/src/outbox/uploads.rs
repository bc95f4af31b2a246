//! Uploads under way: how far each is, and stopping them.
//!
//! In memory only. What is durable about an upload, that its last piece was about to leave, is a column of its row.

use crate::change_feed::ChangeFeed;
use crate::store::Store;
use async_trait::async_trait;
use domain::event::CoreEvent;
use domain::fax::Transfer;
use domain::ids::OutgoingId;
use ringcentral::Client;
use ringcentral::api::fax::UploadWatcher;
use std::collections::HashMap;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// The window asks again after each announcement; more often nobody sees anything move.
const BETWEEN_ANNOUNCEMENTS: Duration = Duration::from_millis(250);

/// The uploads of one account. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct Uploads(Arc<Mutex<HashMap<OutgoingId, Arc<Upload>>>>);

/// One upload.
#[derive(Debug)]
pub(super) struct Upload {
    done_bytes: AtomicU64,
    total_bytes: u64,
    stop: CancellationToken,
    is_stopped_by_person: AtomicBool,
    /// The last piece went.
    has_left: AtomicBool,
    announced_at: Mutex<Option<Instant>>,
}

/// Takes an upload off the list when it is over.
#[derive(Debug)]
pub(super) struct Running {
    uploads: Uploads,
    id: OutgoingId,
    pub(super) upload: Arc<Upload>,
}

impl Uploads {
    /// How far an upload is; `None` when none is under way.
    pub fn progress(&self, id: OutgoingId) -> Option<Transfer> {
        self.list().get(&id).map(|upload| Transfer {
            done_bytes: upload.done_bytes.load(Ordering::SeqCst),
            total_bytes: Some(upload.total_bytes),
        })
    }

    /// Stops an upload because a person wants it. False when none is under way.
    pub fn stop(&self, id: OutgoingId) -> bool {
        let upload = self.list().get(&id).cloned();
        match upload {
            Some(upload) => {
                upload.is_stopped_by_person.store(true, Ordering::SeqCst);
                upload.stop.cancel();
                true
            }
            None => false,
        }
    }

    /// Stops all that have not left, because the program ends. They are sent anew the next time.
    pub fn stop_all(&self) {
        for upload in self.list().values() {
            if !upload.has_left() {
                upload.stop.cancel();
            }
        }
    }

    pub(super) fn begin(&self, id: OutgoingId, total_bytes: u64) -> Running {
        let upload = Arc::new(Upload {
            done_bytes: AtomicU64::new(0),
            total_bytes,
            stop: CancellationToken::new(),
            is_stopped_by_person: AtomicBool::new(false),
            has_left: AtomicBool::new(false),
            announced_at: Mutex::new(None),
        });
        self.list().insert(id, Arc::clone(&upload));
        Running {
            uploads: self.clone(),
            id,
            upload,
        }
    }

    fn list(&self) -> MutexGuard<'_, HashMap<OutgoingId, Arc<Upload>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Upload {
    /// Returns when somebody stopped it.
    pub(super) async fn stopped(&self) {
        self.stop.cancelled().await;
    }

    pub(super) fn is_stopped_by_person(&self) -> bool {
        self.is_stopped_by_person.load(Ordering::SeqCst)
    }

    pub(super) fn has_left(&self) -> bool {
        self.has_left.load(Ordering::SeqCst)
    }

    /// How much was handed over, when that was something and not everything.
    pub(super) fn percent_of_part(&self) -> Option<u8> {
        let done = self.done_bytes.load(Ordering::SeqCst);
        if done == 0 || self.has_left() {
            return None;
        }
        let percent = done.saturating_mul(100).checked_div(self.total_bytes)?;
        Some(u8::try_from(percent).unwrap_or(99).min(99))
    }

    fn announce(&self, changes: &ChangeFeed) {
        let now = Instant::now();
        let mut announced_at = self.announced_at.lock().unwrap_or_else(PoisonError::into_inner);
        if announced_at.is_none_or(|at| now.duration_since(at) >= BETWEEN_ANNOUNCEMENTS) {
            *announced_at = Some(now);
            changes.announce(CoreEvent::OutboxChanged);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.uploads.list().remove(&self.id);
    }
}

/// Notes in the store that the last piece is about to leave, before it does.
#[derive(Debug)]
pub(super) struct Watcher {
    pub(super) id: OutgoingId,
    pub(super) client: Client,
    pub(super) store: Store,
    pub(super) upload: Arc<Upload>,
}

#[async_trait]
impl UploadWatcher for Watcher {
    fn handed_over(&self, bytes: u64, _of: u64) {
        self.upload.done_bytes.store(bytes, Ordering::SeqCst);
        self.upload.announce(self.store.changes());
    }

    async fn before_the_end(&self) -> io::Result<()> {
        let server_now = self.client.server_now().await.map_err(io::Error::other)?;
        let is_noted = self
            .store
            .job_handed_over(self.id, server_now)
            .await
            .map_err(io::Error::other)?;
        if is_noted {
            Ok(())
        } else {
            Err(io::Error::other("the fax is not being sent any more"))
        }
    }

    fn at_the_end(&self) {
        self.upload.has_left.store(true, Ordering::SeqCst);
    }
}
