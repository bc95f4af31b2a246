//! Opt-outs in the older form, `…/a2p-sms/opt-outs`: the same records as consents.

use axum::http::StatusCode;
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Wanted;
use crate::api::call::Call;
use crate::api::error::{ApiError, ApiResult};
use crate::api::reply::Reply;
use crate::api::token_page::{LARGEST, TokenPage};
use crate::wire::consent as wire;
use crate::world::consents::{Consent, ConsentSender, ConsentSource, OptStatus};
use crate::world::number::E164;

/// `GET …/a2p-sms/opt-outs`, as JSON or, where asked for, as CSV.
pub(crate) fn list(call: &Call<'_>) -> ApiResult {
    call.check_account()?;
    let query = &call.request.query;
    let statuses = match query.word("status", &["optout", "optin", "all"])? {
        Some("all") => Vec::new(),
        Some("optin") => vec![OptStatus::OptIn],
        _ => vec![OptStatus::OptOut],
    };
    // Numbers stand here with or without their plus sign; the asterisk means any sender.
    let read = |name: &str| match query.one(name).map(str::trim) {
        None | Some("*") => Ok(Vec::new()),
        Some(text) => E164::parse(text)
            .map(|number| vec![number])
            .ok_or_else(|| ApiError::parameter(name)),
    };
    let wanted = Wanted {
        from: read("from")?,
        to: read("to")?,
        statuses,
        coverages: Vec::new(),
        is_nothing: false,
    };
    let page = TokenPage::read(query.one("pageToken"), query.number("perPage")?, LARGEST)?;
    let found: Vec<Consent> = call.sim.world(|world| {
        let all = world.consents().filter(|consent| wanted.allows(consent));
        all.cloned().collect()
    });
    let (records, paging) = page.cut(found);
    if call
        .request
        .header("accept")
        .is_some_and(|kinds| kinds.contains("text/csv"))
    {
        let rows: String = records
            .iter()
            .map(|one| {
                let (from, to, status) = (one.from, one.to, one.status);
                format!("{from},{to},{status},{}\r\n", wire::old_source(one.source))
            })
            .collect();
        let text = format!("FROM,TO,STATUS,SOURCE\r\n{rows}");
        return Ok(Reply::content(StatusCode::OK, "text/csv", Bytes::from(text)));
    }
    let records: Vec<Value> = records.iter().map(wire::opt_out).collect();
    Ok(Reply::json(&json!({"records": records, "paging": paging})))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Assignment {
    from: String,
    opt_outs: Vec<String>,
    opt_ins: Vec<String>,
}

/// `POST …/a2p-sms/opt-outs/bulk-assign`.
pub(crate) fn assign(call: &Call<'_>) -> ApiResult {
    call.check_account()?;
    let asked: Assignment = call.request.json()?;
    let sender = match asked.from.as_str() {
        "*" => ConsentSender::Everyone,
        text => ConsentSender::Number(E164::parse(text).ok_or_else(|| ApiError::parameter("from"))?),
    };
    if asked.opt_outs.is_empty() && asked.opt_ins.is_empty() {
        return Err(ApiError::parameter("optOuts"));
    }
    let body = call.sim.world(|world| {
        let mut assign_all = |list: &[String], status| {
            let (mut successful, mut failed) = (Vec::new(), Vec::new());
            for text in list {
                let is_kept = E164::parse(text)
                    .is_some_and(|to| world.record_consent(sender, to, status, ConsentSource::Api));
                if is_kept {
                    successful.push(text.clone());
                } else {
                    failed.push(json!({"to": text, "errorMessage": "The numbers cannot be found"}));
                }
            }
            json!({"successful": successful, "failed": failed})
        };
        json!({
            "optOuts": assign_all(&asked.opt_outs, OptStatus::OptOut),
            "optIns": assign_all(&asked.opt_ins, OptStatus::OptIn),
        })
    });
    Ok(Reply::json(&body))
}
