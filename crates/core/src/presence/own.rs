//! What the signed-in person says of themselves, and of the calls of their queues.
//!
//! RingCentral is asked at once and its answer is taken over at once; refused, everything stays as it was and the reason goes to
//! the person. A reply that was lost is not asked for again: what holds now is read instead.

mod queues;

pub(super) use queues::OwnQueues;

use super::Presences;
use super::compose;
use crate::error::CoreError;
use domain::event::CoreEvent;
use domain::presence::{OwnPresence, StatusChoice};
use ringcentral::api::ExtensionRef;
use ringcentral::api::presence::PresenceUpdate;
use ringcentral::auth::SignIn;
use ringcentral::error::RequestOutcome;
use ringcentral::id::ExtensionId;
use ringcentral::{Client, Error, Priority};

/// "Custom status message", `maxLength` (API reference, `PresenceInfoRequest`). Lengths in it count code points.
const LONGEST_MESSAGE: usize = 75;

impl Presences {
    /// The presence of the signed-in person, as far as it is known. Nothing is waited for.
    ///
    /// # Errors
    /// [`CoreError::Store`].
    pub async fn own_presence(&self) -> Result<OwnPresence, CoreError> {
        let contact = self.0.store.contact_of_extension(self.own()).await?;
        let record = self.board().record(self.own()).cloned();
        let queues = {
            let mut queues = self.own_queues();
            queues.is_wanted = true;
            queues.queues.clone()
        };
        self.0.wanted.notify_one();
        Ok(OwnPresence {
            choice: record.as_ref().and_then(|record| compose::choice(&record.words)),
            presence: contact
                .zip(record)
                .map(|(contact, record)| self.shown(contact, &record)),
            queues,
            hindrance: (!self.is_signed_in())
                .then(|| "Sign in to RingCentral to change your status.".to_owned()),
        })
    }

    /// Says what the person is now.
    ///
    /// # Errors
    /// Why RingCentral did not take it over; everything is as before then.
    pub async fn set_status(&self, choice: StatusChoice) -> Result<OwnPresence, CoreError> {
        let client = self.0.client.get().ok_or(CoreError::SignInRequired)?;
        let _turn = self.0.changing.lock().await;
        let words = match self.own_words() {
            Some(words) => words,
            None => {
                self.read_back(client).await.map_err(not_changed)?;
                self.own_words().unwrap_or_default()
            }
        };
        self.change(client, compose::change_for(choice, &words)).await
    }

    /// Writes the message to colleagues, or clears it.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] when it is too long, and why RingCentral did not take it over.
    pub async fn set_message(&self, message: Option<&str>) -> Result<OwnPresence, CoreError> {
        let message = one_line(message.unwrap_or_default());
        let length = message.chars().count();
        if length > LONGEST_MESSAGE {
            return Err(CoreError::Invalid(format!(
                "The message has {length} characters; RingCentral takes at most {LONGEST_MESSAGE}. Shorten it."
            )));
        }
        let client = self.0.client.get().ok_or(CoreError::SignInRequired)?;
        let _turn = self.0.changing.lock().await;
        let update = PresenceUpdate {
            message: Some(message),
            ..PresenceUpdate::default()
        };
        self.change(client, update).await
    }

    /// Takes calls of a queue, or none.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] for a queue that the person does not belong to, [`CoreError::NotPermitted`] for one where it cannot
    /// be changed, and why RingCentral did not take it over.
    pub async fn set_queue(&self, queue: &str, takes_calls: bool) -> Result<OwnPresence, CoreError> {
        let client = self.0.client.get().ok_or(CoreError::SignInRequired)?;
        let _turn = self.0.changing.lock().await;
        let known = self
            .own_queues()
            .queues
            .iter()
            .find(|one| one.id == queue)
            .cloned();
        let known = known.ok_or(CoreError::NotFound { what: "This queue" })?;
        if !known.can_change {
            return Err(CoreError::NotPermitted {
                message: format!(
                    "Your administrator decides whether you take calls of {}; RingCentral does not let you change it.",
                    known.name
                ),
                source: None,
            });
        }
        let queues = client.queue_presence();
        let change = [(ExtensionId::new(queue), takes_calls)];
        let answer = match queues
            .update(&ExtensionRef::Own, &change, Priority::Interactive)
            .await
        {
            Err(error) if error.outcome() == RequestOutcome::Unknown => {
                let read = queues
                    .of_extension(&ExtensionRef::Own, false, Priority::Interactive)
                    .await
                    .map_err(|_| unknown(error))?;
                self.own_queues().read(&read, None);
                let is_so = read
                    .iter()
                    .any(|one| one.call_queue.id.as_str() == queue && one.accepts_calls == takes_calls);
                if !is_so {
                    self.announce_own().await;
                    return Err(lost());
                }
                read
            }
            answer => answer.map_err(not_changed)?,
        };
        self.own_queues().switched(&answer, queue, takes_calls);
        self.announce_own().await;
        self.own_presence().await
    }

    /// Tells that something of the own presence is different that is not kept.
    pub(super) async fn announce_own(&self) {
        if let Ok(Some(contact)) = self.0.store.contact_of_extension(self.own()).await {
            let contacts = vec![contact];
            self.0
                .store
                .changes()
                .announce(CoreEvent::PresenceChanged { contacts });
        }
    }

    async fn change(&self, client: &Client, update: PresenceUpdate) -> Result<OwnPresence, CoreError> {
        let asked = self.board().ask(self.clock().now());
        let answer = client
            .presence()
            .update(&ExtensionRef::Own, &update, Priority::Interactive)
            .await;
        match answer {
            Ok(presence) => {
                let now = self.now();
                let has_message = update.message.is_some();
                self.board()
                    .changed_by_us(self.own(), &presence, has_message, asked, now);
            }
            Err(error) if error.outcome() == RequestOutcome::Unknown => {
                tracing::debug!(%error, "the answer to a change of presence was lost: looking");
                let presence = self.read_back(client).await.map_err(|_| unknown(error))?;
                if !compose::fulfils(&presence, &update) {
                    self.keep().await?;
                    return Err(lost());
                }
            }
            Err(error) => return Err(not_changed(error)),
        }
        self.keep().await?;
        self.own_presence().await
    }

    async fn read_back(&self, client: &Client) -> Result<ringcentral::api::presence::Presence, Error> {
        let asked = self.board().ask(self.clock().now());
        let presence = client
            .presence()
            .get(&ExtensionRef::Own, Priority::Interactive)
            .await?;
        let now = self.now();
        self.board().see(self.own(), &presence, asked, now);
        Ok(presence)
    }

    fn is_signed_in(&self) -> bool {
        self.0.client.get().is_some_and(|client| {
            let sign_in = client.auth().watch();
            !matches!(*sign_in.borrow(), SignIn::Required { .. } | SignIn::SignedOut)
        })
    }

    fn own_words(&self) -> Option<crate::store::PresenceWords> {
        self.board().record(self.own()).map(|record| record.words.clone())
    }
}

/// As colleagues see it: one line without control characters.
fn one_line(text: &str) -> String {
    text.split(|letter: char| letter.is_whitespace() || letter.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// RingCentral did not do it.
fn not_changed(error: Error) -> CoreError {
    match error {
        // Nothing goes on by itself here, as the words for the synchronisation promise.
        Error::RateLimited { retry_after, .. } => CoreError::Vendor {
            message: format!(
                "RingCentral asked us to slow down, so nothing was changed. Try again in {} seconds.",
                retry_after.as_secs().max(1)
            ),
            source: Some(error.into()),
        },
        Error::Forbidden { ref permission, .. } => CoreError::NotPermitted {
            message: match permission {
                Some(name) => format!(
                    "RingCentral does not let you change this: the permission {name} is missing. An administrator can grant it."
                ),
                None => "RingCentral does not let you change this.".to_owned(),
            },
            source: Some(error.into()),
        },
        Error::Network { .. } | Error::Timeout { .. } => CoreError::Offline {
            source: Some(error.into()),
        },
        Error::Api(ref api) => CoreError::Vendor {
            message: format!(
                "RingCentral refused the change (error {}{}). Everything is as it was.",
                api.status,
                api.code
                    .as_deref()
                    .map(|code| format!(", {code}"))
                    .unwrap_or_default()
            ),
            source: Some(error.into()),
        },
        other => other.into(),
    }
}

/// The reply was lost, and so was the look at what holds now.
fn unknown(error: Error) -> CoreError {
    CoreError::Vendor {
        message: "The connection broke before RingCentral answered, so it is not known whether it was changed. What is \
                  shown is brought up to date as soon as RingCentral can be reached."
            .to_owned(),
        source: Some(error.into()),
    }
}

/// The reply was lost, and a look shows that nothing was done.
fn lost() -> CoreError {
    CoreError::Vendor {
        message: "RingCentral did not take the change over. Try again.".to_owned(),
        source: None,
    }
}
