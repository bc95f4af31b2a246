//! The files that hang on communications: fetched when somebody wants them, then kept beside the store.
//!
//! A file is complete or it is not there: it is downloaded under another name, written through to the disk and
//! renamed. What a file holds is not looked at. Transcripts are the synchronisation's, as they become searchable text.

pub mod file_name;

use crate::error::CoreError;
use crate::store::{Store, StoredAttachment};
use domain::ids::AttachmentId;
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
/// Ends the name of a file that is still being downloaded.
const UNFINISHED: &str = ".part";
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
}

impl Attachments {
    /// The files in `folder`, which need not exist yet.
    pub fn new(store: Store, folder: PathBuf) -> Self {
        Self(Arc::new(Shared {
            store,
            folder,
            fetching: Mutex::default(),
        }))
    }

    /// The bytes of an attachment; fetched with `client` when they are not here.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when it is not here and nobody is signed in, [`CoreError::Offline`] and other
    /// errors of the server when it cannot be fetched, [`CoreError::Store`] when the disk fails.
    pub async fn read(&self, client: Option<&Client>, id: AttachmentId) -> Result<Vec<u8>, CoreError> {
        let (_, path) = self.cached(client, id).await?;
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
        let (attachment, cached) = self.cached(client, id).await?;
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

    /// Deletes files whose attachments are gone, and downloads that a crash left unfinished.
    pub async fn sweep(&self) -> Result<(), CoreError> {
        let orphaned = self.0.store.orphaned_files().await?;
        let mut deleted = Vec::new();
        for file in orphaned {
            match fs::remove_file(self.0.folder.join(&file)).await {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    tracing::warn!(%error, "a file that is no longer needed could not be deleted");
                }
                _ => deleted.push(file),
            }
        }
        if !deleted.is_empty() {
            self.0.store.forget_orphaned_files(&deleted).await?;
        }
        self.delete_unfinished().await;
        Ok(())
    }

    async fn cached(
        &self,
        client: Option<&Client>,
        id: AttachmentId,
    ) -> Result<(StoredAttachment, PathBuf), CoreError> {
        let lock = self.lock_of(id);
        let outcome = {
            let _turn = lock.lock().await;
            self.cached_alone(client, id).await
        };
        drop(lock);
        self.fetching().retain(|_, lock| Arc::strong_count(lock) > 1);
        outcome
    }

    async fn cached_alone(
        &self,
        client: Option<&Client>,
        id: AttachmentId,
    ) -> Result<(StoredAttachment, PathBuf), CoreError> {
        let attachment = self.0.store.attachment(id).await?;
        if let Some(file) = &attachment.cached_file {
            let path = self.0.folder.join(file);
            // Somebody may have tidied up the folder.
            if fs::try_exists(&path).await.unwrap_or(false) {
                return Ok((attachment, path));
            }
        }
        let client = client.ok_or(CoreError::SignInRequired)?;
        let path = self.fetch(client, &attachment).await?;
        Ok((attachment, path))
    }

    async fn fetch(&self, client: &Client, attachment: &StoredAttachment) -> Result<PathBuf, CoreError> {
        let words = "The file could not be stored. The disk may be full.";
        fs::create_dir_all(&self.0.folder)
            .await
            .map_err(|error| disk_error(words, error))?;
        let name = format!("{}-{}", attachment.id, attachment.file_name);
        let path = self.0.folder.join(&name);
        let unfinished = Unfinished(self.0.folder.join(format!("{}{UNFINISHED}", attachment.id)));
        let mut file = fs::File::create(&unfinished.0)
            .await
            .map_err(|error| disk_error(words, error))?;
        let options = Download::new(LARGEST_BYTES, Priority::Interactive);
        let downloaded = client
            .message_store()
            .content(&attachment.uri, &options, &mut file)
            .await?;
        file.sync_all().await.map_err(|error| disk_error(words, error))?;
        drop(file);
        fs::rename(&unfinished.0, &path)
            .await
            .map_err(|error| disk_error(words, error))?;
        self.0
            .store
            .set_cached_file(attachment.id, Some((&name, downloaded.total_bytes)))
            .await?;
        Ok(path)
    }

    async fn delete_unfinished(&self) {
        let Ok(mut entries) = fs::read_dir(&self.0.folder).await else {
            return;
        };
        while let Ok(Some(entry)) = entries.next_entry().await {
            if entry.file_name().to_string_lossy().ends_with(UNFINISHED) {
                let _ = fs::remove_file(entry.path()).await;
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

/// A file that goes when it was not renamed, whatever the reason.
struct Unfinished(PathBuf);

impl Drop for Unfinished {
    fn drop(&mut self) {
        // After a rename there is nothing left to remove.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Writes a file that did not exist before.
pub(crate) async fn write_new(folder: &Path, name: &str, content: &[u8]) -> io::Result<PathBuf> {
    for copy in 1..=MOST_COPIES {
        let path = if copy == 1 {
            folder.join(name)
        } else {
            folder.join(file_name::numbered(name, copy))
        };
        let mut file = match fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)
            .await
        {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
            Err(error) => return Err(error),
        };
        let written = async {
            file.write_all(content).await?;
            file.sync_all().await
        };
        if let Err(error) = written.await {
            let _ = fs::remove_file(&path).await;
            return Err(error);
        }
        return Ok(path);
    }
    Err(io::Error::from(io::ErrorKind::AlreadyExists))
}

fn disk_error(message: &str, error: io::Error) -> CoreError {
    CoreError::store(message, error)
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
