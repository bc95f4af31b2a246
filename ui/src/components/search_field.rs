//! A field to type what one looks for.

use super::icon::{Glyph, Icon};
use yew::{
    AttrValue, Callback, Html, InputEvent, KeyboardEvent, NodeRef, Properties, TargetCast as _, component,
    html,
};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub value: AttrValue,
    pub placeholder: AttrValue,
    pub oninput: Callback<String>,
    #[prop_or_default]
    pub onkeydown: Callback<KeyboardEvent>,
    #[prop_or_default]
    pub onfocus: Callback<()>,
    /// A key shown at the end of the empty field.
    #[prop_or_default]
    pub key_hint: Option<AttrValue>,
    /// The list of results this field controls, when it is shown.
    #[prop_or_default]
    pub controls: Option<AttrValue>,
    /// The id of the result that Enter would take.
    #[prop_or_default]
    pub active_result: Option<AttrValue>,
    #[prop_or_default]
    pub node: NodeRef,
}

/// The field with its sign.
#[component]
pub(crate) fn SearchField(props: &Props) -> Html {
    let oninput = {
        let oninput = props.oninput.clone();
        Callback::from(move |event: InputEvent| {
            oninput.emit(event.target_unchecked_into::<web_sys::HtmlInputElement>().value());
        })
    };
    let onfocus = {
        let onfocus = props.onfocus.clone();
        Callback::from(move |_| onfocus.emit(()))
    };
    html! {
        <div class="search-field">
            <Glyph icon={Icon::Search} />
            <input ref={props.node.clone()} type="search" autocomplete="off" spellcheck="false" value={props.value.clone()}
                placeholder={props.placeholder.clone()} aria-label={props.placeholder.clone()} role="combobox"
                aria-expanded={props.controls.is_some().to_string()} aria-controls={props.controls.clone()}
                aria-activedescendant={props.active_result.clone()} {oninput} {onfocus} onkeydown={props.onkeydown.clone()} />
            if let Some(key) = props.key_hint.as_ref().filter(|_| props.value.is_empty()) { <kbd>{ key }</kbd> }
        </div>
    }
}
