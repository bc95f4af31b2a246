//! How far downloads are, for whoever waits for them.

use super::part_file::PartFile;
use async_trait::async_trait;
use domain::ids::AttachmentId;
use ringcentral::media::{Target, Version};
use std::collections::HashMap;
use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How much of a file has arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub done_bytes: u64,
    /// `None` while it is not known.
    pub total_bytes: Option<u64>,
}

/// Of all files that are being fetched.
#[derive(Debug, Default)]
pub(super) struct Progresses(Mutex<HashMap<AttachmentId, Progress>>);

/// A file under way whose progress is told. It is told as long as this lives.
pub(super) struct Watched<'a> {
    part: &'a mut PartFile,
    progresses: &'a Progresses,
    id: AttachmentId,
    now: Progress,
}

impl Progresses {
    pub(super) fn of(&self, id: AttachmentId) -> Option<Progress> {
        self.all().get(&id).copied()
    }

    fn all(&self) -> MutexGuard<'_, HashMap<AttachmentId, Progress>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<'a> Watched<'a> {
    pub(super) fn new(
        part: &'a mut PartFile,
        progresses: &'a Progresses,
        id: AttachmentId,
        begun: Progress,
    ) -> Self {
        let watched = Self {
            part,
            progresses,
            id,
            now: begun,
        };
        watched.tell();
        watched
    }

    fn tell(&self) {
        self.progresses.all().insert(self.id, self.now);
    }
}

impl Drop for Watched<'_> {
    fn drop(&mut self) {
        self.progresses.all().remove(&self.id);
    }
}

#[async_trait]
impl Target for Watched<'_> {
    async fn begin(&mut self, version: &Version) -> io::Result<()> {
        self.now.done_bytes = 0;
        self.now.total_bytes = version.total_bytes.or(self.now.total_bytes);
        self.tell();
        self.part.begin(version).await
    }

    async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.part.write(bytes).await?;
        let more = u64::try_from(bytes.len()).unwrap_or(0);
        self.now.done_bytes = self.now.done_bytes.saturating_add(more);
        self.tell();
        Ok(())
    }

    async fn finish(&mut self) -> io::Result<()> {
        self.part.finish().await
    }
}
