//! Who may be texted from which number: opted out and in again, per pair of sender and recipient
//! (developers.ringcentral.com/guide/messaging/sms/messaging-consent-management).
//!
//! Without a record a number may be texted: the vendor takes consent for granted until somebody says otherwise.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::World;
use super::account::NumberFeature;
use super::events::Change;
use super::ids::MessageId;
use super::number::E164;
use super::vendor_enum::vendor_enum;

vendor_enum!(
    /// Opted out, or in again.
    OptStatus { OptOut = "OptOut", OptIn = "OptIn" }
);

vendor_enum!(
    /// Who said so.
    ConsentSource { Recipient = "Recipient", Api = "Api", Upstream = "Upstream", Carrier = "Carrier" }
);

vendor_enum!(
    /// Whether it was said to one number or to the whole account.
    ConsentCoverage { PhoneNumber = "PhoneNumber", Account = "Account" }
);

/// What one recipient said to one sender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// The account's number.
    pub from: E164,
    /// The number outside.
    pub to: E164,
    /// Opted out or in.
    pub status: OptStatus,
    /// Who said so.
    pub source: ConsentSource,
    /// Said to this number or to all of the account's.
    pub coverage: ConsentCoverage,
    /// The text that says it, where it was a text.
    pub message: Option<MessageId>,
    /// When.
    pub last_modified_at: Timestamp,
}

/// Whom a consent is told to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConsentSender {
    /// One number of the account's.
    Number(E164),
    /// Every number of the account's that sends texts (`*`).
    Everyone,
}

/// All consents, and everything that was ever said.
#[derive(Debug, Default)]
pub(super) struct Consents {
    current: BTreeMap<(E164, E164), Consent>,
    history: Vec<Consent>,
}

/// The words that opt out, in any case, when they are the whole message.
const OPT_OUT: [&str; 5] = ["STOP", "UNSUBSCRIBE", "QUIT", "CANCEL", "END"];
/// The words that opt in again.
const OPT_IN: [&str; 5] = ["START", "SUBSCRIBE", "RESUME", "CONTINUE", "UNSTOP"];

/// What a text says about consent, if it is one of the words and nothing else.
pub(super) fn keyword(text: &str) -> Option<OptStatus> {
    let word = text.trim();
    let is_one_of = |words: &[&str]| words.iter().any(|known| known.eq_ignore_ascii_case(word));
    if is_one_of(&OPT_OUT) {
        Some(OptStatus::OptOut)
    } else {
        is_one_of(&OPT_IN).then_some(OptStatus::OptIn)
    }
}

impl World {
    /// Every consent on record, by sender and recipient.
    pub fn consents(&self) -> impl Iterator<Item = &Consent> {
        self.consents.current.values()
    }

    /// Everything that was ever said, oldest first.
    pub fn consent_history(&self) -> &[Consent] {
        &self.consents.history
    }

    /// Whether texts from one number to another are held back.
    pub fn is_opted_out(&self, from: E164, to: E164) -> bool {
        let known = self.consents.current.get(&(from, to));
        known.is_some_and(|consent| consent.status == OptStatus::OptOut)
    }

    /// Puts a consent on record and announces it; for everyone it becomes one record for each number that sends texts.
    /// `false` when the sender is no number of the account's.
    pub fn record_consent(
        &mut self,
        sender: ConsentSender,
        to: E164,
        status: OptStatus,
        source: ConsentSource,
    ) -> bool {
        let (senders, coverage) = match sender {
            ConsentSender::Number(from) => {
                let known = self.phone_number_by_e164(from).map(|number| number.number);
                (known.into_iter().collect(), ConsentCoverage::PhoneNumber)
            }
            ConsentSender::Everyone => (self.texting_numbers(), ConsentCoverage::Account),
        };
        let is_known = !senders.is_empty();
        for from in senders {
            self.note_consent(Consent {
                from,
                to,
                status,
                source,
                coverage,
                message: None,
                last_modified_at: self.now(),
            });
        }
        is_known
    }

    /// A recipient's own word.
    pub(super) fn note_consent(&mut self, consent: Consent) {
        self.consents.history.push(consent.clone());
        self.consents
            .current
            .insert((consent.from, consent.to), consent.clone());
        self.announce(Change::Consent(consent));
    }

    fn texting_numbers(&self) -> Vec<E164> {
        self.phone_numbers()
            .filter(|number| number.features.contains(&NumberFeature::SmsSender))
            .map(|number| number.number)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_counts_only_as_the_whole_message() {
        for text in ["STOP", " stop\n", "Unsubscribe", "quit", "CANCEL", "end"] {
            assert_eq!(keyword(text), Some(OptStatus::OptOut), "{text}");
        }
        for text in ["start", "SUBSCRIBE", "Resume", "continue", "UNSTOP"] {
            assert_eq!(keyword(text), Some(OptStatus::OptIn), "{text}");
        }
        for text in ["please stop", "STOP.", "stop it", "", "the end"] {
            assert_eq!(keyword(text), None, "{text}");
        }
    }
}
