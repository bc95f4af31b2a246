//! What is spoken on a voicemail: a recorded clip, several of them one after another, or bytes of a test's own.
//!
//! It says how long it lasts and what is said, so that a message's fields and its bytes cannot disagree.

use std::sync::Arc;

use bytes::Bytes;

use super::clips::{Clip, clip, clips};
use super::long_speech;

/// The vendor transcribes only the beginning of a long message; here that is what is said in so many seconds.
const TRANSCRIBED_S: u32 = 60;

/// What is spoken on a voicemail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Speech {
    /// A recorded clip, by its place.
    Clip(usize),
    /// MP3: the clips one after another until it is at least so long. It ends with a whole clip.
    LongMp3 {
        /// At least so many seconds.
        seconds: u32,
    },
    /// Mu-law WAV: the one clip of that format over and over, exactly so long.
    LongWav {
        /// Exactly so many seconds.
        seconds: u32,
    },
    /// Bytes of a test's own.
    Given(Arc<GivenSpeech>),
}

/// Bytes that stand in for a recording, whatever they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenSpeech {
    /// The bytes, as they will be served.
    pub bytes: Bytes,
    /// The MIME type the message claims for them.
    pub content_type: &'static str,
    /// The length the message claims.
    pub duration_s: u32,
    /// What the transcript will say.
    pub words: String,
}

impl Speech {
    /// A clip cut off in the middle of a frame, as an upload that broke off leaves it.
    pub fn truncated_mp3() -> Self {
        let whole = clip(0);
        // Not a multiple of a frame's length, so the last frame is not whole.
        let kept = whole.bytes.len() / 2 + 7;
        Self::Given(Arc::new(GivenSpeech {
            bytes: whole
                .bytes
                .get(..kept)
                .map(Bytes::from_static)
                .unwrap_or_default(),
            content_type: whole.content_type,
            duration_s: whole.duration_s,
            words: whole.transcript.to_owned(),
        }))
    }

    /// Text where audio is promised.
    pub fn text_named_mp3() -> Self {
        Self::given(
            Bytes::from_static(b"This is a text file that somebody has named message.mp3.\n"),
            "audio/mpeg",
            12,
        )
    }

    /// No bytes at all.
    pub fn empty() -> Self {
        Self::given(Bytes::new(), "audio/mpeg", 0)
    }

    /// Bytes without words.
    pub fn given(bytes: Bytes, content_type: &str, duration_s: u32) -> Self {
        Self::Given(Arc::new(GivenSpeech {
            bytes,
            content_type: super::known_content_type(content_type),
            duration_s,
            words: String::new(),
        }))
    }

    /// The MIME type the message tells.
    pub fn content_type(&self) -> &'static str {
        match self {
            Self::Clip(place) => clip(*place).content_type,
            Self::LongMp3 { .. } => "audio/mpeg",
            Self::LongWav { .. } => "audio/x-wav",
            Self::Given(given) => given.content_type,
        }
    }

    /// Its length in seconds, as `vmDuration` tells it.
    pub fn duration_s(&self) -> u32 {
        match self {
            Self::Clip(place) => clip(*place).duration_s,
            Self::LongMp3 { seconds } => long_speech::mp3_duration_s(&parts(*seconds, mp3_clips())),
            Self::LongWav { seconds } => *seconds,
            Self::Given(given) => given.duration_s,
        }
    }

    /// The audio.
    pub fn bytes(&self) -> Bytes {
        match self {
            Self::Clip(place) => Bytes::from_static(clip(*place).bytes),
            Self::LongMp3 { seconds } => Bytes::from(long_speech::mp3(&parts(*seconds, mp3_clips()))),
            Self::LongWav { seconds } => wav_clip()
                .map(|clip| Bytes::from(long_speech::wav(clip.bytes, *seconds)))
                .unwrap_or_default(),
            Self::Given(given) => given.bytes.clone(),
        }
    }

    /// Every word of it.
    pub fn words(&self) -> String {
        match self {
            Self::Clip(place) => clip(*place).transcript.to_owned(),
            Self::LongMp3 { seconds } => told(&parts(*seconds, mp3_clips())),
            Self::LongWav { seconds } => told(&parts(*seconds, wav_clip())),
            Self::Given(given) => given.words.clone(),
        }
    }

    /// What a transcript has that covers only the beginning: the first minute of a long message, half of a short one.
    pub fn beginning(&self) -> String {
        match self {
            Self::LongMp3 { seconds } if *seconds > TRANSCRIBED_S => told(&parts(TRANSCRIBED_S, mp3_clips())),
            Self::LongWav { seconds } if *seconds > TRANSCRIBED_S => told(&parts(TRANSCRIBED_S, wav_clip())),
            _ => {
                let words = self.words();
                let half = words.split(' ').take(words.split(' ').count() / 2);
                half.collect::<Vec<_>>().join(" ")
            }
        }
    }
}

impl From<usize> for Speech {
    fn from(place: usize) -> Self {
        Self::Clip(place)
    }
}

fn mp3_clips() -> impl Iterator<Item = &'static Clip> + Clone {
    clips().iter().filter(|clip| clip.content_type == "audio/mpeg")
}

fn wav_clip() -> Option<&'static Clip> {
    clips().iter().find(|clip| clip.content_type == "audio/x-wav")
}

/// Clips one after another, from the beginning again when they are used up, until they last so long.
fn parts(seconds: u32, from: impl IntoIterator<Item = &'static Clip, IntoIter: Clone>) -> Vec<&'static Clip> {
    let mut left = seconds;
    from.into_iter()
        .cycle()
        .take_while(|clip| {
            let is_wanted = left > 0;
            left = left.saturating_sub(clip.duration_s);
            is_wanted
        })
        .collect()
}

fn told(parts: &[&'static Clip]) -> String {
    let words: Vec<&str> = parts.iter().map(|clip| clip.transcript).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::long_speech::mp3_frames;

    #[test]
    fn a_long_mp3_is_frames_of_speech_from_end_to_end_and_lasts_as_long_as_it_says() {
        let long = Speech::LongMp3 { seconds: 200 };
        let bytes = long.bytes();
        let frames = mp3_frames(&bytes);
        let last = frames.last().unwrap();
        assert_eq!(last.end, bytes.len(), "frames to the last byte");
        // The first frame only describes the others.
        let seconds = (frames.len() - 1) as f64 * 0.072;
        assert!((seconds - f64::from(long.duration_s())).abs() <= 0.5, "{seconds}");
        assert!((200..225).contains(&long.duration_s()));
        assert_eq!(&bytes[13..17], b"Xing");
        let told = u32::from_be_bytes(bytes[21..25].try_into().unwrap());
        assert_eq!(usize::try_from(told).unwrap(), frames.len() - 1);
        let told_bytes = u32::from_be_bytes(bytes[25..29].try_into().unwrap());
        assert_eq!(usize::try_from(told_bytes).unwrap(), bytes.len());
        let xings = bytes.windows(4).filter(|four| four == b"Xing").count();
        assert_eq!(xings, 1, "the parts' own descriptions are left out");
    }

    #[test]
    fn an_hour_of_wav_is_an_hour_long() {
        let hour = Speech::LongWav { seconds: 3_600 };
        let bytes = hour.bytes();
        assert_eq!((hour.duration_s(), bytes.len()), (3_600, 58 + 3_600 * 8_000));
        let size = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
        assert_eq!(
            (&bytes[..4], &bytes[8..12], &bytes[50..54]),
            (&b"RIFF"[..], &b"WAVE"[..], &b"data"[..])
        );
        assert_eq!(
            (size(4), size(46), size(54)),
            (50 + 28_800_000, 28_800_000, 28_800_000)
        );
        // Mu-law silence is 0xFF and its neighbours; speech is not that.
        let loud = bytes[58 + 27_000_000..]
            .iter()
            .filter(|&&sample| (sample | 0x80) < 0xE0)
            .count();
        assert!(loud > 100_000, "it speaks to the end: {loud}");
    }

    #[test]
    fn the_transcript_of_a_long_message_covers_its_first_minute() {
        let long = Speech::LongMp3 { seconds: 200 };
        let (words, beginning) = (long.words(), long.beginning());
        assert!(words.starts_with(&beginning) && beginning.len() * 2 < words.len());
        assert!(beginning.contains("Maria Delgado") && beginning.split(' ').count() > 60);
        let short = Speech::Clip(0);
        assert!(short.words().starts_with(&short.beginning()));
        assert!(!short.beginning().is_empty());
    }

    #[test]
    fn spoiled_recordings_are_spoiled_in_their_own_ways() {
        let cut = Speech::truncated_mp3();
        let whole = Speech::Clip(0).bytes();
        assert!(whole.starts_with(&cut.bytes()) && cut.bytes().len() < whole.len());
        assert_ne!(mp3_frames(&cut.bytes()).last().unwrap().end, cut.bytes().len());
        assert!(mp3_frames(&Speech::text_named_mp3().bytes()).is_empty());
        assert!(Speech::empty().bytes().is_empty());
    }
}
