//! What the account may do by text: features switched on, the campaign its numbers are registered for, numbers people block.
//!
//! How much may be sent in a while is counted by [`crate::rate_limit`].

use super::World;
use super::account::{NumberFeature, PaymentType, PhoneNumber};
use super::ids::{ExtensionId, PhoneNumberId};
use super::number::E164;
use super::vendor_enum::vendor_enum;

vendor_enum!(
    /// State of the campaign at The Campaign Registry.
    CampaignStatus {
        Created = "Created",
        Submitted = "Submitted",
        Confirmed = "Confirmed",
        SubmitFailed = "SubmitFailed",
        UpdateRequested = "UpdateRequested",
        DeleteRequested = "DeleteRequested",
        CampaignSuspended = "CampaignSuspended",
        CampaignExpired = "CampaignExpired",
        Draft = "Draft",
        PreVetFailed = "PreVetFailed",
        Unconfirmed = "Unconfirmed",
    }
);

vendor_enum!(
    /// How much the campaign may send in a day.
    RegistrationTier { LowVolume = "LowVolume", StandardVolume = "StandardVolume" }
);

/// What texting is switched on for, and the campaign. Everything is on by default, as each number has its own features too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Texting {
    /// Texts at all.
    pub allows_sms: bool,
    /// Pictures and groups.
    pub allows_mms: bool,
    /// Texts to other countries, from numbers that can.
    pub allows_international: bool,
    /// Texts from toll-free numbers.
    pub allows_toll_free: bool,
    /// State of the campaign of the account's local numbers.
    pub campaign_status: CampaignStatus,
    /// Its size.
    pub registration_tier: RegistrationTier,
}

impl Default for Texting {
    fn default() -> Self {
        Texting {
            allows_sms: true,
            allows_mms: true,
            allows_international: true,
            allows_toll_free: true,
            campaign_status: CampaignStatus::Confirmed,
            registration_tier: RegistrationTier::LowVolume,
        }
    }
}

impl World {
    /// What the account may do by text.
    pub fn texting(&self) -> Texting {
        self.texting
    }

    /// Changes what the account may do by text.
    pub fn set_texting(&mut self, texting: Texting) {
        self.texting = texting;
    }

    /// Puts a number on a person's list of blocked numbers, or takes it off.
    pub fn set_blocked(&mut self, owner: ExtensionId, number: E164, is_blocked: bool) {
        if is_blocked {
            self.blocked_numbers.insert((owner, number));
        } else {
            self.blocked_numbers.remove(&(owner, number));
        }
    }

    /// Whether a person blocks a number.
    pub fn is_blocked(&self, owner: ExtensionId, number: E164) -> bool {
        self.blocked_numbers.contains(&(owner, number))
    }

    /// Whether a number is registered for the account's campaign: local numbers that send texts are, toll-free ones are
    /// verified another way.
    pub fn is_in_campaign(&self, id: PhoneNumberId) -> bool {
        self.phone_number(id).is_some_and(has_campaign)
    }

    /// Gives a number other features, as an administrator would.
    pub fn set_number_features(&mut self, number: E164, features: &[NumberFeature]) {
        if let Some(id) = self.phone_numbers_by_e164.get(&number)
            && let Some(known) = self.phone_numbers.get_mut(id)
        {
            known.features = features.to_vec();
        }
    }
}

pub(super) fn has_campaign(number: &PhoneNumber) -> bool {
    number.payment == PaymentType::Local && number.features.contains(&NumberFeature::SmsSender)
}
