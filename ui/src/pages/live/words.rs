//! The words and signs of live calls. Pure.

use crate::components::{Icon, Thresholds};
use crate::format::counted;
use domain::call::DialledLine;
use domain::live_calls::{CompanyCall, CompanyCallState, QueueNow};
use domain::settings::CallThresholds;

/// More names do not fit; the tooltip has them.
const NAMED: usize = 2;

/// `On hold`.
pub(crate) fn state(state: CompanyCallState) -> &'static str {
    match state {
        CompanyCallState::Waiting => "Waiting",
        CompanyCallState::Ringing => "Ringing",
        CompanyCallState::Talking => "Talking",
        CompanyCallState::OnHold => "On hold",
        CompanyCallState::Parked => "Parked",
        CompanyCallState::Voicemail => "Voicemail",
    }
}

pub(crate) fn icon(state: CompanyCallState) -> Icon {
    match state {
        CompanyCallState::Waiting => Icon::Clock,
        CompanyCallState::Ringing => Icon::Bell,
        CompanyCallState::Talking => Icon::Phone,
        CompanyCallState::OnHold => Icon::Pause,
        CompanyCallState::Parked => Icon::Parked,
        CompanyCallState::Voicemail => Icon::Voicemail,
    }
}

/// The class that gives the state its colour.
pub(crate) fn class(state: CompanyCallState) -> &'static str {
    match state {
        CompanyCallState::Waiting => "is-waiting",
        CompanyCallState::Ringing => "is-ringing",
        CompanyCallState::Talking => "is-talking",
        CompanyCallState::OnHold | CompanyCallState::Parked => "is-held",
        CompanyCallState::Voicemail => "is-voicemail",
    }
}

/// When a call in this state has taken long: somebody who hears music waits like somebody in a queue.
pub(crate) fn thresholds(state: CompanyCallState, settings: CallThresholds) -> Thresholds {
    match state {
        CompanyCallState::Waiting
        | CompanyCallState::Ringing
        | CompanyCallState::OnHold
        | CompanyCallState::Parked => Thresholds {
            amber: settings.waiting_amber,
            red: settings.waiting_red,
        },
        CompanyCallState::Talking => Thresholds {
            amber: settings.talking_amber,
            red: settings.talking_red,
        },
        CompanyCallState::Voicemail => Thresholds::default(),
    }
}

/// Who it is on our side: those in the call, else whose phones ring, else queue or line.
pub(crate) fn our_end(call: &CompanyCall) -> String {
    let names: Vec<&str> = call.members.iter().map(|member| member.name.as_str()).collect();
    match names.as_slice() {
        [] => call
            .queue
            .clone()
            .or_else(|| call.line.as_ref().map(|line| line.name.clone()))
            .unwrap_or_else(|| "Nobody yet".to_owned()),
        names if names.len() <= NAMED => names.join(", "),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
    }
}

/// Over what it came: `Sales · Main line`; the queue alone where the line says the same.
pub(crate) fn way(call: &CompanyCall) -> String {
    let line = call.line.as_ref().filter(|line| !is_queue_itself(line, call));
    let parts = [call.queue.clone(), line.map(|line| line.name.clone())];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    match (parts.as_slice(), call.is_internal) {
        ([], true) => "Between colleagues".to_owned(),
        (parts, _) => parts.join(" · "),
    }
}

fn is_queue_itself(line: &DialledLine, call: &CompanyCall) -> bool {
    call.queue.as_ref().is_some_and(|queue| *queue == line.name)
}

/// All calls, and those who wait for somebody to take them.
pub(crate) fn totals(calls: &[CompanyCall]) -> (u32, u32) {
    let waiting = calls
        .iter()
        .filter(|call| call.state == CompanyCallState::Waiting)
        .count();
    let count = |number| u32::try_from(number).unwrap_or(u32::MAX);
    (count(calls.len()), count(waiting))
}

/// `12 calls · 2 waiting · 3 ringing`.
pub(crate) fn total(calls: &[CompanyCall]) -> String {
    let (all, waiting) = totals(calls);
    let ringing = calls
        .iter()
        .filter(|call| call.state == CompanyCallState::Ringing)
        .count();
    let mut words = counted(all.into(), "call", "calls");
    if waiting > 0 {
        words.push_str(&format!(" · {waiting} waiting"));
    }
    if ringing > 0 {
        words.push_str(&format!(" · {ringing} ringing"));
    }
    words
}

/// `3 of 5 free`, `3 free`; `None` where one may not know.
pub(crate) fn free(queue: &QueueNow) -> Option<String> {
    let free = queue.free_members?;
    Some(match queue.members {
        Some(members) => format!("{free} of {members} free"),
        None => format!("{free} free"),
    })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use domain::communication::{Direction, Party};
    use domain::ids::CallSessionId;
    use domain::live_calls::{CallMember, QueueToday};
    use jiff::Timestamp;

    pub(in super::super) fn call(members: &[&str], state: CompanyCallState) -> CompanyCall {
        CompanyCall {
            session_id: CallSessionId::from("s-1"),
            direction: Direction::Inbound,
            is_internal: false,
            party: Party {
                label: "Maria Lopez".to_owned(),
                number: None,
                caller_id_name: None,
                contact: None,
            },
            members: members
                .iter()
                .map(|name| CallMember {
                    extension_id: "1".to_owned(),
                    name: (*name).to_owned(),
                    contact: None,
                    state,
                })
                .collect(),
            queue: Some("Sales".to_owned()),
            line: Some(DialledLine {
                name: "Sales".to_owned(),
                number: None,
                is_queue: true,
            }),
            state,
            started_at: Timestamp::UNIX_EPOCH,
            state_since: Timestamp::UNIX_EPOCH,
            answered_at: None,
            is_supervised: false,
        }
    }

    #[test]
    fn our_end_is_whoever_talks_or_rings_else_the_queue() {
        let ours = |members: &[&str]| our_end(&call(members, CompanyCallState::Ringing));
        assert_eq!(ours(&[]), "Sales");
        assert_eq!(ours(&["Sam Ortiz"]), "Sam Ortiz");
        assert_eq!(ours(&["Sam Ortiz", "Rosa Tran"]), "Sam Ortiz, Rosa Tran");
        assert_eq!(
            ours(&["Sam Ortiz", "Rosa Tran", "Tom Lee"]),
            "Sam Ortiz and 2 more"
        );
    }

    #[test]
    fn the_way_does_not_name_the_queue_twice() {
        let mut sales = call(&[], CompanyCallState::Waiting);
        assert_eq!(way(&sales), "Sales");
        if let Some(line) = &mut sales.line {
            line.name = "Main line".to_owned();
        }
        assert_eq!(way(&sales), "Sales · Main line");
        (sales.queue, sales.line, sales.is_internal) = (None, None, true);
        assert_eq!(way(&sales), "Between colleagues");
    }

    #[test]
    fn the_total_names_those_who_wait_and_ring() {
        let calls = [
            call(&[], CompanyCallState::Waiting),
            call(&["Sam Ortiz"], CompanyCallState::Ringing),
            call(&["Rosa Tran"], CompanyCallState::Talking),
        ];
        assert_eq!(total(&calls), "3 calls · 1 waiting · 1 ringing");
        assert_eq!(total(&[]), "0 calls");
    }

    #[test]
    fn somebody_on_hold_waits_and_a_message_takes_its_time() {
        let settings = CallThresholds::default();
        assert_eq!(
            thresholds(CompanyCallState::OnHold, settings).red,
            settings.waiting_red
        );
        assert_eq!(
            thresholds(CompanyCallState::Talking, settings).red,
            settings.talking_red
        );
        assert_eq!(
            thresholds(CompanyCallState::Voicemail, settings),
            Thresholds::default()
        );
    }

    #[test]
    fn free_members_are_counted_only_where_one_may_know() {
        let mut queue = QueueNow {
            id: "1".to_owned(),
            name: "Sales".to_owned(),
            waiting: 0,
            longest_since: None,
            talking: 0,
            free_members: Some(3),
            members: Some(5),
            today: QueueToday::default(),
        };
        assert_eq!(free(&queue).as_deref(), Some("3 of 5 free"));
        queue.members = None;
        assert_eq!(free(&queue).as_deref(), Some("3 free"));
        queue.free_members = None;
        assert_eq!(free(&queue), None);
    }
}
