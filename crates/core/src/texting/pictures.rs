//! Files that go along with texts: beside the store until the text that carries them is settled.

use crate::attachments::file_name;
use crate::error::CoreError;
use crate::store::{JobFile, Store};
use domain::attachment::AttachmentKind;
use domain::ids::PictureId;
use domain::outgoing::Picture;
use std::io;
use std::path::{Path, PathBuf};
use tokio::fs;
use tokio::io::AsyncWriteExt;
use uuid::Uuid;

/// Where they are. Clones share the folder.
#[derive(Debug, Clone)]
pub(super) struct Pictures {
    store: Store,
    folder: PathBuf,
}

impl Pictures {
    pub(super) fn new(store: Store, folder: PathBuf) -> Self {
        Self { store, folder }
    }

    /// Keeps a file for the draft of a thread. It is on the disk before the store knows of it.
    pub(super) async fn add(
        &self,
        thread: &str,
        given_name: &str,
        content_type: &str,
        content: &[u8],
    ) -> Result<Picture, CoreError> {
        let now = self.store.clock().now();
        let file = JobFile {
            file: Uuid::new_v4().to_string(),
            file_name: file_name::safe(Some(given_name), AttachmentKind::Media, content_type, now),
            content_type: content_type.to_owned(),
            size_bytes: u64::try_from(content.len()).unwrap_or(u64::MAX),
        };
        write(&self.folder, &file.file, content)
            .await
            .map_err(|error| CoreError::store("The file could not be kept on this computer.", error))?;
        Ok(self.store.add_picture(thread, &file).await?)
    }

    pub(super) async fn remove(&self, thread: &str, id: PictureId) -> Result<(), CoreError> {
        if let Some(file) = self.store.remove_picture(thread, id).await? {
            self.delete(&file).await;
        }
        Ok(())
    }

    /// Deletes what no draft and no text on its way needs any more.
    pub(super) async fn sweep(&self) -> Result<(), CoreError> {
        for file in self.store.take_settled_files().await? {
            self.delete(&file).await;
        }
        Ok(())
    }

    async fn delete(&self, file: &str) {
        match fs::remove_file(self.folder.join(file)).await {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                tracing::warn!(%error, "a file that was sent could not be deleted");
            }
            _ => {}
        }
    }
}

async fn write(folder: &Path, file: &str, content: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder).await?;
    let mut written = fs::File::create(folder.join(file)).await?;
    written.write_all(content).await?;
    written.sync_all().await
}
