//! What somebody has begun and not stored, kept while the window is open: one leaves the page to look something up and comes back.

use super::wizard::Plan;
use domain::ids::TemplateId;
use domain::template::TemplateDraft;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use yew::{Children, ContextProvider, Html, Properties, component, hook, html, use_context, use_memo};

/// Everything begun. Changing it draws nothing: whoever changes it shows it already.
#[derive(Debug, Clone, Default)]
pub(crate) struct Unfinished(Rc<Held>);

#[derive(Debug, Default)]
struct Held {
    plan: RefCell<Option<Plan>>,
    /// Under `None` the new template.
    templates: RefCell<BTreeMap<Option<TemplateId>, TemplateDraft>>,
}

impl PartialEq for Unfinished {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Unfinished {
    pub(super) fn plan(&self) -> Option<Plan> {
        self.0.plan.borrow().clone()
    }

    pub(super) fn keep_plan(&self, plan: Option<Plan>) {
        *self.0.plan.borrow_mut() = plan;
    }

    pub(super) fn template(&self, id: Option<TemplateId>) -> Option<TemplateDraft> {
        self.0.templates.borrow().get(&id).cloned()
    }

    pub(super) fn keep_template(&self, id: Option<TemplateId>, draft: Option<TemplateDraft>) {
        let mut templates = self.0.templates.borrow_mut();
        match draft {
            Some(draft) => templates.insert(id, draft),
            None => templates.remove(&id),
        };
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    #[prop_or_default]
    pub children: Children,
}

/// Keeps it for everything inside.
#[component]
pub(crate) fn UnfinishedHost(props: &Props) -> Html {
    let held = use_memo((), |()| Unfinished::default());
    html! { <ContextProvider<Unfinished> context={(*held).clone()}>{ props.children.clone() }</ContextProvider<Unfinished>> }
}

/// What has been begun; inside of an [`UnfinishedHost`].
#[hook]
pub(super) fn use_unfinished() -> Unfinished {
    let own = use_memo((), |()| Unfinished::default());
    use_context::<Unfinished>().unwrap_or_else(|| (*own).clone())
}
