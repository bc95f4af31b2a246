//! What the settings say about transcription. Pure.

use crate::format::{counted, file_size, listed};
use domain::settings::Settings;
use domain::transcription::{
    ModelState, SpeechModel, TranscriberKind, TranscriberState, TranscriptionSettings,
};

/// Who is asked one after the other, as far as they can be used: `RingCentral, then this computer`.
pub(super) fn asked(settings: &TranscriptionSettings, states: &[TranscriberState]) -> String {
    let can = |kind: TranscriberKind| {
        let state = states.iter().find(|state| state.kind == kind);
        state.is_some_and(|state| state.hindrance.is_none())
    };
    let mut names = vec!["RingCentral"];
    names.extend(
        settings
            .order
            .iter()
            .filter(|kind| can(**kind))
            .map(|kind| match kind {
                TranscriberKind::RingCentral => "RingCentral",
                TranscriberKind::ThisComputer => "this computer",
                TranscriberKind::Gemini => "Google Gemini",
                TranscriberKind::OpenAi => "the transcription server",
            }),
    );
    names.dedup();
    names.join(", then ")
}

/// Its name.
pub(super) fn name(kind: TranscriberKind) -> &'static str {
    crate::voicemail::transcriber(kind)
}

/// What leaves this computer when it is asked, plainly.
pub(super) fn leaves(kind: TranscriberKind, settings: &TranscriptionSettings) -> String {
    match kind {
        TranscriberKind::RingCentral => {
            "Writes down the beginning of each message by itself. It has the recording anyway, so nothing more leaves this computer.".to_owned()
        }
        TranscriberKind::ThisComputer => "Writes down the whole message. Nothing leaves this computer.".to_owned(),
        TranscriberKind::Gemini => {
            "Each recording it writes down is sent to Google over the internet, where its own rules hold.".to_owned()
        }
        TranscriberKind::OpenAi => match host(&settings.open_ai.endpoint) {
            Some(host) => format!("Each recording it writes down is sent to {host}, whoever runs it."),
            None => "Each recording it writes down is sent to OpenAI (api.openai.com), where its own rules hold.".to_owned(),
        },
    }
}

/// The question of the switch: `Recordings may be sent to Google and api.openai.com`.
pub(super) fn consent(settings: &TranscriptionSettings) -> String {
    let mut places = Vec::new();
    if settings.order.contains(&TranscriberKind::Gemini) {
        places.push(host(&settings.gemini.endpoint).unwrap_or("Google"));
    }
    if settings.order.contains(&TranscriberKind::OpenAi) {
        places.push(host(&settings.open_ai.endpoint).unwrap_or("api.openai.com"));
    }
    if places.is_empty() {
        return "Recordings may be sent to services on the internet".to_owned();
    }
    format!("Recordings may be sent to {}", listed(&places))
}

/// The name of the computer in an address, as far as somebody has typed it.
fn host(endpoint: &str) -> Option<&str> {
    let rest = endpoint.trim().split_once("://").map(|(_, rest)| rest)?;
    rest.split(['/', '?']).next().filter(|host| !host.is_empty())
}

/// All of them in the order in which they are asked, those that are not asked last.
pub(super) fn arranged(order: &[TranscriberKind]) -> Vec<(TranscriberKind, bool)> {
    const ALL: [TranscriberKind; 3] = [
        TranscriberKind::ThisComputer,
        TranscriberKind::Gemini,
        TranscriberKind::OpenAi,
    ];
    let asked = order
        .iter()
        .filter(|kind| ALL.contains(kind))
        .map(|kind| (*kind, true));
    let others = ALL
        .iter()
        .filter(|kind| !order.contains(kind))
        .map(|kind| (*kind, false));
    asked.chain(others).collect()
}

/// The order with one of them asked, or no longer.
pub(super) fn switched(
    order: &[TranscriberKind],
    kind: TranscriberKind,
    is_on: bool,
) -> Vec<TranscriberKind> {
    let mut order: Vec<_> = order.iter().copied().filter(|other| *other != kind).collect();
    if is_on {
        order.push(kind);
    }
    order
}

/// The order with one of them asked earlier.
pub(super) fn earlier(order: &[TranscriberKind], kind: TranscriberKind) -> Vec<TranscriberKind> {
    let mut order = order.to_vec();
    if let Some(at) = order.iter().position(|other| *other == kind).filter(|at| *at > 0) {
        order.swap(at - 1, at);
    }
    order
}

/// `500 MB`, `2 GB`.
pub(super) fn megabytes(size: u32) -> String {
    if size >= 1_000 && size.is_multiple_of(1_000) {
        format!("{} GB", size / 1_000)
    } else {
        format!("{size} MB")
    }
}

/// How far a model is: size, or how much of it has arrived.
pub(super) fn model_state(model: &SpeechModel) -> String {
    let size = file_size(model.size_bytes);
    match &model.state {
        ModelState::NotHere | ModelState::Here => size,
        ModelState::Downloading { received_bytes } => format!("{} of {size}", file_size(*received_bytes)),
        ModelState::Interrupted {
            received_bytes,
            reason,
        } => {
            let far = format!("Stopped at {} of {size}", file_size(*received_bytes));
            reason
                .as_ref()
                .map_or_else(|| far.clone(), |reason| format!("{far}: {reason}"))
        }
    }
}

/// The name of the file, when the model is one that somebody chose.
pub(super) fn chosen_file(settings: &Settings) -> Option<&str> {
    let model = &settings.transcription.model;
    let name = model.rsplit(['/', '\\']).next()?;
    (name.len() < model.len()).then_some(name)
}

/// `14 voicemails`.
pub(super) fn voicemails(count: u32) -> String {
    counted(u64::from(count), "voicemail", "voicemails")
}

#[cfg(test)]
mod tests {
    use super::*;
    use TranscriberKind::{Gemini, OpenAi, ThisComputer};

    fn states(usable: &[TranscriberKind]) -> Vec<TranscriberState> {
        let state = |kind: &TranscriberKind| TranscriberState {
            kind: *kind,
            hindrance: (!usable.contains(kind)).then(|| "No key yet".to_owned()),
            has_key: false,
        };
        [ThisComputer, Gemini, OpenAi].iter().map(state).collect()
    }

    #[test]
    fn only_who_can_is_said_to_write_it_down() {
        let settings = TranscriptionSettings::default();
        assert_eq!(asked(&settings, &states(&[])), "RingCentral");
        assert_eq!(
            asked(&settings, &states(&[ThisComputer, OpenAi])),
            "RingCentral, then this computer, then the transcription server"
        );
        let none = TranscriptionSettings {
            order: Vec::new(),
            ..settings
        };
        assert_eq!(asked(&none, &states(&[ThisComputer])), "RingCentral");
    }

    #[test]
    fn consent_names_where_recordings_would_go() {
        let mut settings = TranscriptionSettings::default();
        assert_eq!(
            consent(&settings),
            "Recordings may be sent to Google and api.openai.com"
        );
        settings.open_ai.endpoint = "http://whisper.example:9000/v1".to_owned();
        settings.order = vec![ThisComputer, OpenAi];
        assert_eq!(
            consent(&settings),
            "Recordings may be sent to whisper.example:9000"
        );
        settings.order.clear();
        assert_eq!(
            consent(&settings),
            "Recordings may be sent to services on the internet"
        );
    }

    #[test]
    fn an_address_that_is_half_typed_names_no_host() {
        for (typed, expected) in [
            ("", None),
            ("http:/", None),
            ("https://", None),
            ("https://a.example", Some("a.example")),
        ] {
            assert_eq!(host(typed), expected, "{typed}");
        }
    }

    #[test]
    fn who_is_not_asked_stands_last() {
        assert_eq!(
            arranged(&[OpenAi, ThisComputer]),
            [(OpenAi, true), (ThisComputer, true), (Gemini, false)]
        );
    }

    #[test]
    fn the_order_changes_one_step_at_a_time() {
        assert_eq!(earlier(&[ThisComputer, Gemini], Gemini), [Gemini, ThisComputer]);
        assert_eq!(
            earlier(&[ThisComputer, Gemini], ThisComputer),
            [ThisComputer, Gemini]
        );
        assert_eq!(switched(&[ThisComputer, Gemini], Gemini, false), [ThisComputer]);
        assert_eq!(switched(&[ThisComputer], Gemini, true), [ThisComputer, Gemini]);
    }

    #[test]
    fn a_download_says_how_far_it_is_and_why_it_stopped() {
        let model = |state| SpeechModel {
            name: "base.en".to_owned(),
            words: String::new(),
            size_bytes: 147_000_000,
            state,
        };
        assert_eq!(model_state(&model(ModelState::NotHere)), "147.0 MB");
        let received_bytes = 12_300_000;
        assert_eq!(
            model_state(&model(ModelState::Downloading { received_bytes })),
            "12.3 MB of 147.0 MB"
        );
        let reason = Some("the network is away".to_owned());
        assert_eq!(
            model_state(&model(ModelState::Interrupted {
                received_bytes,
                reason
            })),
            "Stopped at 12.3 MB of 147.0 MB: the network is away"
        );
    }

    #[test]
    fn a_model_that_is_a_file_is_known_by_its_name() {
        let with = |model: &str| {
            let mut settings = Settings::default();
            settings.transcription.model = model.to_owned();
            chosen_file(&settings).map(str::to_owned)
        };
        assert_eq!(with("base.en"), None);
        assert_eq!(with(""), None);
        assert_eq!(with("/home/dana/ggml.bin").as_deref(), Some("ggml.bin"));
        assert_eq!(with(r"C:\models\ggml.bin").as_deref(), Some("ggml.bin"));
    }

    #[test]
    fn room_is_said_in_the_larger_unit_where_it_is_even() {
        assert_eq!(megabytes(500), "500 MB");
        assert_eq!(megabytes(2_000), "2 GB");
        assert_eq!(megabytes(1_250), "1250 MB");
    }
}
