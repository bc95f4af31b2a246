//! Consent to texts: `…/sms/consents` of version 2 of the API. The older `…/a2p-sms/opt-outs` are in [`opt_outs`].

pub(crate) mod opt_outs;

use axum::http::{StatusCode, header};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};

use super::call::Call;
use super::choice::Choice;
use super::error::{ApiError, ApiResult};
use super::reply::Reply;
use super::token_page::TokenPage;
use crate::wire::{consent as wire, instant};
use crate::world::World;
use crate::world::consents::{Consent, ConsentCoverage, ConsentSender, ConsentSource, OptStatus};
use crate::world::number::E164;

const MOST_CHANGES: usize = 1_000;
const MOST_SEARCHED: usize = 20;

/// Which records are asked for; an empty list restricts nothing.
struct Wanted {
    from: Vec<E164>,
    to: Vec<E164>,
    statuses: Vec<OptStatus>,
    coverages: Vec<ConsentCoverage>,
    /// `CampaignType` records, which the simulated account has none of, are all that is asked for.
    is_nothing: bool,
}

impl Wanted {
    fn allows(&self, consent: &Consent) -> bool {
        !self.is_nothing
            && (self.from.is_empty() || self.from.contains(&consent.from))
            && (self.to.is_empty() || self.to.contains(&consent.to))
            && (self.statuses.is_empty() || self.statuses.contains(&consent.status))
            && (self.coverages.is_empty() || self.coverages.contains(&consent.coverage))
    }
}

/// `GET …/sms/consents`: the opted out ones unless asked otherwise.
pub(crate) fn list(call: &Call<'_>) -> ApiResult {
    call.check_account()?;
    let query = &call.request.query;
    let statuses = Choice::<OptStatus>::read(query, "optStatus")?.into_list();
    let coverages =
        Choice::words(query, "coverage", &["PhoneNumber", "Account", "CampaignType"])?.into_list();
    Choice::words(
        query,
        "campaignType",
        &["Conversational", "Informational", "Promotional"],
    )?;
    let is_nothing = statuses.is_none() || coverages.is_none();
    let mut statuses = statuses.unwrap_or_default();
    if statuses.is_empty() {
        statuses.push(OptStatus::OptOut);
    }
    let wanted = wanted(
        &query.all("from"),
        &query.all("to"),
        statuses,
        &coverages.unwrap_or_default(),
        is_nothing,
    )?;
    let page = TokenPage::read(query.one("pageToken"), query.number("perPage")?, 100)?;
    Ok(records(call, &wanted, &page))
}

#[derive(Debug, Deserialize)]
#[serde(default, rename_all = "camelCase")]
#[derive(Default)]
struct Search {
    from: Vec<String>,
    to: Vec<String>,
    opt_status: Option<String>,
    coverage: Vec<String>,
    campaign_type: Vec<String>,
    page_token: Option<String>,
    per_page: Option<i64>,
}

/// `POST …/sms/consents/search`.
pub(crate) fn search(call: &Call<'_>) -> ApiResult {
    call.check_account()?;
    let asked: Search = call.request.json()?;
    for (name, list) in [("from", &asked.from), ("to", &asked.to)] {
        if list.len() > MOST_SEARCHED {
            return Err(ApiError::parameter(name));
        }
    }
    let status = asked
        .opt_status
        .map(|text| text.parse().map_err(|_| ApiError::parameter("optStatus")))
        .transpose()?;
    fn texts(list: &[String]) -> Vec<&str> {
        list.iter().map(String::as_str).collect()
    }
    let wanted = wanted(
        &texts(&asked.from),
        &texts(&asked.to),
        status.into_iter().collect(),
        &texts(&asked.coverage),
        !asked.campaign_type.is_empty(),
    )?;
    let page = TokenPage::read(asked.page_token.as_deref(), asked.per_page, 100)?;
    Ok(records(call, &wanted, &page))
}

fn wanted(
    from: &[&str],
    to: &[&str],
    statuses: Vec<OptStatus>,
    coverages: &[&str],
    is_nothing: bool,
) -> Result<Wanted, ApiError> {
    let numbers = |name: &str, texts: &[&str]| {
        let read = |text: &&str| number(text).ok_or_else(|| ApiError::parameter(name));
        texts.iter().map(read).collect::<Result<Vec<_>, _>>()
    };
    let mut known = Vec::new();
    for text in coverages.iter().filter(|text| **text != "CampaignType") {
        known.push(text.parse().map_err(|_| ApiError::parameter("coverage"))?);
    }
    Ok(Wanted {
        from: numbers("from", from)?,
        to: numbers("to", to)?,
        statuses,
        is_nothing: is_nothing || (known.is_empty() && !coverages.is_empty()),
        coverages: known,
    })
}

/// Numbers stand here with their plus sign (`PhoneNumberE164`).
fn number(text: &str) -> Option<E164> {
    E164::parse(text).filter(|_| text.starts_with('+'))
}

fn records(call: &Call<'_>, wanted: &Wanted, page: &TokenPage) -> Reply {
    let found = call.sim.world(|world| {
        let all = world.consents().filter(|consent| wanted.allows(consent));
        all.map(wire::record).collect::<Vec<_>>()
    });
    let (records, paging) = page.cut(found);
    tagged(Reply::json(&json!({"records": records, "paging": paging})))
}

/// `GET …/sms/consents/history`: everything that was ever said, newest first.
pub(crate) fn history(call: &Call<'_>) -> ApiResult {
    call.check_account()?;
    let query = &call.request.query;
    let to = query.all("to");
    if to.len() > MOST_SEARCHED {
        return Err(ApiError::parameter("to"));
    }
    let wanted = wanted(&[], &to, Vec::new(), &[], false)?;
    let page = TokenPage::read(query.one("pageToken"), query.number("perPage")?, 100)?;
    let found = call.sim.world(|world| {
        let all = world.consent_history().iter().rev();
        all.filter(|consent| wanted.allows(consent))
            .map(wire::history_record)
            .collect::<Vec<_>>()
    });
    let (records, paging) = page.cut(found);
    Ok(tagged(Reply::json(
        &json!({"records": records, "paging": paging}),
    )))
}

/// `GET …/sms/consents/export`: everything as CSV.
pub(crate) fn export(call: &Call<'_>) -> ApiResult {
    call.check_account()?;
    let mut text =
        "External Party Number,Internal Party Number,Consent Status,Source,Coverage,Campaign Type,\
                    Notes,Last Modified Time\r\n"
            .to_owned();
    call.sim.world(|world| {
        for consent in world.consents() {
            let coverage = match consent.coverage {
                ConsentCoverage::PhoneNumber => "PhoneNumber",
                ConsentCoverage::Account => "Company",
            };
            text.push_str(&format!(
                "{},{},{},{},{coverage},,,{}\r\n",
                consent.to,
                consent.from,
                consent.status,
                consent.source,
                instant(consent.last_modified_at)
            ));
        }
    });
    let reply = Reply::content(StatusCode::OK, "text/csv", Bytes::from(text));
    Ok(tagged(reply))
}

/// Changes are told by an `ETag`, which the API reference lists for every response of these operations.
fn tagged(reply: Reply) -> Reply {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(&reply.body);
    let tag: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    reply.header(header::ETAG, &format!("\"{tag}\""))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Changes {
    records: Vec<NewRecord>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct NewRecord {
    from: String,
    to: String,
    opt_status: String,
    source: String,
}

impl NewRecord {
    fn read(&self) -> Result<(ConsentSender, E164, OptStatus, ConsentSource), &'static str> {
        let sender = match self.from.as_str() {
            "*" => ConsentSender::Everyone,
            text => ConsentSender::Number(number(text).ok_or("from")?),
        };
        let to = number(&self.to).ok_or("to")?;
        let status = self.opt_status.parse().map_err(|_| "optStatus")?;
        let source = self.source.parse().map_err(|_| "source")?;
        Ok((sender, to, status, source))
    }
}

/// `PATCH …/sms/consents`: a malformed record refuses all, one that cannot be kept is told in the response.
pub(crate) fn edit(call: &Call<'_>) -> ApiResult {
    call.check_account()?;
    let changes: Changes = call.request.json()?;
    if changes.records.is_empty() || changes.records.len() > MOST_CHANGES {
        return Err(ApiError::parameter("records"));
    }
    let mut read = Vec::new();
    for record in &changes.records {
        let change = record
            .read()
            .map_err(|field| ApiError::parameter(&format!("records.{field}")))?;
        read.push((record, change));
    }
    let failed: Vec<Value> = call.sim.world(|world| {
        let kept = |world: &mut World, (sender, to, status, source)| {
            world.record_consent(sender, to, status, source)
        };
        read.into_iter()
            .filter(|(_, change)| !kept(world, *change))
            .map(|(record, _)| {
                json!({
                    "from": record.from,
                    "to": record.to,
                    "optStatus": record.opt_status,
                    "source": record.source,
                    "error": {
                        "errorCode": "CMN-102",
                        "message": "Resource for parameter [from] is not found",
                    },
                })
            })
            .collect()
    });
    let body = if failed.is_empty() {
        json!({})
    } else {
        json!({"failedRecords": failed})
    };
    Ok(tagged(Reply::json(&body)))
}
