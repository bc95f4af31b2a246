//! What a service answered, read with a limit, and what it means when it is not a transcript.
//!
//! No word of the service itself is repeated: some quote the key that they refuse.

use super::super::error::TranscribeError;
use super::{name, name_within};
use domain::transcription::TranscriberKind;
use jiff::SignedDuration;
use reqwest::StatusCode;
use reqwest::header::RETRY_AFTER;
use serde::de::DeserializeOwned;

/// A transcript of an hour with times is some hundred kilobytes.
const LARGEST_BYTES: usize = 8 * 1024 * 1024;

/// Longer waits than this are not believed.
const LONGEST_WAIT_SECONDS: i64 = 24 * 60 * 60;

/// What a service answered.
#[derive(Debug)]
pub(in super::super) struct Answer {
    kind: TranscriberKind,
    status: StatusCode,
    retry_after: Option<SignedDuration>,
    body: Vec<u8>,
}

impl Answer {
    pub(super) async fn read(
        kind: TranscriberKind,
        mut response: reqwest::Response,
    ) -> Result<Self, TranscribeError> {
        let status = response.status();
        let retry_after = response
            .headers()
            .get(RETRY_AFTER)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.trim().parse::<i64>().ok())
            .map(|seconds| SignedDuration::from_secs(seconds.clamp(0, LONGEST_WAIT_SECONDS)));
        let mut body = Vec::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if body.len() + chunk.len() <= LARGEST_BYTES => {
                    body.extend_from_slice(&chunk)
                }
                Ok(Some(_)) => return Err(nonsense(kind)),
                Ok(None) => break,
                Err(error) => {
                    let words = format!("The answer of {} was cut off.", name_within(kind));
                    return Err(TranscribeError::later(words).because(error.without_url()));
                }
            }
        }
        Ok(Self {
            kind,
            status,
            retry_after,
            body,
        })
    }

    /// The server does not do what was asked for in this form.
    pub(in super::super) fn is_unprocessable(&self) -> bool {
        matches!(
            self.status,
            StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY | StatusCode::NOT_IMPLEMENTED
        )
    }

    /// The answer as what it should be.
    ///
    /// # Errors
    /// [`TranscribeError`] for an answer that says no, or is something else.
    pub(in super::super) fn understood<T: DeserializeOwned>(self) -> Result<T, TranscribeError> {
        if !self.status.is_success() {
            return Err(self.refusal());
        }
        serde_json::from_slice(&self.body).map_err(|error| nonsense(self.kind).because(error))
    }

    fn refusal(&self) -> TranscribeError {
        let who = name(self.kind);
        let within = name_within(self.kind);
        match self.status.as_u16() {
            401 => TranscribeError::refused(
                format!("{who} does not accept the key. Check it in the settings."),
                true,
            ),
            // Gemini answers 400 to a key that it does not know (`API_KEY_INVALID`).
            400 if contains(&self.body, b"API_KEY_INVALID") => TranscribeError::refused(
                format!("{who} does not accept the key. Check it in the settings."),
                true,
            ),
            403 => TranscribeError::refused(
                format!(
                    "{who} does not allow this key to do it. Check what the key is for, and whether the model is open to it."
                ),
                true,
            ),
            404 => TranscribeError::refused(
                format!("{who} does not know this address or model. Check both in the settings."),
                true,
            ),
            402 => TranscribeError::refused(format!("The account at {within} has no credit left."), true),
            413 => TranscribeError::refused(format!("The recording is too large for {within}."), false),
            400 | 415 | 422 => TranscribeError::refused(
                format!(
                    "{who} cannot read this recording, or does not know the model. Trying it again will not help."
                ),
                false,
            ),
            429 => TranscribeError::Later {
                words: format!(
                    "{who} asked to slow down, or the quota is used up. It is tried again by itself."
                ),
                after: self.retry_after,
                counts: true,
                source: None,
            },
            300..=399 => TranscribeError::refused(
                format!(
                    "{who} sent us to another address. Recordings go only to the one in the settings; correct it there."
                ),
                true,
            ),
            408 | 500..=599 => TranscribeError::Later {
                words: format!("{who} has a fault at the moment. It is tried again by itself."),
                after: self.retry_after,
                counts: true,
                source: None,
            },
            status => TranscribeError::refused(format!("{who} refused ({status})."), true),
        }
    }
}

/// Not what the service is known to answer.
pub(in super::super) fn nonsense(kind: TranscriberKind) -> TranscribeError {
    TranscribeError::refused(
        format!(
            "{} answered something that is not a transcript. Check its address in the settings.",
            name(kind)
        ),
        true,
    )
}

fn contains(body: &[u8], part: &[u8]) -> bool {
    body.windows(part.len()).any(|window| window == part)
}
