//! The reading pane: what we had with one person or group, oldest first, with the item that was opened.

mod bubble;
mod call_line;
mod event;
mod fax;
mod fax_first;
mod file_actions;
mod head;
mod history;
mod pictures;
mod timeline;
mod use_history;
mod use_scrolling;

use crate::browser;
use crate::components::{Button, EmptyState, Icon, Skeleton, SkeletonKind, Strip, StripKind};
use crate::hooks::{Answer, use_now};
use crate::texting::{ComposerPane, use_compose_reply, words};
use domain::communication::Communication;
use domain::ids::CommunicationId;
use domain::inbox::ItemDetail;
use domain::ipc::ErrorCode;
use head::Head;
use timeline::Timeline;
use yew::{Callback, Html, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub detail: Answer<ItemDetail>,
    pub open: Option<CommunicationId>,
    pub ondone: Callback<()>,
    pub onclose: Callback<()>,
    pub onpanel: Callback<()>,
    pub shows_panel: bool,
    /// An item was listened to or looked at.
    pub onseen: Callback<Communication>,
}

/// The pane.
#[component]
pub(crate) fn Conversation(props: &Props) -> Html {
    let now = use_now();
    let composing = use_compose_reply(props.open);
    // What is on its way, and the field, belong to this conversation only if both answers are about it.
    let is_shown = props.detail.value.as_ref().map(|detail| detail.item.id) == props.open;
    let composing = Answer {
        is_current: composing.is_current && is_shown,
        ..composing
    };
    let composer = composing.value.clone().filter(|_| composing.is_current);
    let Some(open) = props.open else {
        return html! {
            <section class="conversation" aria-label="Conversation">
                <EmptyState icon={Icon::Inbox} title="Nothing open" text="Choose an item, or press j for the first one. ? shows all keys." />
            </section>
        };
    };
    let error = props.detail.error.as_ref();
    html! {
        <section class="conversation" aria-label="Conversation" aria-busy={props.detail.is_loading.to_string()} tabindex="-1" id="conversation">
            if let Some(detail) = &props.detail.value {
                <Head detail={detail.clone()} ondone={props.ondone.clone()} onpanel={props.onpanel.clone()}
                    shows_panel={props.shows_panel} />
                if let Some(error) = error {
                    <Strip kind={StripKind::Failure} text={error.message.clone()}>
                        <Button label="Try again" small={true} onpress={props.detail.reload.clone()} />
                    </Strip>
                }
                <Timeline detail={detail.clone()} {open} composer={composer.clone()} onseen={props.onseen.clone()} />
                <p class="only-spoken" role="status">
                    { composer.map(|composer| words::spoken(&composer.outgoing, composer.held_up.as_ref(), &now)) }
                </p>
                <ComposerPane answer={composing} onleave={Callback::from(|()| focus_feed())} />
            } else if let Some(error) = error {
                { failed(error.code, &error.message, &props.detail.reload, &props.onclose) }
            } else {
                <Skeleton kind={SkeletonKind::Conversation} />
            }
        </section>
    }
}

/// Puts the keyboard focus into the conversation, where arrow and page keys scroll.
pub(crate) fn focus_feed() {
    focus(".feed");
}

/// Puts it into the composer, or on the words that say why there is none.
pub(crate) fn focus_composer() {
    focus(".composer textarea, .composer-blocked");
}

fn focus(selector: &str) {
    if let Some(root) = browser::document().and_then(|document| document.get_element_by_id("conversation")) {
        browser::focus_within(&root, selector);
    }
}

fn failed(code: ErrorCode, message: &str, retry: &Callback<()>, close: &Callback<()>) -> Html {
    if code == ErrorCode::NotFound {
        return html! {
            <EmptyState icon={Icon::Trash} title="No longer there" text="It was deleted here or at RingCentral.">
                <Button label="Close" onpress={close.clone()} />
            </EmptyState>
        };
    }
    html! {
        <EmptyState icon={Icon::Warning} title="This could not be opened" text={message.to_owned()}>
            <Button label="Try again" onpress={retry.clone()} />
        </EmptyState>
    }
}
