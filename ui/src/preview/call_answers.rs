//! Which request about click to call gets which answer. `?ring=` in the address holds a call in one state: `waiting`, `you`, `them`,
//! `connected`, `finished`, `failed`, `unknown`, `cancelled`; `?call=` and `?text=` follow a link with this number.

use super::answers::{not_found, reply};
use super::world::{self, World};
use super::{fax_answers, history, states};
use crate::browser;
use domain::communication::Party;
use domain::event::CoreEvent;
use domain::ids::OutgoingId;
use domain::ipc::ring_out::{CancelRingOut, GetRingOut, ListOwnPhones, PlaceCall};
use domain::ipc::session::TakeStartingLink;
use domain::ipc::{Command, IpcError};
use domain::phone_number::PhoneNumber;
use domain::ring_out::{OwnPhone, RingOut, RingOutState};
use gloo_timers::callback::Timeout;
use serde_json::Value;

const PICKED_UP_MS: u32 = 4_000;
const CONNECTED_MS: u32 = 8_000;

/// The reply to the request `name`.
pub(super) fn answer(name: &str, request: Value) -> Result<Value, IpcError> {
    match name {
        ListOwnPhones::NAME => reply(request, |_: ListOwnPhones| {
            if states::is("no-phones") {
                return Ok(Vec::new());
            }
            Ok(phones())
        }),
        PlaceCall::NAME => reply(request, |asked: PlaceCall| {
            Ok(world::with(|world| place(world, &asked)))
        }),
        GetRingOut::NAME => reply(request, |asked: GetRingOut| {
            world::with(|world| {
                let call = world.ring_out.clone().filter(|call| call.id == asked.id);
                call.ok_or_else(not_found)
            })
        }),
        CancelRingOut::NAME => reply(request, |asked: CancelRingOut| {
            turn(asked.id, RingOutState::Cancelled);
            Ok(())
        }),
        TakeStartingLink::NAME => reply(request, |_: TakeStartingLink| {
            let to_call = browser::parameter("call").map(|number| CoreEvent::CallNumber { number });
            let to_text = browser::parameter("text").map(|number| CoreEvent::TextNumber { number });
            Ok(to_call.or(to_text))
        }),
        _ => fax_answers::answer(name, request),
    }
}

fn phones() -> Vec<OwnPhone> {
    [
        ("desk", "Desk phone · (510) 555-0100"),
        ("mobile", "Mobile · (510) 555-0177"),
        ("app", "RingCentral app on this computer"),
    ]
    .map(|(key, name)| OwnPhone {
        key: key.to_owned(),
        name: name.to_owned(),
    })
    .into()
}

fn place(world: &mut World, asked: &PlaceCall) -> RingOut {
    let id = OutgoingId(world.next_id());
    let known = world.contacts.iter().find(|contact| {
        contact
            .numbers
            .iter()
            .any(|entry| entry.number.formatted == asked.number)
    });
    let to = known.map_or_else(
        || Party {
            label: asked.number.clone(),
            number: Some(PhoneNumber {
                e164: None,
                formatted: asked.number.clone(),
                extension: None,
                region: None,
            }),
            caller_id_name: None,
            contact: None,
        },
        history::party,
    );
    let from = phones()
        .into_iter()
        .find(|phone| Some(&phone.key) == asked.phone.as_ref())
        .map_or_else(|| "your phone".to_owned(), |phone| phone.name);
    let held = browser::parameter("ring").map(|state| named(&state));
    if held.is_none() {
        let then = |after_ms, state| Timeout::new(after_ms, move || turn(id, state)).forget();
        then(PICKED_UP_MS, RingOutState::RingingThem);
        then(CONNECTED_MS, RingOutState::Connected);
    }
    let call = RingOut {
        id,
        to,
        from,
        state: held.unwrap_or(RingOutState::RingingYou),
    };
    world.ring_out = Some(call.clone());
    call
}

fn turn(id: OutgoingId, state: RingOutState) {
    world::with(|world| {
        let call = world.ring_out.as_mut().filter(|call| call.id == id);
        if let Some(call) = call.filter(|call| call.state != RingOutState::Cancelled) {
            call.state = state;
        }
    });
    world::announce(CoreEvent::OutboxChanged);
}

fn named(state: &str) -> RingOutState {
    match state {
        "waiting" => RingOutState::Waiting,
        "them" => RingOutState::RingingThem,
        "connected" => RingOutState::Connected,
        "finished" => RingOutState::Finished,
        "failed" => RingOutState::Failed {
            reason: "Your desk phone is not connected to RingCentral. Choose another phone, or plug it in and try again.".to_owned(),
        },
        "unknown" => RingOutState::Unknown,
        "cancelled" => RingOutState::Cancelled,
        _ => RingOutState::RingingYou,
    }
}
