//! TLS for the WebSocket: the machine's own trusted certificates, as for HTTP.
//!
//! It names its crypto provider instead of leaving the choice to chance, because rustls refuses to choose when two are
//! linked.

use std::sync::Arc;

use rustls::{ClientConfig, crypto::aws_lc_rs};
use rustls_platform_verifier::BuilderVerifierExt;

use crate::error::Error;

/// A client configuration that trusts what the machine trusts.
///
/// # Errors
/// [`Error::Configuration`] when the machine's certificates cannot be read.
pub(crate) fn client_config() -> Result<Arc<ClientConfig>, Error> {
    let unusable = |error: rustls::Error| {
        Error::Configuration(format!(
            "secure connections cannot be set up on this machine: {error}"
        ))
    };
    let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_platform_verifier())
        .map_err(unusable)?
        .with_no_client_auth();
    Ok(Arc::new(config))
}
