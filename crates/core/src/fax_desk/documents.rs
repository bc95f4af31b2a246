//! The documents of drafts: copied beside the store, so that the originals may vanish; looked at once; and drawn.

use super::pdf::{self, Turned};
use super::{file_names, kinds};
use crate::attachments::AttachmentError;
use crate::error::CoreError;
use crate::fax;
use crate::store::{FaxFileRecord, NewFaxFile, Store};
use domain::attachment::FaxPage;
use domain::fax::{FaxFileKind, MOST_BYTES};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::fs;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use uuid::Uuid;

const PIECE_BYTES: usize = 256 * 1024;

/// Where they are. Clones share the folder.
#[derive(Debug, Clone)]
pub(super) struct Documents {
    store: Store,
    folder: PathBuf,
    /// Held by whoever puts a file there until the store knows of it, and by the sweep alone.
    settled: Arc<tokio::sync::RwLock<()>>,
}

/// A document that is to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Source {
    pub(super) path: PathBuf,
    /// `None` takes the file's own.
    pub(super) name: Option<String>,
    /// It belongs to the message that the draft began with.
    pub(super) is_original: bool,
}

impl Documents {
    pub(super) fn new(store: Store, folder: PathBuf) -> Self {
        Self {
            store,
            folder,
            settled: Arc::default(),
        }
    }

    /// Nothing in the folder is swept as long as somebody holds this.
    pub(super) async fn hold(&self) -> tokio::sync::RwLockReadGuard<'_, ()> {
        self.settled.read().await
    }

    /// Copies a document and looks at it. What cannot be sent is kept in mind all the same, with the reason: whoever dropped
    /// it wants to know. To be called while [`Self::hold`] is held.
    pub(super) async fn copy(&self, source: &Source) -> Result<NewFaxFile, CoreError> {
        let given = source.name.clone().or_else(|| {
            source
                .path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
        });
        let now = self.store.clock().now();
        let file = Uuid::new_v4().to_string();
        let faulty = |name: String, size_bytes: u64, fault: String| NewFaxFile {
            file: file.clone(),
            file_name: name,
            content_type: "application/octet-stream".to_owned(),
            size_bytes,
            kind: FaxFileKind::ConvertedByRingCentral,
            pages: None,
            fault: Some(fault),
            is_original: source.is_original,
        };
        let plain_name = file_names::as_kept(given.as_deref(), "application/octet-stream", now);
        let content = match self.take_in(&source.path, &file).await? {
            Taken::All(content) => content,
            Taken::TooLarge(size) => {
                let fault = format!("“{plain_name}” is larger than the 50 MB that RingCentral takes.");
                return Ok(faulty(plain_name, size, fault));
            }
            Taken::Unreadable(error) => {
                tracing::info!(%error, "a document could not be added");
                let fault = if source.path.is_dir() {
                    format!("“{plain_name}” is a folder. Add the files in it.")
                } else {
                    format!("“{plain_name}” could not be read.")
                };
                return Ok(faulty(plain_name, 0, fault));
            }
        };
        let size_bytes = u64::try_from(content.len()).unwrap_or(u64::MAX);
        if content.is_empty() {
            let fault = format!("“{plain_name}” is empty.");
            return Ok(faulty(plain_name, 0, fault));
        }
        let Some(known) = kinds::of(&content, given.as_deref().unwrap_or_default()) else {
            let fault = format!(
                "“{plain_name}” is of a kind that RingCentral does not take. Save it as a PDF and add that."
            );
            return Ok(faulty(plain_name, size_bytes, fault));
        };
        let name = file_names::as_kept(given.as_deref(), known.content_type, now);
        let (pages, fault) = match pages_of(known.kind, &content).await {
            Ok(pages) => (pages, None),
            Err(why) => (None, Some(format!("“{name}” {why}"))),
        };
        Ok(NewFaxFile {
            file,
            file_name: name,
            content_type: known.content_type.to_owned(),
            size_bytes,
            kind: known.kind,
            pages,
            fault,
            is_original: source.is_original,
        })
    }

    /// Puts a document there that was made here; answers where it is.
    pub(super) async fn put(&self, content: &[u8]) -> Result<String, CoreError> {
        let file = Uuid::new_v4().to_string();
        let written = async {
            fs::create_dir_all(&self.folder).await?;
            let mut written = fs::File::create(self.folder.join(&file)).await?;
            written.write_all(content).await?;
            written.sync_all().await
        };
        written.await.map_err(not_kept)?;
        Ok(file)
    }

    /// The bytes of a file.
    pub(super) async fn read(&self, file: &str) -> Result<Vec<u8>, CoreError> {
        fs::read(self.folder.join(file))
            .await
            .map_err(|error| CoreError::store("The document could not be read on this computer.", error))
    }

    /// A page as PNG, not turned.
    pub(super) async fn draw(
        &self,
        file: &FaxFileRecord,
        index: u32,
        width_px: u32,
    ) -> Result<Vec<u8>, CoreError> {
        if let Some(fault) = &file.facts.fault {
            return Err(CoreError::Invalid(fault.clone()));
        }
        let content = self.read(&file.facts.file).await?;
        let one = [Turned {
            index,
            quarter_turns: 0,
        }];
        match file.facts.kind {
            FaxFileKind::Pdf | FaxFileKind::Tiff => fax::draw(content, index, width_px).await,
            FaxFileKind::Picture => {
                let made = away(move || pdf::picture(&content, &one)).await?;
                fax::draw(made, 0, width_px).await
            }
            FaxFileKind::Text => {
                let made = away(move || pdf::text(&content, &one)).await?;
                fax::draw(made, 0, width_px).await
            }
            FaxFileKind::ConvertedByRingCentral => Err(CoreError::Invalid(
                "RingCentral converts this document; its pages cannot be seen before.".to_owned(),
            )),
        }
    }

    /// A PDF of these pages of a document.
    pub(super) async fn cut(&self, file: &FaxFileRecord, chosen: Vec<Turned>) -> Result<Vec<u8>, CoreError> {
        let content = self.read(&file.facts.file).await?;
        let sizes = file.facts.pages.clone().unwrap_or_default();
        let kind = file.facts.kind;
        let made = match kind {
            FaxFileKind::Pdf => {
                let part = fax::PdfPart::Pages { pdf: content, chosen };
                fax::make_pdf(vec![part]).await
            }
            FaxFileKind::Tiff => self.cut_tiff(content, sizes, chosen).await,
            _ => {
                away(move || match kind {
                    FaxFileKind::Picture => pdf::picture(&content, &chosen),
                    FaxFileKind::Text => pdf::text(&content, &chosen),
                    FaxFileKind::Pdf | FaxFileKind::Tiff | FaxFileKind::ConvertedByRingCentral => {
                        Err(pdf::PdfError::NoSuchPage)
                    }
                })
                .await
            }
        };
        made.map_err(|error| {
            let words = format!(
                "The pages of “{}” cannot be taken apart. Send all of them in their order, or save it as another PDF.",
                file.facts.file_name
            );
            match error {
                CoreError::Store { source, .. } => CoreError::Store { message: words, source },
                other => other,
            }
        })
    }

    /// What is stored in a way that a PDF does not know, such as palettes or sixteen bits for a colour, is drawn dot by dot.
    async fn cut_tiff(
        &self,
        content: Vec<u8>,
        sizes: Vec<FaxPage>,
        chosen: Vec<Turned>,
    ) -> Result<Vec<u8>, CoreError> {
        let content = Arc::new(content);
        let (scanned, of, pages) = (Arc::clone(&content), sizes.clone(), chosen.clone());
        if let Ok(made) = away(move || pdf::scan(&scanned, &of, &pages)).await {
            return Ok(made);
        }
        let document = fax::Document::of_bytes(content.as_ref().clone());
        let mut parts = Vec::with_capacity(chosen.len());
        for one in chosen {
            let size = usize::try_from(one.index).ok().and_then(|index| sizes.get(index));
            parts.push(fax::PdfPart::Picture {
                png: fax::draw_own(&document, one.index).await?,
                size: *size.ok_or(CoreError::NotFound { what: "This page" })?,
                quarter_turns: one.quarter_turns,
            });
        }
        fax::make_pdf(parts).await
    }

    /// Deletes what no draft and no fax on its way needs any more.
    pub(super) async fn sweep(&self) -> Result<(), CoreError> {
        let _alone = self.settled.write().await;
        let needed = self.store.needed_fax_files().await?;
        let Ok(mut entries) = fs::read_dir(&self.folder).await else {
            return Ok(());
        };
        while let Ok(Some(entry)) = entries.next_entry().await {
            let name = entry.file_name().to_string_lossy().into_owned();
            if needed.contains(&name) {
                continue;
            }
            if let Err(error) = fs::remove_file(entry.path()).await {
                tracing::warn!(%error, "a document that was faxed could not be deleted");
            }
        }
        Ok(())
    }

    async fn take_in(&self, path: &Path, file: &str) -> Result<Taken, CoreError> {
        let mut original = match fs::File::open(path).await {
            Ok(original) => original,
            Err(error) => return Ok(Taken::Unreadable(error)),
        };
        match original.metadata().await {
            Ok(metadata) if metadata.is_dir() => {
                return Ok(Taken::Unreadable(io::Error::from(io::ErrorKind::IsADirectory)));
            }
            Ok(metadata) if metadata.len() > MOST_BYTES => return Ok(Taken::TooLarge(metadata.len())),
            Ok(_) => {}
            Err(error) => return Ok(Taken::Unreadable(error)),
        }
        // It may grow while it is read, or be something that never ends.
        let mut content = Vec::new();
        let mut piece = vec![0; PIECE_BYTES];
        loop {
            let count = match original.read(&mut piece).await {
                Ok(0) => break,
                Ok(count) => count,
                Err(error) => return Ok(Taken::Unreadable(error)),
            };
            content.extend_from_slice(piece.get(..count).unwrap_or_default());
            let size = u64::try_from(content.len()).unwrap_or(u64::MAX);
            if size > MOST_BYTES {
                return Ok(Taken::TooLarge(size));
            }
        }
        let written = async {
            fs::create_dir_all(&self.folder).await?;
            let mut copy = fs::File::create(self.folder.join(file)).await?;
            copy.write_all(&content).await?;
            copy.sync_all().await
        };
        written.await.map_err(not_kept)?;
        Ok(Taken::All(content))
    }
}

enum Taken {
    All(Vec<u8>),
    TooLarge(u64),
    Unreadable(io::Error),
}

/// The sizes of the pages; `None` when only RingCentral can tell. An error ends a sentence that begins with the file's name.
async fn pages_of(kind: FaxFileKind, content: &[u8]) -> Result<Option<Vec<FaxPage>>, &'static str> {
    let content = content.to_vec();
    match kind {
        FaxFileKind::ConvertedByRingCentral => Ok(None),
        FaxFileKind::Pdf => {
            let is_protected = content.windows(8).any(|eight| eight == b"/Encrypt");
            fax::pages(content).await.map(Some).map_err(|error| {
                tracing::info!(%error, "a PDF cannot be sent");
                if is_protected {
                    "is protected with a password. Save it without one and add it again."
                } else {
                    "is damaged and cannot be read. Save it anew as a PDF and add it again."
                }
            })
        }
        FaxFileKind::Tiff => fax::pages(content).await.map(Some).map_err(|error| {
            tracing::info!(%error, "a TIFF cannot be sent");
            "is damaged, or stored in a way that cannot be read. Save it as a PDF and add that."
        }),
        FaxFileKind::Picture => away(move || pdf::size_of(&content))
            .await
            .map(|dots| Some(vec![pdf::fitted(dots)]))
            .map_err(|_| "is damaged or too large a picture. Save it anew and add it again."),
        FaxFileKind::Text => {
            let pages = tokio::task::spawn_blocking(move || pdf::decoded(&content).len()).await;
            match pages {
                Ok(0) | Err(_) => Err("has no words in it."),
                Ok(count) => Ok(Some(vec![pdf::LETTER; count])),
            }
        }
    }
}

/// Runs on a thread that may be busy. What makes it panic is a damaged document, no more.
pub(super) async fn away<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, pdf::PdfError> + Send + 'static,
) -> Result<T, CoreError> {
    let words = "The document is damaged and cannot be used.";
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err(CoreError::store(words, error)),
        Err(panicked) => Err(CoreError::store(words, panicked)),
    }
}

fn not_kept(error: io::Error) -> CoreError {
    AttachmentError::disk("The document could not be kept on this computer.", error).into()
}
