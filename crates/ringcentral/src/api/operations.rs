//! The operations this client uses, as the API reference lists them: name, method, path, rate limit group.
//!
//! The table is the single place where paths stand; a test holds it against the reference.

use reqwest::Method;

use crate::rate_limit::Group;

/// One operation of the API reference.
#[derive(Debug)]
pub(crate) struct Operation {
    /// Its name in the reference (`operationId`).
    pub(crate) id: &'static str,
    pub(crate) method: Verb,
    /// Its path with `{placeholders}`.
    pub(crate) path: &'static str,
    pub(crate) group: Group,
    /// It changes nothing, so it may be sent again when its answer is lost.
    pub(crate) is_read: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Operation {
    pub(crate) fn method(&self) -> Method {
        match self.method {
            Verb::Get => Method::GET,
            Verb::Post => Method::POST,
            Verb::Put => Method::PUT,
            Verb::Patch => Method::PATCH,
            Verb::Delete => Method::DELETE,
        }
    }

    /// The path with its placeholders filled in order. Values are escaped, so an id cannot lead elsewhere.
    pub(crate) fn path_with(&self, parameters: &[&str]) -> String {
        let mut parameters = parameters.iter();
        let mut path = String::with_capacity(self.path.len() + 32);
        for segment in self.path.split('/').skip(1) {
            path.push('/');
            if segment.starts_with('{') {
                let value = parameters.next().copied().unwrap_or_default();
                // `.` and `..` would be resolved away when the address is put together.
                let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_~*@,".contains(c);
                let is_dots = value.chars().all(|c| c == '.');
                for byte in value.bytes() {
                    match char::from(byte) {
                        c if is_plain(c) || (c == '.' && !is_dots) => path.push(c),
                        _ => path.push_str(&format!("%{byte:02X}")),
                    }
                }
            } else {
                path.push_str(segment);
            }
        }
        path
    }
}

macro_rules! operations {
    ($(#[$doc:meta])* $all:ident: $($name:ident = $id:literal $method:ident $path:literal $group:ident $($read:literal)?;)*) => {
        $(pub(crate) static $name: Operation = Operation {
            id: $id,
            method: Verb::$method,
            path: $path,
            group: Group::$group,
            is_read: matches!(Verb::$method, Verb::Get) $(|| $read)?,
        };)*

        $(#[$doc])*
        #[cfg(test)]
        pub(crate) static $all: &[&Operation] = &[$(&$name),*];
    };
}

operations! {
    /// Every operation of the reference, for the test against it.
    ALL:

    AUTHORIZE = "authorize" Get "/restapi/oauth/authorize" Auth;
    GET_TOKEN = "getToken" Post "/restapi/oauth/token" Auth;
    REVOKE_TOKEN = "revokeToken" Post "/restapi/oauth/revoke" Auth;
    // A token that was asked for twice is simply not used: safe to repeat.
    AUTH_WS_TOKEN = "authWsToken" Post "/restapi/oauth/wstoken" Auth true;

    READ_ACCOUNT_INFO = "readAccountInfo" Get "/restapi/v1.0/account/{accountId}" Light;
    READ_EXTENSION = "readExtension" Get "/restapi/v1.0/account/{accountId}/extension/{extensionId}" Light;
    LIST_EXTENSIONS = "listExtensions" Get "/restapi/v1.0/account/{accountId}/extension" Medium;
    LIST_EXTENSION_PHONE_NUMBERS = "listExtensionPhoneNumbers" Get
        "/restapi/v1.0/account/{accountId}/extension/{extensionId}/phone-number" Light;
    SMS_CONFIGURATION_INFO = "smsConfigurationInfo" Get
        "/restapi/v1.0/account/{accountId}/extension/{extensionId}/phone-number/{phoneNumberId}/sms-configuration"
        Light;
    LIST_ACCOUNT_PHONE_NUMBERS = "listAccountPhoneNumbers" Get
        "/restapi/v1.0/account/{accountId}/phone-number" Heavy;

    READ_USER_CALL_LOG = "readUserCallLog" Get
        "/restapi/v1.0/account/{accountId}/extension/{extensionId}/call-log" Heavy;
    READ_COMPANY_CALL_LOG = "readCompanyCallLog" Get "/restapi/v1.0/account/{accountId}/call-log" Heavy;
    READ_USER_CALL_RECORD = "readUserCallRecord" Get
        "/restapi/v1.0/account/{accountId}/extension/{extensionId}/call-log/{callRecordId}" Heavy;
    READ_COMPANY_CALL_RECORD = "readCompanyCallRecord" Get
        "/restapi/v1.0/account/{accountId}/call-log/{callRecordId}" Heavy;
    SYNC_USER_CALL_LOG = "syncUserCallLog" Get
        "/restapi/v1.0/account/{accountId}/extension/{extensionId}/call-log-sync" Heavy;
    SYNC_ACCOUNT_CALL_LOG = "syncAccountCallLog" Get "/restapi/v1.0/account/{accountId}/call-log-sync" Heavy;
    READ_CALL_RECORDING_CONTENT = "readCallRecordingContent" Get
        "/restapi/v1.0/account/{accountId}/recording/{recordingId}/content" Heavy;
    LIST_EXTENSION_ACTIVE_CALLS = "listExtensionActiveCalls" Get
        "/restapi/v1.0/account/{accountId}/extension/{extensionId}/active-calls" Heavy;
    LIST_COMPANY_ACTIVE_CALLS = "listCompanyActiveCalls" Get
        "/restapi/v1.0/account/{accountId}/active-calls" Heavy;

    LIST_MESSAGES = "listMessages" Get
        "/restapi/v1.0/account/{accountId}/extension/{extensionId}/message-store" Light;
    READ_MESSAGE = "readMessage" Get
        "/restapi/v1.0/account/{accountId}/extension/{extensionId}/message-store/{messageId}" Light;
    UPDATE_MESSAGE = "updateMessage" Put
        "/restapi/v1.0/account/{accountId}/extension/{extensionId}/message-store/{messageId}" Medium;
    PATCH_MESSAGE = "patchMessage" Patch
        "/restapi/v1.0/account/{accountId}/extension/{extensionId}/message-store/{messageId}" Medium;
    DELETE_MESSAGE = "deleteMessage" Delete
        "/restapi/v1.0/account/{accountId}/extension/{extensionId}/message-store/{messageId}" Medium;
    READ_MESSAGE_CONTENT = "readMessageContent" Get
        "/restapi/v1.0/account/{accountId}/extension/{extensionId}/message-store/{messageId}/content/{attachmentId}"
        Medium;
    SYNC_MESSAGES = "syncMessages" Get
        "/restapi/v1.0/account/{accountId}/extension/{extensionId}/message-sync" Light;

    // Sent again it may be done twice, and no key tells the server: never a read, whatever else changes here.
    CREATE_SMS_MESSAGE = "createSMSMessage" Post
        "/restapi/v1.0/account/{accountId}/extension/{extensionId}/sms" Medium;
    CREATE_MMS = "createMMS" Post "/restapi/v1.0/account/{accountId}/extension/{extensionId}/mms" Medium;
    CREATE_FAX_MESSAGE = "createFaxMessage" Post
        "/restapi/v1.0/account/{accountId}/extension/{extensionId}/fax" Heavy;
    LIST_FAX_COVER_PAGES = "listFaxCoverPages" Get "/restapi/v1.0/dictionary/fax-cover-page" Light;
    LIST_SMS_CONSENT_RECORDS = "listSmsConsentRecords" Get "/restapi/v2/accounts/{accountId}/sms/consents" Light;
    SEARCH_SMS_CONSENT_RECORDS = "searchSmsConsentRecords" Post
        "/restapi/v2/accounts/{accountId}/sms/consents/search" Light true;
    EDIT_SMS_CONSENT_RECORDS = "editSmsConsentRecords" Patch
        "/restapi/v2/accounts/{accountId}/sms/consents" Light;

    LIST_DIRECTORY_ENTRIES = "listDirectoryEntries" Get
        "/restapi/v1.0/account/{accountId}/directory/entries" Medium;
    SEARCH_DIRECTORY_ENTRIES = "searchDirectoryEntries" Post
        "/restapi/v1.0/account/{accountId}/directory/entries/search" Heavy true;
    LIST_CONTACTS = "listContacts" Get
        "/restapi/v1.0/account/{accountId}/extension/{extensionId}/address-book/contact" Heavy;
    SYNC_ADDRESS_BOOK = "syncAddressBook" Get
        "/restapi/v1.0/account/{accountId}/extension/{extensionId}/address-book-sync" Heavy;

    READ_USER_PRESENCE_STATUS = "readUserPresenceStatus" Get
        "/restapi/v1.0/account/{accountId}/extension/{extensionId}/presence" Light;
    UPDATE_USER_PRESENCE_STATUS = "updateUserPresenceStatus" Put
        "/restapi/v1.0/account/{accountId}/extension/{extensionId}/presence" Medium;
    READ_ACCOUNT_PRESENCE = "readAccountPresence" Get "/restapi/v1.0/account/{accountId}/presence" Heavy;
    READ_CALL_QUEUE_PRESENCE = "readCallQueuePresence" Get
        "/restapi/v1.0/account/{accountId}/call-queues/{groupId}/presence" Light;
    READ_EXTENSION_CALL_QUEUE_PRESENCE = "readExtensionCallQueuePresence" Get
        "/restapi/v1.0/account/{accountId}/extension/{extensionId}/call-queue-presence" Light;
    UPDATE_EXTENSION_CALL_QUEUE_PRESENCE = "updateExtensionCallQueuePresence" Put
        "/restapi/v1.0/account/{accountId}/extension/{extensionId}/call-queue-presence" Medium;

    LIST_CALL_MONITORING_GROUPS = "listCallMonitoringGroups" Get
        "/restapi/v1.0/account/{accountId}/call-monitoring-groups" Medium;
    LIST_CALL_MONITORING_GROUP_MEMBERS = "listCallMonitoringGroupMembers" Get
        "/restapi/v1.0/account/{accountId}/call-monitoring-groups/{groupId}/members" Medium;
    SUPERVISE_CALL_SESSION = "superviseCallSession" Post
        "/restapi/v1.0/account/{accountId}/telephony/sessions/{telephonySessionId}/supervise" Light;

    CREATE_SUBSCRIPTION = "createSubscription" Post "/restapi/v1.0/subscription" Medium;
    LIST_SUBSCRIPTIONS = "listSubscriptions" Get "/restapi/v1.0/subscription" Light;
    READ_SUBSCRIPTION = "readSubscription" Get "/restapi/v1.0/subscription/{subscriptionId}" Light;
    UPDATE_SUBSCRIPTION = "updateSubscription" Put "/restapi/v1.0/subscription/{subscriptionId}" Medium;
    DELETE_SUBSCRIPTION = "deleteSubscription" Delete "/restapi/v1.0/subscription/{subscriptionId}" Medium;

    READ_CALL_SESSION_STATUS = "readCallSessionStatus" Get
        "/restapi/v1.0/account/{accountId}/telephony/sessions/{telephonySessionId}" Light;
    CREATE_RING_OUT_CALL = "createRingOutCall" Post
        "/restapi/v1.0/account/{accountId}/extension/{extensionId}/ring-out" Heavy;
    READ_RING_OUT_CALL_STATUS = "readRingOutCallStatus" Get
        "/restapi/v1.0/account/{accountId}/extension/{extensionId}/ring-out/{ringoutId}" Light;
    DELETE_RING_OUT_CALL = "deleteRingOutCall" Delete
        "/restapi/v1.0/account/{accountId}/extension/{extensionId}/ring-out/{ringoutId}" Heavy;
    LIST_EXTENSION_DEVICES = "listExtensionDevices" Get
        "/restapi/v1.0/account/{accountId}/extension/{extensionId}/device" Light;
    LIST_CALL_QUEUES = "listCallQueues" Get "/restapi/v1.0/account/{accountId}/call-queues" Medium;
    LIST_CALL_QUEUE_MEMBERS = "listCallQueueMembers" Get
        "/restapi/v1.0/account/{accountId}/call-queues/{groupId}/members" Light;
    READ_AUTHORIZATION_PROFILE = "readAuthorizationProfile" Get
        "/restapi/v1.0/account/{accountId}/extension/{extensionId}/authz-profile" Medium;
    CHECK_USER_PERMISSION = "checkUserPermission" Get
        "/restapi/v1.0/account/{accountId}/extension/{extensionId}/authz-profile/check" Light;
}

// In use by the vendor's own clients and in earlier versions of its reference (1.0.58), but not in today's.
operations! {
    /// Every operation that today's reference leaves out, for the test that notices when it no longer does.
    UNLISTED:

    LIST_USER_MESSAGE_TEMPLATES = "listUserMessageTemplates" Get
        "/restapi/v1.0/account/{accountId}/extension/{extensionId}/message-store-templates" Light;
    LIST_COMPANY_MESSAGE_TEMPLATES = "listCompanyMessageTemplates" Get
        "/restapi/v1.0/account/{accountId}/message-store-templates" Light;
    LIST_FORWARDING_NUMBERS = "listForwardingNumbers" Get
        "/restapi/v1.0/account/{accountId}/extension/{extensionId}/forwarding-number" Light;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_escaped_into_one_path_segment() {
        let path = READ_MESSAGE.path_with(&["~", "../x", "a/b?c"]);
        assert_eq!(
            path,
            "/restapi/v1.0/account/~/extension/..%2Fx/message-store/a%2Fb%3Fc"
        );
        assert!(READ_SUBSCRIPTION.path_with(&[".."]).ends_with("/%2E%2E"));
    }
}
