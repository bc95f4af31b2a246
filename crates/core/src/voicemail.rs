//! Listening to voicemail: its sound brought here, measured once, kept as long as it is needed, and saved for others.
//!
//! What RingCentral has lost is told from what somebody deleted in the store, where its answers are taken in
//! ([`crate::store`]); which sounds are fetched before anybody asks, [`crate::sync`] drives. Words are transcription's.

mod cache;
mod kept;
mod saving;
pub mod sound;

use crate::attachments::{AttachmentError, Attachments};
use crate::error::CoreError;
use crate::store::{LookedAt, Store, StoredSound, StoredVoicemail};
use domain::ids::{AttachmentId, CommunicationId};
use domain::ipc::Undoable;
use domain::voicemail::{Sound, Voicemail};
use jiff::{SignedDuration, Timestamp};
use ringcentral::{Client, Priority};
use sound::SoundFault;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How long the deletion of a voicemail can be taken back: longer than the window offers it.
pub const TAKE_BACK: SignedDuration = SignedDuration::from_secs(15);
/// Whoever stopped this close to the end has heard it all.
const END_MS: u32 = 1500;

/// The voicemails of one account. Clones share them.
#[derive(Debug, Clone)]
pub struct Voicemails {
    store: Store,
    attachments: Attachments,
    /// Decoding takes a processor; it is done one after the other.
    decoding: Arc<tokio::sync::Mutex<()>>,
}

impl Voicemails {
    /// Those of a store, with their sounds among the attachments.
    pub fn new(store: Store, attachments: Attachments) -> Self {
        Self {
            store,
            attachments,
            decoding: Arc::default(),
        }
    }

    /// What the player shows. With `fetches` the sound is brought here and looked at first, if RingCentral has it.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] when it was deleted meanwhile; [`CoreError::Offline`] and other errors of the server, and
    /// [`CoreError::Store`] when the disk fails.
    pub async fn get(
        &self,
        client: Option<&Client>,
        id: CommunicationId,
        fetches: bool,
    ) -> Result<Voicemail, CoreError> {
        let mut held = self.store.voicemail(id).await?;
        if fetches
            && let Some(sound) = held
                .sound
                .clone()
                .filter(|sound| sound.is_cached || !held.is_gone)
        {
            self.store.touch_voicemail(id).await?;
            let (_, file) = self
                .attachments
                .fetched(client, sound.attachment, Priority::Interactive)
                .await?;
            self.look_once(id, sound.attachment, &file, !sound.is_cached)
                .await?;
            held = self.store.voicemail(id).await?;
        }
        Ok(shown(held, self.store.clock().now()))
    }

    /// The file of a sound on this computer; fetched first when it is not here.
    ///
    /// # Errors
    /// As [`Self::get`], and [`CoreError::NotFound`] when there is no sound.
    pub async fn file(
        &self,
        client: Option<&Client>,
        id: CommunicationId,
        priority: Priority,
    ) -> Result<PathBuf, CoreError> {
        let sound = self.sound_of(id).await?;
        let (_, file) = self
            .attachments
            .fetched(client, sound.attachment, priority)
            .await?;
        self.look_once(id, sound.attachment, &file, !sound.is_cached)
            .await?;
        match self.store.voicemail(id).await?.looked_at {
            // It was no sound, and is no longer kept.
            Some(LookedAt::Faulty { fault }) if !tokio::fs::try_exists(&file).await.unwrap_or(false) => {
                Err(CoreError::Invalid(fault))
            }
            _ => Ok(file),
        }
    }

    /// Remembers where somebody stopped listening; at the end it begins anew the next time.
    ///
    /// # Errors
    /// [`CoreError::Store`].
    pub async fn remember_position(&self, id: CommunicationId, position_ms: u32) -> Result<(), CoreError> {
        let held = self.store.voicemail(id).await?;
        let end_ms = duration_ms(&held).saturating_sub(END_MS);
        let is_at_end = matches!(held.looked_at, Some(LookedAt::Playable { .. })) && position_ms >= end_ms;
        let position_ms = if is_at_end { 0 } else { position_ms };
        Ok(self.store.set_voicemail_position(id, position_ms).await?)
    }

    /// The next one that nobody has heard, from the newest to the oldest and round again.
    ///
    /// # Errors
    /// [`CoreError::Store`].
    pub async fn next_unheard(
        &self,
        after: Option<CommunicationId>,
    ) -> Result<Option<CommunicationId>, CoreError> {
        Ok(self.store.next_unheard(after).await?)
    }

    /// Deletes it here at once, and at RingCentral when that cannot be taken back any more.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] when it is not here.
    pub async fn delete(&self, id: CommunicationId) -> Result<Undoable, CoreError> {
        Ok(self.store.delete_voicemail(id, TAKE_BACK).await?)
    }

    /// Fetches a sound and looks at it.
    ///
    /// # Errors
    /// [`AttachmentError`] when it cannot be had or kept.
    pub async fn bring(
        &self,
        client: &Client,
        id: CommunicationId,
        sound: AttachmentId,
        priority: Priority,
    ) -> Result<(), AttachmentError> {
        let (_, file) = self.attachments.fetched(Some(client), sound, priority).await?;
        self.look_once(id, sound, &file, true).await
    }

    /// Deletes the files of what is gone; what cannot be deleted now is deleted at the next start.
    pub async fn delete_orphans(&self) {
        if let Err(error) = self.attachments.delete_orphans().await {
            tracing::warn!(%error, "the file of a deleted voicemail stays for now");
        }
    }

    async fn sound_of(&self, id: CommunicationId) -> Result<StoredSound, CoreError> {
        let held = self.store.voicemail(id).await?;
        let is_gone = held.is_gone;
        held.sound
            .filter(|sound| sound.is_cached || !is_gone)
            .ok_or(CoreError::NotFound {
                what: "The sound of this voicemail",
            })
    }

    async fn look_once(
        &self,
        id: CommunicationId,
        sound: AttachmentId,
        file: &Path,
        was_fetched: bool,
    ) -> Result<(), AttachmentError> {
        let _turn = self.decoding.lock().await;
        let held = self.store.voicemail(id).await?;
        match held.looked_at {
            Some(LookedAt::Playable { .. }) => return Ok(()),
            Some(LookedAt::Faulty { .. }) if !was_fetched => return Ok(()),
            _ => {}
        }
        let file = file.to_path_buf();
        let looked = tokio::task::spawn_blocking(move || sound::look(file)).await;
        // A decoder that gives up on a recording in this way would do so again.
        let found = match looked.unwrap_or(Err(SoundFault::Damaged)) {
            Ok(look) => LookedAt::Playable {
                duration_ms: look.duration_ms,
                peaks: look.peaks,
            },
            Err(SoundFault::Unreadable(source)) => {
                return Err(AttachmentError::disk(
                    "The recording could not be read from the disk.",
                    source,
                ));
            }
            Err(fault) => {
                if fault.may_be_another_file() && !held.is_gone {
                    self.store.orphan_file(sound).await?;
                    self.delete_orphans().await;
                }
                LookedAt::Faulty {
                    fault: fault.to_string(),
                }
            }
        };
        Ok(self.store.set_looked_at(id, &found).await?)
    }
}

fn shown(held: StoredVoicemail, now: Timestamp) -> Voicemail {
    let duration_ms = duration_ms(&held);
    let is_cached = held.sound.as_ref().is_some_and(|sound| sound.is_cached);
    let (peaks, fault) = match held.looked_at {
        Some(LookedAt::Playable { peaks, .. }) => (peaks, None),
        Some(LookedAt::Faulty { fault }) => (Vec::new(), Some(fault)),
        None => (Vec::new(), None),
    };
    Voicemail {
        item: held.id,
        sound: held
            .sound
            .filter(|sound| sound.is_cached || !held.is_gone)
            .map(|sound| Sound {
                attachment: sound.attachment,
                duration_ms,
                peaks,
                fault,
            }),
        position_ms: held.position_ms,
        kept: kept::kept(held.is_gone, is_cached, held.newer_there, held.occurred_at, now),
    }
}

fn duration_ms(held: &StoredVoicemail) -> u32 {
    match held.looked_at {
        Some(LookedAt::Playable { duration_ms, .. }) => duration_ms,
        _ => held.duration_seconds.saturating_mul(1000),
    }
}
