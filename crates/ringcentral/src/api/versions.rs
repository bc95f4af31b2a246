//! The version of the server, which it tells anybody: the way to find out whether it can be reached at all.

use serde::Deserialize;

use super::operations::{Operation, Verb};
use crate::{
    client::{Answer, Transport},
    config::Config,
    error::Error,
    rate_limit::Group,
};

/// Needs no token and is not throttled (`x-throttling-group: NoThrottling`), so no budget is asked for its group.
static READ_API_VERSION: Operation = Operation {
    id: "readAPIVersion",
    method: Verb::Get,
    path: "/restapi/{apiVersion}",
    group: Group::Light,
    is_read: true,
};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ApiVersion {
    version_string: String,
}

/// Asks a server for the version of its API, such as `1.0.60` (`readAPIVersion`). Nobody needs to be signed in.
///
/// # Errors
/// Any of [`Error`] except those about a sign-in.
pub async fn server_version(config: Config) -> Result<String, Error> {
    config.check()?;
    let transport = Transport::new(config)?;
    let answer = ask(&transport).await?;
    if !answer.is_success() {
        return Err(answer.into_error());
    }
    answer.json::<ApiVersion>().map(|version| version.version_string)
}

/// The request itself, for whoever wants to hear from the server at all.
pub(crate) async fn ask(transport: &Transport) -> Result<Answer, Error> {
    let url = transport.url(&READ_API_VERSION.path_with(&["v1.0"]))?;
    let request = transport.request(&READ_API_VERSION, url);
    transport.send(&READ_API_VERSION, request).await
}
