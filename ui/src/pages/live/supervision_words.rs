//! The words of listening in. Pure.

use domain::supervision::SupervisionMode;

/// `Take over`.
pub(super) fn mode(mode: SupervisionMode) -> &'static str {
    match mode {
        SupervisionMode::Listen => "Listen",
        SupervisionMode::Whisper => "Whisper",
        SupervisionMode::Barge => "Barge in",
        SupervisionMode::TakeOver => "Take over",
    }
}

/// Who hears whom.
pub(super) fn meaning(mode: SupervisionMode) -> &'static str {
    match mode {
        SupervisionMode::Listen => "You hear both. Nobody hears you.",
        SupervisionMode::Whisper => "Only your colleague hears you.",
        SupervisionMode::Barge => "Both hear you.",
        SupervisionMode::TakeOver => "You talk to the caller in your colleague’s place.",
    }
}

/// `You are listening in`.
pub(super) fn running(mode: SupervisionMode) -> &'static str {
    match mode {
        SupervisionMode::Listen => "You are listening in",
        SupervisionMode::Whisper => "You are whispering to your colleague",
        SupervisionMode::Barge => "You are in the call",
        SupervisionMode::TakeOver => "You have taken the call over",
    }
}
