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
    text: String,
    is_failure: bool,
    undo: Option<Callback<()>>,
}

#[derive(Debug, Default, PartialEq)]
struct Stack {
    toasts: Vec<Toast>,
    next_id: u64,
}

enum Change {
    Add {
        text: String,
        is_failure: bool,
        undo: Option<Callback<()>>,
    },
    Remove(u64),
}

impl Reducible for Stack {
    type Action = Change;

    fn reduce(self: Rc<Self>, change: Change) -> Rc<Self> {
        let mut toasts = self.toasts.clone();
        let mut next_id = self.next_id;
        match change {
            Change::Add {
                text,
                is_failure,
                undo,
            } => {
                // The same words twice would only push the others away.
                toasts.retain(|toast| toast.text != text || toast.undo.is_some());
                toasts.push(Toast {
                    id: next_id,
                    text,
                    is_failure,
                    undo,
                });
                next_id += 1;
                let surplus = toasts.len().saturating_sub(MOST_AT_ONCE);
                toasts.drain(..surplus);
            }
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
        self.0.dispatch(Change::Add {
            text: text.into(),
            is_failure: false,
            undo: None,
        });
    }

    /// Says what could not be done, and why.
    pub(crate) fn fail(&self, text: impl Into<String>) {
        self.0.dispatch(Change::Add {
            text: text.into(),
            is_failure: true,
            undo: None,
        });
    }

    /// Says what was done and offers to take it back.
    pub(crate) fn offer_undo(&self, text: impl Into<String>, undo: Callback<()>) {
        self.0.dispatch(Change::Add {
            text: text.into(),
            is_failure: false,
            undo: Some(undo),
        });
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
                .find_map(|toast| Some((toast, toast.undo.as_ref()?)))
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
        let lasts = if props.toast.undo.is_some() || props.toast.is_failure {
            UNDO_LASTS_MS
        } else {
            LASTS_MS
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
    let undo = props.toast.undo.as_ref().map(|undo| {
        let (undo, remove) = (undo.clone(), props.remove.clone());
        Callback::from(move |()| {
            undo.emit(());
            remove.emit(id);
        })
    });
    html! {
        <div class={classes!("toast", props.toast.is_failure.then_some("toast-failure"))} onmouseenter={hold(true)} onmouseleave={hold(false)}>
            <Glyph icon={if props.toast.is_failure { Icon::Warning } else { Icon::Check }} />
            <span class="toast-text">{ &props.toast.text }</span>
            if let Some(undo) = undo { <Button label="Undo" small={true} hint="Ctrl+Z" onpress={undo} /> }
            <Button label="Dismiss" icon={Icon::Close} kind={ButtonKind::Quiet} small={true} icon_only={true} onpress={dismiss} />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(stack: Rc<Stack>, text: &str) -> Rc<Stack> {
        stack.reduce(Change::Add {
            text: text.into(),
            is_failure: false,
            undo: None,
        })
    }

    #[test]
    fn the_oldest_note_makes_room_for_a_fourth() {
        let stack = ["a", "b", "c", "d"]
            .into_iter()
            .fold(Rc::new(Stack::default()), add);
        let texts: Vec<_> = stack.toasts.iter().map(|toast| toast.text.as_str()).collect();
        assert_eq!(texts, ["b", "c", "d"]);
    }

    #[test]
    fn the_same_note_is_shown_once() {
        let stack = ["a", "a"].into_iter().fold(Rc::new(Stack::default()), add);
        assert_eq!(stack.toasts.len(), 1);
    }
}
