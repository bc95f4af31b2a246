//! Personal contacts, read and written.

use serde_json::{Map, Value, json};

use super::Links;
use crate::world::address_book::{Contact, ContactFields, PHONE_FIELDS};
use crate::world::ids::ExtensionId;
use crate::world::messages::Availability;

const EMAIL_FIELDS: [&str; 3] = ["email", "email2", "email3"];

/// A contact; a deleted one shows its identifier and availability only.
pub(crate) fn contact(links: &Links, owner: ExtensionId, contact: &Contact) -> Value {
    let mut body = Map::new();
    body.insert("id".into(), json!(contact.id.0));
    body.insert(
        "uri".into(),
        json!(links.extension(owner, &format!("/address-book/contact/{}", contact.id))),
    );
    body.insert("availability".into(), json!(contact.availability.as_str()));
    if contact.availability != Availability::Alive {
        return Value::Object(body);
    }
    let fields = &contact.fields;
    let texts = [
        ("firstName", &fields.first_name),
        ("lastName", &fields.last_name),
        ("company", &fields.company),
        ("jobTitle", &fields.job_title),
        ("notes", &fields.notes),
        ("webPage", &fields.web_page),
    ];
    for (name, text) in texts {
        if let Some(text) = text {
            body.insert(name.into(), json!(text));
        }
    }
    for (name, email) in EMAIL_FIELDS.iter().zip(&fields.emails) {
        body.insert((*name).to_owned(), json!(email));
    }
    for (name, number) in &fields.phones {
        body.insert((*name).to_owned(), json!(number));
    }
    let mut address = Map::new();
    let lines = [
        ("street", &fields.business_street),
        ("city", &fields.business_city),
        ("state", &fields.business_state),
    ];
    for (name, line) in lines {
        if let Some(line) = line {
            address.insert(name.into(), json!(line));
        }
    }
    if !address.is_empty() {
        body.insert("businessAddress".into(), Value::Object(address));
    }
    Value::Object(body)
}

/// Writes a request's fields over `known`: PUT starts from nothing, PATCH from the contact as it is. Fields the simulator
/// does not keep (nicknames, private addresses) are dropped.
pub(crate) fn merge(known: ContactFields, body: &Map<String, Value>) -> ContactFields {
    let mut fields = known;
    let text = |name: &str, place: &mut Option<String>| {
        if let Some(value) = body.get(name) {
            *place = as_text(value);
        }
    };
    text("firstName", &mut fields.first_name);
    text("lastName", &mut fields.last_name);
    text("company", &mut fields.company);
    text("jobTitle", &mut fields.job_title);
    text("notes", &mut fields.notes);
    text("webPage", &mut fields.web_page);
    if EMAIL_FIELDS.iter().any(|name| body.contains_key(*name)) {
        let kept = fields.emails.clone();
        fields.emails = EMAIL_FIELDS
            .iter()
            .enumerate()
            .filter_map(|(index, name)| match body.get(*name) {
                Some(value) => as_text(value),
                None => kept.get(index).cloned(),
            })
            .collect();
    }
    for name in PHONE_FIELDS {
        if let Some(value) = body.get(name) {
            fields.phones.retain(|(known, _)| *known != name);
            fields.phones.extend(as_text(value).map(|number| (name, number)));
        }
    }
    if let Some(Value::Object(address)) = body.get("businessAddress") {
        fields.business_street = address.get("street").and_then(as_text);
        fields.business_city = address.get("city").and_then(as_text);
        fields.business_state = address.get("state").and_then(as_text);
    }
    fields
}

fn as_text(value: &Value) -> Option<String> {
    value.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}
