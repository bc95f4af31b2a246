//! The team: who is free, who talks to whom, and the way to each colleague.

mod filter;
mod list;
mod row;
mod toolbar;

use crate::components::{Button, EmptyState, Icon, Skeleton, SkeletonKind, Strip, StripKind, use_toasts};
use crate::hooks::{use_coalesced, use_command, use_core_event};
use crate::ipc;
use crate::presence::use_presences;
use domain::event::CoreEvent;
use domain::ids::ContactId;
use domain::ipc::presence::{ListTeam, SetFavourite};
use domain::presence::TeamMember;
use filter::Filter;
use list::List;
use std::rc::Rc;
use toolbar::Toolbar;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, component, html, use_memo, use_state};

/// Whom somebody talks to comes with the list.
const PACE_MS: u32 = 1_000;
/// Presence has its own way here; what else it brings can wait.
const SELDOM_MS: u32 = 5_000;

/// The page.
#[component]
pub(crate) fn Team() -> Html {
    let answer = use_command(Some(ListTeam {}));
    let refresh = use_coalesced(PACE_MS, {
        let reload = answer.reload.clone();
        move |()| reload.emit(())
    });
    let refresh_seldom = use_coalesced(SELDOM_MS, {
        let refresh = refresh.clone();
        move |()| refresh.emit(())
    });
    use_core_event(move |event| match event {
        CoreEvent::PresenceChanged { contacts } if !contacts.is_empty() => refresh_seldom.emit(()),
        CoreEvent::PresenceChanged { .. }
        | CoreEvent::ContactsChanged { .. }
        | CoreEvent::LiveCallsChanged
        | CoreEvent::SessionChanged
        | CoreEvent::Overflowed => refresh.emit(()),
        _ => {}
    });
    let presences = use_presences();
    let filter = use_state(Filter::default);
    let team = answer.value.clone();
    // Presence as every dot has it, which is newer than the list.
    let members: Rc<Vec<Rc<TeamMember>>> = use_memo((team.clone(), presences), |(team, presences)| {
        let members = team.iter().flat_map(|team| &team.members);
        members
            .map(|member| {
                let presence = presences
                    .of(member.contact.id)
                    .map(|presence| (**presence).clone());
                Rc::new(TeamMember {
                    presence: presence.or_else(|| member.presence.clone()),
                    ..member.clone()
                })
            })
            .collect()
    });
    let shown: Rc<[Rc<TeamMember>]> = members
        .iter()
        .filter(|member| filter.keeps(member))
        .cloned()
        .collect();
    let onchange = {
        let filter = filter.setter();
        Callback::from(move |changed| filter.set(changed))
    };
    let onfavourite = use_favourites(&answer.reload);
    let reset = onchange.reform(|()| Filter::default());
    let Some(team) = team else {
        return html! {
            <section class="page team" aria-label="Team">
                if let Some(error) = &answer.error {
                    <EmptyState icon={Icon::Warning} title="The team could not be read" text={error.message.clone()}>
                        <Button label="Try again" small={true} onpress={answer.reload.clone()} />
                    </EmptyState>
                } else {
                    <Skeleton kind={SkeletonKind::Rows} />
                }
            </section>
        };
    };
    html! {
        <section class="page team" aria-label="Team">
            <Toolbar members={members.clone()} shown={shown.len()} filter={(*filter).clone()} {onchange} />
            if let Some(error) = &answer.error {
                <Strip kind={StripKind::Failure} text={error.message.clone()}>
                    <Button label="Try again" small={true} onpress={answer.reload.clone()} />
                </Strip>
            }
            if let Some(stale) = &team.stale { <Strip text={stale.clone()} /> }
            if let Some(hidden) = &team.calls_hidden { <Strip kind={StripKind::Notice} text={hidden.clone()} /> }
            if members.is_empty() {
                <EmptyState icon={Icon::Team} title="No colleagues yet" text="They arrive with the company directory, at the first update." />
            } else if shown.is_empty() {
                <EmptyState icon={Icon::Search} title="Nobody goes with that" text="Nobody of the team is found by these words and filters at the moment.">
                    <Button label="Show everybody" small={true} onpress={reset} />
                </EmptyState>
            } else {
                <List members={shown} {onfavourite} hides_calls={team.calls_hidden.is_some()} />
            }
        </section>
    }
}

/// Stores who is a favourite, and lists anew.
#[yew::hook]
fn use_favourites(reload: &Callback<()>) -> Callback<(ContactId, bool)> {
    let toasts = use_toasts();
    let reload = reload.clone();
    yew::use_callback((), move |(contact, is_favourite): (ContactId, bool), ()| {
        let (toasts, reload) = (toasts.clone(), reload.clone());
        spawn_local(async move {
            match ipc::call(SetFavourite {
                contact,
                is_favourite,
            })
            .await
            {
                Ok(()) => reload.emit(()),
                Err(error) => toasts.fail(error.message),
            }
        });
    })
}
