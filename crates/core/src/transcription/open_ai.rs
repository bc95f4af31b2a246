//! A server with OpenAI's `/v1/audio/transcriptions`: OpenAI's own, another vendor's, or somebody's own computer.
//!
//! Times come with `verbose_json`, which OpenAI's present models and some servers do not do; those are asked for plain
//! `json`.

use super::courier::{Content, Courier, Shipment, check_address};
use super::error::TranscribeError;
use super::gemini::{milliseconds, or_default};
use super::{Sound, Transcriber, Watch};
use crate::store::TranscriptRecord;
use async_trait::async_trait;
use domain::transcription::{CloudSettings, TranscriberKind, TranscriptSegment, TranscriptSource};
use secrecy::SecretString;
use serde::Deserialize;
use url::Url;

pub(super) const DEFAULT_ENDPOINT: &str = "https://api.openai.com";
pub(super) const DEFAULT_MODEL: &str = "gpt-transcribe";

/// The host that is OpenAI's own: there a key is needed.
const OPEN_AI: &str = "api.openai.com";

/// "File uploads are currently limited to 25 MB" (platform.openai.com/docs/guides/speech-to-text); others take as much or
/// say so.
const MOST_BYTES: usize = 25 * 1000 * 1000;

/// An OpenAI-compatible server.
#[derive(Debug)]
pub(super) struct OpenAi {
    pub(super) courier: Courier,
    pub(super) settings: CloudSettings,
    pub(super) key: Option<SecretString>,
}

#[derive(Debug, Deserialize)]
struct Reply {
    text: String,
    language: Option<String>,
    #[serde(default)]
    segments: Option<Vec<Segment>>,
}

#[derive(Debug, Deserialize)]
struct Segment {
    start: f64,
    end: f64,
    #[serde(default)]
    text: String,
    avg_logprob: Option<f64>,
}

/// How an answer is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Json,
    VerboseJson,
}

/// Where a server is reached and what its model is called.
///
/// # Errors
/// Plain language, when the address cannot be used.
pub(super) fn address(settings: &CloudSettings) -> Result<(Url, String), String> {
    let endpoint = or_default(&settings.endpoint, DEFAULT_ENDPOINT);
    let mut url = Url::parse(endpoint)
        .map_err(|_| "The address of the transcription server is not an address.".to_owned())?;
    check_address(&url)?;
    // People give the address with the version and without.
    let has_version = url.path().trim_end_matches('/').ends_with("/v1");
    url.path_segments_mut()
        .map_err(|()| "The address of the transcription server is not an address.".to_owned())?
        .pop_if_empty()
        .extend((!has_version).then_some("v1"))
        .extend(["audio", "transcriptions"]);
    Ok((url, or_default(&settings.model, DEFAULT_MODEL).to_owned()))
}

/// OpenAI itself needs a key; a server of one's own may do without.
pub(super) fn needs_key(settings: &CloudSettings) -> bool {
    address(settings).is_ok_and(|(url, _)| url.host_str() == Some(OPEN_AI))
}

#[async_trait]
impl Transcriber for OpenAi {
    async fn transcribe(&self, sound: &Sound, watch: &Watch) -> Result<TranscriptRecord, TranscribeError> {
        let (to, model) = address(&self.settings).map_err(|why| TranscribeError::refused(why, true))?;
        let is_open_ai = to.host_str() == Some(OPEN_AI);
        // Of OpenAI's models only the old one gives times (API reference, `response_format`).
        let form = if is_open_ai && model != "whisper-1" {
            Form::Json
        } else {
            Form::VerboseJson
        };
        let mut answer = self.ask(&to, &model, form, sound, watch).await?;
        if form == Form::VerboseJson && answer.is_unprocessable() {
            answer = self.ask(&to, &model, Form::Json, sound, watch).await?;
        }
        let reply: Reply = answer.understood()?;
        let segments = reply.segments.unwrap_or_default();
        Ok(TranscriptRecord {
            source: TranscriptSource {
                kind: TranscriberKind::OpenAi,
                model,
            },
            language: reply.language.filter(|language| language.len() == 2),
            text: reply.text.trim().to_owned(),
            confidence: confidence(&segments),
            segments: placed(segments),
            is_partial: false,
        })
    }
}

impl OpenAi {
    async fn ask(
        &self,
        to: &Url,
        model: &str,
        form: Form,
        sound: &Sound,
        watch: &Watch,
    ) -> Result<super::courier::Answer, TranscribeError> {
        let file = sound.parcel().await?;
        if to.host_str() == Some(OPEN_AI) && file.content.len() > MOST_BYTES {
            return Err(TranscribeError::refused(
                "The recording is too large for OpenAI: it takes 25 MB.",
                false,
            ));
        }
        let format = match form {
            Form::Json => "json",
            Form::VerboseJson => "verbose_json",
        };
        let shipment = Shipment {
            to: to.clone(),
            key: self.key.clone().map(|key| ("authorization", "Bearer ", key)),
            content: Content::Form {
                fields: vec![
                    ("model", model.to_owned()),
                    ("response_format", format.to_owned()),
                    ("temperature", "0".to_owned()),
                ],
                file,
            },
        };
        self.courier.send(TranscriberKind::OpenAi, shipment, watch).await
    }
}

/// The mean of what the server says of each segment, weighed by its length.
fn confidence(segments: &[Segment]) -> Option<f32> {
    let (mut sum, mut weight) = (0.0, 0.0);
    for segment in segments {
        let length = (segment.end - segment.start).max(0.01);
        sum += segment.avg_logprob?.exp() * length;
        weight += length;
    }
    #[expect(clippy::cast_possible_truncation, reason = "a probability")]
    (weight > 0.0).then(|| (sum / weight).clamp(0.0, 1.0) as f32)
}

fn placed(segments: Vec<Segment>) -> Vec<TranscriptSegment> {
    segments
        .into_iter()
        .filter_map(|segment| {
            Some(TranscriptSegment {
                start_ms: milliseconds(segment.start)?,
                end_ms: milliseconds(segment.end)?,
                text: segment.text.trim().to_owned(),
            })
        })
        .collect()
}
