//! When a message counts as heard: after three seconds of real playing, or at its end. Pure.

const HEARD_MS: f64 = 3_000.0;
/// A larger step between two looks is a jump and no playing.
const LONGEST_STEP_MS: f64 = 2_500.0;

/// How much was listened to since it was last counted.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Listening {
    last_ms: Option<u32>,
    played_ms: f64,
    is_counted: bool,
}

impl Listening {
    /// The sound is at this place while it plays at `speed`. Answers whether it counts as heard just now.
    pub(super) fn at(&mut self, position_ms: u32, speed: f64) -> bool {
        let step = self
            .last_ms
            .replace(position_ms)
            .map_or(0.0, |last| f64::from(position_ms) - f64::from(last));
        if step > 0.0 && step <= LONGEST_STEP_MS * speed {
            self.played_ms += step / speed;
        }
        self.played_ms >= HEARD_MS && self.count()
    }

    /// Nothing plays, or it goes on elsewhere.
    pub(super) fn interrupted(&mut self) {
        self.last_ms = None;
    }

    /// Heard to its end, however short it is.
    pub(super) fn ended(&mut self) -> bool {
        self.last_ms = None;
        self.count()
    }

    /// It plays. What was counted already can count again: somebody may have marked it as unheard meanwhile.
    pub(super) fn begun(&mut self) {
        if self.is_counted {
            *self = Self::default();
        }
    }

    fn count(&mut self) -> bool {
        !std::mem::replace(&mut self.is_counted, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn play(listening: &mut Listening, from: u32, to: u32, speed: f64) -> Option<u32> {
        (from..=to).step_by(100).find(|at| listening.at(*at, speed))
    }

    #[test]
    fn three_seconds_count_and_only_once() {
        let mut listening = Listening::default();
        assert_eq!(play(&mut listening, 0, 10_000, 1.0), Some(3_000));
        assert_eq!(play(&mut listening, 3_100, 20_000, 1.0), None);
        assert!(!listening.ended());
    }

    #[test]
    fn fast_playing_takes_three_real_seconds_as_well() {
        assert_eq!(play(&mut Listening::default(), 0, 10_000, 2.0), Some(6_000));
    }

    #[test]
    fn jumping_about_is_no_listening() {
        let mut listening = Listening::default();
        for place in [0, 10_000, 20_000, 5_000, 30_000] {
            assert!(!listening.at(place, 1.0));
        }
        listening.interrupted();
        assert!(!listening.at(31_000, 1.0));
    }

    #[test]
    fn pauses_do_not_start_the_count_anew_before_it_is_over() {
        let mut listening = Listening::default();
        assert_eq!(play(&mut listening, 0, 2_000, 1.0), None);
        listening.interrupted();
        listening.begun();
        assert_eq!(play(&mut listening, 2_000, 9_000, 1.0), Some(3_000));
        listening.begun();
        assert_eq!(play(&mut listening, 3_000, 9_000, 1.0), Some(6_000));
    }

    #[test]
    fn a_short_message_counts_at_its_end() {
        let mut listening = Listening::default();
        assert_eq!(play(&mut listening, 0, 1_800, 1.0), None);
        assert!(listening.ended());
    }
}
