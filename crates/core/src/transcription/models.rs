//! Models for transcription on this computer: which there are, which are here, and getting them here.
//!
//! A model is a file in one folder, shared by all accounts. It is complete or it is not there: it arrives under another
//! name, is compared with the sum that the catalogue knows, written through to the disk and renamed. Which one is used is a
//! setting and not decided here.

mod catalogue;
mod download;
mod ggml;

pub use catalogue::{CATALOGUE, CatalogueEntry};
pub use download::check_address;
pub use ggml::check_file;

use crate::change_feed::ChangeFeed;
use crate::error::CoreError;
use domain::event::CoreEvent;
use domain::transcription::{ModelState, SpeechModel, TranscriptionSettings};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio_util::sync::CancellationToken;

/// Ends the name of a model that has not arrived completely.
const UNFINISHED: &str = ".part";

/// The models of this computer. Clones share them.
#[derive(Debug, Clone)]
pub struct Models(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    folder: PathBuf,
    catalogue: Vec<CatalogueEntry>,
    changes: ChangeFeed,
    free_space: fn(&Path) -> std::io::Result<u64>,
    downloads: Mutex<HashMap<String, Download>>,
}

#[derive(Debug)]
enum Download {
    Running {
        received_bytes: u64,
        cancelled: CancellationToken,
    },
    /// It ended in this run of the program, for this reason.
    Ended { reason: Option<String> },
}

/// The place of a model on this computer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelFile {
    pub file: PathBuf,
    /// What a person calls it.
    pub name: String,
}

impl Models {
    /// The models in `folder`, which need not exist yet.
    pub fn new(folder: PathBuf, changes: ChangeFeed) -> Self {
        Self::with_catalogue(folder, changes, CATALOGUE.to_vec())
    }

    pub(super) fn with_catalogue(
        folder: PathBuf,
        changes: ChangeFeed,
        catalogue: Vec<CatalogueEntry>,
    ) -> Self {
        Self::with_free_space(folder, changes, catalogue, |folder| fs4::available_space(folder))
    }

    pub(super) fn with_free_space(
        folder: PathBuf,
        changes: ChangeFeed,
        catalogue: Vec<CatalogueEntry>,
        free_space: fn(&Path) -> std::io::Result<u64>,
    ) -> Self {
        Self(Arc::new(Shared {
            folder,
            catalogue,
            changes,
            free_space,
            downloads: Mutex::default(),
        }))
    }

    /// The catalogue, and how far each of it is here.
    pub fn list(&self) -> Vec<SpeechModel> {
        let catalogue = self.0.catalogue.iter();
        catalogue
            .map(|entry| SpeechModel {
                name: entry.name.to_owned(),
                words: entry.words.to_owned(),
                size_bytes: entry.size_bytes,
                state: self.state(entry),
            })
            .collect()
    }

    /// The file of the model that the settings name.
    ///
    /// # Errors
    /// Plain language, when there is none.
    pub fn chosen(&self, settings: &TranscriptionSettings) -> Result<ModelFile, String> {
        let model = settings.model.trim();
        if model.is_empty() {
            return Err("No speech model is on this computer. Download one in the settings.".to_owned());
        }
        let (file, name) = match self.entry(model) {
            Some(entry) => (self.file(entry), entry.name.to_owned()),
            None => {
                let file = PathBuf::from(model);
                let name = file
                    .file_stem()
                    .map_or_else(|| model.to_owned(), |name| name.to_string_lossy().into_owned());
                (file, name)
            }
        };
        if !file.is_file() {
            return Err(format!(
                "The speech model {name} is not on this computer any more. Download it in the settings, or choose another."
            ));
        }
        Ok(ModelFile { file, name })
    }

    /// Deletes a model, or what has arrived of it. A download of it is stopped.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] for a name that the catalogue does not know, [`CoreError::Store`] when the disk refuses.
    pub async fn delete(&self, name: &str) -> Result<(), CoreError> {
        let entry = self.known(name)?;
        self.cancel(name);
        for file in [self.file(entry), self.unfinished(entry)] {
            match tokio::fs::remove_file(&file).await {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(CoreError::store("The speech model could not be deleted.", error));
                }
                _ => {}
            }
        }
        self.downloads().remove(name);
        self.changed();
        Ok(())
    }

    /// Stops a download; what has arrived stays.
    pub fn cancel(&self, name: &str) {
        if let Some(Download::Running { cancelled, .. }) = self.downloads().get(name) {
            cancelled.cancel();
        }
    }

    /// Stops all downloads, as the program ends.
    pub fn cancel_all(&self) {
        for download in self.downloads().values() {
            if let Download::Running { cancelled, .. } = download {
                cancelled.cancel();
            }
        }
    }

    fn state(&self, entry: &CatalogueEntry) -> ModelState {
        let received_bytes = || {
            std::fs::metadata(self.unfinished(entry))
                .map(|file| file.len())
                .ok()
        };
        match self.downloads().get(entry.name) {
            Some(Download::Running { received_bytes, .. }) => {
                return ModelState::Downloading {
                    received_bytes: *received_bytes,
                };
            }
            Some(Download::Ended { reason: Some(reason) }) if !self.file(entry).is_file() => {
                return ModelState::Interrupted {
                    received_bytes: received_bytes().unwrap_or(0),
                    reason: Some(reason.clone()),
                };
            }
            _ => {}
        }
        if self.file(entry).is_file() {
            return ModelState::Here;
        }
        match received_bytes() {
            Some(received_bytes) => ModelState::Interrupted {
                received_bytes,
                reason: None,
            },
            None => ModelState::NotHere,
        }
    }

    fn entry(&self, name: &str) -> Option<&CatalogueEntry> {
        self.0.catalogue.iter().find(|entry| entry.name == name)
    }

    fn known(&self, name: &str) -> Result<&CatalogueEntry, CoreError> {
        self.entry(name).ok_or(CoreError::NotFound {
            what: "This speech model",
        })
    }

    fn file(&self, entry: &CatalogueEntry) -> PathBuf {
        self.0.folder.join(entry.file_name())
    }

    fn unfinished(&self, entry: &CatalogueEntry) -> PathBuf {
        self.0.folder.join(format!("{}{UNFINISHED}", entry.file_name()))
    }

    fn downloads(&self) -> MutexGuard<'_, HashMap<String, Download>> {
        self.0.downloads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn changed(&self) {
        self.0.changes.announce(CoreEvent::TranscriptionChanged);
    }
}
