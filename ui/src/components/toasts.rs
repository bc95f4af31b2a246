//! Short notes at the bottom of the window about what was just done, with the way back.

use super::button::{Button, ButtonKind};
use super::icon::{Glyph, Icon};
use crate::hooks::{Shortcut, use_shortcuts};
use gloo_timers::callback::Timeout;
use std::rc::Rc;
use yew::{
    Callback, Children, ContextProvider, Html, Properties, Reducible, UseReducerDispatcher, classes,
    component, hook, html, use_context, use_effect_with, use_reducer, use_state,
};

const LASTS_MS: u32 = 5_000;
/// Long enough to notice a mistake.
const UNDO_LASTS_MS: u32 = 10_000;
const MOST_AT_ONCE: usize = 3;

#[derive(Debug, Clone, PartialEq)]
struct Toast {
    id: u64,
    note: Note,
}

/// What is handed in.
#[derive(Debug, Clone, Default, PartialEq)]
struct Note {
    text: String,
    is_failure: bool,
    undo: Option<Callback<()>>,
    /// How long the way back is open, when that is not for the note to say.
    lasts_ms: Option<u32>,
    /// By which it can be withdrawn.
    tag: Option<String>,
}

#[derive(Debug, Default, PartialEq)]
struct Stack {
    toasts: Vec<Toast>,
    next_id: u64,
}

enum Change {
    Add(Note),
    Remove(u64),
    Withdraw(String),
}

impl Reducible for Stack {
    type Action = Change;

    fn reduce(self: Rc<Self>, change: Change) -> Rc<Self> {
        let mut toasts = self.toasts.clone();
        let mut next_id = self.next_id;
        match change {
            Change::Add(note) => {
                // The same words twice would only push the others away.
                toasts.retain(|toast| toast.note.text != note.text || toast.note.undo.is_some());
                toasts.push(Toast { id: next_id, note });
                next_id += 1;
                let surplus = toasts.len().saturating_sub(MOST_AT_ONCE);
                toasts.drain(..surplus);
            }
            Change::Withdraw(tag) => toasts.retain(|toast| toast.note.tag.as_ref() != Some(&tag)),
            Change::Remove(id) => toasts.retain(|toast| toast.id != id),
        }
        Rc::new(Self { toasts, next_id })
    }
}

/// Where notes are handed in.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Toasts(UseReducerDispatcher<Stack>);

impl Toasts {
    /// Says what was done.
    pub(crate) fn say(&self, text: impl Into<String>) {
        self.add(Note {
            text: text.into(),
            ..Note::default()
        });
    }

    /// Says what could not be done, and why.
    pub(crate) fn fail(&self, text: impl Into<String>) {
        self.add(Note {
            text: text.into(),
            is_failure: true,
            ..Note::default()
        });
    }

    /// Says what was done and offers to take it back.
    pub(crate) fn offer_undo(&self, text: impl Into<String>, undo: Callback<()>) {
        self.add(Note {
            text: text.into(),
            undo: Some(undo),
            ..Note::default()
        });
    }

    /// The same where the way back closes after `lasts_ms`, or earlier, when the note is withdrawn by its tag.
    pub(crate) fn offer_undo_for(
        &self,
        tag: String,
        text: impl Into<String>,
        undo: Callback<()>,
        lasts_ms: u32,
    ) {
        self.add(Note {
            text: text.into(),
            undo: Some(undo),
            lasts_ms: Some(lasts_ms),
            tag: Some(tag),
            ..Note::default()
        });
    }

    /// Takes the note with this tag away.
    pub(crate) fn withdraw(&self, tag: &str) {
        self.0.dispatch(Change::Withdraw(tag.to_owned()));
    }

    fn add(&self, note: Note) {
        self.0.dispatch(Change::Add(note));
    }
}

/// The place to hand in notes; inside of a [`ToastHost`].
#[hook]
pub(crate) fn use_toasts() -> Toasts {
    let own = use_reducer(Stack::default);
    use_context::<Toasts>().unwrap_or_else(|| Toasts(own.dispatcher()))
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    #[prop_or_default]
    pub children: Children,
}

/// Shows the notes over everything inside. Ctrl+Z takes back the newest that can be.
#[component]
pub(crate) fn ToastHost(props: &Props) -> Html {
    let stack = use_reducer(Stack::default);
    use_shortcuts(vec![Shortcut::control("z", {
        let stack = stack.clone();
        move |()| {
            if let Some((toast, undo)) = stack
                .toasts
                .iter()
                .rev()
                .find_map(|toast| Some((toast, toast.note.undo.as_ref()?)))
            {
                undo.emit(());
                stack.dispatch(Change::Remove(toast.id));
            }
        }
    })]);
    let remove = {
        let stack = stack.dispatcher();
        Callback::from(move |id| stack.dispatch(Change::Remove(id)))
    };
    html! {
        <ContextProvider<Toasts> context={Toasts(stack.dispatcher())}>
            { props.children.clone() }
            <div class="toasts" role="status" aria-live="polite">
                for toast in stack.toasts.iter() {
                    <ToastLine key={toast.id} toast={toast.clone()} remove={remove.clone()} />
                }
            </div>
        </ContextProvider<Toasts>>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct LineProps {
    toast: Toast,
    remove: Callback<u64>,
}

#[component]
fn ToastLine(props: &LineProps) -> Html {
    let id = props.toast.id;
    // Nothing goes away under the pointer.
    let is_held = use_state(|| false);
    use_effect_with((*is_held, props.remove.clone()), {
        let note = &props.toast.note;
        let lasts = match note.lasts_ms {
            Some(lasts_ms) => lasts_ms,
            None if note.undo.is_some() || note.is_failure => UNDO_LASTS_MS,
            None => LASTS_MS,
        };
        move |(is_held, remove)| {
            let remove = remove.clone();
            let timer = (!*is_held).then(|| Timeout::new(lasts, move || remove.emit(id)));
            move || drop(timer)
        }
    });
    let hold = |held: bool| {
        let is_held = is_held.setter();
        Callback::from(move |_| is_held.set(held))
    };
    let dismiss = props.remove.reform(move |()| id);
    let note = &props.toast.note;
    let undo = note.undo.as_ref().map(|undo| {
        let (undo, remove) = (undo.clone(), props.remove.clone());
        Callback::from(move |()| {
            undo.emit(());
            remove.emit(id);
        })
    });
    html! {
        <div class={classes!("toast", note.is_failure.then_some("toast-failure"))} onmouseenter={hold(true)} onmouseleave={hold(false)}>
            <Glyph icon={if note.is_failure { Icon::Warning } else { Icon::Check }} />
            <span class="toast-text">{ &note.text }</span>
            if let Some(undo) = undo { <Button label="Undo" small={true} hint="Ctrl+Z" onpress={undo} /> }
            <Button label="Dismiss" icon={Icon::Close} kind={ButtonKind::Quiet} small={true} icon_only={true} onpress={dismiss} />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(stack: Rc<Stack>, text: &str) -> Rc<Stack> {
        stack.reduce(Change::Add(Note {
            text: text.into(),
            ..Note::default()
        }))
    }

    #[test]
    fn the_oldest_note_makes_room_for_a_fourth() {
        let stack = ["a", "b", "c", "d"]
            .into_iter()
            .fold(Rc::new(Stack::default()), add);
        let texts: Vec<_> = stack
            .toasts
            .iter()
            .map(|toast| toast.note.text.as_str())
            .collect();
        assert_eq!(texts, ["b", "c", "d"]);
    }

    #[test]
    fn the_same_note_is_shown_once() {
        let stack = ["a", "a"].into_iter().fold(Rc::new(Stack::default()), add);
        assert_eq!(stack.toasts.len(), 1);
    }

    #[test]
    fn a_note_whose_way_back_has_closed_is_withdrawn_and_no_other() {
        let tagged = Stack::default();
        let tagged = Rc::new(tagged).reduce(Change::Add(Note {
            text: "a".into(),
            tag: Some("text-1".into()),
            ..Note::default()
        }));
        let stack = add(tagged, "b").reduce(Change::Withdraw("text-1".into()));
        let texts: Vec<_> = stack
            .toasts
            .iter()
            .map(|toast| toast.note.text.as_str())
            .collect();
        assert_eq!(texts, ["b"]);
    }
}
