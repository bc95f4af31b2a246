//! The shape of a recording for the eye: its loudest moments.
//!
//! Its length is known only at its end, so the loudest moments are collected in bins that are merged in pairs when there are
//! too many. Memory stays the same however long the recording is.

use super::{Extent, Recording, SoundFault, each_part};
use domain::voicemail::PEAKS;

/// Enough that every one of the [`PEAKS`] parts is made of several bins.
const MOST_BINS: usize = 4096;
/// Eight milliseconds on the telephone.
const FIRST_SAMPLES_PER_BIN: usize = 64;

/// What is found when a recording is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    pub duration_ms: u32,
    /// [`PEAKS`] of them, 0 to 255.
    pub peaks: Vec<u8>,
}

/// Measures a recording and finds its peaks.
///
/// # Errors
/// [`SoundFault`] when nothing of it can be played.
pub fn look(recording: impl Into<Recording>) -> Result<Look, SoundFault> {
    let mut bins = Bins::new();
    let extent: Extent = each_part(recording, |_, part| {
        bins.add(part);
        Ok(())
    })?;
    Ok(Look {
        duration_ms: extent.duration_ms(),
        peaks: bins.peaks(),
    })
}

#[derive(Debug)]
struct Bins {
    samples_per_bin: usize,
    full: Vec<f32>,
    /// The bin that is being filled, and how many samples are in it.
    loudest: f32,
    filled: usize,
}

impl Bins {
    fn new() -> Self {
        Self {
            samples_per_bin: FIRST_SAMPLES_PER_BIN,
            full: Vec::with_capacity(MOST_BINS),
            loudest: 0.0,
            filled: 0,
        }
    }

    fn add(&mut self, part: &[f32]) {
        for sample in part {
            self.loudest = self.loudest.max(sample.abs());
            self.filled += 1;
            if self.filled == self.samples_per_bin {
                self.full.push(self.loudest);
                (self.loudest, self.filled) = (0.0, 0);
                if self.full.len() == MOST_BINS {
                    self.merge();
                }
            }
        }
    }

    fn merge(&mut self) {
        self.full = self
            .full
            .chunks(2)
            .map(|pair| pair.iter().copied().fold(0.0, f32::max))
            .collect();
        self.full.reserve(MOST_BINS - self.full.len());
        self.samples_per_bin *= 2;
    }

    fn peaks(mut self) -> Vec<u8> {
        if self.filled > 0 {
            self.full.push(self.loudest);
        }
        let bins = self.full.len();
        (0..PEAKS)
            .map(|part| {
                // Of a sound with fewer bins than peaks, a bin stands for several.
                let from = part * bins / PEAKS;
                let until = ((part + 1) * bins / PEAKS).max(from + 1);
                let loudest = self.full.iter().skip(from).take(until - from);
                (loudest.copied().fold(0.0, f32::max).min(1.0) * 255.0).round() as u8
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loud_middle_of_a_sound_is_the_middle_of_its_peaks_however_long_it_is() {
        for samples in [20_000, 3_000_000] {
            let mut bins = Bins::new();
            for index in 0..samples {
                let is_loud = (samples * 45 / 100..samples * 55 / 100).contains(&index);
                bins.add(&[if is_loud { -0.8 } else { 0.1 }]);
            }
            assert!(bins.full.len() <= MOST_BINS);
            let peaks = bins.peaks();
            assert_eq!(peaks.len(), PEAKS);
            assert_eq!(
                (peaks[PEAKS / 2], peaks[0], peaks[PEAKS - 1]),
                (204, 26, 26),
                "{samples}"
            );
        }
    }
}
