//! The account: company, extensions, phone numbers, devices.
//!
//! Plain data. Changes go through [`World`](super::World) so that directories and events follow.

use jiff::Timestamp;

use super::ids::{AccountId, DeviceId, ExtensionId, PhoneNumberId};
use super::number::E164;
use super::vendor_enum::vendor_enum;

/// The company's account.
#[derive(Debug, Clone)]
pub struct Account {
    /// The account identifier; by the vendor's habit also the first administrator's neighbour.
    pub id: AccountId,
    /// The company name.
    pub company: String,
    /// The number on the letterhead.
    pub main_number: E164,
    /// ISO code of the home country, `US`.
    pub home_country: &'static str,
    /// The office's time zone as an IANA name.
    pub time_zone: &'static str,
    /// The operator extension, where unanswered menu calls go.
    pub operator: ExtensionId,
    /// When the account was set up.
    pub created_at: Timestamp,
}

vendor_enum!(
    /// What kind of extension it is.
    ExtensionType {
        User = "User",
        Department = "Department",
        IvrMenu = "IvrMenu",
        Voicemail = "Voicemail",
        Site = "Site",
    }
);

vendor_enum!(
    /// Whether the extension is in use.
    ExtensionStatus { Enabled = "Enabled", Disabled = "Disabled", NotActivated = "NotActivated", Unassigned = "Unassigned" }
);

/// An extension: a person, a call queue (`Department`) or a menu.
#[derive(Debug, Clone)]
pub struct Extension {
    /// Identifier.
    pub id: ExtensionId,
    /// The short number, such as 101.
    pub number: u32,
    /// What it is.
    pub kind: ExtensionType,
    /// In use or not.
    pub status: ExtensionStatus,
    /// Given name; empty for queues.
    pub first_name: String,
    /// Family name; empty for queues.
    pub last_name: String,
    /// The display name.
    pub name: String,
    /// Work address.
    pub email: String,
    /// Title, such as `Dispatcher`.
    pub job_title: String,
    /// Department of the company (not a call queue).
    pub department: String,
    /// An own mobile, shown in the directory as a contact number.
    pub contact_phone: Option<E164>,
    /// May administer the account.
    pub is_admin: bool,
    /// Members, when it is a call queue.
    pub queue_members: Vec<ExtensionId>,
    /// Who gets a queue's voicemail and faxes; a person gets their own.
    pub message_recipient: Option<ExtensionId>,
    /// Hidden from the company directory.
    pub is_hidden: bool,
    /// When it was set up.
    pub created_at: Timestamp,
}

impl Extension {
    /// Whether it is a call queue.
    pub fn is_queue(&self) -> bool {
        self.kind == ExtensionType::Department
    }
}

vendor_enum!(
    /// What a number is used for.
    UsageType {
        MainCompanyNumber = "MainCompanyNumber",
        CompanyNumber = "CompanyNumber",
        DirectNumber = "DirectNumber",
        CompanyFaxNumber = "CompanyFaxNumber",
        ForwardedNumber = "ForwardedNumber",
    }
);

vendor_enum!(
    /// What a number carries.
    NumberType { VoiceFax = "VoiceFax", VoiceOnly = "VoiceOnly", FaxOnly = "FaxOnly" }
);

vendor_enum!(
    /// How a number is charged.
    PaymentType { Local = "Local", TollFree = "TollFree", External = "External" }
);

vendor_enum!(
    /// What an extension may do with a number.
    NumberFeature {
        CallerId = "CallerId",
        SmsSender = "SmsSender",
        MmsSender = "MmsSender",
        A2PSmsSender = "A2PSmsSender",
        InternationalSmsSender = "InternationalSmsSender",
        Delegated = "Delegated",
    }
);

/// A phone number of the account.
#[derive(Debug, Clone)]
pub struct PhoneNumber {
    /// Identifier.
    pub id: PhoneNumberId,
    /// The number.
    pub number: E164,
    /// Use.
    pub usage: UsageType,
    /// Voice, fax or both.
    pub kind: NumberType,
    /// Charging.
    pub payment: PaymentType,
    /// A person's label for it.
    pub label: Option<String>,
    /// The extension it rings; `None` for company numbers.
    pub owner: Option<ExtensionId>,
    /// What the owner (or, for company numbers, everybody) may do with it.
    pub features: Vec<NumberFeature>,
    /// The owner's first number.
    pub is_primary: bool,
}

vendor_enum!(
    /// What a device is.
    DeviceType { HardPhone = "HardPhone", SoftPhone = "SoftPhone", OtherPhone = "OtherPhone", WebPhone = "WebPhone" }
);

/// A device of an extension.
#[derive(Debug, Clone)]
pub struct Device {
    /// Identifier.
    pub id: DeviceId,
    /// Kind.
    pub kind: DeviceType,
    /// Model, such as `Polycom VVX 411`.
    pub model: &'static str,
    /// Its name in the account.
    pub name: String,
    /// Registered right now.
    pub is_online: bool,
    /// The extension it belongs to.
    pub owner: ExtensionId,
    /// Its line's number.
    pub phone_number: Option<PhoneNumberId>,
}
