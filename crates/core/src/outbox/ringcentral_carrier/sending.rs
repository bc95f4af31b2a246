//! The requests themselves.

use super::super::carrier::Trace;
use super::super::uploads::{Upload, Watcher};
use super::{RingCentral, trace};
use crate::fax_desk::file_names;
use crate::store::{FaxJob, JobFile, RingOutJob, TextJob};
use domain::fax::FaxResolution;
use domain::ids::OutgoingId;
use domain::phone_number::E164;
use ringcentral::api::fax::{FaxAgain, FaxRecipient, OutgoingFax};
use ringcentral::api::message;
use ringcentral::api::outgoing_file::OutgoingFile;
use ringcentral::api::ring_out::{RingOutPhone, RingOutRequest};
use ringcentral::api::sms::OutgoingText;
use ringcentral::id::MessageId;
use ringcentral::{Error, Priority};
use std::path::Path;
use std::sync::Arc;

/// What became of a fax that met no error.
pub(super) enum Sent {
    Taken(Trace),
    Stopped { had_left: bool, by_person: bool },
}

/// Why a request was not sent or not answered well.
pub(super) enum Failure {
    Vendor(Error),
    /// See [`Carried::CutOff`](super::super::carrier::Carried::CutOff).
    CutOff {
        percent: u8,
    },
    FileMissing(String),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Vendor(error)
    }
}

impl RingCentral {
    pub(super) async fn send_text(&self, job: &TextJob, priority: Priority) -> Result<Trace, Failure> {
        let text = OutgoingText {
            from: job.from.to_string(),
            to: job.to.iter().map(E164::to_string).collect(),
            text: job.text.clone(),
            country: None,
        };
        let files = read_files(&self.folders.texts, &job.files).await?;
        let requested_at = self.store.clock().now();
        let sent = if files.is_empty() {
            self.client.sms().send(&text, priority).await
        } else {
            self.client.sms().send_with_files(&text, &files, priority).await
        };
        Ok(trace(&sent?, requested_at))
    }

    /// Uploads a fax, or has RingCentral send again what it has.
    pub(super) async fn send_fax(
        &self,
        id: OutgoingId,
        job: &FaxJob,
        priority: Priority,
    ) -> Result<Sent, Failure> {
        let requested_at = self.store.clock().now();
        let to: Vec<FaxRecipient> = job
            .to
            .iter()
            .map(|one| FaxRecipient {
                number: one.number.to_string(),
                name: one.name.clone(),
            })
            .collect();
        if let Some(original) = &job.original {
            let again = FaxAgain {
                original: MessageId::new(original.clone()),
                to,
                send_at: job.send_at,
            };
            let message = self.client.fax().send_again(&again, priority).await?;
            return Ok(Sent::Taken(trace(&message, requested_at)));
        }
        let mut files = read_files(&self.folders.faxes, &job.files).await?;
        for file in &mut files {
            file.name = file_names::as_sent(&file.name, &file.content_type);
        }
        let bytes = files.iter().map(|file| file.content.len() as u64).sum();
        let fax = OutgoingFax {
            to,
            resolution: resolution(job.resolution),
            cover_index: job.cover_index,
            cover_text: job.cover_note.clone(),
            send_at: job.send_at,
            files,
        };
        let running = self.uploads.begin(id, bytes);
        let upload = Arc::clone(&running.upload);
        let watcher = Arc::new(Watcher {
            id,
            client: self.client.clone(),
            store: self.store.clone(),
            upload: Arc::clone(&upload),
        });
        let api = self.client.fax();
        let sent = tokio::select! {
            biased;
            sent = api.send(&fax, watcher, priority) => Some(sent),
            () = upload.stopped() => None,
        };
        // From here on nothing leaves any more: the upload ended, or ended with its future.
        let stopped = |upload: &Upload| Sent::Stopped {
            had_left: upload.has_left(),
            by_person: upload.is_stopped_by_person(),
        };
        match sent {
            None => Ok(stopped(&upload)),
            Some(Ok(message)) => Ok(Sent::Taken(trace(&message, requested_at))),
            Some(Err(error)) => match self.percent_at_cut(&error, &upload).await {
                // Whoever stopped it while RingCentral was asked for does not want it sent again.
                _ if upload.is_stopped_by_person() && !upload.has_left() => Ok(stopped(&upload)),
                Some(percent) => Err(Failure::CutOff { percent }),
                None => Err(error.into()),
            },
        }
    }

    /// How much had been handed over when the connection broke; `None` when it did not, or when nothing else gets through
    /// either: then the network is gone, and the fax is not at fault.
    async fn percent_at_cut(&self, error: &Error, upload: &Upload) -> Option<u8> {
        let is_broken = matches!(
            error,
            Error::Network {
                may_have_arrived: false,
                ..
            }
        );
        let percent = upload.percent_of_part().filter(|_| is_broken)?;
        self.client.is_reachable().await.then_some(percent)
    }

    pub(super) async fn ring_out(&self, job: &RingOutJob) -> Result<Trace, Failure> {
        let call = RingOutRequest {
            from: RingOutPhone::Number(job.phone.to_string()),
            to: job.to.to_string(),
            caller_id: None,
            is_prompting: Some(false),
            country_id: None,
        };
        let call = self.client.ring_out().start(&call, Priority::Interactive).await?;
        Ok(Trace {
            remote_id: call.id.as_str().to_owned(),
            created_at: self.store.clock().now(),
            page: None,
        })
    }
}

async fn read_files(folder: &Path, files: &[JobFile]) -> Result<Vec<OutgoingFile>, Failure> {
    let mut read = Vec::with_capacity(files.len());
    for file in files {
        let content = tokio::fs::read(folder.join(&file.file)).await.map_err(|error| {
            tracing::warn!(%error, "a file that was to be sent cannot be read");
            Failure::FileMissing(file.file_name.clone())
        })?;
        read.push(OutgoingFile {
            name: file.file_name.clone(),
            content_type: file.content_type.clone(),
            content: content.into(),
        });
    }
    Ok(read)
}

pub(super) fn resolution(resolution: FaxResolution) -> message::FaxResolution {
    match resolution {
        FaxResolution::High => message::FaxResolution::High,
        FaxResolution::Low => message::FaxResolution::Low,
    }
}
