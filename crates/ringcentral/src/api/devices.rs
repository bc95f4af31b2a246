//! An extension's phones and soft phones.
//!
//! Read only.

use serde::Deserialize;

use super::{ExtensionRef, OWN, area, operations::LIST_EXTENSION_DEVICES};
use crate::{
    client::{Query, Request},
    error::Error,
    id::DeviceId,
    open_enum::open_enum,
    page::{Page, plain_records},
    rate_limit::Priority,
};

area! {
    /// Phones and soft phones. From [`crate::Client::devices`].
    Devices
}

impl Devices<'_> {
    /// Reads all devices of an extension (`listExtensionDevices`; scope `ReadAccounts`).
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn of_extension(
        &self,
        extension: &ExtensionRef,
        priority: Priority,
    ) -> Result<Page<Device>, Error> {
        self.client
            .all_pages(|page| {
                Request::new(&LIST_EXTENSION_DEVICES, &[OWN, extension.as_str()], priority)
                    .query(Query::default().set("page", Some(page)))
            })
            .await
    }
}

open_enum! {
    /// The kind of a device.
    pub enum DeviceType {
        Bla = "BLA",
        SoftPhone = "SoftPhone",
        OtherPhone = "OtherPhone",
        HardPhone = "HardPhone",
        WebPhone = "WebPhone",
        Paging = "Paging",
        Room = "Room",
        WebRtc = "WebRTC",
    }
}

open_enum! {
    /// Whether a device can ring.
    pub enum DeviceStatus {
        Offline = "Offline",
        Online = "Online",
    }
}

/// A phone or soft phone.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Device {
    /// The device.
    pub id: DeviceId,
    /// Its name.
    pub name: Option<String>,
    /// Its kind.
    #[serde(rename = "type")]
    pub kind: Option<DeviceType>,
    /// Whether it can ring.
    pub status: Option<DeviceStatus>,
    /// The computer a soft phone runs on.
    pub computer_name: Option<String>,
}
plain_records!(Device);
