//! Who is there: the heartbeat of the company.

use crate::components::{AvatarSize, Glyph, Icon, avatar};
use crate::format::presence_words;
use crate::hooks::{use_coalesced, use_command, use_core_event};
use crate::presence::{Presences, use_presences};
use crate::routes::Route;
use domain::event::CoreEvent;
use domain::ipc::presence::ListTeam;
use domain::overview::Heartbeat;
use domain::presence::{Availability, TeamMember};
use yew::{Callback, Html, MouseEvent, Properties, component, html};

/// The faces seldom change; their dots do, by themselves.
const PACE_MS: u32 = 5_000;
/// As many as three lines hold in the narrowest card.
const FACES: usize = 18;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub heartbeat: Heartbeat,
    pub onopen: Callback<Route>,
}

/// The card.
#[component]
pub(super) fn TeamCard(props: &Props) -> Html {
    let presences = use_presences();
    let team = use_command(Some(ListTeam {}));
    let refresh = use_coalesced(PACE_MS, {
        let reload = team.reload.clone();
        move |()| reload.emit(())
    });
    use_core_event(move |event| {
        if matches!(
            event,
            CoreEvent::ContactsChanged { .. } | CoreEvent::SessionChanged | CoreEvent::Overflowed
        ) {
            refresh.emit(());
        }
    });
    let beat = counted(&presences, &props.heartbeat);
    let total = beat.available + beat.busy + beat.on_calls + beat.do_not_disturb + beat.offline;
    let away = beat.busy + beat.do_not_disturb;
    let members = team.value.iter().flat_map(|team| &team.members);
    let to_team = props.onopen.reform(|_: MouseEvent| Route::Team);
    html! {
        <section class="overview-card" aria-label="Team presence">
            <h2>{ "Team presence" }<button type="button" class="card-link" onclick={to_team}>{ total }<Glyph icon={Icon::Right} small={true} /></button></h2>
            if total == 0 {
                <div class="overview-calm"><Glyph icon={Icon::Team} /><p><b>{ "Nobody to see yet" }</b><span>{ "Colleagues appear when the company directory has arrived." }</span></p></div>
            } else {
                <div class="beat">
                    { figure(beat.available, "free") }{ figure(beat.on_calls, "on a call") }{ figure(away, "busy") }{ figure(beat.offline, "offline") }
                </div>
                <div class="faces">{ for members.filter(|member| !member.is_own).take(FACES).map(|member| face(member, &presences, &props.onopen)) }</div>
            }
            if let Some(stale) = &props.heartbeat.stale { <p class="card-stale"><Glyph icon={Icon::Warning} small={true} />{ stale }</p> }
        </section>
    }
}

fn figure(count: u32, words: &'static str) -> Html {
    html! { <div><b class="big-figure">{ count }</b><span>{ words }</span></div> }
}

fn face(member: &TeamMember, presences: &Presences, onopen: &Callback<Route>) -> Html {
    let contact = &member.contact;
    let id = contact.id.0;
    let state = presences
        .of(contact.id)
        .map(|presence| presence_words::state(presence.availability));
    let title = [Some(contact.name.as_str()), state]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ");
    html! {
        <button key={id} type="button" title={title.clone()} aria-label={title} onclick={onopen.reform(move |_: MouseEvent| Route::Contact { id })}>
            { avatar::of_ref(contact, AvatarSize::Small) }
        </button>
    }
}

/// From what the dots show, so that figures and dots never differ; from the core until those are known.
fn counted(presences: &Presences, heartbeat: &Heartbeat) -> Heartbeat {
    let mut beat = Heartbeat::default();
    for presence in presences.all() {
        let count = match presence.availability {
            Availability::Available => &mut beat.available,
            Availability::Busy => &mut beat.busy,
            Availability::Ringing | Availability::OnCall => &mut beat.on_calls,
            Availability::DoNotDisturb => &mut beat.do_not_disturb,
            Availability::Offline => &mut beat.offline,
        };
        *count += 1;
    }
    if presences.all().next().is_none() {
        heartbeat.clone()
    } else {
        beat
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn until_the_dots_are_known_the_core_counts() {
        let heartbeat = Heartbeat {
            available: 6,
            ..Heartbeat::default()
        };
        assert_eq!(counted(&Presences::default(), &heartbeat), heartbeat);
    }
}
