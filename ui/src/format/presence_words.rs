//! What a colleague's dot says, in words. Pure.

use super::durations;
use domain::presence::{Availability, CallsTaken, MemberPresence, StatusChoice};

/// Nobody counts the seconds of a call that long.
const TICKS_FOR_S: u64 = 24 * 3_600;

/// `On a call`.
pub(crate) fn state(availability: Availability) -> &'static str {
    match availability {
        Availability::Available => "Available",
        Availability::Busy => "Busy",
        Availability::Ringing => "Ringing",
        Availability::OnCall => "On a call",
        Availability::DoNotDisturb => "Do not disturb",
        Availability::Offline => "Offline",
    }
}

/// The class that gives the dot its colour and shape.
pub(crate) fn class(availability: Availability) -> &'static str {
    match availability {
        Availability::Available => "is-available",
        Availability::Busy => "is-busy",
        Availability::Ringing => "is-ringing",
        Availability::OnCall => "is-on-call",
        Availability::DoNotDisturb => "is-do-not-disturb",
        Availability::Offline => "is-offline",
    }
}

/// Which calls do not reach somebody who is there; `None` where the state says it all.
pub(crate) fn calls_taken(presence: &MemberPresence) -> Option<&'static str> {
    match presence.calls_taken {
        CallsTaken::NotFromQueues => Some("no queue calls"),
        CallsTaken::OnlyFromQueues => Some("queue calls only"),
        CallsTaken::None if presence.availability != Availability::DoNotDisturb => Some("takes no calls"),
        CallsTaken::All | CallsTaken::None => None,
    }
}

/// How long a state holds: to the second while the phone is in use, otherwise roughly.
pub(crate) fn time_in_state(availability: Availability, seconds: u64) -> String {
    if ticks(availability, seconds) {
        durations::on_the_clock(u32::try_from(seconds).unwrap_or(u32::MAX))
    } else {
        durations::waiting(seconds)
    }
}

/// Whether [`time_in_state`] changes with each second.
pub(crate) fn ticks(availability: Availability, seconds: u64) -> bool {
    matches!(availability, Availability::OnCall | Availability::Ringing) && seconds < TICKS_FOR_S
}

/// Everything about it, for a tooltip and a screen reader: `On a call for 4 min · no queue calls · “Back at one”`.
pub(crate) fn sentence(
    presence: &MemberPresence,
    seconds_in_state: Option<u64>,
    seconds_unheard: u64,
) -> String {
    let state = state(presence.availability);
    let state = match seconds_in_state {
        Some(seconds) if seconds >= 60 => format!("{state} for {}", durations::waiting(seconds)),
        _ => state.to_owned(),
    };
    let meeting = presence.is_in_meeting.then(|| "in a meeting".to_owned());
    let calls = calls_taken(presence).map(str::to_owned);
    let message = presence.message.as_ref().map(|message| format!("“{message}”"));
    let stale = presence
        .is_stale
        .then(|| match durations::waiting(seconds_unheard).as_str() {
            "just now" => "may be out of date".to_owned(),
            long => format!("may be out of date, last heard {long} ago"),
        });
    [Some(state), meeting, calls, message, stale]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}

/// What one can say of oneself, in the order of the menu.
pub(crate) const CHOICES: [StatusChoice; 5] = [
    StatusChoice::Available,
    StatusChoice::Busy,
    StatusChoice::DoNotDisturb,
    StatusChoice::NoQueueCalls,
    StatusChoice::Invisible,
];

/// `Do not disturb`, and what it does.
pub(crate) fn choice(choice: StatusChoice) -> (&'static str, &'static str) {
    match choice {
        StatusChoice::Available => ("Available", "All calls come"),
        StatusChoice::Busy => ("Busy", "Calls still come"),
        StatusChoice::DoNotDisturb => ("Do not disturb", "No calls at all"),
        StatusChoice::NoQueueCalls => ("No queue calls", "Direct calls only"),
        StatusChoice::Invisible => ("Invisible", "Offline for others"),
    }
}

/// What others see then, while no phone is in use.
pub(crate) fn seen_as(choice: StatusChoice) -> Availability {
    match choice {
        StatusChoice::Available | StatusChoice::NoQueueCalls => Availability::Available,
        StatusChoice::Busy => Availability::Busy,
        StatusChoice::DoNotDisturb => Availability::DoNotDisturb,
        StatusChoice::Invisible => Availability::Offline,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::ContactId;
    use jiff::Timestamp;

    fn presence(availability: Availability) -> MemberPresence {
        MemberPresence {
            contact: ContactId(1),
            availability,
            calls_taken: CallsTaken::All,
            is_in_meeting: false,
            message: None,
            since: None,
            updated_at: Timestamp::UNIX_EPOCH,
            is_stale: false,
        }
    }

    #[test]
    fn a_dot_says_state_time_and_message() {
        let mut lunch = presence(Availability::Busy);
        lunch.message = Some("Lunch until one".to_owned());
        lunch.calls_taken = CallsTaken::NotFromQueues;
        assert_eq!(
            sentence(&lunch, Some(720), 5),
            "Busy for 12 min · no queue calls · “Lunch until one”"
        );
        assert_eq!(sentence(&presence(Availability::Offline), None, 5), "Offline");
    }

    #[test]
    fn what_may_be_out_of_date_says_so_and_since_when() {
        let mut stale = presence(Availability::OnCall);
        stale.is_stale = true;
        assert_eq!(
            sentence(&stale, Some(240), 600),
            "On a call for 4 min · may be out of date, last heard 10 min ago"
        );
        assert_eq!(sentence(&stale, Some(3), 20), "On a call · may be out of date");
    }

    #[test]
    fn only_time_on_the_phone_counts_in_seconds() {
        assert_eq!(time_in_state(Availability::OnCall, 252), "4:12");
        assert_eq!(time_in_state(Availability::Busy, 252), "4 min");
        assert_eq!(time_in_state(Availability::OnCall, 200_000), "2 days");
    }

    #[test]
    fn do_not_disturb_does_not_say_twice_that_no_calls_come() {
        let mut quiet = presence(Availability::DoNotDisturb);
        quiet.calls_taken = CallsTaken::None;
        assert_eq!(sentence(&quiet, None, 0), "Do not disturb");
    }
}
