//! Personal address books: contacts with their deletion history and the order of their changes.
//!
//! No sync tokens here; the caller encodes an instant into one and asks for what changed since.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::ids::{ContactId, ExtensionId};
use super::messages::Availability;

/// A personal contact as stored. Phone fields hold whatever a person typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactFields {
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// Company.
    pub company: Option<String>,
    /// Title.
    pub job_title: Option<String>,
    /// Addresses, at most three.
    pub emails: Vec<String>,
    /// Phone fields by the vendor's field name, such as `mobilePhone`, in the vendor's order.
    pub phones: Vec<(&'static str, String)>,
    /// Street of the business address.
    pub business_street: Option<String>,
    /// City of the business address.
    pub business_city: Option<String>,
    /// State of the business address.
    pub business_state: Option<String>,
    /// Free text.
    pub notes: Option<String>,
    /// Web page.
    pub web_page: Option<String>,
}

/// The vendor's phone fields of a personal contact.
pub const PHONE_FIELDS: [&str; 12] = [
    "homePhone",
    "homePhone2",
    "businessPhone",
    "businessPhone2",
    "mobilePhone",
    "businessFax",
    "companyPhone",
    "assistantPhone",
    "carPhone",
    "otherPhone",
    "otherFax",
    "callbackPhone",
];

/// A contact in an address book.
#[derive(Debug, Clone)]
pub struct Contact {
    /// Identifier.
    pub id: ContactId,
    /// Alive, Deleted or Purged.
    pub availability: Availability,
    /// When it last changed.
    pub last_modified_at: Timestamp,
    /// The data.
    pub fields: ContactFields,
}

/// One extension's address book.
#[derive(Debug, Clone, Default)]
pub struct AddressBook {
    contacts: BTreeMap<ContactId, Contact>,
    by_change: std::collections::BTreeSet<(Timestamp, ContactId)>,
}

impl AddressBook {
    /// One contact, deleted ones included.
    pub fn get(&self, id: ContactId) -> Option<&Contact> {
        self.contacts.get(&id)
    }

    /// Contacts that are alive, by identifier.
    pub fn alive(&self) -> impl Iterator<Item = &Contact> {
        self.contacts
            .values()
            .filter(|contact| contact.availability == Availability::Alive)
    }

    /// Contacts changed at or after `since`, oldest change first, deleted ones included.
    pub fn changed_since(&self, since: Timestamp) -> impl Iterator<Item = &Contact> {
        self.by_change
            .range((since, ContactId(0))..)
            .filter_map(|(_, id)| self.contacts.get(id))
    }

    /// Puts a contact in, replacing the one with the same identifier.
    pub(super) fn put(&mut self, contact: Contact) {
        if let Some(old) = self.contacts.get(&contact.id) {
            self.by_change.remove(&(old.last_modified_at, old.id));
        }
        self.by_change.insert((contact.last_modified_at, contact.id));
        self.contacts.insert(contact.id, contact);
    }
}

/// Address books by extension.
pub(super) type AddressBooks = BTreeMap<ExtensionId, AddressBook>;
