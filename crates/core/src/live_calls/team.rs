//! Whom the colleagues talk to, out of the live calls. Pure.

use domain::live_calls::{CallsSeen, CompanyCallState, LiveCalls};
use domain::presence::{TalkingTo, Team};

/// Tells the team whom each of them talks to, where all calls are seen: live calls know it sooner and better than presence.
pub fn tell_team(team: &mut Team, live: &LiveCalls) {
    if live.seen != CallsSeen::Company {
        return;
    }
    team.calls_hidden = None;
    for member in &mut team.members {
        member.talking_to = live
            .calls
            .iter()
            .filter(|call| {
                call.members.iter().any(|own| {
                    own.contact
                        .as_ref()
                        .is_some_and(|contact| contact.id == member.contact.id)
                        && matches!(
                            own.state,
                            CompanyCallState::Talking | CompanyCallState::OnHold | CompanyCallState::Parked
                        )
                })
            })
            .map(|call| TalkingTo {
                party: call.party.clone(),
                direction: call.direction,
                since: call.answered_at.unwrap_or(call.started_at),
                queue: call.queue.clone(),
            })
            .collect();
    }
}
