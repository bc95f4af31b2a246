//! What the settings ask about transcription, answered. `?models=` shows a state of the models: `here`, `downloading`, `interrupted`;
//! `?all=` of writing everything down: `waiting`, `nothing`.

use super::answers::reply;
use super::{contact_changes, world};
use crate::browser;
use domain::event::CoreEvent;
use domain::ipc::voicemail::{
    CancelAllTranscriptions, CancelModelDownload, ChooseModelFile, DeleteModel, DownloadModel,
    GetTranscription, SetTranscriberKey, TestTranscriber, TranscribeAll,
};
use domain::ipc::{Command, ErrorCode, IpcError};
use domain::transcription::{
    ModelState, SpeechModel, TranscriberKind, TranscriberState, TranscriptionOverview,
};
use serde_json::Value;

/// What was changed about transcription in this page.
#[derive(Debug, Clone)]
pub(super) struct Transcribing {
    models: Vec<SpeechModel>,
    keys: Vec<TranscriberKind>,
    waiting: u32,
    without_words: u32,
}

impl Default for Transcribing {
    fn default() -> Self {
        let model = |name: &str, words: &str, size_bytes, state| SpeechModel {
            name: name.to_owned(),
            words: words.to_owned(),
            size_bytes,
            state,
        };
        let first = match browser::parameter("models").as_deref() {
            Some("here") => ModelState::Here,
            Some("downloading") => ModelState::Downloading {
                received_bytes: 61_400_000,
            },
            Some("interrupted") => ModelState::Interrupted {
                received_bytes: 61_400_000,
                reason: Some("the network was away".to_owned()),
            },
            _ => ModelState::NotHere,
        };
        let all = browser::parameter("all");
        Self {
            models: vec![
                model(
                    "tiny.en",
                    "English, fastest, for old computers.",
                    77_704_715,
                    ModelState::NotHere,
                ),
                model("base.en", "English, a good start.", 147_964_211, first),
                model(
                    "small.en",
                    "English, fewest mistakes, three times slower.",
                    487_614_201,
                    ModelState::NotHere,
                ),
                model(
                    "base",
                    "Ninety languages, Spanish among them.",
                    147_951_465,
                    ModelState::NotHere,
                ),
            ],
            keys: Vec::new(),
            waiting: if all.as_deref() == Some("waiting") { 9 } else { 0 },
            without_words: if all.as_deref() == Some("nothing") { 0 } else { 14 },
        }
    }
}

/// The reply to the request `name`.
pub(super) fn answer(name: &str, request: Value) -> Result<Value, IpcError> {
    match name {
        GetTranscription::NAME => reply(request, |_: GetTranscription| Ok(overview())),
        TranscribeAll::NAME => reply(request, |_: TranscribeAll| {
            Ok(change(|now| {
                now.waiting = now.without_words;
                now.waiting
            }))
        }),
        CancelAllTranscriptions::NAME => reply(request, |_: CancelAllTranscriptions| {
            Ok(change(|now| std::mem::take(&mut now.waiting)))
        }),
        SetTranscriberKey::NAME => reply(request, |asked: SetTranscriberKey| {
            change(|now| {
                now.keys.retain(|kind| *kind != asked.kind);
                if asked.key.is_some() {
                    now.keys.push(asked.kind);
                }
            });
            Ok(())
        }),
        TestTranscriber::NAME => reply(request, |asked: TestTranscriber| {
            if asked.kind == TranscriberKind::OpenAi {
                return Err(IpcError {
                    code: ErrorCode::Offline,
                    message: "The server did not answer within ten seconds.".to_owned(),
                    retry_after_seconds: None,
                });
            }
            Ok("It works: it heard “please call me back” in 0.4 seconds.".to_owned())
        }),
        DownloadModel::NAME => reply(request, |asked: DownloadModel| {
            set_model(
                &asked.name,
                ModelState::Downloading {
                    received_bytes: 4_200_000,
                },
            );
            Ok(())
        }),
        CancelModelDownload::NAME => reply(request, |asked: CancelModelDownload| {
            let stopped = ModelState::Interrupted {
                received_bytes: 4_200_000,
                reason: None,
            };
            set_model(&asked.name, stopped);
            Ok(())
        }),
        DeleteModel::NAME => reply(request, |asked: DeleteModel| {
            set_model(&asked.name, ModelState::NotHere);
            Ok(())
        }),
        ChooseModelFile::NAME => reply(request, |_: ChooseModelFile| {
            world::with(|world| {
                world.settings.transcription.model = "/home/dana/models/ggml-medium.en.bin".to_owned()
            });
            world::announce(CoreEvent::SettingsChanged);
            Ok(Some("ggml-medium.en.bin".to_owned()))
        }),
        _ => contact_changes::answer(name, request),
    }
}

fn change<R>(work: impl FnOnce(&mut Transcribing) -> R) -> R {
    world::announce(CoreEvent::TranscriptionChanged);
    world::with(|world| work(&mut world.transcribing))
}

fn set_model(name: &str, state: ModelState) {
    change(|now| {
        if let Some(model) = now.models.iter_mut().find(|model| model.name == name) {
            model.state = state;
        }
    });
}

fn overview() -> TranscriptionOverview {
    world::with(|world| {
        let now = &world.transcribing;
        let settings = &world.settings.transcription;
        let state = |kind: TranscriberKind| {
            let has_key = now.keys.contains(&kind);
            let hindrance = match kind {
                TranscriberKind::RingCentral => None,
                TranscriberKind::ThisComputer => settings
                    .model
                    .is_empty()
                    .then_some("There is no speech model yet. Download one above."),
                TranscriberKind::Gemini | TranscriberKind::OpenAi => match (settings.allows_cloud, has_key) {
                    (false, _) => Some("Recordings may not be sent anywhere: see the switch above."),
                    (true, false) => Some("There is no key yet."),
                    (true, true) => None,
                },
            };
            TranscriberState {
                kind,
                hindrance: hindrance.map(str::to_owned),
                has_key,
            }
        };
        TranscriptionOverview {
            transcribers: [
                TranscriberKind::RingCentral,
                TranscriberKind::ThisComputer,
                TranscriberKind::Gemini,
                TranscriberKind::OpenAi,
            ]
            .map(state)
            .to_vec(),
            models: now.models.clone(),
            waiting: now.waiting,
            without_words: now.without_words,
        }
    })
}
