//! A text with the words by which it was found.

use super::super::highlight::runs;
use yew::{Html, html};

/// The text, its hits marked.
pub(super) fn marked(text: &str, sought: &[String]) -> Html {
    runs(text, sought)
        .into_iter()
        .map(|run| {
            let text = run.text.to_owned();
            if run.is_hit {
                html! { <mark>{ text }</mark> }
            } else {
                html! { { text } }
            }
        })
        .collect()
}
