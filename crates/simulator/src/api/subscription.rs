//! Subscriptions. They live on WebSocket connections; webhooks are refused as unreachable.

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::call::Call;
use super::error::{ApiError, ApiResult};
use super::reply::Reply;
use super::request::Via;
use crate::gateway::Subscription;
use crate::gateway::filter::{EventFilter, Topic};
use crate::gateway::subscription::DisabledFilter;

/// The vendor's limit per user and application.
const MAX_SUBSCRIPTIONS: usize = 30;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asked {
    event_filters: Option<Vec<String>>,
    delivery_mode: Option<DeliveryMode>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct DeliveryMode {
    transport_type: Option<String>,
    address: Option<String>,
}

/// `GET /restapi/v1.0/subscription`.
pub(crate) fn list(call: &Call<'_>) -> ApiResult {
    let links = call.links();
    let records: Vec<Value> = own(call)
        .into_iter()
        .map(|(_, subscription)| subscription.to_json(&links, call.now))
        .collect();
    Ok(Reply::json(
        &json!({"uri": links.root("subscription"), "records": records}),
    ))
}

/// `POST /restapi/v1.0/subscription`. Over a WebSocket it replaces the connection's subscription.
pub(crate) fn create(call: &Call<'_>) -> ApiResult {
    let asked: Option<Asked> = call.request.json()?;
    let asked = asked.ok_or_else(|| ApiError::parameter("eventFilters"))?;
    let mode = asked
        .delivery_mode
        .ok_or_else(|| ApiError::parameter("deliveryMode"))?;
    let Via::Gateway(number) = call.request.via else {
        return Err(refuse_over_http(&mode));
    };
    if mode.transport_type.as_deref() != Some("WebSocket") {
        return Err(ApiError::parameter("deliveryMode.transportType"));
    }
    let (filters, disabled) = sort_out(call, &asked.event_filters.unwrap_or_default())?;
    let others = own(call)
        .into_iter()
        .filter(|(known, _)| *known != number)
        .count();
    if others >= MAX_SUBSCRIPTIONS {
        return Err(ApiError::new(
            StatusCode::FORBIDDEN,
            "SUB-505",
            "SUB-505",
            "Subscriptions limit exceeded",
        ));
    }
    let subscription = Subscription::new(filters, disabled, call.now);
    let body = subscription.to_json(&call.links(), call.now);
    call.sim.gateway.subscribe(number, subscription);
    Ok(Reply::json(&body))
}

/// `GET /restapi/v1.0/subscription/{subscriptionId}`.
pub(crate) fn read(call: &Call<'_>) -> ApiResult {
    let (_, subscription) = find(call)?;
    Ok(Reply::json(&subscription.to_json(&call.links(), call.now)))
}

/// `PUT /restapi/v1.0/subscription/{subscriptionId}`: new filters and a renewal, or with an empty body a renewal only.
pub(crate) fn update(call: &Call<'_>) -> ApiResult {
    let (number, mut subscription) = find(call)?;
    if call.request.via != Via::Gateway(number) {
        return Err(ApiError::parameter("subscriptionId"));
    }
    let asked: Option<Asked> = call.request.json()?;
    if let Some(texts) = asked.and_then(|asked| asked.event_filters) {
        let (filters, disabled) = sort_out(call, &texts)?;
        subscription.filters = filters;
        subscription.disabled = disabled;
    }
    subscription.renew(call.now);
    let body = subscription.to_json(&call.links(), call.now);
    call.sim.gateway.subscribe(number, subscription);
    Ok(Reply::json(&body))
}

/// `POST /restapi/v1.0/subscription/{subscriptionId}/renew`.
pub(crate) fn renew(call: &Call<'_>) -> ApiResult {
    let (number, mut subscription) = find(call)?;
    subscription.renew(call.now);
    let body = subscription.to_json(&call.links(), call.now);
    call.sim.gateway.subscribe(number, subscription);
    Ok(Reply::json(&body))
}

/// `DELETE /restapi/v1.0/subscription/{subscriptionId}`.
pub(crate) fn delete(call: &Call<'_>) -> ApiResult {
    let (number, _) = find(call)?;
    call.sim.gateway.unsubscribe(number);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

fn own(call: &Call<'_>) -> Vec<(u64, Subscription)> {
    call.sim
        .gateway
        .subscriptions_of(call.caller.extension_id, &call.caller.client_id)
}

fn find(call: &Call<'_>) -> Result<(u64, Subscription), ApiError> {
    let id = call.path("subscriptionId");
    let found = own(call)
        .into_iter()
        .find(|(_, subscription)| subscription.id == id);
    found.ok_or_else(|| ApiError::not_found("subscriptionId"))
}

fn refuse_over_http(mode: &DeliveryMode) -> ApiError {
    let refuse = |code: &str, message: &str| {
        ApiError::new(StatusCode::BAD_REQUEST, code, "InvalidParameter", message)
            .with("parameterName", "deliveryMode.address")
    };
    match (mode.transport_type.as_deref(), mode.address.as_deref()) {
        (Some("WebHook"), None) => ApiError::parameter("deliveryMode.address"),
        (Some("WebHook"), Some(address)) if !address.starts_with("https://") => {
            refuse("SUB-523", "HTTPS is required")
        }
        (Some("WebHook"), Some(_)) => refuse("SUB-521", "WebHook is not reachable"),
        _ => ApiError::parameter("deliveryMode.transportType"),
    }
}

/// Reads the filters and sorts out those the application or the person may not have.
fn sort_out(call: &Call<'_>, texts: &[String]) -> Result<(Vec<EventFilter>, Vec<DisabledFilter>), ApiError> {
    if texts.is_empty() {
        return Err(ApiError::parameter("eventFilters"));
    }
    let mut filters: Vec<EventFilter> = Vec::new();
    let mut disabled = Vec::new();
    for text in texts {
        let filter = EventFilter::read(text, call.sim.account_id(), call.caller.extension_id)?;
        let refusal = refusal(call, &filter)?;
        match refusal {
            Some(error) => disabled.push(DisabledFilter {
                filter: filter.text,
                reason: error.code,
                message: error.message,
            }),
            None if filters.contains(&filter) => {}
            None => filters.push(filter),
        }
    }
    if !filters.is_empty() && filters.iter().all(|filter| filter.topic == Topic::Reminder) {
        return Err(ApiError::new(
            StatusCode::BAD_REQUEST,
            "SUB-515",
            "InvalidParameter",
            "Reminder cannot be the only event filter of a subscription",
        ));
    }
    if filters.is_empty() {
        let reason = disabled
            .first()
            .map(|one| one.message.clone())
            .unwrap_or_default();
        return Err(ApiError::new(
            StatusCode::FORBIDDEN,
            "SUB-402",
            "InsufficientPermissions",
            reason,
        ));
    }
    Ok((filters, disabled))
}

fn refusal(call: &Call<'_>, filter: &EventFilter) -> Result<Option<ApiError>, ApiError> {
    if let Some(id) = filter.extension
        && call.sim.world(|world| world.extension(id).is_none())
    {
        return Err(ApiError::not_found("extensionId"));
    }
    let is_others = filter.extension.is_some_and(|id| id != call.caller.extension_id);
    if is_others && filter.topic == Topic::MissedCalls {
        return Err(ApiError::new(
            StatusCode::FORBIDDEN,
            "SUB-527",
            "SUB-527",
            "Not allowed subscribe for missed calls of another extension",
        ));
    }
    if let Some(name) = filter.application_permission()
        && !call.caller.permissions.iter().any(|granted| granted == name)
    {
        return Ok(Some(ApiError::application_permission(name)));
    }
    if filter.extension.is_none() && matches!(filter.topic, Topic::Telephony(_)) {
        // Everybody's calls, as the list of active calls: only with the scope of the account.
        return Ok(call.check_account_scope("ReadCallLog").err());
    }
    if is_others && filter.is_private() {
        return Ok(Some(ApiError::extended_scope("ReadMessages")));
    }
    Ok(None)
}
