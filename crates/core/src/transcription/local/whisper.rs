//! The conversation with whisper.cpp, on a thread of its own.

use super::super::error::TranscribeError;
use super::super::{Sound, Watch};
use super::pieces::{Piece, Pieces, WHISPER_RATE};
use super::places;
use crate::store::TranscriptRecord;
use crate::voicemail::sound::{self as recording, SoundFault};
use domain::transcription::{TranscriberKind, TranscriptSegment, TranscriptSource};
use parking_lot::{Mutex, MutexGuard};
use std::path::{Path, PathBuf};
use thread_priority::{ThreadPriority, ThreadPriorityValue};
use tokio_util::sync::CancellationToken;
use whisper_rs::{
    FullParams, SamplingStrategy, WhisperContext, WhisperContextParameters, WhisperSegment, WhisperState,
};

/// One piece at a time in the whole program, whoever asks. After each piece those who waited go first: a short recording
/// need not wait for the end of a long one.
static TURN: Mutex<()> = Mutex::new(());

/// Of 100; on Linux a niceness of nine. At the lowest of all (nineteen) a busy computer never comes to it: measured with a
/// full load of other work, a sentence then took minutes.
const PRIORITY: u8 = 25;

/// The noise of a telephone line is quieter than this part of full scale, somebody who whispers is not.
const SILENCE: f32 = 0.002;

/// What Whisper is less sure of than this, and takes for silence with more than that, nobody said (the thresholds of its makers
/// for the same).
const LEAST_SURE: f64 = 0.37;
const MOST_SILENT: f32 = 0.6;

/// Continuations that are weighed against each other: a quarter more time than with one, most of which goes into hearing
/// anyway, and fewer words misheard on the telephone.
const BEAMS: i32 = 5;

/// Runs on a thread of its own; dropping the future ends it soon.
pub(super) async fn transcribe(
    file: PathBuf,
    model: String,
    sound: Sound,
    watch: Watch,
) -> Result<TranscriptRecord, TranscribeError> {
    let (answer, answered) = tokio::sync::oneshot::channel();
    let abandoned = CancellationToken::new();
    let _ends_with_this = abandoned.clone().drop_guard();
    std::thread::Builder::new()
        .name("transcription".to_owned())
        .spawn(move || {
            lower_priority();
            let mut turn = TURN.lock();
            let work = Work {
                watch,
                abandoned,
                model,
            };
            let written = work.run(&file, &sound, &mut turn);
            memory::give_back();
            // Nobody listens any more when it was stopped.
            let _ = answer.send(written);
        })
        .map_err(|error| {
            TranscribeError::later("This computer is too busy to write it down now.").because(error)
        })?;
    answered
        .await
        .unwrap_or_else(|_| Err(TranscribeError::later("Writing it down ended unexpectedly.")))
}

/// So that nobody who works meanwhile feels it. Where the system does not let us, it works all the same.
fn lower_priority() {
    if let Ok(priority) = ThreadPriorityValue::try_from(PRIORITY) {
        let _ = thread_priority::set_current_thread_priority(ThreadPriority::Crossplatform(priority));
    }
}

struct Work {
    watch: Watch,
    abandoned: CancellationToken,
    model: String,
}

/// What was heard so far.
#[derive(Default)]
struct Heard {
    segments: Vec<TranscriptSegment>,
    probability: f64,
    tokens: u32,
    language: Option<String>,
    samples: u64,
}

impl Work {
    fn run(
        &self,
        file: &Path,
        sound: &Sound,
        turn: &mut MutexGuard<'_, ()>,
    ) -> Result<TranscriptRecord, TranscribeError> {
        self.go_on()?;
        // What cannot be played is said before a model is loaded for it.
        let extent = sound.extent()?;
        let total = extent.samples.saturating_mul(u64::from(WHISPER_RATE)) / u64::from(extent.rate.max(1));
        let (context, mut state) = load(file)?;
        let mut pieces = Pieces::new(extent.rate);
        let mut heard = Heard::default();
        let mut failure = None;
        let decoded = recording::each_part(sound.content.to_vec(), |_, part| {
            let Some(piece) = pieces.add(part) else {
                return Ok(());
            };
            let done = self.hear(&context, &mut state, piece, total, &mut heard);
            MutexGuard::bump(turn);
            done.map_err(|error| {
                failure = Some(error);
                // Only to end the decoding.
                SoundFault::Damaged
            })
        });
        if let Some(failure) = failure {
            return Err(failure);
        }
        decoded?;
        if let Some(rest) = pieces.rest() {
            self.hear(&context, &mut state, rest, total, &mut heard)?;
        }
        Ok(self.record(heard))
    }

    fn hear(
        &self,
        context: &WhisperContext,
        state: &mut WhisperState,
        piece: Piece,
        total: u64,
        heard: &mut Heard,
    ) -> Result<(), TranscribeError> {
        self.go_on()?;
        let length = piece.samples.len() as u64;
        if is_silent(&piece.samples) {
            heard.samples = heard.samples.saturating_add(length);
            return Ok(());
        }
        let mut params = self.params(context, heard.samples, length, total);
        params.set_audio_ctx(window(length));
        let done = state.full(params, &piece.samples);
        // Being stopped looks like a failure of the encoder.
        self.go_on()?;
        done.map_err(|error| {
            TranscribeError::refused("The model could not make anything of this recording.", true)
                .because(error)
        })?;
        if heard.language.is_none() {
            heard.language = whisper_rs::get_lang_str(state.full_lang_id_from_state()).map(str::to_owned);
        }
        let mut text = String::new();
        for segment in state.as_iter() {
            if !heard.weigh(context, &segment) {
                continue;
            }
            if let Ok(part) = segment.to_str_lossy() {
                text.push_str(&part);
            }
        }
        let placed = places::placed(&spoken(&text), &piece.samples, WHISPER_RATE, piece.start_ms);
        heard.segments.extend(placed);
        heard.samples = heard.samples.saturating_add(length);
        Ok(())
    }

    fn params<'a>(
        &self,
        context: &WhisperContext,
        before: u64,
        length: u64,
        total: u64,
    ) -> FullParams<'a, 'a> {
        let mut params = FullParams::new(SamplingStrategy::BeamSearch {
            beam_size: BEAMS,
            patience: -1.0,
        });
        params.set_n_threads(1);
        params.set_no_context(true);
        // Asked for times as well, it mishears more on the telephone. [`places`] finds them.
        params.set_no_timestamps(true);
        // A model of many languages finds out which is spoken; one of English only knows that one.
        params.set_language((!context.is_multilingual()).then_some("en"));
        params.set_print_special(false);
        params.set_print_progress(false);
        params.set_print_realtime(false);
        params.set_print_timestamps(false);
        let watch = self.watch.clone();
        params.set_progress_callback_safe(move |percent: i32| {
            let part = length.saturating_mul(u64::try_from(percent).unwrap_or(0)) / 100;
            let all = before.saturating_add(part).saturating_mul(100) / total.max(1);
            watch.progress(u8::try_from(all.min(99)).unwrap_or(99));
        });
        let (watch, abandoned) = (self.watch.clone(), self.abandoned.clone());
        // Boxed once more on purpose: whisper-rs 0.16 takes what it is given for the inner type of a box of its own, which is
        // right for this type only.
        let is_over: Box<dyn FnMut() -> bool> =
            Box::new(move || watch.is_cancelled() || abandoned.is_cancelled());
        params.set_abort_callback_safe::<_, Box<dyn FnMut() -> bool>>(is_over);
        params
    }

    fn go_on(&self) -> Result<(), TranscribeError> {
        if self.watch.is_cancelled() || self.abandoned.is_cancelled() {
            return Err(TranscribeError::Cancelled);
        }
        Ok(())
    }

    fn record(&self, heard: Heard) -> TranscriptRecord {
        let words: Vec<&str> = heard
            .segments
            .iter()
            .map(|segment| segment.text.as_str())
            .collect();
        #[expect(clippy::cast_possible_truncation, reason = "a probability")]
        let confidence = (heard.tokens > 0).then(|| (heard.probability / f64::from(heard.tokens)) as f32);
        TranscriptRecord {
            source: TranscriptSource {
                kind: TranscriberKind::ThisComputer,
                model: self.model.clone(),
            },
            language: heard.language,
            text: words.join(" "),
            segments: heard.segments,
            confidence,
            is_partial: false,
        }
    }
}

impl Heard {
    /// How sure Whisper is of each token of what it wrote; false when it takes it for no speech itself.
    fn weigh(&mut self, context: &WhisperContext, segment: &WhisperSegment<'_>) -> bool {
        let (mut probability, mut tokens) = (0.0, 0);
        // Everything from the end-of-text token on is no text.
        let first_special = context.token_eot();
        for index in 0..segment.n_tokens() {
            if let Some(token) = segment.get_token(index)
                && token.token_id() < first_special
            {
                probability += f64::from(token.token_probability());
                tokens += 1;
            }
        }
        let is_guess = probability < LEAST_SURE * f64::from(tokens);
        if is_guess && segment.no_speech_probability() > MOST_SILENT {
            return false;
        }
        self.probability += probability;
        self.tokens = self.tokens.saturating_add(tokens);
        true
    }
}

/// Nothing was said: Whisper, which was made for speech, would put words into it.
fn is_silent(samples: &[f32]) -> bool {
    // A twentieth of a second.
    samples.chunks(800).all(|part| {
        let power: f32 = part.iter().map(|sample| sample * sample).sum();
        #[expect(clippy::cast_precision_loss, reason = "a part is short")]
        let count = part.len().max(1) as f32;
        (power / count).sqrt() < SILENCE
    })
}

/// How much Whisper hears at once, in fiftieths of a second; it hears silence after a short piece, and that takes as long as
/// speech. Some seconds of it are needed: cut closer, it says the last words twice.
fn window(samples: u64) -> i32 {
    const PER_SECOND: u64 = 50;
    let speech = samples.saturating_mul(PER_SECOND) / u64::from(WHISPER_RATE);
    let wanted = speech.saturating_add(5 * PER_SECOND).next_multiple_of(64);
    i32::try_from(wanted.clamp(768, 1500)).unwrap_or(1500)
}

fn load(file: &Path) -> Result<(WhisperContext, WhisperState), TranscribeError> {
    // It would write to the terminal otherwise.
    whisper_rs::install_logging_hooks();
    let parameters = WhisperContextParameters {
        use_gpu: false,
        // As whisper.cpp does by default; it is quicker.
        flash_attn: true,
        ..WhisperContextParameters::default()
    };
    let unusable = |error: whisper_rs::WhisperError| {
        TranscribeError::refused(
            "The model on this computer cannot be used. Delete it in the settings and download it again.",
            true,
        )
        .because(error)
    };
    let context = WhisperContext::new_with_params(file, parameters).map_err(unusable)?;
    let state = context.create_state().map_err(unusable)?;
    Ok((context, state))
}

/// The words without what Whisper writes for sounds and silence: `[BLANK_AUDIO]`, `(beeping)`, `*sigh*`, notes. A number may
/// stand in brackets too and stays.
fn spoken(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(['[', '(', '*', '♪']) {
        let (before, marked) = rest.split_at_checked(start).unwrap_or((rest, ""));
        kept.push_str(before);
        let Some(opening) = marked.chars().next() else {
            break;
        };
        let closing = match opening {
            '[' => ']',
            '(' => ')',
            other => other,
        };
        let inner = marked.get(opening.len_utf8()..).unwrap_or_default();
        match inner.split_once(closing) {
            Some((sound, after)) if !sound.contains(|one: char| one.is_ascii_digit()) => rest = after,
            Some((number, after)) => {
                kept.extend([opening]);
                kept.push_str(number);
                kept.extend([closing]);
                rest = after;
            }
            // Nothing closes it: the sign alone goes.
            None => rest = inner,
        }
    }
    kept.push_str(rest);
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_piece_is_heard_with_some_seconds_of_silence_and_a_long_one_whole() {
        for (seconds, expected) in [(1, 768), (6, 768), (14, 960), (20, 1280), (29, 1500)] {
            assert_eq!(window(seconds * u64::from(WHISPER_RATE)), expected, "{seconds}");
        }
    }

    #[test]
    fn what_stands_for_sounds_is_no_text_and_numbers_in_brackets_are() {
        for (heard, said) in [
            (" [BLANK_AUDIO]", ""),
            (" (beeping) Hello  there. [MUSIC]", "Hello there."),
            ("*sigh* Call (415) 555-0132.", "Call (415) 555-0132."),
            ("♪ la la ♪", ""),
            ("[never closed", "never closed"),
            ("Nothing special.", "Nothing special."),
        ] {
            assert_eq!(spoken(heard), said, "{heard}");
        }
    }
}
