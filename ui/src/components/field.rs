//! Things to fill in: a line of text, a longer text, a choice, a switch. Each carries its own label, hint and error.

use crate::hooks::use_first_focus;
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::{
    AttrValue, Callback, Event, Html, InputEvent, Properties, TargetCast as _, classes, component, html,
    use_memo, use_node_ref,
};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct TextFieldProps {
    pub label: AttrValue,
    pub value: AttrValue,
    pub oninput: Callback<String>,
    /// `text`, `password`, `url`, `email`, `tel`.
    #[prop_or(AttrValue::Static("text"))]
    pub kind: AttrValue,
    #[prop_or_default]
    pub placeholder: AttrValue,
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong with what was typed.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    #[prop_or_default]
    pub autofocus: bool,
    #[prop_or_default]
    pub disabled: bool,
    /// The label is for screen readers only, where the place says what it is.
    #[prop_or_default]
    pub hides_label: bool,
}

/// A line of text.
#[component]
pub(crate) fn TextField(props: &TextFieldProps) -> Html {
    let oninput = {
        let oninput = props.oninput.clone();
        Callback::from(move |event: InputEvent| {
            oninput.emit(event.target_unchecked_into::<HtmlInputElement>().value())
        })
    };
    let node = use_node_ref();
    use_first_focus(&node, props.autofocus);
    html! {
        <label class={classes!("field", props.error.is_some().then_some("has-error"))}>
            <span class={classes!("field-label", props.hides_label.then_some("only-spoken"))}>{ &props.label }</span>
            <input ref={node} type={props.kind.clone()} value={props.value.clone()} placeholder={props.placeholder.clone()} autocomplete="off"
                spellcheck="false" disabled={props.disabled}
                aria-invalid={props.error.is_some().to_string()} {oninput} />
            { below(props.hint.as_ref(), props.error.as_ref()) }
        </label>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct TextAreaProps {
    pub label: AttrValue,
    pub value: AttrValue,
    pub oninput: Callback<String>,
    #[prop_or_default]
    pub placeholder: AttrValue,
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    #[prop_or_default]
    pub error: Option<AttrValue>,
    #[prop_or(3)]
    pub rows: u32,
}

/// A longer text.
#[component]
pub(crate) fn TextArea(props: &TextAreaProps) -> Html {
    let oninput = {
        let oninput = props.oninput.clone();
        Callback::from(move |event: InputEvent| {
            oninput.emit(event.target_unchecked_into::<HtmlTextAreaElement>().value())
        })
    };
    html! {
        <label class={classes!("field", props.error.is_some().then_some("has-error"))}>
            <span class="field-label">{ &props.label }</span>
            <textarea rows={props.rows.to_string()} value={props.value.clone()} placeholder={props.placeholder.clone()}
                aria-invalid={props.error.is_some().to_string()} {oninput} />
            { below(props.hint.as_ref(), props.error.as_ref()) }
        </label>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct ChoiceProps<T: PartialEq + Clone> {
    pub label: AttrValue,
    /// Values with their words.
    pub options: Vec<(T, AttrValue)>,
    pub value: T,
    pub onchange: Callback<T>,
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    #[prop_or_default]
    pub hides_label: bool,
}

/// One of a few.
#[component]
pub(crate) fn Choice<T: PartialEq + Clone + 'static>(props: &ChoiceProps<T>) -> Html {
    let onchange = {
        let (onchange, options) = (props.onchange.clone(), props.options.clone());
        Callback::from(move |event: Event| {
            let index = event
                .target_unchecked_into::<HtmlSelectElement>()
                .selected_index();
            if let Some((value, _)) = usize::try_from(index).ok().and_then(|index| options.get(index)) {
                onchange.emit(value.clone());
            }
        })
    };
    html! {
        <label class="field">
            <span class={classes!("field-label", props.hides_label.then_some("only-spoken"))}>{ &props.label }</span>
            <select {onchange}>
                for (value, words) in props.options.iter() {
                    <option selected={*value == props.value}>{ words }</option>
                }
            </select>
            { below(props.hint.as_ref(), None) }
        </label>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct SwitchProps {
    pub label: AttrValue,
    pub is_on: bool,
    pub onchange: Callback<bool>,
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    #[prop_or_default]
    pub disabled: bool,
}

/// On or off, at once.
#[component]
pub(crate) fn Switch(props: &SwitchProps) -> Html {
    let onchange = {
        let onchange = props.onchange.clone();
        Callback::from(move |event: Event| {
            onchange.emit(event.target_unchecked_into::<HtmlInputElement>().checked())
        })
    };
    let id = use_memo(props.label.clone(), |label| {
        format!("switch-{}", label.to_lowercase().replace(' ', "-"))
    });
    html! {
        <div class={classes!("switch-row", props.disabled.then_some("is-disabled"))}>
            <label for={(*id).clone()}>
                <span class="switch-label">{ &props.label }</span>
                if let Some(hint) = &props.hint { <span class="field-hint">{ hint }</span> }
            </label>
            <input id={(*id).clone()} class="switch" type="checkbox" role="switch" checked={props.is_on} disabled={props.disabled} {onchange} />
        </div>
    }
}

fn below(hint: Option<&AttrValue>, error: Option<&AttrValue>) -> Html {
    match (error, hint) {
        (Some(error), _) => html! { <span class="field-error" role="alert">{ error }</span> },
        (None, Some(hint)) => html! { <span class="field-hint">{ hint }</span> },
        (None, None) => Html::default(),
    }
}
