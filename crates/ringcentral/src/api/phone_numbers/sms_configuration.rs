//! Whether the carriers let a number send: its campaign and brand at The Campaign Registry (10DLC).
//!
//! Only a campaign that is `Confirmed` lets texts through to carriers of the USA
//! (developers.ringcentral.com/guide/messaging/sms/sms-requirements). Toll-free numbers have none.

use serde::Deserialize;

use crate::{id::PhoneNumberId, open_enum::open_enum};

/// A number's registration for sending texts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SmsConfiguration {
    /// The number's record.
    pub phone_number_id: Option<PhoneNumberId>,
    /// The number.
    pub phone_number: Option<String>,
    /// What it is registered to send.
    #[serde(rename = "smsCampaignInfo")]
    pub campaign: Option<SmsCampaign>,
    /// In whose name.
    #[serde(rename = "smsBrandInfo")]
    pub brand: Option<SmsBrand>,
}

/// What a number is registered to send.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SmsCampaign {
    /// The campaign.
    pub id: Option<String>,
    /// How far its registration has come.
    pub status: Option<RegistrationStatus>,
    /// How much it may send.
    pub registration_tier: Option<RegistrationTier>,
    /// What it is for, for example `CustomerCare`.
    pub use_cases: Vec<String>,
    /// Why its registration failed.
    pub errors: Vec<RegistrationError>,
}

/// In whose name a number sends.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct SmsBrand {
    /// The brand.
    pub id: Option<String>,
    /// How far its registration has come.
    pub status: Option<RegistrationStatus>,
    /// Why its registration failed.
    pub errors: Vec<RegistrationError>,
}

open_enum! {
    /// How far a registration has come.
    pub enum RegistrationStatus {
        Created = "Created",
        Submitted = "Submitted",
        /// A campaign that may send.
        Confirmed = "Confirmed",
        SubmitFailed = "SubmitFailed",
        UpdateRequested = "UpdateRequested",
        DeleteRequested = "DeleteRequested",
        CampaignSuspended = "CampaignSuspended",
        CampaignExpired = "CampaignExpired",
        Draft = "Draft",
        PreVetFailed = "PreVetFailed",
        Unconfirmed = "Unconfirmed",
        /// A brand that may send: in the vendor's samples, though not in its reference.
        Verified = "Verified",
    }
}

open_enum! {
    /// How much a campaign may send.
    pub enum RegistrationTier {
        /// 6,000 texts a day to carriers of the USA, from all its numbers together.
        LowVolume = "LowVolume",
    }
}

/// Why a registration failed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RegistrationError {
    /// The vendor's code.
    pub error_code: Option<String>,
    /// The vendor's sentence.
    pub message: Option<String>,
}
