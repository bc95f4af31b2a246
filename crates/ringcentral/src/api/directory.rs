//! The company directory: colleagues, queues and external contacts of the account.
//!
//! Read only. Personal contacts are in [`super::address_book`].

use serde::Deserialize;
use serde_json::json;

use super::{
    ExtensionStatus, ExtensionType, OWN, area,
    operations::{LIST_DIRECTORY_ENTRIES, SEARCH_DIRECTORY_ENTRIES},
};
use crate::{
    client::{Query, Request},
    error::Error,
    id::DirectoryEntryId,
    page::{Page, plain_records},
    rate_limit::Priority,
};

area! {
    /// The company directory. From [`crate::Client::directory`].
    Directory
}

impl Directory<'_> {
    /// Reads all entries (`listDirectoryEntries`, group Medium; scope `ReadAccounts`).
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn list_all(&self, priority: Priority) -> Result<Page<DirectoryEntry>, Error> {
        self.client
            .all_pages(|page| {
                let query = Query::default()
                    .set("page", Some(page))
                    .set("perPage", Some(1000));
                Request::new(&LIST_DIRECTORY_ENTRIES, &[OWN], priority).query(query)
            })
            .await
    }

    /// Looks entries up by a part of name, number or e-mail (`searchDirectoryEntries`, group Heavy).
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn search(
        &self,
        text: &str,
        page: u32,
        per_page: u32,
        priority: Priority,
    ) -> Result<Page<DirectoryEntry>, Error> {
        Request::new(&SEARCH_DIRECTORY_ENTRIES, &[OWN], priority)
            .json(&json!({ "searchString": text, "page": page, "perPage": per_page }))?
            .page(self.client)
            .await
    }
}

/// An entry of the company directory.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DirectoryEntry {
    /// The entry; for an extension, the extension's id.
    pub id: DirectoryEntryId,
    /// Its kind; `External` for people outside the account.
    #[serde(rename = "type")]
    pub kind: Option<ExtensionType>,
    /// Whether it is in use.
    pub status: Option<ExtensionStatus>,
    /// Name of a queue or other non-person.
    pub name: Option<String>,
    /// First name.
    pub first_name: Option<String>,
    /// Last name.
    pub last_name: Option<String>,
    /// Job title.
    pub job_title: Option<String>,
    /// Department.
    pub department: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Short number.
    pub extension_number: Option<String>,
    /// Numbers.
    #[serde(default)]
    pub phone_numbers: Vec<DirectoryPhoneNumber>,
    /// Whether it is hidden from colleagues.
    #[serde(rename = "hidden", default)]
    pub is_hidden: bool,
}
plain_records!(DirectoryEntry);

/// A number of a directory entry.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DirectoryPhoneNumber {
    /// The number, with or without `+`.
    pub phone_number: Option<String>,
    /// `VoiceFax`, `FaxOnly` and so on; older answers say `Business`, `Mobile`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// `DirectNumber`, `MobileNumber` and so on.
    pub usage_type: Option<String>,
    /// A name given to it.
    pub label: Option<String>,
    /// Whether it is hidden from colleagues.
    #[serde(rename = "hidden", default)]
    pub is_hidden: bool,
}
