//! Recordings become samples: MP3, and PCM, A-law and mu-law in WAV, which is what RingCentral sends.
//!
//! A recording is read in small parts, so that an hour of it needs no more memory than a second. What is damaged plays as far
//! as it goes; there is a fault only when nothing can be played. Everything here blocks: callers in async code use a thread for
//! it. Nothing is resampled and nothing is played.

mod fault;
mod peaks;
mod short_format;
#[cfg(test)]
mod tests;
mod wav;

pub use fault::SoundFault;
pub use peaks::{Look, look};
pub use wav::{WavFault, write_wav};

use short_format::Lengthened;
use std::fs::File;
use std::io::{self, Cursor, Read, Seek};
use std::path::{Path, PathBuf};
use symphonia::core::codecs::audio::{AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, TrackType};
use symphonia::core::io::{MediaSource, MediaSourceStream};
use symphonia::core::meta::MetadataOptions;

/// More than an attachment of RingCentral ever has.
const LARGEST_BYTES: u64 = 64 * 1024 * 1024;
/// RingCentral ends a message long before; with the bytes it also bounds the time that decoding takes.
const LONGEST_SECONDS: u64 = 3 * 60 * 60;
/// What [`decode`] holds at once: three hours at the rate of telephones.
const MOST_SAMPLES_AT_ONCE: u64 = LONGEST_SECONDS * 8000;

/// Where a recording is.
#[derive(Debug, Clone)]
pub enum Recording {
    File(PathBuf),
    Bytes(Vec<u8>),
}

/// A decoded recording, one channel.
#[derive(Debug, Clone, PartialEq)]
pub struct Samples {
    /// Samples a second.
    pub rate: u32,
    /// -1 to 1.
    pub samples: Vec<f32>,
}

/// How much was in a recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// Samples a second.
    pub rate: u32,
    pub samples: u64,
}

/// Decodes a whole recording into memory: four bytes a sample. For long ones there is [`each_part`].
///
/// # Errors
/// [`SoundFault`] when nothing of it can be played.
pub fn decode(recording: impl Into<Recording>) -> Result<Samples, SoundFault> {
    let mut samples: Vec<f32> = Vec::new();
    let extent = each_part(recording, |_, part| {
        if (samples.len() as u64).saturating_add(part.len() as u64) > MOST_SAMPLES_AT_ONCE {
            return Err(SoundFault::TooLong);
        }
        samples.extend_from_slice(part);
        Ok(())
    })?;
    Ok(Samples {
        rate: extent.rate,
        samples,
    })
}

/// Decodes a recording part by part; `take` gets the samples a second and the next samples, a fraction of a second of them.
///
/// # Errors
/// [`SoundFault`] when nothing of it can be played, or what `take` answers.
pub fn each_part(
    recording: impl Into<Recording>,
    mut take: impl FnMut(u32, &[f32]) -> Result<(), SoundFault>,
) -> Result<Extent, SoundFault> {
    let mut opened = Opened::of(recording.into())?;
    let mut interleaved: Vec<f32> = Vec::new();
    let mut mono: Vec<f32> = Vec::new();
    let mut rate = 0;
    let mut count: u64 = 0;
    // Whatever ends the packets ends the sound; what came before is kept.
    while let Ok(Some(packet)) = opened.format.next_packet() {
        if packet.track_id != opened.track {
            continue;
        }
        let decoded = match opened.decoder.decode(&packet) {
            Ok(decoded) => decoded,
            // One bad packet is a click, and not the end.
            Err(Error::DecodeError(_) | Error::IoError(_)) => continue,
            Err(_) => break,
        };
        let spec = decoded.spec();
        let channels = spec.channels().count();
        if rate == 0 {
            rate = spec.rate();
        }
        if channels == 0 || rate == 0 || spec.rate() != rate {
            break;
        }
        decoded.copy_to_vec_interleaved(&mut interleaved);
        to_mono(&interleaved, channels, &mut mono);
        count = count.saturating_add(mono.len() as u64);
        if count > LONGEST_SECONDS.saturating_mul(u64::from(rate)) {
            return Err(SoundFault::TooLong);
        }
        take(rate, &mono)?;
    }
    if count == 0 {
        return Err(SoundFault::Damaged);
    }
    Ok(Extent { rate, samples: count })
}

impl Extent {
    /// How long it lasts.
    pub fn duration_ms(self) -> u32 {
        let ms = self.samples.saturating_mul(1000) / u64::from(self.rate.max(1));
        u32::try_from(ms).unwrap_or(u32::MAX)
    }
}

impl From<&Path> for Recording {
    fn from(path: &Path) -> Self {
        Self::File(path.to_path_buf())
    }
}

impl From<PathBuf> for Recording {
    fn from(path: PathBuf) -> Self {
        Self::File(path)
    }
}

impl From<Vec<u8>> for Recording {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

/// Reader and decoder of the one track of a recording.
struct Opened {
    format: Box<dyn FormatReader>,
    decoder: Box<dyn AudioDecoder>,
    track: u32,
}

impl Opened {
    fn of(recording: Recording) -> Result<Self, SoundFault> {
        match recording {
            Recording::File(path) => Self::of_source(File::open(path).map_err(SoundFault::Unreadable)?),
            Recording::Bytes(bytes) => Self::of_source(Cursor::new(bytes)),
        }
    }

    fn of_source(mut source: impl MediaSource + 'static) -> Result<Self, SoundFault> {
        let beginning = beginning(&mut source).map_err(SoundFault::Unreadable)?;
        if beginning.is_empty() {
            return Err(SoundFault::Empty);
        }
        if source.byte_len().is_some_and(|bytes| bytes > LARGEST_BYTES) {
            return Err(SoundFault::TooLong);
        }
        // Whatever the file is called, what it begins with decides which fault it is.
        let unusable = || {
            if looks_like_sound(&beginning) {
                SoundFault::Damaged
            } else {
                SoundFault::NotASound
            }
        };
        let source = Lengthened::of(source).map_err(SoundFault::Unreadable)?;
        let stream = MediaSourceStream::new(Box::new(source), Default::default());
        let format = symphonia::default::get_probe()
            .probe(
                &Hint::new(),
                stream,
                FormatOptions::default(),
                MetadataOptions::default(),
            )
            .map_err(|_| unusable())?;
        let track = format.default_track(TrackType::Audio).ok_or_else(unusable)?;
        let parameters = track
            .codec_params
            .as_ref()
            .and_then(|parameters| parameters.audio())
            .ok_or_else(unusable)?;
        let decoder = symphonia::default::get_codecs()
            .make_audio_decoder(parameters, &AudioDecoderOptions::default())
            .map_err(|_| unusable())?;
        let track = track.id;
        Ok(Self {
            format,
            decoder,
            track,
        })
    }
}

fn beginning(source: &mut (impl Read + Seek)) -> io::Result<Vec<u8>> {
    let mut beginning = Vec::new();
    source.by_ref().take(16).read_to_end(&mut beginning)?;
    source.rewind()?;
    Ok(beginning)
}

/// A RIFF file, a tag of an MP3, or the sync word of its first frame.
fn looks_like_sound(beginning: &[u8]) -> bool {
    beginning.starts_with(b"RIFF")
        || beginning.starts_with(b"ID3")
        || matches!(beginning, [0xff, second, ..] if second & 0xe0 == 0xe0)
}

fn to_mono(interleaved: &[f32], channels: usize, mono: &mut Vec<f32>) {
    mono.clear();
    if channels == 1 {
        mono.extend_from_slice(interleaved);
        return;
    }
    let share = 1.0 / channels as f32;
    mono.extend(
        interleaved
            .chunks_exact(channels)
            .map(|frame| frame.iter().sum::<f32>() * share),
    );
}
