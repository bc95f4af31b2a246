//! One item of the history, each kind in its own form.

use super::bubble::Bubble;
use super::call_line::CallLine;
use super::fax::Fax;
use crate::format::dates::Now;
use crate::voicemail::VoicemailCard;
use domain::communication::{Communication, Kind};
use std::rc::Rc;
use yew::{Callback, Html, Properties, classes, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub item: Communication,
    pub now: Rc<Now>,
    /// The one that was chosen in the list.
    pub is_open: bool,
    /// The next one is part of the same message.
    pub is_continued: bool,
    /// The history is one person's, not a group's.
    pub is_of_one: bool,
    pub onseen: Callback<Communication>,
}

/// The item.
#[component]
pub(crate) fn Event(props: &Props) -> Html {
    let (item, now) = (props.item.clone(), props.now.clone());
    let onseen = {
        let (onseen, item) = (props.onseen.clone(), item.clone());
        Callback::from(move |()| onseen.emit(item.clone()))
    };
    let class = classes!(
        "event",
        props.is_open.then_some("is-open"),
        (!item.is_read).then_some("is-unread")
    );
    html! {
        <article id={format!("event-{}", item.id)} {class}>
            { match item.kind() {
                Kind::Call => html! { <CallLine {item} {now} /> },
                Kind::Text => html! { <Bubble {item} {now} is_continued={props.is_continued} names_group={props.is_of_one} /> },
                Kind::Voicemail => html! { <VoicemailCard {item} {now} is_open={props.is_open} onheard={onseen} /> },
                Kind::Fax => html! { <Fax {item} {now} is_chosen={props.is_open} {onseen} /> },
            } }
        </article>
    }
}
