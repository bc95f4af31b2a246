//! Identifiers as RingCentral shapes them, and the mint that hands them out.
//!
//! The vendor mixes integers, decimal strings and opaque strings; each type here prints the form seen on the wire.
//! Nothing here knows which JSON type a field uses: that is the wire's business.

use std::fmt;
use std::str::FromStr;

use rand::RngCore;
use rand_chacha::ChaCha8Rng;

use crate::media::mix;

/// Declares a numeric identifier that prints as decimal.
macro_rules! numeric_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map($name)
            }
        }
    };
}

numeric_id!(/** The account. */ AccountId);
numeric_id!(/** An extension: a person, a call queue, an IVR menu. */ ExtensionId);
numeric_id!(/** A phone number's own identifier (not the number). */ PhoneNumberId);
numeric_id!(/** A phone or softphone. */ DeviceId);
numeric_id!(/** A message of any kind. */ MessageId);
numeric_id!(/** A message attachment; the first one shares the message's number, as the vendor does. */ AttachmentId);
numeric_id!(/** A conversation. Exceeds 2^53 on purpose: a client that goes through a double loses digits. */ ConversationId);
numeric_id!(/** A personal address book entry. */ ContactId);
numeric_id!(/** A call session (`sessionId`): a decimal string on the wire. */ SessionId);
numeric_id!(/** A call recording. */ RecordingId);
numeric_id!(/** A group within which calls are monitored. */ MonitoringGroupId);

/// `telephonySessionId`: `s-` and 32 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TelephonySessionId(pub u128);

impl fmt::Display for TelephonySessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "s-{:032x}", self.0)
    }
}

impl FromStr for TelephonySessionId {
    type Err = UnknownIdForm;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.strip_prefix("s-").ok_or(UnknownIdForm)?;
        u128::from_str_radix(digits, 16)
            .map(Self)
            .map_err(|_| UnknownIdForm)
    }
}

/// `partyId`: `p-`, the session's digits, and the party's number in that session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartyId {
    /// The session the party belongs to.
    pub session: TelephonySessionId,
    /// Counted from 1 in order of arrival.
    pub number: u16,
}

impl fmt::Display for PartyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "p-{:032x}-{}", self.session.0, self.number)
    }
}

impl FromStr for PartyId {
    type Err = UnknownIdForm;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (digits, number) = text
            .strip_prefix("p-")
            .and_then(|rest| rest.split_once('-'))
            .ok_or(UnknownIdForm)?;
        let session = u128::from_str_radix(digits, 16).map_err(|_| UnknownIdForm)?;
        Ok(PartyId {
            session: TelephonySessionId(session),
            number: number.parse().map_err(|_| UnknownIdForm)?,
        })
    }
}

/// A call log record's opaque string, such as `Qa0XkV93mPfNQA`. It is a reversible scramble of the record's position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallRecordId(pub(crate) u32);

const RECORD_ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const RECORD_SUFFIX: &str = "NQA";
/// An odd number and its inverse modulo 2^60: multiplication scatters neighbours, the inverse brings them back.
const SCATTER: u64 = 0x09E3_779B_97F4_A7C1;
const SCATTER_BITS: u32 = 60;
const SCATTER_MASK: u64 = (1 << SCATTER_BITS) - 1;

impl fmt::Display for CallRecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bits = (u64::from(self.0) + 1).wrapping_mul(SCATTER) & SCATTER_MASK;
        let mut text = String::with_capacity(13);
        for _ in 0..10 {
            let digit = RECORD_ALPHABET.get((bits & 63) as usize).copied().unwrap_or(b'A');
            text.push(char::from(digit));
            bits >>= 6;
        }
        write!(f, "{text}{RECORD_SUFFIX}")
    }
}

impl FromStr for CallRecordId {
    type Err = UnknownIdForm;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.strip_suffix(RECORD_SUFFIX).ok_or(UnknownIdForm)?;
        if digits.len() != 10 {
            return Err(UnknownIdForm);
        }
        let mut bits = 0u64;
        for byte in digits.bytes().rev() {
            let value = RECORD_ALPHABET
                .iter()
                .position(|known| *known == byte)
                .ok_or(UnknownIdForm)?;
            bits = (bits << 6) | value as u64;
        }
        let position = bits.wrapping_mul(inverse_of_scatter()) & SCATTER_MASK;
        let position = position.checked_sub(1).ok_or(UnknownIdForm)?;
        u32::try_from(position)
            .map(CallRecordId)
            .map_err(|_| UnknownIdForm)
    }
}

/// Newton's iteration for the inverse of an odd number modulo a power of two: each round doubles the correct bits.
fn inverse_of_scatter() -> u64 {
    let mut inverse = SCATTER;
    for _ in 0..6 {
        inverse = inverse.wrapping_mul(2u64.wrapping_sub(SCATTER.wrapping_mul(inverse)));
    }
    inverse & SCATTER_MASK
}

/// The text is not an identifier of this kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier of this kind")]
pub struct UnknownIdForm;

/// Hands out identifiers: counters that end in the account's pod digits, and random ones where the vendor's are random.
#[derive(Debug, Clone)]
pub struct IdMint {
    message: u64,
    session: u64,
    other: u64,
}

/// Real identifiers of one pod share their last digits.
const POD: u64 = 4;

impl IdMint {
    pub(crate) fn new() -> Self {
        IdMint {
            message: 2_401_330,
            session: 402_936_341,
            other: 1_162_142,
        }
    }

    /// Jumps to numbers that no history reaches: so many for each second of the account's age.
    pub(crate) fn open_chapter(&mut self, age_s: u64) {
        const BEYOND_HISTORY: u64 = 50_000_000;
        const PER_SECOND: u64 = 10;
        let jump = BEYOND_HISTORY + age_s * PER_SECOND;
        self.message += jump;
        self.session += jump;
        self.other += jump;
    }

    /// The next message identifier.
    pub(crate) fn message(&mut self) -> MessageId {
        self.message += 1;
        MessageId(self.message * 1000 + POD)
    }

    /// The next call session identifier.
    pub(crate) fn session(&mut self) -> SessionId {
        self.session += 1;
        SessionId(self.session * 1000 + POD)
    }

    /// The next identifier of any other kind (recordings, contacts, attachments, recipients).
    pub(crate) fn other(&mut self) -> u64 {
        self.other += 1;
        self.other * 1000 + POD
    }
}

/// A random telephony session identifier.
pub(crate) fn telephony_session_id(rng: &mut ChaCha8Rng) -> TelephonySessionId {
    TelephonySessionId((u128::from(rng.next_u64()) << 64) | u128::from(rng.next_u64()))
}

/// A conversation's identifier between 10^18 and 9.2 * 10^18, so always above 2^53 and within an i64. It follows from whose
/// conversation it is and with whom.
pub(crate) fn conversation_id(seed: u64, owner: ExtensionId, ends: &[u64]) -> ConversationId {
    const LOW: u64 = 1_000_000_000_000_000_000;
    const SPAN: u64 = 8_200_000_000_000_000_000;
    let bits = ends.iter().fold(mix(seed, owner.0), |bits, end| mix(bits, *end));
    ConversationId(LOW + bits % SPAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_record_id_survives_the_round_trip_and_looks_opaque() {
        for position in [0, 1, 2, 59_999, u32::MAX] {
            let text = CallRecordId(position).to_string();
            assert_eq!(text.len(), 13);
            assert_eq!(text.parse::<CallRecordId>(), Ok(CallRecordId(position)));
        }
        assert_eq!("nonsense".parse::<CallRecordId>(), Err(UnknownIdForm));
    }

    #[test]
    fn party_and_session_ids_parse_what_they_print() {
        let session = TelephonySessionId(0x00a7_1102_5399_3435);
        assert_eq!(session.to_string().parse(), Ok(session));
        let party = PartyId { session, number: 2 };
        assert_eq!(party.to_string().parse(), Ok(party));
    }
}
