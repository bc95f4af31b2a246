//! The queues now, told from the calls that go on. Pure.
//!
//! Who is free to take a call is not known here: that is presence's.

use super::view::SessionView;
use domain::live_calls::{CompanyCallState as State, QueueNow, QueueToday};
use ringcentral::id::ExtensionId;
use std::collections::HashMap;

/// Every queue with who waits and who talks, in the order of their names.
pub(super) fn now<'a>(
    queues: impl Iterator<Item = (&'a ExtensionId, &'a str)>,
    calls: &[SessionView],
    today: &HashMap<String, QueueToday>,
) -> Vec<QueueNow> {
    let mut queues: Vec<QueueNow> = queues
        .map(|(id, name)| {
            let of_queue = || calls.iter().filter(|call| call.queue_id.as_ref() == Some(id));
            let waiting = || of_queue().filter(|call| call.state == State::Waiting);
            let talking = of_queue().filter(|call| matches!(call.state, State::Talking | State::OnHold));
            QueueNow {
                id: id.as_str().to_owned(),
                name: name.to_owned(),
                waiting: count(waiting().count()),
                longest_since: waiting().map(|call| call.state_since).min(),
                talking: count(talking.count()),
                free_members: None,
                members: None,
                today: today.get(name).cloned().unwrap_or_default(),
            }
        })
        .collect();
    queues.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    queues
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
