//! Who has opted out of texts and who has opted in again, account-wide, per pair of our number and theirs.
//!
//! RingCentral keeps this list by itself from the words people send (STOP, START), blocks what contradicts it, and takes
//! what was said elsewhere. What a word means is not decided here.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    OWN, area,
    operations::{EDIT_SMS_CONSENT_RECORDS, LIST_SMS_CONSENT_RECORDS, SEARCH_SMS_CONSENT_RECORDS},
};
use crate::{
    client::{Query, Request},
    error::Error,
    open_enum::open_enum,
    page::{TokenPage, plain_records},
    rate_limit::Priority,
    wire_time,
};

area! {
    /// Consents to texts. From [`crate::Client::sms_consents`].
    SmsConsents
}

/// Most records of one upload (API reference, `UpdateOptRecordList`).
pub const MAX_RECORDS_PER_UPDATE: usize = 1000;

/// Most numbers that one search may name on either side (API reference, `SearchSmsConsentRecordsRequest`).
pub const MAX_NUMBERS_PER_SEARCH: usize = 20;

/// Which consents to read. The default is the first page of those who opted out.
#[derive(Debug, Clone, Default)]
pub struct ConsentFilter {
    /// Only with these numbers of ours, in E.164.
    pub from: Vec<String>,
    /// Only with these numbers of theirs, in E.164.
    pub to: Vec<String>,
    /// Only in this state; opted out when it is left out.
    pub status: Option<OptStatus>,
    /// The page, as [`TokenPage::next_page_token`] named it.
    pub page_token: Option<String>,
    /// Records per page; the server's default is 100, its maximum 1000.
    pub per_page: Option<u32>,
}

impl SmsConsents<'_> {
    /// Reads one page of consents (`listSmsConsentRecords`, group Light; scope `SMS`).
    ///
    /// The vendor's guide teaches this one (developers.ringcentral.com/guide/messaging/sms/messaging-consent-management);
    /// its reference calls it deprecated in favour of [`SmsConsents::search`].
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn list(
        &self,
        which: &ConsentFilter,
        priority: Priority,
    ) -> Result<TokenPage<ConsentRecord>, Error> {
        let query = Query::default()
            .each("from", &which.from)
            .each("to", &which.to)
            .each("optStatus", which.status.as_slice())
            .set("pageToken", which.page_token.as_ref())
            .set("perPage", which.per_page);
        Request::new(&LIST_SMS_CONSENT_RECORDS, &[OWN], priority)
            .query(query)
            .token_page(self.client)
            .await
    }

    /// Reads one page of consents (`searchSmsConsentRecords`, group Light; scope `SMS`): what the reference asks for in
    /// place of [`SmsConsents::list`]. At most [`MAX_NUMBERS_PER_SEARCH`] numbers on either side.
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn search(
        &self,
        which: &ConsentFilter,
        priority: Priority,
    ) -> Result<TokenPage<ConsentRecord>, Error> {
        let mut body = json!({ "optStatus": which.status.as_ref().unwrap_or(&OptStatus::OptOut) });
        if let Some(body) = body.as_object_mut() {
            // Empty lists are not allowed (`minItems: 1`).
            for (name, numbers) in [("from", &which.from), ("to", &which.to)] {
                if !numbers.is_empty() {
                    body.insert(name.to_owned(), json!(numbers));
                }
            }
            body.extend(
                which
                    .page_token
                    .iter()
                    .map(|t| ("pageToken".to_owned(), json!(t))),
            );
            body.extend(which.per_page.iter().map(|n| ("perPage".to_owned(), json!(n))));
        }
        Request::new(&SEARCH_SMS_CONSENT_RECORDS, &[OWN], priority)
            .json(&body)?
            .token_page(self.client)
            .await
    }

    /// Tells the server of consents that it could not hear of itself (`editSmsConsentRecords`, group Light; scope
    /// `SMS`). At most [`MAX_RECORDS_PER_UPDATE`]; no records, no request. The same call twice is harmless.
    ///
    /// Gives back the records that were refused; the others are in force.
    ///
    /// # Errors
    /// [`Error::Configuration`] for too many records; otherwise any of [`Error`].
    pub async fn update(
        &self,
        changes: &[ConsentChange],
        priority: Priority,
    ) -> Result<Vec<RefusedConsent>, Error> {
        if changes.is_empty() {
            return Ok(Vec::new());
        }
        if changes.len() > MAX_RECORDS_PER_UPDATE {
            let text = format!("at most {MAX_RECORDS_PER_UPDATE} consents can be changed at once");
            return Err(Error::Configuration(text));
        }
        let summary: Summary = Request::new(&EDIT_SMS_CONSENT_RECORDS, &[OWN], priority)
            .json(&json!({ "records": changes }))?
            .read(self.client)
            .await?;
        Ok(summary.failed_records)
    }
}

open_enum! {
    /// Whether somebody takes texts.
    pub enum OptStatus {
        OptOut = "OptOut",
        /// Takes them again, after having opted out.
        OptIn = "OptIn",
    }
}

open_enum! {
    /// Where a consent comes from.
    pub enum ConsentSource {
        /// The person's own word.
        Recipient = "Recipient",
        /// An app such as this one.
        Api = "Api",
        Upstream = "Upstream",
        Carrier = "Carrier",
    }
}

open_enum! {
    /// What a consent covers.
    pub enum ConsentCoverage {
        /// One of our numbers.
        PhoneNumber = "PhoneNumber",
        /// All numbers of the account.
        Account = "Account",
        /// All numbers of one kind of campaign.
        CampaignType = "CampaignType",
    }
}

/// A consent as the server holds it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConsentRecord {
    /// Our number; `*` or nothing when the consent covers more than one.
    pub from: Option<String>,
    /// Their number.
    pub to: String,
    /// Whether they take texts. Called `status` in one of the vendor's samples.
    #[serde(alias = "status")]
    pub opt_status: OptStatus,
    /// Where it comes from.
    pub source: Option<ConsentSource>,
    /// What it covers.
    pub coverage: Option<ConsentCoverage>,
    /// When it changed last.
    #[serde(rename = "lastModifiedTime", default, with = "wire_time::optional")]
    pub last_modified_at: Option<Timestamp>,
}
plain_records!(ConsentRecord);

/// A consent to tell the server of. It is marked as coming from an app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentChange {
    /// Which of our numbers it is about.
    pub from: ConsentSender,
    /// Their number, in E.164.
    pub to: String,
    /// Whether they take texts.
    pub opt_status: OptStatus,
}

/// Which of our numbers a consent is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConsentSender {
    /// One, in E.164.
    Number(String),
    /// Every number of the account: `*` in the vendor's guide, though the pattern in its reference does not allow it.
    AnyOfAccount,
}

impl Serialize for ConsentChange {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let from = match &self.from {
            ConsentSender::Number(number) => number,
            ConsentSender::AnyOfAccount => "*",
        };
        let source = ConsentSource::Api;
        json!({ "from": from, "to": self.to, "optStatus": self.opt_status, "source": source })
            .serialize(output)
    }
}

/// A consent that the server did not take.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RefusedConsent {
    /// Our number.
    pub from: Option<String>,
    /// Their number.
    pub to: String,
    /// Why not.
    pub error: Option<ConsentError>,
}

/// Why a consent was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConsentError {
    /// The server's code.
    pub error_code: Option<String>,
    /// The server's sentence. May quote a number: do not log it.
    pub message: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Summary {
    #[serde(default)]
    failed_records: Vec<RefusedConsent>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_consent_for_all_our_numbers_is_a_star() {
        let change = ConsentChange {
            from: ConsentSender::AnyOfAccount,
            to: "+16505550123".into(),
            opt_status: OptStatus::OptOut,
        };
        assert_eq!(
            serde_json::to_value(change).unwrap(),
            json!({"from": "*", "to": "+16505550123", "optStatus": "OptOut", "source": "Api"})
        );
    }

    #[test]
    fn a_record_is_read_in_both_spellings_of_its_state() {
        for name in ["optStatus", "status"] {
            let record: ConsentRecord =
                serde_json::from_value(json!({"from": "+1408", "to": "+1650", name: "OptIn"})).unwrap();
            assert_eq!(record.opt_status, OptStatus::OptIn);
        }
    }
}
