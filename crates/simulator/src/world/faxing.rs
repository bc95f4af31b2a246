//! How faxes go over the line: how long that takes, which numbers fail and why, and the cover page that is put before a fax
//! when its sender names none.
//!
//! The way of a single fax is in [`super::messaging`]. Attempts that RingCentral repeats by itself are not told apart.

use std::collections::BTreeMap;

use jiff::SignedDuration;

use super::World;
use super::number::E164;
use super::vendor_enum::vendor_enum;

vendor_enum!(
    /// Why a fax failed for a recipient (API reference, `FaxErrorCodeEnum`).
    FaxErrorCode {
        AllLinesInUse = "AllLinesInUse",
        Undefined = "Undefined",
        NoFaxSendPermission = "NoFaxSendPermission",
        NoInternationalPermission = "NoInternationalPermission",
        NoFaxMachine = "NoFaxMachine",
        NoAnswer = "NoAnswer",
        LineBusy = "LineBusy",
        CallerHungUp = "CallerHungUp",
        NotEnoughCredits = "NotEnoughCredits",
        SentPartially = "SentPartially",
        InternationalCallingDisabled = "InternationalCallingDisabled",
        DestinationCountryDisabled = "DestinationCountryDisabled",
        UnknownCountryCode = "UnknownCountryCode",
        NotAccepted = "NotAccepted",
        InvalidNumber = "InvalidNumber",
        CallDeclined = "CallDeclined",
        TooManyCallsPerLine = "TooManyCallsPerLine",
        CallFailed = "CallFailed",
        RenderingFailed = "RenderingFailed",
        TooManyPages = "TooManyPages",
        ReturnToDBQueue = "ReturnToDBQueue",
        NoCallTime = "NoCallTime",
        WrongNumber = "WrongNumber",
        ProhibitedNumber = "ProhibitedNumber",
        InternalError = "InternalError",
        FaxSendingProhibited = "FaxSendingProhibited",
        ThePhoneIsBlacklisted = "ThePhoneIsBlacklisted",
        UserNotFound = "UserNotFound",
        ConvertError = "ConvertError",
        DBGeneralError = "DBGeneralError",
        SkypeBillingFailed = "SkypeBillingFailed",
        AccountSuspended = "AccountSuspended",
        ProhibitedDestination = "ProhibitedDestination",
        InternationalDisabled = "InternationalDisabled",
    }
);

impl FaxErrorCode {
    /// Whether a call was made at all. Everything else RingCentral finds out by itself.
    pub fn is_of_the_line(self) -> bool {
        matches!(
            self,
            Self::Undefined
                | Self::NoFaxMachine
                | Self::NoAnswer
                | Self::LineBusy
                | Self::CallerHungUp
                | Self::SentPartially
                | Self::NotAccepted
                | Self::CallDeclined
                | Self::TooManyCallsPerLine
                | Self::CallFailed
                | Self::WrongNumber
        )
    }

    /// Whether the other machine answered and took pages before it went wrong.
    pub(super) fn is_halfway(self) -> bool {
        matches!(self, Self::SentPartially | Self::CallerHungUp | Self::NotAccepted)
    }
}

/// How long things take. By default quick, so that nobody waits; [`FaxPace::real`] is what people know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FaxPace {
    /// Until RingCentral has made pages of what was uploaded.
    pub converting: SignedDuration,
    /// Until the other machine has answered. Recipients are called one after the other.
    pub dialling: SignedDuration,
    /// One page over the line.
    pub page: SignedDuration,
}

impl Default for FaxPace {
    fn default() -> Self {
        FaxPace {
            converting: SignedDuration::from_millis(1_000),
            dialling: SignedDuration::from_millis(1_500),
            page: SignedDuration::from_millis(200),
        }
    }
}

impl FaxPace {
    /// About a minute a page (developers.ringcentral.com/guide/messaging/fax/sending-faxes).
    pub fn real() -> Self {
        FaxPace {
            converting: SignedDuration::from_secs(20),
            dialling: SignedDuration::from_secs(30),
            page: SignedDuration::from_secs(60),
        }
    }
}

/// RingCentral's "Contempo", which the sample without a `coverIndex` comes back with.
const DEFAULT_COVER: u32 = 7;

/// Pace, failures and the default cover page.
#[derive(Debug)]
pub(super) struct Faxing {
    pub(super) pace: FaxPace,
    pub(super) default_cover: u32,
    is_allowed: bool,
    failures: BTreeMap<E164, FaxFailure>,
}

#[derive(Debug, Clone, Copy)]
struct FaxFailure {
    code: FaxErrorCode,
    /// How often it still happens; `None` for ever.
    times_left: Option<u32>,
}

impl Default for Faxing {
    fn default() -> Self {
        Faxing {
            pace: FaxPace::default(),
            default_cover: DEFAULT_COVER,
            is_allowed: true,
            failures: BTreeMap::new(),
        }
    }
}

impl World {
    /// How long faxes take.
    pub fn fax_pace(&self) -> FaxPace {
        self.faxing.pace
    }

    /// Changes how long faxes take that are not on their way yet.
    pub fn set_fax_pace(&mut self, pace: FaxPace) {
        self.faxing.pace = pace;
    }

    /// The cover page of a fax that names none; 0 is none.
    pub fn default_fax_cover(&self) -> u32 {
        self.faxing.default_cover
    }

    /// Changes it, as people do in their settings for outgoing faxes.
    pub fn set_default_fax_cover(&mut self, index: u32) {
        self.faxing.default_cover = index;
    }

    /// Whether faxes may be sent at all.
    pub fn is_faxing_allowed(&self) -> bool {
        self.faxing.is_allowed
    }

    /// Switches the sending of faxes on or off, as an account may have it or not.
    pub fn set_faxing_allowed(&mut self, is_allowed: bool) {
        self.faxing.is_allowed = is_allowed;
    }

    /// From now on faxes to `number` fail with this code, always or so many times; `None` lets them through again.
    pub fn set_fax_failure(&mut self, number: E164, code: Option<FaxErrorCode>, times: Option<u32>) {
        match code {
            None => drop(self.faxing.failures.remove(&number)),
            Some(code) => {
                let failure = FaxFailure {
                    code,
                    times_left: times,
                };
                self.faxing.failures.insert(number, failure);
            }
        }
    }

    /// Why a fax to this number fails now, if it does; counts the failure.
    pub(super) fn take_fax_failure(&mut self, number: E164) -> Option<FaxErrorCode> {
        let ordered = self
            .faxing
            .failures
            .get_mut(&number)
            .filter(|failure| failure.times_left != Some(0));
        if let Some(failure) = ordered {
            failure.times_left = failure.times_left.map(|left| left - 1);
            return Some(failure.code);
        }
        if self.undeliverable.contains_key(&number) {
            return Some(FaxErrorCode::LineBusy);
        }
        // As for RingOut, calls abroad are not allowed here; North America is one dialling plan.
        number
            .area_code()
            .is_none()
            .then_some(FaxErrorCode::InternationalDisabled)
    }
}
