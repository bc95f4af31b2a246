//! What is said about a transcript: who wrote it down, how surely, what is being done. Pure.

use domain::transcription::{TranscriberKind, TranscriptDetail, TranscriptSegment, TranscriptionWork};

/// From here on a machine is sure, and from here on fairly.
const SURE: f32 = 0.85;
const FAIRLY: f32 = 0.6;
/// Silence after the last words still belongs to them for so long.
const AFTER_MS: u32 = 1_000;

/// `Written down by RingCentral, the beginning only`.
pub(super) fn provenance(transcript: &TranscriptDetail) -> String {
    let source = &transcript.source;
    // A model that was chosen as a file is known by its path.
    let model = source
        .model
        .rsplit(['/', '\\'])
        .next()
        .filter(|model| !model.is_empty());
    let who = match source.kind {
        TranscriberKind::RingCentral => "by RingCentral".to_owned(),
        TranscriberKind::ThisComputer => with_model("on this computer", model),
        TranscriberKind::Gemini => with_model("by Google Gemini", model),
        TranscriberKind::OpenAi => with_model("by the transcription server", model),
    };
    let extent = if transcript.is_partial {
        ", the beginning only"
    } else {
        ""
    };
    let by_hand = if transcript.original.is_some() {
        ", corrected by hand"
    } else {
        ""
    };
    format!("Written down {who}{extent}{by_hand}")
}

fn with_model(who: &str, model: Option<&str>) -> String {
    model.map_or_else(|| who.to_owned(), |model| format!("{who} ({model})"))
}

/// In words, and exactly for the tooltip.
pub(super) fn confidence(confidence: f32) -> (&'static str, String) {
    let words = if confidence >= SURE {
        "sure"
    } else if confidence >= FAIRLY {
        "fairly sure"
    } else {
        "unsure"
    };
    (
        words,
        format!(
            "The machine is {:.0} % sure of these words",
            confidence.clamp(0.0, 1.0) * 100.0
        ),
    )
}

/// Who could write it down, as a choice.
pub(crate) fn by(kind: TranscriberKind) -> &'static str {
    match kind {
        TranscriberKind::RingCentral => "RingCentral",
        TranscriberKind::ThisComputer => "This computer",
        TranscriberKind::Gemini => "Google Gemini",
        TranscriberKind::OpenAi => "OpenAI-compatible server",
    }
}

/// What becomes of the recording there.
pub(super) fn by_hint(kind: TranscriberKind) -> &'static str {
    match kind {
        TranscriberKind::RingCentral => "RingCentral has the recording already",
        TranscriberKind::ThisComputer => "The recording stays on this computer",
        TranscriberKind::Gemini => "The recording is sent to Google",
        TranscriberKind::OpenAi => "The recording is sent to the server in the settings",
    }
}

/// What is being done, in a line.
pub(super) fn work(work: &TranscriptionWork) -> String {
    match work {
        TranscriptionWork::Waiting => "Waiting to be written down".to_owned(),
        TranscriptionWork::Running { percent: None } => "Being written down".to_owned(),
        TranscriptionWork::Running {
            percent: Some(percent),
        } => format!("Being written down, {percent} %"),
        TranscriptionWork::Failed { reason, .. } => format!("Not written down: {reason}"),
    }
}

/// The part that is being heard.
pub(super) fn active(segments: &[TranscriptSegment], position_ms: u32) -> Option<usize> {
    let at = segments
        .iter()
        .rposition(|segment| segment.start_ms <= position_ms)?;
    let is_over = at + 1 == segments.len()
        && segments
            .get(at)
            .is_some_and(|segment| position_ms >= segment.end_ms.saturating_add(AFTER_MS));
    (!is_over).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::transcription::TranscriptSource;

    fn transcript(kind: TranscriberKind, model: &str) -> TranscriptDetail {
        TranscriptDetail {
            text: "Call me.".to_owned(),
            original: None,
            source: TranscriptSource {
                kind,
                model: model.to_owned(),
            },
            segments: Vec::new(),
            confidence: None,
            is_partial: false,
            numbers: Vec::new(),
            written_at: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn it_says_who_wrote_it_down_and_how_much_of_it() {
        let mut by_ringcentral = transcript(TranscriberKind::RingCentral, "");
        assert_eq!(provenance(&by_ringcentral), "Written down by RingCentral");
        by_ringcentral.is_partial = true;
        assert_eq!(
            provenance(&by_ringcentral),
            "Written down by RingCentral, the beginning only"
        );
        assert_eq!(
            provenance(&transcript(
                TranscriberKind::ThisComputer,
                "/home/dana/ggml-base.bin"
            )),
            "Written down on this computer (ggml-base.bin)"
        );
        assert_eq!(
            provenance(&transcript(TranscriberKind::Gemini, "")),
            "Written down by Google Gemini"
        );
    }

    #[test]
    fn a_correction_is_never_taken_for_the_machines_words() {
        let mut corrected = transcript(TranscriberKind::ThisComputer, "base.en");
        corrected.original = Some("Fall me.".to_owned());
        assert_eq!(
            provenance(&corrected),
            "Written down on this computer (base.en), corrected by hand"
        );
    }

    #[test]
    fn confidence_is_words_with_the_figure_behind() {
        assert_eq!(confidence(0.93).0, "sure");
        assert_eq!(confidence(0.7).0, "fairly sure");
        assert_eq!(
            confidence(0.41),
            ("unsure", "The machine is 41 % sure of these words".to_owned())
        );
    }

    #[test]
    fn work_shows_progress_where_it_is_known() {
        let running = |percent| work(&TranscriptionWork::Running { percent });
        assert_eq!(running(None), "Being written down");
        assert_eq!(running(Some(40)), "Being written down, 40 %");
    }

    #[test]
    fn the_part_being_heard_lasts_until_the_next_begins() {
        let segment = |start_ms, end_ms| TranscriptSegment {
            start_ms,
            end_ms,
            text: String::new(),
        };
        let segments = [segment(500, 2_000), segment(4_000, 6_000)];
        assert_eq!(active(&segments, 0), None);
        assert_eq!(active(&segments, 500), Some(0));
        assert_eq!(active(&segments, 3_000), Some(0));
        assert_eq!(active(&segments, 4_000), Some(1));
        assert_eq!(active(&segments, 6_999), Some(1));
        assert_eq!(active(&segments, 7_000), None);
        assert_eq!(active(&[], 100), None);
    }
}
