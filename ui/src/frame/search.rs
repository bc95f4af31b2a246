//! Global search: people and companies first, then what was said and sent.

use crate::components::SearchField;
use yew::{Callback, Html, component, html, use_state};

/// The field in the top bar with its results.
#[component]
pub(crate) fn Search() -> Html {
    let query = use_state(String::new);
    let oninput = {
        let query = query.setter();
        Callback::from(move |text| query.set(text))
    };
    html! { <SearchField value={(*query).clone()} placeholder="Search people, numbers, texts, voicemail, faxes" key_hint="/" {oninput} /> }
}
