//! Reads the vendor's example payloads.

use std::path::Path;

use serde_json::Value;

use super::vendor_docs;
use crate::{
    api::{
        account::AccountInfo,
        address_book::{ContactChange, PersonalContact},
        call_log::{CallLogChange, CallLogRecord},
        call_queues::{CallQueue, CallQueueMember},
        devices::Device,
        directory::DirectoryEntry,
        extensions::Extension,
        message::{Message, MessageChange},
        phone_numbers::{PhoneNumber, SmsConfiguration},
        presence::Presence,
        ring_out::RingOutCall,
        sms_consents::ConsentRecord,
        subscriptions::Subscription,
        telephony::CallSession,
    },
    error::ApiError,
    notification::{Notification, NotificationBody},
    page::{Record, read_json, read_page, read_sync_page, read_token_page},
};

type Reading = fn(&str) -> Result<(), String>;

fn one<T: serde::de::DeserializeOwned>(text: &str) -> Result<(), String> {
    read_json::<T>(text)
        .map(|_| ())
        .map_err(|error| error.to_string())
}

fn page<T: Record>(text: &str) -> Result<(), String> {
    let page = read_page::<T>("example", text).map_err(|error| error.to_string())?;
    nothing_malformed(&page.malformed)
}

fn sync<T: Record>(text: &str) -> Result<(), String> {
    let page = read_sync_page::<T>("example", text).map_err(|error| error.to_string())?;
    nothing_malformed(&page.malformed)
}

fn token_page<T: Record>(text: &str) -> Result<(), String> {
    let page = read_token_page::<T>("example", text).map_err(|error| error.to_string())?;
    nothing_malformed(&page.malformed)
}

fn nothing_malformed(malformed: &[crate::MalformedRecord]) -> Result<(), String> {
    if malformed.is_empty() {
        Ok(())
    } else {
        Err(format!("{malformed:?}"))
    }
}

/// How the answers of each operation are read.
const READINGS: &[(&str, Reading)] = &[
    ("readAccountInfo", one::<AccountInfo>),
    ("readExtension", one::<Extension>),
    ("listExtensions", page::<Extension>),
    ("listExtensionPhoneNumbers", page::<PhoneNumber>),
    ("listAccountPhoneNumbers", page::<PhoneNumber>),
    ("readUserCallLog", page::<CallLogRecord>),
    ("readCompanyCallLog", page::<CallLogRecord>),
    ("readUserCallRecord", one::<CallLogRecord>),
    ("readCompanyCallRecord", one::<CallLogRecord>),
    ("syncUserCallLog", sync::<CallLogChange>),
    ("listExtensionActiveCalls", page::<CallLogRecord>),
    ("listCompanyActiveCalls", page::<CallLogRecord>),
    ("listMessages", page::<Message>),
    ("readMessage", one::<Message>),
    ("updateMessage", one::<Message>),
    ("createSMSMessage", one::<Message>),
    ("createRingOutCall", one::<RingOutCall>),
    ("readRingOutCallStatus", one::<RingOutCall>),
    ("syncMessages", sync::<MessageChange>),
    ("listDirectoryEntries", page::<DirectoryEntry>),
    ("searchDirectoryEntries", page::<DirectoryEntry>),
    ("readDirectoryEntry", one::<DirectoryEntry>),
    ("listContacts", page::<PersonalContact>),
    ("syncAddressBook", sync::<ContactChange>),
    ("readUserPresenceStatus", one::<Presence>),
    ("updateUserPresenceStatus", one::<Presence>),
    ("readAccountPresence", page::<Presence>),
    ("listSubscriptions", page::<Subscription>),
    ("readSubscription", one::<Subscription>),
    ("createSubscription", one::<Subscription>),
    ("renewSubscription", one::<Subscription>),
    ("updateSubscription", one::<Subscription>),
    ("readCallSessionStatus", one::<CallSession>),
    ("listExtensionDevices", page::<Device>),
    ("readDevice", one::<Device>),
    ("listCallQueues", page::<CallQueue>),
    ("listCallQueueMembers", page::<CallQueueMember>),
];

/// Recorded answers that are named after no operation.
const RECORDED: &[(&str, Reading)] = &[
    ("accountInfo", one::<AccountInfo>),
    ("extensionInfo", one::<Extension>),
    ("extensions", page::<Extension>),
    ("phoneNumber", page::<PhoneNumber>),
    ("callLog", page::<CallLogRecord>),
    ("callQueue", page::<CallQueue>),
    ("messageList", page::<Message>),
    ("messageSync", sync::<MessageChange>),
    ("fax", one::<Message>),
    ("sms", one::<Message>),
    ("mms", one::<Message>),
    ("ringOut", one::<RingOutCall>),
    ("companyPager", one::<Message>),
    ("directoryEntries", page::<DirectoryEntry>),
    ("presence", one::<Presence>),
    ("telephonySession", one::<CallSession>),
    ("device", page::<Device>),
];

/// Answers about texts, as the guide shows them.
const TEXTING: &[(&str, Reading)] = &[
    ("doc-consents-3", token_page::<ConsentRecord>),
    ("doc-consents-7", token_page::<ConsentRecord>),
    ("doc-sms-configuration-1", one::<SmsConfiguration>),
];

fn json(path: &Path) -> Option<Value> {
    serde_json::from_str(&std::fs::read_to_string(path).ok()?).ok()
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
}

fn name(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

#[test]
fn every_example_answer_can_be_read() {
    let Some(folder) = vendor_docs("examples/http") else {
        return;
    };
    let mut faults = Vec::new();
    let mut count = 0;
    for path in files(&folder) {
        let Some(file) = json(&path) else { continue };
        let operation = file["operationId"].as_str().unwrap_or_default();
        let Some((_, reading)) = READINGS.iter().find(|(id, _)| *id == operation) else {
            continue;
        };
        for example in file["examples"].as_array().into_iter().flatten() {
            let body = &example["responseBodyParsed"];
            if body.is_object() {
                count += 1;
                faults.extend(
                    reading(&body.to_string())
                        .err()
                        .map(|error| format!("{operation}: {error}")),
                );
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(count > 30, "only {count} examples were found");
}

#[test]
fn every_recorded_answer_can_be_read() {
    let faults = faults_in("examples/mock", RECORDED);
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_answer_about_texts_can_be_read() {
    let faults = faults_in("examples/sms", TEXTING);
    assert!(faults.is_empty(), "{faults:#?}");
}

fn faults_in(folder: &str, readings: &[(&str, Reading)]) -> Vec<String> {
    let Some(folder) = vendor_docs(folder) else {
        return Vec::new();
    };
    let mut faults = Vec::new();
    for (name, reading) in readings {
        let Some(answer) = json(&folder.join(format!("{name}.json"))) else {
            continue;
        };
        faults.extend(
            reading(&answer.to_string())
                .err()
                .map(|error| format!("{name}: {error}")),
        );
    }
    faults
}

#[test]
fn every_example_notification_can_be_read() {
    let Some(folder) = vendor_docs("examples/events") else {
        return;
    };
    let mut faults = Vec::new();
    let mut typed = 0;
    for path in files(&folder) {
        let Some(event) = json(&path).filter(|event| event["uuid"].is_string()) else {
            continue;
        };
        match Notification::parse(&event.to_string()) {
            Ok(news) => typed += usize::from(!matches!(news.body, NotificationBody::Other(_))),
            Err(error) => faults.push(format!("{}: {error}", name(&path))),
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(typed >= 10, "only {typed} were of a type known here");
}

#[test]
fn every_recorded_call_sequence_can_be_read() {
    let Some(folder) = vendor_docs("examples/telephony-sequences") else {
        return;
    };
    for path in files(&folder) {
        for event in json(&path).unwrap().as_array().unwrap() {
            let news = Notification::parse(&event.to_string()).unwrap();
            let NotificationBody::TelephonySession(session) = news.body else {
                panic!("{}", name(&path))
            };
            assert_eq!(session.parties.len(), 1);
        }
    }
}

#[test]
fn every_example_error_yields_a_code() {
    let Some(folder) = vendor_docs("examples/errors") else {
        return;
    };
    for path in files(&folder) {
        let text = std::fs::read(&path).unwrap();
        let error = ApiError::parse("example", 400, &text);
        assert!(error.code.is_some(), "{}", name(&path));
        if name(&path).contains("permission") {
            assert!(error.permission.is_some(), "{}", name(&path));
        }
    }
}
