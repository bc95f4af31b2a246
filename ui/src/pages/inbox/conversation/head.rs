//! Whose history it is, and what to do with the item that is open.

use crate::calling::CallButton;
use crate::components::{AvatarSize, Button, ButtonKind, CopyButton, Icon, avatar};
use crate::format::summary::row_title;
use crate::matching::Why;
use domain::communication::{Body, Communication};
use domain::inbox::ItemDetail;
use std::rc::Rc;
use yew::{Callback, Html, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub detail: Rc<ItemDetail>,
    pub ondone: Callback<()>,
    pub onpanel: Callback<()>,
    pub shows_panel: bool,
}

/// The head of the pane.
#[component]
pub(crate) fn Head(props: &Props) -> Html {
    let item = &props.detail.item;
    let title = row_title(item);
    let number = number_of(item);
    let people = group_size(item).map(|size| format!("{size} people and you"));
    // The number first: it is what one reads out, and the end is cut where there is no room.
    let below: Vec<String> = [
        number.clone().filter(|number| *number != title.name),
        title.detail,
        people,
    ]
    .into_iter()
    .flatten()
    .collect();
    let is_group = group_size(item).is_some();
    let (done, icon) = if item.is_done {
        ("To inbox", Icon::Undo)
    } else {
        ("Done", Icon::Check)
    };
    html! {
        <header class="conversation-head">
            { avatar::of_party(&item.party, AvatarSize::Medium) }
            <div class="conversation-title">
                <div class="conversation-name">
                    <h2 class="selectable">{ title.name }</h2>
                    if !is_group { <Why explanation={props.detail.explanation.clone()} /> }
                </div>
                <p class="selectable">{ below.join(" · ") }</p>
            </div>
            if let Some(number) = number.clone() { <CallButton {number} /> }
            if let Some(number) = number { <CopyButton text={number} what="number" /> }
            <Button label={done} {icon} small={true} hint={format!("{done} (e)")} onpress={props.ondone.clone()} />
            <Button label="Contact details" icon={Icon::Panel} kind={ButtonKind::Quiet} small={true} icon_only={true}
                pressed={props.shows_panel} onpress={props.onpanel.clone()} />
        </header>
    }
}

/// The one number to copy; a group has none.
fn number_of(item: &Communication) -> Option<String> {
    if group_size(item).is_some() {
        return None;
    }
    let number = item.party.number.as_ref()?;
    Some(number.formatted.clone()).filter(|formatted| !formatted.is_empty())
}

fn group_size(item: &Communication) -> Option<usize> {
    match &item.body {
        Body::Text { participants, .. } if participants.len() > 1 => Some(participants.len()),
        _ => None,
    }
}
