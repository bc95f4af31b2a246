//! The table of operations: name, address, usage plan group and permissions as the API reference gives them, and the
//! function that answers.

use axum::http::Method;

use super::call::Call;
use super::consents::opt_outs;
use super::error::ApiResult;
use super::reply::Reply;
use super::request::Request;
use super::{
    account, address_book, authz, call_log, call_log_sync, call_out, call_queue, consents, device,
    dictionary, directory, extension, fax, gateway_token, live_recording, message_content, message_store,
    message_sync, messaging, monitoring_group, phone_number, presence, queue_presence, ring_out,
    subscription, supervision, telephony, text_templates, texting, versions,
};
use crate::oauth::{authorize, discovery, token};
use crate::rate_limit::Group::{self, Auth, Heavy, Light, Medium, NoThrottling};
use crate::simulation::Simulation;

/// One operation of the API reference.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) id: &'static str,
    pub(crate) method: &'static str,
    /// With parameters in braces.
    pub(crate) path: &'static str,
    pub(crate) group: Group,
    pub(crate) application_permission: Option<&'static str>,
    pub(crate) user_permission: Option<&'static str>,
    pub(crate) handler: Handler,
}

/// How an operation is answered.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Handler {
    /// Without a token.
    Public(fn(&Simulation, &Request) -> Reply),
    /// With one.
    Signed(for<'a> fn(&Call<'a>) -> ApiResult),
}

/// What stands at an address.
#[derive(Debug)]
pub(crate) enum Found {
    Operation(&'static Operation, Vec<(&'static str, String)>),
    OtherMethod,
    Nothing,
}

type Signed = for<'a> fn(&Call<'a>) -> ApiResult;

const fn public(
    id: &'static str,
    method: &'static str,
    path: &'static str,
    group: Group,
    handler: fn(&Simulation, &Request) -> Reply,
) -> Operation {
    Operation {
        id,
        method,
        path,
        group,
        application_permission: None,
        user_permission: None,
        handler: Handler::Public(handler),
    }
}

/// A row of the table; an empty permission means none is needed.
const fn signed(
    id: &'static str,
    method: &'static str,
    path: &'static str,
    group: Group,
    application: &'static str,
    user: &'static str,
    handler: Signed,
) -> Operation {
    Operation {
        id,
        method,
        path,
        group,
        application_permission: if application.is_empty() {
            None
        } else {
            Some(application)
        },
        user_permission: if user.is_empty() { None } else { Some(user) },
        handler: Handler::Signed(handler),
    }
}

/// Every operation the simulator answers.
#[rustfmt::skip]
pub(crate) static OPERATIONS: &[Operation] = &[
    public("authorize", "GET", "/restapi/oauth/authorize", Auth, authorize::authorize),
    public("authorize2", "POST", "/restapi/oauth/authorize", Auth, authorize::authorize),
    public("getToken", "POST", "/restapi/oauth/token", Auth, token::token),
    public("revokeToken", "POST", "/restapi/oauth/revoke", Auth, token::revoke),
    public("readOpenIdConfiguration", "GET", "/.well-known/openid-configuration", NoThrottling, discovery::configuration),
    public("authJwks", "GET", "/restapi/oauth/jwks", NoThrottling, discovery::key_set),
    signed("authUserInfo", "GET", "/restapi/oauth/userinfo", Auth, "", "", discovery::user_info),
    signed("authWsToken", "POST", "/restapi/oauth/wstoken", Auth, "WebSocket", "", gateway_token::issue),

    public("readAPIVersions", "GET", "/restapi", NoThrottling, versions::list),
    public("readAPIVersion", "GET", "/restapi/{apiVersion}", NoThrottling, versions::one),

    signed("readAccountInfo", "GET", "/restapi/v1.0/account/{accountId}", Light, "ReadAccounts", "ReadCompanyInfo", account::read),
    signed("getAccountInfoV2", "GET", "/restapi/v2/accounts/{accountId}", Light, "ReadAccounts", "ReadCompanyInfo", account::read_v2),
    signed("listAccountPhoneNumbersV2", "GET", "/restapi/v2/accounts/{accountId}/phone-numbers", Heavy, "ReadAccounts", "ReadCompanyPhoneNumbers", phone_number::of_account_v2),
    signed("readExtension", "GET", "/restapi/v1.0/account/{accountId}/extension/{extensionId}", Light, "ReadAccounts", "ReadExtensions", extension::read),
    signed("listExtensions", "GET", "/restapi/v1.0/account/{accountId}/extension", Medium, "ReadAccounts", "ReadExtensions", extension::list),
    signed("listExtensionPhoneNumbers", "GET", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/phone-number", Light, "ReadAccounts", "ReadUserPhoneNumbers", phone_number::of_extension),
    signed("smsConfigurationInfo", "GET", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/phone-number/{phoneNumberId}/sms-configuration", Light, "ReadAccounts", "", phone_number::sms_configuration),
    signed("listAccountPhoneNumbers", "GET", "/restapi/v1.0/account/{accountId}/phone-number", Heavy, "ReadAccounts", "ReadCompanyPhoneNumbers", phone_number::of_account),
    signed("readAccountPhoneNumber", "GET", "/restapi/v1.0/account/{accountId}/phone-number/{phoneNumberId}", Light, "ReadAccounts", "ReadCompanyPhoneNumbers", phone_number::read),
    signed("listExtensionDevices", "GET", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/device", Light, "ReadAccounts", "ReadUserDevices", device::list),
    signed("readDevice", "GET", "/restapi/v1.0/account/{accountId}/device/{deviceId}", Light, "ReadAccounts", "ReadCompanyDevices", device::read),
    signed("listCallQueues", "GET", "/restapi/v1.0/account/{accountId}/call-queues", Medium, "ReadAccounts", "ReadExtensions", call_queue::list),
    signed("readCallQueueInfo", "GET", "/restapi/v1.0/account/{accountId}/call-queues/{groupId}", Light, "ReadAccounts", "ReadExtensions", call_queue::read),
    signed("listCallQueueMembers", "GET", "/restapi/v1.0/account/{accountId}/call-queues/{groupId}/members", Light, "ReadAccounts", "ReadExtensions", call_queue::members),
    signed("listCallMonitoringGroups", "GET", "/restapi/v1.0/account/{accountId}/call-monitoring-groups", Medium, "ReadAccounts", "ReadExtensions", monitoring_group::list),
    signed("createCallMonitoringGroup", "POST", "/restapi/v1.0/account/{accountId}/call-monitoring-groups", Medium, "EditExtensions", "Groups", monitoring_group::create),
    signed("updateCallMonitoringGroup", "PUT", "/restapi/v1.0/account/{accountId}/call-monitoring-groups/{groupId}", Medium, "EditExtensions", "Groups", monitoring_group::update),
    signed("deleteCallMonitoringGroup", "DELETE", "/restapi/v1.0/account/{accountId}/call-monitoring-groups/{groupId}", Medium, "EditExtensions", "Groups", monitoring_group::delete),
    signed("listCallMonitoringGroupMembers", "GET", "/restapi/v1.0/account/{accountId}/call-monitoring-groups/{groupId}/members", Medium, "ReadAccounts", "ReadExtensions", monitoring_group::members),
    signed("updateCallMonitoringGroupList", "POST", "/restapi/v1.0/account/{accountId}/call-monitoring-groups/{groupId}/bulk-assign", Heavy, "EditExtensions", "Groups", monitoring_group::assign),
    signed("readAuthorizationProfile", "GET", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/authz-profile", Medium, "", "", authz::profile),
    signed("checkUserPermission", "GET", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/authz-profile/check", Light, "", "", authz::check),
    signed("readExtensionFeatures", "GET", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/features", Medium, "ReadAccounts", "ReadExtensions", authz::features),

    signed("readUserCallLog", "GET", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/call-log", Heavy, "ReadCallLog", "ReadCallLog", call_log::of_extension),
    signed("deleteUserCallLog", "DELETE", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/call-log", Heavy, "EditCallLog", "EditCallLog", call_log::delete),
    signed("readUserCallRecord", "GET", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/call-log/{callRecordId}", Heavy, "ReadCallLog", "ReadCallLog", call_log::read_of_extension),
    signed("syncUserCallLog", "GET", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/call-log-sync", Heavy, "ReadCallLog", "ReadCallLog", call_log_sync::of_extension),
    signed("listExtensionActiveCalls", "GET", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/active-calls", Heavy, "ReadCallLog", "ReadCallLog", call_log::active_of_extension),
    signed("readCompanyCallLog", "GET", "/restapi/v1.0/account/{accountId}/call-log", Heavy, "ReadCallLog", "FullCompanyCallLog", call_log::of_account),
    signed("readCompanyCallRecord", "GET", "/restapi/v1.0/account/{accountId}/call-log/{callRecordId}", Heavy, "ReadCallLog", "FullCompanyCallLog", call_log::read_of_account),
    signed("syncAccountCallLog", "GET", "/restapi/v1.0/account/{accountId}/call-log-sync", Heavy, "ReadCallLog", "ReadCallLog", call_log_sync::of_account),
    signed("extractSyncAccountCallLog", "GET", "/restapi/v1.0/account/{accountId}/call-log-extract-sync", Heavy, "ReadCallLog", "ReadCallLog", call_log_sync::extract),
    signed("listCompanyActiveCalls", "GET", "/restapi/v1.0/account/{accountId}/active-calls", Heavy, "ReadCallLog", "ReadCallLog", call_log::active_of_account),
    signed("readCallRecording", "GET", "/restapi/v1.0/account/{accountId}/recording/{recordingId}", Heavy, "ReadCallRecording", "ReadCallRecording", call_log::recording),

    signed("readCallRecordingContent", "GET", "/restapi/v1.0/account/{accountId}/recording/{recordingId}/content", Heavy, "ReadCallRecording", "", message_content::recording),

    signed("listMessages", "GET", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/message-store", Light, "ReadMessages", "ReadMessages", message_store::list),
    signed("deleteMessageByFilter", "DELETE", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/message-store", Medium, "EditMessages", "EditMessages", message_store::delete_by_filter),
    signed("readMessage", "GET", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/message-store/{messageId}", Light, "ReadMessages", "ReadMessages", message_store::read),
    signed("updateMessage", "PUT", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/message-store/{messageId}", Medium, "EditMessages", "EditMessages", message_store::update),
    signed("patchMessage", "PATCH", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/message-store/{messageId}", Medium, "EditMessages", "EditMessages", message_store::update),
    signed("deleteMessage", "DELETE", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/message-store/{messageId}", Medium, "EditMessages", "EditMessages", message_store::delete),
    signed("readMessageContent", "GET", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/message-store/{messageId}/content/{attachmentId}", Medium, "ReadMessages", "", message_content::attachment),
    signed("syncMessages", "GET", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/message-sync", Light, "ReadMessages", "ReadMessages", message_sync::sync),

    signed("createSMSMessage", "POST", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/sms", Medium, "SMS", "OutboundSMS", texting::send),
    signed("createMMS", "POST", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/mms", Medium, "SMS", "OutboundSMS", texting::send),
    signed("createInternalTextMessage", "POST", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/company-pager", Medium, "InternalMessages", "InternalSMS", messaging::pager),
    signed("createFaxMessage", "POST", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/fax", Heavy, "Faxes", "OutboundFaxes", fax::send),
    signed("listFaxCoverPages", "GET", "/restapi/v1.0/dictionary/fax-cover-page", Light, "", "", dictionary::cover_pages),

    signed("createRingOutCall", "POST", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/ring-out", Heavy, "RingOut", "", ring_out::create),
    signed("readRingOutCallStatus", "GET", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/ring-out/{ringoutId}", Light, "RingOut", "", ring_out::read),
    signed("deleteRingOutCall", "DELETE", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/ring-out/{ringoutId}", Heavy, "RingOut", "", ring_out::cancel),

    signed("listSmsConsentRecords", "GET", "/restapi/v2/accounts/{accountId}/sms/consents", Light, "SMS", "", consents::list),
    signed("editSmsConsentRecords", "PATCH", "/restapi/v2/accounts/{accountId}/sms/consents", Light, "SMS", "", consents::edit),
    signed("searchSmsConsentRecords", "POST", "/restapi/v2/accounts/{accountId}/sms/consents/search", Light, "SMS", "", consents::search),
    signed("listSmsConsentHistoryRecords", "GET", "/restapi/v2/accounts/{accountId}/sms/consents/history", Light, "SMS", "", consents::history),
    signed("exportSmsConsentRecords", "GET", "/restapi/v2/accounts/{accountId}/sms/consents/export", Light, "SMS", "", consents::export),
    signed("readA2PSMSOptOuts", "GET", "/restapi/v1.0/account/{accountId}/a2p-sms/opt-outs", Light, "A2PSMS", "", opt_outs::list),
    signed("addA2PSMSOptOuts", "POST", "/restapi/v1.0/account/{accountId}/a2p-sms/opt-outs/bulk-assign", Light, "A2PSMS", "", opt_outs::assign),

    signed("listCompanyMessageTemplates", "GET", "/restapi/v1.0/account/{accountId}/message-store-templates", Light, "ReadAccounts", "EditCompanySMSTemplates", text_templates::of_company),
    signed("createCompanyMessageTemplate", "POST", "/restapi/v1.0/account/{accountId}/message-store-templates", Medium, "EditAccounts", "EditCompanySMSTemplates", text_templates::create_for_company),
    signed("readCompanyMessageTemplate", "GET", "/restapi/v1.0/account/{accountId}/message-store-templates/{templateId}", Light, "ReadAccounts", "EditCompanySMSTemplates", text_templates::read_of_company),
    signed("updateCompanyMessageTemplate", "PUT", "/restapi/v1.0/account/{accountId}/message-store-templates/{templateId}", Medium, "EditAccounts", "EditCompanySMSTemplates", text_templates::update_of_company),
    signed("deleteCompanyMessageTemplate", "DELETE", "/restapi/v1.0/account/{accountId}/message-store-templates/{templateId}", Medium, "EditAccounts", "EditCompanySMSTemplates", text_templates::delete_of_company),
    signed("listUserMessageTemplates", "GET", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/message-store-templates", Light, "ReadAccounts", "", text_templates::of_person),
    signed("createUserMessageTemplate", "POST", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/message-store-templates", Medium, "EditExtensions", "", text_templates::create_for_person),
    signed("readUserMessageTemplate", "GET", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/message-store-templates/{templateId}", Light, "ReadAccounts", "", text_templates::read_of_person),
    signed("updateUserMessageTemplate", "PUT", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/message-store-templates/{templateId}", Medium, "EditExtensions", "", text_templates::update_of_person),
    signed("deleteUserMessageTemplate", "DELETE", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/message-store-templates/{templateId}", Medium, "EditExtensions", "", text_templates::delete_of_person),

    signed("listContacts", "GET", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/address-book/contact", Heavy, "ReadContacts", "ReadPersonalContacts", address_book::list),
    signed("createContact", "POST", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/address-book/contact", Heavy, "Contacts", "EditPersonalContacts", address_book::create),
    signed("readContact", "GET", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/address-book/contact/{contactId}", Heavy, "ReadContacts", "ReadPersonalContacts", address_book::read),
    signed("updateContact", "PUT", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/address-book/contact/{contactId}", Heavy, "Contacts", "EditPersonalContacts", address_book::replace),
    signed("patchContact", "PATCH", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/address-book/contact/{contactId}", Heavy, "Contacts", "EditPersonalContacts", address_book::patch),
    signed("deleteContact", "DELETE", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/address-book/contact/{contactId}", Heavy, "Contacts", "EditPersonalContacts", address_book::delete),
    signed("syncAddressBook", "GET", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/address-book-sync", Heavy, "ReadContacts", "ReadPersonalContacts", address_book::sync),

    signed("readUserPresenceStatus", "GET", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/presence", Light, "ReadPresence", "ReadPresenceStatus", presence::read),
    signed("updateUserPresenceStatus", "PUT", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/presence", Medium, "EditPresence", "", presence::update),
    signed("readAccountPresence", "GET", "/restapi/v1.0/account/{accountId}/presence", Heavy, "ReadPresence", "ReadPresenceStatus", presence::of_account),
    signed("readUnifiedPresence", "GET", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/unified-presence", Medium, "ReadPresence", "ReadPresenceStatus", presence::unified),
    signed("updateUnifiedPresence", "PATCH", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/unified-presence", Medium, "EditPresence", "EditPresenceStatus", presence::update_unified),
    signed("readCallQueuePresence", "GET", "/restapi/v1.0/account/{accountId}/call-queues/{groupId}/presence", Light, "ReadPresence", "", queue_presence::of_queue),
    signed("readExtensionCallQueuePresence", "GET", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/call-queue-presence", Light, "ReadPresence", "", queue_presence::of_extension),

    signed("updateCallQueuePresence", "PUT", "/restapi/v1.0/account/{accountId}/call-queues/{groupId}/presence", Medium, "EditPresence", "", queue_presence::update_of_queue),
    signed("updateExtensionCallQueuePresence", "PUT", "/restapi/v1.0/account/{accountId}/extension/{extensionId}/call-queue-presence", Medium, "EditPresence", "", queue_presence::update_of_extension),

    signed("createCallOutCallSession", "POST", "/restapi/v1.0/account/{accountId}/telephony/call-out", Heavy, "CallControl", "", call_out::create),
    signed("readCallSessionStatus", "GET", "/restapi/v1.0/account/{accountId}/telephony/sessions/{telephonySessionId}", Light, "CallControl", "", telephony::session),
    signed("deleteCallSession", "DELETE", "/restapi/v1.0/account/{accountId}/telephony/sessions/{telephonySessionId}", Light, "CallControl", "", telephony::hang_up),
    signed("readCallPartyStatus", "GET", "/restapi/v1.0/account/{accountId}/telephony/sessions/{telephonySessionId}/parties/{partyId}", Light, "CallControl", "", telephony::party),
    signed("deleteCallParty", "DELETE", "/restapi/v1.0/account/{accountId}/telephony/sessions/{telephonySessionId}/parties/{partyId}", Light, "CallControl", "", telephony::hang_up_party),
    signed("updateCallParty", "PATCH", "/restapi/v1.0/account/{accountId}/telephony/sessions/{telephonySessionId}/parties/{partyId}", Light, "CallControl", "", telephony::update_party),
    signed("answerCallParty", "POST", "/restapi/v1.0/account/{accountId}/telephony/sessions/{telephonySessionId}/parties/{partyId}/answer", Light, "CallControl", "", telephony::answer),
    signed("holdCallParty", "POST", "/restapi/v1.0/account/{accountId}/telephony/sessions/{telephonySessionId}/parties/{partyId}/hold", Light, "CallControl", "", telephony::hold),
    signed("unholdCallParty", "POST", "/restapi/v1.0/account/{accountId}/telephony/sessions/{telephonySessionId}/parties/{partyId}/unhold", Light, "CallControl", "", telephony::unhold),
    signed("rejectParty", "POST", "/restapi/v1.0/account/{accountId}/telephony/sessions/{telephonySessionId}/parties/{partyId}/reject", Light, "CallControl", "", telephony::reject),
    signed("ignoreCallInQueue", "POST", "/restapi/v1.0/account/{accountId}/telephony/sessions/{telephonySessionId}/parties/{partyId}/ignore", Light, "CallControl", "", telephony::ignore),
    signed("forwardCallParty", "POST", "/restapi/v1.0/account/{accountId}/telephony/sessions/{telephonySessionId}/parties/{partyId}/forward", Light, "CallControl", "", telephony::forward),
    signed("replyParty", "POST", "/restapi/v1.0/account/{accountId}/telephony/sessions/{telephonySessionId}/parties/{partyId}/reply", Light, "CallControl", "", telephony::reply),
    signed("startCallRecording", "POST", "/restapi/v1.0/account/{accountId}/telephony/sessions/{telephonySessionId}/parties/{partyId}/recordings", Light, "CallControl", "", live_recording::start),
    signed("pauseResumeCallRecording", "PATCH", "/restapi/v1.0/account/{accountId}/telephony/sessions/{telephonySessionId}/parties/{partyId}/recordings/{recordingId}", Light, "CallControl", "", live_recording::pause_or_resume),
    signed("callParkParty", "POST", "/restapi/v1.0/account/{accountId}/telephony/sessions/{telephonySessionId}/parties/{partyId}/park", Light, "CallControl", "", telephony::park),
    signed("pickupCallParty", "POST", "/restapi/v1.0/account/{accountId}/telephony/sessions/{telephonySessionId}/parties/{partyId}/pickup", Light, "CallControl", "", telephony::pick_up),
    signed("superviseCallSession", "POST", "/restapi/v1.0/account/{accountId}/telephony/sessions/{telephonySessionId}/supervise", Light, "CallControl", "", supervision::of_session),
    signed("superviseCallParty", "POST", "/restapi/v1.0/account/{accountId}/telephony/sessions/{telephonySessionId}/parties/{partyId}/supervise", Light, "CallControl", "", supervision::of_party),
    signed("transferCallParty", "POST", "/restapi/v1.0/account/{accountId}/telephony/sessions/{telephonySessionId}/parties/{partyId}/transfer", Light, "CallControl", "", telephony::transfer),

    signed("listDirectoryEntries", "GET", "/restapi/v1.0/account/{accountId}/directory/entries", Medium, "ReadAccounts", "", directory::list),
    signed("readDirectoryEntry", "GET", "/restapi/v1.0/account/{accountId}/directory/entries/{entryId}", Medium, "ReadAccounts", "", directory::read),
    signed("searchDirectoryEntries", "POST", "/restapi/v1.0/account/{accountId}/directory/entries/search", Heavy, "ReadAccounts", "ReadExtensions", directory::search),

    signed("listSubscriptions", "GET", "/restapi/v1.0/subscription", Light, "", "", subscription::list),
    signed("createSubscription", "POST", "/restapi/v1.0/subscription", Medium, "", "", subscription::create),
    signed("readSubscription", "GET", "/restapi/v1.0/subscription/{subscriptionId}", Light, "", "", subscription::read),
    signed("updateSubscription", "PUT", "/restapi/v1.0/subscription/{subscriptionId}", Medium, "", "", subscription::update),
    signed("deleteSubscription", "DELETE", "/restapi/v1.0/subscription/{subscriptionId}", Medium, "", "", subscription::delete),
    signed("renewSubscription", "POST", "/restapi/v1.0/subscription/{subscriptionId}/renew", Light, "", "", subscription::renew),
];

/// The names of all operations the simulator answers, with method and address as the API reference writes them.
pub fn operations() -> impl Iterator<Item = OperationEntry> {
    OPERATIONS.iter().map(|operation| OperationEntry {
        id: operation.id,
        method: operation.method,
        path: operation.path,
        group: operation.group,
        application_permission: operation.application_permission,
        user_permission: operation.user_permission,
    })
}

/// An operation the simulator answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationEntry {
    pub id: &'static str,
    pub method: &'static str,
    pub path: &'static str,
    pub group: Group,
    pub application_permission: Option<&'static str>,
    pub user_permission: Option<&'static str>,
}

/// Looks an address up. Fixed segments win over parameters.
pub(crate) fn find(method: &Method, path: &str) -> Found {
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let mut is_known_path = false;
    let mut best: Option<(&'static Operation, Vec<(&'static str, String)>)> = None;
    for operation in OPERATIONS {
        let Some(parameters) = capture(operation.path, &segments) else {
            continue;
        };
        is_known_path = true;
        let is_better = best
            .as_ref()
            .is_none_or(|(_, known)| parameters.len() < known.len());
        if operation.method == method.as_str() && is_better {
            best = Some((operation, parameters));
        }
    }
    match best {
        Some((operation, parameters)) => Found::Operation(operation, parameters),
        None if is_known_path => Found::OtherMethod,
        None => Found::Nothing,
    }
}

fn capture(template: &'static str, segments: &[&str]) -> Option<Vec<(&'static str, String)>> {
    let wanted = template.split('/').filter(|segment| !segment.is_empty());
    let mut given = segments.iter();
    let mut parameters = Vec::new();
    for part in wanted {
        let segment = given.next()?;
        match part.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            Some(name) => parameters.push((name, (*segment).to_owned())),
            None if part == *segment => {}
            None => return None,
        }
    }
    given.next().is_none().then_some(parameters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_to_their_operations() {
        let id = |method: Method, path: &str| match find(&method, path) {
            Found::Operation(operation, _) => operation.id,
            Found::OtherMethod => "other method",
            Found::Nothing => "nothing",
        };
        assert_eq!(
            id(Method::GET, "/restapi/v1.0/account/~/extension/~"),
            "readExtension"
        );
        assert_eq!(
            id(Method::POST, "/restapi/v1.0/subscription/"),
            "createSubscription"
        );
        assert_eq!(id(Method::GET, "/restapi/v1.0"), "readAPIVersion");
        assert_eq!(
            id(Method::POST, "/restapi/v1.0/account/~/directory/entries/search"),
            "searchDirectoryEntries"
        );
        assert_eq!(id(Method::DELETE, "/restapi/v1.0/account/~"), "other method");
        assert_eq!(id(Method::GET, "/restapi/v1.0/weather/today"), "nothing");
    }

    #[test]
    fn no_address_is_listed_twice() {
        for (index, operation) in OPERATIONS.iter().enumerate() {
            let twin = OPERATIONS
                .iter()
                .skip(index + 1)
                .find(|o| o.id == operation.id || (o.method == operation.method && o.path == operation.path));
            assert!(twin.is_none(), "{}", operation.id);
        }
    }
}
