//! Sending texts, with pictures and without.
//!
//! A request here is sent once: there is no key by which the server could tell a repetition from a second text. What a
//! failure leaves open says [`Error::outcome`]. It does not pace, does not check who may be texted and does not split
//! recipients: several in one request are one group conversation.

use serde::{Serialize, Serializer};
use serde_json::json;

use super::{
    OWN, area,
    message::Message,
    operations::{CREATE_MMS, CREATE_SMS_MESSAGE},
    outgoing_file::OutgoingFile,
};
use crate::{
    client::{Multipart, Request},
    error::Error,
    rate_limit::Priority,
};

area! {
    /// Sending texts. From [`crate::Client::sms`].
    Sms
}

/// Longest text, in UTF-16 units: "max length is 1000 symbols (2-byte UTF-16 encoded)" (API reference,
/// `CreateSMSMessage`).
pub const MAX_TEXT_UTF16_UNITS: usize = 1000;

/// Most recipients of one request, which makes them a group (`MSG-381`).
pub const MAX_GROUP_RECIPIENTS: usize = 10;

/// Most files of one message (API reference, `createSMSMessage`).
pub const MAX_ATTACHMENTS: usize = 10;

/// Most bytes of all files of one message together (API reference, `createSMSMessage`).
pub const MAX_ATTACHMENT_BYTES: usize = 1_500_000;

/// The MIME types of files that can be sent (developers.ringcentral.com/guide/messaging/sms/sending-images).
pub const ATTACHMENT_CONTENT_TYPES: [&str; 15] = [
    "image/jpeg",
    "image/png",
    "image/bmp",
    "image/gif",
    "image/tiff",
    "image/svg+xml",
    "video/3gpp",
    "video/mp4",
    "video/mpeg",
    "video/msvideo",
    "audio/mpeg",
    "text/vcard",
    "application/zip",
    "application/gzip",
    "application/rtf",
];

/// A text to send. `Debug` shows neither numbers nor words.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct OutgoingText {
    /// The number to send from, in E.164. It must belong to the extension that signed in (`MSG-304`) and have the
    /// feature `SmsSender`, or `MmsSender` with files.
    #[serde(serialize_with = "number")]
    pub from: String,
    /// The numbers to send to, in E.164. More than one make a group.
    #[serde(serialize_with = "numbers")]
    pub to: Vec<String>,
    /// The words. May be empty with files.
    pub text: String,
    /// The country of the numbers, where they leave that open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<SmsCountry>,
}

/// A country. "Either `id` or `isoCode` can be specified" (API reference, `SmsRequestCountryInfo`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum SmsCountry {
    /// Two letters, ISO 3166-1.
    #[serde(rename = "isoCode")]
    IsoCode(String),
    /// The vendor's own id.
    #[serde(rename = "id")]
    Id(String),
}

impl std::fmt::Debug for OutgoingText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "OutgoingText({} recipients, {} bytes)",
            self.to.len(),
            self.text.len()
        )
    }
}

fn number<S: Serializer>(number: &str, output: S) -> Result<S::Ok, S::Error> {
    json!({ "phoneNumber": number }).serialize(output)
}

fn numbers<S: Serializer>(numbers: &[String], output: S) -> Result<S::Ok, S::Error> {
    output.collect_seq(numbers.iter().map(|number| json!({ "phoneNumber": number })))
}

impl Sms<'_> {
    /// Sends a text (`createSMSMessage`, group Medium; scope `SMS`, user permission `OutboundSMS`). Never repeated.
    ///
    /// The answer is the message as the message store holds it, mostly still `Queued`.
    ///
    /// # Errors
    /// Any of [`Error`]; whether the text may have gone out all the same says [`Error::outcome`].
    pub async fn send(&self, text: &OutgoingText, priority: Priority) -> Result<Message, Error> {
        Request::new(&CREATE_SMS_MESSAGE, &[OWN, OWN], priority)
            .json(text)?
            .once()
            .read(self.client)
            .await
    }

    /// Sends a text with files (`createMMS`, group Medium; scope `SMS`, user permission `OutboundSMS`). Never repeated.
    ///
    /// # Errors
    /// [`Error::Configuration`] for a MIME type that cannot be written; otherwise as [`Sms::send`].
    pub async fn send_with_files(
        &self,
        text: &OutgoingText,
        files: &[OutgoingFile],
        priority: Priority,
    ) -> Result<Message, Error> {
        Request::new(&CREATE_MMS, &[OWN, OWN], priority)
            .multipart(Multipart::new(text, files)?)
            .once()
            .read(self.client)
            .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text() -> OutgoingText {
        OutgoingText {
            from: "+15105550101".into(),
            to: vec!["+14155550132".into(), "+14155550133".into()],
            text: "Your order is ready.".into(),
            country: Some(SmsCountry::IsoCode("US".into())),
        }
    }

    #[test]
    fn a_text_is_written_in_the_vendors_shape() {
        assert_eq!(
            serde_json::to_value(text()).unwrap(),
            json!({
                "from": {"phoneNumber": "+15105550101"},
                "to": [{"phoneNumber": "+14155550132"}, {"phoneNumber": "+14155550133"}],
                "text": "Your order is ready.",
                "country": {"isoCode": "US"},
            })
        );
        let plain = OutgoingText {
            country: None,
            ..text()
        };
        assert!(serde_json::to_value(plain).unwrap().get("country").is_none());
    }

    #[test]
    fn neither_numbers_nor_words_are_shown() {
        let shown = format!("{:?}", text());
        assert!(!shown.contains("555") && !shown.contains("order"), "{shown}");
    }
}
