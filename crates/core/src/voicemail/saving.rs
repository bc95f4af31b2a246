//! Voicemail as files for other programs: as it was received, or as WAV. Nothing is ever overwritten.

use super::Voicemails;
use super::sound::{self, SoundFault, WavFault};
use crate::attachments::{AttachmentError, create_new, file_name, write_new};
use crate::error::CoreError;
use domain::attachment::AttachmentKind;
use domain::ids::CommunicationId;
use domain::voicemail::SoundFormat;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ringcentral::{Client, Priority};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

const NOT_SAVED: &str = "The voicemail could not be saved in the download folder.";

impl Voicemails {
    /// Saves a voicemail under the caller's name and the day.
    ///
    /// # Errors
    /// As [`Self::get`]; [`CoreError::Store`] when the folder cannot be written or nothing of the sound can be read.
    pub async fn save(
        &self,
        client: Option<&Client>,
        id: CommunicationId,
        format: SoundFormat,
        downloads: &Path,
    ) -> Result<PathBuf, CoreError> {
        let file = self.file(client, id, Priority::Interactive).await?;
        let item = self.store.communication(id).await?;
        let not_saved = |error| CoreError::from(AttachmentError::disk(NOT_SAVED, error));
        tokio::fs::create_dir_all(downloads).await.map_err(not_saved)?;
        let name = name(&item.party.label, item.occurred_at, &TimeZone::system());
        match format {
            SoundFormat::AsReceived => {
                let content = tokio::fs::read(&file).await.map_err(not_saved)?;
                let name = with_ending(&name, ending(&content), item.occurred_at);
                write_new(downloads, &name, &content).await.map_err(not_saved)
            }
            SoundFormat::Wav => {
                let name = with_ending(&name, "wav", item.occurred_at);
                let downloads = downloads.to_path_buf();
                let _turn = self.decoding.lock().await;
                tokio::task::spawn_blocking(move || save_wav(&file, &downloads, &name))
                    .await
                    .map_err(|error| CoreError::internal("saving a voicemail", error))?
            }
        }
    }
}

/// `Voicemail from Dana Whitaker 2026-11-24 14.05`
fn name(caller: &str, occurred_at: Timestamp, zone: &TimeZone) -> String {
    let when = occurred_at.to_zoned(zone.clone());
    format!("Voicemail from {caller} {}", when.strftime("%Y-%m-%d %H.%M"))
}

fn with_ending(name: &str, ending: &str, occurred_at: Timestamp) -> String {
    let name = format!("{name}.{ending}");
    file_name::safe(Some(&name), AttachmentKind::Audio, "audio/mpeg", occurred_at)
}

/// What it is, whatever it was called.
fn ending(content: &[u8]) -> &'static str {
    if content.starts_with(b"RIFF") {
        "wav"
    } else {
        "mp3"
    }
}

fn save_wav(recording: &Path, downloads: &Path, name: &str) -> Result<PathBuf, CoreError> {
    let not_saved = |error| CoreError::from(AttachmentError::disk(NOT_SAVED, error));
    let (file, path) = create_new(downloads, name).map_err(not_saved)?;
    let written = sound::write_wav(recording, BufWriter::new(file));
    if written.is_err() {
        let _ = std::fs::remove_file(&path);
    }
    match written {
        Ok(_) => Ok(path),
        Err(WavFault::Sound(SoundFault::Unreadable(error)) | WavFault::Disk(error)) => Err(not_saved(error)),
        Err(WavFault::Sound(fault)) => Err(CoreError::Invalid(fault.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use simulator::media::clip;

    #[test]
    fn a_saved_voicemail_is_named_after_its_caller_and_its_day() {
        let at: Timestamp = "2026-11-24T22:05:09Z".parse().unwrap();
        let zone = TimeZone::fixed(jiff::tz::offset(-8));
        let named = |caller: &str| with_ending(&name(caller, at, &zone), "mp3", at);
        assert_eq!(
            named("Dana Whitaker"),
            "Voicemail from Dana Whitaker 2026-11-24 14.05.mp3"
        );
        assert_eq!(
            named("(415) 555-0100"),
            "Voicemail from (415) 555-0100 2026-11-24 14.05.mp3"
        );
        let hostile = named("../../evil\\name: *");
        assert!(!hostile.contains(['/', '\\', ':', '*']), "{hostile}");
    }

    #[test]
    fn a_saved_wav_sounds_as_the_recording_did() {
        let folder = tempfile::tempdir().unwrap();
        let recording = folder.path().join("recording");
        std::fs::write(&recording, clip(0).bytes).unwrap();
        let saved = save_wav(&recording, folder.path(), "Voicemail.wav").unwrap();
        let again = save_wav(&recording, folder.path(), "Voicemail.wav").unwrap();
        assert_eq!(again.file_name().unwrap(), "Voicemail (2).wav");
        let (was, is) = (sound::decode(recording).unwrap(), sound::decode(saved).unwrap());
        assert_eq!((was.rate, was.samples.len()), (is.rate, is.samples.len()));
        let apart = was
            .samples
            .iter()
            .zip(&is.samples)
            .map(|(one, two)| (one - two).abs());
        assert!(apart.fold(0.0, f32::max) < 0.001);
    }

    #[test]
    fn what_is_no_sound_leaves_no_file_behind() {
        let folder = tempfile::tempdir().unwrap();
        let recording = folder.path().join("recording");
        std::fs::write(&recording, "<html>Not found</html>").unwrap();
        assert!(save_wav(&recording, folder.path(), "Voicemail.wav").is_err());
        assert!(!folder.path().join("Voicemail.wav").exists());
    }
}
