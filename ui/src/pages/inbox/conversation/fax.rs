//! A fax: how many pages, how far it got, and the pages themselves.

use super::fax_pages::{FaxPages, FirstPage};
use super::file_actions::SaveButton;
use crate::components::{Button, Glyph, Icon};
use crate::format::dates::Now;
use crate::format::{counted, file_size};
use domain::attachment::AttachmentKind;
use domain::communication::{Body, Communication, DeliveryState, Direction};
use std::rc::Rc;
use yew::{Callback, Html, Properties, component, html, use_state};

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
    let Body::Fax { page_count, state } = &item.body else {
        return Html::default();
    };
    let document = item
        .attachments
        .iter()
        .find(|file| file.kind == AttachmentKind::FaxDocument);
    let set_open = |open: bool| {
        let (is_open, onseen) = (is_open.setter(), props.onseen.clone());
        Callback::from(move |()| {
            is_open.set(open);
            if open {
                onseen.emit(());
            }
        })
    };
    let title = format!(
        "{}, {}",
        name(item.direction),
        counted(u64::from(*page_count), "page", "pages")
    );
    html! {
        <>
        <div class="file-card">
            <header>
                <Glyph icon={Icon::Fax} /><b>{ &title }</b>
                <time title={props.now.full_time(item.occurred_at)}>{ props.now.list_time(item.occurred_at) }</time>
            </header>
            { delivery(state) }
            if let Some(file) = document {
                if props.is_chosen { <FirstPage file={file.id} onopen={set_open(true)} /> }
                <footer>
                    <Button label="Open" icon={Icon::Open} small={true} hint="Show all pages" onpress={set_open(true)} />
                    <SaveButton file={file.clone()} />
                    if let Some(bytes) = file.size_bytes { <span class="hint">{ file_size(bytes) }</span> }
                </footer>
            } else {
                <p class="hint">{ "RingCentral keeps no document of this fax." }</p>
            }
        </div>
            // Outside of the card, whose style is not meant for a dialog.
            if let Some(file) = document.filter(|_| *is_open) {
                <FaxPages file={file.clone()} {title} onclose={set_open(false)} />
            }
        </>
    }
}

fn name(direction: Direction) -> &'static str {
    match direction {
        Direction::Inbound => "Fax",
        Direction::Outbound => "Fax sent",
    }
}

fn delivery(state: &DeliveryState) -> Html {
    match state {
        DeliveryState::Queued => html! { <p class="hint">{ "Queued at RingCentral" }</p> },
        DeliveryState::Failed { reason } => html! { <p class="is-bad">{ format!("Not sent: {reason}") }</p> },
        DeliveryState::Received | DeliveryState::Sent | DeliveryState::Delivered | DeliveryState::Unknown => {
            Html::default()
        }
    }
}
