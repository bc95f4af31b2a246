//! One row of the list: who, what happened, when, and whether it was seen.

use super::row_key::RowKey;
use crate::components::{AvatarSize, Glyph, Icon, avatar};
use crate::format::dates::Now;
use crate::format::summary::{self, Tone};
use domain::inbox::InboxRow;
use std::rc::Rc;
use yew::{Callback, Html, MouseEvent, Properties, classes, component, html};

/// What a click means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Press {
    Open,
    /// Choose this one too, or no longer.
    Toggle,
    /// Choose everything up to here.
    Extend,
    Done,
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub row: Rc<InboxRow>,
    pub now: Rc<Now>,
    pub is_open: bool,
    pub is_chosen: bool,
    pub onpress: Callback<(RowKey, Press)>,
}

/// The row.
#[component]
pub(crate) fn Row(props: &Props) -> Html {
    let item = &props.row.item;
    let key = RowKey::of(item);
    let is_unread = !item.is_read || props.row.unread_count > 0;
    let title = summary::row_title(item);
    let line = summary::summary(item, &props.now);
    let press = |press: Option<Press>| {
        let (onpress, key) = (props.onpress.clone(), key.clone());
        Callback::from(move |event: MouseEvent| {
            event.stop_propagation();
            let meant = match press {
                Some(press) => press,
                None if event.shift_key() => Press::Extend,
                None if event.ctrl_key() || event.meta_key() => Press::Toggle,
                None => Press::Open,
            };
            onpress.emit((key.clone(), meant));
        })
    };
    let class = classes!(
        "row",
        props.is_open.then_some("is-open"),
        is_unread.then_some("is-unread"),
        props.is_chosen.then_some("is-chosen")
    );
    let done = if item.is_done {
        "Move back to the inbox"
    } else {
        "Done (e)"
    };
    html! {
        <div {class} id={key.element_id()} role="option" aria-selected={(props.is_open || props.is_chosen).to_string()} onclick={press(None)}>
            <span class="row-sign" onclick={press(Some(Press::Toggle))} title="Choose (x)">
                { avatar::of_party(&item.party, AvatarSize::Medium) }
                <span class="row-check" aria-hidden="true"><Glyph icon={Icon::Check} /></span>
            </span>
            <span class="row-name">
                { title.name }
                if let Some(detail) = title.detail { <span class="row-detail">{ format!(" · {detail}") }</span> }
            </span>
            <time class="row-time" title={props.now.full_time(item.occurred_at)}>{ props.now.list_time(item.occurred_at) }</time>
            <span class={classes!("row-line", (line.tone == Tone::Bad).then_some("is-bad"))}>
                <Glyph icon={line.icon} small={true} /><span>{ line.text }</span>
            </span>
            if props.row.unread_count > 1 { <span class="row-count">{ props.row.unread_count }</span> }
            if is_unread { <span class="only-spoken">{ "unread" }</span> }
            <button type="button" class="row-done" title={done} aria-label={done} tabindex="-1" onclick={press(Some(Press::Done))}>
                <Glyph icon={if item.is_done { Icon::Undo } else { Icon::Check }} />
            </button>
        </div>
    }
}
