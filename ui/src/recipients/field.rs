//! "To": the chosen people as chips, and a field that finds more.

use super::suggestions::{self, Suggestions};
use super::{Recipient, Suggestion, as_number};
use crate::components::{Glyph, Icon};
use web_sys::HtmlInputElement;
use yew::{
    AttrValue, Callback, FocusEvent, Html, InputEvent, KeyboardEvent, MouseEvent, Properties,
    TargetCast as _, component, html, use_node_ref, use_state_eq,
};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub chosen: Vec<Recipient>,
    pub onchange: Callback<Vec<Recipient>>,
    pub typed: String,
    pub ontyped: Callback<String>,
    /// Who goes with what was typed; for nothing typed, who is shown when somebody asks.
    pub offered: Vec<Suggestion>,
    /// More may be offered in a moment.
    pub is_looking: bool,
    /// Stands before a number as it was typed.
    pub sign: Icon,
    /// Why nobody more can be added.
    #[prop_or_default]
    pub full: Option<AttrValue>,
    /// Why nothing can be changed.
    #[prop_or_default]
    pub locked: Option<AttrValue>,
    /// A whole number that was typed is taken when the focus leaves the field.
    #[prop_or_default]
    pub takes_when_left: bool,
}

/// The field.
#[component]
pub(crate) fn RecipientsField(props: &Props) -> Html {
    let active = use_state_eq(|| 0_usize);
    // The list is there for whoever asks, not for everyone who comes by.
    let is_asked = use_state_eq(|| false);
    let field = use_node_ref();
    let typed = props.typed.trim();
    let is_open = !props.offered.is_empty() && (!typed.is_empty() || *is_asked);
    let (count, at) = (
        props.offered.len(),
        (*active).min(props.offered.len().saturating_sub(1)),
    );
    let is_locked = props.locked.is_some();
    let take = {
        let (chosen, onchange, ontyped) = (
            props.chosen.clone(),
            props.onchange.clone(),
            props.ontyped.clone(),
        );
        let (active, is_asked) = (active.setter(), is_asked.setter());
        Callback::from(move |recipient: Recipient| {
            onchange.emit(chosen.iter().cloned().chain([recipient]).collect());
            ontyped.emit(String::new());
            active.set(0);
            is_asked.set(false);
        })
    };
    let add = {
        let (take, field) = (take.clone(), field.clone());
        Callback::from(move |recipient: Recipient| {
            take.emit(recipient);
            if let Some(field) = field.cast::<HtmlInputElement>() {
                let _ = field.focus();
            }
        })
    };
    let remove = {
        let (chosen, onchange) = (props.chosen.clone(), props.onchange.clone());
        Callback::from(move |index: usize| {
            let stays = |(at, one): (usize, &Recipient)| (at != index).then(|| one.clone());
            onchange.emit(chosen.iter().enumerate().filter_map(stays).collect());
        })
    };
    let oninput = {
        let (ontyped, active) = (props.ontyped.clone(), active.setter());
        Callback::from(move |event: InputEvent| {
            ontyped.emit(event.target_unchecked_into::<HtmlInputElement>().value());
            active.set(0);
        })
    };
    let onkeydown = {
        let (props, add, remove) = (props.clone(), add.clone(), remove.clone());
        let (active, is_asked) = (active.setter(), is_asked.setter());
        Callback::from(move |event: KeyboardEvent| {
            match event.key().as_str() {
                "ArrowDown" if is_open => active.set((at + 1) % count),
                "ArrowUp" if is_open => active.set((at + count - 1) % count),
                "ArrowDown" if count > 0 => is_asked.set(true),
                "Enter" | "," | ";" if is_open || !props.typed.trim().is_empty() => {
                    // A comma ends a number; within a name it is a letter.
                    let is_enter = event.key() == "Enter";
                    let one = props.offered.get(at);
                    if let Some(one) = one.filter(|one| is_open && (is_enter || !one.is_contact)) {
                        add.emit(one.recipient.clone());
                    }
                }
                "Backspace" if props.typed.is_empty() && !is_locked => {
                    match props.chosen.len().checked_sub(1) {
                        Some(last) => remove.emit(last),
                        None => return,
                    }
                }
                "Escape" if !props.typed.is_empty() || is_open => {
                    props.ontyped.emit(String::new());
                    is_asked.set(false);
                }
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        })
    };
    let onclick = {
        let is_asked = is_asked.setter();
        Callback::from(move |_: MouseEvent| is_asked.set(true))
    };
    let onblur = {
        let (typed, is_asked) = (props.typed.clone(), is_asked.setter());
        let takes = props.takes_when_left;
        Callback::from(move |_: FocusEvent| {
            is_asked.set(false);
            if let Some(number) = as_number(&typed).filter(|_| takes) {
                take.emit(number);
            }
        })
    };
    let is_nobody = props.offered.is_empty() && !typed.is_empty() && !props.is_looking;
    let note = props
        .locked
        .as_ref()
        .or(props.full.as_ref())
        .cloned()
        .or_else(|| {
            is_nobody.then_some(AttrValue::Static(
                "No contact goes with that. A whole phone number can be typed here too.",
            ))
        });
    html! {
        <div class="recipients">
            <div class="recipients-box">
                <span class="recipients-label" aria-hidden="true">{ "To" }</span>
                { for props.chosen.iter().enumerate().map(|(index, one)| chip(one, (!is_locked).then(|| remove.reform(move |_| index)))) }
                <input ref={field} type="text" autocomplete="off" spellcheck="false" data-first-focus={props.chosen.is_empty().then_some("")} role="combobox" aria-label="To"
                    placeholder={if props.chosen.is_empty() { "Name, company or number" } else { "" }} value={props.typed.clone()}
                    disabled={props.full.is_some() || is_locked} aria-expanded={is_open.to_string()} aria-controls={is_open.then_some(suggestions::LIST)}
                    aria-activedescendant={is_open.then(|| suggestions::element_id(at))} {oninput} {onkeydown} {onclick} {onblur} />
            </div>
            if is_open { <Suggestions offered={props.offered.clone()} active={at} sign={props.sign} onchoose={add} /> }
            if let Some(note) = note { <p class="hint" role="status">{ note }</p> }
        </div>
    }
}

fn chip(one: &Recipient, onremove: Option<Callback<MouseEvent>>) -> Html {
    html! {
        <span key={one.number.clone()} class="chip" title={one.number.clone()}>
            <span>{ &one.label }</span>
            if let Some(onclick) = onremove {
                <button type="button" aria-label={format!("Remove {}", one.label)} {onclick}><Glyph icon={Icon::Close} small={true} /></button>
            }
        </span>
    }
}
