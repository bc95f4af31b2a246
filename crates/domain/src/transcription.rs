//! What was said, written down: by whom, how surely, and how it can be had.

use crate::ids::CommunicationId;
use crate::phone_number::E164;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Who can write a recording down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TranscriberKind {
    /// RingCentral, by itself, the beginning of each message.
    RingCentral,
    /// Whisper on this computer; nothing leaves it.
    ThisComputer,
    /// Google Gemini.
    Gemini,
    /// A server with OpenAI's interface, somebody's own or a vendor's.
    OpenAi,
}

/// Who wrote a transcript.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TranscriptSource {
    pub kind: TranscriberKind,
    /// The model by its own name; empty where it is unknown.
    pub model: String,
}

/// A part of a transcript with its place in the sound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TranscriptSegment {
    pub start_ms: u32,
    pub end_ms: u32,
    pub text: String,
}

/// A telephone number that is said in a transcript. Machines mishear digits: it is shown before anybody calls it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpokenNumber {
    /// As it stands in the text.
    pub written: String,
    pub e164: E164,
}

/// A transcript with all that is known of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TranscriptDetail {
    /// As a person left it.
    pub text: String,
    /// As the machine wrote it, when a person changed it.
    pub original: Option<String>,
    pub source: TranscriptSource,
    /// In order, of the text as the machine wrote it; empty when no times are known.
    pub segments: Vec<TranscriptSegment>,
    /// 0 to 1, where the machine says how sure it is.
    pub confidence: Option<f32>,
    /// Covers the beginning only.
    pub is_partial: bool,
    pub numbers: Vec<SpokenNumber>,
    pub written_at: Timestamp,
}

/// A transcription that was asked for and is not there yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TranscriptionWork {
    Waiting,
    /// `percent` where it is known.
    Running {
        percent: Option<u8>,
    },
    /// It did not work and is not tried again by itself. Plain language.
    Failed {
        reason: String,
        can_retry: bool,
    },
}

/// All that the reading pane shows of the words of a voicemail.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TranscriptState {
    pub item: CommunicationId,
    pub transcript: Option<TranscriptDetail>,
    pub work: Option<TranscriptionWork>,
    /// Somebody who could write it down now; none means: see the settings.
    pub available: Vec<TranscriberKind>,
}

/// Where a service in the network is reached. Its key is in the keychain.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CloudSettings {
    /// Empty takes the default of the service.
    pub endpoint: String,
    pub model: String,
}

/// What a person chose about transcription.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TranscriptionSettings {
    /// New voicemail is written down without being asked.
    pub is_automatic: bool,
    /// The recordings may leave this computer for the services below.
    pub allows_cloud: bool,
    /// Who is asked when RingCentral has nothing, the first that can.
    pub order: Vec<TranscriberKind>,
    /// The model of this computer: its name in the catalogue, or the path of a file; empty is none.
    pub model: String,
    /// Where models are downloaded from; empty takes the default.
    pub models_address: String,
    pub gemini: CloudSettings,
    pub open_ai: CloudSettings,
}

/// A model of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpeechModel {
    /// Its name in the catalogue, such as `base.en`.
    pub name: String,
    /// What it is good for, in a sentence.
    pub words: String,
    pub size_bytes: u64,
    pub state: ModelState,
}

/// Whether a model is here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ModelState {
    NotHere,
    Downloading {
        received_bytes: u64,
    },
    /// Begun and interrupted; it goes on where it stopped.
    Interrupted {
        received_bytes: u64,
        reason: Option<String>,
    },
    Here,
}

/// One of those who can write down, as the settings show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TranscriberState {
    pub kind: TranscriberKind,
    /// Why it cannot be used at the moment; `None` when it can.
    pub hindrance: Option<String>,
    /// A key is in the keychain.
    pub has_key: bool,
}

/// What the settings show of transcription beside the settings themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TranscriptionOverview {
    pub transcribers: Vec<TranscriberState>,
    pub models: Vec<SpeechModel>,
    /// Recordings that wait or are being written down.
    pub waiting: u32,
    /// Voicemails of which there are no words and that could be written down.
    pub without_words: u32,
}

impl Default for TranscriptionSettings {
    fn default() -> Self {
        Self {
            is_automatic: true,
            allows_cloud: false,
            order: vec![
                TranscriberKind::ThisComputer,
                TranscriberKind::Gemini,
                TranscriberKind::OpenAi,
            ],
            model: String::new(),
            models_address: String::new(),
            gemini: CloudSettings::default(),
            open_ai: CloudSettings::default(),
        }
    }
}
