//! Extensions: users, queues, menus and other short numbers.
//!
//! Read only; people are added in RingCentral's own portal.

use serde::Deserialize;

use super::{
    ExtensionRef, ExtensionStatus, ExtensionType, OWN,
    account::RegionalSettings,
    area,
    operations::{LIST_EXTENSIONS, READ_EXTENSION},
};
use crate::{
    client::{Query, Request},
    error::Error,
    id::ExtensionId,
    page::{Page, plain_records},
    rate_limit::Priority,
};

area! {
    /// Extensions. From [`crate::Client::extensions`].
    Extensions
}

/// Which extensions to list. The default is all.
#[derive(Debug, Clone, Default)]
pub struct ListExtensions {
    /// Only these kinds.
    pub types: Vec<ExtensionType>,
    /// Only these states.
    pub statuses: Vec<ExtensionStatus>,
    /// Only the extension with this short number.
    pub extension_number: Option<String>,
    /// Records per page; the server's default is 100, its maximum 1000.
    pub per_page: Option<u32>,
}

impl Extensions<'_> {
    /// Reads one extension (`readExtension`; scope `ReadAccounts`).
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn get(&self, extension: &ExtensionRef, priority: Priority) -> Result<Extension, Error> {
        Request::new(&READ_EXTENSION, &[OWN, extension.as_str()], priority)
            .read(self.client)
            .await
    }

    /// Reads one page of extensions (`listExtensions`; scope `ReadAccounts`).
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn list(
        &self,
        which: &ListExtensions,
        page: u32,
        priority: Priority,
    ) -> Result<Page<Extension>, Error> {
        which.request(page, priority).page(self.client).await
    }

    /// Reads all pages of extensions.
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn list_all(
        &self,
        which: &ListExtensions,
        priority: Priority,
    ) -> Result<Page<Extension>, Error> {
        self.client.all_pages(|page| which.request(page, priority)).await
    }
}

impl ListExtensions {
    fn request(&self, page: u32, priority: Priority) -> Request {
        let query = Query::default()
            .each("type", &self.types)
            .each("status", &self.statuses)
            .set("extensionNumber", self.extension_number.as_ref())
            .set("page", Some(page))
            .set("perPage", self.per_page);
        Request::new(&LIST_EXTENSIONS, &[OWN], priority).query(query)
    }
}

/// An extension.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Extension {
    /// The extension.
    pub id: ExtensionId,
    /// Its short number.
    pub extension_number: Option<String>,
    /// Its name; for a person, first and last name.
    pub name: Option<String>,
    /// Its kind.
    #[serde(rename = "type")]
    pub kind: Option<ExtensionType>,
    /// Whether it is in use.
    pub status: Option<ExtensionStatus>,
    /// Whether the company directory leaves it out.
    #[serde(rename = "hidden", default)]
    pub is_hidden: bool,
    /// The person behind it.
    pub contact: Option<ExtensionContact>,
    /// Country, time zone and formats (single reads only).
    pub regional_settings: Option<RegionalSettings>,
}
plain_records!(Extension);

/// The person behind an extension.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExtensionContact {
    /// First name.
    pub first_name: Option<String>,
    /// Last name.
    pub last_name: Option<String>,
    /// Company.
    pub company: Option<String>,
    /// Job title.
    pub job_title: Option<String>,
    /// Department.
    pub department: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Business phone, with or without `+`.
    pub business_phone: Option<String>,
    /// Mobile phone, with or without `+`.
    pub mobile_phone: Option<String>,
}
