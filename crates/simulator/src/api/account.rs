//! The account, in both versions of its API.

use serde_json::json;

use super::call::Call;
use super::error::ApiResult;
use super::reply::Reply;
use crate::wire::{instant, person};

/// `GET /restapi/v1.0/account/{accountId}`.
pub(crate) fn read(call: &Call<'_>) -> ApiResult {
    call.check_account()?;
    let links = call.links();
    let body = call.sim.world(|world| {
        let account = world.account();
        let operator = world.extension(account.operator).map(|op| person::extension_reference(&links, op));
        let mut body = json!({
            "id": account.id.0,
            "uri": links.account(""),
            "mainNumber": account.main_number.digits(),
            "serviceInfo": {
                "uri": links.account("/service-info"),
                "brand": {"id": "1210", "name": "RingCentral", "homeCountry": person::home_country(world, &links)},
                "servicePlan": {"id": "8", "name": "RingEX Advanced"},
                "billingPlan": {
                    "id": "8",
                    "name": "Monthly",
                    "durationUnit": "Month",
                    "duration": 1,
                    "type": "Regular",
                    "includedPhoneLines": 14,
                },
                "contractedCountry": person::home_country(world, &links),
            },
            "setupWizardState": "Completed",
            "signupInfo": {
                "tosAccepted": true,
                "signupState": ["AccountCreated", "BillingEntered", "AccountConfirmed"],
                "marketingAccepted": false,
                "creationTime": instant(account.created_at),
            },
            "status": "Confirmed",
            "regionalSettings": person::regional_settings(world, &links),
            "federated": false,
            "outboundCallPrefix": 9,
            "limits": {
                "freeSoftPhoneLinesPerExtension": 1,
                "meetingSize": 100,
                "maxMonitoredExtensionsPerUser": 100,
                "maxExtensionNumberLength": 5,
                "siteCodeLength": 0,
                "shortExtensionNumberLength": 3,
            },
        });
        if let (Some(operator), Some(fields)) = (operator, body.as_object_mut()) {
            fields.insert("operator".into(), operator);
        }
        body
    });
    Ok(Reply::json(&body))
}

/// `GET /restapi/v2/accounts/{accountId}`.
pub(crate) fn read_v2(call: &Call<'_>) -> ApiResult {
    call.check_account()?;
    let body = call.sim.world(|world| {
        let account = world.account();
        // The operator may be a queue; whom to write to about the account is a person.
        let administrator = world.extensions().find(|one| one.is_admin);
        let contact = administrator.map(|person| {
            json!({
                "id": person.id.to_string(),
                "extensionNumber": person.number.to_string(),
                "contactPhone": account.main_number.to_string(),
                "firstName": person.first_name,
                "lastName": person.last_name,
                "email": person.email,
            })
        });
        let mut body = json!({
            "id": account.id.to_string(),
            "mainNumber": account.main_number.to_string(),
            "status": "Confirmed",
            "billingActive": true,
            "companyName": account.company,
            "serviceInfo": {
                "package": {"id": "1231005", "version": "1"},
                "brand": {"id": "1210", "name": "RingCentral"},
                "contractedCountry": {"id": "1"},
                "servicePlan": {"id": "8", "name": "RingEX Advanced"},
            },
        });
        if let (Some(contact), Some(fields)) = (contact, body.as_object_mut()) {
            fields.insert("contactInfo".into(), contact);
        }
        body
    });
    Ok(Reply::json(&body))
}
