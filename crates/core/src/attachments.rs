//! The files that hang on communications: fetched when somebody wants them, then kept beside the store.
//!
//! A file is complete or it is not there: it is downloaded under another name, written through to the disk and renamed. A
//! download that breaks is gone on with the next time, in another life of the program too. What a file holds is not looked at.
//! Transcripts are the synchronisation's, as they become searchable text.

mod error;
pub mod file_name;
mod part_file;
mod progress;

pub use error::AttachmentError;
pub use progress::Progress;

use crate::error::CoreError;
use crate::store::{Store, StoreError, StoredAttachment};
use domain::ids::AttachmentId;
use part_file::PartFile;
use progress::{Progresses, Watched};
use ringcentral::media::Download;
use ringcentral::{Client, Priority};
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::fs;
use tokio::io::AsyncWriteExt;

/// Larger than anything RingCentral stores: a fax has at most 50 MB.
const LARGEST_BYTES: u64 = 64 * 1024 * 1024;
/// After so many files of one name something else is wrong.
const MOST_COPIES: u32 = 999;

/// The cached files of one account. Clones share it.
#[derive(Debug, Clone)]
pub struct Attachments(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    store: Store,
    folder: PathBuf,
    /// Whoever fetches a file holds its lock, so that two who want it fetch it once.
    fetching: Mutex<HashMap<AttachmentId, Arc<tokio::sync::Mutex<()>>>>,
    progresses: Progresses,
}

impl Attachments {
    /// The files in `folder`, which need not exist yet.
    pub fn new(store: Store, folder: PathBuf) -> Self {
        Self(Arc::new(Shared {
            store,
            folder,
            fetching: Mutex::default(),
            progresses: Progresses::default(),
        }))
    }

    /// The bytes of an attachment; fetched with `client` when they are not here.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when it is not here and nobody is signed in, [`CoreError::Offline`] and other
    /// errors of the server when it cannot be fetched, [`CoreError::Store`] when the disk fails.
    pub async fn read(&self, client: Option<&Client>, id: AttachmentId) -> Result<Vec<u8>, CoreError> {
        let (_, path) = self.fetched(client, id, Priority::Interactive).await?;
        fs::read(&path)
            .await
            .map_err(|error| disk_error("The file could not be read.", error))
    }

    /// Copies an attachment into `downloads` under its own name, or with a number when that is taken. Nothing is ever
    /// overwritten.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub async fn save(
        &self,
        client: Option<&Client>,
        id: AttachmentId,
        downloads: &Path,
    ) -> Result<PathBuf, CoreError> {
        let (attachment, cached) = self.fetched(client, id, Priority::Interactive).await?;
        let words = "The file could not be saved in the download folder.";
        fs::create_dir_all(downloads)
            .await
            .map_err(|error| disk_error(words, error))?;
        let content = fs::read(&cached)
            .await
            .map_err(|error| disk_error("The file could not be read.", error))?;
        // The name in the store was made safe when it came; what was made by an older version is made safe again.
        let name = file_name::safe(
            Some(&attachment.file_name),
            attachment.kind,
            &attachment.content_type,
            self.0.store.clock().now(),
        );
        write_new(downloads, &name, &content)
            .await
            .map_err(|error| disk_error(words, error))
    }

    /// The file of an attachment on this computer; fetched with `client` when it is not here.
    ///
    /// # Errors
    /// [`AttachmentError`] when it cannot be fetched or stored; what has arrived by then is gone on with the next time.
    pub async fn fetched(
        &self,
        client: Option<&Client>,
        id: AttachmentId,
        priority: Priority,
    ) -> Result<(StoredAttachment, PathBuf), AttachmentError> {
        let lock = self.lock_of(id);
        let outcome = {
            let _turn = lock.lock().await;
            self.fetched_alone(client, id, priority).await
        };
        drop(lock);
        self.fetching().retain(|_, lock| Arc::strong_count(lock) > 1);
        outcome
    }

    /// How far a file is that is being fetched; `None` when it is not.
    pub fn progress(&self, id: AttachmentId) -> Option<Progress> {
        self.0.progresses.of(id)
    }

    /// Deletes files whose attachments are gone, and what was begun of those that nobody can go on with.
    pub async fn sweep(&self) -> Result<(), CoreError> {
        self.delete_orphans().await?;
        self.delete_lost_parts().await;
        Ok(())
    }

    /// Deletes files whose attachments are gone.
    pub async fn delete_orphans(&self) -> Result<(), StoreError> {
        let orphaned = self.0.store.orphaned_files().await?;
        let mut deleted = Vec::new();
        for file in orphaned {
            match part_file::remove(&self.0.folder.join(&file)).await {
                Ok(()) => deleted.push(file),
                Err(error) => tracing::warn!(%error, "a file that is no longer needed could not be deleted"),
            }
        }
        if !deleted.is_empty() {
            self.0.store.forget_orphaned_files(&deleted).await?;
        }
        Ok(())
    }

    async fn fetched_alone(
        &self,
        client: Option<&Client>,
        id: AttachmentId,
        priority: Priority,
    ) -> Result<(StoredAttachment, PathBuf), AttachmentError> {
        let attachment = self.0.store.attachment(id).await?;
        if let Some(file) = &attachment.cached_file {
            let path = self.0.folder.join(file);
            // Somebody may have tidied up the folder.
            if fs::try_exists(&path).await.unwrap_or(false) {
                return Ok((attachment, path));
            }
        }
        let client = client.ok_or(AttachmentError::SignInRequired)?;
        let path = self.fetch(client, &attachment, priority).await?;
        Ok((attachment, path))
    }

    async fn fetch(
        &self,
        client: &Client,
        attachment: &StoredAttachment,
        priority: Priority,
    ) -> Result<PathBuf, AttachmentError> {
        let not_stored = |error| AttachmentError::disk("The file could not be stored.", error);
        fs::create_dir_all(&self.0.folder).await.map_err(not_stored)?;
        let name = format!("{}-{}", attachment.id, attachment.file_name);
        let path = self.0.folder.join(&name);
        let mut part = PartFile::open(&self.0.folder, attachment.id)
            .await
            .map_err(not_stored)?;
        let options = Download {
            resume_from_byte: part.received_bytes(),
            version: part.version().clone(),
            ..Download::new(LARGEST_BYTES, priority)
        };
        let begun = Progress {
            done_bytes: part.received_bytes(),
            total_bytes: part.version().total_bytes.or(attachment.size_bytes),
        };
        let mut watched = Watched::new(&mut part, &self.0.progresses, attachment.id, begun);
        let downloaded = client
            .message_store()
            .content(&attachment.uri, &options, &mut watched)
            .await;
        drop(watched);
        let downloaded = match downloaded {
            Ok(downloaded) => downloaded,
            Err(error) => {
                part.interrupt().await;
                return Err(error.into());
            }
        };
        part.become_file(&path).await.map_err(not_stored)?;
        self.0
            .store
            .set_cached_file(attachment.id, Some((&name, downloaded.total_bytes)))
            .await?;
        Ok(path)
    }

    async fn delete_lost_parts(&self) {
        let Ok(mut entries) = fs::read_dir(&self.0.folder).await else {
            return;
        };
        while let Ok(Some(entry)) = entries.next_entry().await {
            let Some(id) = part_file::attachment_of(&entry.file_name().to_string_lossy()) else {
                continue;
            };
            let is_lost = match self.0.store.attachment(id).await {
                Ok(attachment) => attachment.cached_file.is_some(),
                Err(error) => matches!(error, StoreError::NotFound { .. }),
            };
            if is_lost {
                let _ = part_file::remove(&entry.path()).await;
            }
        }
    }

    fn lock_of(&self, id: AttachmentId) -> Arc<tokio::sync::Mutex<()>> {
        Arc::clone(self.fetching().entry(id).or_default())
    }

    fn fetching(&self) -> std::sync::MutexGuard<'_, HashMap<AttachmentId, Arc<tokio::sync::Mutex<()>>>> {
        self.0.fetching.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Writes a file that did not exist before.
pub(crate) async fn write_new(folder: &Path, name: &str, content: &[u8]) -> io::Result<PathBuf> {
    let (file, path) = create_new(folder, name)?;
    let mut file = fs::File::from_std(file);
    let written = async {
        file.write_all(content).await?;
        file.sync_all().await
    };
    if let Err(error) = written.await {
        let _ = fs::remove_file(&path).await;
        return Err(error);
    }
    Ok(path)
}

/// Makes a file that did not exist before, under another name when this one is taken.
pub(crate) fn create_new(folder: &Path, name: &str) -> io::Result<(std::fs::File, PathBuf)> {
    for copy in 1..=MOST_COPIES {
        let path = if copy == 1 {
            folder.join(name)
        } else {
            folder.join(file_name::numbered(name, copy))
        };
        match std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)
        {
            Ok(file) => return Ok((file, path)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::from(io::ErrorKind::AlreadyExists))
}

fn disk_error(message: &'static str, error: io::Error) -> CoreError {
    AttachmentError::disk(message, error).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_saved_file_never_overwrites_another() {
        let folder = tempfile::tempdir().unwrap();
        let first = write_new(folder.path(), "Bid.pdf", b"one").await.unwrap();
        let second = write_new(folder.path(), "Bid.pdf", b"two").await.unwrap();
        assert_eq!(second.file_name().unwrap(), "Bid (2).pdf");
        assert_eq!(std::fs::read(first).unwrap(), b"one");
        assert_eq!(std::fs::read(second).unwrap(), b"two");
    }
}
