//! When a failed request is tried again, and after how long.
//!
//! Only operations that change nothing are tried again after a failure that leaves open whether they were carried
//! out. Refusals for the rate limit and for an expired token are not failures in this sense: the server did nothing,
//! so [`crate::client`] repeats them for every operation.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};

use crate::{error::Error, rate_limit::Priority};

/// How reads are tried again: start at 2 s, double, cap at 60 s, five tries in all
/// (developers.ringcentral.com/guide/basics/errors).
#[derive(Debug, Clone)]
pub struct RetryPolicy {
    /// Tries in all, the first included.
    pub max_tries: usize,
    /// Tries in all while a person waits: an honest error beats half a minute of silence.
    pub max_interactive_tries: usize,
    /// Delay before the second try.
    pub first_delay: Duration,
    /// Longest delay.
    pub max_delay: Duration,
    /// Whether up to one more delay is added at random, so that many clients do not return at once.
    pub has_jitter: bool,
    /// Tries in all for new tokens: "three tries, ten seconds apart" after timeouts and 5xx.
    pub token_tries: usize,
    /// Delay between tries for new tokens.
    pub token_delay: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_tries: 5,
            max_interactive_tries: 2,
            first_delay: Duration::from_secs(2),
            max_delay: Duration::from_secs(60),
            has_jitter: true,
            token_tries: 3,
            token_delay: Duration::from_secs(10),
        }
    }
}

impl RetryPolicy {
    /// The delays between the tries of one request.
    pub(crate) fn delays(&self, priority: Priority) -> Delays {
        let tries = match priority {
            Priority::Interactive => self.max_interactive_tries,
            Priority::Event | Priority::Campaign | Priority::Backfill => self.max_tries,
        };
        let mut builder = ExponentialBuilder::default()
            .with_min_delay(self.first_delay)
            .with_max_delay(self.max_delay)
            .with_max_times(tries.saturating_sub(1));
        if self.has_jitter {
            builder = builder.with_jitter();
        }
        Delays(builder.build())
    }
}

/// The remaining delays of one request.
#[derive(Debug)]
pub(crate) struct Delays(ExponentialBackoff);

impl Iterator for Delays {
    type Item = Duration;

    fn next(&mut self) -> Option<Duration> {
        self.0.next()
    }
}

impl Delays {
    /// The delay before trying again after `error`, or `None` when it is final.
    pub(crate) fn after(&mut self, error: &Error) -> Option<Duration> {
        if !error.is_transient() {
            return None;
        }
        let delay = self.next()?;
        // What the server says goes before what we would do.
        Some(error.retry_after().unwrap_or(delay))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ApiError;

    fn policy() -> RetryPolicy {
        RetryPolicy {
            has_jitter: false,
            ..RetryPolicy::default()
        }
    }

    fn api(status: u16, retry_after: Option<Duration>) -> Error {
        Error::Api(Box::new(ApiError {
            status,
            retry_after,
            ..ApiError::default()
        }))
    }

    #[test]
    fn delays_double_and_end_after_the_fifth_try() {
        let mut delays = policy().delays(Priority::Backfill);
        let seconds: Vec<_> = std::iter::from_fn(|| delays.after(&Error::Timeout { operation: "x" }))
            .map(|d| d.as_secs())
            .collect();
        assert_eq!(seconds, [2, 4, 8, 16]);
    }

    #[test]
    fn the_longest_delay_is_a_minute() {
        let mut delays = RetryPolicy {
            max_tries: 9,
            ..policy()
        }
        .delays(Priority::Event);
        let last = std::iter::from_fn(|| delays.after(&api(503, None)))
            .last()
            .unwrap();
        assert_eq!(last, Duration::from_secs(60));
    }

    #[test]
    fn retry_after_goes_before_our_own_delay() {
        let after = Duration::from_secs(17);
        assert_eq!(
            policy().delays(Priority::Event).after(&api(503, Some(after))),
            Some(after)
        );
    }

    #[test]
    fn a_refusal_that_will_not_change_is_final() {
        assert_eq!(policy().delays(Priority::Event).after(&api(400, None)), None);
    }

    #[test]
    fn a_waiting_person_gets_an_answer_after_two_tries() {
        let mut delays = policy().delays(Priority::Interactive);
        let error = api(500, None);
        assert!(delays.after(&error).is_some() && delays.after(&error).is_none());
    }
}
