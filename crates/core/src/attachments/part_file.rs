//! A file that is still being downloaded, and what is needed to go on with it in another life of the program.
//!
//! Beside the bytes stands a note that says of which content they are. It is written before the first byte, so bytes without
//! a note, or with one that cannot be read, are begun anew.

use async_trait::async_trait;
use domain::ids::AttachmentId;
use ringcentral::media::{Target, Version};
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};
use tokio::fs;
use tokio::io::AsyncWriteExt;

/// Ends the name of a file that is still being downloaded.
const UNFINISHED: &str = ".part";
/// Ends the name of what is known of it.
const NOTE: &str = ".part.json";

/// The file under way of one attachment.
#[derive(Debug)]
pub(super) struct PartFile {
    path: PathBuf,
    note: PathBuf,
    file: fs::File,
    received_bytes: u64,
    version: Version,
}

#[derive(Debug, Serialize, Deserialize)]
struct Note {
    etag: Option<String>,
    total_bytes: Option<u64>,
}

impl PartFile {
    /// Goes on with what is there, or begins.
    pub(super) async fn open(folder: &Path, id: AttachmentId) -> io::Result<Self> {
        let path = folder.join(format!("{id}{UNFINISHED}"));
        let note = folder.join(format!("{id}{NOTE}"));
        let version = match fs::read(&note).await {
            Ok(text) => serde_json::from_slice::<Note>(&text).ok().map(|note| Version {
                etag: note.etag,
                total_bytes: note.total_bytes,
            }),
            Err(_) => None,
        };
        let file = fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(&path)
            .await?;
        if version.is_none() {
            file.set_len(0).await?;
        }
        let received_bytes = file.metadata().await?.len();
        Ok(Self {
            path,
            note,
            file,
            received_bytes,
            version: version.unwrap_or_default(),
        })
    }

    /// Bytes that are here already.
    pub(super) fn received_bytes(&self) -> u64 {
        self.received_bytes
    }

    /// Of which content they are.
    pub(super) fn version(&self) -> &Version {
        &self.version
    }

    /// Gives the complete file its name.
    pub(super) async fn become_file(self, path: &Path) -> io::Result<()> {
        fs::rename(&self.path, path).await?;
        remove(&self.note).await
    }

    /// Puts it away. Without a length or a tag there would be no telling whether it can be gone on with.
    pub(super) async fn interrupt(self) {
        let can_go_on = self.version.etag.is_some() || self.version.total_bytes.is_some();
        let is_begun = self
            .file
            .metadata()
            .await
            .is_ok_and(|metadata| metadata.len() > 0);
        if !(can_go_on && is_begun) {
            let _ = remove(&self.path).await;
            let _ = remove(&self.note).await;
        }
    }
}

#[async_trait]
impl Target for PartFile {
    async fn begin(&mut self, version: &Version) -> io::Result<()> {
        self.file.set_len(0).await?;
        self.version = version.clone();
        let note = Note {
            etag: version.etag.clone(),
            total_bytes: version.total_bytes,
        };
        fs::write(&self.note, serde_json::to_vec(&note)?).await
    }

    async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes).await?;
        // What the runtime still holds would be lost when the program is killed.
        self.file.flush().await
    }

    async fn finish(&mut self) -> io::Result<()> {
        self.file.sync_all().await
    }
}

/// The attachment that a file in the folder is a part of, if it is one.
pub(super) fn attachment_of(file_name: &str) -> Option<AttachmentId> {
    let id = file_name
        .strip_suffix(NOTE)
        .or_else(|| file_name.strip_suffix(UNFINISHED))?;
    id.parse().ok().map(AttachmentId)
}

pub(super) async fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path).await {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
