//! Texts and voicemails that arrive; changes and deletions on the server; recorded notifications.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};

use super::calls::word;
use super::{Body, Done, Refused, done, ends};
use crate::media::{self, GivenSpeech, Speech};
use crate::scenario;
use crate::simulator::Control;
use crate::world::ids::{ExtensionId, MessageId};
use crate::world::messages::{ReadStatus, TranscriptionStatus};
use crate::world::{SpokenMessage, World};

/// Two hours: far more than any mailbox takes, and little enough to be made up.
const LONGEST_S: u32 = 7_200;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewText {
    from: String,
    /// One of the account's numbers.
    to: String,
    text: String,
    /// Further recipients of a group text.
    #[serde(default)]
    others: Vec<String>,
    /// Seeds of pictures to attach.
    #[serde(default)]
    pictures: Vec<u64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewVoicemail {
    from: String,
    name: Option<String>,
    to: Option<String>,
    /// A recorded clip, unless `audio` says something else.
    #[serde(default)]
    clip: usize,
    audio: Option<Audio>,
    transcription: Option<String>,
    transcription_delay_seconds: Option<u32>,
}

/// What is spoken, or what stands in for a recording.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
enum Audio {
    LongMp3 {
        seconds: u32,
    },
    LongWav {
        seconds: u32,
    },
    TruncatedMp3,
    TextNamedMp3,
    Empty,
    Bytes {
        base64: String,
        content_type: String,
        #[serde(default)]
        duration_seconds: u32,
        #[serde(default)]
        words: String,
    },
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Inbox {
    limit: usize,
}

#[derive(Debug, Deserialize)]
pub(super) struct Deletion {
    #[serde(default)]
    purge: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MessageEdit {
    read_status: Option<String>,
    /// A voicemail's transcription comes to this state now.
    transcription: Option<String>,
    /// Brings a deleted message back.
    #[serde(default)]
    restore: bool,
}

pub(super) async fn text(State(control): State<Control>, body: Body<NewText>) -> Done {
    let Json(new) = body?;
    let to = ends::number(&new.to)?;
    let others = new
        .others
        .iter()
        .map(|text| ends::number(text))
        .collect::<Result<Vec<_>, _>>()?;
    let from = ends::outside(&new.from, None);
    let id = control.world(|world| match others.is_empty() {
        true => scenario::incoming_text(world, from, to, &new.text, &new.pictures),
        false => scenario::incoming_group_text(world, from, to, &others, &new.text),
    });
    told(id.map_err(Refused::because)?)
}

pub(super) async fn voicemail(State(control): State<Control>, body: Body<NewVoicemail>) -> Done {
    let Json(new) = body?;
    let from = ends::outside(&new.from, new.name.as_deref());
    let mut message = SpokenMessage::new(match new.audio {
        Some(audio) => speech(audio)?,
        None => Speech::Clip(new.clip),
    });
    if let Some(text) = new.transcription {
        message = message.ending(word(&text)?);
    }
    if let Some(seconds) = new.transcription_delay_seconds {
        message = message.transcribed_after(seconds);
    }
    let id = control.world(|world| {
        let target = ends::target(world, new.to.as_deref())?;
        scenario::leave_message(world, from, target, message).map_err(Refused::because)
    })?;
    match id {
        Some(id) => told(id),
        None => Err(Refused::because("nobody there takes voicemail")),
    }
}

pub(super) async fn edit(
    State(control): State<Control>,
    Path((extension, message)): Path<(String, String)>,
    body: Body<MessageEdit>,
) -> Done {
    let Json(edit) = body?;
    let transcription: Option<TranscriptionStatus> =
        edit.transcription.map(|text| word(&text)).transpose()?;
    let status: Option<ReadStatus> = edit.read_status.map(|text| word(&text)).transpose()?;
    control.world(|world| {
        let (owner, id) = find(world, &extension, &message)?;
        if edit.restore {
            world.restore_message(owner, id).map_err(Refused::because)?;
        }
        if let Some(status) = status {
            world
                .set_read_status(owner, id, status)
                .map_err(Refused::because)?;
        }
        if let Some(status) = transcription {
            world
                .set_transcription(owner, id, status)
                .map_err(Refused::because)?;
        }
        Ok::<(), Refused>(())
    })?;
    done()
}

/// How much a mailbox holds of voicemails and faxes.
pub(super) async fn inbox(State(control): State<Control>) -> Json<Value> {
    Json(json!({"limit": control.world(|world| world.inbox_limit())}))
}

pub(super) async fn set_inbox(State(control): State<Control>, body: Body<Inbox>) -> Done {
    let Json(asked) = body?;
    control.world(|world| world.set_inbox_limit(asked.limit));
    done()
}

fn speech(audio: Audio) -> Result<Speech, Refused> {
    Ok(match audio {
        Audio::LongMp3 { seconds } => Speech::LongMp3 {
            seconds: seconds.min(LONGEST_S),
        },
        Audio::LongWav { seconds } => Speech::LongWav {
            seconds: seconds.min(LONGEST_S),
        },
        Audio::TruncatedMp3 => Speech::truncated_mp3(),
        Audio::TextNamedMp3 => Speech::text_named_mp3(),
        Audio::Empty => Speech::empty(),
        Audio::Bytes {
            base64,
            content_type,
            duration_seconds,
            words,
        } => {
            let bytes = STANDARD.decode(base64).map_err(Refused::because)?;
            Speech::Given(Arc::new(GivenSpeech {
                bytes: bytes.into(),
                content_type: media::known_content_type(&content_type),
                duration_s: duration_seconds,
                words,
            }))
        }
    })
}

pub(super) async fn delete(
    State(control): State<Control>,
    Path((extension, message)): Path<(String, String)>,
    Query(deletion): Query<Deletion>,
) -> Done {
    control.world(|world| {
        let (owner, id) = find(world, &extension, &message)?;
        world
            .delete_message(owner, id, deletion.purge)
            .map_err(Refused::because)
    })?;
    done()
}

/// Passes recorded notifications on as they are: only `subscriptionId` is set, so that clients recognise them.
pub(super) async fn replay(State(control): State<Control>, body: Body<Vec<Value>>) -> Done {
    let Json(notifications) = body?;
    let count = notifications.len();
    control.world(|world| scenario::replay(world, notifications));
    Ok(Json(json!({"replayed": count})))
}

fn find(world: &World, extension: &str, message: &str) -> Result<(ExtensionId, MessageId), Refused> {
    let owner = ends::extension(world, extension)?;
    let id = message
        .parse()
        .map_err(|_| Refused::because(format!("{message} is not a message")))?;
    Ok((owner, id))
}

pub(super) fn told(id: MessageId) -> Done {
    Ok(Json(json!({"messageId": id.to_string()})))
}
