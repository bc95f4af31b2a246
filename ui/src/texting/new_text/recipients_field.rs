//! "To": the chosen people as chips, and a field that finds more.

use super::chips::{self, Recipient, Suggestion};
use super::suggestions::{self, Suggestions};
use crate::components::{Glyph, Icon};
use crate::pages::contacts::use_contacts::use_contacts;
use web_sys::HtmlInputElement;
use yew::{
    Callback, Html, InputEvent, KeyboardEvent, MouseEvent, Properties, TargetCast as _, component, html,
    use_node_ref, use_state,
};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub chosen: Vec<Recipient>,
    pub onchange: Callback<Vec<Recipient>>,
    /// Files are there already, which stay with the people they were added for.
    pub is_locked: bool,
}

/// The field.
#[component]
pub(super) fn RecipientsField(props: &Props) -> Html {
    let typed = use_state(String::new);
    let active = use_state(|| 0_usize);
    let field = use_node_ref();
    let found = use_contacts(typed.trim().to_owned());
    let offered: Vec<Suggestion> = if typed.trim().is_empty() {
        Vec::new()
    } else {
        let mut offered = chips::suggestions(&found.contacts, &typed, &props.chosen);
        offered.truncate(suggestions::MOST);
        offered
    };
    let at = (*active).min(offered.len().saturating_sub(1));
    let is_full = props.chosen.len() >= chips::MOST;
    let add = {
        let (chosen, onchange) = (props.chosen.clone(), props.onchange.clone());
        let (typed, active, field) = (typed.setter(), active.setter(), field.clone());
        Callback::from(move |recipient: Recipient| {
            onchange.emit(chosen.iter().cloned().chain([recipient]).collect());
            typed.set(String::new());
            active.set(0);
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
        let (typed, active) = (typed.setter(), active.setter());
        Callback::from(move |event: InputEvent| {
            typed.set(event.target_unchecked_into::<HtmlInputElement>().value());
            active.set(0);
        })
    };
    let onkeydown = {
        let (typed, active, offered) = (typed.clone(), active.setter(), offered.clone());
        let (add, remove, last) = (add.clone(), remove.clone(), props.chosen.len().checked_sub(1));
        let is_locked = props.is_locked;
        Callback::from(move |event: KeyboardEvent| {
            let count = offered.len();
            match event.key().as_str() {
                "ArrowDown" if count > 0 => active.set((at + 1) % count),
                "ArrowUp" if count > 0 => active.set((at + count - 1) % count),
                "Enter" | "," | ";" if !typed.trim().is_empty() => {
                    // A comma ends a number; within a name it is a letter.
                    if let Some(one) = offered
                        .get(at)
                        .filter(|one| event.key() == "Enter" || !one.is_contact)
                    {
                        add.emit(one.recipient.clone());
                    }
                }
                "Backspace" if typed.is_empty() && !is_locked => match last {
                    Some(last) => remove.emit(last),
                    None => return,
                },
                "Escape" if !typed.is_empty() => typed.set(String::new()),
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        })
    };
    let drop = |index: usize| {
        let remove = remove.clone();
        Callback::from(move |_: MouseEvent| remove.emit(index))
    };
    let is_open = !offered.is_empty();
    let is_nobody = !is_open && !typed.trim().is_empty() && !found.is_loading;
    html! {
        <div class="recipients">
            <div class="recipients-box">
                <span class="recipients-label" aria-hidden="true">{ "To" }</span>
                { for props.chosen.iter().enumerate().map(|(index, one)| html! {
                    <span key={one.number.clone()} class="chip" title={one.number.clone()}>
                        <span>{ &one.label }</span>
                        if !props.is_locked {
                            <button type="button" aria-label={format!("Remove {}", one.label)} onclick={drop(index)}><Glyph icon={Icon::Close} small={true} /></button>
                        }
                    </span>
                }) }
                <input ref={field} type="text" autocomplete="off" spellcheck="false" data-first-focus={props.chosen.is_empty().then_some("")} role="combobox" aria-label="To"
                    placeholder={if props.chosen.is_empty() { "Name, company or number" } else { "" }} value={(*typed).clone()}
                    disabled={is_full || props.is_locked} aria-expanded={is_open.to_string()} aria-controls={is_open.then_some(suggestions::LIST)}
                    aria-activedescendant={is_open.then(|| suggestions::element_id(at))} {oninput} {onkeydown} />
            </div>
            if is_open { <Suggestions {offered} active={at} onchoose={add} /> }
            if is_full {
                <p class="hint" role="status">{ "A group text goes to 10 people at most." }</p>
            } else if props.is_locked {
                <p class="hint" role="status">{ "Take the files off to change who gets them." }</p>
            } else if is_nobody {
                <p class="hint" role="status">{ "No contact goes with that. A whole phone number can be typed here too." }</p>
            }
        </div>
    }
}
