//! Recordings as WAV: 16-bit samples of one channel, which every program and service reads.

use super::{Extent, Recording, SoundFault, each_part};
use hound::{SampleFormat, WavSpec, WavWriter};
use std::io::{self, Seek, Write};

/// Why there is no WAV.
#[derive(Debug)]
pub enum WavFault {
    Sound(SoundFault),
    /// Where it was to be written.
    Disk(io::Error),
}

/// Writes a recording anew. Blocks.
///
/// # Errors
/// [`WavFault`]; what was written until then is no complete file.
pub fn write_wav(recording: impl Into<Recording>, to: impl Write + Seek) -> Result<Extent, WavFault> {
    let mut wav = Wav::Nothing(to);
    let mut failed = None;
    let read = each_part(recording, |sample_rate, part| {
        wav.write(sample_rate, part).map_err(|error| {
            failed = Some(disk_error(error));
            SoundFault::Damaged
        })
    });
    if let Some(error) = failed {
        return Err(WavFault::Disk(error));
    }
    let extent = read.map_err(WavFault::Sound)?;
    match wav {
        Wav::Begun(writer) => writer
            .finalize()
            .map_err(|error| WavFault::Disk(disk_error(error)))?,
        Wav::Nothing(_) | Wav::Failed => return Err(WavFault::Sound(SoundFault::Damaged)),
    }
    Ok(extent)
}

/// The rate stands in front, and is known with the first samples.
enum Wav<W: Write + Seek> {
    Nothing(W),
    Begun(WavWriter<W>),
    Failed,
}

impl<W: Write + Seek> Wav<W> {
    fn write(&mut self, sample_rate: u32, part: &[f32]) -> Result<(), hound::Error> {
        if matches!(self, Self::Nothing(_))
            && let Self::Nothing(to) = std::mem::replace(self, Self::Failed)
        {
            let spec = WavSpec {
                channels: 1,
                sample_rate,
                bits_per_sample: 16,
                sample_format: SampleFormat::Int,
            };
            *self = Self::Begun(WavWriter::new(to, spec)?);
        }
        let Self::Begun(writer) = self else { return Ok(()) };
        for sample in part {
            writer.write_sample((sample.clamp(-1.0, 1.0) * f32::from(i16::MAX)).round() as i16)?;
        }
        Ok(())
    }
}

fn disk_error(error: hound::Error) -> io::Error {
    match error {
        hound::Error::IoError(error) => error,
        other => io::Error::other(other),
    }
}
