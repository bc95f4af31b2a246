//! A line of text that is kept a moment after the last key, and at leaving it: settings have no Save.

use crate::components::TextField;
use gloo_timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use yew::{
    AttrValue, Callback, FocusEvent, Html, Properties, component, html, use_effect_with, use_mut_ref,
    use_state,
};

const PAUSE_MS: u32 = 700;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub label: AttrValue,
    pub value: AttrValue,
    #[prop_or(AttrValue::Static("text"))]
    pub kind: AttrValue,
    #[prop_or_default]
    pub placeholder: AttrValue,
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// With what was typed, without space around it.
    pub onchange: Callback<String>,
}

/// The field.
#[component]
pub(super) fn SettledField(props: &Props) -> Html {
    // What is typed and not kept yet; without it the field shows what is kept.
    let typed = use_state(|| None::<String>);
    let pause: Rc<RefCell<Option<Timeout>>> = use_mut_ref(|| None);
    use_effect_with(props.value.clone(), {
        let (typed, pause) = (typed.setter(), pause.clone());
        move |_| {
            if pause.borrow().is_none() {
                typed.set(None);
            }
        }
    });
    let keep = {
        let (onchange, kept, pause) = (props.onchange.clone(), props.value.clone(), pause.clone());
        Callback::from(move |text: String| {
            pause.take();
            let text = text.trim().to_owned();
            if text != *kept {
                onchange.emit(text);
            }
        })
    };
    let oninput = {
        let (typed, keep, pause) = (typed.setter(), keep.clone(), pause);
        Callback::from(move |text: String| {
            typed.set(Some(text.clone()));
            let (keep, fired) = (keep.clone(), pause.clone());
            *pause.borrow_mut() = Some(Timeout::new(PAUSE_MS, move || {
                // The timer has fired: forgetting it avoids cancelling it from inside itself.
                if let Some(timer) = fired.take() {
                    timer.forget();
                }
                keep.emit(text);
            }));
        })
    };
    let onfocusout = {
        let (typed, keep) = (typed.clone(), keep);
        Callback::from(move |_: FocusEvent| {
            if let Some(text) = &*typed {
                keep.emit(text.clone());
            }
        })
    };
    let value = (*typed)
        .clone()
        .map_or_else(|| props.value.clone(), AttrValue::from);
    html! {
        <div class="settled-field" {onfocusout}>
            <TextField label={props.label.clone()} kind={props.kind.clone()} {value} placeholder={props.placeholder.clone()} hint={props.hint.clone()} {oninput} />
        </div>
    }
}
