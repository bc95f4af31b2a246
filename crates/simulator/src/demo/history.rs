//! Two years of an ordinary office, day by day: first what happened and when, then the records in order of time.
//!
//! How a call or a message is written down is in the submodules; the last two days are touched up by [`super::recent`].

mod calls;
mod messages;

use std::sync::Arc;

use jiff::Timestamp;

use super::dice::Dice;
use super::people::{Outside, Outsider};
use super::phrases::{EXCHANGES, GROUP_LINES, Line, PAGER_LINES, PICTURE_LINES, STRANGER_LINES};
use super::rhythm::{Day, days_until};
use crate::world::World;
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

/// The voicemails of this many days are still in the mailbox, which holds two hundred.
const VOICEMAIL_KEPT_DAYS: i64 = 75;

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
    /// Went to Rosa's voicemail; the clip that was spoken, if the message is kept.
    Voicemail(Who, Option<usize>),
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
    /// A fax that came in.
    FaxIn(Who),
    /// A fax that went out.
    FaxOut(usize),
    /// A note from a colleague.
    Pager(String),
}

/// Writes history into a world.
#[derive(Debug)]
pub(super) struct Historian<'w> {
    pub(super) world: &'w mut World,
    pub(super) dice: Dice,
    pub(super) now: Timestamp,
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
        let now = world.now();
        let people = outside.people.iter().map(Ends::of).collect();
        Historian {
            world,
            dice,
            now,
            people,
            strangers: outside.strangers.clone(),
            staff,
        }
    }

    /// Writes the years before now, up to now.
    pub(super) fn tell(&mut self, years: i32) {
        for day in days_until(self.now, years) {
            for (ms, event) in self.plan(day) {
                let at = day.at(ms);
                if at < self.now {
                    self.write(at, event);
                }
            }
        }
    }

    /// Writes down one thing that happened.
    pub(super) fn write(&mut self, at: Timestamp, event: Event) {
        match event {
            Event::QueueCall(who) => self.write_queue_call(at, who),
            Event::DirectCall(who) => self.write_direct_call(at, who),
            Event::MissedCall(who) => self.write_missed_call(at, who),
            Event::Voicemail(who, clip) => self.write_voicemail(at, who, clip),
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
            Event::FaxIn(who) => self.write_fax_in(at, who),
            Event::FaxOut(person) => self.write_fax_out(at, person),
            Event::Pager(body) => self.write_pager(at, &body),
        }
    }

    /// What happened on a day, in order.
    fn plan(&mut self, day: Day) -> Vec<(u64, Event)> {
        let mut plan = Vec::with_capacity(128);
        self.plan_calls(day, &mut plan);
        self.plan_messages(day, &mut plan);
        plan.sort_by_key(|(ms, _)| *ms);
        plan
    }

    fn plan_calls(&mut self, day: Day, plan: &mut Vec<(u64, Event)>) {
        for (often, make) in [
            (usual::QUEUE_CALLS, Event::QueueCall as fn(Who) -> Event),
            (usual::DIRECT_CALLS, Event::DirectCall),
            (usual::OUTGOING, Event::Outgoing),
            (usual::OTHERS_CALLS, Event::OthersCall),
        ] {
            for _ in 0..day.count(&mut self.dice, often) {
                let ms = day.moment_ms(&mut self.dice);
                plan.push((ms, make(self.someone())));
            }
        }
        for _ in 0..day.count(&mut self.dice, usual::INTERNAL) {
            plan.push((day.moment_ms(&mut self.dice), Event::Internal));
        }
        for _ in 0..day.count(&mut self.dice, usual::MISSED) {
            let ms = day.moment_ms(&mut self.dice);
            let who = self.someone();
            plan.push((ms, Event::MissedCall(who)));
            self.plan_return(ms, who, plan);
        }
        for _ in 0..day.count(&mut self.dice, usual::VOICEMAILS) {
            let ms = day.moment_ms(&mut self.dice);
            let (who, clip) = self.speaker();
            let is_kept = self.now.duration_since(day.at(ms)).as_hours() < VOICEMAIL_KEPT_DAYS * 24;
            plan.push((ms, Event::Voicemail(who, clip.filter(|_| is_kept))));
            self.plan_return(ms, who, plan);
        }
    }

    /// Most missed calls from people are returned within the hour; some callers try again first.
    fn plan_return(&mut self, ms: u64, who: Who, plan: &mut Vec<(u64, Event)>) {
        if matches!(who, Who::Nobody) {
            return;
        }
        if self.dice.chance(12) {
            plan.push((ms + self.dice.between(60_000, 400_000), Event::MissedCall(who)));
        }
        let is_returned = if matches!(who, Who::Stranger(_)) {
            self.dice.chance(30)
        } else {
            self.dice.chance(65)
        };
        if is_returned {
            plan.push((ms + self.dice.between(500_000, 3_500_000), Event::Outgoing(who)));
        }
    }

    fn plan_messages(&mut self, day: Day, plan: &mut Vec<(u64, Event)>) {
        for _ in 0..day.count(&mut self.dice, usual::EXCHANGES) {
            let start = day.moment_ms(&mut self.dice);
            self.plan_exchange(start, plan);
        }
        if self.dice.chance(day.busy_percent / 4) {
            let start = day.moment_ms(&mut self.dice);
            self.plan_group(start, plan);
        }
        for _ in 0..day.count(&mut self.dice, usual::FAXES_IN) {
            let ms = day.moment_ms(&mut self.dice);
            plan.push((ms, Event::FaxIn(self.faxer())));
        }
        for _ in 0..day.count(&mut self.dice, usual::FAXES_OUT) {
            let ms = day.moment_ms(&mut self.dice);
            let person = self.someone_known();
            plan.push((ms, Event::FaxOut(person)));
        }
        for _ in 0..day.count(&mut self.dice, usual::PAGERS) {
            let ms = day.moment_ms(&mut self.dice);
            let line = self.dice.word(&PAGER_LINES);
            plan.push((ms, Event::Pager(super::phrases::fill(&mut self.dice, line))));
        }
    }

    fn plan_exchange(&mut self, start: u64, plan: &mut Vec<(u64, Event)>) {
        if self.dice.chance(6) {
            let who = Who::Stranger(self.dice.place(self.strangers.len()));
            let line = self.dice.word(&STRANGER_LINES);
            let body = super::phrases::fill(&mut self.dice, line);
            plan.push((
                start,
                Event::Text {
                    who,
                    is_inbound: true,
                    body,
                    picture: None,
                },
            ));
            return;
        }
        let who = Who::Mobile(self.someone_known());
        let lines = self.dice.pick(EXCHANGES).copied().unwrap_or_default();
        // Both sides of an exchange speak of the same order and day.
        let topic = self.dice.next();
        let mut ms = start;
        for line in lines {
            let (is_inbound, text) = match line {
                Line::In(text) => (true, *text),
                Line::Out(text) => (false, *text),
            };
            let body = super::phrases::fill_about(topic, text);
            plan.push((
                ms,
                Event::Text {
                    who,
                    is_inbound,
                    body,
                    picture: None,
                },
            ));
            ms += self.dice.between(25_000, 600_000);
        }
        if self.dice.chance(5) {
            let line = self.dice.word(&PICTURE_LINES);
            let body = super::phrases::fill_about(topic, line);
            let picture = Some(self.dice.next());
            plan.push((
                ms,
                Event::Text {
                    who,
                    is_inbound: true,
                    body,
                    picture,
                },
            ));
        }
    }

    fn plan_group(&mut self, start: u64, plan: &mut Vec<(u64, Event)>) {
        let group = self.dice.place(GROUPS.len());
        let topic = self.dice.next();
        let first = self.dice.place(GROUP_LINES.len());
        let mut ms = start;
        for line in GROUP_LINES
            .iter()
            .cycle()
            .skip(first)
            .take(2 + self.dice.place(4))
        {
            let body = super::phrases::fill_about(topic, line);
            let turn = (!self.dice.chance(30)).then(|| self.dice.place(3));
            plan.push((ms, Event::GroupText { group, turn, body }));
            ms += self.dice.between(30_000, 900_000);
        }
    }

    /// Somebody from outside; some are often on the line, others hardly ever.
    fn someone(&mut self) -> Who {
        match self.dice.below(100) {
            0..=8 => Who::Stranger(self.dice.place(self.strangers.len())),
            9 => Who::Nobody,
            10..=34 => Who::Office(self.someone_known()),
            _ => Who::Mobile(self.someone_known()),
        }
    }

    /// A known person; the lower of two draws, so that the first of the list come up often.
    fn someone_known(&mut self) -> usize {
        let count = self.people.len();
        self.dice.place(count).min(self.dice.place(count))
    }

    fn faxer(&mut self) -> Who {
        let person = self.someone_known();
        let has_fax = self.people.get(person).is_some_and(|ends| ends.fax.is_some());
        if has_fax {
            Who::Mobile(person)
        } else {
            Who::Stranger(self.dice.place(self.strangers.len()))
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
