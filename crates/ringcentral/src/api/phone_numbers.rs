//! The phone numbers that belong to the account or to an extension, and what each may be used for.
//!
//! A number that can send texts has the feature [`NumberFeature::SmsSender`] and is in the state
//! [`NumberStatus::Normal`]; whether carriers let it is [`PhoneNumbers::sms_configuration`]'s.
//!
//! Not the numbers of callers: those stand in the records themselves.

use serde::Deserialize;

use super::{
    ExtensionLink, ExtensionRef, OWN, area,
    operations::{LIST_ACCOUNT_PHONE_NUMBERS, LIST_EXTENSION_PHONE_NUMBERS, SMS_CONFIGURATION_INFO},
};
use crate::{
    client::{Query, Request},
    error::Error,
    id::PhoneNumberId,
    open_enum::open_enum,
    page::{Page, plain_records},
    rate_limit::Priority,
};

mod sms_configuration;

pub use sms_configuration::{
    RegistrationError, RegistrationStatus, RegistrationTier, SmsBrand, SmsCampaign, SmsConfiguration,
};

area! {
    /// Phone numbers. From [`crate::Client::phone_numbers`].
    PhoneNumbers
}

impl PhoneNumbers<'_> {
    /// Reads all numbers an extension can use (`listExtensionPhoneNumbers`; scope `ReadAccounts`).
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn of_extension(
        &self,
        extension: &ExtensionRef,
        priority: Priority,
    ) -> Result<Page<PhoneNumber>, Error> {
        self.client
            .all_pages(|page| {
                let query = Query::default().set("page", Some(page));
                Request::new(
                    &LIST_EXTENSION_PHONE_NUMBERS,
                    &[OWN, extension.as_str()],
                    priority,
                )
                .query(query)
            })
            .await
    }

    /// Reads all numbers of the account (`listAccountPhoneNumbers`, group Heavy; user permission
    /// `ReadCompanyPhoneNumbers`).
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn of_account(&self, priority: Priority) -> Result<Page<PhoneNumber>, Error> {
        self.client
            .all_pages(|page| {
                let query = Query::default()
                    .set("page", Some(page))
                    .set("perPage", Some(1000));
                Request::new(&LIST_ACCOUNT_PHONE_NUMBERS, &[OWN], priority).query(query)
            })
            .await
    }

    /// Reads a number's registration for sending texts (`smsConfigurationInfo`, group Light; scope `ReadAccounts`).
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn sms_configuration(
        &self,
        of: &ExtensionRef,
        id: &PhoneNumberId,
        priority: Priority,
    ) -> Result<SmsConfiguration, Error> {
        Request::new(
            &SMS_CONFIGURATION_INFO,
            &[OWN, of.as_str(), id.as_str()],
            priority,
        )
        .read(self.client)
        .await
    }
}

open_enum! {
    /// What a number is for.
    pub enum UsageType {
        /// The company's main number.
        MainCompanyNumber = "MainCompanyNumber",
        /// A further main number.
        AdditionalCompanyNumber = "AdditionalCompanyNumber",
        /// A company number.
        CompanyNumber = "CompanyNumber",
        /// One extension's own number.
        DirectNumber = "DirectNumber",
        /// The company's fax number.
        CompanyFaxNumber = "CompanyFaxNumber",
        /// A number of another provider that is forwarded here.
        ForwardedNumber = "ForwardedNumber",
        /// A company number of another provider that is forwarded here.
        ForwardedCompanyNumber = "ForwardedCompanyNumber",
        /// A contact centre's number.
        ContactCenterNumber = "ContactCenterNumber",
        /// A conference bridge's number.
        ConferencingNumber = "ConferencingNumber",
    }
}

open_enum! {
    /// What an extension may do with a number.
    pub enum NumberFeature {
        /// Show it when calling.
        CallerId = "CallerId",
        /// Send texts from it.
        SmsSender = "SmsSender",
        /// Send texts in bulk from it.
        A2pSmsSender = "A2PSmsSender",
        /// Send pictures from it.
        MmsSender = "MmsSender",
        /// Send texts abroad from it.
        InternationalSmsSender = "InternationalSmsSender",
        /// Use it on behalf of someone else.
        Delegated = "Delegated",
    }
}

open_enum! {
    /// Whether a number can be used: "if the value is `Normal`, the phone number is ready to be used" (API reference,
    /// `PhoneNumberStatus`).
    pub enum NumberStatus {
        Normal = "Normal",
        Pending = "Pending",
        PortedIn = "PortedIn",
        Temporary = "Temporary",
    }
}

open_enum! {
    /// What can arrive on a number.
    pub enum NumberType {
        /// Calls and faxes.
        VoiceFax = "VoiceFax",
        /// Calls.
        VoiceOnly = "VoiceOnly",
        /// Faxes.
        FaxOnly = "FaxOnly",
    }
}

/// A number of the account.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PhoneNumber {
    /// The record.
    pub id: PhoneNumberId,
    /// The number, with or without `+`.
    pub phone_number: String,
    /// What it is for.
    pub usage_type: Option<UsageType>,
    /// What can arrive on it.
    #[serde(rename = "type")]
    pub kind: Option<NumberType>,
    /// Whether it can be used yet.
    pub status: Option<NumberStatus>,
    /// What the extension may do with it. Empty for lists of the account.
    #[serde(default)]
    pub features: Vec<NumberFeature>,
    /// A name given to it by the administrator.
    pub label: Option<String>,
    /// Where it is from.
    pub location: Option<String>,
    /// Whether it is the extension's main one.
    #[serde(rename = "primary", default)]
    pub is_primary: bool,
    /// The extension it rings at.
    pub extension: Option<ExtensionLink>,
}
plain_records!(PhoneNumber);
