//! Why a number belongs to somebody, or to nobody, said so that one can do something about it.

use domain::matching::{MatchExplanation, MatchReason, NoMatchReason};

/// What decided it.
pub(crate) fn reason(explanation: &MatchExplanation) -> &'static str {
    match (explanation.candidates.first(), explanation.no_match) {
        (Some(best), _) => match best.reason {
            MatchReason::RememberedChoice => "Somebody here chose this contact for the number.",
            MatchReason::SameNumber => "The contact has exactly this number.",
            MatchReason::Extension => "It is the extension of this colleague or queue.",
        },
        (None, Some(NoMatchReason::Withheld)) => "Without a number nobody can be recognised.",
        (None, Some(NoMatchReason::ShortNumber)) => {
            "Short codes and service numbers are shared by many and belong to no contact."
        }
        (None, Some(NoMatchReason::Malformed)) => "What was sent in place of a number is none.",
        (None, Some(NoMatchReason::UnknownNumber) | None) => {
            "Add a contact with this number, or attach it to one, and everything you had with it is linked."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::contact::{ContactKind, ContactRef};
    use domain::ids::ContactId;
    use domain::matching::MatchCandidate;

    fn explanation(reason: Option<MatchReason>, no_match: Option<NoMatchReason>) -> MatchExplanation {
        let contact = ContactRef {
            id: ContactId(1),
            name: "Maria Lopez".into(),
            company: None,
            kind: ContactKind::External,
            extension: None,
        };
        MatchExplanation {
            number: None,
            candidates: reason
                .map(|reason| MatchCandidate {
                    contact,
                    label: None,
                    reason,
                })
                .into_iter()
                .collect(),
            no_match,
            sentence: String::new(),
        }
    }

    #[test]
    fn a_choice_is_told_from_a_number_that_simply_matches() {
        let chosen = explanation(Some(MatchReason::RememberedChoice), None);
        assert!(reason(&chosen).contains("chose"));
        assert!(reason(&explanation(Some(MatchReason::SameNumber), None)).contains("exactly this number"));
    }

    #[test]
    fn only_an_unknown_number_can_be_added() {
        let words = |why| reason(&explanation(None, Some(why)));
        assert!(words(NoMatchReason::UnknownNumber).contains("Add a contact"));
        for never in [
            NoMatchReason::Withheld,
            NoMatchReason::ShortNumber,
            NoMatchReason::Malformed,
        ] {
            assert!(!words(never).contains("Add a contact"), "{never:?}");
        }
    }
}
