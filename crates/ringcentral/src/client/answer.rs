//! One answer of the server, read to its end.
//!
//! It turns into JSON or into an error; it does not decide what happens next.

use std::time::Duration;

use serde::de::DeserializeOwned;

use crate::{
    api::operations::Operation,
    error::{ApiError, Error},
};

pub(crate) struct Answer {
    pub(crate) operation: &'static Operation,
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) request_id: Option<String>,
    /// The `Date` header: the time as the server tells it.
    pub(crate) date: Option<String>,
}

impl Answer {
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    pub(crate) fn text(&self) -> Result<&str, Error> {
        std::str::from_utf8(&self.body).map_err(|_| Error::Decode {
            operation: self.operation.id,
            field: ".".to_owned(),
            reason: "the answer is not UTF-8".to_owned(),
        })
    }

    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        let mut input = serde_json::Deserializer::from_slice(&self.body);
        serde_path_to_error::deserialize(&mut input).map_err(|error| Error::decode(self.operation.id, error))
    }

    pub(crate) fn into_error(self) -> Error {
        let mut api = ApiError::parse(self.operation.id, self.status, &self.body);
        api.retry_after = self.retry_after;
        api.request_id = self.request_id;
        if self.status == 403
            && ["CMN-401", "CMN-408", "CMN-419", "CMN-402"]
                .iter()
                .any(|code| api.has_code(code))
        {
            return Error::Forbidden {
                permission: api.permission.clone(),
                api: Box::new(api),
            };
        }
        Error::Api(Box::new(api))
    }
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Bodies hold tokens, numbers and messages.
        write!(
            f,
            "Answer({} {}, {} bytes)",
            self.operation.id,
            self.status,
            self.body.len()
        )
    }
}
