//! The bar to find words with; where they are not known, it says why and what to do.

use super::use_find::Find;
use super::words_note::WordsNote;
use crate::components::{Button, ButtonKind, Icon, SearchField};
use crate::hooks::use_first_focus;
use domain::fax::FaxTextState;
use domain::ids::CommunicationId;
use yew::{Callback, Html, KeyboardEvent, Properties, component, html, use_node_ref};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub item: CommunicationId,
    pub find: Find,
    pub text: FaxTextState,
    pub page_count: usize,
    /// The bar goes away and the focus back to the pages.
    pub onleave: Callback<()>,
    pub reload: Callback<()>,
}

/// The bar.
#[component]
pub(super) fn FindBar(props: &Props) -> Html {
    let field = use_node_ref();
    let find = &props.find;
    let is_read = props.text == FaxTextState::Read;
    // What has been read can be searched while the rest is on its way.
    let has_words = find.readable > 0;
    use_first_focus(&field, has_words);
    let onkeydown = {
        let (step, leave) = (find.step.clone(), props.onleave.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" => {
                event.prevent_default();
                step.emit(!event.shift_key());
            }
            "Escape" => {
                event.prevent_default();
                event.stop_propagation();
                leave.emit(());
            }
            _ => {}
        })
    };
    let step = |forward: bool| find.step.reform(move |()| forward);
    let has_none = find.hits.is_empty();
    html! {
        <div class="viewer-find" role="search" aria-label="Find in this fax">
            if has_words {
                <SearchField node={field} value={find.sought.clone()} placeholder="Find in this fax" oninput={find.seek.clone()} {onkeydown} />
                <span class="viewer-found number" role="status">{ found(find, props.page_count) }</span>
                <Button label="Previous (Shift+Enter)" icon={Icon::Up} kind={ButtonKind::Quiet} small={true} icon_only={true} disabled={has_none} onpress={step(false)} />
                <Button label="Next (Enter)" icon={Icon::Down} kind={ButtonKind::Quiet} small={true} icon_only={true} disabled={has_none} onpress={step(true)} />
            }
            if !is_read {
                <WordsNote item={props.item} text={props.text.clone()} reload={props.reload.clone()} />
            }
            <Button label="Close the search" icon={Icon::Close} kind={ButtonKind::Quiet} small={true} icon_only={true} onpress={props.onleave.clone()} />
        </div>
    }
}

fn found(find: &Find, page_count: usize) -> String {
    if find.sought.trim().is_empty() {
        return String::new();
    }
    let looked = find.book.len();
    match find.hits.len() {
        0 if looked < find.readable => format!("Looking, page {} of {}", looked + 1, find.readable),
        0 if looked < page_count => "Not found so far".to_owned(),
        0 => "Not found".to_owned(),
        count => find
            .at
            .map_or_else(|| format!("{count} found"), |at| format!("{} of {count}", at + 1)),
    }
}
