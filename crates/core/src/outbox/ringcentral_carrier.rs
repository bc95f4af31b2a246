//! Carries rows out at RingCentral: which request each is, and what its answer means.
//!
//! The client says whether a failed request may have been carried out; that decides between trying again and looking.

use super::carrier::{Allowance, Carried, Carrier, Looked, Trace};
use crate::numbers::ParsedNumber;
use crate::store::{Change, Job, JobFile, Page, Refusal, RingOutJob, Store, SyncScope, TextJob, Urgency};
use crate::sync::pacing::Trouble;
use crate::sync::{plan, trouble_of};
use crate::texting::delivery_words::{self, Retry};
use domain::phone_number::E164;
use jiff::{SignedDuration, Timestamp};
use ringcentral::api::message::{Message, MessageType};
use ringcentral::api::message_store::ListMessages;
use ringcentral::api::outgoing_file::OutgoingFile;
use ringcentral::api::ring_out::{RingOutPhone, RingOutRequest};
use ringcentral::api::sms::OutgoingText;
use ringcentral::api::{Direction, ExtensionRef};
use ringcentral::error::RequestOutcome;
use ringcentral::rate_limit::Group;
use ringcentral::{Client, Error, Priority};
use std::path::PathBuf;

/// Texts to one person within three minutes: far fewer.
const MOST_TRACES: u32 = 100;

/// RingCentral as it is.
#[derive(Debug, Clone)]
pub struct RingCentral {
    client: Client,
    store: Store,
    /// Where the files of texts are.
    files: PathBuf,
}

impl RingCentral {
    pub fn new(client: Client, store: Store, files: PathBuf) -> Self {
        Self { client, store, files }
    }

    async fn send_text(&self, job: &TextJob, priority: Priority) -> Result<Trace, Failure> {
        let text = OutgoingText {
            from: job.from.to_string(),
            to: job.to.iter().map(E164::to_string).collect(),
            text: job.text.clone(),
            country: None,
        };
        let files = self.read_files(&job.files).await?;
        let requested_at = self.store.clock().now();
        let sent = if files.is_empty() {
            self.client.sms().send(&text, priority).await
        } else {
            self.client.sms().send_with_files(&text, &files, priority).await
        };
        Ok(trace(&sent?, requested_at))
    }

    async fn read_files(&self, files: &[JobFile]) -> Result<Vec<OutgoingFile>, Failure> {
        let mut read = Vec::with_capacity(files.len());
        for file in files {
            let content = tokio::fs::read(self.files.join(&file.file))
                .await
                .map_err(|error| {
                    tracing::warn!(%error, "a file of a text cannot be read");
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
    async fn carry(&self, job: &Job, urgency: Urgency) -> Carried {
        let carried = match job {
            Job::Text(text) => self.send_text(text, priority(urgency)).await,
            Job::RingOut(call) => self.ring_out(call).await,
            Job::Transcription(_) => return Carried::Refused(not_of_ringcentral()),
        };
        match carried {
            Ok(trace) => Carried::Accepted(trace),
            Err(Failure::Vendor(error)) => meaning(&error),
            Err(Failure::FileMissing(name)) => Carried::Refused(Refusal {
                code: None,
                words: format!(
                    "“{name}” is no longer on this computer. Write the text anew and add the file again."
                ),
                can_retry: false,
            }),
        }
    }

    async fn look_for(&self, job: &Job, (from, until): (Timestamp, Timestamp)) -> Result<Looked, Trouble> {
        let Job::Text(text) = job else {
            // There is no list of such calls.
            return Ok(Looked {
                traces: Vec::new(),
                server_now: self.server_now().await?,
            });
        };
        let requested_at = self.store.clock().now();
        let which = ListMessages {
            of: ExtensionRef::Own,
            kinds: vec![MessageType::Sms],
            created_from: Some(from),
            created_before: until.saturating_add(SignedDuration::from_secs(1)).ok(),
            direction: Some(Direction::Outbound),
            phone_number: text.to.first().map(E164::to_string),
            per_page: Some(MOST_TRACES),
            ..ListMessages::default()
        };
        let page = self.client.message_store().list(&which, Priority::Event).await;
        let page = page.map_err(|error| trouble_of(&error))?;
        Ok(Looked {
            traces: page
                .records
                .iter()
                .filter(|message| self.is_of(message, text))
                .map(|message| trace(message, requested_at))
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
            Job::RingOut(_) | Job::Transcription(_) => Group::Heavy,
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
        Urgency::Person => Priority::Interactive,
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

/// What a failed request means for its row.
fn meaning(error: &Error) -> Carried {
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
            Some(code) => {
                let explanation = delivery_words::of_refusal(code, parameter(error));
                Refusal {
                    can_retry: explanation.retry != Retry::Never,
                    words: explanation.to_string(),
                    code: Some(code.clone()),
                }
            }
            None => Refusal {
                code: None,
                words: trouble.to_string(),
                can_retry: true,
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
