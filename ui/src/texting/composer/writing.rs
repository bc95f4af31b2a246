//! The field itself: it grows with the text, and `/` offers templates.

use super::picker::{self, Picker};
use super::slash::{self, Slash};
use crate::browser;
use domain::template::MessageTemplate;
use std::rc::Rc;
use web_sys::HtmlTextAreaElement;
use yew::{
    AttrValue, Callback, Event, Html, InputEvent, KeyboardEvent, NodeRef, Properties, TargetCast as _,
    component, html, use_state,
};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub text: String,
    pub label: AttrValue,
    pub templates: Rc<Vec<MessageTemplate>>,
    pub node: NodeRef,
    pub oninput: Callback<String>,
    /// A template in place of what was typed from the `/` on.
    pub ontemplate: Callback<(Slash, MessageTemplate)>,
    pub onfiles: Callback<Vec<web_sys::File>>,
    pub onsend: Callback<()>,
    /// Ctrl+Z in the empty field; `None` when there is nothing to take back.
    pub onundo: Option<Callback<()>>,
    pub onleave: Option<Callback<()>>,
    /// Time to keep what was typed.
    pub onblur: Callback<()>,
}

/// The field, with the list of templates above it while one is looked for.
#[component]
pub(super) fn Writing(props: &Props) -> Html {
    let slash = use_state(|| None::<Slash>);
    let active = use_state(|| 0_usize);
    let found = slash
        .as_ref()
        .map(|slash| slash::matching(props.templates.iter().map(|one| one.name.as_str()), &slash.query))
        .unwrap_or_default();
    let shown = found.len().min(picker::MOST);
    let at = (*active).min(shown.saturating_sub(1));
    let choose = {
        let (slash, ontemplate, templates) =
            (slash.clone(), props.ontemplate.clone(), props.templates.clone());
        Callback::from(move |index: usize| {
            if let (Some(place), Some(template)) = ((*slash).clone(), templates.get(index)) {
                ontemplate.emit((place, template.clone()));
            }
            slash.set(None);
        })
    };
    let oninput = {
        let (oninput, slash, active) = (props.oninput.clone(), slash.setter(), active.setter());
        Callback::from(move |event: InputEvent| {
            let field: HtmlTextAreaElement = event.target_unchecked_into();
            let text = field.value();
            let caret = field.selection_start().ok().flatten().unwrap_or(0);
            slash.set(slash::find(&text, caret as usize));
            active.set(0);
            oninput.emit(text);
        })
    };
    let onkeydown = {
        let (props, slash, active, found) = (props.clone(), slash.setter(), active.setter(), found.clone());
        let choose = choose.clone();
        Callback::from(move |event: KeyboardEvent| {
            let with_control = event.ctrl_key() || event.meta_key();
            match event.key().as_str() {
                // Half a word of an input method is no text yet.
                _ if event.is_composing() => return,
                "Enter" if with_control => props.onsend.emit(()),
                "ArrowDown" if shown > 0 => active.set((at + 1) % shown),
                "ArrowUp" if shown > 0 => active.set((at + shown - 1) % shown),
                "Enter" | "Tab" if shown > 0 && !event.shift_key() => {
                    if let Some(index) = found.get(at) {
                        choose.emit(*index);
                    }
                }
                "Escape" if shown > 0 => slash.set(None),
                "Escape" => match &props.onleave {
                    Some(leave) => leave.emit(()),
                    None => return,
                },
                "z" if with_control && props.text.is_empty() => match &props.onundo {
                    Some(undo) => undo.emit(()),
                    None => return,
                },
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        })
    };
    let onpaste = {
        let onfiles = props.onfiles.clone();
        Callback::from(move |event: Event| {
            let files = browser::pasted_files(&event);
            if !files.is_empty() {
                event.prevent_default();
                onfiles.emit(files);
            }
        })
    };
    let onblur = {
        let (onblur, slash) = (props.onblur.clone(), slash.setter());
        Callback::from(move |_| {
            slash.set(None);
            onblur.emit(());
        })
    };
    let is_open = shown > 0;
    html! {
        <div class="writing">
            if is_open { <Picker templates={props.templates.clone()} {found} active={at} onchoose={choose} /> }
            // As tall as the text; the field lies over it.
            <div class="writing-size" aria-hidden="true">{ &props.text }{ "\u{200b}" }</div>
            <textarea ref={props.node.clone()} rows="1" value={props.text.clone()} placeholder={props.label.clone()} aria-label={props.label.clone()}
                aria-autocomplete="list" aria-controls={is_open.then_some(picker::LIST)}
                aria-activedescendant={is_open.then(|| picker::element_id(at))} aria-keyshortcuts="Control+Enter" spellcheck="true"
                {oninput} {onkeydown} {onpaste} {onblur} />
        </div>
    }
}

/// Puts the keyboard into the field, with the caret behind so many UTF-16 units, or at the end.
pub(super) fn focus(field: &NodeRef, caret: Option<usize>) {
    let Some(field) = field.cast::<HtmlTextAreaElement>() else {
        return;
    };
    let _ = field.focus();
    let end = || field.value().encode_utf16().count();
    if let Ok(at) = u32::try_from(caret.unwrap_or_else(end)) {
        let _ = field.set_selection_range(at, at);
    }
}
