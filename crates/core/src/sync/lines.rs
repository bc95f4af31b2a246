//! Our own numbers and queues, so that an item can say which of them was dialled.
//!
//! Naming a line is pure; numbers are left as the vendor writes them.

use super::lane::{Lane, Next};
use super::{Sync, SyncError};
use crate::store::{OwnLine, SenderRecord};
use ringcentral::api::ExtensionRef;
use ringcentral::api::call_queues::CallQueue;
use ringcentral::api::phone_numbers::{NumberFeature, NumberType, PhoneNumber, UsageType};
use ringcentral::id::ExtensionId;
use ringcentral::{Error, Priority};

impl Sync {
    pub(super) async fn lines_step(&self) -> Result<Next, SyncError> {
        let client = self.client();
        let queues = optional(client.call_queues().list_all(Priority::Event).await)?;
        let mut numbers = client
            .phone_numbers()
            .of_extension(&ExtensionRef::Own, Priority::Event)
            .await?
            .records;
        self.store().replace_senders(&senders(&numbers)).await?;
        // The numbers of queues and colleagues stand only here, and only an administrator may read it.
        numbers.extend(optional(
            client.phone_numbers().of_account(Priority::Event).await,
        )?);
        self.store()
            .replace_own_lines(&lines(&numbers, &queues, self.own_extension()))
            .await?;
        Ok(Lane::Lines.rest())
    }
}

/// A list that some people may not read is empty for them.
fn optional<T>(answer: Result<ringcentral::Page<T>, Error>) -> Result<Vec<T>, Error> {
    match answer {
        Ok(page) => Ok(page.records),
        Err(Error::Forbidden { .. }) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// The numbers that texts can be sent from: "only use numbers that have the feature SmsSender" of the extension itself
/// (developers.ringcentral.com/guide/messaging/sms/sending-sms).
fn senders(numbers: &[PhoneNumber]) -> Vec<SenderRecord> {
    let has = |number: &PhoneNumber, feature: &NumberFeature| number.features.contains(feature);
    numbers
        .iter()
        .filter(|number| has(number, &NumberFeature::SmsSender))
        .map(|number| SenderRecord {
            number: number.phone_number.clone(),
            can_send_pictures: has(number, &NumberFeature::MmsSender),
        })
        .collect()
}

/// The lines in the order in which they are looked through: numbers first, then the queues by their extension.
fn lines(numbers: &[PhoneNumber], queues: &[CallQueue], own: &ExtensionId) -> Vec<OwnLine> {
    let queue_of = |id: &ExtensionId| queues.iter().find(|queue| queue.id == *id);
    let mut lines: Vec<OwnLine> = Vec::new();
    for number in numbers {
        if lines
            .iter()
            .any(|line| line.number.as_deref() == Some(&number.phone_number))
        {
            continue;
        }
        let queue = number
            .extension
            .as_ref()
            .and_then(|extension| queue_of(&extension.id));
        lines.push(OwnLine {
            number: Some(number.phone_number.clone()),
            extension: None,
            name: name(number, queue, own),
            is_queue: queue.is_some(),
        });
    }
    for queue in queues {
        let Some(extension) = queue.extension_number.clone() else {
            continue;
        };
        let name = queue.name.clone().unwrap_or_else(|| format!("Queue {extension}"));
        lines.push(OwnLine {
            number: None,
            extension: Some(extension),
            name,
            is_queue: true,
        });
    }
    lines
}

fn name(number: &PhoneNumber, queue: Option<&CallQueue>, own: &ExtensionId) -> String {
    if let Some(name) = queue.and_then(|queue| queue.name.clone()) {
        return name;
    }
    if let Some(label) = number
        .label
        .as_deref()
        .map(str::trim)
        .filter(|label| !label.is_empty())
    {
        return label.to_owned();
    }
    let is_direct = matches!(
        number.usage_type,
        None | Some(UsageType::DirectNumber | UsageType::ForwardedNumber)
    );
    match (&number.extension, &number.usage_type) {
        // Lists of the own extension leave the extension out of its own numbers.
        (None, Some(UsageType::DirectNumber)) => own_name(number),
        (Some(extension), _) if is_direct && extension.id == *own => own_name(number),
        (Some(extension), _) if is_direct => match &extension.name {
            Some(name) => format!("{name}’s line"),
            None => number.phone_number.clone(),
        },
        (_, Some(UsageType::MainCompanyNumber)) => "Main line".to_owned(),
        (_, Some(UsageType::CompanyFaxNumber)) => "Company fax".to_owned(),
        (
            _,
            Some(
                UsageType::AdditionalCompanyNumber
                | UsageType::CompanyNumber
                | UsageType::ForwardedCompanyNumber,
            ),
        ) => "Company line".to_owned(),
        _ => number.phone_number.clone(),
    }
}

fn own_name(number: &PhoneNumber) -> String {
    let is_fax = number.kind == Some(NumberType::FaxOnly);
    if is_fax {
        "Your fax line"
    } else {
        "Your direct line"
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn number(value: serde_json::Value) -> PhoneNumber {
        serde_json::from_value(value).unwrap()
    }

    fn queue(id: u64, name: &str) -> CallQueue {
        serde_json::from_value(json!({ "id": id, "extensionNumber": "300", "name": name })).unwrap()
    }

    #[test]
    fn each_line_is_called_what_people_call_it() {
        let own = ExtensionId::from("7");
        let numbers = [
            number(json!({ "id": 1, "phoneNumber": "+15105550100", "usageType": "MainCompanyNumber" })),
            number(
                json!({ "id": 2, "phoneNumber": "+15105550101", "usageType": "DirectNumber", "extension": { "id": 7 } }),
            ),
            number(
                json!({ "id": 3, "phoneNumber": "+15105550102", "usageType": "DirectNumber", "extension": { "id": 9, "name": "Ana Ruiz" } }),
            ),
            number(
                json!({ "id": 4, "phoneNumber": "+15105550103", "usageType": "DirectNumber", "extension": { "id": 30 } }),
            ),
            number(
                json!({ "id": 5, "phoneNumber": "+15105550104", "usageType": "CompanyNumber", "label": "Yard" }),
            ),
            number(json!({ "id": 1, "phoneNumber": "+15105550100", "usageType": "MainCompanyNumber" })),
        ];
        let lines = lines(&numbers, &[queue(30, "Sales")], &own);
        let names: Vec<_> = lines
            .iter()
            .map(|line| (line.name.as_str(), line.is_queue))
            .collect();
        assert_eq!(
            names,
            [
                ("Main line", false),
                ("Your direct line", false),
                ("Ana Ruiz’s line", false),
                ("Sales", true),
                ("Yard", false),
                ("Sales", true)
            ]
        );
        assert_eq!(lines.last().unwrap().extension.as_deref(), Some("300"));
    }
}
