//! Sending faxes, and sending again what the service has already.
//!
//! A request here is sent once: there is no key by which the server could tell a repetition from a second fax. What a
//! failure leaves open says [`Error::outcome`]. Documents go as they are: nothing is converted, counted or named here.

use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize, Serializer};

use super::{
    OWN, area,
    message::{FaxResolution, Message},
    operations::{CREATE_FAX_MESSAGE, LIST_FAX_COVER_PAGES},
    outgoing_file::OutgoingFile,
};
use crate::{
    client::{Multipart, Query, Request},
    error::Error,
    id::MessageId,
    page::{Page, plain_records},
    rate_limit::Priority,
    wire_time,
};

area! {
    /// Sending faxes. From [`crate::Client::fax`].
    Fax
}

/// Longest note on a cover page (API reference, `coverPageText`).
pub const MAX_COVER_TEXT_CHARS: usize = 1024;

/// Most bytes of all files of a fax together (API reference, `createFaxMessage`).
pub const MAX_FAX_BYTES: usize = 50 * 1024 * 1024;

/// Characters that a file's name must not have (developers.ringcentral.com/guide/messaging/fax/sending-faxes).
pub const FORBIDDEN_IN_FILE_NAMES: [char; 7] = ['&', '@', '#', '$', '%', '^', '*'];

/// Somebody a fax goes to. `Debug` shows neither number nor name.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct FaxRecipient {
    /// In E.164.
    #[serde(rename = "phoneNumber")]
    pub number: String,
    /// Printed on the cover page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A fax to send. `Debug` shows neither numbers nor words.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OutgoingFax {
    /// Whom it goes to.
    pub to: Vec<FaxRecipient>,
    /// How fine.
    #[serde(rename = "faxResolution")]
    pub resolution: FaxResolution,
    /// The cover page; 0 sends none. Said always: without it the server takes the person's default one.
    pub cover_index: u32,
    /// The note on the cover page.
    #[serde(rename = "coverPageText", skip_serializing_if = "Option::is_none")]
    pub cover_text: Option<String>,
    /// When the service shall send it; at once without it.
    #[serde(
        rename = "sendTime",
        serialize_with = "instant",
        skip_serializing_if = "Option::is_none"
    )]
    pub send_at: Option<Timestamp>,
    /// The documents in the order of their pages.
    #[serde(skip)]
    pub files: Vec<OutgoingFile>,
}

/// A fax that the service has already and shall send again, or to others. `Debug` shows no numbers.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct FaxAgain {
    /// The message it has.
    #[serde(rename = "originalMessageId")]
    pub original: MessageId,
    /// Whom it goes to; nobody named means the same as before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<FaxRecipient>,
    /// When the service shall send it; at once without it.
    #[serde(
        rename = "sendTime",
        serialize_with = "instant",
        skip_serializing_if = "Option::is_none"
    )]
    pub send_at: Option<Timestamp>,
}

/// A cover page of the service's.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CoverPage {
    /// Its number as text; `0` stands for none.
    pub id: String,
    /// What it is called.
    pub name: Option<String>,
}
plain_records!(CoverPage);

/// Watches a fax while it is handed over.
#[async_trait]
pub trait UploadWatcher: Send + Sync + std::fmt::Debug {
    /// So many bytes of the documents were handed over, of so many.
    fn handed_over(&self, bytes: u64, of: u64);

    /// Everything but the last piece was handed over, and the last one follows when this returns. Until then the request
    /// cannot be carried out, afterwards it may be; with an error it ends here. Called anew when the server wanted another
    /// token.
    async fn before_the_end(&self) -> std::io::Result<()>;

    /// The last piece goes now.
    fn at_the_end(&self);
}

impl Fax<'_> {
    /// Sends a fax (`createFaxMessage`, group Heavy; scope `Faxes`, user permission `OutboundFaxes`). Never repeated. Giving
    /// the future up stops the upload; only if [`UploadWatcher::at_the_end`] was called it may still be carried out.
    ///
    /// The answer is the message as the message store holds it, `Queued` and without pages.
    ///
    /// # Errors
    /// [`Error::Configuration`] for a MIME type that cannot be written; otherwise any of [`Error`]. Whether the fax may go out
    /// all the same says [`Error::outcome`].
    pub async fn send(
        &self,
        fax: &OutgoingFax,
        watcher: Arc<dyn UploadWatcher>,
        priority: Priority,
    ) -> Result<Message, Error> {
        Request::new(&CREATE_FAX_MESSAGE, &[OWN, OWN], priority)
            .watched(Multipart::new(fax, &fax.files)?, watcher)
            .once()
            .read(self.client)
            .await
    }

    /// Has the service send a fax again, or to others, without its documents being uploaded (`createFaxMessage`, group
    /// Heavy). Never repeated. It becomes a message of its own.
    ///
    /// # Errors
    /// As [`Fax::send`].
    pub async fn send_again(&self, fax: &FaxAgain, priority: Priority) -> Result<Message, Error> {
        Request::new(&CREATE_FAX_MESSAGE, &[OWN, OWN], priority)
            .json(fax)?
            .once()
            .read(self.client)
            .await
    }

    /// Reads the cover pages that can be chosen (`listFaxCoverPages`).
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn cover_pages(&self, priority: Priority) -> Result<Page<CoverPage>, Error> {
        self.client
            .all_pages(|page| {
                let query = Query::default().set("page", Some(page)).set("perPage", Some(100));
                Request::new(&LIST_FAX_COVER_PAGES, &[], priority).query(query)
            })
            .await
    }
}

impl std::fmt::Debug for FaxRecipient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FaxRecipient")
    }
}

impl std::fmt::Debug for OutgoingFax {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "OutgoingFax({} recipients, {:?})", self.to.len(), self.files)
    }
}

impl std::fmt::Debug for FaxAgain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FaxAgain({} recipients)", self.to.len())
    }
}

fn instant<S: Serializer>(at: &Option<Timestamp>, output: S) -> Result<S::Ok, S::Error> {
    at.map(wire_time::to_query).serialize(output)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fax() -> OutgoingFax {
        OutgoingFax {
            to: vec![FaxRecipient {
                number: "+14155550132".into(),
                name: Some("Bay Rebar".into()),
            }],
            resolution: FaxResolution::High,
            cover_index: 0,
            cover_text: None,
            send_at: None,
            files: Vec::new(),
        }
    }

    #[test]
    fn a_fax_without_cover_page_says_so() {
        assert_eq!(
            serde_json::to_value(fax()).unwrap(),
            json!({
                "to": [{"phoneNumber": "+14155550132", "name": "Bay Rebar"}],
                "faxResolution": "High",
                "coverIndex": 0,
            })
        );
    }

    #[test]
    fn a_fax_for_later_names_the_instant() {
        let fax = OutgoingFax {
            cover_index: 7,
            cover_text: Some("As agreed".into()),
            send_at: Some("2026-03-02T20:00:00Z".parse().unwrap()),
            ..fax()
        };
        let written = serde_json::to_value(&fax).unwrap();
        assert_eq!(written["coverPageText"], "As agreed");
        assert!(
            written["sendTime"]
                .as_str()
                .unwrap()
                .starts_with("2026-03-02T20:00:00")
        );
        assert!(!format!("{fax:?}").contains("555"));
    }
}
