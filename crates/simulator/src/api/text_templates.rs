//! RingCentral's own text templates, personal and the company's. The API reference of today leaves them out; they are
//! described in developers.ringcentral.com/guide/messaging/templates and in RingCentral's SDKs.

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::call::Call;
use super::error::{ApiError, ApiResult};
use super::reply::Reply;
use crate::world::text_templates::{TemplateError, TemplateScope, TextTemplate};

const MAX_TEXT_UNITS: usize = 1_000;

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Template {
    display_name: Option<String>,
    body: Option<Body>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Body {
    text: Option<String>,
}

impl Template {
    /// Name and text, each checked where it is given.
    fn read(call: &Call<'_>) -> Result<(Option<String>, Option<String>), ApiError> {
        let asked: Template = call.request.json()?;
        let text = asked.body.and_then(|body| body.text);
        if asked
            .display_name
            .as_deref()
            .is_some_and(|name| name.trim().is_empty())
        {
            return Err(ApiError::parameter("displayName"));
        }
        let is_fit = |text: &String| !text.is_empty() && text.encode_utf16().count() <= MAX_TEXT_UNITS;
        if text.as_ref().is_some_and(|text| !is_fit(text)) {
            return Err(ApiError::parameter("body"));
        }
        Ok((asked.display_name, text))
    }
}

/// `GET …/account/{accountId}/message-store-templates`.
pub(crate) fn of_company(call: &Call<'_>) -> ApiResult {
    list(call, &[company(call)?])
}

/// `GET …/extension/{extensionId}/message-store-templates`: both kinds, unless one is asked for.
pub(crate) fn of_person(call: &Call<'_>) -> ApiResult {
    let own = personal(call)?;
    let scopes = match call.request.query.word("scope", &["Personal", "Company"])? {
        Some("Personal") => vec![own],
        Some(_) => vec![TemplateScope::Company],
        None => vec![TemplateScope::Company, own],
    };
    list(call, &scopes)
}

pub(crate) fn create_for_company(call: &Call<'_>) -> ApiResult {
    create(call, company(call)?)
}

pub(crate) fn create_for_person(call: &Call<'_>) -> ApiResult {
    create(call, personal(call)?)
}

pub(crate) fn read_of_company(call: &Call<'_>) -> ApiResult {
    read(call, company(call)?)
}

pub(crate) fn read_of_person(call: &Call<'_>) -> ApiResult {
    read(call, personal(call)?)
}

pub(crate) fn update_of_company(call: &Call<'_>) -> ApiResult {
    update(call, company(call)?)
}

pub(crate) fn update_of_person(call: &Call<'_>) -> ApiResult {
    update(call, personal(call)?)
}

pub(crate) fn delete_of_company(call: &Call<'_>) -> ApiResult {
    delete(call, company(call)?)
}

pub(crate) fn delete_of_person(call: &Call<'_>) -> ApiResult {
    delete(call, personal(call)?)
}

fn company(call: &Call<'_>) -> Result<TemplateScope, ApiError> {
    call.check_account()?;
    Ok(TemplateScope::Company)
}

fn personal(call: &Call<'_>) -> Result<TemplateScope, ApiError> {
    call.private_extension("EditPersonalSMSTemplates", false)
        .map(TemplateScope::Personal)
}

fn list(call: &Call<'_>, scopes: &[TemplateScope]) -> ApiResult {
    let records: Vec<Value> = call.sim.world(|world| {
        let all = scopes.iter().flat_map(|scope| world.text_templates(*scope));
        all.map(shown).collect()
    });
    Ok(Reply::json(&json!({"records": records})))
}

fn create(call: &Call<'_>, scope: TemplateScope) -> ApiResult {
    let (name, text) = Template::read(call)?;
    let name = name.ok_or_else(|| ApiError::parameter("displayName"))?;
    let text = text.ok_or_else(|| ApiError::parameter("body"))?;
    let kept = call
        .sim
        .world(|world| world.add_text_template(scope, &name, &text));
    let template = kept.map_err(|error| refused(&error))?;
    Ok(Reply::json(&shown(&template)))
}

fn read(call: &Call<'_>, scope: TemplateScope) -> ApiResult {
    let id = id(call)?;
    let found = call.sim.world(|world| world.text_template(scope, id).map(shown));
    found
        .map(|body| Reply::json(&body))
        .ok_or_else(|| ApiError::not_found("templateId"))
}

fn update(call: &Call<'_>, scope: TemplateScope) -> ApiResult {
    let id = id(call)?;
    let (name, text) = Template::read(call)?;
    let edited = call
        .sim
        .world(|world| world.edit_text_template(scope, id, name.as_deref(), text.as_deref()));
    let template = edited.map_err(|error| refused(&error))?;
    Ok(Reply::json(&shown(&template)))
}

fn delete(call: &Call<'_>, scope: TemplateScope) -> ApiResult {
    let id = id(call)?;
    let deleted = call.sim.world(|world| world.delete_text_template(scope, id));
    deleted.map_err(|error| refused(&error))?;
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

fn id(call: &Call<'_>) -> Result<u64, ApiError> {
    call.path("templateId")
        .parse()
        .map_err(|_| ApiError::not_found("templateId"))
}

fn shown(template: &TextTemplate) -> Value {
    let scope = match template.scope {
        TemplateScope::Personal(_) => "Personal",
        TemplateScope::Company => "Company",
    };
    json!({
        "id": template.id.to_string(),
        "displayName": template.display_name,
        "body": {"text": template.text},
        "scope": scope,
    })
}

/// Which codes the vendor uses here is not documented.
fn refused(error: &TemplateError) -> ApiError {
    match error {
        TemplateError::NoSuchTemplate(_) => ApiError::not_found("templateId"),
        TemplateError::NameTaken => ApiError::new(
            StatusCode::BAD_REQUEST,
            "CMN-406",
            "InvalidParameter",
            "Duplicate value for parameter [displayName] is not allowed.",
        )
        .with("parameterName", "displayName"),
        TemplateError::TooMany(most) => ApiError::new(
            StatusCode::FORBIDDEN,
            "CMN-101",
            "InvalidParameter",
            format!("The maximum number of templates is exceeded: [{most}]"),
        ),
    }
}
