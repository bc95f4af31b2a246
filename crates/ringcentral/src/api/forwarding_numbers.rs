//! The phones a person told the service about: where calls are forwarded to, and what RingOut can ring first.
//!
//! Read only.
//!
//! Today's API reference leaves this operation out, though it still speaks of the list ("one of the user's configured
//! forwarding numbers", `MakeRingOutCallerInfoRequestFrom`); the vendor's guide teaches it and its own clients use it. A
//! server without it answers 404, and a person may lack the permission: RingOut rings any other number just as well.

use serde::Deserialize;

use super::{ExtensionRef, OWN, area, operations::LIST_FORWARDING_NUMBERS};
use crate::{
    client::{Query, Request},
    error::Error,
    id::{DeviceId, ForwardingNumberId},
    open_enum::open_enum,
    page::{Page, plain_records},
    rate_limit::Priority,
};

area! {
    /// Phones that calls are forwarded to. From [`crate::Client::forwarding_numbers`].
    ForwardingNumbers
}

impl ForwardingNumbers<'_> {
    /// Reads all forwarding numbers of an extension (`listForwardingNumbers`, group Light; scope `ReadAccounts`, user
    /// permission `ReadUserForwardingFlipNumbers`).
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn of_extension(
        &self,
        extension: &ExtensionRef,
        priority: Priority,
    ) -> Result<Page<ForwardingNumber>, Error> {
        self.client
            .all_pages(|page| {
                Request::new(&LIST_FORWARDING_NUMBERS, &[OWN, extension.as_str()], priority)
                    .query(Query::default().set("page", Some(page)))
            })
            .await
    }
}

open_enum! {
    /// What kind of phone it is.
    pub enum ForwardingNumberType {
        Home = "Home",
        Mobile = "Mobile",
        Work = "Work",
        /// A phone or soft phone of the service.
        PhoneLine = "PhoneLine",
        Outage = "Outage",
        Other = "Other",
    }
}

open_enum! {
    /// What the phone is used for.
    pub enum ForwardingFeature {
        CallForwarding = "CallForwarding",
        CallFlip = "CallFlip",
    }
}

/// A phone that calls are forwarded to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ForwardingNumber {
    /// The record: what RingOut takes in place of the number.
    pub id: ForwardingNumberId,
    /// The number, with or without `+`; some phones have none of their own.
    pub phone_number: Option<String>,
    /// Its name.
    pub label: Option<String>,
    /// What it is used for.
    #[serde(default)]
    pub features: Vec<ForwardingFeature>,
    /// What kind of phone it is.
    #[serde(rename = "type")]
    pub kind: Option<ForwardingNumberType>,
    /// The device, for a phone of the service.
    pub device: Option<ForwardingDevice>,
}
plain_records!(ForwardingNumber);

/// The device behind a forwarding number.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ForwardingDevice {
    /// The device.
    pub id: DeviceId,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::read_page;

    #[test]
    fn phones_of_the_service_and_others_are_read() {
        let page = read_page::<ForwardingNumber>(
            "listForwardingNumbers",
            r#"{"records":[
                {"id":"592178004","phoneNumber":"+14135550174","label":"Desktop","features":["CallFlip"],
                 "flipNumber":"1","type":"PhoneLine","device":{"id":"801553370004"}},
                {"id":711909004,"phoneNumber":"+16505550130","features":["CallForwarding","Telepathy"],
                 "type":"Mobile"}]}"#,
        )
        .unwrap();
        assert!(page.malformed.is_empty(), "{:?}", page.malformed);
        assert_eq!(page.records[0].kind, Some(ForwardingNumberType::PhoneLine));
        assert_eq!(page.records[1].features[1].as_str(), "Telepathy");
    }
}
