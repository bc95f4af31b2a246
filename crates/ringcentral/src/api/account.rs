//! The account: its name, main number and country.
//!
//! Changing any of it is the administrator's, in RingCentral's own portal.

use serde::Deserialize;

use super::{OWN, area, operations::READ_ACCOUNT_INFO};
use crate::{client::Request, error::Error, id::AccountId, rate_limit::Priority};

area! {
    /// The account. From [`crate::Client::account`].
    Account
}

impl Account<'_> {
    /// Reads the account (`readAccountInfo`; scope `ReadAccounts`).
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn get(&self, priority: Priority) -> Result<AccountInfo, Error> {
        Request::new(&READ_ACCOUNT_INFO, &[OWN], priority)
            .read(self.client)
            .await
    }
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccountInfo {
    /// The account.
    pub id: AccountId,
    /// Its main number, with or without `+`.
    pub main_number: Option<String>,
    /// Whether it is in use.
    pub status: Option<String>,
    /// Who answers when nobody else does.
    pub operator: Option<super::ExtensionLink>,
    /// Country, time zone and formats.
    pub regional_settings: Option<RegionalSettings>,
    /// Brand and plan.
    pub service_info: Option<ServiceInfo>,
}

/// Country, time zone and formats.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RegionalSettings {
    /// The country that numbers without a country code belong to.
    pub home_country: Option<Country>,
    /// The time zone.
    pub timezone: Option<Timezone>,
    /// `12h` or `24h`.
    pub time_format: Option<String>,
}

/// A country.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Country {
    /// Its name.
    pub name: Option<String>,
    /// Two letters (ISO 3166).
    pub iso_code: Option<String>,
    /// Its calling code, for example `1`.
    pub calling_code: Option<String>,
}

/// A time zone.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Timezone {
    /// Its name, for example `US/Pacific`.
    pub name: Option<String>,
}

/// Brand and plan of an account.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceInfo {
    /// The brand, for example RingCentral or a partner.
    pub brand: Option<Brand>,
}

/// A brand.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Brand {
    /// Its name.
    pub name: Option<String>,
}
