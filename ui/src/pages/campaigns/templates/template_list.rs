//! The list of templates at the left.

use super::super::unfinished::use_unfinished;
use crate::components::{Slot, VirtualList};
use domain::ids::TemplateId;
use domain::template::{MessageTemplate, Template};
use std::rc::Rc;
use yew::{Callback, Html, KeyboardEvent, Properties, classes, component, html, use_memo, use_node_ref};

/// As `.template-row` in the style sheet.
const ROW_HEIGHT: u32 = 56;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub templates: Rc<[MessageTemplate]>,
    pub selected: Option<TemplateId>,
    pub onopen: Callback<TemplateId>,
}

/// Up and down open the template before and after.
#[component]
pub(super) fn TemplateList(props: &Props) -> Html {
    let node = use_node_ref();
    let unfinished = use_unfinished();
    let slots = use_memo(props.templates.clone(), |templates| -> Rc<[Slot]> {
        templates
            .iter()
            .map(|template| Slot {
                key: template.id.to_string().into(),
                height: ROW_HEIGHT,
            })
            .collect()
    });
    let selected = props
        .templates
        .iter()
        .position(|template| Some(template.id) == props.selected);
    let render = {
        let (templates, chosen, onopen) = (props.templates.clone(), props.selected, props.onopen.clone());
        Callback::from(move |index: usize| {
            templates.get(index).map_or_else(Html::default, |template| {
                let is_changed = unfinished.template(Some(template.id)).is_some();
                row(template, Some(template.id) == chosen, is_changed, &onopen)
            })
        })
    };
    let onkeydown = {
        let (templates, onopen) = (props.templates.clone(), props.onopen.clone());
        Callback::from(move |event: KeyboardEvent| {
            let next = match (event.key().as_str(), selected) {
                ("ArrowDown" | "j", Some(at)) => at + 1,
                ("ArrowUp" | "k", Some(at)) => at.saturating_sub(1),
                ("ArrowDown" | "j", None) => 0,
                _ => return,
            };
            event.prevent_default();
            if let Some(template) = templates.get(next) {
                onopen.emit(template.id);
            }
        })
    };
    html! {
        <div class="templates-list" {onkeydown}>
            <VirtualList slots={(*slots).clone()} {render} {node} label="Templates" reveal={selected} active={props.selected.map(row_id)} />
        </div>
    }
}

fn row_id(id: TemplateId) -> String {
    format!("template-{id}")
}

fn row(
    template: &MessageTemplate,
    is_selected: bool,
    is_changed: bool,
    onopen: &Callback<TemplateId>,
) -> Html {
    let id = template.id;
    let onclick = onopen.reform(move |_| id);
    let is_broken = Template::parse(&template.body).is_err();
    html! {
        <div key={id.0} id={row_id(id)} class={classes!("template-row", is_selected.then_some("is-selected"))} role="option"
            aria-selected={is_selected.to_string()} {onclick}>
            <span class="template-name">{ &template.name }</span>
            if is_changed { <span class="tag">{ "not saved" }</span> }
            else if is_broken { <span class="tag tag-warn">{ "to mend" }</span> }
            else { { for template.category.iter().map(|category| html! { <span class="tag">{ category }</span> }) } }
            <span class="template-body">{ &template.body }</span>
        </div>
    }
}
