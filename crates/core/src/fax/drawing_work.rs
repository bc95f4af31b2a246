//! What a reader does, wherever it runs: it opens one document after the other and draws pages of the one that is open, or makes
//! a PDF of pages of several.
//!
//! It gets bytes and gives bytes. It knows no files, no network and no store.

use super::FaxError;
use super::document::{Artist, Document};
use super::frame::Wanted;
use super::making::{self, Recipe};
use domain::attachment::FaxPage;
use serde::{Deserialize, Serialize};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// What a reader keeps of a document while it draws is let go so often: the pages of long documents add up.
const DRAWN_UNTIL_REOPENED: u32 = 160;

/// What is asked of a reader. What belongs to it comes beside it as bytes.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) enum Ask {
    /// Opens the document whose bytes come with it.
    Open,
    Draw {
        index: u32,
        wanted: Wanted,
    },
    /// Makes a PDF of the parts whose bytes come with it. No document is open afterwards.
    Make(Recipe),
}

/// What a reader answers.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) enum Answer {
    Pages(Vec<FaxPage>),
    /// The picture comes with it as bytes.
    Picture,
    /// The PDF that was to be made comes with it as bytes.
    Made,
    Fault(FaxError),
}

/// Where a reader hears and answers. `None` and `false`: nobody asks any more.
pub(super) trait Desk {
    fn next(&mut self) -> Option<(Ask, Vec<u8>)>;
    fn answer(&mut self, answer: Answer, content: Vec<u8>) -> bool;
}

/// Answers until nobody asks any more.
pub(super) fn work(desk: &mut impl Desk) {
    let mut next = desk.next();
    while let Some((ask, content)) = next {
        let is_heard = match ask {
            Ask::Open => {
                let content = Arc::new(content);
                match unharmed(|| Document::open(Arc::clone(&content))) {
                    Ok(document) => {
                        if !desk.answer(Answer::Pages(document.pages().to_vec()), Vec::new()) {
                            return;
                        }
                        next = show(document, &content, desk);
                        continue;
                    }
                    Err(fault) => desk.answer(Answer::Fault(fault), Vec::new()),
                }
            }
            Ask::Make(recipe) => match unharmed(|| making::make(&recipe, &content)) {
                Ok(made) => desk.answer(Answer::Made, made),
                Err(fault) => desk.answer(Answer::Fault(fault), Vec::new()),
            },
            Ask::Draw { .. } => desk.answer(Answer::Fault(FaxError::NoSuchPage), Vec::new()),
        };
        next = if is_heard { desk.next() } else { None };
    }
}

/// Draws pages of one document until something else is asked.
fn show(mut document: Document, content: &Arc<Vec<u8>>, desk: &mut impl Desk) -> Option<(Ask, Vec<u8>)> {
    loop {
        let mut artist = document.artist();
        for _ in 0..DRAWN_UNTIL_REOPENED {
            let (ask, further) = desk.next()?;
            let Ask::Draw { index, wanted } = ask else {
                return Some((ask, further));
            };
            let is_heard = match unharmed(|| draw(&mut artist, index, wanted)) {
                Ok(picture) => desk.answer(Answer::Picture, picture),
                Err(fault) => {
                    // What was being learned when it failed is not to be relied on.
                    artist = document.artist();
                    desk.answer(Answer::Fault(fault), Vec::new())
                }
            };
            if !is_heard {
                return None;
            }
        }
        drop(artist);
        document = unharmed(|| Document::open(Arc::clone(content))).ok()?;
    }
}

fn draw(artist: &mut Artist<'_>, index: u32, wanted: Wanted) -> Result<Vec<u8>, FaxError> {
    artist.draw(index, wanted)
}

/// A reader that panics on a crooked file is a damaged file, no more.
pub(super) fn unharmed<T>(work: impl FnOnce() -> Result<T, FaxError>) -> Result<T, FaxError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(FaxError::Damaged))
}
