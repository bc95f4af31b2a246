//! Carries rows out at RingCentral: which request each is, and what its answer means.
//!
//! The client says whether a failed request may have been carried out; that decides between trying again and looking.

use super::carrier::{Allowance, Carried, Carrier, Looked, Trace};
use super::uploads::{Uploads, Watcher};
use crate::fax_desk::{error_words, file_names};
use crate::numbers::ParsedNumber;
use crate::store::{
    Change, FaxJob, Job, JobFile, Page, Refusal, RingOutJob, Store, SyncScope, TextJob, Urgency,
};
use crate::sync::pacing::Trouble;
use crate::sync::{plan, trouble_of};
use crate::texting::delivery_words::{self, Retry};
use domain::fax::FaxResolution;
use domain::ids::OutgoingId;
use domain::phone_number::E164;
use jiff::{SignedDuration, Timestamp};
use ringcentral::api::fax::{FaxAgain, FaxRecipient, OutgoingFax};
use ringcentral::api::message::{self, Availability, Message, MessageType};
use ringcentral::api::message_store::ListMessages;
use ringcentral::api::outgoing_file::OutgoingFile;
use ringcentral::api::ring_out::{RingOutPhone, RingOutRequest};
use ringcentral::api::sms::OutgoingText;
use ringcentral::api::{Direction, ExtensionRef};
use ringcentral::error::RequestOutcome;
use ringcentral::id::MessageId;
use ringcentral::rate_limit::Group;
use ringcentral::{Client, Error, Priority};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Texts to one person within three minutes: far fewer.
const MOST_TRACES: u32 = 100;

/// RingCentral as it is.
#[derive(Debug, Clone)]
pub struct RingCentral {
    client: Client,
    store: Store,
    folders: Folders,
    uploads: Uploads,
}

/// Where the files are that go along.
#[derive(Debug, Clone)]
pub struct Folders {
    /// With texts.
    pub texts: PathBuf,
    /// The pages of faxes.
    pub faxes: PathBuf,
}

impl RingCentral {
    pub fn new(client: Client, store: Store, folders: Folders, uploads: Uploads) -> Self {
        Self {
            client,
            store,
            folders,
            uploads,
        }
    }

    async fn send_text(&self, job: &TextJob, priority: Priority) -> Result<Trace, Failure> {
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
    async fn send_fax(&self, id: OutgoingId, job: &FaxJob, priority: Priority) -> Result<Sent, Failure> {
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
        match sent {
            Some(sent) => Ok(Sent::Taken(trace(&sent?, requested_at))),
            None => Ok(Sent::Stopped {
                had_left: upload.has_left(),
                by_person: upload.is_stopped_by_person(),
            }),
        }
    }

    async fn ring_out(&self, job: &RingOutJob) -> Result<Trace, Failure> {
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

    /// A fax to the same people with the same cover sheet. Of one that RingCentral sent again it says neither cover nor
    /// resolution that we would know; of a queued one it says no number of pages.
    fn is_of_fax(&self, message: &Message, job: &FaxJob) -> bool {
        if job.original.as_deref() == Some(message.id.as_str()) {
            return false;
        }
        let plan = self.store.numbering();
        let mut to: Vec<Option<E164>> = message
            .to
            .iter()
            .map(
                |party| match party.phone_number.as_ref().map(|text| plan.parse(text)) {
                    Some(ParsedNumber::Number { e164, .. }) => Some(e164),
                    _ => None,
                },
            )
            .collect();
        let mut wanted: Vec<Option<E164>> = job.to.iter().map(|one| Some(one.number.clone())).collect();
        to.sort();
        wanted.sort();
        let has_cover = message
            .cover_index
            .is_none_or(|index| i64::from(index) == i64::from(job.cover_index));
        let is_as_fine = message
            .fax_resolution
            .as_ref()
            .is_none_or(|fine| *fine == resolution(job.resolution));
        to == wanted && (job.original.is_some() || (has_cover && is_as_fine))
    }

    /// A message that says the same to the same people from the same number.
    fn is_of(&self, message: &Message, job: &TextJob) -> bool {
        let plan = self.store.numbering();
        let number = |written: Option<&String>| match written.map(|text| plan.parse(text)) {
            Some(ParsedNumber::Number { e164, .. }) => Some(e164),
            _ => None,
        };
        let from = message
            .from
            .as_ref()
            .and_then(|party| number(party.phone_number.as_ref()));
        let mut to: Vec<Option<E164>> = message
            .to
            .iter()
            .map(|party| number(party.phone_number.as_ref()))
            .collect();
        let mut wanted: Vec<Option<E164>> = job.to.iter().cloned().map(Some).collect();
        to.sort();
        wanted.sort();
        let text = message.subject.as_deref().unwrap_or_default();
        from.as_ref() == Some(&job.from) && to == wanted && text.trim() == job.text.trim()
    }
}

/// What became of a fax that met no error.
enum Sent {
    Taken(Trace),
    Stopped { had_left: bool, by_person: bool },
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

fn resolution(resolution: FaxResolution) -> message::FaxResolution {
    match resolution {
        FaxResolution::High => message::FaxResolution::High,
        FaxResolution::Low => message::FaxResolution::Low,
    }
}

/// Why a request was not sent or not answered well.
enum Failure {
    Vendor(Error),
    FileMissing(String),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Vendor(error)
    }
}

impl Carrier for RingCentral {
    async fn carry(&self, id: OutgoingId, job: &Job, urgency: Urgency) -> Carried {
        let priority = priority(urgency);
        let sent = match job {
            Job::Text(text) => self.send_text(text, priority).await.map(Sent::Taken),
            Job::Fax(fax) => self.send_fax(id, fax, priority).await,
            Job::RingOut(call) => self.ring_out(call).await.map(Sent::Taken),
            Job::Transcription(_) => return Carried::Refused(not_of_ringcentral()),
        };
        match sent {
            Ok(Sent::Taken(trace)) => Carried::Accepted(trace),
            Ok(Sent::Stopped { had_left: true, .. }) => Carried::Unknown {
                words: "It was stopped when everything had been handed over already.".to_owned(),
            },
            Ok(Sent::Stopped { by_person: true, .. }) => Carried::Refused(Refusal {
                code: Some(STOPPED.to_owned()),
                words: "You stopped it before it had left. Nothing was sent.".to_owned(),
                can_retry: true,
            }),
            Ok(Sent::Stopped { .. }) => Carried::Stopped,
            Err(Failure::Vendor(error)) => meaning(&error, matches!(job, Job::Fax(_))),
            Err(Failure::FileMissing(name)) => Carried::Refused(Refusal {
                code: None,
                words: format!(
                    "“{name}” is no longer on this computer. Add the file again and send it anew."
                ),
                can_retry: false,
            }),
        }
    }

    async fn look_for(&self, job: &Job, (from, until): (Timestamp, Timestamp)) -> Result<Looked, Trouble> {
        let which = ListMessages {
            of: ExtensionRef::Own,
            created_from: Some(from),
            created_before: until.saturating_add(SignedDuration::from_secs(1)).ok(),
            direction: Some(Direction::Outbound),
            per_page: Some(MOST_TRACES),
            ..ListMessages::default()
        };
        let which = match job {
            Job::Text(text) => ListMessages {
                kinds: vec![MessageType::Sms],
                phone_number: text.to.first().map(E164::to_string),
                ..which
            },
            Job::Fax(_) => ListMessages {
                kinds: vec![MessageType::Fax],
                // Somebody may have deleted it meanwhile; it went out all the same.
                availability: vec![Availability::Alive, Availability::Deleted],
                ..which
            },
            // There is no list of such calls.
            Job::RingOut(_) | Job::Transcription(_) => {
                return Ok(Looked {
                    traces: Vec::new(),
                    server_now: self.server_now().await?,
                });
            }
        };
        let requested_at = self.store.clock().now();
        let page = self.client.message_store().list(&which, Priority::Event).await;
        let page = page.map_err(|error| trouble_of(&error))?;
        let is_of = |message: &&Message| match job {
            Job::Text(text) => self.is_of(message, text),
            Job::Fax(fax) => self.is_of_fax(message, fax),
            Job::RingOut(_) | Job::Transcription(_) => false,
        };
        Ok(Looked {
            traces: page
                .records
                .iter()
                .filter(is_of)
                .map(|message| {
                    let trace = trace(message, requested_at);
                    let is_there = message.availability == Availability::Alive;
                    Trace {
                        page: trace.page.filter(|_| is_there),
                        ..trace
                    }
                })
                .collect(),
            server_now: self.server_now().await?,
        })
    }

    async fn server_now(&self) -> Result<Timestamp, Trouble> {
        self.client.server_now().await.map_err(|error| trouble_of(&error))
    }

    fn allowance(&self, job: &Job, urgency: Urgency) -> Allowance {
        let group = match job {
            Job::Text(_) => Group::Medium,
            Job::Fax(_) | Job::RingOut(_) | Job::Transcription(_) => Group::Heavy,
        };
        let standing = self.client.rate_limit().forecast(group, priority(urgency));
        let window = standing.window.as_secs().max(1);
        let per_minute = u64::from(standing.limit).saturating_mul(60) / window;
        Allowance {
            per_minute: u32::try_from(per_minute).unwrap_or(u32::MAX).max(1),
            free_in: SignedDuration::try_from(standing.next_free_in)
                .ok()
                .filter(|wait| !wait.is_zero()),
        }
    }
}

/// Transcriptions are stepped by themselves and never come here.
fn not_of_ringcentral() -> Refusal {
    Refusal {
        code: None,
        words: "This is not done at RingCentral.".to_owned(),
        can_retry: false,
    }
}

fn priority(urgency: Urgency) -> Priority {
    match urgency {
        Urgency::Person | Urgency::Upload => Priority::Interactive,
        Urgency::Campaign => Priority::Campaign,
    }
}

/// The message as the store takes it.
fn trace(message: &Message, requested_at: Timestamp) -> Trace {
    let change: Change = plan::message(message);
    Trace {
        remote_id: message.id.as_str().to_owned(),
        created_at: message.created_at,
        page: Some(Box::new(Page {
            changes: vec![change],
            ..Page::empty(SyncScope::MESSAGE_STORE, requested_at)
        })),
    }
}

/// The failure code of an upload that a person stopped.
const STOPPED: &str = "stopped";

/// What a failed request means for its row.
fn meaning(error: &Error, is_fax: bool) -> Carried {
    let code = error.code().map(str::to_owned);
    if error.outcome() == RequestOutcome::Unknown {
        return Carried::Unknown {
            words: match trouble_of(error) {
                Trouble::Offline => "The connection broke before the answer came.".to_owned(),
                other => other.to_string(),
            },
        };
    }
    match trouble_of(error) {
        trouble @ (Trouble::Offline | Trouble::RateLimited { .. } | Trouble::SignInRequired) => {
            Carried::NotSent { trouble, code }
        }
        // 503 with `Retry-After`: turned away for so long.
        trouble if error.is_transient() => Carried::NotSent {
            trouble: match error
                .retry_after()
                .and_then(|wait| SignedDuration::try_from(wait).ok())
            {
                Some(retry_after) => Trouble::RateLimited { retry_after },
                None => trouble,
            },
            code,
        },
        trouble => Carried::Refused(match &code {
            Some(code) if is_fax && error_words::of_refusal(code).is_some() => Refusal {
                can_retry: false,
                words: error_words::of_refusal(code).unwrap_or_default().to_owned(),
                code: Some(code.clone()),
            },
            Some(code) if !is_fax => {
                let explanation = delivery_words::of_refusal(code, parameter(error));
                Refusal {
                    can_retry: explanation.retry != Retry::Never,
                    words: explanation.to_string(),
                    code: Some(code.clone()),
                }
            }
            _ => Refusal {
                words: trouble.to_string(),
                can_retry: true,
                code,
            },
        }),
    }
}

fn parameter(error: &Error) -> Option<&str> {
    match error {
        Error::Api(api) | Error::Forbidden { api, .. } => api.parameter.as_deref(),
        _ => None,
    }
}
