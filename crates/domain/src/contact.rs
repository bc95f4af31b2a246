//! People and companies we talk to, our own team included.

use crate::ids::ContactId;
use crate::phone_number::PhoneNumber;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Who a contact is to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ContactKind {
    /// Somebody outside the company.
    External,
    /// A person with an extension of this account.
    TeamMember,
    /// A call queue or other shared extension of this account.
    Queue,
}

/// What a number is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum NumberLabel {
    Mobile,
    Work,
    Home,
    Main,
    Fax,
    Other,
}

/// Where a contact came from. A contact may have several sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ContactSource {
    /// Typed in here.
    Manual,
    Csv,
    VCard,
    /// The signed-in person's RingCentral address book.
    AddressBook,
    /// The RingCentral company directory.
    Directory,
}

/// Just enough of a contact to show it beside something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactRef {
    pub id: ContactId,
    pub name: String,
    pub company: Option<String>,
    pub kind: ContactKind,
    /// For team members and queues.
    pub extension: Option<String>,
}

/// One number of a contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactNumber {
    pub label: NumberLabel,
    pub number: PhoneNumber,
}

/// A whole contact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Contact {
    pub id: ContactId,
    pub kind: ContactKind,
    /// First and last name, else company, else first number.
    pub name: String,
    pub first_name: String,
    pub last_name: String,
    pub company: Option<String>,
    pub job_title: Option<String>,
    pub emails: Vec<String>,
    pub numbers: Vec<ContactNumber>,
    pub tags: Vec<String>,
    pub notes: String,
    pub extension: Option<String>,
    pub sources: Vec<ContactSource>,
    pub updated_at: Timestamp,
}

/// A number as typed into a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberDraft {
    pub label: NumberLabel,
    pub number: String,
}

/// A contact as typed into a form or read from a file; not stored yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactDraft {
    pub first_name: String,
    pub last_name: String,
    pub company: String,
    pub job_title: String,
    pub emails: Vec<String>,
    pub numbers: Vec<NumberDraft>,
    pub tags: Vec<String>,
    pub notes: String,
}
