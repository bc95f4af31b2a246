//! A place to drop a file on, with a button for those who would rather choose it.

use super::button::{Button, ButtonKind};
use super::icon::Icon;
use web_sys::{DragEvent, Event, File, HtmlInputElement};
use yew::{AttrValue, Callback, Html, NodeRef, Properties, TargetCast as _, component, html, use_node_ref};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    /// What kind of file, and what will be done with it.
    pub text: AttrValue,
    /// What screen readers call it.
    pub label: AttrValue,
    /// Endings and types, as a file input takes them.
    pub accept: AttrValue,
    pub onchoose: Callback<File>,
}

/// The place.
#[component]
pub(crate) fn FilePlace(props: &Props) -> Html {
    let picker = use_node_ref();
    let ondrop = {
        let onchoose = props.onchoose.clone();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            let files = event.data_transfer().and_then(|carried| carried.files());
            if let Some(file) = files.and_then(|files| files.get(0)) {
                onchoose.emit(file);
            }
        })
    };
    let ondragover = Callback::from(|event: DragEvent| event.prevent_default());
    let open = {
        let picker = picker.clone();
        Callback::from(move |()| choose(&picker))
    };
    html! {
        <div class="drop-place" {ondrop} {ondragover}>
            <p>{ &props.text }</p>
            <Button label="Choose a file…" icon={Icon::Upload} kind={ButtonKind::Primary} onpress={open} />
            <FileInput node={picker} label={props.label.clone()} accept={props.accept.clone()} onchoose={props.onchoose.clone()} />
        </div>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct InputProps {
    pub node: NodeRef,
    pub label: AttrValue,
    pub accept: AttrValue,
    pub onchoose: Callback<File>,
}

/// The input itself, unseen: [`choose`] opens it.
#[component]
pub(crate) fn FileInput(props: &InputProps) -> Html {
    let onchange = {
        let onchoose = props.onchoose.clone();
        Callback::from(move |event: Event| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            if let Some(file) = input.files().and_then(|files| files.get(0)) {
                onchoose.emit(file);
            }
            // Otherwise choosing the same file again would be no change.
            input.set_value("");
        })
    };
    html! {
        <input ref={props.node.clone()} type="file" class="only-spoken" aria-label={props.label.clone()} tabindex="-1"
            accept={props.accept.clone()} {onchange} />
    }
}

/// Opens the system's dialog for a [`FileInput`].
pub(crate) fn choose(picker: &NodeRef) {
    if let Some(input) = picker.cast::<HtmlInputElement>() {
        input.click();
    }
}
