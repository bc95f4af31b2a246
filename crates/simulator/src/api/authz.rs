//! What a person may do: the authorization profile, single checks, and the features of an extension.

use serde_json::{Value, json};

use super::call::{Call, has_user_permission};
use super::error::{ApiError, ApiResult};
use super::operations::OPERATIONS;
use super::reply::Reply;
use crate::world::ids::ExtensionId;

/// `GET …/authz-profile`.
pub(crate) fn profile(call: &Call<'_>) -> ApiResult {
    let id = call.extension()?;
    let mut names: Vec<&str> = OPERATIONS
        .iter()
        .filter_map(|operation| operation.user_permission)
        .collect();
    names.sort_unstable();
    names.dedup();
    let permissions: Vec<Value> = names
        .into_iter()
        .filter(|name| has_user_permission(call.sim, id, name))
        .map(|name| active_permission(call, id, name))
        .collect();
    Ok(Reply::json(&json!({
        "uri": call.links().extension(id, "/authz-profile"),
        "permissions": permissions,
    })))
}

/// `GET …/authz-profile/check`.
pub(crate) fn check(call: &Call<'_>) -> ApiResult {
    let id = call.extension()?;
    let Some(name) = call.request.query.one("permissionId") else {
        return Err(ApiError::parameter("permissionId"));
    };
    let is_granted = has_user_permission(call.sim, id, name);
    let mut body = json!({
        "uri": call.links().extension(id, &format!("/authz-profile/check?permissionId={name}")),
        "successful": is_granted,
    });
    if is_granted && let Value::Object(fields) = &mut body {
        fields.insert("details".into(), active_permission(call, id, name));
    }
    Ok(Reply::json(&body))
}

/// `GET …/features`: what the extension can use, as far as Switchboard-like clients ask.
pub(crate) fn features(call: &Call<'_>) -> ApiResult {
    let id = call.extension()?;
    let query = &call.request.query;
    let only_available = query.flag("availableOnly")?;
    let wanted = query.all("featureId");
    let is_person = call
        .sim
        .world(|world| world.extension(id).is_some_and(|one| !one.is_queue()));
    let features = [
        ("ReadMessages", true),
        ("ReadTextMessages", is_person),
        ("SMSSending", is_person),
        ("FaxSending", true),
        ("ReadExtensionCallLog", true),
        ("EditExtensionCallLog", true),
        ("ReadCallRecordings", true),
        ("RingOut", is_person),
        ("ReadPresence", true),
        ("EditPresence", is_person),
        ("Whisper", false),
    ];
    let records: Vec<Value> = features
        .into_iter()
        .filter(|(name, available)| {
            (wanted.is_empty() || wanted.contains(name)) && (*available || !only_available)
        })
        .map(|(name, available)| match available {
            true => json!({"id": name, "available": true}),
            false => json!({
                "id": name,
                "available": false,
                "reason": {
                    "code": "ServicePlanLimitation",
                    "message": "The feature is not part of the service plan",
                },
            }),
        })
        .collect();
    Ok(Reply::json(&json!({"records": records})))
}

fn active_permission(call: &Call<'_>, id: ExtensionId, name: &str) -> Value {
    let links = call.links();
    let is_administrator = call
        .sim
        .world(|world| world.extension(id).is_some_and(|extension| extension.is_admin));
    let (role, scopes) = if is_administrator {
        ("1", json!(["Self", "AllExtensions", "Account"]))
    } else {
        ("6", json!(["Self"]))
    };
    json!({
        "permission": {
            "uri": links.root(&format!("dictionary/permission/{name}")),
            "id": name,
            "siteCompatible": "Incompatible",
            "readOnly": false,
            "assignable": true,
        },
        "effectiveRole": {"uri": links.account(&format!("/user-role/{role}")), "id": role},
        "scopes": scopes,
    })
}
