//! The message that colleagues see beside one's dot.

use crate::components::{Button, ButtonKind, Icon, TextField};
use crate::presence::{LONGEST_MESSAGE, message_problem};
use yew::{
    Callback, Html, Properties, SubmitEvent, classes, component, html, use_effect_with, use_mut_ref,
    use_state,
};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub message: Option<String>,
    /// Nothing can be changed now.
    pub is_held: bool,
    pub onsave: Callback<Option<String>>,
}

/// Field, counter, and the buttons that fit. Enter saves.
#[component]
pub(super) fn Message(props: &Props) -> Html {
    let kept = props.message.clone().unwrap_or_default();
    let typed = use_state(|| kept.clone());
    let before = use_mut_ref(|| kept.clone());
    // A message that was changed elsewhere shows, but not over what is being typed.
    use_effect_with(kept.clone(), {
        let typed = typed.clone();
        move |kept: &String| {
            if before.replace(kept.clone()) == *typed {
                typed.set(kept.clone());
            }
        }
    });
    let text = typed.trim().to_owned();
    let problem = message_problem(&text);
    let is_changed = text != kept;
    let can_save = is_changed && problem.is_none() && !props.is_held;
    let onsubmit = {
        let (onsave, text) = (props.onsave.clone(), text.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if can_save {
                onsave.emit(Some(text.clone()).filter(|text| !text.is_empty()));
            }
        })
    };
    let clear = {
        let (typed, onsave) = (typed.setter(), props.onsave.clone());
        Callback::from(move |()| {
            typed.set(String::new());
            onsave.emit(None);
        })
    };
    let oninput = {
        let typed = typed.setter();
        Callback::from(move |text| typed.set(text))
    };
    let count = text.chars().count();
    let count_class = classes!("own-count", problem.is_some().then_some("is-bad"));
    html! {
        <form class="own-message" {onsubmit}>
            <TextField label="Message to colleagues" value={(*typed).clone()} placeholder="Such as: back at one" disabled={props.is_held}
                error={problem} {oninput} />
            <div class="own-message-foot">
                <span class={count_class} aria-label={format!("{count} of {LONGEST_MESSAGE} characters")}>{ format!("{count} / {LONGEST_MESSAGE}") }</span>
                if is_changed {
                    <Button label="Save" kind={ButtonKind::Primary} small={true} submits={true} disabled={!can_save} />
                } else if !kept.is_empty() {
                    <Button label="Clear" icon={Icon::Close} kind={ButtonKind::Quiet} small={true} disabled={props.is_held} onpress={clear} />
                }
            </div>
        </form>
    }
}
