//! How somebody likes to listen: speed and loudness, the same for every message and remembered.

use crate::browser;

const SPEED_KEY: &str = "voicemail-speed";
const VOLUME_KEY: &str = "voicemail-volume";
const MUTED_KEY: &str = "voicemail-muted";

/// In hundredths: all speeds there are.
pub(super) const SPEEDS: [u16; 5] = [75, 100, 125, 150, 200];

/// Speed and loudness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Liking {
    /// Hundredths of the natural speed.
    pub(super) speed: u16,
    /// 0 to 100.
    pub(super) volume: u8,
    pub(super) is_muted: bool,
}

impl Liking {
    /// As it was left.
    pub(super) fn remembered() -> Self {
        read(
            browser::remembered(SPEED_KEY).as_deref(),
            browser::remembered(VOLUME_KEY).as_deref(),
            browser::remembered(MUTED_KEY).as_deref(),
        )
    }

    /// For the next message and the next start.
    pub(super) fn remember(self) {
        browser::remember(SPEED_KEY, &self.speed.to_string());
        browser::remember(VOLUME_KEY, &self.volume.to_string());
        browser::remember(MUTED_KEY, if self.is_muted { "yes" } else { "no" });
    }

    pub(super) fn rate(self) -> f64 {
        f64::from(self.speed) / 100.0
    }

    /// As the audio element wants it.
    pub(super) fn gain(self) -> f64 {
        f64::from(self.volume) / 100.0
    }
}

/// What was written down is taken only as far as it makes sense.
fn read(speed: Option<&str>, volume: Option<&str>, muted: Option<&str>) -> Liking {
    let speed = speed
        .and_then(|text| text.parse().ok())
        .filter(|speed| SPEEDS.contains(speed));
    let volume = volume.and_then(|text| text.parse::<u8>().ok());
    Liking {
        speed: speed.unwrap_or(100),
        volume: volume.map_or(100, |volume| volume.min(100)),
        is_muted: muted == Some("yes"),
    }
}

/// `1×`, `1.25×`.
pub(super) fn speed_words(speed: u16) -> String {
    let (whole, rest) = (speed / 100, speed % 100);
    match (rest, rest % 10) {
        (0, _) => format!("{whole}×"),
        (_, 0) => format!("{whole}.{}×", rest / 10),
        _ => format!("{whole}.{rest:02}×"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speeds_are_written_without_needless_zeros() {
        let words: Vec<_> = SPEEDS.into_iter().map(speed_words).collect();
        assert_eq!(words, ["0.75×", "1×", "1.25×", "1.5×", "2×"]);
    }

    #[test]
    fn what_makes_no_sense_is_not_taken() {
        let sane = Liking {
            speed: 100,
            volume: 100,
            is_muted: false,
        };
        assert_eq!(read(None, None, None), sane);
        assert_eq!(read(Some("9000"), Some("loud"), Some("maybe")), sane);
        assert_eq!(read(Some("150"), Some("250"), Some("yes")).volume, 100);
        assert_eq!(read(Some("150"), Some("40"), Some("yes")).speed, 150);
    }
}
