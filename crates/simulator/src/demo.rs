//! The demo company: a rebar shop in Oakland with fourteen people, three call queues, four hundred outside contacts and two
//! years behind it.
//!
//! Everything is made up and follows from a seed, the instant the company was founded, and the present: the same three give
//! the same company, byte for byte, and a later present gives the same with more behind it. Nothing here runs after the
//! world has been built; live calls are [`crate::scenario`]'s.

pub(crate) mod dice;
mod history;
mod office_life;
mod people;
mod phrases;
mod recent;
mod rhythm;
mod staff;

#[cfg(test)]
mod tests;

use jiff::Timestamp;

use crate::world::account::Account;
use crate::world::clock::whole_ms;
use crate::world::ids::{AccountId, ExtensionId};
use crate::world::number::E164;
use crate::world::presence::{DndStatus, PresenceUpdate, UserStatus};
use crate::world::{Clock, World};

use dice::Dice;
use history::Historian;

/// The extension the demo signs in as: Rosa Jimenez, front desk and dispatch.
pub const SIGNED_IN: ExtensionId = staff::ROSA;
/// The number on the letterhead; calls to it ring the Front Desk queue.
pub const MAIN_NUMBER: E164 = staff::MAIN_NUMBER;

/// Years of history.
const YEARS: i32 = 2;

/// Someone in the address book, for demonstrations that need a known caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownCaller {
    /// Given and family name.
    pub name: String,
    /// Company.
    pub company: String,
    /// Mobile number.
    pub number: E164,
    /// How the network shows the caller.
    pub caller_name: String,
}

/// Builds the company as it is at the clock's present, with its two years behind it.
pub fn world(seed: u64, clock: Clock) -> World {
    let present = clock.now();
    world_since(seed, present, clock)
}

/// Builds the company that was founded, two years of history and all, at `founded_at`, and has gone on until the clock's
/// present. Whoever remembers that instant can open the same company again: every record keeps its identifiers, and
/// records of an earlier opening that were made live never share theirs with anything made later. A founding in the future
/// counts as the present.
pub fn world_since(seed: u64, founded_at: Timestamp, clock: Clock) -> World {
    let present = clock.now();
    let founded_at = whole_ms(founded_at).min(present);
    let mut world = company(seed, Clock::manual(founded_at));
    let mut dice = Dice::new(seed);
    let outside = people::invent(&mut dice);
    for person in outside.people.iter().filter(|person| person.is_in_address_book) {
        let entry = people::address_book_entry(&mut dice, person);
        world.add_contact(staff::ROSA, entry);
    }
    let mut historian = Historian::new(&mut world, &outside, dice);
    historian.tell(YEARS);
    recent::tell(&mut historian);
    historian.go_on(present);
    seat(&mut world);
    world.advance(present.duration_since(founded_at));
    world.open_chapter(present.duration_since(founded_at));
    world.follow(clock);
    world
}

/// The company without contacts or history: people, queues, numbers, telephones. Quick to build, for tests.
pub fn company(seed: u64, clock: Clock) -> World {
    let account = Account {
        id: AccountId(809_646_016),
        company: staff::COMPANY.to_owned(),
        main_number: MAIN_NUMBER,
        home_country: "US",
        time_zone: "America/Los_Angeles",
        operator: staff::ROSA,
        created_at: Timestamp::from_second(1_520_000_000).unwrap_or_default(),
    };
    let mut world = World::new(account, seed, clock);
    staff::move_in(&mut world);
    world
}

/// Lets the company live: from now on colleagues come and go and calls come and go, gently.
pub fn come_alive(world: &mut World) {
    let seed = world.seed();
    world.begin(office_life::OfficeLife::new(seed));
}

/// The people in the address book of the world of that seed, those heard most often first.
pub fn known_callers(seed: u64) -> Vec<KnownCaller> {
    let outside = people::invent(&mut Dice::new(seed));
    let known = outside
        .people
        .into_iter()
        .filter(|person| person.is_in_address_book);
    let callers = known.map(|person| KnownCaller {
        name: format!("{} {}", person.first, person.last),
        company: person.company,
        number: person.mobile,
        caller_name: person.caller_name,
    });
    callers.collect()
}

/// Numbers that are in nobody's address book in the world of that seed.
pub fn unknown_numbers(seed: u64) -> Vec<E164> {
    people::invent(&mut Dice::new(seed)).strangers
}

/// Gives everybody a presence that looks like an ordinary hour.
fn seat(world: &mut World) {
    let updates = [
        (
            staff::OWNER,
            UserStatus::Busy,
            DndStatus::DoNotAcceptAnyCalls,
            Some("At the mill until 2"),
        ),
        (
            staff::ESTIMATOR,
            UserStatus::Available,
            DndStatus::TakeAllCalls,
            Some("Bidding Cedar Tower"),
        ),
        (staff::DETAILER, UserStatus::Busy, DndStatus::TakeAllCalls, None),
        (
            staff::YARD,
            UserStatus::Offline,
            DndStatus::TakeAllCalls,
            Some("In the yard, call the radio"),
        ),
        (
            staff::ACCOUNTING,
            UserStatus::Available,
            DndStatus::DoNotAcceptDepartmentCalls,
            None,
        ),
    ];
    for (extension, user_status, dnd_status, message) in updates {
        let update = PresenceUpdate {
            user_status: Some(user_status),
            dnd_status: Some(dnd_status),
            message: message.map(|text| Some(text.to_owned())),
            ..PresenceUpdate::default()
        };
        // The extensions were set up a moment ago.
        drop(world.update_presence(extension, update));
    }
}
