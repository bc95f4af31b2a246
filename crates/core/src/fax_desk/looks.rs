//! Looks at pages, and remembers what was found, so that a fax of hundreds of pages is looked at once.

use super::documents::Documents;
use super::legibility::{self, Dots, Look};
use crate::store::FaxFileRecord;
use domain::fax::PageChoice;
use domain::ids::FaxFileId;
use std::collections::HashMap;
use std::io::Cursor;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// Whoever waits for the check waits so long at most; the rest is looked at the next time.
const PATIENCE: Duration = Duration::from_secs(6);
/// Beyond this the oldest are forgotten all at once.
const MOST_REMEMBERED: usize = 4_000;

/// What was found so far. Clones share it.
#[derive(Debug, Clone, Default)]
pub(super) struct Looks(Arc<Mutex<HashMap<(FaxFileId, u32), Look>>>);

impl Looks {
    /// What was found on these pages; `None` for those that could not be looked at, or not yet.
    pub(super) async fn of(
        &self,
        documents: &Documents,
        files: &[FaxFileRecord],
        pages: &[PageChoice],
    ) -> Vec<Option<Look>> {
        let until = Instant::now() + PATIENCE;
        let mut found = Vec::with_capacity(pages.len());
        for choice in pages {
            let key = (choice.file, choice.index);
            let known = self.held().get(&key).copied();
            let look = match known {
                Some(look) => Some(look),
                None if Instant::now() >= until => None,
                None => match files.iter().find(|file| file.id == choice.file) {
                    Some(file) => self.look(documents, file, choice.index).await,
                    None => None,
                },
            };
            found.push(look);
        }
        found
    }

    async fn look(&self, documents: &Documents, file: &FaxFileRecord, index: u32) -> Option<Look> {
        file.facts.pages.as_ref()?;
        let png = match documents.draw(file, index, legibility::WIDTH_PX).await {
            Ok(png) => png,
            Err(error) => {
                tracing::info!(%error, "a page could not be looked at");
                return None;
            }
        };
        let looked = tokio::task::spawn_blocking(move || dots(&png).map(|dots| legibility::look(&dots)));
        let look = looked.await.ok().flatten()?;
        let mut held = self.held();
        if held.len() >= MOST_REMEMBERED {
            held.clear();
        }
        held.insert((file.id, index), look);
        Some(look)
    }

    fn held(&self) -> MutexGuard<'_, HashMap<(FaxFileId, u32), Look>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The dots of a picture that was drawn here.
fn dots(png: &[u8]) -> Option<Dots> {
    let read = image::load(Cursor::new(png), image::ImageFormat::Png)
        .ok()?
        .into_rgb8();
    Some(Dots {
        width: usize::try_from(read.width()).ok()?,
        samples: read.into_raw(),
    })
}
