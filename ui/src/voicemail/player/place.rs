//! Places in a sound: as words, as steps, as bars of the waveform. Pure.

use crate::format::durations::on_the_clock;
use std::fmt::Write as _;

/// How far the skip buttons and arrow keys go.
pub(crate) const SKIP_MS: i64 = 10_000;
/// With Shift, for the exact word.
pub(super) const STEP_MS: i64 = 1_000;
/// Whoever stopped within this time of the end has heard it.
const AT_END_MS: u32 = 1_500;
/// So many bars can be told apart.
pub(super) const BARS: usize = 80;
/// Height of the drawing; its middle is the middle line.
pub(super) const HEIGHT: u32 = 40;
/// Below this, what is quiet would be blown up to look loud.
const QUIET: u8 = 40;

/// `0:12`, rounded down, as players do.
pub(crate) fn clock(ms: u32) -> String {
    on_the_clock(ms / 1_000)
}

/// How long it lasts, to the nearest second, as RingCentral says it too.
pub(crate) fn length(ms: u32) -> String {
    clock(ms.saturating_add(500))
}

/// As screen readers say it: `0:12 of 0:48`.
pub(super) fn spoken(position_ms: u32, duration_ms: u32) -> String {
    format!("{} of {}", clock(position_ms), length(duration_ms))
}

/// The place after a step, within the sound.
pub(super) fn moved(position_ms: u32, by_ms: i64, duration_ms: u32) -> u32 {
    let wanted = i64::from(position_ms).saturating_add(by_ms);
    u32::try_from(wanted.clamp(0, i64::from(duration_ms))).unwrap_or(duration_ms)
}

/// Where to go on: at the beginning for what was heard to its end.
pub(super) fn resumed(position_ms: u32, duration_ms: u32) -> u32 {
    if position_ms.saturating_add(AT_END_MS) >= duration_ms {
        0
    } else {
        position_ms
    }
}

/// The place under the pointer; `along` from 0 to 1.
pub(super) fn at(along: f64, duration_ms: u32) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "such a cast stops at the ends of the range"
    )]
    let place = (along.clamp(0.0, 1.0) * f64::from(duration_ms)) as u32;
    place
}

/// How much lies behind, from 0 to 100.
pub(super) fn percent(position_ms: u32, duration_ms: u32) -> f64 {
    if duration_ms == 0 {
        return 0.0;
    }
    (f64::from(position_ms) / f64::from(duration_ms) * 100.0).min(100.0)
}

/// How often a playing sound is looked at: about twice for each bar, seldom enough to cost nothing.
pub(super) fn look_ms(duration_ms: u32) -> u32 {
    const FASTEST_MS: u32 = 80;
    const SLOWEST_MS: u32 = 250;
    (duration_ms / 160).clamp(FASTEST_MS, SLOWEST_MS)
}

/// The bars as one path: upright lines around the middle, the loudest as high as the drawing.
pub(super) fn bars(peaks: &[u8]) -> String {
    let loudest = peaks.iter().copied().max().unwrap_or(0).max(QUIET);
    let mut path = String::with_capacity(BARS * 16);
    for bar in 0..BARS {
        let (from, to) = (bar * peaks.len() / BARS, (bar + 1) * peaks.len() / BARS);
        let part = peaks.get(from..to.max(from + 1)).unwrap_or_default();
        let peak = part.iter().copied().max().unwrap_or(0);
        let half = 1 + u32::from(peak) * (HEIGHT / 2 - 3) / u32::from(loudest);
        let middle = HEIGHT / 2;
        // Half a step in, so that the outer bars are not cut.
        let _ = write!(path, "M{}.5 {}V{}", bar, middle - half, middle + half);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_spoken_as_they_are_shown() {
        assert_eq!(spoken(12_900, 48_000), "0:12 of 0:48");
        assert_eq!(clock(3_723_000), "1:02:03");
    }

    #[test]
    fn steps_stay_within_the_sound() {
        assert_eq!(moved(4_000, -SKIP_MS, 48_000), 0);
        assert_eq!(moved(44_000, SKIP_MS, 48_000), 48_000);
        assert_eq!(moved(12_000, SKIP_MS, 48_000), 22_000);
    }

    #[test]
    fn what_was_heard_to_the_end_begins_anew() {
        assert_eq!(resumed(12_000, 48_000), 12_000);
        assert_eq!(resumed(47_000, 48_000), 0);
        assert_eq!(resumed(60_000, 48_000), 0);
        assert_eq!(resumed(0, 0), 0);
    }

    #[test]
    fn the_pointer_outside_of_the_bar_means_its_ends() {
        assert_eq!(at(-0.2, 48_000), 0);
        assert_eq!(at(0.25, 48_000), 12_000);
        assert_eq!(at(7.0, 48_000), 48_000);
    }

    #[test]
    fn the_part_that_was_played_is_never_more_than_all() {
        assert!((percent(12_000, 48_000) - 25.0).abs() < 0.001);
        assert!((percent(99_000, 48_000) - 100.0).abs() < 0.001);
        assert!(percent(5, 0).abs() < 0.001);
    }

    #[test]
    fn there_are_always_as_many_bars_and_the_loudest_fills_the_height() {
        for peaks in [Vec::new(), vec![255], vec![9; 240]] {
            assert_eq!(bars(&peaks).matches('M').count(), BARS, "{}", peaks.len());
        }
        let mut peaks = vec![0; 240];
        peaks[0] = 90;
        assert!(bars(&peaks).starts_with("M0.5 2V38M1.5 19V21"));
    }

    #[test]
    fn long_messages_are_looked_at_less_often() {
        assert_eq!([3_000, 32_000, 3_600_000].map(look_ms), [80, 200, 250]);
    }

    #[test]
    fn silence_is_not_blown_up() {
        let path = bars(&[2; 240]);
        assert!(path.starts_with("M0.5 19V21"), "{path}");
    }
}
