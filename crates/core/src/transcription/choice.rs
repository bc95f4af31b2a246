//! Who writes a voicemail down. Pure.

use domain::transcription::{TranscriberKind, TranscriberState};

/// What is to be done about a voicemail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// RingCentral has written all of it down; nobody needs to be asked.
    IsWritten,
    By(TranscriberKind),
    /// Nobody can; plain language.
    Nobody {
        why: String,
    },
}

/// RingCentral's words when they are all there; else the first of `order` that can. Whom a person asked for by name is
/// asked whatever is there already.
pub fn choose(
    wanted: Option<TranscriberKind>,
    has_all_words_of_ringcentral: bool,
    order: &[TranscriberKind],
    states: &[TranscriberState],
) -> Choice {
    let hindrance = |kind: TranscriberKind| {
        let state = states.iter().find(|state| state.kind == kind);
        state.map_or_else(
            || Some("This transcriber is not known here.".to_owned()),
            |state| state.hindrance.clone(),
        )
    };
    if let Some(kind) = wanted {
        return match hindrance(kind) {
            None => Choice::By(kind),
            Some(why) => Choice::Nobody { why },
        };
    }
    if has_all_words_of_ringcentral {
        return Choice::IsWritten;
    }
    if let Some(kind) = able(order, states).next() {
        return Choice::By(kind);
    }
    let first = order.iter().copied().find_map(hindrance);
    Choice::Nobody {
        why: match first {
            Some(why) => format!("Nobody can write it down at the moment. {why}"),
            None => "Nobody is chosen to write voicemail down.".to_owned(),
        },
    }
}

/// Those of `order` that can, in their order. RingCentral writes by itself and cannot be asked.
pub fn able(order: &[TranscriberKind], states: &[TranscriberState]) -> impl Iterator<Item = TranscriberKind> {
    order.iter().copied().filter(|kind| {
        *kind != TranscriberKind::RingCentral
            && states
                .iter()
                .any(|state| state.kind == *kind && state.hindrance.is_none())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use TranscriberKind::{Gemini, OpenAi, RingCentral, ThisComputer};

    const ORDER: [TranscriberKind; 3] = [ThisComputer, Gemini, OpenAi];

    fn states(hindered: &[TranscriberKind]) -> Vec<TranscriberState> {
        [RingCentral, ThisComputer, Gemini, OpenAi]
            .into_iter()
            .map(|kind| TranscriberState {
                kind,
                hindrance: hindered.contains(&kind).then(|| format!("{kind:?} cannot.")),
                has_key: false,
            })
            .collect()
    }

    #[test]
    fn words_of_ringcentral_go_before_everyone() {
        assert_eq!(choose(None, true, &ORDER, &states(&[])), Choice::IsWritten);
    }

    #[test]
    fn the_first_that_can_is_asked() {
        assert_eq!(
            choose(None, false, &ORDER, &states(&[])),
            Choice::By(ThisComputer)
        );
        assert_eq!(
            choose(None, false, &ORDER, &states(&[ThisComputer, Gemini])),
            Choice::By(OpenAi)
        );
    }

    #[test]
    fn whom_a_person_names_is_asked_even_if_there_are_words() {
        assert_eq!(
            choose(Some(Gemini), true, &ORDER, &states(&[])),
            Choice::By(Gemini)
        );
    }

    #[test]
    fn nobody_else_is_asked_in_place_of_whom_a_person_names() {
        let Choice::Nobody { why } = choose(Some(Gemini), false, &ORDER, &states(&[Gemini])) else {
            panic!()
        };
        assert_eq!(why, "Gemini cannot.");
    }

    #[test]
    fn when_nobody_can_the_reason_of_the_first_is_given() {
        let Choice::Nobody { why } = choose(None, false, &ORDER, &states(&ORDER)) else {
            panic!()
        };
        assert!(why.ends_with("ThisComputer cannot."), "{why}");
        assert!(matches!(
            choose(None, false, &[], &states(&[])),
            Choice::Nobody { .. }
        ));
    }
}
