//! The codes a text can fail with after it was accepted (developers.ringcentral.com/guide/messaging/sms/sms-errors): `RC`
//! says RingCentral held it back, `UP` its gateway, `CAR` the recipient's carrier.

use super::super::messages::MessageStatus;

pub(in crate::world) const OPTED_OUT: &str = "SMS-RC-413";
/// Named in RingCentral's policies for what goes beyond the daily or monthly volume; not in the list of codes.
pub(in crate::world) const OVER_VOLUME: &str = "SMS-RC-403";
pub(in crate::world) const NOT_SET_UP: &str = "SMS-UP-414";
pub(crate) const LANDLINE: &str = "SMS-UP-410";

const CODES: &[&str] = &[
    OVER_VOLUME,
    "SMS-RC-410",
    OPTED_OUT,
    "SMS-RC-430",
    "SMS-RC-500",
    "SMS-RC-501",
    "SMS-RC-503",
    "SMS-RC-504",
    LANDLINE,
    "SMS-UP-413",
    NOT_SET_UP,
    "SMS-UP-430",
    "SMS-UP-431",
    "SMS-UP-432",
    "SMS-UP-433",
    "SMS-UP-500",
    "SMS-CAR-104",
    "SMS-CAR-199",
    "SMS-CAR-400",
    "SMS-CAR-410",
    "SMS-CAR-411",
    "SMS-CAR-412",
    "SMS-CAR-413",
    "SMS-CAR-414",
    "SMS-CAR-430",
    "SMS-CAR-431",
    "SMS-CAR-432",
    "SMS-CAR-433",
    "SMS-CAR-434",
    "SMS-CAR-435",
    "SMS-CAR-450",
    "SMS-CAR-451",
    "SMS-CAR-452",
    "SMS-CAR-460",
    "SMS-CAR-461",
    "SMS-CAR-500",
];

/// A documented code.
pub(crate) fn known(code: &str) -> Option<&'static str> {
    CODES.iter().copied().find(|known| *known == code)
}

/// Whether RingCentral itself keeps the text back.
pub(super) fn is_held_back(code: &str) -> bool {
    code.starts_with("SMS-RC-")
}

/// The state a text ends in. The samples show `SendingFailed` with SMS-RC-413 and `DeliveryFailed` with SMS-UP-410 and
/// SMS-CAR-104.
pub(super) fn final_status(error: Option<&'static str>) -> MessageStatus {
    match error {
        None => MessageStatus::Delivered,
        Some(code) if is_held_back(code) => MessageStatus::SendingFailed,
        Some(_) => MessageStatus::DeliveryFailed,
    }
}
