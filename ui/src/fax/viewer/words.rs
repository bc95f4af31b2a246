//! The words of a page, unseen over its picture: to be marked and copied, and to show what was found.
//!
//! As a drawing with the measures of the paper, so that they grow and turn with it.

use super::layout::{Area, Size};
use super::search::{self, Hit};
use crate::browser;
use domain::fax::FaxWord;
use std::rc::Rc;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event};
use yew::{Html, Properties, classes, component, html};

/// Letters end a little above the lower edge of what tesseract takes for a word.
const BASELINE: f64 = 0.82;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub page: usize,
    /// In points.
    pub paper: Size,
    pub words: Rc<[FaxWord]>,
    pub hits: Vec<(Hit, bool)>,
}

/// The layer.
#[component]
pub(super) fn Words(props: &Props) -> Html {
    let Size { width, height } = props.paper;
    html! {
        <svg class="viewer-words" viewBox={format!("0 0 {width} {height}")} preserveAspectRatio="none">
            { for props.hits.iter().map(|(hit, is_current)| html! {
                { for props.words.get(hit.words.clone()).unwrap_or_default().iter().map(|word| html! {
                    <rect class={classes!("viewer-hit", is_current.then_some("is-current"))} x={word.left.to_string()} y={word.top.to_string()}
                        width={word.width.to_string()} height={word.height.to_string()} />
                }) }
            }) }
            { for props.words.iter().enumerate().map(|(index, word)| html! {
                <text key={index} data-page={props.page.to_string()} data-word={index.to_string()} x={word.left.to_string()}
                    y={(f64::from(word.top) + f64::from(word.height) * BASELINE).to_string()} font-size={word.height.to_string()}
                    textLength={word.width.to_string()} lengthAdjust="spacingAndGlyphs">{ &word.text }</text>
            }) }
        </svg>
    }
}

/// What a hit covers of the paper, in points.
pub(super) fn area(words: &[FaxWord], hit: &Hit) -> Option<Area> {
    let words = words.get(hit.words.clone())?;
    let left = words.iter().map(|word| word.left).min()?;
    let top = words.iter().map(|word| word.top).min()?;
    let right = words.iter().map(|word| word.left + word.width).max()?;
    let bottom = words.iter().map(|word| word.top + word.height).max()?;
    Some(Area {
        left: f64::from(left),
        top: f64::from(top),
        width: f64::from(right - left),
        height: f64::from(bottom - top),
    })
}

/// Copies marked words with spaces and lines between them, which the engine knows nothing of. A part of one word is left to it.
pub(super) fn copy(event: &Event, root: &Element, known: impl Fn(usize) -> Option<Rc<[FaxWord]>>) {
    let marked = browser::marked_within(root, ".viewer-words text");
    if marked.len() < 2 {
        return;
    }
    let number = |element: &Element, name: &str| element.get_attribute(name)?.parse::<usize>().ok();
    let mut text = String::new();
    let mut pages: Vec<(usize, Vec<usize>)> = Vec::new();
    for element in &marked {
        let (Some(page), Some(word)) = (number(element, "data-page"), number(element, "data-word")) else {
            continue;
        };
        match pages.last_mut().filter(|(last, _)| *last == page) {
            Some((_, words)) => words.push(word),
            None => pages.push((page, vec![word])),
        }
    }
    for (page, marked) in pages {
        let Some(words) = known(page) else { continue };
        let marked: Vec<&FaxWord> = marked.into_iter().filter_map(|at| words.get(at)).collect();
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&search::text_of(&marked));
    }
    browser::copy_instead(event, &text);
}

/// Whether the pointer is on a word, so that dragging marks instead of moving the page.
pub(super) fn is_word(event: &Event) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest(".viewer-words text").ok().flatten().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hit_over_two_lines_covers_both() {
        let word = |left, top| FaxWord {
            text: String::new(),
            left,
            top,
            width: 40,
            height: 12,
        };
        let words = [word(100, 10), word(20, 30), word(80, 30)];
        let hit = Hit { page: 0, words: 0..2 };
        let covered = area(&words, &hit).unwrap();
        assert_eq!((covered.left, covered.top), (20.0, 10.0));
        assert_eq!((covered.width, covered.height), (120.0, 32.0));
        assert_eq!(area(&words, &Hit { page: 0, words: 2..9 }), None);
    }
}
