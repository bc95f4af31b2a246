//! The words of a fax as they are fetched page by page, and finding something among them.

use super::search::{self, Hit};
use super::use_stage::Stage;
use super::{turning, words};
use crate::hooks::use_stable;
use crate::ipc;
use domain::fax::{FaxTextState, FaxWord, ViewedPage};
use domain::ipc::fax::ListFaxWords;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, hook, use_effect_with, use_memo, use_state, use_state_eq};

/// The words of the pages that have been fetched.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Book(Rc<BTreeMap<usize, Rc<[FaxWord]>>>);

impl Book {
    /// Of one page, when they are here.
    pub(super) fn get(&self, page: usize) -> Option<Rc<[FaxWord]>> {
        self.0.get(&page).cloned()
    }

    /// How many pages are here.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    fn with(&self, page: usize, words: Rc<[FaxWord]>) -> Self {
        let mut pages = (*self.0).clone();
        pages.insert(page, words);
        Self(Rc::new(pages))
    }

    /// Which page to fetch next: one that is near, and the others when somebody searches. `count` are those with words.
    fn wanted(&self, near: Range<usize>, count: usize, all: bool) -> Option<usize> {
        let is_missing = |page: &usize| !self.0.contains_key(page);
        let begin = near.start.min(count);
        near.filter(|page| *page < count).find(is_missing).or_else(|| {
            // On from here and around, as the search goes.
            (begin..count).chain(0..begin).filter(|_| all).find(is_missing)
        })
    }
}

/// What is sought and found.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Find {
    pub(super) is_open: bool,
    pub(super) sought: String,
    pub(super) hits: Rc<Vec<Hit>>,
    /// The hit that was stepped to, or the first one.
    pub(super) at: Option<usize>,
    pub(super) book: Book,
    /// Pages whose words are known, the first ones.
    pub(super) readable: usize,
    pub(super) open: Callback<bool>,
    pub(super) seek: Callback<String>,
    pub(super) step: Callback<bool>,
}

impl Find {
    /// The hit that was stepped to, when there is one.
    pub(super) fn hit(&self) -> Option<&Hit> {
        self.hits.get(self.at?).filter(|_| self.is_open)
    }
}

/// Finding in a fax. `near` are the pages whose words are wanted in any case, to be marked.
#[hook]
pub(super) fn use_find(
    pages: Rc<[ViewedPage]>,
    text: FaxTextState,
    near: Range<usize>,
    current: usize,
) -> Find {
    let book = use_state_eq(Book::default);
    let is_open = use_state_eq(|| false);
    let sought = use_state_eq(String::new);
    // Where the search began, and what was stepped to since.
    let began = use_state_eq(|| 0_usize);
    let chosen = use_state_eq(|| None::<Hit>);
    let readable = readable(&text, pages.len());
    let is_begun = matches!(text, FaxTextState::Read | FaxTextState::Reading { .. });
    let failed = use_state(|| false);

    // Words that were read anew are fetched anew.
    use_effect_with(is_begun, {
        let (book, failed) = (book.setter(), failed.setter());
        move |_| {
            book.set(Book::default());
            failed.set(false);
        }
    });
    let next = book
        .wanted(near, readable, *is_open && !sought.is_empty())
        .filter(|_| !*failed);
    let take = {
        let (now, set) = ((*book).clone(), book.setter());
        use_stable(move |(page, words): (usize, Rc<[FaxWord]>)| set.set(now.with(page, words)))
    };
    use_effect_with(next.and_then(|next| Some((next, *pages.get(next)?))), {
        let failed = failed.setter();
        move |wanted: &Option<(usize, ViewedPage)>| {
            if let Some((at, page)) = *wanted {
                spawn_local(async move {
                    let request = ListFaxWords {
                        id: page.attachment,
                        index: page.index,
                    };
                    match ipc::call(request).await {
                        Ok(words) => take.emit((at, words.into())),
                        // Nothing to show for it: the pages are as they were, without words to mark.
                        Err(_) => failed.set(true),
                    }
                });
            }
        }
    });
    let hits = use_memo(
        ((*book).clone(), (*sought).clone()),
        |(book, sought)| -> Vec<Hit> {
            book.0
                .iter()
                .flat_map(|(page, words)| search::hits(*page, words, sought))
                .collect()
        },
    );
    // By the hit and not by its number, which changes while more pages are looked at.
    let at = match &*chosen {
        Some(chosen) => hits.iter().position(|hit| hit == chosen),
        None => search::first_from(&hits, *began, book.len() == pages.len()),
    };

    let open = {
        let is_open = is_open.setter();
        use_stable(move |opens| is_open.set(opens))
    };
    let seek = {
        let (sought, began, chosen) = (sought.setter(), began.setter(), chosen.setter());
        use_stable(move |words| {
            began.set(current);
            chosen.set(None);
            sought.set(words);
        })
    };
    let step = {
        let (hits, chosen) = (hits.clone(), chosen.setter());
        use_stable(move |forward| {
            let next = at.map_or(0, |at| search::step(at, hits.len(), forward));
            chosen.set(hits.get(next).cloned());
        })
    };
    Find {
        is_open: *is_open,
        sought: (*sought).clone(),
        hits,
        at,
        book: (*book).clone(),
        readable,
        open,
        seek,
        step,
    }
}

/// How many pages have words by now. They are read in their order.
fn readable(text: &FaxTextState, count: usize) -> usize {
    match text {
        FaxTextState::Read => count,
        FaxTextState::Reading { done, .. } => count.min(*done as usize),
        FaxTextState::NotRead | FaxTextState::Failed { .. } | FaxTextState::NotPossible => 0,
    }
}

/// Brings what was stepped to into view.
#[hook]
pub(super) fn use_reveal(stage: &Stage, find: &Find, pages: Rc<[ViewedPage]>) {
    use_effect_with(find.hit().cloned(), {
        let (book, layout, reveal) = (find.book.clone(), stage.layout.clone(), stage.reveal.clone());
        move |hit: &Option<Hit>| {
            let found = hit.as_ref().and_then(|hit| {
                let (words, page) = (book.get(hit.page)?, pages.get(hit.page)?);
                let scale = layout.page(hit.page, 0.0).width / turning::size(page).width;
                let part = words::area(&words, hit)?;
                let shown = turning::as_shown(part, turning::paper(page), page.quarter_turns);
                Some((hit.page, shown.scaled(scale)))
            });
            if let Some(found) = found {
                reveal.emit(found);
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_near_pages_come_first_and_all_only_when_somebody_searches() {
        let none: Rc<[FaxWord]> = Rc::from([]);
        let book = Book::default();
        assert_eq!(book.wanted(7..9, 40, false), Some(7));
        let book = book.with(7, none.clone()).with(8, none);
        assert_eq!(book.wanted(7..9, 40, false), None);
        assert_eq!(book.wanted(7..9, 40, true), Some(9));
        assert_eq!(book.wanted(38..40, 40, true), Some(38));
        assert_eq!(book.wanted(7..9, 0, true), None);
    }

    #[test]
    fn pages_are_searched_as_soon_as_they_have_been_read() {
        let reading = FaxTextState::Reading { done: 3, of: 40 };
        assert_eq!(readable(&reading, 40), 3);
        assert_eq!(readable(&FaxTextState::Read, 40), 40);
        assert_eq!(readable(&FaxTextState::NotRead, 40), 0);
        let none: Rc<[FaxWord]> = Rc::from([]);
        let book = Book::default();
        assert_eq!(book.wanted(7..9, 3, true), Some(0));
        let book = book.with(0, none.clone()).with(1, none.clone()).with(2, none);
        assert_eq!(book.wanted(7..9, 3, true), None);
        assert_eq!(book.wanted(7..9, 4, true), Some(3));
    }
}
