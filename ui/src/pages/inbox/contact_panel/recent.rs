//! The last things between us, newest first.

use crate::components::Glyph;
use crate::format::summary::{self, Tone};
use crate::hooks::use_now;
use domain::communication::Communication;
use domain::ids::CommunicationId;
use yew::{Callback, Html, Properties, classes, component, html};

const SHOWN: usize = 6;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    /// Oldest first.
    pub items: Vec<Communication>,
    pub onopen: Callback<CommunicationId>,
}

/// The short list; a line leads to its item.
#[component]
pub(crate) fn Recent(props: &Props) -> Html {
    let now = use_now();
    html! {
        <section>
            <h3>{ "Timeline" }</h3>
            { for props.items.iter().rev().take(SHOWN).map(|item| {
                let line = summary::brief(item);
                let id = item.id;
                html! {
                    <button key={id.0} type="button" class={classes!("recent", (line.tone == Tone::Bad).then_some("is-bad"))}
                        onclick={props.onopen.reform(move |_| id)} title={now.full_time(item.occurred_at)}>
                        <Glyph icon={line.icon} small={true} />
                        <span class="recent-words">{ line.text }</span>
                        <time>{ now.brief_time(item.occurred_at) }</time>
                    </button>
                }
            }) }
        </section>
    }
}
