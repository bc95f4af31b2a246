//! Phone numbers of an extension and of the account.

use serde_json::json;

use super::call::Call;
use super::choice::Choice;
use super::error::{ApiError, ApiResult};
use super::paging::PageAsked;
use super::reply::Reply;
use super::request::Query;
use crate::wire::person;
use crate::world::World;
use crate::world::account::{PaymentType, PhoneNumber};

/// Every number of the simulated account is in this state.
const STATUS: &str = "Normal";
const STATUSES: &[&str] = &["Normal", "Pending", "PortedIn", "Temporary", "Unknown"];
const KINDS: &[&str] = &["VoiceFax", "VoiceOnly", "FaxOnly"];
const PAYMENTS: &[&str] = &[
    "External",
    "TollFree",
    "Local",
    "BusinessMobileNumberProvider",
    "ExternalNumberProvider",
    "ExternalNumberProviderTollFree",
    "Mobile",
];
const EXTENSION_STATUSES: &[&str] = &["Enabled", "Disabled", "Frozen", "NotActivated", "Unassigned"];
/// Both versions of the account API, whose lists differ by a few mobile and pool numbers.
const USAGES: &[&str] = &[
    "MainCompanyNumber",
    "AdditionalCompanyNumber",
    "CompanyNumber",
    "DirectNumber",
    "CompanyFaxNumber",
    "FmcBusinessMobileNumber",
    "Inventory",
    "InventoryFmcBusinessMobileNumber",
    "InventoryMobileNumber",
    "InventoryPartnerBusinessMobileNumber",
    "ForwardedNumber",
    "ForwardedCompanyNumber",
    "ContactCenterNumber",
    "ConferencingNumber",
    "MeetingsNumber",
    "NumberPool",
    "NumberPoolPartnerBusinessMobileNumber",
    "BusinessMobileNumber",
    "PartnerBusinessMobileNumber",
    "PhoneLine",
    "ELIN",
    "NumberStorage",
    "IntegrationNumber",
];

/// What a list of numbers is narrowed down to.
struct Wanted<'q> {
    usages: Choice<&'q str>,
    statuses: Choice<&'q str>,
    kinds: Choice<&'q str>,
    payments: Choice<&'q str>,
    owner_statuses: Choice<&'q str>,
    toll: Option<&'q str>,
    number: Option<&'q str>,
    is_brought_along: bool,
}

/// `GET …/extension/{extensionId}/phone-number`.
pub(crate) fn of_extension(call: &Call<'_>) -> ApiResult {
    let id = call.extension()?;
    let asked = PageAsked::read(call, 1_000)?;
    let wanted = Wanted::read(&call.request.query)?;
    let links = call.links();
    let (records, total) = call.sim.world(|world| {
        let found: Vec<&PhoneNumber> = world
            .phone_numbers_of(id)
            .filter(|number| wanted.allows(world, number))
            .collect();
        let total = found.len();
        let page = asked.of(found);
        (
            page.into_iter()
                .map(|one| person::own_phone_number(world, &links, one))
                .collect(),
            total,
        )
    });
    Ok(Reply::json(&asked.envelope(call, records, total)))
}

/// `GET …/account/{accountId}/phone-number`.
pub(crate) fn of_account(call: &Call<'_>) -> ApiResult {
    call.check_account()?;
    let asked = PageAsked::read(call, 1_000)?;
    let wanted = Wanted::read(&call.request.query)?;
    let links = call.links();
    let (records, total) = call.sim.world(|world| {
        let found: Vec<&PhoneNumber> = world
            .phone_numbers()
            .filter(|number| wanted.allows(world, number))
            .collect();
        let total = found.len();
        let page = asked.of(found);
        (
            page.into_iter()
                .map(|one| person::phone_number(world, &links, one))
                .collect(),
            total,
        )
    });
    Ok(Reply::json(&asked.envelope(call, records, total)))
}

/// `GET …/account/{accountId}/phone-number/{phoneNumberId}`.
pub(crate) fn read(call: &Call<'_>) -> ApiResult {
    call.check_account()?;
    let id = call
        .path("phoneNumberId")
        .parse()
        .map_err(|_| ApiError::not_found("phoneNumberId"))?;
    let links = call.links();
    let body = call.sim.world(|world| {
        world
            .phone_number(id)
            .map(|one| person::phone_number(world, &links, one))
    });
    body.map(|body| Reply::json(&body))
        .ok_or_else(|| ApiError::not_found("phoneNumberId"))
}

/// `GET /restapi/v2/accounts/{accountId}/phone-numbers`.
pub(crate) fn of_account_v2(call: &Call<'_>) -> ApiResult {
    call.check_account()?;
    let asked = PageAsked::read(call, 1_000)?;
    let wanted = Wanted::read(&call.request.query)?;
    let body = call.sim.world(|world| {
        let numbers: Vec<&PhoneNumber> = world
            .phone_numbers()
            .filter(|number| wanted.allows(world, number))
            .collect();
        let total = numbers.len();
        let records: Vec<_> = asked
            .of(numbers)
            .into_iter()
            .map(|number| person::phone_number_v2(world, number))
            .collect();
        let paging = asked.paging(records.len(), total);
        json!({"records": records, "paging": paging})
    });
    Ok(Reply::json(&body))
}

/// `GET …/phone-number/{phoneNumberId}/sms-configuration`: the campaign a number of the extension's is registered for.
pub(crate) fn sms_configuration(call: &Call<'_>) -> ApiResult {
    let owner = call.extension()?;
    let id = call
        .path("phoneNumberId")
        .parse()
        .map_err(|_| ApiError::not_found("phoneNumberId"))?;
    let body = call.sim.world(|world| {
        let number = world.phone_number(id).filter(|one| one.owner == Some(owner))?;
        Some(person::sms_configuration(world, number))
    });
    body.map(|body| Reply::json(&body))
        .ok_or_else(|| ApiError::not_found("phoneNumberId"))
}

impl<'q> Wanted<'q> {
    fn read(query: &'q Query) -> Result<Self, ApiError> {
        Ok(Self {
            usages: Choice::words(query, "usageType", USAGES)?,
            statuses: Choice::words(query, "status", STATUSES)?,
            kinds: Choice::words(query, "type", KINDS)?,
            payments: Choice::words(query, "paymentType", PAYMENTS)?,
            owner_statuses: Choice::words(query, "extensionStatus", EXTENSION_STATUSES)?,
            toll: query.word("tollType", &["Toll", "TollFree"])?,
            number: query.one("phoneNumber"),
            is_brought_along: query.flag("byocNumber")? || query.flag("mobileNumber")?,
        })
    }

    fn allows(&self, world: &World, number: &PhoneNumber) -> bool {
        let owner = number.owner.and_then(|id| world.extension(id));
        let is_toll_free = number.payment == PaymentType::TollFree;
        self.usages.allows(number.usage.as_str())
            && self.statuses.allows(STATUS)
            && self.kinds.allows(number.kind.as_str())
            && self.payments.allows(number.payment.as_str())
            && owner.map_or(self.owner_statuses == Choice::Any, |owner| {
                self.owner_statuses.allows(owner.status.as_str())
            })
            && self.toll.is_none_or(|wanted| (wanted == "TollFree") == is_toll_free)
            && self
                .number
                .is_none_or(|wanted| wanted.trim().trim_start_matches('+') == number.number.digits())
            // Nobody brought a number of another carrier along.
            && !self.is_brought_along
    }
}
