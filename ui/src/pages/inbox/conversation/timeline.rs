//! The history itself, scrolled to what was opened, held in place when earlier parts arrive.

use super::event::Event;
use super::history::continues;
use super::use_history::use_history;
use super::use_scrolling::{Drawn, use_scrolling};
use crate::components::{Button, ButtonKind, Strip, StripKind};
use crate::hooks::use_now;
use crate::texting::Outgoing;
use domain::communication::Communication;
use domain::ids::CommunicationId;
use domain::inbox::{ItemDetail, Subject};
use domain::outgoing::Composer;
use std::rc::Rc;
use yew::{Callback, Html, Properties, component, html, use_node_ref};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub detail: Rc<ItemDetail>,
    pub open: CommunicationId,
    /// With what is on its way in this thread; `None` while that is not known.
    pub composer: Option<Rc<Composer>>,
    pub onseen: Callback<Communication>,
}

/// The history.
#[component]
pub(crate) fn Timeline(props: &Props) -> Html {
    let now = use_now();
    let (node, inner) = (use_node_ref(), use_node_ref());
    let handle = use_history(&props.detail);
    let items = &handle.history.items;
    use_scrolling(
        &node,
        &inner,
        Drawn {
            open: props.detail.item.id,
            first: items.first().map(|item| item.id),
            count: items.len(),
            newest: props
                .composer
                .as_ref()
                .map(|composer| composer.outgoing.last().map(|text| text.id)),
        },
        handle.earlier.clone(),
    );
    let is_of_one = !matches!(props.detail.subject, Subject::Conversation(_));
    let last = items.len().saturating_sub(1);
    html! {
        <div ref={node} class="feed" tabindex="0" role="log" aria-label="History" aria-live="off">
            <div ref={inner} class="feed-inner">
                if let Some(error) = &handle.error {
                    <Strip kind={StripKind::Failure} text={error.message.clone()}>
                        <Button label="Try again" small={true} onpress={handle.earlier.clone()} />
                    </Strip>
                } else if handle.history.earlier.is_some() {
                    <Button label={if handle.is_loading { "Fetching earlier items" } else { "Earlier" }} kind={ButtonKind::Quiet} small={true}
                        disabled={handle.is_loading} onpress={handle.earlier.clone()} />
                }
                { for items.iter().enumerate().map(|(index, item)| {
                    let is_open = item.id == props.open;
                    let is_continued = index < last && continues(item, items.get(index + 1));
                    html! {
                        <Event key={item.id.0} item={item.clone()} now={now.clone()} {is_open} {is_continued} {is_of_one} onseen={props.onseen.clone()} />
                    }
                }) }
                if let Some(composer) = &props.composer {
                    { for composer.outgoing.iter().map(|text| html! {
                        <Outgoing key={format!("outgoing-{}", text.id)} text={text.clone()} held_up={composer.held_up.clone()} />
                    }) }
                }
            </div>
        </div>
    }
}
