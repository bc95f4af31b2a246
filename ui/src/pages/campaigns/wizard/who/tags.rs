//! Everyone who has a tag.

use super::super::use_plan::Edits;
use crate::components::{Button, EmptyState, Icon, Skeleton, SkeletonKind};
use crate::format::counted;
use crate::hooks::use_command;
use domain::ipc::campaigns::ListTags;
use yew::{Callback, Html, MouseEvent, Properties, classes, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub chosen: Vec<(String, u32)>,
    pub edits: Edits,
}

/// One large button per tag, with how many contacts have it.
#[component]
pub(super) fn Tags(props: &Props) -> Html {
    let answer = use_command(Some(ListTags {}));
    let Some(tags) = &answer.value else {
        return match &answer.error {
            Some(error) => html! {
                <EmptyState icon={Icon::Warning} title="The tags could not be read" text={error.message.clone()}>
                    <Button label="Try again" small={true} onpress={answer.reload.clone()} />
                </EmptyState>
            },
            None => html! { <Skeleton kind={SkeletonKind::Panel} /> },
        };
    };
    if tags.is_empty() {
        return html! {
            <EmptyState icon={Icon::Book} title="No contact has a tag yet"
                text="Give contacts tags in their form, such as “customer” or “Oakland”, to reach all of them here." />
        };
    }
    let toggle = {
        let edits = props.edits.clone();
        Callback::from(move |tag: (String, u32)| {
            edits.edit(move |plan| {
                let before = plan.tags.len();
                plan.tags.retain(|(name, _)| *name != tag.0);
                if plan.tags.len() == before {
                    plan.tags.push(tag);
                }
            });
        })
    };
    html! {
        <div class="tags" role="group" aria-label="Tags">
            { for tags.iter().map(|tag| {
                let is_chosen = props.chosen.iter().any(|(name, _)| *name == tag.0);
                let onclick = {
                    let tag = tag.clone();
                    toggle.reform(move |_: MouseEvent| tag.clone())
                };
                html! {
                    <button key={tag.0.clone()} type="button" class={classes!("tag-choice", is_chosen.then_some("is-selected"))}
                        aria-pressed={is_chosen.to_string()} {onclick}>
                        <b>{ &tag.0 }</b><span>{ counted(tag.1.into(), "contact", "contacts") }</span>
                    </button>
                }
            }) }
        </div>
    }
}
