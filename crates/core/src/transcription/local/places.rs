//! Where in a piece of sound each sentence lies, told by its pauses. Pure.
//!
//! Whisper understands telephones better when it is not asked for times as well, so they are found here: words are spread over
//! the time in which somebody speaks. It is good enough to begin listening at a sentence, and no more than that.

use domain::transcription::TranscriptSegment;

/// A breath is shorter.
const FRAME_MS: u64 = 50;

/// Quieter than this part of the loud moments is a pause.
const PAUSE: f32 = 0.08;

/// A sentence is cut at its commas from this length on; nobody looks for a place in less.
const LONG_CHARS: usize = 60;

/// Spreads the text of a piece over it, from `start_ms` on; `rate` samples a second.
pub(super) fn placed(text: &str, samples: &[f32], rate: u32, start_ms: u64) -> Vec<TranscriptSegment> {
    let frame = usize::try_from(u64::from(rate) * FRAME_MS / 1000)
        .unwrap_or(1)
        .max(1);
    let spoken = spoken_frames(samples, frame);
    let parts = parts(text);
    let letters = |part: &str| part.chars().filter(|one| one.is_alphanumeric()).count();
    let all = parts.iter().map(|part| letters(part)).sum::<usize>().max(1);
    let mut before = 0;
    let mut segments = Vec::with_capacity(parts.len());
    for part in parts {
        let after = before + letters(part);
        let from = place(&spoken, before, all);
        let until = end(&spoken, after, all);
        segments.push(TranscriptSegment {
            start_ms: moment(start_ms, from),
            end_ms: moment(start_ms, until.max(from + 1)),
            text: part.to_owned(),
        });
        before = after;
    }
    segments
}

/// The frames in which somebody speaks, by their numbers; all of them when it is all the same.
fn spoken_frames(samples: &[f32], frame: usize) -> Vec<u64> {
    let loudness: Vec<f32> = samples
        .chunks(frame)
        .map(|frame| {
            #[expect(clippy::cast_precision_loss, reason = "a frame is short")]
            let count = frame.len().max(1) as f32;
            (frame.iter().map(|sample| sample * sample).sum::<f32>() / count).sqrt()
        })
        .collect();
    let mut sorted = loudness.clone();
    sorted.sort_unstable_by(f32::total_cmp);
    // One click must not make everything else a pause.
    let loud = sorted.get(sorted.len() * 9 / 10).copied().unwrap_or_default();
    let frames = (0..).zip(loudness);
    let spoken: Vec<u64> = frames
        .filter(|(_, one)| *one > loud * PAUSE)
        .map(|(index, _)| index)
        .collect();
    if spoken.is_empty() {
        (0..sorted.len() as u64).collect()
    } else {
        spoken
    }
}

/// The frame at which so many of all letters are spoken.
fn place(spoken: &[u64], letters: usize, all: usize) -> u64 {
    let index = spoken.len().saturating_mul(letters) / all;
    spoken
        .get(index.min(spoken.len().saturating_sub(1)))
        .copied()
        .unwrap_or_default()
}

/// The end of the frame before which so many of all letters are spoken: not the pause that follows.
fn end(spoken: &[u64], letters: usize, all: usize) -> u64 {
    let index = (spoken.len().saturating_mul(letters) / all).saturating_sub(1);
    spoken.get(index).map_or(0, |frame| frame + 1)
}

fn moment(start_ms: u64, frame: u64) -> u32 {
    u32::try_from(start_ms.saturating_add(frame.saturating_mul(FRAME_MS))).unwrap_or(u32::MAX)
}

/// Sentences, and the parts of long ones between commas.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((place, one)) = characters.next() {
        let ends_word = characters.peek().is_none_or(|(_, next)| next.is_whitespace());
        let is_end = match one {
            '.' | '?' | '!' => true,
            ',' | ';' | ':' => place - start >= LONG_CHARS,
            _ => false,
        };
        if is_end && ends_word {
            let end = place + one.len_utf8();
            parts.extend(text.get(start..end).map(str::trim));
            start = end;
        }
    }
    parts.extend(text.get(start..).map(str::trim));
    parts.retain(|part| !part.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_begins_where_somebody_speaks_again() {
        // A second of silence, two of speech, three of silence, two of speech.
        let mut sound = vec![0.0_f32; 8 * 8000];
        for second in [1, 2, 6, 7] {
            for (index, sample) in sound[second * 8000..(second + 1) * 8000].iter_mut().enumerate() {
                *sample = if index % 2 == 0 { 0.4 } else { -0.4 };
            }
        }
        let segments = placed("Here it is. Call me now!", &sound, 8000, 60_000);
        let places: Vec<_> = segments.iter().map(|one| (one.start_ms, one.end_ms)).collect();
        assert_eq!(segments[0].text, "Here it is.");
        assert_eq!(places[0].0, 61_000);
        assert!((62_500..63_100).contains(&places[0].1), "{places:?}");
        assert!((62_500..66_200).contains(&places[1].0), "{places:?}");
        assert_eq!(places[1].1, 68_000);
    }

    #[test]
    fn long_sentences_are_cut_at_commas_and_figures_are_not_cut() {
        let text = "We need about 1,250 of the number five dowels for the footings, and please call 415.555.0132, soon. Thanks";
        assert_eq!(
            parts(text),
            [
                "We need about 1,250 of the number five dowels for the footings,",
                "and please call 415.555.0132, soon.",
                "Thanks"
            ]
        );
    }

    #[test]
    fn nothing_said_has_no_place() {
        assert_eq!(placed("", &[0.0; 8000], 8000, 0), []);
        assert_eq!(placed("Hi", &[], 8000, 0).len(), 1);
    }
}
