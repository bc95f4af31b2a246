//! A fax: how many pages, how far it got, its first page, and what can be done with it.

use super::fax_first::FirstPage;
use super::file_actions::SaveButton;
use crate::components::{Button, ButtonKind, Glyph, Icon, KeptLine};
use crate::fax::{self, FaxDesk, FaxViewer, Outcomes, use_fax};
use crate::format::dates::Now;
use crate::format::file_size;
use crate::format::summary::with_pages;
use domain::attachment::AttachmentKind;
use domain::communication::{Body, Communication, DeliveryState, Direction};
use domain::fax::FaxOutcome;
use domain::ids::CommunicationId;
use domain::ipc::fax::NewFax;
use std::rc::Rc;
use yew::{Callback, Html, Properties, component, html, use_context, use_state};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub item: Communication,
    pub now: Rc<Now>,
    /// Chosen in the list: its first page is shown right away.
    pub is_chosen: bool,
    /// Somebody opened it.
    pub onseen: Callback<()>,
}

/// The card.
#[component]
pub(crate) fn Fax(props: &Props) -> Html {
    let is_open = use_state(|| false);
    let item = &props.item;
    let document = item
        .attachments
        .iter()
        .find(|file| file.kind == AttachmentKind::FaxDocument);
    let is_wanted = props.is_chosen || *is_open;
    let opened = use_fax(item.id, is_wanted);
    let Body::Fax { page_count, state } = &item.body else {
        return Html::default();
    };
    let set_open = |open: bool| {
        let (is_open, onseen) = (is_open.setter(), props.onseen.clone());
        Callback::from(move |()| {
            is_open.set(open);
            if open {
                onseen.emit(());
            }
        })
    };
    let title = with_pages(name(item.direction, state), *page_count);
    let view = opened.known.clone();
    let recipients = view
        .as_ref()
        .map(|view| view.recipients.clone())
        .unwrap_or_default();
    html! {
        <>
        <div class="file-card fax-card">
            <header>
                <Glyph icon={Icon::Fax} /><b>{ &title }</b>
                <time title={props.now.full_time(item.occurred_at)}>{ props.now.list_time(item.occurred_at) }</time>
            </header>
            { delivery(item.id, state, recipients) }
            if let Some(file) = document {
                if props.is_chosen { <FirstPage fax={opened.clone()} onopen={set_open(true)} /> }
                <footer>
                    <Button label="Open" icon={Icon::Open} small={true} hint="Show all pages" onpress={set_open(true)} />
                    <Passing item={item.id} can_reply={item.direction == Direction::Inbound && item.party.number.is_some()} />
                    <SaveButton file={file.clone()} />
                    if let Some(bytes) = file.size_bytes { <span class="hint">{ file_size(bytes) }</span> }
                </footer>
            } else {
                <p class="hint">{ "RingCentral keeps no document of this fax." }</p>
            }
            if let Some(view) = view.filter(|_| document.is_some()) {
                <KeptLine kept={view.kept} now={props.now.clone()} />
            } else if document.is_some() {
                // Keeps its place, so that nothing below moves when it is known.
                <p class="kept" aria-hidden="true"><span>{ "\u{a0}" }</span></p>
            }
        </div>
            // Outside of the card, whose style is not meant for the viewer.
            if *is_open {
                <FaxViewer item={item.clone()} fax={opened} now={props.now.clone()} onclose={set_open(false)} />
            }
        </>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct PassingProps {
    item: CommunicationId,
    can_reply: bool,
}

/// Answering it, and sending it on.
#[component]
fn Passing(props: &PassingProps) -> Html {
    let desk = use_context::<FaxDesk>();
    let begin = |reply_to: Option<CommunicationId>, forward: Option<CommunicationId>| {
        let desk = desk.clone();
        Callback::from(move |()| {
            if let Some(FaxDesk(begin)) = &desk {
                begin.emit(NewFax {
                    to: Vec::new(),
                    reply_to,
                    forward,
                });
            }
        })
    };
    let id = Some(props.item);
    html! {
        <>
            if props.can_reply {
                <Button label="Reply by fax" icon={Icon::Reply} kind={ButtonKind::Quiet} small={true} onpress={begin(id, None)} />
            }
            <Button label="Send to…" icon={Icon::Forward} kind={ButtonKind::Quiet} small={true} hint="Send these pages to somebody else"
                onpress={begin(None, id)} />
        </>
    }
}

fn name(direction: Direction, state: &DeliveryState) -> &'static str {
    match (direction, state) {
        (Direction::Outbound, DeliveryState::Sent | DeliveryState::Delivered | DeliveryState::Unknown) => {
            "Fax sent"
        }
        // What was not sent is said below.
        _ => "Fax",
    }
}

/// For each recipient once that is known; until then for all of them together. Nothing is said of what simply went well at one.
fn delivery(item: CommunicationId, state: &DeliveryState, recipients: Vec<FaxOutcome>) -> Html {
    let is_plain = |state: &DeliveryState| {
        matches!(
            state,
            DeliveryState::Received | DeliveryState::Sent | DeliveryState::Delivered | DeliveryState::Unknown
        )
    };
    match recipients.as_slice() {
        [] if is_plain(state) => Html::default(),
        [] => {
            let is_bad = matches!(state, DeliveryState::Failed { .. });
            html! { <p class={if is_bad { "is-bad" } else { "hint" }}>{ fax::outcome(state) }</p> }
        }
        [only] if is_plain(&only.state) && only.advice.is_empty() => Html::default(),
        _ => html! { <Outcomes {item} {recipients} /> },
    }
}
