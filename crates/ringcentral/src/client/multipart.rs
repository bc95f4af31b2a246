//! A body of several parts: what is asked for as JSON, and files.
//!
//! Kept apart from the HTTP library's form, which can be sent only once: a token may have to be renewed in between.

use std::sync::Arc;

use reqwest::{
    Body,
    multipart::{Form, Part},
};
use serde::Serialize;

use super::Upload;
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
        let mut form = Form::new().part("json", self.json_part()?);
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

    /// The same, handed over piece by piece under somebody's eyes. Names go as they are, as browsers write them: the
    /// percent signs of an escaped one are not allowed in the names of faxed files
    /// (developers.ringcentral.com/guide/messaging/fax/sending-faxes).
    pub(crate) fn watched_form(&self, upload: &Arc<Upload>) -> Result<Form, Error> {
        let mut form = Form::new().percent_encode_noop().part("json", self.json_part()?);
        let last = self.files.iter().rposition(|file| !file.content.is_empty());
        for (place, file) in self.files.iter().enumerate() {
            let length = file.content.len() as u64;
            let pieces = upload.pieces(file.content.clone(), Some(place) == last);
            let part = Part::stream_with_length(Body::wrap_stream(pieces), length)
                .file_name(plain_name(&file.name).replace(['"', '\\'], "_"))
                .mime_str(&file.content_type)
                .map_err(|_| unusable_type())?;
            form = form.part("attachment", part);
        }
        Ok(form)
    }

    /// Bytes of all files together.
    pub(crate) fn file_bytes(&self) -> u64 {
        self.files.iter().map(|file| file.content.len() as u64).sum()
    }

    fn json_part(&self) -> Result<Part, Error> {
        Part::text(self.json.clone())
            .file_name("request.json")
            .mime_str("application/json")
            .map_err(|_| unusable_type())
    }
}

/// A file name can hold line breaks on some systems, and would end the part's head with one.
fn plain_name(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).collect()
}

fn unusable_type() -> Error {
    Error::Configuration("the file's MIME type cannot be sent".to_owned())
}
