//! Templates: the list at the left, one of them to write at the right.

mod draft;
mod editor;
mod filter;
mod template_list;
mod transfer;
mod use_actions;

use super::unfinished::use_unfinished;
use super::use_changes::use_template_changes;
use crate::components::{
    Button, ButtonKind, Choice, EmptyState, Icon, SearchField, Skeleton, SkeletonKind, Strip, StripKind,
};
use crate::hooks::{Shortcut, use_command, use_shortcuts};
use domain::ids::TemplateId;
use domain::ipc::templates::ListTemplates;
use domain::template::MessageTemplate;
use editor::Editor;
use filter::{Category, Filter};
use std::rc::Rc;
use template_list::TemplateList;
use transfer::Transfer;
use yew::{Callback, Html, component, html, use_effect_with, use_memo, use_state};

/// What stands at the right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Chosen {
    Nothing,
    New,
    Stored(TemplateId),
}

/// The tab.
#[component]
pub(super) fn Templates() -> Html {
    let answer = use_command(Some(ListTemplates {}));
    use_template_changes(&answer.reload);
    let unfinished = use_unfinished();
    let chosen = use_state(|| {
        let has_begun = unfinished.template(None).is_some();
        if has_begun { Chosen::New } else { Chosen::Nothing }
    });
    let filter = use_state(Filter::default);
    // What was stored a moment ago, until the list that is asked for anew has it.
    let fresh = use_state(|| None::<MessageTemplate>);
    use_effect_with(answer.value.clone(), {
        let fresh = fresh.setter();
        move |_| fresh.set(None)
    });
    let all = use_memo((answer.value.clone(), (*fresh).clone()), |(all, fresh)| {
        with_fresh(all.as_deref().map_or(&[][..], Vec::as_slice), fresh.as_ref())
    });
    let all: Rc<[MessageTemplate]> = (*all).clone();
    let shown = use_memo((all.clone(), (*filter).clone()), |(all, filter)| {
        all.iter()
            .filter(|template| filter.keeps(template))
            .cloned()
            .collect::<Rc<[_]>>()
    });
    let choose = {
        let chosen = chosen.setter();
        Callback::from(move |what: Chosen| chosen.set(what))
    };
    let new = choose.reform(|()| Chosen::New);
    use_shortcuts(vec![Shortcut::key("n", {
        let new = new.clone();
        move |()| new.emit(())
    })]);
    let search = {
        let filter = filter.clone();
        Callback::from(move |query| {
            filter.set(Filter {
                query,
                ..(*filter).clone()
            })
        })
    };
    let narrow = {
        let filter = filter.clone();
        Callback::from(move |category| {
            filter.set(Filter {
                category,
                ..(*filter).clone()
            })
        })
    };
    // What was stored shows at once; a deleted one leaves the editor.
    let onchange = {
        let (choose, reload) = (choose.clone(), answer.reload.clone());
        Callback::from(move |now: Option<TemplateId>| {
            reload.emit(());
            choose.emit(now.map_or(Chosen::Nothing, Chosen::Stored));
        })
    };
    let onstored = {
        let (fresh, onchange) = (fresh.setter(), onchange.clone());
        Callback::from(move |stored: MessageTemplate| {
            onchange.emit(Some(stored.id));
            fresh.set(Some(stored));
        })
    };
    let retry = html! { <Button label="Try again" small={true} onpress={answer.reload.clone()} /> };
    let list = match (&answer.value, &answer.error) {
        (None, Some(error)) => {
            html! { <EmptyState icon={Icon::Warning} title="The templates could not be read" text={error.message.clone()}>{ retry }</EmptyState> }
        }
        (None, None) => html! { <Skeleton kind={SkeletonKind::Rows} /> },
        (Some(_), _) if all.is_empty() => nothing_yet(&new),
        (Some(_), _) if shown.is_empty() => {
            html! { <EmptyState icon={Icon::Search} title="No template found" text="Another word or category may help." /> }
        }
        (Some(_), error) => {
            let selected = match *chosen {
                Chosen::Stored(id) => Some(id),
                Chosen::Nothing | Chosen::New => None,
            };
            html! {
                <>
                    if let Some(error) = error { <Strip kind={StripKind::Failure} text={error.message.clone()}>{ retry }</Strip> }
                    <TemplateList templates={(*shown).clone()} {selected} onopen={choose.reform(Chosen::Stored)} />
                </>
            }
        }
    };
    let open = match *chosen {
        Chosen::Stored(id) => all.iter().find(|template| template.id == id).cloned(),
        Chosen::Nothing | Chosen::New => None,
    };
    let categories = filter::categories(&all);
    let editor = match (*chosen, open) {
        (Chosen::New, _) => html! { <Editor key="new" {categories} {onchange} {onstored} /> },
        (_, Some(template)) => {
            let id = template.id.0;
            html! { <Editor key={id} {template} {categories} {onchange} {onstored} /> }
        }
        (Chosen::Nothing | Chosen::Stored(_), None) => html! {
            <EmptyState icon={Icon::Text} title="Choose a template" text="Texts you send often, with placeholders for what differs from person to person." />
        },
    };
    html! {
        <div class="templates">
            <div class="templates-side">
                <header class="templates-tools">
                    <SearchField value={filter.query.clone()} placeholder="Find a template" oninput={search} />
                    <div class="templates-row">
                        <Choice<Category> label="Category" hides_label={true} options={filter::options(&all)} value={filter.category.clone()} onchange={narrow} />
                        <Transfer onchange={answer.reload.clone()} />
                        <Button label="New" icon={Icon::Plus} kind={ButtonKind::Primary} small={true} hint="n" onpress={new} />
                    </div>
                </header>
                { list }
            </div>
            <div class="templates-main">{ editor }</div>
        </div>
    }
}

/// The list with a template in its place by name, in place of what was there under its id.
fn with_fresh(all: &[MessageTemplate], fresh: Option<&MessageTemplate>) -> Rc<[MessageTemplate]> {
    let Some(fresh) = fresh else { return all.into() };
    let mut list: Vec<MessageTemplate> = all.iter().filter(|one| one.id != fresh.id).cloned().collect();
    let at = list.partition_point(|one| one.name.to_lowercase() <= fresh.name.to_lowercase());
    list.insert(at, fresh.clone());
    list.into()
}

fn nothing_yet(new: &Callback<()>) -> Html {
    html! {
        <EmptyState icon={Icon::Text} title="No templates yet" text="Write down what you text often, or bring in those that RingCentral keeps for you.">
            <Button label="New template" icon={Icon::Plus} kind={ButtonKind::Primary} onpress={new.clone()} />
        </EmptyState>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(id: i64, name: &str) -> MessageTemplate {
        MessageTemplate {
            id: TemplateId(id),
            name: name.to_owned(),
            body: String::new(),
            category: None,
            variables: Vec::new(),
            created_by: None,
            created_at: jiff::Timestamp::UNIX_EPOCH,
            updated_at: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn what_was_stored_a_moment_ago_stands_in_its_place_and_once() {
        let all = [template(1, "Closed"), template(2, "Ready")];
        let names = |fresh| {
            let list = with_fresh(&all, Some(&fresh));
            list.iter().map(|one| one.name.clone()).collect::<Vec<_>>()
        };
        assert_eq!(names(template(3, "open")), ["Closed", "open", "Ready"]);
        assert_eq!(names(template(1, "Shut")), ["Ready", "Shut"]);
    }
}
