//! Reading faxes: their documents brought here, shown as they were turned, kept as long as they are needed, saved for others.
//!
//! How a page is drawn [`crate::fax`] knows. What RingCentral has lost is told from what somebody deleted in the store, where
//! its answers are taken in; which documents are fetched before anybody asks, [`crate::sync`] drives. Sending is not here.

mod kept;
mod reading;
mod saving;
mod tesseract;

pub use reading::{Readings, Step};
pub use tesseract::Tesseract;

use crate::attachments::{AttachmentError, Attachments};
use crate::error::CoreError;
use crate::fax::{self, Document, Part};
use crate::mailbox;
use crate::store::{Store, StoreError, StoredFax, StoredReading, WantedDocument};
use domain::attachment::FaxPage;
use domain::fax::{FaxTextState, FaxView, FaxWord, Transfer, ViewedPage};
use domain::ids::{AttachmentId, CommunicationId};
use ringcentral::{Client, Priority};
use std::sync::Arc;

const LOST: &str = "RingCentral has deleted this fax, and its pages were not on this computer by then.";

/// The faxes of one account. Clones share them.
#[derive(Debug, Clone)]
pub struct Faxes {
    store: Store,
    attachments: Attachments,
    tesseract: Tesseract,
}

/// A document that is here, and its pages.
struct Opened {
    attachment: AttachmentId,
    document: Document,
    pages: Arc<Vec<FaxPage>>,
}

impl Faxes {
    /// Those of a store, with their documents among the attachments, and whoever reads what stands on them.
    pub fn new(store: Store, attachments: Attachments, tesseract: Tesseract) -> Self {
        Self {
            store,
            attachments,
            tesseract,
        }
    }

    /// What the viewer shows. Documents that are not here are fetched first, if RingCentral has them.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] when it was deleted meanwhile; [`CoreError::Offline`] and other errors of the server when nothing
    /// of it is here, and [`CoreError::Store`] when the disk fails.
    pub async fn open(&self, client: Option<&Client>, item: CommunicationId) -> Result<FaxView, CoreError> {
        let held = self.store.fax(item).await?;
        let turned = self.store.turned_pages(item).await?;
        let mut pages = Vec::new();
        let mut faults = Vec::new();
        let mut failure = None;
        for document in &held.documents {
            if held.is_gone && !document.is_cached {
                faults.push(LOST.to_owned());
                continue;
            }
            match self.opened(client, document.attachment).await {
                Ok(opened) => pages.extend((0..).zip(opened.pages.iter()).map(|(index, size)| ViewedPage {
                    attachment: opened.attachment,
                    index,
                    size: *size,
                    quarter_turns: turned.get(&(opened.attachment, index)).copied().unwrap_or(0),
                })),
                Err(Failure::Document(error)) => faults.push(error.to_string()),
                Err(Failure::Other(error)) => {
                    faults.push(error.to_string());
                    failure = failure.or(Some(error));
                }
            }
        }
        if let Some(error) = failure.filter(|_| pages.is_empty() && held.documents.len() == faults.len()) {
            return Err(error);
        }
        // Asked only now: what was fetched just now counts as kept.
        Ok(FaxView {
            pages,
            faults,
            ..self.known(item).await?
        })
    }

    /// What is known of it without looking at its documents: no pages.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] when it was deleted meanwhile, and [`CoreError::Store`].
    pub async fn known(&self, item: CommunicationId) -> Result<FaxView, CoreError> {
        let held = self.store.fax(item).await?;
        Ok(FaxView {
            item,
            pages: Vec::new(),
            faults: Vec::new(),
            kept: kept::kept(&held, self.store.clock().now()),
            recipients: self.store.fax_outcomes(item).await?,
            text: self.text_state(item).await?,
        })
    }

    /// How far the documents of a fax are that are being fetched; none when none is.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] when it was deleted meanwhile.
    pub async fn transfer(&self, item: CommunicationId) -> Result<Option<Transfer>, CoreError> {
        let held = self.store.fax(item).await?;
        let mut done_bytes: u64 = 0;
        let mut total_bytes = Some(0_u64);
        let mut is_under_way = false;
        for document in &held.documents {
            let (done, total) = match self.attachments.progress(document.attachment) {
                Some(progress) => {
                    is_under_way = true;
                    (progress.done_bytes, progress.total_bytes.or(document.size_bytes))
                }
                None if document.is_cached => (document.size_bytes.unwrap_or(0), document.size_bytes),
                None => (0, document.size_bytes),
            };
            done_bytes = done_bytes.saturating_add(done);
            total_bytes = total_bytes.zip(total).map(|(sum, one)| sum.saturating_add(one));
        }
        Ok(is_under_way.then_some(Transfer {
            done_bytes,
            total_bytes: total_bytes.map(|total| total.max(done_bytes)),
        }))
    }

    /// The pages of one document, in order.
    ///
    /// # Errors
    /// As [`Self::open`], and [`CoreError::Store`] in plain words when it cannot be shown.
    pub async fn pages(
        &self,
        client: Option<&Client>,
        attachment: AttachmentId,
    ) -> Result<Vec<FaxPage>, CoreError> {
        Ok(self.opened(client, attachment).await?.pages.as_ref().clone())
    }

    /// A page as PNG, as it came.
    ///
    /// # Errors
    /// As [`Self::pages`].
    pub async fn page(
        &self,
        client: Option<&Client>,
        attachment: AttachmentId,
        index: u32,
        width_px: u32,
    ) -> Result<Vec<u8>, CoreError> {
        let document = self.document(client, attachment).await?;
        fax::draw_page(&document, index, width_px).await
    }

    /// A part of a page as PNG, as it came.
    ///
    /// # Errors
    /// As [`Self::pages`].
    pub async fn part(
        &self,
        client: Option<&Client>,
        attachment: AttachmentId,
        index: u32,
        part: Part,
    ) -> Result<Vec<u8>, CoreError> {
        let document = self.document(client, attachment).await?;
        fax::draw_part(&document, index, part).await
    }

    /// Remembers how a page is turned.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] when its document was deleted meanwhile.
    pub async fn turn(
        &self,
        attachment: AttachmentId,
        index: u32,
        quarter_turns: u8,
    ) -> Result<(), CoreError> {
        Ok(self.store.turn_page(attachment, index, quarter_turns).await?)
    }

    /// What stands on a page; nothing while it was not read.
    ///
    /// # Errors
    /// [`CoreError::Store`].
    pub async fn words(&self, attachment: AttachmentId, index: u32) -> Result<Vec<FaxWord>, CoreError> {
        Ok(self.store.page_words(attachment, index).await?)
    }

    /// Documents to fetch before anybody asks, the newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn wanted(&self, limit: u32) -> Result<Vec<WantedDocument>, StoreError> {
        let safe_until = mailbox::safe_until(self.store.clock().now());
        self.store
            .wanted_documents(mailbox::SAFE_PLACES, safe_until, limit)
            .await
    }

    /// Fetches a document.
    ///
    /// # Errors
    /// [`AttachmentError`] when it cannot be had or kept.
    pub async fn bring(
        &self,
        client: &Client,
        attachment: AttachmentId,
        priority: Priority,
    ) -> Result<(), AttachmentError> {
        self.attachments
            .fetched(Some(client), attachment, priority)
            .await?;
        Ok(())
    }

    async fn text_state(&self, item: CommunicationId) -> Result<FaxTextState, CoreError> {
        Ok(match self.store.reading(item).await? {
            Some(StoredReading::Read) => FaxTextState::Read,
            Some(StoredReading::Failed { reason }) => FaxTextState::Failed { reason },
            _ if self.tesseract.program().await.is_none() => FaxTextState::NotPossible,
            Some(StoredReading::Waiting { done, of }) => FaxTextState::Reading { done, of },
            None => FaxTextState::NotRead,
        })
    }

    async fn document(
        &self,
        client: Option<&Client>,
        attachment: AttachmentId,
    ) -> Result<Document, CoreError> {
        let (_, path) = self
            .attachments
            .fetched(client, attachment, Priority::Interactive)
            .await?;
        Document::of_file(path)
            .await
            .map_err(|error| AttachmentError::disk("The file could not be read.", error).into())
    }

    async fn opened(&self, client: Option<&Client>, attachment: AttachmentId) -> Result<Opened, Failure> {
        let document = self.document(client, attachment).await.map_err(Failure::Other)?;
        let pages = fax::pages_of(&document).await.map_err(Failure::Document)?;
        Ok(Opened {
            attachment,
            document,
            pages,
        })
    }

    /// All documents of a fax that can be shown, in order.
    async fn all_opened(&self, client: Option<&Client>, held: &StoredFax) -> Result<Vec<Opened>, CoreError> {
        let mut opened = Vec::with_capacity(held.documents.len());
        for document in &held.documents {
            if held.is_gone && !document.is_cached {
                return Err(CoreError::Invalid(LOST.to_owned()));
            }
            opened.push(self.opened(client, document.attachment).await?);
        }
        if opened.is_empty() {
            return Err(CoreError::NotFound {
                what: "The document of this fax",
            });
        }
        Ok(opened)
    }
}

/// Why a document cannot be shown.
enum Failure {
    /// The document itself is at fault.
    Document(CoreError),
    /// It cannot be had.
    Other(CoreError),
}

impl From<Failure> for CoreError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Document(error) | Failure::Other(error) => error,
        }
    }
}
