//! A body of several parts: what is asked for as JSON, and files.
//!
//! Kept apart from the HTTP library's form, which can be sent only once: a token may have to be renewed in between.

use reqwest::multipart::{Form, Part};
use serde::Serialize;

use crate::{api::outgoing_file::OutgoingFile, error::Error};

#[derive(Debug)]
pub(crate) struct Multipart {
    json: String,
    files: Vec<OutgoingFile>,
}

impl Multipart {
    /// "The root part, or first part of the request is always the request body"
    /// (developers.ringcentral.com/guide/messaging/sms/sending-images).
    pub(crate) fn new(json: &impl Serialize, files: &[OutgoingFile]) -> Result<Self, Error> {
        let json = serde_json::to_string(json)
            .map_err(|_| Error::Configuration("the request cannot be written as JSON".to_owned()))?;
        Ok(Self {
            json,
            files: files.to_vec(),
        })
    }

    /// The parts are named as RingCentral's own clients name them.
    pub(crate) fn form(&self) -> Result<Form, Error> {
        let json = Part::text(self.json.clone())
            .file_name("request.json")
            .mime_str("application/json")
            .map_err(|_| unusable_type())?;
        let mut form = Form::new().part("json", json);
        for file in &self.files {
            let length = file.content.len() as u64;
            let part = Part::stream_with_length(file.content.clone(), length)
                .file_name(plain_name(&file.name))
                .mime_str(&file.content_type)
                .map_err(|_| unusable_type())?;
            form = form.part("attachment", part);
        }
        Ok(form)
    }
}

/// A file name can hold line breaks on some systems, and would end the part's head with one.
fn plain_name(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).collect()
}

fn unusable_type() -> Error {
    Error::Configuration("the file's MIME type cannot be sent".to_owned())
}
