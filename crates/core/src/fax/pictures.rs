//! Pictures that were drawn last, as long as they fit into a bounded room; and what cannot be drawn, so that it is not tried
//! over and over.

use super::FaxError;
use super::frame::Wanted;
use super::readers::Key;
use domain::attachment::FaxPage;
use std::collections::HashMap;
use std::sync::Arc;

/// Some hundred pages of a fax as wide as a window.
const MOST_BYTES: usize = 32 * 1024 * 1024;
const MOST_DOCUMENTS: usize = 64;
/// Of a picture that is none: what it takes to know it.
const OVERHEAD_BYTES: usize = 256;

type Name = (Key, u32, Wanted);
type Picture = Result<Arc<Vec<u8>>, FaxError>;
type Pages = Result<Arc<Vec<FaxPage>>, FaxError>;

/// What is remembered of documents.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    pictures: HashMap<Name, Kept<Picture>>,
    documents: HashMap<Key, Kept<Pages>>,
    used_bytes: usize,
    /// Counts uses, so that what was used longest ago is the first to go.
    now: u64,
}

#[derive(Debug)]
struct Kept<T> {
    value: T,
    used_at: u64,
}

impl Pictures {
    pub(super) fn pages(&mut self, key: Key) -> Option<Pages> {
        self.now += 1;
        let kept = self.documents.get_mut(&key)?;
        kept.used_at = self.now;
        Some(kept.value.clone())
    }

    pub(super) fn remember_pages(&mut self, key: Key, pages: &Pages) {
        if pages.as_ref().is_err_and(|fault| !fault.is_final()) {
            return;
        }
        self.now += 1;
        let kept = Kept {
            value: pages.clone(),
            used_at: self.now,
        };
        self.documents.insert(key, kept);
        if self.documents.len() > MOST_DOCUMENTS
            && let Some(oldest) = oldest(&self.documents)
        {
            self.documents.remove(&oldest);
        }
    }

    pub(super) fn picture(&mut self, key: Key, index: u32, wanted: Wanted) -> Option<Picture> {
        self.now += 1;
        let kept = self.pictures.get_mut(&(key, index, wanted))?;
        kept.used_at = self.now;
        Some(kept.value.clone())
    }

    pub(super) fn remember_picture(
        &mut self,
        key: Key,
        index: u32,
        wanted: Wanted,
        picture: &Result<Vec<u8>, FaxError>,
    ) {
        let value = match picture {
            Ok(picture) => Ok(Arc::new(picture.clone())),
            Err(fault) if fault.is_final() => Err(*fault),
            Err(_) => return,
        };
        self.now += 1;
        let kept = Kept {
            value,
            used_at: self.now,
        };
        self.used_bytes += bytes(&kept.value);
        if let Some(old) = self.pictures.insert((key, index, wanted), kept) {
            self.used_bytes -= bytes(&old.value);
        }
        while self.used_bytes > MOST_BYTES {
            let Some(name) = oldest(&self.pictures) else {
                break;
            };
            if let Some(gone) = self.pictures.remove(&name) {
                self.used_bytes -= bytes(&gone.value);
            }
        }
    }
}

fn bytes(picture: &Picture) -> usize {
    OVERHEAD_BYTES + picture.as_ref().map_or(0, |picture| picture.len())
}

fn oldest<N: Copy, T>(kept: &HashMap<N, Kept<T>>) -> Option<N> {
    kept.iter()
        .min_by_key(|(_, kept)| kept.used_at)
        .map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANTED: Wanted = Wanted::Whole { width: 100 };

    fn key() -> Key {
        super::super::readers::Document::of_bytes(b"one".to_vec()).key
    }

    #[test]
    fn what_was_looked_at_longest_ago_makes_room() {
        let mut pictures = Pictures::default();
        let large = vec![0; MOST_BYTES / 4];
        for index in 0..3 {
            pictures.remember_picture(key(), index, WANTED, &Ok(large.clone()));
        }
        assert!(pictures.picture(key(), 0, WANTED).is_some());
        pictures.remember_picture(key(), 3, WANTED, &Ok(large.clone()));
        assert!(pictures.picture(key(), 1, WANTED).is_none());
        assert!(pictures.picture(key(), 0, WANTED).is_some());
        assert!(pictures.used_bytes <= MOST_BYTES);
    }

    #[test]
    fn what_cannot_be_drawn_is_not_tried_again_and_what_was_only_busy_is() {
        let mut pictures = Pictures::default();
        pictures.remember_picture(key(), 0, WANTED, &Err(FaxError::TooHard));
        pictures.remember_picture(key(), 1, WANTED, &Err(FaxError::Busy));
        assert!(matches!(
            pictures.picture(key(), 0, WANTED),
            Some(Err(FaxError::TooHard))
        ));
        assert!(pictures.picture(key(), 1, WANTED).is_none());
    }
}
