//! The colleagues, only those in view.

use super::row::Row;
use crate::components::{Slot, VirtualList};
use domain::ids::ContactId;
use domain::presence::TeamMember;
use std::rc::Rc;
use yew::{Callback, Html, Properties, component, html, use_memo, use_node_ref};

/// As `.team-row` in the style sheet.
const ROW_HEIGHT: u32 = 56;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub members: Rc<[Rc<TeamMember>]>,
    pub onfavourite: Callback<(ContactId, bool)>,
    pub hides_calls: bool,
}

/// The list under its titles.
#[component]
pub(super) fn List(props: &Props) -> Html {
    let node = use_node_ref();
    let ids: Vec<ContactId> = props.members.iter().map(|member| member.contact.id).collect();
    // Kept while the same people stand there in the same order, whatever they do.
    let slots = use_memo(ids, |ids| -> Rc<[Slot]> {
        ids.iter()
            .map(|id| Slot {
                key: id.to_string().into(),
                height: ROW_HEIGHT,
            })
            .collect()
    });
    let render = {
        let (members, onfavourite) = (props.members.clone(), props.onfavourite.clone());
        Callback::from(move |index: usize| {
            members.get(index).map_or_else(Html::default, |member| {
                html! { <Row key={member.contact.id.0} member={member.clone()} onfavourite={onfavourite.clone()} /> }
            })
        })
    };
    html! {
        <div class="team-list">
            <div class="team-row team-titles" aria-hidden="true">
                <span /><span>{ "Name" }</span><span>{ "State" }</span>
                <span>{ if props.hides_calls { "Message" } else { "Talks to" } }</span><span>{ "Queues" }</span><span />
            </div>
            <VirtualList slots={(*slots).clone()} {render} {node} label="Team" role="list" />
        </div>
    }
}
