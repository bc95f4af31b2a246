//! Faults on order: what goes wrong, where, after how many good answers and how often.
//!
//! A fault that was never met stays in the script and is reported, so a test that never reached its fault can fail.

mod effect;
mod event;
mod pattern;

use serde::{Deserialize, Serialize};

pub use effect::Effect;
pub(crate) use effect::{Applied, expired_sync_token};
pub use event::EventEffect;

/// A fault on requests.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// An operation's name (`readUserCallLog`), or a path with `*` for one segment and `**` for any number, optionally
    /// after a method: `GET /restapi/**/call-log`.
    pub on: String,
    /// How many matching requests pass unharmed first.
    #[serde(default)]
    pub skip: u32,
    /// How many matching requests are then hit.
    #[serde(default = "once")]
    pub times: u32,
    pub effect: Effect,
}

/// A fault on notifications.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventFault {
    /// Part of the notification's `event`, such as `telephony/sessions`; empty for any.
    #[serde(default)]
    pub on: String,
    #[serde(default)]
    pub skip: u32,
    #[serde(default = "once")]
    pub times: u32,
    pub effect: EventEffect,
}

/// A fault in the script, with what is left of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnmetFault {
    pub number: u64,
    /// What it waits for.
    pub on: String,
    /// How many times it has still to happen.
    pub times_left: u32,
}

/// All faults on order, in the order they were added.
#[derive(Debug, Default)]
pub(crate) struct FaultScript {
    last_number: u64,
    requests: Vec<Entry<Fault>>,
    events: Vec<Entry<EventFault>>,
}

#[derive(Debug)]
struct Entry<T> {
    number: u64,
    skip_left: u32,
    times_left: u32,
    fault: T,
}

fn once() -> u32 {
    1
}

impl Fault {
    /// A fault that hits the first matching request once.
    pub fn once(on: &str, effect: Effect) -> Self {
        Self {
            on: on.to_owned(),
            skip: 0,
            times: 1,
            effect,
        }
    }

    /// Lets `skip` matching requests pass first.
    pub fn after(mut self, skip: u32) -> Self {
        self.skip = skip;
        self
    }

    /// Hits `times` requests.
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }
}

impl EventFault {
    /// A fault that hits the first matching notification once.
    pub fn once(on: &str, effect: EventEffect) -> Self {
        Self {
            on: on.to_owned(),
            skip: 0,
            times: 1,
            effect,
        }
    }
}

impl<T> Entry<T> {
    /// Counts one match; `true` when this one is to be hit.
    fn strikes(&mut self) -> bool {
        if self.skip_left > 0 {
            self.skip_left -= 1;
            return false;
        }
        let hit = self.times_left > 0;
        self.times_left -= u32::from(hit);
        hit
    }
}

impl FaultScript {
    pub(crate) fn add(&mut self, fault: Fault) -> u64 {
        self.last_number += 1;
        let (skip_left, times_left) = (fault.skip, fault.times);
        self.requests.push(Entry {
            number: self.last_number,
            skip_left,
            times_left,
            fault,
        });
        self.last_number
    }

    pub(crate) fn add_event(&mut self, fault: EventFault) -> u64 {
        self.last_number += 1;
        let (skip_left, times_left) = (fault.skip, fault.times);
        self.events.push(Entry {
            number: self.last_number,
            skip_left,
            times_left,
            fault,
        });
        self.last_number
    }

    /// The fault that hits this request, if any; at most one does, beside one on the way of its body.
    pub(crate) fn take(&mut self, operation: Option<&str>, method: &str, path: &str) -> Option<Effect> {
        self.take_of(false, operation, method, path)
    }

    /// The fault that hits this request's body on its way in, if any.
    pub(crate) fn take_upload(
        &mut self,
        operation: Option<&str>,
        method: &str,
        path: &str,
    ) -> Option<Effect> {
        self.take_of(true, operation, method, path)
    }

    fn take_of(
        &mut self,
        is_on_upload: bool,
        operation: Option<&str>,
        method: &str,
        path: &str,
    ) -> Option<Effect> {
        let mut matching = self.requests.iter_mut().filter(|entry| {
            entry.times_left > 0
                && entry.fault.effect.is_on_upload() == is_on_upload
                && pattern::matches(&entry.fault.on, operation, method, path)
        });
        matching.find_map(|entry| entry.strikes().then(|| entry.fault.effect.clone()))
    }

    /// The fault that hits this notification, if any.
    pub(crate) fn take_event(&mut self, event: &str) -> Option<EventEffect> {
        let mut matching = self
            .events
            .iter_mut()
            .filter(|entry| entry.times_left > 0 && event.contains(&entry.fault.on));
        matching.find_map(|entry| entry.strikes().then_some(entry.fault.effect))
    }

    /// Faults that have not happened as often as ordered.
    pub(crate) fn unmet(&self) -> Vec<UnmetFault> {
        let requests = self
            .requests
            .iter()
            .map(|e| (e.number, e.fault.on.clone(), e.times_left));
        let events = self
            .events
            .iter()
            .map(|e| (e.number, format!("event {}", e.fault.on), e.times_left));
        let mut unmet: Vec<_> = requests
            .chain(events)
            .filter(|(_, _, times_left)| *times_left > 0)
            .map(|(number, on, times_left)| UnmetFault {
                number,
                on,
                times_left,
            })
            .collect();
        unmet.sort_by_key(|fault| fault.number);
        unmet
    }

    pub(crate) fn clear(&mut self) {
        self.requests.clear();
        self.events.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH: &str = "/restapi/v1.0/account/~/extension/~/call-log";

    #[test]
    fn a_fault_hits_after_its_skips_and_as_often_as_ordered() {
        let mut script = FaultScript::default();
        script.add(
            Fault::once("readUserCallLog", Effect::GarbageBody)
                .after(1)
                .times(2),
        );
        let hits: Vec<bool> = (0..4)
            .map(|_| script.take(Some("readUserCallLog"), "GET", PATH).is_some())
            .collect();
        assert_eq!(hits, [false, true, true, false]);
        assert!(script.unmet().is_empty());
    }

    #[test]
    fn faults_on_one_place_happen_in_the_order_they_were_added() {
        let mut script = FaultScript::default();
        script.add(Fault::once("GET /restapi/**/call-log", Effect::GarbageBody));
        script.add(Fault::once("/restapi/**", Effect::ExpireToken));
        assert_eq!(script.take(None, "GET", PATH), Some(Effect::GarbageBody));
        assert_eq!(script.take(None, "GET", PATH), Some(Effect::ExpireToken));
        assert_eq!(script.take(None, "GET", PATH), None);
    }

    #[test]
    fn a_fault_never_met_is_reported() {
        let mut script = FaultScript::default();
        script.add(Fault::once("syncMessages", Effect::ExpiredSyncToken));
        script.add_event(EventFault::once("presence", EventEffect::Lose));
        assert_eq!(script.take(Some("readUserCallLog"), "GET", PATH), None);
        let unmet = script.unmet();
        assert_eq!(
            unmet.iter().map(|fault| fault.on.as_str()).collect::<Vec<_>>(),
            ["syncMessages", "event presence"]
        );
    }
}
