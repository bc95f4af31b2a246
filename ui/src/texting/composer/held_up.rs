//! Why texts wait although nothing is wrong with them, in words. Pure.

use crate::format::dates::Now;
use domain::outgoing::HeldUp;

/// A sentence for those who write.
pub(crate) fn sentence(held_up: &HeldUp, now: &Now) -> String {
    match held_up {
        HeldUp::Offline => {
            "RingCentral cannot be reached. What you send waits here and leaves when the connection is back."
                .to_owned()
        }
        HeldUp::RateLimited { until } => format!(
            "RingCentral asked to slow down. Texts wait until {} and then leave by themselves.",
            now.time_of_day(*until)
        ),
        HeldUp::SignInRequired => {
            "You are signed out of RingCentral. What you send waits here until you sign in again.".to_owned()
        }
        HeldUp::Trouble { reason, until } => format!(
            "{} Texts wait and are tried again at {}.",
            with_stop(reason),
            now.time_of_day(*until)
        ),
    }
}

/// The same behind `Queued`: `waits for the network`.
pub(crate) fn brief(held_up: &HeldUp, now: &Now) -> String {
    match held_up {
        HeldUp::Offline => "waits for the network".to_owned(),
        HeldUp::RateLimited { until } | HeldUp::Trouble { until, .. } => {
            format!("waits until {}", now.time_of_day(*until))
        }
        HeldUp::SignInRequired => "waits until you sign in".to_owned(),
    }
}

fn with_stop(sentence: &str) -> String {
    if sentence.ends_with(['.', '!', '?']) {
        sentence.to_owned()
    } else {
        format!("{sentence}.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZone;

    #[test]
    fn a_problem_is_said_with_what_happens_next() {
        let now = Now {
            at: "2026-11-17T15:00:00Z".parse().unwrap(),
            zone: TimeZone::UTC,
        };
        let trouble = HeldUp::Trouble {
            reason: "RingCentral has a fault of its own".to_owned(),
            until: "2026-11-17T15:02:00Z".parse().unwrap(),
        };
        assert_eq!(
            sentence(&trouble, &now),
            "RingCentral has a fault of its own. Texts wait and are tried again at 3:02 PM."
        );
        assert_eq!(brief(&trouble, &now), "waits until 3:02 PM");
        assert_eq!(brief(&HeldUp::Offline, &now), "waits for the network");
    }
}
