//! What was found when the fax was checked: what stands in the way, and what may arrive hard to read.

use crate::components::{Glyph, Icon};
use crate::format::counted;
use domain::fax::{FaxCheck, FaxHint};
use std::rc::Rc;
use yew::{Html, Properties, classes, component, html};

/// More hints of one kind say nothing new.
const MOST_HINTS: usize = 3;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub check: Option<Rc<FaxCheck>>,
    /// It could not be checked.
    pub error: Option<String>,
}

/// The lines; none when all is well.
#[component]
pub(super) fn Findings(props: &Props) -> Html {
    let check = props.check.as_deref();
    let problems = check.map(|check| check.problems.as_slice()).unwrap_or_default();
    let problems = problems.iter().map(String::as_str).chain(props.error.as_deref());
    let (hints, more) = check.map(|check| hint_words(&check.hints)).unwrap_or_default();
    let lines: Vec<Html> = problems
        .map(|words| line(words, true))
        .chain(hints.iter().map(|words| line(words, false)))
        .collect();
    if lines.is_empty() {
        return Html::default();
    }
    html! {
        <ul class="fax-findings" role="status">
            { for lines }
            if more > 0 { <li class="hint">{ format!("{} more, marked at the pages", counted(more as u64, "hint", "hints")) }</li> }
        </ul>
    }
}

fn line(words: &str, is_problem: bool) -> Html {
    let class = classes!(if is_problem { "is-bad" } else { "is-warning" });
    html! { <li {class}><Glyph icon={if is_problem { Icon::Warning } else { Icon::Help }} small={true} /><span>{ words.to_owned() }</span></li> }
}

/// Each sentence once, with the pages it is about: `Pages 2 and 5: Very dark.`; and how many are left out.
fn hint_words(hints: &[FaxHint]) -> (Vec<String>, usize) {
    let mut kinds: Vec<(&str, Vec<u32>)> = Vec::new();
    for hint in hints {
        let at = kinds.iter().position(|(words, _)| *words == hint.words);
        let at = at.unwrap_or_else(|| {
            kinds.push((&hint.words, Vec::new()));
            kinds.len() - 1
        });
        if let Some((_, pages)) = kinds.get_mut(at) {
            pages.extend(hint.page.map(|page| page + 1));
        }
    }
    let more = kinds.len().saturating_sub(MOST_HINTS);
    let words = kinds
        .iter()
        .take(MOST_HINTS)
        .map(|(words, pages)| match pages.as_slice() {
            [] => (*words).to_owned(),
            [one] => format!("Page {one}: {words}"),
            [first, second] => format!("Pages {first} and {second}: {words}"),
            [first, rest @ ..] => format!("Page {first} and {} more: {words}", rest.len()),
        });
    (words.collect(), more)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_hint_about_several_pages_is_one_line() {
        let hint = |page, words: &str| FaxHint {
            page,
            words: words.to_owned(),
        };
        let hints = [
            hint(Some(1), "Very dark."),
            hint(None, "Photographs lose their greys."),
            hint(Some(4), "Very dark."),
        ];
        let (words, more) = hint_words(&hints);
        assert_eq!(
            words,
            ["Pages 2 and 5: Very dark.", "Photographs lose their greys."]
        );
        assert_eq!(more, 0);
    }

    #[test]
    fn what_is_too_much_to_read_is_counted() {
        let hints: Vec<_> = (0..5)
            .map(|page| FaxHint {
                page: Some(page),
                words: format!("Hint {page}."),
            })
            .collect();
        let (words, more) = hint_words(&hints);
        assert_eq!((words.len(), more), (MOST_HINTS, 2));
    }
}
