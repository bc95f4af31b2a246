//! Getting a model here: on from where it stopped, within the room that is left, and never used before its sum is right.

use super::catalogue::DEFAULT_ADDRESS;
use super::{CatalogueEntry, Download, Models};
use crate::error::CoreError;
use crate::transcription::courier;
use reqwest::StatusCode;
use reqwest::header::{CONTENT_RANGE, RANGE};
use sha2::{Digest, Sha256};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::fs;
use tokio::io::AsyncWriteExt;
use tokio_util::sync::CancellationToken;
use url::Url;

/// Left over for everything else on the disk.
const SPARE_BYTES: u64 = 200 * 1024 * 1024;

/// A server that sends nothing for so long has gone.
const PATIENCE: Duration = Duration::from_secs(30);

/// The window hears of progress each time so much more of a model is here.
const PERCENT_PER_EVENT: u64 = 1;

/// Why a model is not here. Plain language.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("It was stopped.")]
    Cancelled,
    #[error("The server cannot be reached, or the connection broke off. What has arrived is kept.")]
    Connection(#[source] reqwest::Error),
    #[error("The server does not have this model at this address ({0}).")]
    Refused(StatusCode),
    #[error("There is not enough room on the disk: {needed_mb} MB more are needed.")]
    NoRoom { needed_mb: u64 },
    #[error("The file could not be written. The disk may be full.")]
    Disk(#[source] io::Error),
    #[error(
        "What arrived is not the model that was published: its SHA-256 sum is another. It was deleted; download it again."
    )]
    WrongSum,
    #[error("{0}")]
    Address(String),
}

impl Models {
    /// Downloads a model, or goes on with it, and answers when it is here. Only one download of each runs.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] for an unknown name, [`CoreError::Cancelled`], [`CoreError::Store`] in words otherwise; what
    /// has arrived stays.
    pub async fn download(&self, name: &str, address: &str) -> Result<(), CoreError> {
        let entry = self.known(name)?.clone();
        let cancelled = CancellationToken::new();
        {
            let mut downloads = self.downloads();
            if let Some(Download::Running { .. }) = downloads.get(name) {
                return Err(CoreError::Invalid("It is being downloaded already.".to_owned()));
            }
            let running = Download::Running {
                received_bytes: 0,
                cancelled: cancelled.clone(),
            };
            downloads.insert(name.to_owned(), running);
        }
        // Whatever happens to this future, the download does not look as if it ran for ever.
        let mut ended = Ended {
            models: self,
            name,
            reason: None,
        };
        self.changed();
        let outcome = self.fetch(&entry, address, &cancelled).await;
        if let Err(failure) = &outcome
            && !matches!(failure, Failure::Cancelled)
        {
            tracing::info!(error = %failure, "a speech model could not be downloaded");
            ended.reason = Some(failure.to_string());
        }
        drop(ended);
        outcome.map_err(|failure| match failure {
            Failure::Cancelled => CoreError::Cancelled,
            failure => CoreError::store(failure.to_string(), failure),
        })
    }

    async fn fetch(
        &self,
        entry: &CatalogueEntry,
        address: &str,
        cancelled: &CancellationToken,
    ) -> Result<(), Failure> {
        let url = address_of(entry, address).map_err(Failure::Address)?;
        fs::create_dir_all(&self.0.folder).await.map_err(Failure::Disk)?;
        let unfinished = self.unfinished(entry);
        let held = fs::metadata(&unfinished).await.map_or(0, |file| file.len());
        self.check_room(entry.size_bytes.saturating_sub(held))?;
        if held < entry.size_bytes {
            tokio::select! {
                () = cancelled.cancelled() => return Err(Failure::Cancelled),
                received = self.receive(entry, url, &unfinished, held) => received?,
            }
        }
        let (file, expected) = (unfinished.clone(), entry.sha256);
        let is_right = tokio::task::spawn_blocking(move || sum_of(&file).map(|sum| sum == expected))
            .await
            .map_err(|error| Failure::Disk(io::Error::other(error)))?
            .map_err(Failure::Disk)?;
        if !is_right {
            fs::remove_file(&unfinished).await.map_err(Failure::Disk)?;
            return Err(Failure::WrongSum);
        }
        fs::rename(&unfinished, self.file(entry))
            .await
            .map_err(Failure::Disk)
    }

    async fn receive(
        &self,
        entry: &CatalogueEntry,
        url: Url,
        unfinished: &Path,
        held: u64,
    ) -> Result<(), Failure> {
        let http = reqwest::Client::builder()
            .connect_timeout(PATIENCE)
            .read_timeout(PATIENCE)
            .build()
            .map_err(Failure::Connection)?;
        let mut request = http.get(url);
        if held > 0 {
            request = request.header(RANGE, format!("bytes={held}-"));
        }
        let mut response = request
            .send()
            .await
            .map_err(|error| Failure::Connection(error.without_url()))?;
        let goes_on = response.status() == StatusCode::PARTIAL_CONTENT && starts_at(&response) == Some(held);
        if !goes_on && response.status() != StatusCode::OK {
            return Err(Failure::Refused(response.status()));
        }
        // A server that does not know ranges begins anew.
        let mut received = if goes_on { held } else { 0 };
        let mut file = fs::OpenOptions::new()
            .create(true)
            .write(true)
            .append(goes_on)
            .truncate(!goes_on)
            .open(unfinished)
            .await
            .map_err(Failure::Disk)?;
        self.progress(entry.name, received, true);
        let mut told = received;
        let arrived = loop {
            match response.chunk().await {
                Ok(Some(chunk)) => {
                    received = received.saturating_add(chunk.len() as u64);
                    if received > entry.size_bytes {
                        break Ok(());
                    }
                    file.write_all(&chunk).await.map_err(Failure::Disk)?;
                    let is_news = received - told >= entry.size_bytes / 100 * PERCENT_PER_EVENT;
                    if is_news {
                        told = received;
                    }
                    self.progress(entry.name, received, is_news);
                }
                Ok(None) => break Ok(()),
                Err(error) => break Err(Failure::Connection(error.without_url())),
            }
        };
        file.flush().await.map_err(Failure::Disk)?;
        file.sync_all().await.map_err(Failure::Disk)?;
        arrived
    }

    fn check_room(&self, wanted: u64) -> Result<(), Failure> {
        // A system that does not say how much is free is not argued with: writing will tell.
        let Ok(free) = (self.0.free_space)(&self.0.folder) else {
            return Ok(());
        };
        let missing = wanted.saturating_add(SPARE_BYTES).saturating_sub(free);
        if missing == 0 {
            return Ok(());
        }
        Err(Failure::NoRoom {
            needed_mb: missing.div_ceil(1_000_000),
        })
    }

    fn progress(&self, name: &str, received: u64, is_news: bool) {
        if let Some(Download::Running { received_bytes, .. }) = self.downloads().get_mut(name) {
            *received_bytes = received;
        }
        if is_news {
            self.changed();
        }
    }
}

/// Notes that a download is over, also when it was dropped.
struct Ended<'a> {
    models: &'a Models,
    name: &'a str,
    reason: Option<String>,
}

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        let ended = Download::Ended {
            reason: self.reason.take(),
        };
        self.models.downloads().insert(self.name.to_owned(), ended);
        self.models.changed();
    }
}

/// Whether models can be downloaded from an address; an empty one takes the default.
///
/// # Errors
/// Plain language, when it cannot be used.
pub fn check_address(address: &str) -> Result<(), String> {
    base(address).map(|_| ())
}

fn address_of(entry: &CatalogueEntry, address: &str) -> Result<Url, String> {
    let mut url = base(address)?;
    url.path_segments_mut()
        .map_err(|()| no_address())?
        .pop_if_empty()
        .push(&entry.file_name());
    Ok(url)
}

fn base(address: &str) -> Result<Url, String> {
    let base = match address.trim() {
        "" => DEFAULT_ADDRESS,
        address => address,
    };
    let url = Url::parse(base).map_err(|_| no_address())?;
    courier::check_address(&url)?;
    Ok(url)
}

fn no_address() -> String {
    "The address of the speech models is not an address.".to_owned()
}

/// `Content-Range: bytes 100-199/200` (RFC 9110, 14.4).
fn starts_at(response: &reqwest::Response) -> Option<u64> {
    let range = response.headers().get(CONTENT_RANGE)?.to_str().ok()?;
    let (start, _) = range.strip_prefix("bytes ")?.split_once('-')?;
    start.trim().parse().ok()
}

fn sum_of(file: &PathBuf) -> io::Result<String> {
    let mut file = std::fs::File::open(file)?;
    let mut sum = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        sum.update(buffer.get(..read).unwrap_or_default());
    }
    Ok(sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}
