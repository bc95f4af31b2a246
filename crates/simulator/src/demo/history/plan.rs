//! What happens on a day of the office: how often, when, and with whom. Nothing is written down here.

use super::super::phrases::{
    EXCHANGES, GROUP_LINES, Line, PAGER_LINES, PICTURE_LINES, STRANGER_LINES, fill, fill_about,
};
use super::super::rhythm::Day;
use super::{Event, GROUPS, Historian, VOICEMAIL_KEPT_DAYS, Who, usual};
use crate::media::Speech;

impl Historian<'_> {
    /// What happened on a day, in order.
    pub(super) fn plan(&mut self, day: Day) -> Vec<(u64, Event)> {
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
            let is_kept = self.founded_at.duration_since(day.at(ms)).as_hours() < VOICEMAIL_KEPT_DAYS * 24;
            plan.push((
                ms,
                Event::Voicemail(who, clip.filter(|_| is_kept).map(Speech::Clip)),
            ));
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
            plan.push((ms, Event::FaxIn(self.faxer(), None)));
        }
        for _ in 0..day.count(&mut self.dice, usual::FAXES_OUT) {
            let ms = day.moment_ms(&mut self.dice);
            let person = self.someone_known();
            plan.push((ms, Event::FaxOut(person, None)));
        }
        for _ in 0..day.count(&mut self.dice, usual::PAGERS) {
            let ms = day.moment_ms(&mut self.dice);
            let line = self.dice.word(&PAGER_LINES);
            plan.push((ms, Event::Pager(fill(&mut self.dice, line))));
        }
    }

    fn plan_exchange(&mut self, start: u64, plan: &mut Vec<(u64, Event)>) {
        if self.dice.chance(6) {
            let who = Who::Stranger(self.dice.place(self.strangers.len()));
            let line = self.dice.word(&STRANGER_LINES);
            let body = fill(&mut self.dice, line);
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
            let body = fill_about(topic, text);
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
            let body = fill_about(topic, line);
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
            let body = fill_about(topic, line);
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
    pub(super) fn someone_known(&mut self) -> usize {
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
}
