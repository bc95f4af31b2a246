//! Cuts a recording into pieces at quiet moments, and brings each to the rate that Whisper hears.
//!
//! Whisper hears half a minute at once. Cut by us, no word is torn at the end of one, and an hour needs no more memory than
//! half a minute does.

use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Resampler as _};

/// Samples a second that Whisper hears.
pub(super) const WHISPER_RATE: u32 = 16_000;

/// A piece is at most this long, and cut at the quietest moment of its end. Whisper hears thirty seconds at once.
const PIECE_SECONDS: usize = 29;
const SEARCHED_SECONDS: usize = 9;
/// Words have no pauses that are as long.
const QUIET_PARTS_PER_SECOND: usize = 4;

/// Whisper refuses what is shorter than a tenth of a second and is at ease from a second on.
const LEAST_SAMPLES: usize = 17_000;

/// Collects parts until they make a piece.
#[derive(Debug)]
pub(super) struct Pieces {
    rate: u32,
    held: Vec<f32>,
    /// Samples of pieces that were cut off before.
    done: u64,
}

/// A piece with the moment at which it begins.
pub(super) struct Piece {
    pub(super) start_ms: u64,
    /// At [`WHISPER_RATE`].
    pub(super) samples: Vec<f32>,
}

impl Pieces {
    pub(super) fn new(rate: u32) -> Self {
        Self {
            rate,
            held: Vec::new(),
            done: 0,
        }
    }

    /// Takes the next samples; answers a piece when there is one.
    pub(super) fn add(&mut self, part: &[f32]) -> Option<Piece> {
        self.held.extend_from_slice(part);
        let most = PIECE_SECONDS.saturating_mul(self.second());
        if self.held.len() < most {
            return None;
        }
        let rest = self.held.split_off(quiet_place(&self.held, self.second()));
        let piece = std::mem::replace(&mut self.held, rest);
        self.cut(&piece)
    }

    /// What is left at the end.
    pub(super) fn rest(&mut self) -> Option<Piece> {
        let rest = std::mem::take(&mut self.held);
        self.cut(&rest)
    }

    fn cut(&mut self, piece: &[f32]) -> Option<Piece> {
        let start_ms = self.done.saturating_mul(1000) / u64::from(self.rate.max(1));
        self.done = self.done.saturating_add(piece.len() as u64);
        let mut samples = resampled(piece, self.rate)?;
        if samples.len() < LEAST_SAMPLES {
            samples.resize(LEAST_SAMPLES, 0.0);
        }
        Some(Piece { start_ms, samples })
    }

    fn second(&self) -> usize {
        usize::try_from(self.rate).unwrap_or(usize::MAX).max(1)
    }
}

/// The middle of the quietest moment in the last seconds.
fn quiet_place(samples: &[f32], second: usize) -> usize {
    let part = (second / QUIET_PARTS_PER_SECOND).max(1);
    let from = samples
        .len()
        .saturating_sub(SEARCHED_SECONDS.saturating_mul(second));
    let searched = samples.get(from..).unwrap_or_default();
    let quietest = searched
        .chunks_exact(part)
        .map(|part| part.iter().map(|sample| sample * sample).sum::<f32>())
        .enumerate()
        .min_by(|(_, one), (_, other)| one.total_cmp(other));
    match quietest {
        Some((index, _)) => from + index * part + part / 2,
        None => samples.len(),
    }
}

/// `None` for an empty piece, or a rate that cannot be.
fn resampled(piece: &[f32], rate: u32) -> Option<Vec<f32>> {
    if piece.is_empty() {
        return None;
    }
    if rate == WHISPER_RATE {
        return Some(piece.to_vec());
    }
    let (from, to) = (usize::try_from(rate).ok()?, usize::try_from(WHISPER_RATE).ok()?);
    let mut resampler = Fft::<f32>::new(from, to, 1024, 1, FixedSync::Input).ok()?;
    let input = InterleavedSlice::new(piece, 1, piece.len()).ok()?;
    let output = resampler.process_all(&input, piece.len(), None).ok()?;
    Some(output.take_data())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(seconds: usize) -> Vec<f32> {
        #[expect(clippy::cast_precision_loss, reason = "a test")]
        (0..seconds * 8000)
            .map(|sample| (sample as f32 * 0.3).sin() * 0.5)
            .collect()
    }

    #[test]
    fn a_telephone_recording_is_as_long_and_as_loud_at_the_rate_of_whisper() {
        let mut pieces = Pieces::new(8000);
        assert!(pieces.add(&tone(4)).is_none());
        let piece = pieces.rest().unwrap();
        assert_eq!((piece.start_ms, piece.samples.len()), (0, 64_000));
        let middle = &piece.samples[8_000..56_000];
        let loudest = middle.iter().copied().fold(0.0, f32::max);
        assert!((0.48..0.52).contains(&loudest), "{loudest}");
    }

    #[test]
    fn a_long_recording_is_cut_where_it_is_quiet_and_nothing_of_it_is_lost() {
        let mut sound = tone(12 * 60);
        // A pause where the search for one looks, wherever the cuts before were.
        for second in (7..720).step_by(8) {
            sound[second * 8000..(second + 1) * 8000].fill(0.0);
        }
        let mut pieces = Pieces::new(8000);
        let mut cut: Vec<Piece> = sound.chunks(1152).filter_map(|part| pieces.add(part)).collect();
        cut.extend(pieces.rest());
        let is_in_pause = |piece: &Piece| piece.start_ms / 1000 % 8 == 7;
        let starts: Vec<_> = cut.iter().map(|piece| piece.start_ms).collect();
        assert!(
            cut.len() > 24 && cut.iter().skip(1).all(is_in_pause),
            "{starts:?}"
        );
        let total: usize = cut.iter().map(|piece| piece.samples.len()).sum();
        assert!(total.abs_diff(sound.len() * 2) < 10, "{total}");
        // What is held meanwhile stays bounded.
        assert!(cut.iter().all(|piece| piece.samples.len() < 16_000 * 30));
    }

    #[test]
    fn a_moment_of_sound_is_made_long_enough_for_whisper() {
        let mut pieces = Pieces::new(8000);
        pieces.add(&tone(1)[..400]);
        assert_eq!(pieces.rest().unwrap().samples.len(), LEAST_SAMPLES);
        assert!(pieces.rest().is_none());
    }
}
