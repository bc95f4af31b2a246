//! Years of an ordinary office, day by day: first what happened and when, then the records in order of time.
//!
//! The years before a company is founded are told at once; later it goes on, and what was told once is never told
//! otherwise. How a call or a message is written down is in the submodules; the last two days before the founding are
//! touched up by [`super::recent`].

mod calls;
mod messages;
mod plan;

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::dice::Dice;
use super::people::{Outside, Outsider};
use super::rhythm::{days_after, days_until};
use crate::media::{Document, Speech};
use crate::world::World;
use crate::world::faxing::FaxErrorCode;
use crate::world::number::{E164, Endpoint};

/// What happens on an ordinary working day, per hundred percent of busyness.
mod usual {
    pub(super) const QUEUE_CALLS: u64 = 24;
    pub(super) const DIRECT_CALLS: u64 = 13;
    pub(super) const MISSED: u64 = 6;
    pub(super) const VOICEMAILS: u64 = 2;
    pub(super) const OUTGOING: u64 = 22;
    pub(super) const INTERNAL: u64 = 6;
    pub(super) const OTHERS_CALLS: u64 = 8;
    pub(super) const EXCHANGES: u64 = 8;
    pub(super) const FAXES_IN: u64 = 2;
    pub(super) const FAXES_OUT: u64 = 1;
    pub(super) const PAGERS: u64 = 1;
}

/// The voicemails and incoming faxes of so many days before the founding are still in the mailbox, which holds two hundred
/// of them together.
const VOICEMAIL_KEPT_DAYS: i64 = 75;
const FAX_KEPT_DAYS: i64 = 45;
/// And the sent faxes of thirty days, as everywhere.
const SENT_FAX_KEPT_DAYS: i64 = 30;

/// Told is only what has long ended: longer than any call or fax takes.
const TOLD_AFTER: SignedDuration = SignedDuration::from_mins(30);

/// Who is on the other end.
#[derive(Debug, Clone, Copy)]
pub(super) enum Who {
    /// A known person on the mobile.
    Mobile(usize),
    /// A known person from the office number, which colleagues share.
    Office(usize),
    /// A number nobody knows.
    Stranger(usize),
    /// A withheld number.
    Nobody,
}

/// One thing that happened.
#[derive(Debug, Clone)]
pub(super) enum Event {
    /// Through the front desk queue, answered by Rosa.
    QueueCall(Who),
    /// On Rosa's direct line, answered.
    DirectCall(Who),
    /// On Rosa's direct line, not answered.
    MissedCall(Who),
    /// Went to Rosa's voicemail; what was spoken, if the message is kept.
    Voicemail(Who, Option<Speech>),
    /// Rosa called.
    Outgoing(Who),
    /// Between Rosa and a colleague.
    Internal,
    /// A colleague's call, in the account's log only.
    OthersCall(Who),
    /// A text.
    Text {
        who: Who,
        is_inbound: bool,
        body: String,
        picture: Option<u64>,
    },
    /// A text to or from a group; which group, and whose turn it is (none: Rosa's).
    GroupText {
        group: usize,
        turn: Option<usize>,
        body: String,
    },
    /// A fax that came in: this document, or any.
    FaxIn(Who, Option<Document>),
    /// A fax that went out, or was not to be got through, as the dice say or for this reason.
    FaxOut(usize, Option<FaxErrorCode>),
    /// A note from a colleague.
    Pager(String),
}

/// Writes history into a world.
#[derive(Debug)]
pub(super) struct Historian<'w> {
    pub(super) world: &'w mut World,
    pub(super) dice: Dice,
    /// The present of the day the company was first opened.
    pub(super) founded_at: Timestamp,
    is_going_on: bool,
    /// Planned for the day of the founding, but not over by then.
    untold: Vec<(Timestamp, Event)>,
    pub(super) people: Vec<Ends>,
    strangers: Vec<E164>,
    staff: Staff,
}

/// The ends of calls and texts with one person, ready to be shared by thousands of records.
#[derive(Debug)]
pub(super) struct Ends {
    pub(super) mobile: Endpoint,
    pub(super) office: Endpoint,
    pub(super) fax: Option<Endpoint>,
}

/// The ends of the company's own lines.
#[derive(Debug)]
struct Staff {
    rosa_line: Endpoint,
    rosa: Endpoint,
    front_desk: Endpoint,
    colleagues: Vec<(Endpoint, Endpoint)>,
    fax: Endpoint,
}

/// Sites with a group conversation of their own; members are known people.
pub(super) const GROUPS: [[usize; 3]; 3] = [[9, 1, 6], [0, 3, 7], [5, 2, 10]];

impl<'w> Historian<'w> {
    pub(super) fn new(world: &'w mut World, outside: &Outside, dice: Dice) -> Self {
        let staff = Staff::of(world);
        let founded_at = world.now();
        let people = outside.people.iter().map(Ends::of).collect();
        Historian {
            world,
            dice,
            founded_at,
            is_going_on: false,
            untold: Vec::new(),
            people,
            strangers: outside.strangers.clone(),
            staff,
        }
    }

    /// Writes the years before the founding.
    pub(super) fn tell(&mut self, years: i32) {
        let told_until = self.founded_at - TOLD_AFTER;
        for day in days_until(self.founded_at, years) {
            for (ms, event) in self.plan(day) {
                let at = day.at(ms);
                if at < told_until {
                    self.write(at, event);
                } else {
                    self.untold.push((at, event));
                }
            }
        }
    }

    /// Writes what has happened since, up to `present`. A later present gives the same and more: the same dice are thrown
    /// in the same order.
    pub(super) fn go_on(&mut self, present: Timestamp) {
        self.is_going_on = true;
        let told_until = present - TOLD_AFTER;
        for (at, event) in std::mem::take(&mut self.untold) {
            if at >= told_until {
                return;
            }
            self.write(at, event);
        }
        for day in days_after(self.founded_at, present) {
            for (ms, event) in self.plan(day) {
                let at = day.at(ms);
                if at >= told_until {
                    return;
                }
                self.write(at, event);
            }
        }
    }

    /// When a record last changed. What happens after the founding changes when it is told, so that whoever asks for
    /// changes since an earlier opening of the company gets all of it.
    fn settled_at(&self, at: Timestamp, usual: Timestamp) -> Timestamp {
        if self.is_going_on {
            usual.max(at + TOLD_AFTER)
        } else {
            usual
        }
    }

    /// Writes down one thing that happened.
    pub(super) fn write(&mut self, at: Timestamp, event: Event) {
        match event {
            Event::QueueCall(who) => self.write_queue_call(at, who),
            Event::DirectCall(who) => self.write_direct_call(at, who),
            Event::MissedCall(who) => self.write_missed_call(at, who),
            Event::Voicemail(who, speech) => self.write_voicemail(at, who, speech),
            Event::Outgoing(who) => self.write_outgoing(at, who),
            Event::Internal => self.write_internal(at),
            Event::OthersCall(who) => self.write_others_call(at, who),
            Event::Text {
                who,
                is_inbound,
                body,
                picture,
            } => self.write_text(at, who, is_inbound, &body, picture),
            Event::GroupText { group, turn, body } => self.write_group_text(at, group, turn, &body),
            Event::FaxIn(who, document) => self.write_fax_in(at, who, document),
            Event::FaxOut(person, failure) => self.write_fax_out(at, person, failure),
            Event::Pager(body) => self.write_pager(at, &body),
        }
    }

    pub(super) fn outside_end(&self, who: Who) -> Endpoint {
        match who {
            Who::Mobile(person) => self.people.get(person).map(|ends| ends.mobile.clone()),
            Who::Office(person) => self.people.get(person).map(|ends| ends.office.clone()),
            Who::Stranger(place) => self.strangers.get(place).map(|number| stranger(*number)),
            Who::Nobody => None,
        }
        .unwrap_or_else(Endpoint::anonymous)
    }
}

/// A stranger's network name is the place the number is from.
fn stranger(number: E164) -> Endpoint {
    let place = crate::world::number::location_of(number).map(|place| place.replace(',', "").to_uppercase());
    Endpoint::outside(number, place.as_deref())
}

impl Ends {
    fn of(person: &Outsider) -> Self {
        let mobile = Endpoint::outside(person.mobile, Some(&person.caller_name));
        let company: Arc<str> = Arc::from(person.company.to_uppercase().chars().take(15).collect::<String>());
        let at = |number| Endpoint {
            name: Some(Arc::clone(&company)),
            ..Endpoint::outside(number, None)
        };
        Ends {
            office: person.office.map_or_else(|| mobile.clone(), at),
            fax: person.fax.map(at),
            mobile,
        }
    }
}

impl Staff {
    fn of(world: &World) -> Self {
        use super::staff::{FAX_NUMBER, FRONT_DESK_QUEUE, MAIN_NUMBER, ROSA, everybody};
        let line = |person| match world.primary_number(person) {
            Some(number) => world.line_endpoint(person, number),
            None => world.extension_endpoint(person),
        };
        Staff {
            rosa_line: line(ROSA),
            rosa: world.extension_endpoint(ROSA),
            front_desk: world.line_endpoint(FRONT_DESK_QUEUE, MAIN_NUMBER),
            colleagues: everybody()
                .filter(|person| *person != ROSA)
                .map(|person| (world.extension_endpoint(person), line(person)))
                .collect(),
            fax: world.line_endpoint(ROSA, FAX_NUMBER),
        }
    }
}
