//! What each state of a call means to the person who waits for it.

use domain::ring_out::RingOutState;

/// How it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Calm,
    /// Something is to be picked up.
    Ringing,
    Good,
    Bad,
}

/// What is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) title: &'static str,
    pub(super) detail: String,
    pub(super) tone: Tone,
}

/// The words for a state.
pub(super) fn of(state: &RingOutState) -> Said {
    let said = |title, detail: &str, tone| Said {
        title,
        detail: detail.to_owned(),
        tone,
    };
    match state {
        RingOutState::Waiting => said(
            "Waiting",
            "The call has not left yet: there is no network, or RingCentral asked to wait. It begins by itself.",
            Tone::Calm,
        ),
        RingOutState::RingingYou => said("Your phone rings first", "Pick it up.", Tone::Ringing),
        RingOutState::RingingThem => said(
            "You are on the line",
            "Now the other side’s phone rings.",
            Tone::Ringing,
        ),
        RingOutState::Connected => said("Connected", "You talk on your phone.", Tone::Good),
        RingOutState::Finished => said(
            "Over",
            "The call ended, or goes on on your phone like any other.",
            Tone::Calm,
        ),
        RingOutState::Failed { reason } => said("It did not work", reason, Tone::Bad),
        RingOutState::Unknown => said(
            "Not sure",
            "RingCentral’s answer was lost, so your phone may ring or not. It is not asked for a second time.",
            Tone::Bad,
        ),
        RingOutState::Cancelled => said("Cancelled", "Nobody is called.", Tone::Calm),
    }
}

/// A phone rings, or will: there is something to cancel.
pub(super) fn is_under_way(state: &RingOutState) -> bool {
    match state {
        RingOutState::Waiting | RingOutState::RingingYou | RingOutState::RingingThem => true,
        RingOutState::Connected
        | RingOutState::Finished
        | RingOutState::Failed { .. }
        | RingOutState::Unknown
        | RingOutState::Cancelled => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_waits_is_told_that_the_own_phone_rings_first() {
        let said = of(&RingOutState::RingingYou);
        assert_eq!(said.title, "Your phone rings first");
        assert_eq!(said.detail, "Pick it up.");
    }

    #[test]
    fn a_failure_says_why_in_the_words_it_came_with() {
        let reason = "The phone is not connected.".to_owned();
        let said = of(&RingOutState::Failed {
            reason: reason.clone(),
        });
        assert_eq!((said.detail, said.tone), (reason, Tone::Bad));
    }

    #[test]
    fn only_what_rings_or_will_ring_can_be_cancelled() {
        assert!(is_under_way(&RingOutState::Waiting));
        assert!(is_under_way(&RingOutState::RingingThem));
        // The answer was lost: what is not known to ring cannot be stopped, and is not asked for again either.
        assert!(!is_under_way(&RingOutState::Unknown));
        assert!(!is_under_way(&RingOutState::Connected));
    }
}
