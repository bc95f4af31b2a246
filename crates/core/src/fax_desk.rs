//! Faxes from the first dropped file to the row in the outbox: drafts, their documents, the cover sheet, what is checked before,
//! and what became of them.
//!
//! Carrying them out is the outbox's, drawing pages is [`crate::fax`]'s. Nothing is sent from here, and a document whose pages
//! all go as they are is never touched: it leaves byte for byte as it was dropped.

pub mod error_words;
pub mod file_names;

mod bundle;
mod check;
mod cover;
mod documents;
mod drafts;
mod kinds;
mod legibility;
mod looks;
mod outgoing;
mod pdf;
mod recipients;
mod sending;
#[cfg(test)]
mod tests;

use crate::attachments::Attachments;
use crate::error::CoreError;
use crate::outbox::Uploads;
use crate::store::Store;
use documents::Documents;
use domain::fax::CoverSheetChoice;
use domain::session::SignedIn;
use looks::Looks;
use ringcentral::{Client, Priority};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

pub use drafts::Beginning;

/// The user permission of whoever may send faxes (API reference, `createFaxMessage`).
const PERMISSION: &str = "OutboundFaxes";

/// Sending faxes in one account. Clones share it.
#[derive(Debug, Clone)]
pub struct FaxDesk {
    store: Store,
    attachments: Attachments,
    documents: Documents,
    uploads: Uploads,
    looks: Looks,
    /// Who sends, for the cover sheet.
    sender: Arc<SignedIn>,
    options: Arc<Mutex<Known>>,
}

/// What RingCentral was asked about once.
#[derive(Debug, Default)]
struct Known {
    cover_sheets: Option<Vec<CoverSheetChoice>>,
    is_allowed: Option<bool>,
}

impl FaxDesk {
    /// Keeps documents that wait to be sent in `folder`, which need not exist yet.
    pub fn new(
        store: Store,
        attachments: Attachments,
        folder: PathBuf,
        sender: SignedIn,
        uploads: Uploads,
    ) -> Self {
        Self {
            documents: Documents::new(store.clone(), folder),
            store,
            attachments,
            uploads,
            looks: Looks::default(),
            sender: Arc::new(sender),
            options: Arc::default(),
        }
    }

    /// Deletes documents that nothing will send any more.
    ///
    /// # Errors
    /// [`CoreError::Store`].
    pub async fn sweep(&self) -> Result<(), CoreError> {
        self.documents.sweep().await
    }

    /// RingCentral's cover sheets; none while they are not known.
    async fn cover_sheets(&self, client: Option<&Client>) -> Vec<CoverSheetChoice> {
        if let Some(known) = self.known(|known| known.cover_sheets.clone()) {
            return known;
        }
        let Some(client) = client else {
            return Vec::new();
        };
        match client.fax().cover_pages(Priority::Interactive).await {
            Ok(page) => {
                let sheets: Vec<CoverSheetChoice> = page
                    .records
                    .into_iter()
                    .filter_map(|one| {
                        let index = one.id.parse().ok().filter(|index| *index > 0)?;
                        let name = one.name.filter(|name| !name.is_empty());
                        Some(CoverSheetChoice {
                            index,
                            name: name.unwrap_or_else(|| format!("Cover sheet {index}")),
                        })
                    })
                    .collect();
                self.known(|known| known.cover_sheets = Some(sheets.clone()));
                sheets
            }
            Err(error) => {
                tracing::info!(%error, "the cover sheets are not known");
                Vec::new()
            }
        }
    }

    /// Why this person cannot send faxes. Whoever cannot be asked about is let through: RingCentral decides in the end.
    async fn blocked(&self, client: Option<&Client>) -> Option<String> {
        let known = self.known(|known| known.is_allowed);
        let is_allowed = match (known, client) {
            (Some(is_allowed), _) => is_allowed,
            (None, None) => return None,
            (None, Some(client)) => {
                let own = ringcentral::api::ExtensionRef::Own;
                let asked = client
                    .authz_profile()
                    .has_permission(&own, PERMISSION, Priority::Interactive)
                    .await;
                match asked {
                    Ok(is_allowed) => {
                        self.known(|known| known.is_allowed = Some(is_allowed));
                        is_allowed
                    }
                    Err(error) => {
                        tracing::info!(%error, "whether faxes may be sent is not known");
                        return None;
                    }
                }
            }
        };
        (!is_allowed).then(|| {
            "Your RingCentral account may not send faxes. An administrator can give you the permission."
                .to_owned()
        })
    }

    fn known<T>(&self, act: impl FnOnce(&mut Known) -> T) -> T {
        act(&mut self.options.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
