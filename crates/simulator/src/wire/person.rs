//! Extensions, phone numbers, devices and directory entries in JSON.

use serde_json::{Map, Value, json};

use super::{Links, instant};
use crate::world::World;
use crate::world::account::{Device, Extension, PaymentType, PhoneNumber};
use crate::world::number::location_of;

/// An extension as `…/extension/{extensionId}` shows it.
pub(crate) fn extension(world: &World, links: &Links, extension: &Extension) -> Value {
    let mut body = extension_in_list(world, links, extension);
    if let Value::Object(fields) = &mut body {
        fields.insert(
            "account".into(),
            json!({"id": links.account_id().to_string(), "uri": links.account("")}),
        );
        fields.insert("regionalSettings".into(), regional_settings(world, links));
        fields.insert("setupWizardState".into(), json!("Completed"));
        fields.insert(
            "serviceFeatures".into(),
            json!([
                {"featureName": "SMS", "enabled": !extension.is_queue()},
                {"featureName": "Fax", "enabled": true},
                {"featureName": "Voicemail", "enabled": true},
                {"featureName": "Presence", "enabled": !extension.is_queue()},
            ]),
        );
    }
    body
}

/// An extension as lists show it.
pub(crate) fn extension_in_list(world: &World, links: &Links, extension: &Extension) -> Value {
    let mut contact = json!({
        "company": world.account().company,
        "department": extension.department,
        "emailAsLoginName": false,
    });
    if let Value::Object(fields) = &mut contact {
        put_text(fields, "firstName", &extension.first_name);
        put_text(fields, "lastName", &extension.last_name);
        put_text(fields, "email", &extension.email);
        put_text(fields, "jobTitle", &extension.job_title);
        if extension.department.is_empty() {
            fields.remove("department");
        }
        if let Some(number) = world.primary_number(extension.id) {
            fields.insert("businessPhone".into(), json!(number.to_string()));
        }
        if let Some(number) = extension.contact_phone {
            fields.insert("mobilePhone".into(), json!(number.to_string()));
        }
    }
    let mut body = json!({
        "id": extension.id.0,
        "uri": links.extension(extension.id, ""),
        "extensionNumber": extension.number.to_string(),
        "name": extension.name,
        "type": extension.kind.as_str(),
        "status": extension.status.as_str(),
        "contact": contact,
        "permissions": {
            "admin": {"enabled": extension.is_admin},
            "internationalCalling": {"enabled": false},
        },
        "profileImage": {"uri": links.extension(extension.id, "/profile-image")},
        "hidden": extension.is_hidden,
        "creationTime": instant(extension.created_at),
    });
    if extension.is_queue()
        && let Value::Object(fields) = &mut body
    {
        fields.insert("callQueueInfo".into(), service_level());
    }
    body
}

/// The short form in which other records name an extension.
pub(crate) fn extension_reference(links: &Links, extension: &Extension) -> Value {
    json!({
        "id": extension.id.0,
        "uri": links.extension(extension.id, ""),
        "extensionNumber": extension.number.to_string(),
    })
}

/// A queue's service level goals, which the demo company leaves as delivered.
pub(crate) fn service_level() -> Value {
    json!({
        "slaGoal": 80,
        "slaThresholdSeconds": 30,
        "includeAbandonedCalls": true,
        "abandonedThresholdSeconds": 15,
    })
}

/// The country of the account with its calling code.
pub(crate) fn home_country(world: &World, links: &Links) -> Value {
    let (id, name, calling_code) = match world.account().home_country {
        "CA" => ("39", "Canada", "1"),
        "GB" => ("224", "United Kingdom", "44"),
        _ => ("1", "United States", "1"),
    };
    json!({
        "id": id,
        "uri": links.root(&format!("dictionary/country/{id}")),
        "name": name,
        "isoCode": world.account().home_country,
        "callingCode": calling_code,
    })
}

/// Language, time zone and formats.
pub(crate) fn regional_settings(world: &World, links: &Links) -> Value {
    let english = json!({"id": "1033", "localeCode": "en-US", "name": "English (United States)"});
    json!({
        "homeCountry": home_country(world, links),
        "timezone": {
            "id": "58",
            "uri": links.root("dictionary/timezone/58"),
            "name": world.account().time_zone,
            "description": "Pacific Time (US & Canada)",
            "bias": "-480",
        },
        "language": english,
        "greetingLanguage": english,
        "formattingLocale": english,
        "timeFormat": "12h",
    })
}

/// A phone number as the account and its extensions list it.
pub(crate) fn phone_number(world: &World, links: &Links, number: &PhoneNumber) -> Value {
    let mut body = json!({
        "id": number.id.0,
        "uri": links.account(&format!("/phone-number/{}", number.id)),
        "phoneNumber": number.number.to_string(),
        "paymentType": number.payment.as_str(),
        "type": number.kind.as_str(),
        "usageType": number.usage.as_str(),
        "status": "Normal",
        "primary": number.is_primary,
    });
    let Value::Object(fields) = &mut body else {
        return body;
    };
    if let Some(label) = &number.label {
        fields.insert("label".into(), json!(label));
    }
    if let Some(location) = location_of(number.number) {
        fields.insert("location".into(), json!(location));
    }
    if let Some(owner) = number.owner.and_then(|id| world.extension(id)) {
        fields.insert("extension".into(), extension_reference(links, owner));
    }
    body
}

/// The same with what the asking extension may do with it.
pub(crate) fn own_phone_number(world: &World, links: &Links, number: &PhoneNumber) -> Value {
    let mut body = phone_number(world, links, number);
    if let Value::Object(fields) = &mut body {
        let features: Vec<&str> = number.features.iter().map(|feature| feature.as_str()).collect();
        fields.insert("features".into(), json!(features));
        let mut country = home_country(world, links);
        if let Value::Object(country) = &mut country {
            country.remove("isoCode");
            country.remove("callingCode");
        }
        fields.insert("country".into(), country);
    }
    body
}

/// What a number is registered for at The Campaign Registry. One that is not is shown without campaign and brand
/// (developers.ringcentral.com/guide/messaging/sms/sms-requirements).
pub(crate) fn sms_configuration(world: &World, number: &PhoneNumber) -> Value {
    let mut body = json!({
        "phoneNumberId": number.id.to_string(),
        "phoneNumber": number.number.to_string(),
    });
    if let (true, Some(fields)) = (world.is_in_campaign(number.id), body.as_object_mut()) {
        let texting = world.texting();
        fields.insert(
            "smsCampaignInfo".into(),
            json!({
                "id": "2008",
                "externalId": "C8VLZXY",
                "status": texting.campaign_status.as_str(),
                "registrationTier": texting.registration_tier.as_str(),
                "useCases": ["CustomerCare", "AccountNotification", "DeliveryNotification"],
            }),
        );
        // The guide's sample calls a brand `Verified`, a word the API reference does not know.
        fields.insert(
            "smsBrandInfo".into(),
            json!({"id": "1008", "externalId": "BG3LNOP", "status": "Confirmed"}),
        );
    }
    body
}

/// A phone number in version 2 of the account API, where identifiers are strings.
pub(crate) fn phone_number_v2(world: &World, number: &PhoneNumber) -> Value {
    let toll_type = if number.payment == PaymentType::TollFree {
        "TollFree"
    } else {
        "Toll"
    };
    let mut body = json!({
        "id": number.id.to_string(),
        "phoneNumber": number.number.to_string(),
        "type": number.kind.as_str(),
        "tollType": toll_type,
        "usageType": number.usage.as_str(),
        "status": "Normal",
        "activationStatus": "Active",
        "byocNumber": false,
        "primary": number.is_primary,
    });
    let Value::Object(fields) = &mut body else {
        return body;
    };
    if let Some(label) = &number.label {
        fields.insert("label".into(), json!(label));
    }
    if let Some(owner) = number.owner.and_then(|id| world.extension(id)) {
        fields.insert(
            "extension".into(),
            json!({"id": owner.id.to_string(), "extensionNumber": owner.number.to_string()}),
        );
    }
    body
}

/// A device.
pub(crate) fn device(world: &World, links: &Links, device: &Device) -> Value {
    let mut body = json!({
        "id": device.id.to_string(),
        "uri": links.account(&format!("/device/{}", device.id)),
        "type": device.kind.as_str(),
        "name": device.name,
        "status": if device.is_online { "Online" } else { "Offline" },
        "model": {"id": "0", "name": device.model, "features": []},
    });
    let Value::Object(fields) = &mut body else {
        return body;
    };
    if let Some(owner) = world.extension(device.owner) {
        fields.insert("extension".into(), extension_reference(links, owner));
    }
    if let Some(number) = device.phone_number.and_then(|id| world.phone_number(id)) {
        fields.insert(
            "phoneLines".into(),
            json!([{
                "id": number.id.to_string(),
                "lineType": "Standalone",
                "phoneInfo": {
                    "id": number.id.0,
                    "phoneNumber": number.number.to_string(),
                    "paymentType": number.payment.as_str(),
                    "type": number.kind.as_str(),
                    "usageType": number.usage.as_str(),
                    "status": "Normal",
                },
            }]),
        );
    }
    body
}

/// A company directory entry.
pub(crate) fn directory_entry(world: &World, links: &Links, extension: &Extension) -> Value {
    let mut numbers: Vec<Value> = world
        .phone_numbers()
        .filter(|number| number.owner == Some(extension.id))
        .map(|number| {
            json!({
                "phoneNumber": number.number.to_string(),
                "type": number.kind.as_str(),
                "usageType": number.usage.as_str(),
                "primary": number.is_primary,
                "hidden": false,
            })
        })
        .collect();
    if let Some(number) = extension.contact_phone {
        numbers
            .push(json!({"phoneNumber": number.to_string(), "usageType": "ContactNumber", "hidden": false}));
    }
    let mut body = json!({
        "id": extension.id.to_string(),
        "type": extension.kind.as_str(),
        "status": extension.status.as_str(),
        "name": extension.name,
        "extensionNumber": extension.number.to_string(),
        "account": {
            "id": links.account_id().to_string(),
            "companyName": world.account().company,
            "mainNumber": {
                "phoneNumber": world.account().main_number.to_string(),
                "usageType": "MainCompanyNumber",
            },
        },
        "site": {"id": "main-site", "name": "Main Site"},
        "phoneNumbers": numbers,
        "hidden": extension.is_hidden,
    });
    if let Value::Object(fields) = &mut body {
        put_text(fields, "firstName", &extension.first_name);
        put_text(fields, "lastName", &extension.last_name);
        put_text(fields, "email", &extension.email);
        put_text(fields, "jobTitle", &extension.job_title);
        put_text(fields, "department", &extension.department);
    }
    body
}

/// Sets a text field unless the text is empty: the vendor leaves such fields out.
pub(crate) fn put_text(fields: &mut Map<String, Value>, name: &str, text: &str) {
    if !text.is_empty() {
        fields.insert(name.to_owned(), json!(text));
    }
}
