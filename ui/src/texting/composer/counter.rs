//! How long the text is, what makes it short, and the plain characters that help.

use super::counting;
use yew::{Callback, Html, Properties, classes, component, html, use_memo};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub text: String,
    pub has_pictures: bool,
    /// The text with plain characters.
    pub onreplace: Callback<String>,
}

/// The line. It has its place also while there is nothing to say.
#[component]
pub(super) fn Counter(props: &Props) -> Html {
    let count = use_memo(
        (props.text.clone(), props.has_pictures),
        |(text, has_pictures)| counting::count(text, *has_pictures),
    );
    let Some(count) = &*count else {
        return html! { <span class="counter" /> };
    };
    let replace = |plain: &String| {
        let (onreplace, plain) = (props.onreplace.clone(), plain.clone());
        Callback::from(move |_| onreplace.emit(plain.clone()))
    };
    html! {
        <span class={classes!("counter", count.is_over.then_some("is-bad"))}>
            <span class="counter-figures" aria-hidden="true">{ &count.figures }</span>
            <span class="only-spoken">{ &count.spoken }</span>
            if let Some(shortens) = &count.shortens {
                <span class="counter-words" title={shortens.meaning.clone()} role="status">{ &shortens.words }</span>
                if let Some((label, plain)) = &shortens.offer {
                    <button type="button" class="counter-offer" title={shortens.meaning.clone()} onclick={replace(plain)}>{ label }</button>
                }
            }
        </span>
    }
}
