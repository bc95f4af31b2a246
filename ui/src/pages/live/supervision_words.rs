//! The words of listening in. Pure.

use domain::supervision::{ModeOffer, SupervisionMode, SupervisionWay};

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

/// What stands in the way of all of them, so that it is said once.
pub(super) fn shared_reason(modes: &[ModeOffer]) -> Option<SupervisionWay> {
    let (first, rest) = modes.split_first()?;
    let is_shared = matches!(first.way, SupervisionWay::Unavailable { .. })
        && !rest.is_empty()
        && rest.iter().all(|offer| offer.way == first.way);
    is_shared.then(|| first.way.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(mode: SupervisionMode, reason: Option<&str>) -> ModeOffer {
        let way = reason.map_or(SupervisionWay::RingsDevice, |reason| {
            SupervisionWay::Unavailable {
                reason: reason.to_owned(),
                remedy: None,
            }
        });
        ModeOffer { mode, way }
    }

    #[test]
    fn what_stands_in_the_way_of_all_modes_is_said_once() {
        let listen = |reason| offer(SupervisionMode::Listen, reason);
        let whisper = |reason| offer(SupervisionMode::Whisper, reason);
        let shared = shared_reason(&[listen(Some("no group")), whisper(Some("no group"))]);
        assert_eq!(shared, Some(listen(Some("no group")).way));
        for modes in [
            [listen(Some("no group")), whisper(Some("no phone"))],
            [listen(None), whisper(None)],
            [listen(None), whisper(Some("no group"))],
        ] {
            assert_eq!(shared_reason(&modes), None);
        }
    }
}
