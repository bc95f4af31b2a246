//! The templates that go with what follows the `/`, above the field.

use domain::template::MessageTemplate;
use std::rc::Rc;
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, classes, component, html};

/// The list's `id`, for the field that controls it.
pub(super) const LIST: &str = "template-list";
/// More would cover the conversation; another letter finds the others.
pub(super) const MOST: usize = 6;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub templates: Rc<Vec<MessageTemplate>>,
    /// Places in `templates`, in the order in which they are shown.
    pub found: Vec<usize>,
    /// The place in `found` that Enter would take.
    pub active: usize,
    /// A place in `templates`.
    pub onchoose: Callback<usize>,
}

/// `id` of a line.
pub(super) fn element_id(at: usize) -> AttrValue {
    format!("template-{at}").into()
}

/// The list.
#[component]
pub(super) fn Picker(props: &Props) -> Html {
    let line = |(at, index): (usize, &usize)| {
        let template = props.templates.get(*index)?;
        let is_active = at == props.active;
        let choose = {
            let (onchoose, index) = (props.onchoose.clone(), *index);
            Callback::from(move |event: MouseEvent| {
                // The field keeps the keyboard.
                event.prevent_default();
                onchoose.emit(index);
            })
        };
        Some(html! {
            <div key={template.id.0} id={element_id(at)} role="option" aria-selected={is_active.to_string()}
                class={classes!("template-line", is_active.then_some("is-active"))} onmousedown={choose}>
                <b>{ &template.name }</b><span>{ &template.body }</span>
            </div>
        })
    };
    html! {
        <div class="template-picker">
            <div class="menu-title">{ "Templates" }</div>
            <div id={LIST} role="listbox" aria-label="Templates">{ for props.found.iter().take(MOST).enumerate().filter_map(line) }</div>
        </div>
    }
}
