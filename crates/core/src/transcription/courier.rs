//! Carries recordings to services, if they may leave this computer: the one place from which one can.
//!
//! Nobody else in the transcription has an HTTP client that is used for recordings. What a person allowed is read again
//! right before each sending; a wish that was taken back while a recording waited holds.

mod answer;

pub(super) use answer::{Answer, nonsense};

use super::error::TranscribeError;
use super::staff::CurrentSettings;
use super::{Watch, sound::Parcel};
use domain::transcription::{TranscriberKind, TranscriptionSettings};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use url::{Host, Url};

/// A recording of some minutes takes a service some seconds; this is for slow ones.
const PATIENCE: Duration = Duration::from_secs(180);
const PATIENCE_TO_CONNECT: Duration = Duration::from_secs(15);

/// Carries recordings to services.
#[derive(Debug, Clone)]
pub(super) struct Courier {
    http: reqwest::Client,
    settings: Arc<dyn CurrentSettings>,
    patience: Duration,
}

/// What is carried.
#[derive(Debug)]
pub(super) struct Shipment {
    pub(super) to: Url,
    /// The name of the header that carries the key, what stands before the key in it, and the key.
    pub(super) key: Option<(&'static str, &'static str, SecretString)>,
    pub(super) content: Content,
}

/// In which form.
#[derive(Debug)]
pub(super) enum Content {
    Json(Value),
    Form {
        fields: Vec<(&'static str, String)>,
        file: Parcel,
    },
}

impl Courier {
    /// Connections of their own, which whole accounts share.
    pub(super) fn connections() -> Result<reqwest::Client, reqwest::Error> {
        reqwest::Client::builder()
            .connect_timeout(PATIENCE_TO_CONNECT)
            // A recording goes where a person said, and nowhere else.
            .redirect(reqwest::redirect::Policy::none())
            .build()
    }

    pub(super) fn new(http: reqwest::Client, settings: Arc<dyn CurrentSettings>) -> Self {
        Self {
            http,
            settings,
            patience: PATIENCE,
        }
    }

    #[cfg(test)]
    pub(super) fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Sends a recording, if that is allowed now.
    ///
    /// # Errors
    /// [`TranscribeError::Refused`] when it may not leave, before any connection is made; otherwise as the answer, or the
    /// lack of one, is to be understood.
    pub(super) async fn send(
        &self,
        kind: TranscriberKind,
        shipment: Shipment,
        watch: &Watch,
    ) -> Result<Answer, TranscribeError> {
        let settings = self.settings.current().await.map_err(|error| {
            TranscribeError::later("It cannot be read whether recordings may leave this computer.")
                .because(error)
        })?;
        if let Some(why) = may_not_leave(kind, &settings) {
            return Err(TranscribeError::refused(why, true));
        }
        check_address(&shipment.to).map_err(|why| TranscribeError::refused(why, true))?;
        let request = self.request(shipment).map_err(|error| {
            TranscribeError::refused("The recording could not be wrapped for sending.", false).because(error)
        })?;
        let exchange = async {
            let response = request.send().await.map_err(|error| unreached(kind, error))?;
            Answer::read(kind, response).await
        };
        tokio::select! {
            () = watch.cancelled() => Err(TranscribeError::Cancelled),
            answer = tokio::time::timeout(self.patience, exchange) => answer.unwrap_or_else(|_| {
                Err(TranscribeError::later(format!("{} did not answer in time.", name(kind))))
            }),
        }
    }

    fn request(&self, shipment: Shipment) -> Result<reqwest::RequestBuilder, reqwest::Error> {
        let mut request = self.http.post(shipment.to);
        if let Some((header, prefix, key)) = &shipment.key {
            let text = format!("{prefix}{}", key.expose_secret());
            // What cannot be a header is no key; the service will say that it does not know it.
            if let Ok(mut value) = reqwest::header::HeaderValue::from_str(&text) {
                value.set_sensitive(true);
                request = request.header(*header, value);
            }
        }
        Ok(match shipment.content {
            Content::Json(json) => request.json(&json),
            Content::Form { fields, file } => {
                let mut form = reqwest::multipart::Form::new();
                for (field, value) in fields {
                    form = form.text(field, value);
                }
                let part = reqwest::multipart::Part::stream(file.content)
                    .file_name(file.file_name)
                    .mime_str(file.content_type)?;
                request.multipart(form.part("file", part))
            }
        })
    }
}

/// What a person calls a service.
pub(super) fn name(kind: TranscriberKind) -> &'static str {
    match kind {
        TranscriberKind::RingCentral => "RingCentral",
        TranscriberKind::ThisComputer => "This computer",
        TranscriberKind::Gemini => "Google Gemini",
        TranscriberKind::OpenAi => "The transcription server",
    }
}

/// Why recordings may not go to a service; `None` when they may: a person has allowed it in general, and chose this one.
pub(super) fn may_not_leave(kind: TranscriberKind, settings: &TranscriptionSettings) -> Option<String> {
    if !settings.allows_cloud {
        return Some(
            "Recordings may not leave this computer. That can be allowed in the settings.".to_owned(),
        );
    }
    if !settings.order.contains(&kind) {
        return Some(format!("{} is not chosen in the settings.", name(kind)));
    }
    None
}

/// Recordings and keys are sent encrypted, except to this computer or one beside it.
pub(super) fn check_address(address: &Url) -> Result<(), String> {
    let host = address
        .host()
        .ok_or_else(|| "The address of the server has no host.".to_owned())?;
    if !address.username().is_empty() || address.password().is_some() {
        return Err(
            "The address of the server must not contain a password; the key has its own field.".to_owned(),
        );
    }
    match address.scheme() {
        "https" => Ok(()),
        "http" if is_nearby(&host) => Ok(()),
        "http" => Err(
            "The address of the server must begin with https, as recordings are private. Only a server on this \
             computer or in its own network may do without."
                .to_owned(),
        ),
        _ => Err("The address of the server must begin with https.".to_owned()),
    }
}

fn is_nearby(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost" || name.ends_with(".localhost"),
        Host::Ipv4(ip) => is_private(IpAddr::V4(*ip)),
        Host::Ipv6(ip) => is_private(IpAddr::V6(*ip)),
    }
}

fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => ip.is_loopback() || ip.is_private() || ip.is_link_local(),
        IpAddr::V6(ip) => match ip.to_ipv4_mapped() {
            Some(mapped) => is_private(IpAddr::V4(mapped)),
            None => ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local(),
        },
    }
}

fn unreached(kind: TranscriberKind, error: reqwest::Error) -> TranscribeError {
    let lost = if error.is_connect() {
        TranscribeError::unreached(format!(
            "{} cannot be reached. Check the network and the address; it is tried again by itself.",
            name(kind)
        ))
    } else {
        TranscribeError::later(format!("The connection to {} broke off.", name_within(kind)))
    };
    // Addresses may hold what is private; the rest of the error does not.
    lost.because(error.without_url())
}

/// The same inside a sentence.
fn name_within(kind: TranscriberKind) -> &'static str {
    match kind {
        TranscriberKind::OpenAi => "the transcription server",
        TranscriberKind::ThisComputer => "this computer",
        other => name(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_fine(address: &str) -> bool {
        check_address(&Url::parse(address).unwrap()).is_ok()
    }

    #[test]
    fn recordings_go_out_encrypted_except_to_computers_nearby() {
        for fine in [
            "https://api.example.com",
            "http://localhost:8000",
            "http://127.0.0.1:9000/x",
            "http://[::1]:9000",
            "http://192.168.1.20:8000",
            "http://10.0.0.3",
            "http://[fd00::1]/",
        ] {
            assert!(is_fine(fine), "{fine}");
        }
        for bad in [
            "http://api.example.com",
            "http://8.8.8.8",
            "http://172.32.0.1",
            "ftp://localhost",
            "https://me:secret@api.example.com",
            "http://localhost.example.com",
        ] {
            assert!(!is_fine(bad), "{bad}");
        }
    }

    #[test]
    fn a_recording_leaves_only_when_that_is_allowed_and_its_service_chosen() {
        let mut settings = TranscriptionSettings::default();
        assert!(may_not_leave(TranscriberKind::Gemini, &settings).is_some());
        settings.allows_cloud = true;
        assert!(may_not_leave(TranscriberKind::Gemini, &settings).is_none());
        settings.order = vec![TranscriberKind::OpenAi];
        assert!(may_not_leave(TranscriberKind::Gemini, &settings).is_some());
    }
}
