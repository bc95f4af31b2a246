//! A user's own contacts at RingCentral: list and sync.
//!
//! Read only; all its operations are Heavy.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{
    ExtensionRef, OWN, area,
    message::Availability,
    operations::{LIST_CONTACTS, SYNC_ADDRESS_BOOK},
};
use crate::{
    client::{Query, Request},
    error::Error,
    id::ContactId,
    page::{Page, Record, RecordError, SyncPage, SyncToken, plain_records, read_json, read_paged_sync},
    rate_limit::Priority,
};

area! {
    /// A user's own contacts. From [`crate::Client::address_book`].
    AddressBook
}

impl AddressBook<'_> {
    /// Reads all contacts (`listContacts`; scope `ReadContacts`).
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn list_all(
        &self,
        of: &ExtensionRef,
        priority: Priority,
    ) -> Result<Page<PersonalContact>, Error> {
        self.client
            .all_pages(|page| {
                let query = Query::default()
                    .set("page", Some(page))
                    .set("perPage", Some(1000));
                Request::new(&LIST_CONTACTS, &[OWN, of.as_str()], priority).query(query)
            })
            .await
    }

    /// Syncs the contacts (`syncAddressBook`; scope `ReadContacts`): all of them without a token, else what changed.
    /// All pages are read.
    ///
    /// # Errors
    /// Any of [`Error`]; [`Error::is_sync_token_expired`] when a sync without a token has to follow.
    pub async fn sync(
        &self,
        of: &ExtensionRef,
        token: Option<&SyncToken>,
        priority: Priority,
    ) -> Result<SyncPage<ContactChange>, Error> {
        let mut all: Option<SyncPage<ContactChange>> = None;
        let mut page_id = None;
        loop {
            let query = Query::default()
                .set("syncType", Some(if token.is_some() { "ISync" } else { "FSync" }))
                .set("syncToken", token.map(|token| &token.0))
                .set("pageId", page_id);
            let request = Request::new(&SYNC_ADDRESS_BOOK, &[OWN, of.as_str()], priority).query(query);
            let answer = request.send(self.client).await?;
            let (page, next_page_id) =
                read_paged_sync::<ContactChange>(SYNC_ADDRESS_BOOK.id, answer.text()?)?;
            let whole = match all.take() {
                None => page,
                Some(mut whole) => {
                    whole.records.extend(page.records);
                    whole.malformed.extend(page.malformed);
                    // Each page carries a token; the last one covers all of them.
                    whole.sync_info = page.sync_info;
                    whole
                }
            };
            if next_page_id.is_none() || next_page_id == page_id {
                return Ok(whole);
            }
            page_id = next_page_id;
            all = Some(whole);
        }
    }
}

/// A contact of a personal address book.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonalContact {
    /// The contact.
    pub id: ContactId,
    /// First name.
    pub first_name: Option<String>,
    /// Middle name.
    pub middle_name: Option<String>,
    /// Last name.
    pub last_name: Option<String>,
    /// Nickname.
    pub nick_name: Option<String>,
    /// Company.
    pub company: Option<String>,
    /// Job title.
    pub job_title: Option<String>,
    /// E-mail addresses.
    pub email: Option<String>,
    /// Second e-mail address.
    pub email2: Option<String>,
    /// Third e-mail address.
    pub email3: Option<String>,
    /// Home number, with or without `+`, as all numbers here.
    pub home_phone: Option<String>,
    /// Second home number.
    pub home_phone2: Option<String>,
    /// Business number.
    pub business_phone: Option<String>,
    /// Second business number.
    pub business_phone2: Option<String>,
    /// Mobile number.
    pub mobile_phone: Option<String>,
    /// Business fax.
    pub business_fax: Option<String>,
    /// Company number.
    pub company_phone: Option<String>,
    /// Assistant's number.
    pub assistant_phone: Option<String>,
    /// Car phone.
    pub car_phone: Option<String>,
    /// Another number.
    pub other_phone: Option<String>,
    /// Another fax.
    pub other_fax: Option<String>,
    /// Number for calling back.
    pub callback_phone: Option<String>,
    /// Notes.
    pub notes: Option<String>,
}
plain_records!(PersonalContact);

/// What a sync says about one contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContactChange {
    /// New or changed.
    Contact(Box<PersonalContact>),
    /// Deleted at the server.
    Removed {
        /// The contact that is gone.
        id: ContactId,
    },
}

impl Record for ContactChange {
    fn from_raw(raw: &RawValue) -> Result<Self, RecordError> {
        #[derive(Deserialize)]
        struct Fate {
            id: ContactId,
            #[serde(default)]
            availability: Availability,
        }
        let fate: Fate = read_json(raw.get())?;
        if matches!(fate.availability, Availability::Deleted | Availability::Purged) {
            return Ok(Self::Removed { id: fate.id });
        }
        read_json(raw.get()).map(|contact| Self::Contact(Box::new(contact)))
    }
}
