//! The last things between us.

use crate::components::Glyph;
use crate::format::summary::{Tone, brief};
use crate::hooks::use_now;
use domain::communication::Communication;
use yew::{Html, Properties, classes, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub items: Vec<Communication>,
}

/// Newest first, a line each; nothing at all when there was nothing.
#[component]
pub(crate) fn Recent(props: &Props) -> Html {
    let now = use_now();
    if props.items.is_empty() {
        return Html::default();
    }
    html! {
        <ul class="card-recent" aria-label="Last interactions">
            { for props.items.iter().map(|item| {
                let line = brief(item);
                html! {
                    <li key={item.id.0} class={classes!((line.tone == Tone::Bad).then_some("is-bad"))}>
                        <Glyph icon={line.icon} small={true} />
                        <span>{ line.text }</span>
                        <time>{ now.brief_time(item.occurred_at) }</time>
                    </li>
                }
            }) }
        </ul>
    }
}
