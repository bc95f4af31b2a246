//! Texts that leave: the ledger of what was sent, numbers that cannot be reached, consent, and what the account may do.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::calls::word;
use super::{Body, Done, Refused, done, ends};
use crate::simulator::Control;
use crate::wire::{consent, instant};
use crate::world::consents::{ConsentSender, ConsentSource};
use crate::world::delivery_errors;
use crate::world::outbound::LedgerEntry;
use crate::world::texting::Texting;

/// Everything that left for the outside world, in order.
pub(super) async fn ledger(State(control): State<Control>) -> Json<Value> {
    let entries: Vec<Value> = control.message_ledger().iter().map(entry).collect();
    Json(json!({"entries": entries}))
}

pub(super) async fn clear_ledger(State(control): State<Control>) -> Done {
    control.clear_message_ledger();
    done()
}

fn entry(entry: &LedgerEntry) -> Value {
    let recipients: Vec<Value> = entry
        .recipients
        .iter()
        .map(|one| json!({"number": one.number.to_string(), "held_back": one.held_back}))
        .collect();
    let files: Vec<Value> = entry
        .files
        .iter()
        .map(|file| {
            json!({
                "name": file.name,
                "content_type": file.content_type,
                "byte_count": file.byte_count,
                "sha256": file.sha256,
            })
        })
        .collect();
    json!({
        "number": entry.number,
        "kind": entry.kind.as_str(),
        "at": instant(entry.at),
        "message_id": entry.message.map(|id| id.to_string()),
        "extension_id": entry.owner.to_string(),
        "from": entry.from.map(|number| number.to_string()),
        "recipients": recipients,
        "text": entry.text,
        "files": files,
        "fax": entry.fax.as_ref().map(|fax| json!({
            "cover_index": fax.cover_index,
            "note": fax.note,
            "resolution": fax.resolution.as_str(),
            "send_at": fax.send_at.map(instant),
            "original_message_id": fax.original.map(|id| id.to_string()),
            "accepted_at": instant(fax.accepted_at),
        })),
    })
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Undeliverable {
    number: String,
    /// A documented delivery error, or `landline`; absent lets texts through again.
    error: Option<String>,
}

/// Makes texts to a number fail with a delivery error, or lets them through again.
pub(super) async fn undeliverable(State(control): State<Control>, body: Body<Undeliverable>) -> Done {
    let Json(asked) = body?;
    let number = ends::number(&asked.number)?;
    let error = match asked.error.as_deref() {
        None => None,
        Some("landline") => Some(delivery_errors::LANDLINE),
        Some(code) => Some(
            delivery_errors::known(code)
                .ok_or_else(|| Refused::because(format!("{code} is no documented delivery error")))?,
        ),
    };
    control.world(|world| world.set_undeliverable(number, error));
    done()
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewConsent {
    /// One of the account's numbers, or `*` for all that send texts.
    from: String,
    to: String,
    /// `OptOut` or `OptIn`.
    status: String,
    source: Option<String>,
}

pub(super) async fn consents(State(control): State<Control>) -> Json<Value> {
    let all: Vec<Value> = control.world(|world| world.consents().map(consent::record).collect());
    Json(json!({"consents": all}))
}

/// Somebody opts out or in by another way than a text.
pub(super) async fn add_consent(State(control): State<Control>, body: Body<NewConsent>) -> Done {
    let Json(new) = body?;
    let sender = match new.from.as_str() {
        "*" => ConsentSender::Everyone,
        text => ConsentSender::Number(ends::number(text)?),
    };
    let to = ends::number(&new.to)?;
    let status = word(&new.status)?;
    let source = match &new.source {
        Some(text) => word(text)?,
        None => ConsentSource::Api,
    };
    if control.world(|world| world.record_consent(sender, to, status, source)) {
        done()
    } else {
        Err(Refused::because(format!(
            "the account has no number {}",
            new.from
        )))
    }
}

/// What is not named stays as it is.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct TextingEdit {
    sms: Option<bool>,
    mms: Option<bool>,
    international: Option<bool>,
    toll_free: Option<bool>,
    campaign_status: Option<String>,
    registration_tier: Option<String>,
}

pub(super) async fn set_texting(State(control): State<Control>, body: Body<TextingEdit>) -> Done {
    let Json(edit) = body?;
    let now = control.world(|world| world.texting());
    let status = edit.campaign_status.as_deref().map(word).transpose()?;
    let tier = edit.registration_tier.as_deref().map(word).transpose()?;
    let texting = Texting {
        allows_sms: edit.sms.unwrap_or(now.allows_sms),
        allows_mms: edit.mms.unwrap_or(now.allows_mms),
        allows_international: edit.international.unwrap_or(now.allows_international),
        allows_toll_free: edit.toll_free.unwrap_or(now.allows_toll_free),
        campaign_status: status.unwrap_or(now.campaign_status),
        registration_tier: tier.unwrap_or(now.registration_tier),
    };
    control.world(|world| world.set_texting(texting));
    done()
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Blocking {
    extension: String,
    number: String,
    #[serde(default = "yes")]
    blocked: bool,
}

fn yes() -> bool {
    true
}

/// A person blocks a number or no longer does.
pub(super) async fn block(State(control): State<Control>, body: Body<Blocking>) -> Done {
    let Json(asked) = body?;
    let number = ends::number(&asked.number)?;
    control.world(|world| {
        let owner = ends::extension(world, &asked.extension)?;
        world.set_blocked(owner, number, asked.blocked);
        Ok::<(), Refused>(())
    })?;
    done()
}
