//! Which request about presence and the team gets which answer. `?team=` shows a state: `many` for three hundred people, `stale`,
//! `hidden` for calls one may not see, `empty`; `?own=` one's own: `refused`, `held`, `unknown`.

use super::answers::reply;
use super::world::{self, World};
use super::{history, live_answers, people};
use crate::{browser, clock};
use domain::communication::Direction;
use domain::contact::{Contact, ContactKind};
use domain::event::CoreEvent;
use domain::ids::ContactId;
use domain::ipc::presence::{
    GetOwnPresence, ListPresence, ListTeam, SetFavourite, SetOwnMessage, SetOwnQueue, SetOwnStatus,
};
use domain::ipc::{Command, ErrorCode, IpcError};
use domain::presence::{
    Availability, CallsTaken, MemberPresence, OwnPresence, OwnQueue, StatusChoice, TalkingTo, Team,
    TeamMember,
};
use jiff::SignedDuration;
use serde_json::Value;
use std::collections::BTreeSet;

const MANY: i64 = 290;
const FIRST_OF_MANY: i64 = 50_000;
const OWN_EXTENSION: &str = "101";

/// What was changed in this page.
#[derive(Debug, Clone)]
pub(super) struct Changed {
    choice: StatusChoice,
    message: Option<String>,
    off: BTreeSet<String>,
    favourites: BTreeSet<ContactId>,
}

impl Default for Changed {
    fn default() -> Self {
        Self {
            choice: StatusChoice::Available,
            message: None,
            off: BTreeSet::new(),
            favourites: BTreeSet::from([ContactId(13)]),
        }
    }
}

fn wants(parameter: &str, state: &str) -> bool {
    browser::parameter(parameter).as_deref() == Some(state)
}

/// The reply to the request `name`.
pub(super) fn answer(name: &str, request: Value) -> Result<Value, IpcError> {
    match name {
        ListPresence::NAME => reply(request, |asked: ListPresence| {
            let all = world::with(|world| team(world))
                .into_iter()
                .filter_map(|member| member.presence);
            Ok(all
                .filter(|presence| asked.contacts.is_empty() || asked.contacts.contains(&presence.contact))
                .collect())
        }),
        ListTeam::NAME => reply(request, |_: ListTeam| {
            let mut members = world::with(|world| team(world));
            members.sort_by_key(|member| (!member.is_favourite, member.contact.name.clone()));
            let is_hidden = wants("team", "hidden");
            if is_hidden {
                members.iter_mut().for_each(|member| member.talking_to.clear());
            }
            if wants("team", "empty") {
                members.clear();
            }
            Ok(Team {
                members,
                calls_hidden: is_hidden.then(|| {
                    "RingCentral shows you who is on a call, but not with whom: that needs a permission of administrators.".to_owned()
                }),
                stale: wants("team", "stale").then(|| {
                    "Nothing has been heard from RingCentral for 12 minutes; states may be out of date.".to_owned()
                }),
            })
        }),
        GetOwnPresence::NAME => reply(request, |_: GetOwnPresence| Ok(own())),
        SetOwnStatus::NAME => reply(request, |asked: SetOwnStatus| {
            change(|changed| changed.choice = asked.choice)
        }),
        SetOwnMessage::NAME => reply(request, |asked: SetOwnMessage| {
            change(|changed| changed.message = asked.message)
        }),
        SetOwnQueue::NAME => reply(request, |asked: SetOwnQueue| {
            change(|changed| {
                if asked.takes_calls {
                    changed.off.remove(&asked.queue);
                } else {
                    changed.off.insert(asked.queue);
                }
            })
        }),
        SetFavourite::NAME => reply(request, |asked: SetFavourite| {
            world::with(|world| {
                if asked.is_favourite {
                    world.presence.favourites.insert(asked.contact);
                } else {
                    world.presence.favourites.remove(&asked.contact);
                }
            });
            Ok(())
        }),
        _ => live_answers::answer(name, request),
    }
}

fn change(change: impl FnOnce(&mut Changed)) -> Result<OwnPresence, IpcError> {
    if wants("own", "refused") {
        return Err(IpcError {
            code: ErrorCode::RateLimited,
            message: "RingCentral asks to wait a minute before the next change.".to_owned(),
            retry_after_seconds: Some(60),
        });
    }
    let contact = world::with(|world| {
        change(&mut world.presence);
        own_contact(world)
    });
    world::announce(CoreEvent::PresenceChanged {
        contacts: contact.into_iter().collect(),
    });
    Ok(own())
}

fn own_contact(world: &World) -> Option<ContactId> {
    let is_own = |contact: &&Contact| contact.extension.as_deref() == Some(OWN_EXTENSION);
    world.contacts.iter().find(is_own).map(|contact| contact.id)
}

fn own() -> OwnPresence {
    world::with(|world| {
        let presence = team(world)
            .into_iter()
            .find(|member| member.is_own)
            .and_then(|member| member.presence);
        let queue = |id: &str, name: &str, can_change| OwnQueue {
            id: id.to_owned(),
            name: name.to_owned(),
            takes_calls: !world.presence.off.contains(id),
            can_change,
        };
        OwnPresence {
            presence: presence.filter(|_| !wants("own", "unknown")),
            choice: Some(world.presence.choice),
            queues: vec![
                queue("q-1", "Sales", true),
                queue("q-2", "Service", true),
                queue("q-3", "After hours", false),
            ],
            hindrance: wants("own", "held")
                .then(|| "Without a network nothing can be changed at RingCentral.".to_owned()),
        }
    })
}

/// Everybody, with the calls that [`live_answers`] knows.
pub(super) fn team(world: &World) -> Vec<TeamMember> {
    let colleagues = world
        .contacts
        .iter()
        .filter(|contact| contact.kind == ContactKind::TeamMember)
        .cloned();
    let many = (0..MANY).filter(|_| wants("team", "many")).map(|index| {
        let mut contact = people::blank(
            &format!("{} {}", pick(&FIRST, at(index)), pick(&LAST, at(index))),
            ContactKind::TeamMember,
        );
        contact.id = ContactId(FIRST_OF_MANY + index);
        contact.extension = Some((200 + index).to_string());
        contact.job_title = Some(pick(&["Estimator", "Dispatch", "Yard", "Office"], at(index)).to_owned());
        contact
    });
    colleagues
        .chain(many)
        .enumerate()
        .map(|(index, contact)| member(world, index, &contact))
        .collect()
}

const FIRST: [&str; 7] = ["Ada", "Ben", "Cleo", "Dev", "Eli", "Fay", "Gus"];
const LAST: [&str; 11] = [
    "Abbott", "Bauer", "Castro", "Dunn", "Eriksen", "Flores", "Grant", "Hughes", "Ito", "Jensen", "Kaya",
];

/// An index, out of a number.
pub(super) fn at(number: i64) -> usize {
    usize::try_from(number).unwrap_or(0)
}

/// One of a few, round and round.
pub(super) fn pick<T: Copy, const N: usize>(of: &[T; N], index: usize) -> T {
    #[expect(clippy::indexing_slicing, reason = "the remainder is within them")]
    of[index % N]
}

fn member(world: &World, index: usize, contact: &Contact) -> TeamMember {
    use Availability::{Available, Busy, DoNotDisturb, Offline, OnCall, Ringing};
    let is_own = contact.extension.as_deref() == Some(OWN_EXTENSION);
    let minutes = i64::try_from(index * 7 % 95).unwrap_or(0);
    let now = clock::now().at;
    let states = [
        OnCall,
        OnCall,
        Available,
        DoNotDisturb,
        Available,
        Busy,
        Offline,
        Available,
        Ringing,
        OnCall,
        Available,
        Busy,
    ];
    let availability = if is_own {
        crate::format::presence_words::seen_as(world.presence.choice)
    } else {
        pick(&states, index)
    };
    let is_talking = availability == OnCall;
    let messages = [
        "",
        "",
        "Back at one",
        "",
        "Estimating the bridge until four, please text",
        "",
    ];
    let message = if is_own {
        world.presence.message.clone()
    } else {
        Some(pick(&messages, index).to_owned()).filter(|message| !message.is_empty())
    };
    let presence = MemberPresence {
        contact: contact.id,
        availability,
        calls_taken: match (availability, index % 5) {
            (DoNotDisturb, _) => CallsTaken::None,
            (Available, 2) => CallsTaken::NotFromQueues,
            _ => CallsTaken::All,
        },
        is_in_meeting: availability == Busy && index % 2 == 1,
        message,
        since: Some(now - SignedDuration::from_secs(minutes * 60 + 12)),
        updated_at: now - SignedDuration::from_mins(12),
        is_stale: wants("team", "stale"),
    };
    let other = world.contacts.get(index % 12).map(history::party);
    let talking_to = other.filter(|_| is_talking).map(|party| TalkingTo {
        party,
        direction: if index.is_multiple_of(2) {
            Direction::Inbound
        } else {
            Direction::Outbound
        },
        since: now - SignedDuration::from_secs(252),
        queue: index.is_multiple_of(2).then(|| "Sales".to_owned()),
    });
    let all: [&[&str]; 4] = [
        &["Sales"],
        &["Service", "After hours"],
        &[],
        &["Sales", "Service", "After hours"],
    ];
    let queues = pick(&all, index);
    TeamMember {
        contact: history::reference(contact),
        department: Some(pick(&["Estimating", "Dispatch", "Yard", "Office"], index).to_owned()),
        job_title: contact.job_title.clone(),
        number: Some(people::number("510", &format!("{:04}", 200 + index % 100))),
        presence: Some(presence),
        talking_to: talking_to.into_iter().collect(),
        queues: queues.iter().map(|queue| (*queue).to_owned()).collect(),
        is_favourite: world.presence.favourites.contains(&contact.id),
        is_own,
    }
}

/// A refusal as the core would word it.
pub(super) fn not_permitted(message: &str) -> IpcError {
    IpcError {
        code: ErrorCode::NotPermitted,
        message: message.to_owned(),
        retry_after_seconds: None,
    }
}
