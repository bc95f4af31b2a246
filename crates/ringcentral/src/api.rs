//! The areas of the API, one file each, reached through the methods of [`crate::Client`].
//!
//! Requests and answers have the vendor's shapes and names; instants end in `_at`. Fields that the reference does not
//! promise are optional. Only what this product needs is here.

use crate::id::ExtensionId;

pub mod account;
pub mod active_calls;
pub mod address_book;
pub mod authz_profile;
pub mod call_log;
pub mod call_monitoring;
pub mod call_queues;
pub mod devices;
pub mod directory;
pub mod extensions;
pub mod fax;
pub mod forwarding_numbers;
pub mod message;
pub mod message_store;
pub mod message_sync;
pub mod message_templates;
pub(crate) mod operations;
pub mod outgoing_file;
pub mod phone_numbers;
pub mod presence;
pub mod queue_presence;
pub mod ring_out;
pub mod sms;
pub mod sms_consents;
pub mod subscriptions;
pub mod telephony;
pub mod versions;

/// Whose data: the signed-in user's own or a named extension's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub enum ExtensionRef {
    /// The extension that signed in (`~`).
    #[default]
    Own,
    /// Another extension; needs the permission to see it.
    Id(ExtensionId),
}

impl ExtensionRef {
    /// As it stands in a path.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Own => OWN,
            Self::Id(id) => id.as_str(),
        }
    }
}

/// Whose calls: one extension's or the whole company's.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum CallsOf {
    /// One extension's calls.
    Extension(ExtensionRef),
    /// All calls of the account; needs the user permission `FullCompanyCallLog`.
    Account,
}

impl Default for CallsOf {
    fn default() -> Self {
        Self::Extension(ExtensionRef::Own)
    }
}

/// "The account (or extension) of the token" (developers.ringcentral.com/guide/basics/uris).
pub(crate) const OWN: &str = "~";

crate::open_enum::open_enum! {
    /// Which way a call or message goes, as seen from the account.
    pub enum Direction {
        /// To us.
        Inbound = "Inbound",
        /// From us.
        Outbound = "Outbound",
    }
}

crate::open_enum::open_enum! {
    /// The kind of an extension.
    pub enum ExtensionType {
        /// A person.
        User = "User",
        /// A call queue.
        Department = "Department",
        /// An announcement.
        Announcement = "Announcement",
        /// A mailbox without a phone.
        Voicemail = "Voicemail",
        /// A person without a phone of their own.
        DigitalUser = "DigitalUser",
        /// A person without a device.
        VirtualUser = "VirtualUser",
        /// A fax mailbox.
        FaxUser = "FaxUser",
        /// A paging group.
        PagingOnly = "PagingOnly",
        /// A group of phones that ring as one line.
        SharedLinesGroup = "SharedLinesGroup",
        /// A menu for callers.
        IvrMenu = "IvrMenu",
        /// An app.
        ApplicationExtension = "ApplicationExtension",
        /// A place where calls are parked.
        ParkLocation = "ParkLocation",
        /// An extension with few rights, such as a lobby phone.
        Limited = "Limited",
        /// A site.
        Site = "Site",
        /// A meeting room.
        Room = "Room",
    }
}

crate::open_enum::open_enum! {
    /// Whether an extension is in use.
    pub enum ExtensionStatus {
        /// In use.
        Enabled = "Enabled",
        /// Switched off by an administrator.
        Disabled = "Disabled",
        /// Suspended.
        Frozen = "Frozen",
        /// Not set up yet.
        NotActivated = "NotActivated",
        /// Not given to anyone.
        Unassigned = "Unassigned",
    }
}

/// A link to an extension as it appears inside other records.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExtensionLink {
    /// The extension.
    pub id: ExtensionId,
    /// Its short number.
    pub extension_number: Option<String>,
    /// Its name.
    pub name: Option<String>,
}

/// Declares the type behind one of the client's accessors.
macro_rules! area {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name<'a> {
            client: &'a $crate::Client,
        }

        impl<'a> $name<'a> {
            pub(crate) fn new(client: &'a $crate::Client) -> Self {
                Self { client }
            }
        }
    };
}
pub(crate) use area;

#[cfg(test)]
mod tests;
