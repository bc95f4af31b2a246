//! The API reference, as far as requests can be held against it.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::vendor_docs;
use crate::api::operations::{ALL, UNLISTED, Verb};

/// The reference with its operations by name.
pub(super) struct Reference {
    document: Value,
    /// Method in lower case and path, by operation name.
    places: HashMap<String, (String, String)>,
}

impl Reference {
    pub(super) fn open() -> Option<Self> {
        let text = std::fs::read_to_string(vendor_docs("openapi.yml")?).unwrap();
        let document: Value = serde_saphyr::from_str(&text).unwrap();
        let mut places = HashMap::new();
        for (path, methods) in document["paths"].as_object().unwrap() {
            for (method, operation) in methods.as_object().unwrap() {
                if let Some(id) = operation["operationId"].as_str() {
                    places.insert(id.to_owned(), (method.clone(), path.clone()));
                }
            }
        }
        Some(Self { document, places })
    }

    pub(super) fn place(&self, operation: &str) -> Option<&(String, String)> {
        self.places.get(operation)
    }

    fn operation(&self, id: &str) -> &Value {
        let (method, path) = &self.places[id];
        &self.document["paths"][path][method]
    }

    /// The operation that a method and a real path belong to. Literal segments go before placeholders.
    pub(super) fn find(&self, method: &str, path: &str) -> Option<String> {
        let mut found: Vec<_> = self
            .places
            .iter()
            .filter(|(_, (m, template))| m.eq_ignore_ascii_case(method) && fits(template, path))
            .collect();
        found.sort_by_key(|(_, (_, template))| template.matches('{').count());
        found.first().map(|(id, _)| (*id).clone())
    }

    /// What is wrong with a query.
    pub(super) fn judge_query(&self, operation: &str, query: &[(String, String)]) -> Vec<String> {
        let parameters = self.parameters(operation);
        let mut faults: Vec<String> = self
            .required_parameters(operation)
            .into_iter()
            .filter(|name| !query.iter().any(|(given, _)| given == name))
            .map(|name| format!("{operation}: {name} is required"))
            .collect();
        for (name, value) in query {
            match parameters.get(name.as_str()) {
                None => faults.push(format!("{operation}: no query parameter {name}")),
                Some(schema) => {
                    let schema = self.resolve(schema);
                    // Repeated keys make an array; each value is held against its items.
                    let schema = if schema["type"] == "array" {
                        self.resolve(&schema["items"])
                    } else {
                        schema
                    };
                    faults.extend(self.judge(operation, &format!("?{name}"), schema, &typed(schema, value)));
                }
            }
        }
        for (name, count) in counts(query) {
            let is_array = parameters
                .get(name)
                .is_some_and(|schema| self.resolve(schema)["type"] == "array");
            if count > 1 && !is_array {
                faults.push(format!("{operation}: {name} may come once only"));
            }
        }
        faults
    }

    /// What is wrong with a body.
    pub(super) fn judge_body(&self, operation: &str, content_type: &str, body: &Value) -> Vec<String> {
        let content = &self.resolve(&self.operation(operation)["requestBody"])["content"];
        match content.get(content_type) {
            Some(media) => self.judge(operation, "body", &media["schema"], body),
            None => vec![format!("{operation}: takes no {content_type}")],
        }
    }

    /// Whether an operation has to be sent a body.
    pub(super) fn wants_body(&self, operation: &str) -> bool {
        self.resolve(&self.operation(operation)["requestBody"])["required"] == true
    }

    fn parameters(&self, operation: &str) -> HashMap<&str, &Value> {
        self.query_parameters(operation)
            .filter_map(|parameter| Some((parameter["name"].as_str()?, &parameter["schema"])))
            .collect()
    }

    fn required_parameters(&self, operation: &str) -> Vec<&str> {
        self.query_parameters(operation)
            .filter(|parameter| parameter["required"] == true)
            .filter_map(|parameter| parameter["name"].as_str())
            .collect()
    }

    fn query_parameters(&self, operation: &str) -> impl Iterator<Item = &Value> {
        let list = self.operation(operation)["parameters"].as_array();
        list.into_iter()
            .flatten()
            .map(|parameter| self.resolve(parameter))
            .filter(|parameter| parameter["in"] == "query")
    }

    fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value["$ref"]
            .as_str()
            .and_then(|reference| reference.strip_prefix('#'))
        {
            Some(pointer) => self.resolve(self.document.pointer(pointer).unwrap()),
            None => value,
        }
    }

    fn judge(&self, operation: &str, place: &str, schema: &Value, value: &Value) -> Vec<String> {
        let mut schema = schema.clone();
        if let Some(schema) = schema.as_object_mut() {
            schema.insert("components".to_owned(), self.document["components"].clone());
        } else {
            schema = json!(true);
        }
        let validator = jsonschema::draft4::new(&schema).unwrap();
        validator
            .iter_errors(value)
            .map(|error| format!("{operation} {place}: {error}"))
            .collect()
    }
}

/// Whether a real path belongs to a path with placeholders.
pub(super) fn fits(template: &str, path: &str) -> bool {
    let (wanted, given): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
    wanted.len() == given.len()
        && wanted
            .iter()
            .zip(&given)
            .all(|(w, g)| w.starts_with('{') || w == g)
}

/// A query value as the type that its schema names.
fn typed(schema: &Value, text: &str) -> Value {
    match schema["type"].as_str() {
        Some("integer" | "number") => serde_json::from_str(text).unwrap_or_else(|_| json!(text)),
        Some("boolean") => json!(text == "true"),
        // `perPage` takes a number or the word `max`.
        None => serde_json::from_str(text).unwrap_or_else(|_| json!(text)),
        Some(_) => json!(text),
    }
}

fn counts(query: &[(String, String)]) -> HashMap<&str, usize> {
    let mut counts = HashMap::new();
    for (name, _) in query {
        *counts.entry(name.as_str()).or_default() += 1;
    }
    counts
}

#[test]
fn every_operation_stands_in_the_reference_with_its_method_path_and_group() {
    let Some(reference) = Reference::open() else {
        return;
    };
    for operation in ALL {
        let (method, path) = reference
            .place(operation.id)
            .unwrap_or_else(|| panic!("{} is unknown", operation.id));
        let verb = format!("{:?}", operation.method).to_lowercase();
        assert_eq!((verb.as_str(), operation.path), (method.as_str(), path.as_str()));
        let group = &reference.operation(operation.id)["x-throttling-group"];
        assert_eq!(group, operation.group.as_str(), "{}", operation.id);
        assert!(operation.method != Verb::Get || operation.is_read);
    }
}

#[test]
fn what_the_reference_leaves_out_has_not_come_back() {
    let Some(reference) = Reference::open() else {
        return;
    };
    for operation in UNLISTED {
        assert!(
            reference.place(operation.id).is_none(),
            "{} can be held against it",
            operation.id
        );
    }
}
