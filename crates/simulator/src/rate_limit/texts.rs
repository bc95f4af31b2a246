//! What may be sent by text beyond the budget of the Medium group: per person, per sending number, per campaign and day, and
//! per account. Recipients count for numbers, campaigns and accounts, requests for people.

use std::collections::HashMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{RateLimits, Usage};

/// How much text may leave. Everything "per minute" is per window of [`RateLimits`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TextLimits {
    /// Texts of one person through all applications (`createSMSMessage` in the API reference).
    pub texts_per_user: u32,
    /// Texts with pictures, likewise (`createMMS`).
    pub pictures_per_user: u32,
    /// Messages from one number (ringcentral.com/legal/sms-mms-content-policies).
    pub per_number: u32,
    /// From one that is provisioned for high volume: one a second.
    pub per_high_volume_number: u32,
    /// From a toll-free one that is: three a second.
    pub per_high_volume_toll_free_number: u32,
    /// Messages a day from all numbers of a campaign of the tier `LowVolume`.
    pub low_volume_campaign_per_day: u32,
    /// Messages a day of the whole account; nothing is documented.
    pub account_per_day: Option<u32>,
}

impl Default for TextLimits {
    fn default() -> Self {
        Self {
            texts_per_user: 40,
            pictures_per_user: 50,
            per_number: 50,
            per_high_volume_number: 60,
            per_high_volume_toll_free_number: 180,
            low_volume_campaign_per_day: 6_000,
            account_per_day: None,
        }
    }
}

impl TextLimits {
    /// So high that a demo account is never slowed.
    pub(super) fn raised() -> Self {
        Self {
            texts_per_user: 4_000,
            pictures_per_user: 5_000,
            per_number: 5_000,
            per_high_volume_number: 6_000,
            per_high_volume_toll_free_number: 18_000,
            low_volume_campaign_per_day: 600_000,
            account_per_day: None,
        }
    }

    fn of_number(&self, number: SendingNumber<'_>) -> u32 {
        match number {
            SendingNumber {
                is_high_volume: false,
                ..
            } => self.per_number,
            SendingNumber {
                is_toll_free: true, ..
            } => self.per_high_volume_toll_free_number,
            _ => self.per_high_volume_number,
        }
    }
}

/// The number a text is to leave from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SendingNumber<'a> {
    pub(crate) number: &'a str,
    pub(crate) is_toll_free: bool,
    pub(crate) is_high_volume: bool,
    /// Its campaign is of the small tier.
    pub(crate) is_low_volume: bool,
}

/// A text on the point of leaving.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TextAsked<'a> {
    pub(crate) user: &'a str,
    pub(crate) from: SendingNumber<'a>,
    pub(crate) recipients: u32,
    pub(crate) has_pictures: bool,
}

/// What becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextVerdict {
    /// It may leave; so many of its recipients are beyond the campaign's day.
    Allowed {
        over_volume: u32,
    },
    TooFast {
        retry_after_seconds: u32,
    },
    AccountExhausted,
}

/// Who sent how much.
#[derive(Debug, Default)]
pub(super) struct TextUsage {
    users: HashMap<(String, bool), Usage>,
    numbers: HashMap<String, Usage>,
    day: i64,
    by_account_today: u32,
    by_campaign_today: u32,
}

impl TextUsage {
    /// Counts one text, if it may leave.
    pub(super) fn spend(
        &mut self,
        limits: &RateLimits,
        asked: &TextAsked<'_>,
        now: Timestamp,
    ) -> TextVerdict {
        // Carriers count days; which midnight they mean is not documented.
        const DAY_SECONDS: i64 = 24 * 60 * 60;
        let day = now.as_second().div_euclid(DAY_SECONDS);
        if day != self.day {
            (self.day, self.by_account_today, self.by_campaign_today) = (day, 0, 0);
        }
        let of_user = if asked.has_pictures {
            limits.texts.pictures_per_user
        } else {
            limits.texts.texts_per_user
        };
        let of_number = limits.texts.of_number(asked.from);
        let user = self
            .users
            .entry((asked.user.to_owned(), asked.has_pictures))
            .or_default();
        let number = self.numbers.entry(asked.from.number.to_owned()).or_default();
        // Both are asked before either is spent.
        let is_allowed = user.has_room(of_user, 1, limits, now)
            & number.has_room(of_number, asked.recipients, limits, now);
        if !is_allowed {
            return TextVerdict::TooFast {
                retry_after_seconds: limits.penalty_seconds,
            };
        }
        let after = self.by_account_today.saturating_add(asked.recipients);
        if limits.texts.account_per_day.is_some_and(|most| after > most) {
            return TextVerdict::AccountExhausted;
        }
        user.note(1, now);
        number.note(asked.recipients, now);
        self.by_account_today = after;
        let over_volume = if asked.from.is_low_volume {
            let room = limits
                .texts
                .low_volume_campaign_per_day
                .saturating_sub(self.by_campaign_today);
            self.by_campaign_today = self.by_campaign_today.saturating_add(asked.recipients.min(room));
            asked.recipients.saturating_sub(room)
        } else {
            0
        };
        TextVerdict::Allowed { over_volume }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_700_006_400 + second).unwrap()
    }

    fn asked(user: &'static str, number: &'static str, recipients: u32) -> TextAsked<'static> {
        TextAsked {
            user,
            from: SendingNumber {
                number,
                is_toll_free: false,
                is_high_volume: false,
                is_low_volume: true,
            },
            recipients,
            has_pictures: false,
        }
    }

    fn limits(texts: TextLimits) -> RateLimits {
        RateLimits {
            texts,
            ..RateLimits::default()
        }
    }

    const REFUSED: TextVerdict = TextVerdict::TooFast {
        retry_after_seconds: 60,
    };
    const ALLOWED: TextVerdict = TextVerdict::Allowed { over_volume: 0 };

    #[test]
    fn a_number_sends_fifty_a_minute_whoever_uses_it_and_asking_too_early_prolongs_the_wait() {
        let limits = limits(TextLimits::default());
        let mut usage = TextUsage::default();
        for _ in 0..30 {
            assert_eq!(usage.spend(&limits, &asked("1", "a", 1), at(0)), ALLOWED);
        }
        assert_eq!(usage.spend(&limits, &asked("2", "a", 20), at(1)), ALLOWED);
        assert_eq!(usage.spend(&limits, &asked("2", "a", 1), at(2)), REFUSED);
        assert_eq!(usage.spend(&limits, &asked("2", "b", 1), at(2)), ALLOWED);
        assert_eq!(usage.spend(&limits, &asked("2", "a", 1), at(61)), REFUSED);
        assert_eq!(usage.spend(&limits, &asked("2", "a", 1), at(121)), ALLOWED);
    }

    #[test]
    fn a_person_sends_forty_a_minute_from_whatever_numbers() {
        let limits = limits(TextLimits::default());
        let mut usage = TextUsage::default();
        for place in 0..40 {
            let number = if place % 2 == 0 { "a" } else { "b" };
            assert_eq!(usage.spend(&limits, &asked("1", number, 1), at(0)), ALLOWED);
        }
        assert_eq!(usage.spend(&limits, &asked("1", "c", 1), at(1)), REFUSED);
        assert_eq!(usage.spend(&limits, &asked("2", "c", 1), at(1)), ALLOWED);
    }

    #[test]
    fn a_numbers_kind_decides_how_fast_it_sends() {
        let limits = TextLimits::default();
        let kind = |is_toll_free, is_high_volume| SendingNumber {
            number: "a",
            is_toll_free,
            is_high_volume,
            is_low_volume: false,
        };
        assert_eq!(limits.of_number(kind(false, true)), 60);
        assert_eq!(limits.of_number(kind(true, true)), 180);
        assert_eq!(limits.of_number(kind(true, false)), 50);
    }

    #[test]
    fn what_exceeds_a_campaigns_day_is_counted_and_the_next_day_begins_anew() {
        let limits = limits(TextLimits {
            low_volume_campaign_per_day: 3,
            ..TextLimits::default()
        });
        let mut usage = TextUsage::default();
        assert_eq!(usage.spend(&limits, &asked("1", "a", 2), at(0)), ALLOWED);
        assert_eq!(
            usage.spend(&limits, &asked("2", "b", 2), at(1)),
            TextVerdict::Allowed { over_volume: 1 }
        );
        assert_eq!(usage.spend(&limits, &asked("1", "a", 1), at(24 * 3_600)), ALLOWED);
    }

    #[test]
    fn an_account_can_be_exhausted() {
        let limits = limits(TextLimits {
            account_per_day: Some(1),
            ..TextLimits::default()
        });
        let mut usage = TextUsage::default();
        assert_eq!(usage.spend(&limits, &asked("1", "a", 1), at(0)), ALLOWED);
        assert_eq!(
            usage.spend(&limits, &asked("2", "b", 1), at(0)),
            TextVerdict::AccountExhausted
        );
    }
}
