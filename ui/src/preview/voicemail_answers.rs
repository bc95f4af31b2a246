//! Which request about voicemail and its words gets which answer.
//!
//! `?voicemail=` shows a state of the sound: `damaged`, `missing`, `sign-in`, `failed`, `fetching`, `not-here`; or of keeping:
//! `near`, `only-here`, `archived`. `?words=` one of the transcript: `waiting`, `running`, `refused`, `nothing`, `nobody`, `several`, `by-hand`.

use super::answers::{not_found, reply};
use super::{failure, history, transcription_answers, world};
use crate::browser;
use domain::attachment::AttachmentKind;
use domain::communication::{Body, Communication, Transcript};
use domain::event::CoreEvent;
use domain::ids::CommunicationId;
use domain::ipc::inbox::SavedFile;
use domain::ipc::voicemail::{
    CancelTranscription, CorrectTranscript, DeleteVoicemail, GetTranscript, GetVoicemail, NextUnheard,
    RememberPosition, SaveVoicemail, Transcribe,
};
use domain::ipc::{Command, ErrorCode, IpcError};
use domain::kept::Kept;
use domain::phone_number::E164;
use domain::transcription::{
    SpokenNumber, TranscriberKind, TranscriptDetail, TranscriptSegment, TranscriptSource, TranscriptState,
    TranscriptionWork,
};
use domain::voicemail::{PEAKS, Sound, SoundFormat, Voicemail};
use jiff::SignedDuration;
use serde_json::Value;

/// What was changed about voicemail in this page.
#[derive(Debug, Clone, Default)]
pub(super) struct Changed {
    positions: Vec<(CommunicationId, u32)>,
    /// What a person wrote instead of the machine.
    corrected: Vec<(CommunicationId, String)>,
    /// What was asked for or stopped.
    work: Vec<(CommunicationId, Option<TranscriptionWork>)>,
}

fn wants(parameter: &str, state: &str) -> bool {
    browser::parameter(parameter).as_deref() == Some(state)
}

/// The reply to the request `name`.
pub(super) fn answer(name: &str, request: Value) -> Result<Value, IpcError> {
    match name {
        GetVoicemail::NAME => reply(request, |asked: GetVoicemail| {
            if asked.fetch {
                refused()?;
            }
            let position = world::with(|world| newest(&world.voicemail.positions, asked.item));
            Ok(voicemail(&find(asked.item)?, asked.fetch, position.unwrap_or(0)))
        }),
        RememberPosition::NAME => reply(request, |asked: RememberPosition| {
            world::with(|world| {
                world
                    .voicemail
                    .positions
                    .insert(0, (asked.item, asked.position_ms))
            });
            Ok(())
        }),
        NextUnheard::NAME => reply(request, |asked: NextUnheard| {
            Ok(world::with(|world| {
                let unheard =
                    |item: &&Communication| !item.is_read && matches!(item.body, Body::Voicemail { .. });
                let at = world
                    .items
                    .iter()
                    .position(|item| Some(item.id) == asked.after)
                    .map_or(0, |at| at + 1);
                let later = world.items.iter().skip(at).find(unheard);
                later.or(world.items.iter().find(unheard)).map(|item| item.id)
            }))
        }),
        SaveVoicemail::NAME => reply(request, |asked: SaveVoicemail| {
            let item = find(asked.item)?;
            let kind = if asked.format == SoundFormat::Wav {
                "wav"
            } else {
                "mp3"
            };
            Ok(SavedFile {
                path: format!(
                    "/home/dana/Downloads/Voicemail {} 2026-11-17.{kind}",
                    item.party.label
                ),
            })
        }),
        DeleteVoicemail::NAME => reply(request, |asked: DeleteVoicemail| {
            Ok(world::with(|world| {
                let undoable = world.undoable("Voicemail deleted".to_owned());
                world.items.retain(|item| item.id != asked.item);
                world::announce(CoreEvent::CommunicationsChanged {
                    ids: vec![asked.item],
                });
                undoable
            }))
        }),
        GetTranscript::NAME => reply(request, |asked: GetTranscript| transcript(&find(asked.item)?)),
        Transcribe::NAME => reply(request, |asked: Transcribe| {
            set_work(asked.item, Some(TranscriptionWork::Running { percent: Some(12) }));
            Ok(())
        }),
        CancelTranscription::NAME => reply(request, |asked: CancelTranscription| {
            set_work(asked.item, None);
            Ok(())
        }),
        CorrectTranscript::NAME => reply(request, |asked: CorrectTranscript| {
            world::with(|world| {
                world.voicemail.corrected.retain(|(item, _)| *item != asked.item);
                world
                    .voicemail
                    .corrected
                    .extend(asked.text.map(|text| (asked.item, text)));
            });
            world::announce(CoreEvent::TranscriptionChanged);
            Ok(())
        }),
        _ => transcription_answers::answer(name, request),
    }
}

fn refused() -> Result<(), IpcError> {
    let (code, message) = if wants("voicemail", "sign-in") {
        (ErrorCode::SignInRequired, "Sign in again to fetch this message.")
    } else if wants("voicemail", "failed") {
        (
            ErrorCode::Offline,
            "RingCentral cannot be reached. What is on this computer stays readable.",
        )
    } else {
        return Ok(());
    };
    Err(IpcError {
        code,
        message: message.to_owned(),
        retry_after_seconds: None,
    })
}

fn find(id: CommunicationId) -> Result<Communication, IpcError> {
    world::with(|world| world.items.iter().find(|item| item.id == id).cloned()).ok_or_else(not_found)
}

fn newest<T: Clone>(all: &[(CommunicationId, T)], item: CommunicationId) -> Option<T> {
    all.iter()
        .find(|(other, _)| *other == item)
        .map(|(_, value)| value.clone())
}

fn set_work(item: CommunicationId, work: Option<TranscriptionWork>) {
    world::with(|world| world.voicemail.work.insert(0, (item, work)));
    world::announce(CoreEvent::TranscriptionChanged);
}

fn voicemail(item: &Communication, fetch: bool, position_ms: u32) -> Voicemail {
    let seconds = match item.body {
        Body::Voicemail { duration_seconds, .. } => duration_seconds,
        _ => 0,
    };
    let is_here = fetch
        || !["sign-in", "failed", "not-here"]
            .iter()
            .any(|state| wants("voicemail", state));
    let file = item
        .attachments
        .iter()
        .find(|file| file.kind == AttachmentKind::Audio);
    let sound = file.filter(|_| !wants("voicemail", "missing")).map(|file| Sound {
        attachment: file.id,
        duration_ms: seconds * 1_000 + u32::from(is_here) * 400,
        peaks: if is_here { peaks(item.id.0) } else { Vec::new() },
        fault: wants("voicemail", "damaged").then(|| {
            "This recording is damaged: it ends in the middle. It is the same at RingCentral.".to_owned()
        }),
    });
    let days = if wants("voicemail", "near") { 2 } else { 47 };
    let kept = if wants("voicemail", "only-here") {
        Kept::OnlyHere
    } else {
        Kept::There {
            until: None,
            newer_until_overwritten: Some(if wants("voicemail", "near") { 4 } else { 120 }),
            overwritten_about: Some(history::now() + SignedDuration::from_hours(24 * days)),
            is_archived: wants("voicemail", "archived"),
        }
    };
    Voicemail {
        item: item.id,
        sound,
        position_ms,
        kept,
    }
}

/// Something that looks like speech: words with pauses between them.
fn peaks(seed: i64) -> Vec<u8> {
    (0..PEAKS)
        .map(|at| {
            let at = i64::try_from(at).unwrap_or(0);
            let word = (at / 9 * 7_919 + seed * 31) % 17;
            if word < 4 {
                return 6;
            }
            let noise = (at * 2_654_435 + seed * 97) % 90;
            u8::try_from((60 + word * 6 + noise).clamp(0, 255)).unwrap_or(255)
        })
        .collect()
}

fn transcript(item: &Communication) -> Result<TranscriptState, IpcError> {
    let Body::Voicemail {
        transcript,
        duration_seconds,
    } = &item.body
    else {
        return Err(failure("this is no voicemail"));
    };
    let detail = match transcript {
        Transcript::Ready { text, .. }
            if !["nothing", "nobody", "several", "waiting", "running", "refused"]
                .iter()
                .any(|state| wants("words", state)) =>
        {
            Some(detail(item, text, *duration_seconds * 1_000))
        }
        _ => None,
    };
    let shown = if wants("words", "waiting") {
        Some(TranscriptionWork::Waiting)
    } else if wants("words", "running") {
        Some(TranscriptionWork::Running { percent: Some(42) })
    } else if wants("words", "refused") {
        Some(TranscriptionWork::Failed {
            reason: "Google did not accept the key. Replace it in the settings.".to_owned(),
            can_retry: true,
        })
    } else {
        None
    };
    let changed = world::with(|world| newest(&world.voicemail.work, item.id));
    Ok(TranscriptState {
        item: item.id,
        transcript: detail,
        work: changed.unwrap_or(shown),
        available: if wants("words", "nobody") {
            Vec::new()
        } else if wants("words", "several") {
            vec![TranscriberKind::ThisComputer, TranscriberKind::Gemini]
        } else {
            vec![TranscriberKind::ThisComputer]
        },
    })
}

fn detail(item: &Communication, text: &str, length_ms: u32) -> TranscriptDetail {
    let corrected = world::with(|world| newest(&world.voicemail.corrected, item.id))
        .or_else(|| wants("words", "by-hand").then(|| text.replace("moved up", "was moved up")));
    let is_local = item.id.0 % 2 == 0 || wants("words", "local");
    let sentences: Vec<&str> = text.split_inclusive(". ").collect();
    let letters = u32::try_from(text.len()).unwrap_or(1).max(1);
    let mut at = 0;
    let segments = sentences
        .iter()
        .map(|sentence| {
            let start_ms = at;
            at += u32::try_from(sentence.len()).unwrap_or(0) * length_ms / letters;
            TranscriptSegment {
                start_ms,
                end_ms: at,
                text: (*sentence).to_owned(),
            }
        })
        .collect();
    let numbers = if text.contains("510 555 0147") {
        let spoken = |e164| SpokenNumber {
            written: "510 555 0147".to_owned(),
            e164,
        };
        E164::new("+15105550147").ok().map(spoken).into_iter().collect()
    } else {
        Vec::new()
    };
    TranscriptDetail {
        original: corrected.is_some().then(|| text.to_owned()),
        text: corrected.unwrap_or_else(|| text.to_owned()),
        source: TranscriptSource {
            kind: if is_local {
                TranscriberKind::ThisComputer
            } else {
                TranscriberKind::RingCentral
            },
            model: if is_local {
                "base.en".to_owned()
            } else {
                String::new()
            },
        },
        segments: if is_local { segments } else { Vec::new() },
        confidence: Some(if is_local { 0.91 } else { 0.72 }),
        is_partial: !is_local,
        numbers,
        written_at: history::now(),
    }
}
