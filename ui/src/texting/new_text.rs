//! A text to somebody new: whom, and then the words.

mod chips;
mod text_recipients;

use super::{ComposerPane, item_with, recipients, use_compose_to, use_texting};
use crate::browser;
use crate::components::Dialog;
use crate::recipients::Recipient;
use crate::routes::Route;
use std::cell::Cell;
use std::rc::Rc;
use text_recipients::TextRecipients;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, component, html, use_effect_with, use_mut_ref, use_state};
use yew_router::hooks::use_navigator;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    /// Whom it is for already.
    pub numbers: Vec<String>,
    /// What it begins with, as a voicemail that is forwarded.
    pub words: Option<String>,
    pub onclose: Callback<()>,
}

/// The dialog. Closing it keeps what was written as a draft.
#[component]
pub(super) fn NewText(props: &Props) -> Html {
    let chosen = use_state(|| {
        props
            .numbers
            .iter()
            .map(|number| Recipient::typed(number))
            .collect::<Vec<_>>()
    });
    let texting = use_texting();
    let navigator = use_navigator();
    let numbers: Vec<String> = chosen.iter().map(|one| one.number.clone()).collect();
    let answer = use_compose_to(numbers.clone());
    let composer = answer.value.clone().filter(|_| answer.is_current);
    let shown = chips::named(
        &chosen,
        composer
            .as_ref()
            .map(|composer| composer.to.as_slice())
            .unwrap_or_default(),
    );
    let has_files = composer
        .as_ref()
        .is_some_and(|composer| !composer.draft.pictures.is_empty());
    // Whom it is for is known: the next thing is what to write.
    let is_ready = composer.is_some() && !props.numbers.is_empty();
    let has_led = use_mut_ref(|| false);
    use_effect_with(is_ready, move |is_ready| {
        if *is_ready
            && !has_led.replace(true)
            && let Some(root) = browser::document().and_then(|document| document.document_element())
        {
            browser::focus_within(&root, ".new-text .composer textarea");
        }
    });
    let onchange = {
        let chosen = chosen.setter();
        Callback::from(move |recipients: Vec<Recipient>| chosen.set(recipients))
    };
    let to = composer
        .as_ref()
        .map(|composer| recipients(&composer.to))
        .unwrap_or(numbers);
    let is_elsewhere = Rc::new(Cell::new(false));
    let onsent = {
        let (to, is_elsewhere, onclose) = (to.clone(), is_elsewhere.clone(), props.onclose.clone());
        Callback::from(move |_| {
            onclose.emit(());
            let (to, is_elsewhere, navigator) = (to.clone(), is_elsewhere.clone(), navigator.clone());
            spawn_local(async move {
                if let (Some(id), Some(navigator)) = (item_with(to).await, navigator) {
                    is_elsewhere.set(true);
                    navigator.push(&Route::Item { id: id.0 });
                }
            });
        })
    };
    let onback = Callback::from(move |()| {
        // In its conversation the draft is back already.
        if !is_elsewhere.get() {
            texting.write.emit(to.clone());
        }
    });
    html! {
        <Dialog title="New text" keeps={true} onclose={props.onclose.clone()}>
            <div class="new-text">
                <TextRecipients chosen={shown} {onchange} is_locked={has_files} />
                if chosen.is_empty() {
                    <p class="new-text-hint hint">{ "Choose one person, or several for a group text." }</p>
                    if let Some(words) = &props.words { <p class="new-text-quote selectable">{ words }</p> }
                } else {
                    <p class="new-text-hint hint" role="status">
                        if chosen.len() > 1 { { "One group text: they will all see each other and every answer." } }
                    </p>
                    <ComposerPane {answer} carries={true} words={props.words.clone()} {onsent} {onback} />
                }
            </div>
        </Dialog>
    }
}
