//! What to do next, as pure functions: when a row may go, and what it means that an unknown one was or was not found.

use super::carrier::{Looked, Trace};
use crate::store::{CLOCK_TOLERANCE, Job, Unresolved, Urgency};
use crate::sync::pacing::Trouble;
use crate::texting::quiet_hours::{self, QuietHours};
use jiff::{SignedDuration, Timestamp};

/// The span in which limits are counted: a minute, and a little more, because the server counts requests when they arrive,
/// and a slow one and a quick one come closer together than they were sent.
pub const MINUTE: SignedDuration = SignedDuration::from_millis(60_250);

/// An unknown row is looked for this soon: mostly it went out and only the answer was lost.
pub const FIRST_LOOK: SignedDuration = SignedDuration::from_secs(2);

/// A request that was not carried out by then never will be: the client's time limit and RingCentral's own are far
/// shorter. Only then may an unknown row be sent again.
pub const CERTAIN_AFTER: SignedDuration = SignedDuration::from_mins(3);

/// "No more than 50 messages per originating number per minute"
/// (ringcentral.com/legal/sms-mms-content-policies).
const PER_NUMBER_PER_MINUTE: usize = 50;

/// A campaign sends one message a second and number at most; High Volume SMS allows no more for a ten-digit number.
const CAMPAIGN_INTERVAL: SignedDuration = SignedDuration::from_secs(1);

/// A row that meets an error of the server's so often is given up until a person wants it again
/// (developers.ringcentral.com/guide/basics/errors: 5 to 8 tries).
pub const MOST_ATTEMPTS: u32 = 5;

/// Mostly a cut upload was bad luck and the next one gets through; what is cut so often is cut on purpose.
const WAIT_AFTER_CUT_SECONDS: [i64; 5] = [10, 30, 120, 300, 900];

/// After the looks of [`LOOK_AFTER_SECONDS`].
const LAST_LOOKS: SignedDuration = SignedDuration::from_secs(60);

const LOOK_AFTER_SECONDS: [i64; 5] = [3, 5, 10, 20, 30];

/// What became of an unknown row.
#[derive(Debug)]
pub enum Verdict {
    WentOut(Box<Trace>),
    LookAgain {
        after: SignedDuration,
    },
    NeverWent,
    /// It cannot be found out, and is not done again.
    NeverKnown,
}

/// When what a row did can have been made, by the clock of the server.
pub fn window(began_at: Timestamp) -> (Timestamp, Timestamp) {
    let from = began_at.saturating_sub(CLOCK_TOLERANCE).unwrap_or(Timestamp::MIN);
    let until = began_at.saturating_add(CERTAIN_AFTER).unwrap_or(Timestamp::MAX);
    (from, until)
}

/// Decides by what was found. Traces that other rows have claimed are theirs; of several the oldest is taken, so that two
/// rows that do the same find one each.
pub fn after_looking(row: &Unresolved, looked: Looked, claimed: &[String]) -> Verdict {
    let (from, until) = window(row.began_at);
    let own = looked
        .traces
        .into_iter()
        .filter(|trace| (from..=until).contains(&trace.created_at) && !claimed.contains(&trace.remote_id))
        .min_by(|one, other| (one.created_at, &one.remote_id).cmp(&(other.created_at, &other.remote_id)));
    if let Some(trace) = own {
        return Verdict::WentOut(Box::new(trace));
    }
    if let Job::RingOut(_) | Job::Transcription(_) = row.job {
        // RingCentral has no list of such calls, and a second one would ring twice.
        return Verdict::NeverKnown;
    }
    let left = CERTAIN_AFTER - looked.server_now.duration_since(row.began_at);
    if left < SignedDuration::ZERO {
        return Verdict::NeverWent;
    }
    let index = usize::try_from(row.looks).unwrap_or(usize::MAX);
    let after = LOOK_AFTER_SECONDS
        .get(index)
        .map_or(LAST_LOOKS, |seconds| SignedDuration::from_secs(*seconds));
    // The last look comes right after the moment from which on it is certain.
    let after = after.min(left + SignedDuration::from_secs(1));
    Verdict::LookAgain { after }
}

/// When a number may be sent from again; `None` is now. `tries` are those of the last minute, the oldest first; those
/// from the future of a clock that was set back do not count.
///
/// A campaign spreads its messages evenly over the minute: a person who writes meanwhile finds the next place free at
/// once, and not after the rest of a minute that was used up in a burst.
pub fn free_at(tries: &[Timestamp], now: Timestamp, urgency: Urgency, per_minute: u32) -> Option<Timestamp> {
    let recent: Vec<Timestamp> = tries.iter().copied().filter(|at| *at <= now).collect();
    let allowed = PER_NUMBER_PER_MINUTE
        .min(usize::try_from(per_minute).unwrap_or(usize::MAX))
        .max(1);
    let by_count = recent
        .len()
        .checked_sub(allowed)
        .and_then(|surplus| recent.get(surplus))
        .map(|at| at.saturating_add(MINUTE).unwrap_or(Timestamp::MAX));
    let by_interval = match urgency {
        Urgency::Person | Urgency::Upload => None,
        Urgency::Campaign => recent
            .last()
            .map(|at| at.saturating_add(interval(allowed)).unwrap_or(Timestamp::MAX)),
    };
    by_count.max(by_interval).filter(|at| *at > now)
}

/// Until when a message of a campaign waits because it is night where it goes. It may be night by now although it was day
/// when the campaign began. What a person writes goes at any hour.
pub fn quiet_until(job: &Job, urgency: Urgency, now: Timestamp) -> Option<Timestamp> {
    let (Urgency::Campaign, Job::Text(text)) = (urgency, job) else {
        return None;
    };
    text.to
        .iter()
        .filter_map(|number| match quiet_hours::allowed(number, now) {
            QuietHours::Quiet { until, .. } => Some(until),
            QuietHours::Fine | QuietHours::UnknownZone => None,
        })
        .max()
}

/// Whether a try that was not carried out counts against its row. Waiting for the network, for the limit or for a sign-in
/// does not, however often it is tried meanwhile.
pub fn counts(trouble: &Trouble) -> bool {
    match trouble {
        Trouble::Failed { .. } | Trouble::NotStored { .. } | Trouble::Forbidden { .. } => true,
        Trouble::Offline | Trouble::RateLimited { .. } | Trouble::SignInRequired => false,
    }
}

/// Whether a row that was not carried out, and was tried so often, is left to a person.
pub fn is_given_up(trouble: &Trouble, attempts: u32) -> bool {
    counts(trouble) && (matches!(trouble, Trouble::Forbidden { .. }) || attempts >= MOST_ATTEMPTS)
}

/// How long a row waits whose upload broke off for this time, the first one being 1; `None` leaves it to a person. The server,
/// or a proxy before it, may cut every upload that is as large, and would be sent the same megabytes for ever.
pub fn wait_after_cut(cuts: u32) -> Option<SignedDuration> {
    let index = usize::try_from(cuts).ok()?.checked_sub(1)?;
    let seconds = WAIT_AFTER_CUT_SECONDS.get(index)?;
    Some(SignedDuration::from_secs(*seconds))
}

/// From one message of a campaign to the next, where the account allows so many a minute.
pub fn campaign_interval(per_minute: u32) -> SignedDuration {
    interval(PER_NUMBER_PER_MINUTE.min(usize::try_from(per_minute).unwrap_or(usize::MAX)))
}

fn interval(allowed: usize) -> SignedDuration {
    let millis = 60_000_i64.div_euclid(i64::try_from(allowed).unwrap_or(i64::MAX).max(1));
    SignedDuration::from_millis(millis).max(CAMPAIGN_INTERVAL)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::TextJob;
    use domain::ids::OutgoingId;
    use domain::phone_number::E164;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_000_000 + second).unwrap()
    }

    fn row(looks: u32) -> Unresolved {
        let job = Job::Text(TextJob {
            from: E164::new("+15105550100").unwrap(),
            to: vec![E164::new("+15105550147").unwrap()],
            text: "Ready".into(),
            conversation: None,
            files: Vec::new(),
        });
        Unresolved {
            id: OutgoingId(1),
            job,
            began_at: at(0),
            looks,
            attempts: 1,
        }
    }

    fn looked(server_second: i64, traces: &[(&str, i64)]) -> Looked {
        Looked {
            traces: traces
                .iter()
                .map(|(id, second)| Trace {
                    remote_id: (*id).to_owned(),
                    created_at: at(*second),
                    page: None,
                })
                .collect(),
            server_now: at(server_second),
        }
    }

    #[test]
    fn the_oldest_trace_that_nobody_else_has_claimed_is_taken() {
        let traces = [("c", 9), ("a", 1), ("b", 5)];
        let verdict = after_looking(&row(0), looked(10, &traces), &["a".to_owned()]);
        assert!(matches!(verdict, Verdict::WentOut(trace) if trace.remote_id == "b"));
    }

    #[test]
    fn the_same_words_of_another_hour_are_not_taken_for_ours() {
        let traces = [("yesterday", -3_600), ("later", 3_600)];
        let verdict = after_looking(&row(0), looked(5, &traces), &[]);
        assert!(matches!(verdict, Verdict::LookAgain { .. }));
    }

    #[test]
    fn what_is_not_found_is_given_up_only_when_no_request_can_still_be_on_its_way() {
        assert!(matches!(
            after_looking(&row(9), looked(180, &[]), &[]),
            Verdict::LookAgain { .. }
        ));
        assert!(matches!(
            after_looking(&row(0), looked(181, &[]), &[]),
            Verdict::NeverWent
        ));
    }

    #[test]
    fn looking_becomes_rarer_and_ends_right_after_it_is_certain() {
        let mut second = 2;
        let mut looks = 0;
        while let Verdict::LookAgain { after } = after_looking(&row(looks), looked(second, &[]), &[]) {
            second += after.as_secs();
            looks += 1;
        }
        assert_eq!((second, looks), (181, 7));
    }

    #[test]
    fn after_each_cut_an_upload_waits_longer_and_the_sixth_is_left_to_a_person() {
        let waits: Vec<_> = (1..=7).map(wait_after_cut).collect();
        let seconds = |seconds| Some(SignedDuration::from_secs(seconds));
        assert_eq!(waits[..5], [10, 30, 120, 300, 900].map(seconds));
        assert_eq!(waits[5..], [None, None]);
    }

    #[test]
    fn a_campaign_spreads_its_messages_over_the_minute() {
        assert_eq!(free_at(&[], at(0), Urgency::Campaign, 40), None);
        let next = free_at(&[at(0)], at(0), Urgency::Campaign, 40).unwrap();
        assert_eq!(next.as_millisecond() - at(0).as_millisecond(), 1_500);
        let never_faster = free_at(&[at(0)], at(0), Urgency::Campaign, 4_000).unwrap();
        assert_eq!(never_faster, at(0) + SignedDuration::from_millis(1_200));
    }

    #[test]
    fn a_person_waits_only_when_the_number_has_used_up_its_minute() {
        let tries: Vec<_> = (0..39).map(at).collect();
        assert_eq!(free_at(&tries, at(39), Urgency::Person, 40), None);
        let tries: Vec<_> = (0..40).map(at).collect();
        assert_eq!(free_at(&tries, at(40), Urgency::Person, 40), Some(at(0) + MINUTE));
    }

    #[test]
    fn tries_from_the_future_of_a_clock_that_was_set_back_do_not_count() {
        assert_eq!(free_at(&[at(900)], at(0), Urgency::Campaign, 40), None);
    }
}
