//! Consent to texts, as version 2 of the API, the older opt-outs and notifications show it.

use serde_json::{Value, json};

use super::instant;
use crate::world::consents::{Consent, ConsentSource, OptStatus};

/// A record of `…/sms/consents`.
pub(crate) fn record(consent: &Consent) -> Value {
    with(consent, "lastModifiedTime")
}

/// A record of `…/sms/consents/history`.
pub(crate) fn history_record(consent: &Consent) -> Value {
    with(consent, "createdAt")
}

fn with(consent: &Consent, instant_field: &str) -> Value {
    let mut body = in_event(consent);
    if let Some(fields) = body.as_object_mut() {
        let at = fields.remove("lastModifiedTime").unwrap_or_default();
        fields.insert(instant_field.to_owned(), at);
        fields.insert("coverage".into(), json!(consent.coverage.as_str()));
    }
    body
}

/// A record of the `sms/consents` notification.
pub(crate) fn in_event(consent: &Consent) -> Value {
    json!({
        "from": consent.from.to_string(),
        "to": consent.to.to_string(),
        "optStatus": consent.status.as_str(),
        "source": consent.source.as_str(),
        "lastModifiedTime": instant(consent.last_modified_at),
    })
}

/// A record of `…/a2p-sms/opt-outs`.
pub(crate) fn opt_out(consent: &Consent) -> Value {
    json!({
        "from": consent.from.to_string(),
        "to": consent.to.to_string(),
        "status": consent.status.as_str(),
        "source": old_source(consent.source),
    })
}

/// The older list calls the account what the newer one calls the API.
pub(crate) fn old_source(source: ConsentSource) -> &'static str {
    match source {
        ConsentSource::Api => "Account",
        other => other.as_str(),
    }
}

/// The body of the `a2p-sms/opt-outs` notification.
pub(crate) fn opt_out_event(consent: &Consent) -> Value {
    json!({
        "from": consent.from.to_string(),
        "to": consent.to.to_string(),
        "active": consent.status == OptStatus::OptOut,
    })
}
