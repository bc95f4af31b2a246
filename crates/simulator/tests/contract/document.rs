//! The API description, and validation against it.

use std::collections::HashMap;
use std::path::Path;

use serde_json::{Value, json};
use simulator::{Group, OperationEntry};

/// Answers the description leaves out although the guides and older descriptions have them: operation, status, and
/// content type.
const LEFT_OUT: &[(&str, u16, &str)] = &[
    // Texts and voicemail transcripts are attachments too; the description lists audio, images, video and PDF.
    ("readMessageContent", 200, "text/plain"),
    // CMN-102 is listed for this operation in the description of 2021.
    ("readExtension", 404, "application/json"),
];

/// Operations the description leaves out altogether: RingCentral's SDKs and the guide's page on text templates have them.
const OUTSIDE: &str = "MessageTemplate";

/// RingCentral's OpenAPI document.
pub(crate) struct Document {
    root: Value,
    /// Where an operation stands: path and method.
    places: HashMap<String, (String, String)>,
}

impl Document {
    /// The document, if the environment names one.
    pub(crate) fn load() -> Option<Self> {
        let Ok(folder) = std::env::var("SWITCHBOARD_VENDOR_DOCS") else {
            println!("skipped: SWITCHBOARD_VENDOR_DOCS is not set");
            return None;
        };
        let Ok(text) = std::fs::read_to_string(Path::new(&folder).join("openapi.yml")) else {
            println!("skipped: {folder} holds no openapi.yml");
            return None;
        };
        let mut root: Value = serde_yaml_ng::from_str(&text).expect("openapi.yml cannot be read");
        make_json_schema(&mut root);
        let mut places = HashMap::new();
        for (path, methods) in root["paths"].as_object().unwrap() {
            for (method, operation) in methods.as_object().unwrap() {
                if let Some(id) = operation["operationId"].as_str() {
                    places.insert(id.to_owned(), (path.clone(), method.clone()));
                }
            }
        }
        Some(Self { root, places })
    }

    fn operation(&self, id: &str) -> Option<&Value> {
        let (path, method) = self.places.get(id)?;
        Some(&self.root["paths"][path][method])
    }

    /// What is wrong with a response, in sentences.
    pub(crate) fn check(&self, id: &str, status: u16, content_type: &str, body: &Value) -> Vec<String> {
        if id.contains(OUTSIDE) {
            return Vec::new();
        }
        let Some(operation) = self.operation(id) else {
            return vec![format!("{id} is not in the description")];
        };
        let kind = content_type.split(';').next().unwrap_or_default();
        if LEFT_OUT.contains(&(id, status, kind)) {
            return Vec::new();
        }
        let response = &operation["responses"][status.to_string()];
        let response = self.follow(response);
        if response.is_null() {
            return vec![format!("{id}: status {status} is not described")];
        }
        let schema = &response["content"][kind]["schema"];
        if schema.is_null() {
            let is_described = response["content"].as_object().is_none_or(|kinds| {
                kinds
                    .keys()
                    .any(|known| known == kind || known == "*/*" || is_wildcard(known, kind))
            });
            return if is_described {
                Vec::new()
            } else {
                vec![format!("{id}: {status} {kind} is not described")]
            };
        }
        if kind.starts_with("multipart/") || !kind.contains("json") {
            return Vec::new();
        }
        let mut root = json!({"components": self.root["components"]});
        root["allOf"] = json!([schema]);
        let validator = jsonschema::draft202012::options()
            .should_validate_formats(true)
            .build(&root)
            .unwrap_or_else(|error| panic!("{id}: schema cannot be compiled: {error}"));
        validator
            .iter_errors(body)
            .map(|error| format!("{id} {status}: {}: {error}", error.instance_path()))
            .collect()
    }

    /// What is wrong with a notification's body, in sentences.
    pub(crate) fn check_event(&self, schema: &str, body: &Value) -> Vec<String> {
        let mut root = json!({"components": self.root["components"]});
        root["allOf"] = json!([{"$ref": format!("#/components/schemas/{schema}")}]);
        let validator = jsonschema::draft202012::options()
            .should_validate_formats(true)
            .build(&root)
            .unwrap_or_else(|error| panic!("{schema}: schema cannot be compiled: {error}"));
        let known: Vec<&str> = self.root["components"]["schemas"][schema]["properties"]
            .as_object()
            .unwrap_or_else(|| panic!("{schema} is not in the description"))
            .keys()
            .map(String::as_str)
            .collect();
        let unknown = body.as_object().into_iter().flatten().map(|(key, _)| key);
        let unknown = unknown
            .filter(|key| !known.contains(&key.as_str()))
            .map(|key| format!("{schema}: {key} is not described"));
        validator
            .iter_errors(body)
            .map(|error| format!("{schema}: {}: {error}", error.instance_path()))
            .chain(unknown)
            .collect()
    }

    fn follow<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value["$ref"].as_str() {
            Some(reference) => self.root.pointer(reference.trim_start_matches('#')).unwrap(),
            None => value,
        }
    }

    /// How the simulator's table differs from the description.
    pub(crate) fn compare(&self, entry: &OperationEntry) -> Vec<String> {
        if entry.id.contains(OUTSIDE) {
            return Vec::new();
        }
        let Some((path, method)) = self.places.get(entry.id) else {
            return vec![format!("{} is not in the description", entry.id)];
        };
        let operation = &self.root["paths"][path][method];
        let mut differences = Vec::new();
        let mut differ = |what: &str, ours: String, theirs: String| {
            if ours != theirs {
                differences.push(format!("{}: {what} is {ours}, described as {theirs}", entry.id));
            }
        };
        differ("path", entry.path.to_owned(), path.clone());
        differ("method", entry.method.to_lowercase(), method.clone());
        let group = match entry.group {
            Group::NoThrottling => "NoThrottling".to_owned(),
            group => format!("{group:?}"),
        };
        let text = |key: &str| operation[key].as_str().unwrap_or_default().to_owned();
        differ("group", group, text("x-throttling-group"));
        differ(
            "application permission",
            entry.application_permission.unwrap_or_default().to_owned(),
            text("x-app-permission"),
        );
        differ(
            "user permission",
            entry.user_permission.unwrap_or_default().to_owned(),
            text("x-user-permission"),
        );
        differences
    }
}

fn is_wildcard(known: &str, kind: &str) -> bool {
    known
        .strip_suffix("/*")
        .is_some_and(|family| kind.starts_with(family))
}

/// OpenAPI 3.0 is almost JSON Schema: `nullable` becomes a type, and what only documents is dropped.
fn make_json_schema(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            let is_nullable = fields.remove("nullable").is_some_and(|flag| flag == true);
            if is_nullable && let Some(kind) = fields.get("type").cloned() {
                fields.insert("type".to_owned(), json!([kind, "null"]));
                if let Some(Value::Array(words)) = fields.get_mut("enum") {
                    words.push(Value::Null);
                }
            }
            for (key, inner) in fields.iter_mut() {
                if key != "example" && key != "examples" {
                    make_json_schema(inner);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(make_json_schema),
        _ => {}
    }
}
