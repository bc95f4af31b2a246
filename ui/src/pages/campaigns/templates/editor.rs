//! One template to write, beside what becomes of it. Nothing is stored before Save, and nothing typed is lost by looking elsewhere.

use super::super::unfinished::use_unfinished;
use super::draft;
use super::use_actions::use_actions;
use crate::browser;
use crate::components::{Button, ButtonKind, Glyph, Icon, MenuItem, Popover, TextField};
use crate::hooks::use_now;
use crate::writing::{BodyField, MergePreview};
use domain::ids::TemplateId;
use domain::template::{MessageTemplate, TemplateDraft};
use web_sys::Element;
use yew::{
    Callback, Html, KeyboardEvent, Properties, SubmitEvent, component, html, use_effect_with, use_node_ref,
    use_state,
};

/// The list of categories that the field offers.
const CATEGORIES: &str = "template-categories";

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    /// The stored one; none while it is new.
    #[prop_or_default]
    pub template: Option<MessageTemplate>,
    pub categories: Vec<String>,
    /// With the template that is to be open now.
    pub onchange: Callback<Option<TemplateId>>,
    /// Hears what was stored.
    pub onstored: Callback<MessageTemplate>,
}

/// The form.
#[component]
pub(super) fn Editor(props: &Props) -> Html {
    let id = props.template.as_ref().map(|template| template.id);
    let unfinished = use_unfinished();
    let now = use_now();
    let stored = props.template.as_ref().map(draft::of).unwrap_or_default();
    let draft = use_state(|| unfinished.template(id).unwrap_or_else(|| stored.clone()));
    let actions = use_actions(id, &props.onchange, &props.onstored);
    let form = use_node_ref();
    use_effect_with((), {
        let (form, is_new) = (form.clone(), id.is_none());
        move |()| {
            if let Some(form) = form.cast::<Element>().filter(|_| is_new) {
                browser::focus_within(&form, "input");
            }
        }
    });
    let is_changed = *draft != stored;
    let set = {
        let (draft, unfinished, stored) = (draft.clone(), unfinished.clone(), stored.clone());
        Callback::from(move |now: TemplateDraft| {
            unfinished.keep_template(id, (now != stored).then(|| now.clone()));
            draft.set(now);
        })
    };
    let change = |change: fn(&mut TemplateDraft, String)| {
        let (draft, set) = (draft.clone(), set.clone());
        Callback::from(move |text: String| {
            let mut now = (*draft).clone();
            change(&mut now, text);
            set.emit(now);
        })
    };
    let can_save =
        is_changed && !actions.is_busy && !draft.name.trim().is_empty() && !draft.body.trim().is_empty();
    let save = {
        let (draft, save) = (draft.clone(), actions.save.clone());
        Callback::from(move |()| {
            if can_save {
                save.emit(draft::tidy(&draft));
            }
        })
    };
    let onsubmit = {
        let save = save.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            save.emit(());
        })
    };
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | "s") && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            save.emit(());
        }
    });
    let put_back = {
        let (set, stored, onchange) = (set.clone(), stored.clone(), props.onchange.clone());
        Callback::from(move |()| {
            set.emit(stored.clone());
            if id.is_none() {
                onchange.emit(None);
            }
        })
    };
    let write = change(|draft, text| draft.body = text);
    let made = props.template.as_ref().map(|template| {
        let by = template.created_by.as_deref().unwrap_or("an import");
        format!("By {by}, {}", now.list_time(template.updated_at))
    });
    html! {
        <form ref={form} class="template-editor" aria-label={if id.is_some() { "Template" } else { "New template" }} {onsubmit} {onkeydown}>
            <header class="template-head">
                <TextField label="Name" value={draft.name.clone()} oninput={change(|draft, text| draft.name = text)} placeholder="Delivery window" />
                <label class="field template-category">
                    <span class="field-label">{ "Category" }</span>
                    <input type="text" list={CATEGORIES} value={draft.category.clone().unwrap_or_default()} autocomplete="off" placeholder="None"
                        oninput={category_input(&change(|draft, text| draft.category = Some(text).filter(|text| !text.is_empty())))} />
                    <datalist id={CATEGORIES}>{ for props.categories.iter().map(|name| html! { <option value={name.clone()} /> }) }</datalist>
                </label>
                if let Some(id) = id {
                    <Popover trigger={html! { <Glyph icon={Icon::More} /> }} label="More" is_menu={true} at_end={true} class="button button-quiet button-icon">
                        <MenuItem label="Duplicate" icon={Icon::Copy} onpress={actions.duplicate.reform(move |()| id)} />
                        <MenuItem label="Delete" icon={Icon::Trash} onpress={actions.delete.reform(move |()| id)} />
                    </Popover>
                }
            </header>
            <BodyField label="Text" value={draft.body.clone()} oninput={write.clone()} placeholder="Hi {first_name|there}, your delivery comes on {date}." />
            <MergePreview body={draft.body.clone()} onplain={write} />
            <footer class="template-foot">
                <span class="hint">{ made.unwrap_or_default() }</span>
                if is_changed { <Button label={if id.is_some() { "Put back" } else { "Throw away" }} onpress={put_back} /> }
                <Button label="Save" kind={ButtonKind::Primary} submits={true} disabled={!can_save} hint="Ctrl+Enter" />
            </footer>
        </form>
    }
}

fn category_input(oninput: &Callback<String>) -> Callback<yew::InputEvent> {
    use yew::TargetCast as _;
    oninput
        .reform(|event: yew::InputEvent| event.target_unchecked_into::<web_sys::HtmlInputElement>().value())
}
