//! Carries rows out at RingCentral: which request each is, and what its answer means.
//!
//! The client says whether a failed request may have been carried out; that decides between trying again and looking.

mod likeness;
mod meaning;
mod sending;

use super::carrier::{Allowance, Carried, Carrier, Looked, Trace};
use super::uploads::Uploads;
use crate::store::{Change, Job, Page, Store, SyncScope, Urgency};
use crate::sync::pacing::Trouble;
use crate::sync::{plan, trouble_of};
use domain::ids::OutgoingId;
use domain::phone_number::E164;
use jiff::{SignedDuration, Timestamp};
use ringcentral::api::message::{Availability, Message, MessageType};
use ringcentral::api::message_store::ListMessages;
use ringcentral::api::{Direction, ExtensionRef};
use ringcentral::rate_limit::Group;
use ringcentral::{Client, Priority};
use sending::Sent;
use std::path::PathBuf;

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
}

impl Carrier for RingCentral {
    async fn carry(&self, id: OutgoingId, job: &Job, urgency: Urgency) -> Carried {
        let priority = priority(urgency);
        let sent = match job {
            Job::Text(text) => self.send_text(text, priority).await.map(Sent::Taken),
            Job::Fax(fax) => self.send_fax(id, fax, priority).await,
            Job::RingOut(call) => self.ring_out(call).await.map(Sent::Taken),
            Job::Transcription(_) => return meaning::not_of_ringcentral(),
        };
        meaning::of(sent, matches!(job, Job::Fax(_)))
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
